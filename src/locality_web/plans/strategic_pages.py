"""What the planners' pages of the strategic plan show: what is missing, what stops it, the facts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sized
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe

from locality.foundations import Fault, InputRefused, ResultRefused, say_pounds
from locality.plans import Standing, StrategicPlan
from locality.plans.documents import Heading, outline_of
from locality_web.core.charts import Chart, grouped_bars
from locality_web.core.models import Person
from locality_web.core.permissions import Place, may
from locality_web.core.remembered import Memory
from locality_web.core.roles import roles_that_may
from locality_web.core.words import count_of, join_words
from locality_web.plans import models, strategic
from locality_web.plans.consolidating import Tried, strategic_now, try_content
from locality_web.plans.public_body import write_parts
from locality_web.plans.snapshots import read_strategic_snapshot
from locality_web.plans.standing import standing_of_strategic
from locality_web.plans.year_addresses import slug_of_year

_LEFT_OUT = ("lines", "agreement", "origin")
"""Parts of the published document that the planners' page does not repeat."""


@dataclass(frozen=True)
class ToMend:
    """One thing that is missing or wrong, and the page on which it is mended."""

    says: str
    address: str
    title: str


@dataclass(frozen=True)
class Step:
    """A step that the plan can take next, and what still stops it."""

    to: str
    name: str
    who: str
    is_mine: bool
    needs_reason: bool
    unmet: tuple[str, ...]


def try_for_page(record: models.StrategicPlanRecord, place: Place, memory: Memory | None = None) -> Tried:
    """Give the plan as it stands, or why it cannot be put together; for pages that only show it."""
    if record.snapshot is not None:
        return read_strategic_snapshot(record.snapshot)
    return strategic_now(place.partnership, record.year, memory or Memory(place.partnership)) or try_content(record)


def steps_of(
    record: models.StrategicPlanRecord, place: Place, person: Person | AnonymousUser, tried: Tried
) -> list[Step]:
    """Give the steps that the plan can take now."""
    unmet = strategic.unmet_strategic(record, tried=tried)
    return [
        Step(
            to=step.end,
            name=step.name,
            who=join_words((role.title.lower() for role in roles_that_may(step.permission)), "or"),
            is_mine=may(person, step.permission, place),
            needs_reason="reason_given" in step.needs,
            unmet=tuple(said for need in step.needs if need != "reason_given" for said in unmet.get(need, ())),
        )
        for step in strategic.CYCLE.steps_from(record.state)
        if step.end != "superseded"
    ]


def standing_now(record: models.StrategicPlanRecord) -> Standing | None:
    """Say how the agreement stands while the board is asked."""
    return standing_of_strategic(record) if record.state == "put_to_board" else None


def refused_because(place: Place, year: str, tried: Tried) -> list[ToMend]:
    """Say why the plan cannot be put together, each reason with the page on which it is mended."""
    slug, at = place.partnership.slug, slug_of_year(year)
    if isinstance(tried, ResultRefused):
        lines = reverse("plans:strategic_lines", args=[slug, at])
        plans = reverse("plans:all_plans", args=[slug])
        wide = str(tried).startswith("The whole partnership")
        return [ToMend(str(tried), lines if wide else plans, "The partnership's lines" if wide else "Locality plans")]
    if isinstance(tried, InputRefused):
        return [ToMend(_say(fault), *_where(fault.code, slug, at)) for fault in tried.faults]
    return []


def _say(fault: Fault) -> str:
    return f"{fault.what[:1].upper()}{fault.what[1:]}. {fault.do}"


def _where(code: str, slug: str, year: str) -> tuple[str, str]:
    if code.startswith("joint-") and code != "joint-and-alone":
        return reverse("plans:joint", args=[slug, year]), "Joint lines"
    if code == "catalogue-differs":
        return reverse("money:services", args=[slug]), "Services"
    if code == "source-differs":
        return reverse("money:sources", args=[slug]), "Funding sources"
    if code == "partnership-line-elsewhere":
        return reverse("plans:strategic_lines", args=[slug, year]), "The partnership's lines"
    return reverse("plans:all_plans", args=[slug]), "Locality plans"


def missing_of(place: Place, year: str, plan: StrategicPlan, *, slugs: Mapping[str, str]) -> list[ToMend]:
    """Give what is missing, each with the page on which it is mended; `slugs` are parts of addresses by code."""
    return list(_missing(place, year, plan.facts.get("missing", {}), slugs))


def _missing(place: Place, year: str, missing: dict[str, Any], slugs: Mapping[str, str]) -> Iterator[ToMend]:
    slug, at = place.partnership.slug, slug_of_year(year)

    def plans(row: dict[str, Any], says: str) -> ToMend:
        where = slugs.get(row["locality"])
        address = reverse("plans:locality_plans", args=[slug, where]) if where else ""
        return ToMend(says, address, f"Plans of {row['locality_name']}")

    for row in missing.get("plans", ()):
        yield plans(row, f"There is no agreed plan of {row['locality_name']} for {year}.")
    for row in missing.get("joint_shares", ()):
        says = f"{row['locality_name']} has not agreed to {say_pounds(row['pence'])} of joint line {row['joint']}."
        yield ToMend(says, reverse("plans:joint", args=[slug, at]), "Joint lines")
    for row in missing.get("services_not_listed", ()):
        says = f"The plan of {row['locality_name']} does not list: {', '.join(row['services'])}. Agree a new edition."
        yield plans(row, says)
    for row in missing.get("older_budgets", ()):
        older = row["plan_decision"] or "none"
        says = f"The plan of {row['locality_name']} rests on decision {older}; {row['decision']} is in force."
        yield plans(row, says)
    for row in missing.get("budgets", ()):
        says = f"{row['locality_name']} has no budget for {year}."
        yield ToMend(says, reverse("money:set_budgets", args=[slug, at]), "Set budgets")
    if missing.get("ledger"):
        yield ToMend("No release is loaded, so there is no ledger.", reverse("money:releases", args=[slug]), "Releases")


def in_short(plan: StrategicPlan) -> list[str]:
    """Say the plan's facts in a few sentences."""
    facts = plan.facts
    totals, walk = facts["totals"], facts["reconciliation"]
    left = walk["total"]["not_yet_planned_pence"]
    ledger = f"the ledger of {walk['ledger_year']}" if walk["ledger_year"] else "no ledger, as none is loaded"
    return [
        f"{say_pounds(totals['pence'])} is planned: {say_pounds(totals['own_pence'])} in localities, "
        f"{say_pounds(totals['joint_pence'])} jointly, {say_pounds(totals['partnership_pence'])} for all.",
        f"{say_pounds(left)} is not planned yet. Every row reconciles with {ledger}, to the penny."
        if walk["ledger_year"]
        else f"{say_pounds(left)} is not planned yet. It is reconciled with {ledger}.",
        f"{_count(facts['common'], 'wish is', 'wishes are')} common to localities; "
        f"{_count(facts['conflicts'], 'conflicts or differs', 'conflict or differ')}.",
        f"{_count(facts['money_without_priority'], 'service has', 'services have')} money and no priority; "
        f"{_count(facts['priority_without_money'], 'priority has', 'priorities have')} no money.",
    ]


def _count(rows: Sized, one: str, many: str) -> str:
    return count_of(len(rows), one, many)


def distance_chart(plan: StrategicPlan) -> Chart | None:
    """Draw each locality's distance from its fair share before and after the plan."""
    rows = plan.facts.get("distance", {}).get("localities", [])
    known = [row for row in rows if row["before_ratio"] is not None and row["after_ratio"] is not None]
    if not known:
        return None
    return grouped_bars(
        "Distance from fair share before and after the plan",
        [row["locality_name"] for row in known],
        {"Before": [row["before_ratio"] for row in known], "After": [row["after_ratio"] for row in known]},
        unit="change",
        of="Locality",
    )


def facts_body(plan: StrategicPlan) -> SafeString:
    """Write the facts as the published plan will say them."""
    shown, kept = [], True
    for part in outline_of(plan).parts:
        if isinstance(part, Heading) and part.level == 1:
            kept = part.id not in _LEFT_OUT
        if kept:
            shown.append(part)
    return mark_safe(write_parts(shown))  # noqa: S308  # every text in it is escaped as it is written
