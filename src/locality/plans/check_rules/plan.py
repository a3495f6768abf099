"""Rules about a locality's plan."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from locality.foundations import say_day, say_pounds
from locality.plans.check_rules.wording import counted, listed, sentence
from locality.plans.content import JointLine, LocalityPlan
from locality.plans.guidance import Finding
from locality.plans.record import PlanningRecord, PlanRecord, known
from locality.plans.totals import over_budget, spending_of, total_plan

Parameters = Mapping[str, Any]

_AGREED = ("agreed", "superseded")


def _held(record: PlanningRecord, locality: str) -> PlanRecord | None:
    return known(record.plans, "plans of localities").get(locality)


def _none(record: PlanningRecord, locality: str) -> Finding:
    return Finding(False, f"{record.name_of(locality)} has no plan for {record.year}.")


def lists_all_services(record: PlanningRecord, locality: str, parameters: Parameters) -> Finding:
    """Say whether the plan lists every service of the catalogue."""
    catalogue = known(record.catalogue, "the service catalogue")
    held = _held(record, locality)
    if held is None:
        return _none(record, locality)
    listed_here = {one.service for one in held.plan.services}
    gaps = [one.name for one in catalogue if one.service not in listed_here]
    if not catalogue:
        return Finding(False, "The service catalogue is empty.")
    said = f"{listed(gaps)} missing" if gaps else f"the plan lists all {counted(len(catalogue), 'service')}"
    return Finding(not gaps, sentence(said), {"services": len(catalogue), "missing": gaps})


def _headings(plan: LocalityPlan) -> list[str]:
    """Headings of the services that the locality plans, alone or with others."""
    return list(dict.fromkeys(one.heading for one in plan.services if one.planned_at != "partnership"))


def priorities_under_each_heading(record: PlanningRecord, locality: str, parameters: Parameters) -> Finding:
    """Say whether the plan notes a priority under each heading."""
    held = _held(record, locality)
    if held is None:
        return _none(record, locality)
    headings = _headings(held.plan)
    named = {one.heading for one in held.plan.priorities}
    gaps = [heading for heading in headings if heading not in named]
    if not headings:
        return Finding(False, "The plan lists no service that the locality plans.", {"headings": 0})
    said = f"no priority under {listed(gaps)}" if gaps else f"priorities under each of {len(headings)} headings"
    figures = {"headings": len(headings), "without": gaps, "priorities": len(held.plan.priorities)}
    return Finding(not gaps, sentence(said), figures)


def within_budget(record: PlanningRecord, locality: str, parameters: Parameters) -> Finding:
    """Say whether planned expenditure is within the budget, under each heading and in all."""
    budgets = known(record.budgets, "budgets of localities")
    held = _held(record, locality)
    if held is None:
        return _none(record, locality)
    if held.plan.budget is None or locality not in budgets:
        return Finding(False, f"No budget is decided for {record.name_of(locality)}, so nothing can be within it.")
    over = over_budget(held.plan)
    grand = total_plan(held.plan).grand
    figures = {"planned_pence": grand.in_budget_pence, "budget_pence": grand.budget_pence, "over": len(over)}
    if over:
        return Finding(False, " ".join(one.words for one in over), figures)
    said = f"{say_pounds(grand.in_budget_pence)} of {say_pounds(grand.budget_pence or 0)} is planned, within every"
    return Finding(True, f"{said} heading.", figures)


def every_priority_is_answered(record: PlanningRecord, locality: str, parameters: Parameters) -> Finding:
    """Say whether each priority has money or an action, or asks for less."""
    held = _held(record, locality)
    if held is None:
        return _none(record, locality)
    plan = held.plan
    heading = {one.service: one.heading for one in plan.services}
    paid = {one.service for one in spending_of(plan) if one.pence} | {one.service for one in plan.actions}
    paid_headings = {heading.get(service, "") for service in paid}
    open_ = [
        one.title
        for one in plan.priorities
        if one.direction != "less" and (one.service or one.heading) not in (paid if one.service else paid_headings)
    ]
    if not plan.priorities:
        return Finding(False, "The plan has no priorities.", {"priorities": 0})
    said = f"neither money nor an action for {listed(open_)}" if open_ else "every priority has money or an action"
    return Finding(not open_, sentence(said), {"priorities": len(plan.priorities), "unanswered": open_})


def priorities_say_who_raised_them(record: PlanningRecord, locality: str, parameters: Parameters) -> Finding:
    """Say whether each priority names where it came from."""
    held = _held(record, locality)
    if held is None:
        return _none(record, locality)
    wishes = held.plan.priorities
    silent = [one.title for one in wishes if not one.raised_by.strip()]
    if not wishes:
        return Finding(False, "The plan has no priorities.", {"priorities": 0})
    said = f"nothing says who raised {listed(silent)}" if silent else "every priority says who raised it"
    return Finding(not silent, sentence(said), {"priorities": len(wishes), "without": silent})


def _shared(record: PlanningRecord, locality: str) -> list[JointLine]:
    lines = known(record.joint, "joint lines")
    return [line for line in lines if any(share.locality == locality for share in line.shares)]


def joint_shares_add_up(record: PlanningRecord, locality: str, parameters: Parameters) -> Finding:
    """Say whether the shares of every joint line of the locality add up to its total."""
    lines = _shared(record, locality)
    wrong = [line.id for line in lines if sum(share.pence for share in line.shares) != line.total_pence]
    said = f"shares of {listed(wrong)} do not add up" if wrong else _how_many(lines, "add up to the penny")
    return Finding(not wrong, sentence(said), {"lines": len(lines), "wrong": wrong})


def joint_shares_are_agreed(record: PlanningRecord, locality: str, parameters: Parameters) -> Finding:
    """Say whether the locality has agreed to its share of every joint line."""
    lines = _shared(record, locality)
    open_ = [line.id for line in lines for one in line.shares if one.locality == locality and not one.agreed_on]
    said = f"not yet agreed: {listed(open_)}" if open_ else _how_many(lines, "are agreed here")
    return Finding(not open_, sentence(said), {"lines": len(lines), "open": open_})


def _how_many(lines: list[JointLine], what: str) -> str:
    return f"the shares of {counted(len(lines), 'joint line')} {what}" if lines else "no service is planned jointly"


def plan_is_agreed(record: PlanningRecord, locality: str, parameters: Parameters) -> Finding:
    """Say whether the plan is agreed, and by enough of those who may."""
    held = _held(record, locality)
    if held is None:
        return _none(record, locality)
    agreement = held.plan.agreement
    if agreement is None or held.state not in _AGREED:
        return Finding(False, f"The plan is {held.state.replace('_', ' ')}, not agreed.", {"state": held.state})
    agree = sum(one.stance == "agree" for one in agreement.stances)
    object_ = len(agreement.stances) - agree
    said = f"Agreed on {say_day(agreement.agreed_on)}: {agree} for it, {object_} against, quorum {agreement.quorum}."
    figures = {"agree": agree, "object": object_, "quorum": agreement.quorum}
    return Finding(len(agreement.stances) >= agreement.quorum and agree > 0, said, figures)


def names_who_agreed(record: PlanningRecord, locality: str, parameters: Parameters) -> Finding:
    """Say whether everybody who agreed or objected is named, and objections have their reason."""
    held = _held(record, locality)
    if held is None:
        return _none(record, locality)
    if held.plan.agreement is None:
        return Finding(False, "The plan is not agreed.", {"state": held.state})
    stances = held.plan.agreement.stances
    nameless = sum(not one.name.strip() or not one.role.strip() for one in stances)
    silent = sum(one.stance == "object" and not one.reason.strip() for one in stances)
    figures = {"stances": len(stances), "without_name": nameless, "objections_without_reason": silent}
    if not stances:
        return Finding(False, "Nobody is named as having agreed.", figures)
    if nameless or silent:
        said = (
            f"{counted(nameless, 'answer')} without a name or a role, {counted(silent, 'objection')} without a reason"
        )
        return Finding(False, sentence(said), figures)
    said = f"{counted(len(stances), 'person', 'people')} answered by name, every objection with its reason"
    return Finding(True, sentence(said), figures)


def objections_are_answered(record: PlanningRecord, locality: str, parameters: Parameters) -> Finding:
    """Say whether every objection has a written answer."""
    held = _held(record, locality)
    if held is None:
        return _none(record, locality)
    stances = held.plan.agreement.stances if held.plan.agreement else ()
    objections = sum(one.stance == "object" for one in stances)
    answered = known(held.answered, "answers to objections")
    said = f"{answered} of {counted(objections, 'objection')} answered" if objections else "nobody objected"
    return Finding(answered >= objections, sentence(said), {"objections": objections, "answered": answered})


def plan_is_published(record: PlanningRecord, locality: str, parameters: Parameters) -> Finding:
    """Say whether the agreed plan is published."""
    held = _held(record, locality)
    if held is None:
        return _none(record, locality)
    on = known(held.published_on, "whether the plan is published")
    met = bool(on) and held.state in _AGREED
    return Finding(met, f"Published on {say_day(on)}." if met else "The plan is not published.", {"published_on": on})
