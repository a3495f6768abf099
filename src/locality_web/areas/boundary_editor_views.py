"""The page on which an option is edited on a map, and the addresses of its script."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import redirect, render
from django.utils.http import parse_etags, quote_etag

from locality.foundations import InputRefused, ResultRefused
from locality_web.areas.boundary_changes import Edited
from locality_web.areas.boundary_editor import Edit, around, figures_of, ground_bytes, read_edit, state_of
from locality_web.areas.boundary_figures import texts
from locality_web.areas.boundary_ground import ground_of
from locality_web.areas.boundary_measuring import Board, board_of, bring_up_to_date
from locality_web.areas.boundary_pages import today_measured
from locality_web.areas.boundary_queries import option_of
from locality_web.areas.boundary_views import person_of, say_refusal
from locality_web.areas.models import BoundaryOption
from locality_web.areas.shape_map import attribution_of
from locality_web.areas.shape_queries import newest_shapes
from locality_web.core.pages import page
from locality_web.core.permissions import Place
from locality_web.core.remembered import Memory

# A conflict: what somebody did does not fit what is there now.
_CONFLICT, _UNSOUND = 409, 400
_BESIDE_MAP = ("practice_containment", "communities_kept", "border_share", "people_moved", "composite")


@page("areas.edit")
def editor(request: HttpRequest, place: Place, option: int) -> HttpResponse:
    """A boundary option on a map, to be edited by pointer or keyboard."""
    found = option_of(place.partnership, option)
    memory = Memory(place.partnership)
    board = board_of(place.partnership, memory)
    if board is None or found.state != BoundaryOption.State.DRAFT:
        messages.error(request, "Only a draft can be edited, on the zones that a release brought.")
        return redirect("areas:option", place.partnership.slug, found.pk)
    return render(request, "areas/boundaries/editor.html", _shown(place, found, board, memory))


def _shown(place: Place, option: BoundaryOption, board: Board, memory: Memory) -> dict[str, Any]:
    bring_up_to_date(board, option)
    today, now = figures_of(today_measured(place, board, memory)), figures_of(option.measures)
    rows = [
        {"text": each, "now": now[each.name]["text"], "today": today[each.name]["text"] if board.today else ""}
        for each in texts()
    ]
    return {
        "option": option,
        "rows": rows,
        "key_rows": [row for row in rows if row["text"].name in _BESIDE_MAP],
        "has_today": board.today is not None,
        "shapes": newest_shapes(place.partnership),
        "attribution": attribution_of(place.partnership, memory),
        "settlements": board.ground.settlements,
        "modelled": board.ground.practices is not None and board.ground.practices.modelled,
    }


@page("areas.edit")
def editor_ground(request: HttpRequest, place: Place) -> HttpResponse:
    """What options are drawn on as JSON, for the map; a browser that has it already is told so."""
    written = ground_bytes(place.partnership, Memory(place.partnership))
    if written is None:
        raise Http404(f"What the boundaries of {place.partnership} are drawn on is not on this site yet.")
    content, sha256 = written
    tag = quote_etag(sha256)
    if tag in parse_etags(request.headers.get("If-None-Match", "").replace("W/", "")):
        said = HttpResponse(status=304)
    else:
        said = HttpResponse(content, content_type="application/json")
        said["Content-Encoding"] = "gzip"  # every browser that can run the script reads it
    said["ETag"], said["Cache-Control"] = tag, "private, no-cache"
    return said


@page("areas.edit")
def editor_state(request: HttpRequest, place: Place, option: int) -> HttpResponse:
    """A boundary option as it stands as JSON, with the token under which edits are sent."""
    found = option_of(place.partnership, option)
    board = board_of(place.partnership, Memory(place.partnership))
    if board is None:
        raise Http404(f"What the boundaries of {place.partnership} are drawn on is not on this site yet.")
    bring_up_to_date(board, found)
    return JsonResponse(state_of(found, board.ground) | around(found, board) | {"token": get_token(request)})


@page("areas.edit", methods=("POST",))
def editor_edit(request: HttpRequest, place: Place, option: int) -> HttpResponse:
    """Take one edit from the map: zones moved, a move taken back, a locality added, borders tidied up."""
    found = option_of(place.partnership, option)
    edit = read_edit(request.body)
    if edit is None:
        return JsonResponse({"says": "This is not an edit of an option.", "code": "edit-shape"}, status=_UNSOUND)
    try:
        edited = edit.make(person_of(request), found)
    except (InputRefused, ResultRefused) as refused:
        return _refused(place, option, refused)
    return JsonResponse(_answer(place, edit, edited, found.version))


def _answer(place: Place, edit: Edit, edited: Edited, before: int) -> dict[str, Any]:
    ground = ground_of(place.partnership)
    assert ground is not None, "an edit was made on it"
    says = {"undo": "The newest move is taken back.", "add": "The locality is added."}.get(edit.do, "Saved.")
    if edit.do == "tidy":
        moved = edited.option.moves.last() if edited.option.version != before else None
        zones = len(moved.after) if moved else 0
        says = f"Tidied up: {zones} zone{'' if zones == 1 else 's'} moved." if zones else "No zone had to be moved."
    return state_of(edited.option, ground) | {"says": says}


def _refused(place: Place, option: int, refused: InputRefused | ResultRefused) -> JsonResponse:
    """Say why, with the option as it is now: the map goes on from there."""
    board, found = board_of(place.partnership), option_of(place.partnership, option)
    bring_up_to_date(board, found)
    now = state_of(found, board.ground) if board is not None else None
    code = refused.faults[0].code if isinstance(refused, InputRefused) else "result"
    return JsonResponse({"says": say_refusal(refused), "code": code, "now": now}, status=_CONFLICT)
