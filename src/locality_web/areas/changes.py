"""What people may do with localities: propose another division, save it or put it away, and name localities."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db import transaction

from locality.foundations import Fault, InputRefused
from locality_web.areas.dividing import ZoneRow, membership, write_facts, write_localities, write_version
from locality_web.areas.models import AreaVersion, BoundaryConsultation, BoundaryOption, ProposedChange, ZonePeople
from locality_web.areas.zone_file import faults_of_division, read_zones
from locality_web.core.audit import record_event
from locality_web.core.models import Person
from locality_web.core.permissions import Place, require


@dataclass(frozen=True)
class ZoneFile:
    """A file of zones as somebody sent it."""

    name: str
    content: bytes


@transaction.atomic
def propose_change(
    person: Person, place: Place, file: ZoneFile, *, applies_from: dt.date, reason: str
) -> ProposedChange:
    """Check a file of zones whole and keep it, so that it can be looked at before it counts.

    Raises:
        NotAllowed: The person may not.
        InputRefused: All that is wrong with the file and the date.
    """
    require(person, "areas.edit", place)
    base = place.partnership.area_versions.last()
    known = dict(place.partnership.localities.values_list("code", "name"))
    faults = faults_of_date(base, applies_from)
    try:
        rows, names = read_zones(file.content, file.name, known)
    except InputRefused as refused:
        raise InputRefused([*faults, *refused.faults]) from refused
    zones = membership(base) or [row.zone for row in rows]
    faults += faults_of_division(rows, zones, file.name)
    if not faults and base and membership(base) == {row.zone: row.locality for row in rows}:
        what = "it puts every zone where it is already"
        faults.append(Fault(file.name, what, "Change the file, then choose it again.", "nothing-changed"))
    if faults:
        raise InputRefused(faults)
    ProposedChange.objects.filter(partnership=place.partnership, made_by=person).delete()
    return ProposedChange.objects.create(
        partnership=place.partnership,
        base=base,
        rows=[[row.zone, row.name, row.locality, names[row.locality]] for row in rows],
        applies_from=applies_from,
        reason=reason.strip(),
        made_by=person,
    )


def faults_of_date(base: AreaVersion | None, applies_from: dt.date) -> list[Fault]:
    """Say why a division cannot begin on a day: the newest one has begun then, or begins later."""
    if base is None or applies_from > base.applies_from:
        return []
    what = f"the localities of {base.applies_from.day} {base.applies_from:%B %Y} stay as they are"
    do = "Choose a later day: a division that has begun, or that follows, does not change."
    return [Fault("applies_from", what, do, "date-before-newest", column="applies_from")]


@transaction.atomic
def save_change(person: Person, place: Place, proposal: ProposedChange) -> AreaVersion:
    """Make a proposed change the division from its day on.

    Raises:
        NotAllowed: The person may not.
        InputRefused: Somebody changed the localities since it was proposed.
    """
    require(person, "areas.edit", place)
    base = place.partnership.area_versions.select_for_update().last()
    if (base.pk if base else None) != proposal.base_id:
        what = "the localities were changed after you looked at this"
        raise InputRefused([Fault("localities", what, "Choose your file again and look at what changes.", "changed")])
    _refuse_reopened(proposal)
    rows = [ZoneRow(zone, name, locality) for zone, name, locality, _ in proposal.rows]
    names = {locality: name for _, _, locality, name in proposal.rows}
    version = AreaVersion(
        partnership=place.partnership, applies_from=proposal.applies_from, reason=proposal.reason, made_by=person
    )
    write_version(version, rows, write_localities(place.partnership, names, proposal.applies_from))
    write_facts(version)
    _record(person, place, version, moved=len(moved_zones(proposal)))
    _note_adopted(person, place, proposal, version)
    proposal.delete()
    return version


def _refuse_reopened(proposal: ProposedChange) -> None:
    """Refuse a boundary option that was taken back to draft after somebody proposed to adopt it."""
    option = proposal.option
    if option is not None and option.state != BoundaryOption.State.FINAL:
        what = f"the boundary option “{option.name}” is {option.get_state_display().lower()} by now"
        raise InputRefused([Fault("option", what, "Make it final, then adopt it again.", "option-not-final")])


def _note_adopted(person: Person, place: Place, proposal: ProposedChange, version: AreaVersion) -> None:
    option = proposal.option
    if option is None:
        return
    BoundaryOption.objects.filter(pk=option.pk).update(state=BoundaryOption.State.ADOPTED)
    BoundaryConsultation.objects.filter(option=option).update(version=version)
    record_event(
        person,
        "areas.option_adopted",
        f"Adopted the boundary option {option.name}; it applies from {version.applies_from} on",
        place=place,
        subject=f"boundary-option:{option.pk}",
        detail={"option": option.pk, "version": version.pk},
    )


def _record(person: Person, place: Place, version: AreaVersion, *, moved: int) -> None:
    record_event(
        person,
        "areas.version_by_hand",
        f"Changed the localities from {version.applies_from} on: {moved:,} zones moved. {version.reason}",
        place=place,
        subject=f"areas:{version.applies_from}",
        detail={"version": version.pk, "moved": moved},
    )


def moved_zones(proposal: ProposedChange) -> list[tuple[str, str, str | None, str]]:
    """Give zone, its name, the code of the locality that it leaves (None: new) and the code that it joins."""
    before = membership(proposal.base)
    return [
        (zone, name, before.get(zone), locality)
        for zone, name, locality, _ in proposal.rows
        if before.get(zone) != locality
    ]


def people_of(place: Place, zones: list[str]) -> int | None:
    """Add up the residents of zones; None where one of them is not known."""
    known = dict(ZonePeople.objects.filter(partnership=place.partnership).values_list("zone", "people"))
    return sum(known[zone] for zone in zones) if all(zone in known for zone in zones) else None


@transaction.atomic
def put_away(person: Person, place: Place, proposal: ProposedChange) -> None:
    """Put a proposed change away without saving it; nothing that counts changes, so nothing is recorded.

    Raises:
        NotAllowed: The person may not change localities here.
    """
    require(person, "areas.edit", place)
    proposal.delete()


@transaction.atomic
def name_localities(person: Person, place: Place, names: dict[int, str]) -> int:
    """Give localities other names; their addresses stay.

    Args:
        person: Who does it; needs `areas.edit`.
        place: The partnership.
        names: The new name of each locality by its key.

    Returns:
        How many names changed.

    Raises:
        NotAllowed: The person may not.
        InputRefused: A name is missing or stands twice.
    """
    require(person, "areas.edit", place)
    faults = _faults_of_names(names)
    if faults:
        raise InputRefused(faults)
    changed = [
        each for each in place.partnership.localities.filter(pk__in=names) if each.name != names[each.pk].strip()
    ]
    for locality in changed:
        before, locality.name = locality.name, names[locality.pk].strip()
        locality.save(update_fields=["name"])
        record_event(
            person,
            "areas.locality_named",
            f"Named the locality {before} {locality.name}",
            place=place,
            subject=f"locality:{locality.code}",
            detail={"before": before, "after": locality.name},
        )
    return len(changed)


def _faults_of_names(names: dict[int, str]) -> list[Fault]:
    faults, seen = [], set[str]()
    for key, name in names.items():
        column = f"name-{key}"
        if not name.strip():
            faults.append(Fault("names", "The name is missing", "Write a name.", "name-missing", column=column))
        elif name.strip().casefold() in seen:
            what = f"Two localities are called “{name.strip()}”"
            faults.append(Fault("names", what, "Give each its own name.", "name-twice", column=column))
        seen.add(name.strip().casefold())
    return faults
