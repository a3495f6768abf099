"""Everything that can be wrong with a plan that somebody hands in: its lines and words, its money, its joint lines."""

from __future__ import annotations

from dataclasses import replace

from locality.foundations import Fault
from locality.plans.catalogue import check_catalogue
from locality.plans.content import LocalityPlan, StrategicPlan
from locality.plans.field_checks import check_fields
from locality.plans.fields import fields_of, frame_of
from locality.plans.funding import check_plan_spending, check_sources
from locality.plans.joint import check_joint_line
from locality.plans.snapshot import hash_plan


def check_plan(plan: LocalityPlan, *, file: str) -> tuple[Fault, ...]:
    """Name everything that is wrong with a plan whose shape is right.

    Args:
        plan: The plan, drafted or agreed.
        file: The file's name, for the words of a fault.

    Returns:
        Faults in the catalogue, the sources, the lines and texts, the joint lines, and against the funders' rules; all
        at once. That a plan is over its budget is no fault of the file: see `over_budget`.
    """
    found = [
        *check_catalogue(plan.services),
        *check_sources(plan.sources, plan.services),
        *check_fields(fields_of(plan), frame_of(plan)),
        *(fault for line in plan.joint for fault in check_joint_line(line, plan.services)),
        *check_plan_spending(plan),
    ]
    # The part of a plan that is at fault is named by its column; the row of a list inside it helps nobody.
    return tuple(replace(fault, file=file, row=None) for fault in found)


def check_strategic_plan(plan: StrategicPlan, *, file: str) -> tuple[Fault, ...]:
    """Name every agreed plan inside a strategic plan that is not the one whose hash it names.

    Args:
        plan: The strategic plan.
        file: The file's name, for the words of a fault.

    Returns:
        Faults; none: each plan inside has the hash under which it was agreed, and each hash its plan.
    """
    named = {one.locality.code: one for one in plan.snapshots}
    inside = {one.locality.code: one for one in plan.plans}
    wrong = [
        code
        for code in dict.fromkeys([*named, *inside])
        if code not in named or code not in inside or hash_plan(inside[code]) != named[code].sha256
    ]
    return tuple(
        Fault(
            file,
            f"the plan of {code} inside it does not have the hash under which it was agreed",
            "Consolidate again from the plans as they were agreed.",
            "snapshot-changed",
        )
        for code in wrong
    )
