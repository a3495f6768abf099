"""How the demo's plans spread their money: every heading's budget over its services, to the penny."""

from __future__ import annotations

from locality.foundations import split_pence
from locality.plans import LocalityPlan
from locality_demo.content_files import read_content

UNPLANNED = 1
"""Parts of each heading that a plan leaves for later, beside the parts of its services."""


def spread_budget(plan: LocalityPlan) -> dict[tuple[str, str], int]:
    """Spread a locality's budget over the services that it plans itself.

    Args:
        plan: The plan with its budget and joint lines.

    Returns:
        Pence by service and source: hospital care that is set aside from the set-aside budget, all else from core.
        Under each heading they add up to less than the budget, after the locality's shares of joint lines.
    """
    set_aside = {one.service for one in plan.services if one.set_aside}
    joint = _joint_by_heading(plan)
    found: dict[tuple[str, str], int] = {}
    for money in plan.budget.headings if plan.budget else ():
        parts = read_content("weights").get(money.heading) or _alike(plan, money.heading)
        left = money.budget_pence - joint.get(money.heading, 0)
        if parts and left > 0:
            amounts = split_pence(left, [*parts.values(), UNPLANNED]).tolist()[:-1]
            for service, pence in zip(parts, amounts, strict=True):
                found[service, "set-aside" if service in set_aside else "core"] = int(pence)
    return found


def _alike(plan: LocalityPlan, heading: str) -> dict[str, int]:
    """Give one part to each service under a heading for which the demo has no parts of its own."""
    return {one.service: 1 for one in plan.services if one.heading == heading and one.planned_at == "locality"}


def _joint_by_heading(plan: LocalityPlan) -> dict[str, int]:
    heading = {one.service: one.heading for one in plan.services}
    found: dict[str, int] = {}
    for line in plan.joint:
        own = sum(share.pence for share in line.shares if share.locality == plan.locality.code)
        found[heading[line.service]] = found.get(heading[line.service], 0) + own
    return found
