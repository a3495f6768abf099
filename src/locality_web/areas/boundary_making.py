"""How options of boundaries come to be: from today's localities, from another option, from a file."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils import timezone

from locality.foundations import Fault, InputRefused
from locality_web.areas.boundary_changes import about, sound_name
from locality_web.areas.boundary_ground import in_force
from locality_web.areas.boundary_measuring import Board, board_of, measure_zones
from locality_web.areas.boundary_rules import rules_as_json
from locality_web.areas.changes import ZoneFile
from locality_web.areas.models import BoundaryOption
from locality_web.areas.zone_file import read_zones
from locality_web.core.audit import record_event
from locality_web.core.models import Partnership, Person
from locality_web.core.permissions import Place, require
from locality_web.core.remembered import ANEW, Reader


@transaction.atomic
def copy_today(person: Person, place: Place, name: str) -> BoundaryOption:
    """Make an option of the localities of today.

    Raises:
        NotAllowed: The person may not.
        InputRefused: The ground or the localities are not there, or the name is missing.
    """
    require(person, "areas.edit", place)
    zones = in_force(place.partnership).zones
    if not zones:
        do = "Load a release with the localities first."
        raise _refusal("the localities of today are not on this site", do, "localities-missing")
    names = names_today(place.partnership)
    return make_option(person, place, name, zones=zones, names=names, origin=BoundaryOption.Origin.TODAY)


@transaction.atomic
def copy_option(person: Person, option: BoundaryOption, name: str) -> BoundaryOption:
    """Make a draft that begins as another option stands.

    Raises:
        NotAllowed: The person may not.
        InputRefused: The ground is not there, or the name is missing.
    """
    place = Place(option.partnership)
    require(person, "areas.edit", place)
    return make_option(
        person, place, name, zones=option.zones, names=option.names, origin=BoundaryOption.Origin.HAND, of=option.pk
    )


@transaction.atomic
def load_option(person: Person, place: Place, file: ZoneFile, name: str) -> BoundaryOption:
    """Make an option of a file of zones; zones that it leaves out are in no locality yet.

    Raises:
        NotAllowed: The person may not.
        InputRefused: All that is wrong with the file and the name.
    """
    require(person, "areas.edit", place)
    board = need_board(place.partnership)
    faults: list[Fault] = []
    try:
        sound_name(name)
    except InputRefused as refused:
        faults += refused.faults
    try:
        rows, names = read_zones(file.content, file.name, names_today(place.partnership))
    except InputRefused as refused:
        raise InputRefused([*faults, *refused.faults]) from refused
    zones = {row.zone: row.locality for row in rows}
    faults += _strangers(zones, board, file.name)
    if faults:
        raise InputRefused(faults)
    return make_option(person, place, name, zones=zones, names=names, origin=BoundaryOption.Origin.FILE)


def _strangers(zones: dict[str, str], board: Board, file: str) -> list[Fault]:
    ours = set(board.ground.zones)
    strange = [zone for zone in zones if zone not in ours]
    if not strange:
        return []
    what = f"{', '.join(strange[:3])}: no such zone is in the area"
    do = "Take the rows out, or use the edition of zones that this site has."
    return [Fault(file, what, do, "zone-outside-partnership", column="zone", rows=len(strange))]


def names_today(partnership: Partnership, memory: Reader = ANEW) -> dict[str, str]:
    """Give the names of today's localities by their codes, in order of name."""
    return in_force(partnership, memory).names


def need_board(partnership: Partnership) -> Board:
    """Give what options are drawn on, or refuse."""
    board = board_of(partnership)
    if board is None:
        do = "Ask the analyst for a release with zone borders."
        raise _refusal("what boundaries are drawn on is not on this site", do, "ground-missing")
    return board


def make_option(
    person: Person | None,
    place: Place,
    name: str,
    *,
    zones: dict[str, str],
    names: dict[str, str],
    origin: BoundaryOption.Origin,
    best_at: str = "",
    seed: int | None = None,
    **detail: Any,
) -> BoundaryOption:
    """Keep a new option with its measures and its event; must run inside the transaction of its cause."""
    board = need_board(place.partnership)
    used = set(zones.values())
    shown = {key: name for key, name in names.items() if key in used}
    now = timezone.now()
    option = BoundaryOption.objects.create(
        partnership=place.partnership,
        name=sound_name(name),
        origin=origin,
        zones=zones,
        names=shown,
        rules=rules_as_json(board.rules),
        seed=seed,
        measures=measure_zones(board, zones, shown),
        best_at=best_at,
        made_by=person,
        made_at=now,
        changed_by=person,
        changed_at=now,
    )
    says = f"Made the boundary option {option.name}: {option.get_origin_display().lower()}"
    record_event(person, "areas.option_made", says, **about(option, localities=len(shown), seed=seed, **detail))
    return option


def _refusal(what: str, do: str, code: str, column: str | None = None) -> InputRefused:
    return InputRefused([Fault("option", what, do, code, column=column)])
