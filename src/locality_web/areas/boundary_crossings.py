"""Declare crossings, and say what a partnership asks of its localities; options are measured anew under both."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils import timezone

from locality.foundations import Fault, InputRefused
from locality_web.areas.boundary_making import need_board
from locality_web.areas.boundary_measuring import measure_again
from locality_web.areas.boundary_rules import rules_from
from locality_web.areas.models import Crossing, DesignWishes
from locality_web.areas.thresholds import thresholds
from locality_web.core.audit import record_event
from locality_web.core.models import Person
from locality_web.core.permissions import Place, require


@dataclass(frozen=True)
class Way:
    """A crossing as somebody declares it: its two zones, what it is, its name, and why it joins them."""

    zone_a: str
    zone_b: str
    kind: str
    name: str
    why: str


@transaction.atomic
def declare_crossing(person: Person, place: Place, way: Way) -> Crossing:
    """Declare that a bridge, ferry, tunnel or road joins two zones.

    Raises:
        NotAllowed: The person may not.
        InputRefused: All that is wrong with it.
    """
    require(person, "areas.edit", place)
    ground = need_board(place.partnership).ground
    first, second = sorted((way.zone_a.strip(), way.zone_b.strip()))
    faults = _faults(way, set(ground.zones))
    if not faults and place.partnership.crossings.filter(zone_a=first, zone_b=second).exists():
        what = "a crossing between these two zones is declared already"
        faults.append(_fault(what, "Remove that one first.", "crossing-twice", "zone_b"))
    if faults:
        raise InputRefused(faults)
    made = Crossing.objects.create(
        partnership=place.partnership,
        zone_a=first,
        zone_b=second,
        kind=way.kind,
        name=way.name.strip(),
        why=way.why.strip(),
        made_by=person,
        made_at=timezone.now(),
    )
    says = f"Declared the {made.get_kind_display().lower()} {made.name} between {first} and {second}: {made.why}"
    _record(person, place, "areas.crossing_declared", says, made)
    measure_again(place.partnership)
    return made


@transaction.atomic
def remove_crossing(person: Person, crossing: Crossing) -> None:
    """Take a declared crossing back.

    Raises:
        NotAllowed: The person may not.
    """
    place = Place(crossing.partnership)
    require(person, "areas.edit", place)
    says = f"Removed the crossing {crossing.name} between {crossing.zone_a} and {crossing.zone_b}"
    _record(person, place, "areas.crossing_removed", says, crossing)
    crossing.delete()
    measure_again(place.partnership)


@transaction.atomic
def set_wishes(person: Person, place: Place, wishes: dict[str, Any], reason: str) -> DesignWishes:
    """Say what the partnership asks of its localities besides their sizes.

    Args:
        person: Who decides.
        place: The partnership.
        wishes: number, weights, together, apart, kept, seeds, within_councils, islands_alone; what is left out is not
            asked for.
        reason: Why.

    Raises:
        NotAllowed: The person may not.
        InputRefused: All that is wrong with the wishes.
    """
    require(person, "areas.edit", place)
    board = need_board(place.partnership)
    limits = thresholds(place.partnership)
    rules_from(
        board.ground,
        wishes,
        least=limits["areas.least_residents"],
        most=limits["areas.most_residents"],
        today=len(board.today.codes) if board.today else 2,
        day=timezone.localdate(),
    )
    kept, _ = DesignWishes.objects.update_or_create(
        partnership=place.partnership,
        defaults={"wishes": wishes, "reason": reason.strip(), "set_by": person, "set_at": timezone.now()},
    )
    record_event(
        person,
        "areas.wishes_changed",
        f"Changed what is asked of boundary options: {kept.reason}",
        place=place,
        subject="boundary-wishes",
        detail={"wishes": wishes},
    )
    measure_again(place.partnership)
    return kept


def _faults(way: Way, zones: set[str]) -> list[Fault]:
    faults = []
    for column, zone in (("zone_a", way.zone_a.strip()), ("zone_b", way.zone_b.strip())):
        if zone not in zones:
            what = f"“{zone}” is no zone of the area"
            faults.append(_fault(what, "Write the code of a zone.", "zone-unknown", column))
    if not faults and way.zone_a.strip() == way.zone_b.strip():
        faults.append(_fault("both zones are the same", "Choose two zones.", "crossing-one-zone", "zone_b"))
    if way.kind not in Crossing.Kind.values:
        faults.append(_fault(f"“{way.kind}” is no kind of crossing", "Choose one.", "crossing-kind", "kind"))
    for column, text in (("name", way.name), ("why", way.why)):
        if not text.strip():
            faults.append(_fault(f"the {column} is missing", "Fill this in.", f"crossing-{column}", column))
    return faults


def _fault(what: str, do: str, code: str, column: str) -> Fault:
    return Fault("crossing", what, do, code, column=column)


def _record(person: Person, place: Place, kind: str, says: str, crossing: Crossing) -> None:
    detail = {"zones": [crossing.zone_a, crossing.zone_b], "kind": crossing.kind}
    record_event(person, kind, says, place=place, subject=f"crossing:{crossing.pk}", detail=detail)
