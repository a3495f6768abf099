"""The page of practices and clusters that cut across localities."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from locality.areas.practices import PracticeMove, practice_moves
from locality.foundations import ResultRefused
from locality_web.areas.boundary_measuring import Board, board_of
from locality_web.areas.boundary_practice_pages import Drawn, drawn_of, moves_table, practices_page
from locality_web.areas.boundary_queries import READ, option_of, options_for
from locality_web.core.csv_out import table_response
from locality_web.core.pages import page
from locality_web.core.permissions import Place
from locality_web.core.remembered import Memory


@page(READ)
def practices(request: HttpRequest, place: Place) -> HttpResponse:
    """Clusters of practices that cut across localities, and which moves would mend it."""
    board, drawn = _asked(request, place)
    shown = practices_page(place, board, drawn, _target(request)) if board and drawn else {}
    further = {"options": options_for(place, request.user), "target": request.GET.get("target", "")}
    return render(
        request, "areas/boundaries/practices.html", shown | further | {"chosen": request.GET.get("option", "")}
    )


@page(READ)
def moves_csv(request: HttpRequest, place: Place) -> HttpResponse:
    """Every practice's best move to another cluster as CSV."""
    board, drawn = _asked(request, place)
    ground = board.ground if board is not None else None
    moves: tuple[PracticeMove, ...] = ()
    if ground is not None and drawn is not None:
        try:
            moves = practice_moves(ground, drawn.division)
        except ResultRefused:  # without practices there are no moves, and the file has its headings alone
            ground = None
    return table_response(f"{place.partnership.slug}-practices", moves_table(ground, moves))


def _asked(request: HttpRequest, place: Place) -> tuple[Board | None, Drawn | None]:
    memory = Memory(place.partnership)
    board = board_of(place.partnership, memory)
    if board is None:
        return None, None
    number = request.GET.get("option", "")
    option = option_of(place.partnership, int(number)) if number.isdecimal() and len(number) < 10 else None
    return board, drawn_of(place, board, option, memory)


def _target(request: HttpRequest) -> float | None:
    """Read the wanted containment in percent; what is none of 1 to 100 is not asked for."""
    said = request.GET.get("target", "")
    return int(said) / 100 if said.isdecimal() and 0 < int(said[:4]) <= 100 else None
