"""Rules about budgets, the shares behind them, and sources."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from locality.foundations import say_day, say_pounds
from locality.plans.check_rules.wording import counted, listed
from locality.plans.content import BudgetBehind
from locality.plans.guidance import Finding
from locality.plans.record import PlanningRecord, known

Parameters = Mapping[str, Any]


def _budget(record: PlanningRecord, locality: str) -> BudgetBehind | None:
    return known(record.budgets, "budgets of localities").get(locality)


def _none(record: PlanningRecord, locality: str) -> Finding:
    return Finding(False, f"No budget is decided for {record.name_of(locality)} in {record.year}.")


def budget_is_decided(record: PlanningRecord, locality: str, parameters: Parameters) -> Finding:
    """Say whether a locality has a budget for the year."""
    behind = _budget(record, locality)
    if behind is None:
        return _none(record, locality)
    pence = sum(row.budget_pence for row in behind.headings)
    under = counted(len(behind.headings), "heading")
    said = f"{say_pounds(pence)} under {under}, decided on {say_day(behind.decided_on)}."
    return Finding(bool(behind.headings), said, {"budget_pence": pence, "decision": behind.decision})


def shares_stand_behind_budget(record: PlanningRecord, locality: str, parameters: Parameters) -> Finding:
    """Say whether the historic or the fair share (`share`) is known under every heading of the budget."""
    behind = _budget(record, locality)
    if behind is None:
        return _none(record, locality)
    share = parameters["share"]
    gaps = [row.heading for row in behind.headings if getattr(row, f"{share}_pence") is None]
    if not behind.headings:
        return _none(record, locality)
    said = f"no {share} share under {listed(gaps)}" if gaps else f"the {share} share is known under every heading"
    return Finding(not gaps, f"{said[0].upper()}{said[1:]}.", {"headings": len(behind.headings), "without": gaps})


def budget_names_its_reason(record: PlanningRecord, locality: str, parameters: Parameters) -> Finding:
    """Say whether the decision names who, when, why, and on which release."""
    behind = _budget(record, locality)
    if behind is None:
        return _none(record, locality)
    facts = {"who": behind.decided_by, "when": behind.decided_on, "why": behind.why, "release": behind.release}
    gaps = [name for name, found in facts.items() if not found.strip()]
    if gaps:
        return Finding(False, f"The decision {behind.decision} does not say {listed(gaps)}.", {"gaps": gaps})
    on = say_day(behind.decided_on)
    said = f"Decision {behind.decision} by {behind.decided_by} on {on}, with its reason and release."
    return Finding(True, said, {"decision": behind.decision, "release": behind.release})


def sources_are_kept_apart(record: PlanningRecord, locality: str, parameters: Parameters) -> Finding:
    """Say whether every source names its accountable body, and every grant or contribution what it is for."""
    sources = known(record.sources, "funding sources")
    silent = [one.name for one in sources if not one.accountable_body.strip()]
    open_ended = [
        one.name
        for one in sources
        if one.kind in ("grant", "contribution") and not (one.rule.strip() or one.headings or one.services)
    ]
    figures = {"sources": len(sources), "without_body": silent, "without_rule": open_ended}
    if not sources:
        return Finding(False, "There are no funding sources.", figures)
    faults = [f"nobody answers for {listed(silent)}"] if silent else []
    faults += [f"nothing says what {listed(open_ended)} may be spent on"] if open_ended else []
    said = "; ".join(faults) or f"each of {counted(len(sources), 'source')} names who answers for it"
    return Finding(not faults, f"{said[0].upper()}{said[1:]}.", figures)
