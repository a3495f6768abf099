"""What people may do to carry localities over: load overlaps, decide split zones, adopt, put away."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone

from locality.areas import CarryOver, KnownZones, carry_over, counted_in, settle_zones
from locality.foundations import Fault, InputRefused
from locality_web.areas.changes import ZoneFile, faults_of_date
from locality_web.areas.dividing import ZoneRow, membership, write_facts, write_localities, write_version
from locality_web.areas.models import AreaVersion, CarriedDivision, ZonePeople
from locality_web.areas.overlap_file import as_rows, as_table, read_overlaps, touching
from locality_web.areas.overlap_people import spread_residents
from locality_web.areas.zone_file import faults_of_division
from locality_web.core.audit import record_event
from locality_web.core.models import Person
from locality_web.core.permissions import Place, require


@transaction.atomic
def load_overlaps(
    person: Person, place: Place, file: ZoneFile, *, applies_from: dt.date, reason: str
) -> CarriedDivision:
    """Check a table of overlaps whole and keep it, so that what it carries over can be looked at before it counts.

    Raises:
        NotAllowed: The person may not.
        InputRefused: All that is wrong with the file and the date.
    """
    require(person, "areas.edit", place)
    base = place.partnership.area_versions.last()
    if base is None:
        do = "Load a release with the localities first."
        raise InputRefused([Fault("localities", "there are none yet", do, "localities-missing")])
    faults = faults_of_date(base, applies_from)
    try:
        sent = read_overlaps(file.content, file.name)
        homes = membership(base)
        found = carry_over(
            sent.table, homes, file=file.name, day=timezone.localdate(), known=KnownZones(old_people=_people(base))
        )
        faults += _faults_of_result(found, homes, file.name)
    except InputRefused as refused:
        raise InputRefused([*faults, *refused.faults]) from refused
    if faults:
        raise InputRefused(faults)
    CarriedDivision.objects.filter(partnership=place.partnership, made_by=person, version=None).delete()
    return CarriedDivision.objects.create(
        partnership=place.partnership,
        base=base,
        file_name=file.name[:200],
        sha256=sent.sha256,
        counted=counted_in(sent.table),
        rows=as_rows(touching(sent.table, homes)),
        names={one.zone: one.name for one in found.zones if one.name},
        applies_from=applies_from,
        reason=reason.strip(),
        made_by=person,
    )


def _people(base: AreaVersion) -> dict[str, float]:
    """Residents of the zones of a version, where they are known."""
    zones = base.zones.values("zone")
    kept = ZonePeople.objects.filter(partnership=base.partnership, zone__in=zones)
    return {zone: float(people) for zone, people in kept.values_list("zone", "people")}


def _faults_of_result(found: CarryOver, before: Mapping[str, str], file: str) -> list[Fault]:
    """Say why what a table gives divides nothing: it names the same zones again, or leaves too few localities."""
    division = found.division
    if division == before:
        what = "it puts every zone where it is already"
        return [Fault(file, what, "Choose the table for zones of another vintage.", "nothing-changed")]
    return faults_of_division(_zone_rows(found), division, file)


def _zone_rows(found: CarryOver) -> list[ZoneRow]:
    return [ZoneRow(one.zone, one.name, one.locality) for one in found.zones]


def carried_over(kept: CarriedDivision) -> CarryOver:
    """Give the division that a kept table carries over, with what was decided by hand."""
    table = as_table(kept.rows, kept.names, kept.counted)
    found = carry_over(table, membership(kept.base), file=kept.file_name, day=timezone.localtime(kept.made_at).date())
    return settle_zones(found, kept.settled)


@transaction.atomic
def settle(person: Person, place: Place, kept: CarriedDivision, choices: Mapping[str, str]) -> bool:
    """Keep what somebody decided of split zones; what agrees with the table itself is no decision.

    Returns:
        Whether anything is another than before.

    Raises:
        NotAllowed: The person may not.
        InputRefused: A choice is none of the zone's localities, or the division was adopted already.
    """
    require(person, "areas.edit", place)
    held = _waiting(kept)
    held.settled = {}
    asked = settle_zones(carried_over(held), choices)
    settled = {one.zone: one.locality for one in asked.split if one.chosen == "hand"}
    if settled == kept.settled:
        return False
    CarriedDivision.objects.filter(pk=kept.pk).update(settled=settled)
    kept.settled = settled
    return True


def _waiting(kept: CarriedDivision) -> CarriedDivision:
    held = CarriedDivision.objects.select_for_update(of=("self",)).select_related("base").filter(pk=kept.pk).first()
    if held is None or held.version_id is not None:
        what = "this was adopted or put away meanwhile"
        raise InputRefused([Fault("localities", what, "Look at the localities as they are now.", "changed")])
    return held


@transaction.atomic
def adopt_carried(person: Person, place: Place, kept: CarriedDivision) -> AreaVersion:
    """Make a carried division the one from its day on, and keep how it came to be.

    Raises:
        NotAllowed: The person may not.
        InputRefused: Somebody changed the localities since the table was loaded, or too few localities would remain.
    """
    require(person, "areas.edit", place)
    base = place.partnership.area_versions.select_for_update().last()
    held = _waiting(kept)
    if base is None or base.pk != held.base_id:
        what = "the localities were changed after you looked at this"
        raise InputRefused([Fault("localities", what, "Load the overlap table again and look at it.", "changed")])
    found = carried_over(held)
    faults = _faults_of_result(found, {}, held.file_name)
    if faults:
        raise InputRefused(faults)
    version = _write(person, place, held, found)
    record_event(
        person,
        "areas.version_carried_over",
        f"Carried the localities over to {len(found.zones):,} other zones from {version.applies_from} on: "
        f"{found.moving:,} {found.counted} come to another locality. {version.reason}",
        place=place,
        subject=f"areas:{version.applies_from}",
        detail={"version": version.pk, "file": held.file_name, "sha256": held.sha256, "by_hand": held.settled},
    )
    return version


def _write(person: Person, place: Place, held: CarriedDivision, found: CarryOver) -> AreaVersion:
    version = AreaVersion(
        partnership=place.partnership, applies_from=held.applies_from, reason=held.reason, made_by=person
    )
    known = dict(place.partnership.localities.values_list("code", "name"))
    names = {code: known[code] for code in found.after}
    write_version(version, _zone_rows(found), write_localities(place.partnership, names, version.applies_from))
    held.version, held.outcome = version, outcome_of(found)
    held.spreads_residents = spread_residents(held)
    held.save(update_fields=["version", "outcome", "spreads_residents"])
    write_facts(version)
    return version


def outcome_of(found: CarryOver) -> dict[str, Any]:
    """Give what a division is carried over to as plain values, for the record."""
    return {
        "before": found.before,
        "after": found.after,
        "flows": [[flow.before, flow.after, flow.people] for flow in found.flows],
        "moving": found.moving,
        "left": sum(found.left.values()),
        "joined": found.joined,
        "split": [
            {
                "zone": one.zone,
                "name": one.name,
                "locality": one.locality,
                "chosen": one.chosen,
                "shares": [[share.locality, share.people] for share in one.shares],
            }
            for one in found.split
        ],
    }


@transaction.atomic
def put_carried_away(person: Person, place: Place, kept: CarriedDivision) -> None:
    """Put a carried division away without adopting it; nothing that counts changes, so nothing is recorded.

    Raises:
        NotAllowed: The person may not change localities here.
        InputRefused: It was adopted already.
    """
    require(person, "areas.edit", place)
    _waiting(kept).delete()
