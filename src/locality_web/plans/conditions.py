"""Whether the conditions of a plan's next step hold, with the sentences that say why not."""

from __future__ import annotations

from collections.abc import Sequence

from locality.foundations import Fault
from locality.plans import (
    LocalityPlan,
    Standing,
    check_fields,
    check_joint_line,
    check_plan_spending,
    fields_of,
    frame_of,
    over_budget,
)


def unmet_conditions(plan: LocalityPlan, standing: Standing | None, reason: str = "") -> dict[str, tuple[str, ...]]:
    """Give every condition of the life cycle that does not hold now, with the sentences that say why.

    Args:
        plan: The plan's content.
        standing: How its agreement stands; None: nobody has been asked.
        reason: What was written as a reason.

    Returns:
        Sentences by the condition's name; a condition that holds is not there.
    """
    found = {
        "no_faults": _say(check_fields(fields_of(plan), frame_of(plan))),
        "within_budget": _within_budget(plan),
        "within_funders_rules": _say(check_plan_spending(plan)),
        "joint_shares_agreed": _say(
            [fault for line in plan.joint for fault in check_joint_line(line, plan.services, must_be_agreed=True)]
        ),
        "agreement_reached": ()
        if standing is not None and standing.reached
        else (standing.words if standing else "Nobody has been asked yet.",),
        "reason_given": () if reason.strip() else ("Write why.",),
        "later_version_agreed": ("It becomes superseded when a later version is agreed.",),
    }
    return {name: said for name, said in found.items() if said}


def _within_budget(plan: LocalityPlan) -> tuple[str, ...]:
    if plan.budget is None:
        return (f"No budget is decided for {plan.year} yet.",)
    return tuple(each.words for each in over_budget(plan))


def _say(faults: Sequence[Fault]) -> tuple[str, ...]:
    return tuple(f"{fault.what[:1].upper()}{fault.what[1:]}. {fault.do}" for fault in faults)
