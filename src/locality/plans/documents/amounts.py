"""The amounts that published plans show: lines and shares of joint lines side by side, in whole pence."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from locality.foundations import split_pence
from locality.plans.content import CatalogueService, HeadingMoney, LocalityPlan, StrategicPlan
from locality.plans.totals import BUDGET_KINDS, NO_HEADING, total_plan


@dataclass(frozen=True)
class Planned:
    """Money planned for one service from one source, in a line of its own or as a share of a joint line.

    Args:
        service: The service's code.
        source: The funding source's code.
        pence: What is planned.
        last_year_pence: What there was last year; None: not known.
        joint: Id of the joint line of which this is a share; empty: a line of its own.
    """

    service: str
    source: str
    pence: int
    last_year_pence: int | None = None
    joint: str = ""


def planned_in(plan: LocalityPlan) -> tuple[Planned, ...]:
    """Give a locality's own lines, then its shares of joint lines.

    Args:
        plan: The plan.

    Returns:
        One entry for each line and each share of this locality.
    """
    own = [Planned(line.service, line.source, line.pence, line.last_year_pence) for line in plan.lines]
    shares = [
        Planned(line.service, line.source, share.pence, joint=line.id)
        for line in plan.joint
        for share in line.shares
        if share.locality == plan.locality.code
    ]
    return (*own, *shares)


def total_of(planned: Iterable[Planned]) -> int:
    """Add up in pence."""
    return sum(each.pence for each in planned)


def last_year_of(planned: Iterable[Planned]) -> int | None:
    """Add up last year's pence; None where any is not known."""
    amounts = [each.last_year_pence for each in planned]
    known = [amount for amount in amounts if amount is not None]
    return sum(known) if known and len(known) == len(amounts) else None


def change_of(planned: int, last_year: int | None) -> int | None:
    """Give what is planned less last year's; None where that is not known."""
    return None if last_year is None else planned - last_year


def headings_of(services: Iterable[CatalogueService], money: Iterable[HeadingMoney] = ()) -> tuple[str, ...]:
    """Give every heading once, in the order of the catalogue, then those that only have money."""
    return tuple(dict.fromkeys([*(each.heading for each in services), *(each.heading for each in money)]))


def catalogue_of(plan: StrategicPlan) -> tuple[CatalogueService, ...]:
    """Give every service that any of the plans knows, once, as the first plan names it."""
    found: dict[str, CatalogueService] = {}
    for part in plan.plans:
        for service in services_of(part):
            found.setdefault(service.service, service)
    return tuple(found.values())


def of_every_hundred(amounts: dict[str, int]) -> dict[str, int]:
    """Share 100 pounds out as amounts are: whole pounds that add up to 100, largest first; nothing for losses."""
    ranked = dict(sorted(amounts.items(), key=lambda pair: -pair[1]))
    if not ranked or min(ranked.values()) < 0 or not any(ranked.values()):
        return {}
    return dict(zip(ranked, split_pence(100, list(ranked.values())).tolist(), strict=True))


@dataclass(frozen=True)
class HeadingSum:
    """What is planned under one heading, beside its budget, in pence.

    Args:
        heading: The heading.
        planned: From every source.
        from_budget: From core and set-aside money, which the budget holds.
        budget: The budget; None: none is decided.
        last_year: Last year's; None: not known.
    """

    heading: str
    planned: int
    from_budget: int
    budget: int | None
    last_year: int | None

    @property
    def left(self) -> int | None:
        """Give the budget less what is planned from it; negative: over budget."""
        return None if self.budget is None else self.budget - self.from_budget


def heading_sums(plan: LocalityPlan) -> tuple[HeadingSum, ...]:
    """Sum a locality's plan by heading.

    Args:
        plan: The plan.

    Returns:
        One entry for each heading of the catalogue or the budget, in order.
    """
    heading = {service.service: service.heading for service in services_of(plan)}
    planned = planned_in(plan)
    return tuple(
        HeadingSum(each.heading, each.planned_pence, each.in_budget_pence, each.budget_pence, last_year_of(under))
        for each in total_plan(plan).by_heading
        for under in [[one for one in planned if heading[one.service] == each.heading]]
    )


def services_of(plan: LocalityPlan) -> tuple[CatalogueService, ...]:
    """Give the whole catalogue, then every service that has money but is not in it: no line goes unshown."""
    known = {service.service for service in plan.services}
    strange = dict.fromkeys(each.service for each in planned_in(plan) if each.service not in known)
    return (*plan.services, *(CatalogueService(code, code, NO_HEADING) for code in strange))


def whole_sum(sums: Iterable[HeadingSum]) -> HeadingSum:
    """Add up over headings; last year's where every heading with money knows it."""
    each = list(sums)
    budgets = [one.budget for one in each if one.budget is not None]
    known = [one.last_year for one in each if one.planned or one.last_year is not None]
    return HeadingSum(
        "Total",
        sum(one.planned for one in each),
        sum(one.from_budget for one in each),
        sum(budgets) if budgets else None,
        None if None in known or not known else sum(amount or 0 for amount in known),
    )


def strategic_lines(plan: StrategicPlan) -> dict[str, tuple[Planned, ...]]:
    """Give every line of a strategic plan by where it is planned: "own", "joint", "partnership".

    Args:
        plan: The plan.

    Returns:
        Own lines of all localities; each joint line once, with its total; partnership-wide lines. No pound twice.
    """
    return {
        "own": tuple(each for part in plan.plans for each in planned_in(part) if not each.joint),
        "joint": tuple(Planned(line.service, line.source, line.total_pence, joint=line.id) for line in plan.joint),
        "partnership": tuple(
            Planned(line.service, line.source, line.pence, line.last_year_pence) for line in plan.partnership_lines
        ),
    }


def strategic_sums(plan: StrategicPlan) -> tuple[HeadingSum, ...]:
    """Sum a strategic plan by heading.

    Args:
        plan: The plan.

    Returns:
        One entry for each heading, in order; the budget is what consolidation found to be available.
    """
    services = catalogue_of(plan)
    heading = {service.service: service.heading for service in services}
    in_budget = {source.source for part in plan.plans for source in part.sources if source.kind in BUDGET_KINDS}
    walk = plan.facts.get("reconciliation", {}).get("rows", [])
    there = {row["heading"]: row["available_pence"] for row in walk}
    lines = [each for some in strategic_lines(plan).values() for each in some]
    return tuple(
        HeadingSum(
            name,
            total_of(under),
            total_of(each for each in under if each.source in in_budget),
            there.get(name),
            last_year_of(under),
        )
        for name in headings_of(services, plan.held)
        for under in [[each for each in lines if heading.get(each.service, "") == name]]
    )
