"""Write a locality plan: check the right, merge what was typed with what others typed, keep the version, record it."""

from __future__ import annotations

from collections.abc import Mapping

from django.db import transaction

from locality.foundations import InputRefused, ResultRefused
from locality.plans.fields import path_faults
from locality_web.core.audit import record_event
from locality_web.core.models import Person
from locality_web.core.permissions import require
from locality_web.plans import models
from locality_web.plans.editing import Saved, Value, merge_edits
from locality_web.plans.steps import CYCLE, place_of_record, subject_of

WRITTEN_IN = ("draft", "open_for_comments")
"""States in which a plan can be written: while it is with the group, or agreed, its text stands still."""

_MONEY = ("line/", "move/")


def right_needed(edits: Mapping[str, Value]) -> str:
    """Say which right some edits need: amounts and moves are money, everything else is the plan's text."""
    return "plans.edit_money" if all(path.startswith(_MONEY) for path in edits) else "plans.edit"


@transaction.atomic
def save_edits(
    person: Person,
    record: models.LocalityPlanRecord,
    edits: Mapping[str, Value],
    *,
    base_version: int,
    says: str = "",
) -> Saved:
    """Save what somebody typed into a locality plan.

    Args:
        person: Who typed; needs `plans.edit`, or `plans.edit_money` when only amounts and moves are touched.
        record: The plan.
        edits: New values by path; None takes a field away.
        base_version: The version that they saw while typing.
        says: Where the edits come from, when not from the page.

    Returns:
        The new version; what is a clash was not saved and is given back.

    Raises:
        NotAllowed: The person may not write this.
        InputRefused: A path or a value cannot be a plan's.
        ResultRefused: The plan cannot be written in its present state.
    """
    place = place_of_record(record)
    require(person, right_needed(edits), place)
    record.refresh_from_db(fields=["state"])
    if record.state not in WRITTEN_IN:
        state = CYCLE.state(record.state).name.lower()
        do = "Take it back to draft first." if record.state == "put_to_group" else "Begin a new edition to change it."
        raise ResultRefused(f"This plan is '{state}' and cannot be written now.", do)
    faults = path_faults({path: each for path, each in edits.items() if each is not None}, str(record))
    if faults:
        raise InputRefused(faults)
    saved = merge_edits(record, edits, person, base_version=base_version, says=says)
    if saved.changed:
        record_event(
            person,
            "plans.written",
            f"Wrote {record}, version {saved.version}" + (f" ({says})" if says else ""),
            place=place,
            subject=subject_of(record),
            detail={"version": saved.version, "fields": list(saved.changed)},
        )
    return saved
