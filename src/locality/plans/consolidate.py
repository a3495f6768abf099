"""From agreed locality plans to the strategic commissioning plan: each pound once, and what the plans say together."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from locality.foundations import FinancialYear, InputRefused, ResultRefused, load_rule
from locality.plans.answered import (
    first_priorities,
    headings_without_priority,
    money_without_priority,
    priorities_without_money,
)
from locality.plans.common import common_priorities, conflicting_priorities
from locality.plans.content import JointLine, PlanLine, SnapshotName, StrategicPlan
from locality.plans.double_counts import faults_in_material
from locality.plans.fairness import distance_facts
from locality.plans.material import AgreedSnapshot, Material, PlanningYear
from locality.plans.reconcile import reconcile
from locality.plans.totals_together import total_facts
from locality.plans.trace import trace_lines

Facts = dict[str, Any]

ROOM = "locality.plans"


def consolidate(
    snapshots: Sequence[AgreedSnapshot],
    joint: Sequence[JointLine],
    partnership_lines: Sequence[PlanLine],
    *,
    year: PlanningYear,
    version: int = 1,
) -> StrategicPlan:
    """Consolidate agreed plans, joint lines and partnership-wide lines into the strategic commissioning plan.

    Args:
        snapshots: Agreed plans with their hashes, in any order.
        joint: All joint lines of the partnership in the year.
        partnership_lines: Lines on services that are planned once for the whole partnership.
        year: What the partnership has in the year: localities, catalogue, sources, budgets, ledger.
        version: Version of the strategic plan.

    Returns:
        The plan, not yet agreed and without narrative. Its `facts` are plain values, described key by key in the
        reference; first of them what is `missing`. The total of the facts is the sum of all lines, to the penny.

    Raises:
        InputRefused: Money would count twice, a snapshot is not what was agreed, or years, places, catalogues or
            sources do not fit. All faults at once.
        ResultRefused: The walk from the ledger to the plan does not add up, or more is planned than there is.

    Source:
        HSCI 9.1 and 9.3.
    """
    material = Material(tuple(snapshots), tuple(joint), tuple(partnership_lines), year)
    faults = faults_in_material(material)
    if faults:
        raise InputRefused(faults)
    hashes = {one.plan.locality.code: one.sha256 for one in material.snapshots}
    return StrategicPlan(
        partnership=year.partnership,
        year=year.year,
        version=version,
        snapshots=tuple(
            SnapshotName(plan.locality, plan.version, plan.agreement.agreed_on if plan.agreement else "", hashes[code])
            for code, plan in material.plans.items()
        ),
        plans=tuple(material.plans.values()),
        joint=material.joint,
        partnership_lines=material.partnership_lines,
        held=tuple(year.held),
        facts=facts_of(material, hashes),
        made_up=any(plan.made_up for plan in material.plans.values()),
    )


def facts_of(material: Material, hashes: dict[str, str]) -> Facts:
    """Work out everything that the plans say together.

    Args:
        material: Sound material (see `faults_in_material`).
        hashes: SHA-256 of each locality's snapshot, by locality.

    Returns:
        Plain values that JSON can hold; what is missing comes first.

    Raises:
        ResultRefused: The walk from the ledger to the plan does not add up.
    """
    day = _first_day(material.year.year)
    opposites = load_rule(ROOM, "opposite_directions").at(day).value
    differing = load_rule(ROOM, "differing_directions").at(day).value
    most = int(load_rule(ROOM, "first_priorities").at(day).value)
    facts = {
        "missing": missing_facts(material),
        "totals": total_facts(material),
        "reconciliation": reconcile(material),
        "common": common_priorities(material),
        "conflicts": conflicting_priorities(material, opposites, differing),
        "money_without_priority": money_without_priority(material),
        "priority_without_money": priorities_without_money(material),
        "headings_without_priority": headings_without_priority(material),
        "distance": distance_facts(material),
        "first_priorities": first_priorities(material, most),
        "trace": trace_lines(material, hashes),
    }
    _refuse_lost_pence(facts)
    return facts


def _first_day(year: str) -> dt.date:
    return FinancialYear.parse(year).start


def _refuse_lost_pence(facts: Facts) -> None:
    """Add the same money up along three ways; a difference would be a mistake of the program and must never pass."""
    totals = facts["totals"]
    ways = {
        totals["pence"],
        sum(row["pence"] for row in facts["trace"]),
        *(sum(row["pence"] for row in totals[name]) for name in ("rows", "by_heading", "by_locality", "by_source")),
    }
    if len(ways) > 1:
        raise ResultRefused("The tables of the plan do not have the same total.", "This is a mistake of the program.")


def missing_facts(material: Material) -> Facts:
    """Say what the plan does not have yet; none of it stops consolidation.

    Args:
        material: What is consolidated.

    Returns:
        Localities without an agreed plan, shares that nobody agreed to, services that a plan does not list, localities
        whose plan rests on another budget decision than the one in force, and whether the ledger is missing.
    """
    return {
        "complete": not _anything(material),
        "plans": _without_plan(material),
        "joint_shares": _not_agreed(material),
        "services_not_listed": _not_listed(material),
        "older_budgets": _older_budgets(material),
        "budgets": [_place(material, code) for code in material.names if code not in material.budgets],
        "ledger": material.year.ledger is None,
    }


def _anything(material: Material) -> bool:
    return bool(
        _without_plan(material) or _not_agreed(material) or _not_listed(material) or _older_budgets(material)
    ) or any(code not in material.budgets for code in material.names)


def _place(material: Material, code: str) -> Facts:
    return {"locality": code, "locality_name": material.names[code]}


def _without_plan(material: Material) -> list[Facts]:
    return [_place(material, code) for code in material.names if code not in material.plans]


def _not_agreed(material: Material) -> list[Facts]:
    return [
        {**_place(material, share.locality), "joint": line.id, "service": line.service, "pence": share.pence}
        for line in material.joint
        for share in line.shares
        if not share.agreed_on
    ]


def _not_listed(material: Material) -> list[Facts]:
    """Give services of the catalogue that a plan does not know: it was agreed before they came."""
    found = []
    for code, plan in material.plans.items():
        listed = {one.service for one in plan.services}
        gaps = [service for service in material.services if service not in listed]
        if gaps:
            found.append({**_place(material, code), "services": gaps})
    return found


def _older_budgets(material: Material) -> list[Facts]:
    found = []
    for code, plan in material.plans.items():
        now = material.year.budgets.get(code)
        if now is not None and (plan.budget is None or plan.budget.decision != now.decision):
            older = plan.budget.decision if plan.budget else ""
            found.append({**_place(material, code), "plan_decision": older, "decision": now.decision})
    return found
