"""What the page of practices shows: clusters that cut across localities, and moves that would mend it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from locality.areas.ground import Division, Ground, Practices
from locality.areas.practices import CutCluster, PracticeMove, cut_clusters, moves_to_target, practice_moves
from locality.areas.zone_moves import zone_moves
from locality.foundations import ResultRefused
from locality_web.areas.boundary_ground import division_of
from locality_web.areas.boundary_making import names_today
from locality_web.areas.boundary_measuring import Board
from locality_web.areas.models import BoundaryOption
from locality_web.core.permissions import Place
from locality_web.core.remembered import Memory
from locality_web.core.tables import Column, Table
from locality_web.core.words import say

_SHOWN = 20  # practices whose move would mend most; a longer list is in the file
_ZONES_SHOWN = 10


@dataclass(frozen=True)
class Drawn:
    """A division with the names of its localities: today's, or an option's."""

    title: str
    division: Division
    names: list[str]


def drawn_of(place: Place, board: Board, option: BoundaryOption | None, memory: Memory) -> Drawn | None:
    """Give the division that the page is about; None: today's localities are not on this ground."""
    if option is not None:
        division = division_of(board.ground, option.zones, list(option.names))
        return Drawn(option.name, division, list(option.names.values()))
    if board.today is None:
        return None
    names = names_today(place.partnership, memory)
    return Drawn("Today", board.today.division, [names.get(code, code) for code in board.today.codes])


def practices_page(place: Place, board: Board, drawn: Drawn, target: float | None) -> dict[str, Any]:
    """Clusters that cut across localities, what would mend it, and what that would break."""
    ground = board.ground
    try:
        cut = cut_clusters(ground, drawn.division)
        moves = practice_moves(ground, drawn.division)
    except ResultRefused as refused:
        return {"refused": str(refused), "drawn": drawn}
    assert ground.practices is not None
    reached = moves_to_target(ground, drawn.division, target) if target is not None else None
    csv = reverse("areas:practice_moves_csv", args=[place.partnership.slug])
    return {
        "drawn": drawn,
        "modelled": ground.practices.modelled,
        "cut": _cut_table(ground, drawn, cut),
        "elsewhere": sum(each.elsewhere for each in cut),
        "moves": moves_table(ground, moves[:_SHOWN], csv=csv),
        "more": max(0, len(moves) - _SHOWN),
        "reached": reached,
        "list": moves_table(ground, reached.moves, caption="Moves that together lead there") if reached else None,
        "says": _say_reached(reached.before, reached.after, reached.target) if reached else "",
        "zones": _zones_table(board, drawn),
    }


def _say_reached(before: float, after: float, target: float) -> str:
    to = f"Practice containment would rise from {say(before, 'percent')} to {say(after, 'percent')}"
    if after >= target:
        return f"{to}. A shorter list may exist."
    return f"{to}, which is short of {say(target, 'percent')}: no further single move helps."


def _cut_table(ground: Ground, drawn: Drawn, cut: tuple[CutCluster, ...]) -> Table:
    assert ground.practices is not None
    rows = []
    for each in cut:
        rest = "; ".join(f"{drawn.names[home]} {people:,}" for home, people in each.by_locality[1:])
        cluster = ground.practices.clusters[each.cluster]
        rows.append([cluster, drawn.names[each.main], each.practices, each.patients, each.elsewhere, rest])
    heads = [
        Column("Cluster"),
        Column("Main locality"),
        Column("Practices", "number"),
        Column("Patients", "people"),
        Column("Who live elsewhere", "people"),
        Column("Where"),
    ]
    return Table("Clusters that cut across localities", heads, rows, empty="No cluster cuts across localities.")


def moves_table(
    ground: Ground | None,
    moves: tuple[PracticeMove, ...],
    *,
    caption: str = "Practices whose move to another cluster would mend most",
    csv: str = "",
) -> Table:
    """Show moves of practices with what they mend and what they break."""
    practices = ground.practices if ground is not None else None
    codes, clusters = (practice_titles(practices), practices.clusters) if practices is not None else ((), ())
    rows = [
        [
            codes[each.practice],
            clusters[each.before],
            clusters[each.after],
            each.patients,
            each.mends,
            each.gains,
            each.loses,
            f"{each.practices_left} practices, {each.patients_left:,} patients",
            each.containment,
        ]
        for each in moves
    ]
    heads = [
        Column("Practice"),
        Column("From cluster"),
        Column("To cluster"),
        Column("Patients", "people"),
        Column("Mends in the end", "people"),
        Column("Mends", "people"),
        Column("Breaks", "people"),
        Column("What its cluster keeps"),
        Column("Containment then", "percent"),
    ]
    return Table(caption, heads, rows, csv=csv, empty="No single move mends more than it breaks.")


def practice_titles(practices: Practices) -> tuple[str, ...]:
    """Give each practice's name with its code, or the code alone."""
    names = practices.names or practices.codes
    return tuple(
        f"{name} ({code})" if name and name != code else code for name, code in zip(names, practices.codes, strict=True)
    )


def _zones_table(board: Board, drawn: Drawn) -> Table:
    ground = board.ground
    rows = [
        [
            ground.names[each.zone],
            drawn.names[each.before],
            drawn.names[each.after],
            each.people,
            each.mends,
            each.communities,
        ]
        for each in zone_moves(ground, drawn.division, board.rules, most=_ZONES_SHOWN)
    ]
    heads = [
        Column("Zone"),
        Column("From"),
        Column("To"),
        Column("Residents", "people"),
        Column("Mends in the end", "people"),
        Column("Communities kept", "change"),
    ]
    empty = "No zone at a border would mend anything without breaking a rule."
    return Table("The other way round: zones that could join their cluster's locality", heads, rows, empty=empty)
