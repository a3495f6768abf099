"""Rules about the strategic commissioning plan."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from locality.foundations import say_day, say_pounds
from locality.plans.check_rules.wording import counted, listed, sentence
from locality.plans.guidance import Finding
from locality.plans.record import PlanningRecord, StrategicRecord, known

Parameters = Mapping[str, Any]

_PARTS = ("common", "conflicts", "money_without_priority", "priority_without_money", "first_priorities", "distance")


def _held(record: PlanningRecord) -> StrategicRecord | None:
    """The newest strategic plan of the year."""
    return max(known(record.strategic, "strategic plans"), key=lambda one: one.plan.version, default=None)


def _none(record: PlanningRecord) -> Finding:
    return Finding(False, f"{record.partnership.name} has no strategic plan for {record.year}.")


def strategic_is_made_of_agreed_plans(record: PlanningRecord, locality: str, parameters: Parameters) -> Finding:
    """Say whether the strategic plan names the agreed plans that it was made of."""
    held = _held(record)
    if held is None:
        return _none(record)
    bare = [one.locality.name for one in held.plan.snapshots if not (one.sha256 and one.agreed_on)]
    met = bool(held.plan.snapshots) and not bare
    said = f"made of {counted(len(held.plan.snapshots), 'agreed plan')}, each named by its hash"
    said = said if met else (f"{listed(bare)} without a hash or a day" if bare else "it is made of no agreed plan")
    return Finding(met, sentence(said), {"snapshots": len(held.plan.snapshots)})


def strategic_has_every_locality(record: PlanningRecord, locality: str, parameters: Parameters) -> Finding:
    """Say whether every locality's agreed plan is in the strategic plan."""
    localities = known(record.localities, "the partnership's localities")
    held = _held(record)
    if held is None:
        return _none(record)
    there = {one.locality.code for one in held.plan.snapshots}
    gaps = [one.name for one in localities if one.code not in there]
    said = f"without {listed(gaps)}" if gaps else f"all {counted(len(localities), 'locality', 'localities')} are in it"
    return Finding(not gaps and bool(localities), sentence(said), {"missing": gaps})


def strategic_is_more_than_the_sum(record: PlanningRecord, locality: str, parameters: Parameters) -> Finding:
    """Say whether the plan shows what is common, what conflicts, what is unanswered, and says something about it."""
    held = _held(record)
    if held is None:
        return _none(record)
    gaps = [name.replace("_", " ") for name in _PARTS if name not in held.plan.facts]
    words = sum(len(one.text.split()) for one in held.plan.narrative)
    figures = {"sections": len(held.plan.narrative), "words": words, "missing": gaps}
    if gaps:
        return Finding(False, sentence(f"the plan does not show {listed(gaps)}"), figures)
    if not words:
        return Finding(False, "The plan has facts, but no words of the partnership about them.", figures)
    return Finding(True, f"Facts of all kinds, and {words:,} words of the partnership about them.", figures)


def strategic_narrows_distance(record: PlanningRecord, locality: str, parameters: Parameters) -> Finding:
    """Say whether the gap between localities narrows with the plan."""
    held = _held(record)
    if held is None:
        return _none(record)
    gaps = held.plan.facts.get("distance", {}).get("inequality", {})
    before = known(gaps.get("before"), "fair shares behind the strategic plan")["gap_ratio"]
    after = known(gaps.get("after"), "fair shares behind the strategic plan")["gap_ratio"]
    said = f"The gap between localities was {before:.1%} of fair share before the plan and is {after:.1%} after it."
    # Where everybody is at the fair share there is nothing left to narrow.
    return Finding(after < before or round(after, 3) == 0, said, {"before_ratio": before, "after_ratio": after})


def strategic_reconciles(record: PlanningRecord, locality: str, parameters: Parameters) -> Finding:
    """Say whether the plan adds up to the ledger."""
    held = _held(record)
    if held is None:
        return _none(record)
    walk = known(held.plan.facts.get("reconciliation"), "the walk from the ledger to the plan")
    if walk["total"]["ledger_pence"] is None:
        return Finding(False, "The plan was consolidated without a ledger.")
    if walk["total"]["change_pence"] is None:
        return Finding(False, "A locality has no budget yet, so the budgets cannot lead back to the ledger.")
    ledger, there = say_pounds(walk["total"]["ledger_pence"]), say_pounds(walk["total"]["available_pence"])
    said = f"From the ledger's {ledger} to {there} for {record.year}, to the penny."
    figures = {"ledger_pence": walk["total"]["ledger_pence"], "available_pence": walk["total"]["available_pence"]}
    return Finding(bool(walk["holds"]), said, figures)


def strategic_is_published(record: PlanningRecord, locality: str, parameters: Parameters) -> Finding:
    """Say whether the agreed strategic plan is published."""
    held = _held(record)
    if held is None:
        return _none(record)
    on = known(held.published_on, "whether the strategic plan is published")
    met = bool(on) and held.plan.agreement is not None
    said = f"Published on {say_day(on)}." if met else "The strategic plan is not agreed and published."
    return Finding(met, said, {"published_on": on})
