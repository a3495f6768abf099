"""Save what somebody typed into a plan without losing what others typed meanwhile; rebuild any earlier version.

The same for locality plans and the strategic plan: both keep a flat mapping of fields and the changes between versions.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils import timezone

from locality.foundations import ResultRefused
from locality.plans import Clash, changes_between, merge_fields, renumber_added, settle_clashes, undo_changes
from locality_web.core.models import Person
from locality_web.plans.models import LocalityPlanRecord, PlanVersion, StrategicPlanRecord

Record = LocalityPlanRecord | StrategicPlanRecord
Value = str | int | None


@dataclass(frozen=True)
class Saved:
    """What came of saving.

    Args:
        version: The version that the plan now has.
        changed: The paths that this saving changed.
        clashes: Fields that somebody else changed meanwhile, otherwise: theirs stand until the writer has chosen.
    """

    version: int
    changed: tuple[str, ...]
    clashes: tuple[Clash, ...]


def versions_of(record: Record) -> Any:
    """Give the versions of a plan, newest first."""
    return record.planversions.all()


def fields_at(record: Record, number: int) -> dict[str, str | int]:
    """Give a plan's fields as they were in an earlier version.

    Args:
        record: The plan as it is now.
        number: The version; the plan's own gives its fields as they are.

    Returns:
        The fields of that version, exactly.

    Raises:
        ResultRefused: There is no such version.
    """
    if not 0 <= number <= record.version:
        raise ResultRefused(f"This plan has no version {number}.", f"Choose one from 0 to {record.version}.")
    fields: dict[str, str | int] = dict(record.fields)
    for later in record.planversions.filter(number__gt=number).order_by("-number"):
        fields = undo_changes(fields, later.changes)
    return fields


def begin_plan(record: Record, fields: Mapping[str, str | int], person: Person | None, says: str) -> None:
    """Keep a new plan with what it begins with as version 0; must be inside a transaction."""
    record.fields, record.version = dict(fields), 0
    record.made_at = record.state_since = timezone.now()
    record.save()
    _keep_version(record, {path: (None, value) for path, value in sorted(fields.items())}, person, says)


@transaction.atomic
def merge_edits(
    record: Record, edits: Mapping[str, Value], person: Person | None, *, base_version: int, says: str = ""
) -> Saved:
    """Put somebody's edits into a plan: what nobody else touched is saved, the rest is a clash.

    Args:
        record: The plan, as it was read at any time.
        edits: New values by path; None takes a field away.
        person: Who typed.
        base_version: The version that they saw while typing.
        says: Where the edits come from, when not from the page.

    Returns:
        The new version and the clashes; a clash is settled by saving the chosen text on the version given here.

    Raises:
        ResultRefused: There is no such version.
    """
    locked = type(record).objects.select_for_update().get(pk=record.pk)
    base = fields_at(locked, base_version)
    mine = {path: value for path, value in {**base, **edits}.items() if value is not None}
    theirs: dict[str, str | int] = locked.fields
    mine = renumber_added(base, mine, theirs)
    merged = merge_fields(base, mine, theirs)
    fields = settle_clashes(merged, {clash.path: "theirs" for clash in merged.clashes}, mine=mine, theirs=theirs)
    changes = changes_between(theirs, fields)
    if changes:
        locked.fields, locked.version = fields, locked.version + 1
        locked.save(update_fields=["fields", "version"])
        _keep_version(locked, changes, person, says)
    record.fields, record.version = locked.fields, locked.version
    return Saved(locked.version, tuple(changes), merged.clashes)


def _keep_version(record: Record, changes: Mapping[str, Any], person: Person | None, says: str) -> PlanVersion:
    of = {"plan": record} if isinstance(record, LocalityPlanRecord) else {"strategic": record}
    return PlanVersion.objects.create(
        **of,
        number=record.version,
        changes=changes,
        by=person,
        by_name=str(person) if person else "The site",
        says=says,
        at=timezone.now(),
    )
