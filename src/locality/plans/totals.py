"""What a plan spends: by heading, by source and by service, against its budget, adding up to the penny.

A locality's budget is its part of the core and set-aside money; lines from these sources are held against it. Grants
and contributions come on top: they do not use up the budget, and are limited by what each of them has (see `funding`).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from locality.foundations import say_pounds
from locality.plans.content import FundingSource, LocalityPlan, SourceKind

BUDGET_KINDS: tuple[SourceKind, ...] = ("core", "set_aside")
"""Kinds of source whose lines are held against the budget."""

NO_HEADING = "Not in the catalogue"
"""Where lines stand whose service the catalogue does not have: their money is shown and counted all the same."""


@dataclass(frozen=True)
class Spending:
    """One amount that a plan spends: a line of its own, or its share of a joint line."""

    service: str
    heading: str
    source: str
    pence: int
    joint: bool
    in_budget: bool


@dataclass(frozen=True)
class HeadingTotal:
    """What is planned under one heading.

    Args:
        heading: The service heading.
        in_budget_pence: From core and set-aside money.
        beside_pence: From grants and contributions, which come on top.
        planned_pence: Both together.
        budget_pence: The budget of the heading; None: no budget is decided.
        left_pence: What of the budget is not planned yet; negative: over; None: no budget is decided.
    """

    heading: str
    in_budget_pence: int
    beside_pence: int
    planned_pence: int
    budget_pence: int | None
    left_pence: int | None


@dataclass(frozen=True)
class SourceTotal:
    """What is planned from one source.

    Args:
        source: The source's code.
        name: Its name.
        kind: Its kind.
        planned_pence: What is planned.
        available_pence: What there is for this locality and year; None: no stated limit.
        left_pence: What is not planned yet; negative: over; None: no stated limit.
    """

    source: str
    name: str
    kind: SourceKind
    planned_pence: int
    available_pence: int | None
    left_pence: int | None


@dataclass(frozen=True)
class ServiceTotal:
    """What is planned for one service.

    Args:
        service: The service's code.
        heading: Its heading.
        own_pence: Lines of the locality.
        joint_pence: Its shares of joint lines.
        planned_pence: Both together.
        last_year_pence: What the lines had last year; None: not known of one of them.
    """

    service: str
    heading: str
    own_pence: int
    joint_pence: int
    planned_pence: int
    last_year_pence: int | None


@dataclass(frozen=True)
class PlanTotals:
    """A plan's totals; `grand` is under the heading "Total", and each of the three tables adds up to it."""

    by_heading: tuple[HeadingTotal, ...]
    by_source: tuple[SourceTotal, ...]
    by_service: tuple[ServiceTotal, ...]
    grand: HeadingTotal


@dataclass(frozen=True)
class OverBudget:
    """A heading, or the total (then the heading is empty), that is planned over its budget, in words."""

    heading: str
    planned_pence: int
    budget_pence: int
    over_pence: int
    words: str


def spending_of(plan: LocalityPlan) -> tuple[Spending, ...]:
    """Give every amount that a plan spends: its own lines, and its shares of joint lines.

    Args:
        plan: The plan.

    Returns:
        One entry for each line and share, in their order.
    """
    heading = {one.service: one.heading for one in plan.services}
    beside = {one.source for one in plan.sources if one.kind not in BUDGET_KINDS}
    amounts = [(one.service, one.source, one.pence, False) for one in plan.lines]
    amounts += [
        (line.service, line.source, share.pence, True)
        for line in plan.joint
        for share in line.shares
        if share.locality == plan.locality.code
    ]
    # A source that nobody knows is held against the budget: the prudent side.
    return tuple(
        Spending(service, heading.get(service, NO_HEADING), source, pence, joint, source not in beside)
        for service, source, pence, joint in amounts
    )


def total_plan(plan: LocalityPlan) -> PlanTotals:
    """Add up a plan by heading, source and service.

    Args:
        plan: The plan, drafted or agreed.

    Returns:
        Totals in pence. Headings stand in the order of the catalogue, with those of the budget that have no service
        at the end; every source and every service of the plan is there, with nought where nothing is planned. By
        heading, by source and by service add up to the same grand total, and so do budgets and what is left of them.
    """
    spending = spending_of(plan)
    by_heading = _by_heading(plan, spending)
    return PlanTotals(by_heading, _by_source(plan, spending), _by_service(plan, spending), _grand(by_heading))


def over_budget(plan: LocalityPlan) -> tuple[OverBudget, ...]:
    """Name every heading that is planned over its budget, and the total if that is.

    Args:
        plan: The plan, drafted or agreed.

    Returns:
        What is over, with pounds and in words; the total last, with an empty heading. Nothing where the plan keeps
        within its budget, or where no budget is decided.
    """
    totals = total_plan(plan)
    rows = (*totals.by_heading, totals.grand)
    return tuple(_over(row, "" if row is totals.grand else row.heading) for row in rows if (row.left_pence or 0) < 0)


def available_to(source: FundingSource, year: str, locality: str) -> int | None:
    """Give what a source has for a locality, or for the whole partnership, in a year.

    Args:
        source: The source.
        year: Financial year.
        locality: The locality's code; empty: the whole partnership.

    Returns:
        Pence; None: the source states no limit. A locality without an entry of its own has what the entry for the
        whole partnership leaves, at most that; the whole partnership without an entry has what its localities have. A
        source that states amounts, but none for this year and place, has nothing for it.
    """
    if not source.available:
        return None
    of_year = {one.locality: one.pence for one in source.available if one.year == year}
    if locality in of_year:
        return of_year[locality]
    return of_year.get("", 0) if locality else sum(of_year.values())


def _over(row: HeadingTotal, heading: str) -> OverBudget:
    budget = row.budget_pence or 0
    over = row.in_budget_pence - budget
    said = (
        f"{heading or 'The whole plan'}: {say_pounds(row.in_budget_pence)} is planned from core and set-aside money, "
        f"the budget is {say_pounds(budget)}; that is {say_pounds(over)} over."
    )
    return OverBudget(heading, row.in_budget_pence, budget, over, said)


def _in_order(*groups: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(name for group in groups for name in group))


def _by_heading(plan: LocalityPlan, spending: tuple[Spending, ...]) -> tuple[HeadingTotal, ...]:
    budget: Counter[str] = Counter()
    for row in plan.budget.headings if plan.budget else ():
        budget[row.heading] += row.budget_pence
    inside: Counter[str] = Counter()
    beside: Counter[str] = Counter()
    for one in spending:
        (inside if one.in_budget else beside)[one.heading] += one.pence
    planned_here = [one.heading for one in plan.services if one.planned_at != "partnership"]
    names = _in_order(planned_here, budget, (one.heading for one in spending))
    return tuple(
        _heading_total(name, inside[name], beside[name], budget[name] if plan.budget else None) for name in names
    )


def _heading_total(name: str, inside: int, beside: int, budget: int | None) -> HeadingTotal:
    left = None if budget is None else budget - inside
    return HeadingTotal(name, inside, beside, inside + beside, budget, left)


def _grand(rows: tuple[HeadingTotal, ...]) -> HeadingTotal:
    budgets = [row.budget_pence for row in rows if row.budget_pence is not None]
    # A plan without a budget has none under any heading; one without any heading has nothing to hold.
    budget = sum(budgets) if budgets else None
    return _heading_total("Total", sum(row.in_budget_pence for row in rows), sum(r.beside_pence for r in rows), budget)


def _by_source(plan: LocalityPlan, spending: tuple[Spending, ...]) -> tuple[SourceTotal, ...]:
    planned: Counter[str] = Counter()
    for one in spending:
        planned[one.source] += one.pence
    known = {one.source: one for one in plan.sources}
    return tuple(_source_total(plan, known.get(code), code, planned[code]) for code in _in_order(known, planned))


def _source_total(plan: LocalityPlan, source: FundingSource | None, code: str, planned: int) -> SourceTotal:
    if source is None:
        return SourceTotal(code, code, "core", planned, None, None)
    available = available_to(source, plan.year, plan.locality.code)
    left = None if available is None else available - planned
    return SourceTotal(code, source.name, source.kind, planned, available, left)


def _by_service(plan: LocalityPlan, spending: tuple[Spending, ...]) -> tuple[ServiceTotal, ...]:
    own: Counter[str] = Counter()
    joint: Counter[str] = Counter()
    for one in spending:
        (joint if one.joint else own)[one.service] += one.pence
    heading = {one.service: one.heading for one in plan.services}
    had: dict[str, list[int | None]] = {}
    for line in plan.lines:
        had.setdefault(line.service, []).append(line.last_year_pence)
    here = (one.service for one in plan.services if one.planned_at != "partnership")
    return tuple(
        ServiceTotal(
            service=code,
            heading=heading.get(code, NO_HEADING),
            own_pence=own[code],
            joint_pence=joint[code],
            planned_pence=own[code] + joint[code],
            last_year_pence=_sum_known(had.get(code, [None])),
        )
        for code in _in_order(here, own, joint)
    )


def _sum_known(amounts: list[int | None]) -> int | None:
    known = [one for one in amounts if one is not None]
    return sum(known) if len(known) == len(amounts) else None
