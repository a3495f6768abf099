"""One line, or one priority, with everything that is known of it: where it comes from, why, and who agreed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import Http404
from django.urls import reverse

from locality.plans import (
    BudgetBehind,
    LineChange,
    LocalityPlan,
    Move,
    PlannedAction,
    Priority,
    explain_change,
    say_move,
)
from locality.plans.documents import anchor
from locality.plans.documents.amounts import HeadingSum, heading_sums
from locality_web.core.permissions import Place
from locality_web.core.tables import Column, Link, Table
from locality_web.plans.follow_lines import AgreedYear, FollowLine, lines_table
from locality_web.plans.public_links import WHOLE, name_of_pounds, priority_address
from locality_web.plans.year_addresses import slug_of_year
from locality_web.voice.sense.influence_pages import asked_address


@dataclass(frozen=True)
class Wish:
    """A priority with its place and the page that follows it."""

    priority: Priority
    place: str
    address: str


def is_about(priority: Priority, service: str, heading: str) -> bool:
    """Say whether a priority is about a service: about it alone, or about its whole heading."""
    return priority.service == service if priority.service else priority.heading == heading


def wishes_for(place: Place, agreed: AgreedYear, line: FollowLine) -> list[Wish]:
    """Give the priorities that a line answers; a line of the whole partnership answers those of every locality."""
    return [
        Wish(one, plan.locality.name, priority_address(place.partnership, agreed.year, whose, one.id))
        for whose, plan in agreed.plans.items()
        if line.whose in (WHOLE, whose)
        for one in sorted(plan.priorities, key=lambda each: each.rank)
        if is_about(one, line.service.service, line.service.heading)
    ]


def find_line(agreed: AgreedYear, whose: str, service: str, source: str) -> FollowLine:
    """Give a line by its address, or say that there is none."""
    wanted = (whose, service, source)
    for line in agreed.lines():
        if (line.whose, line.service.service, line.source) == wanted:
            return line
    raise Http404(f"No agreed plan for {agreed.year} has a line on '{service}' from '{source}' here.")


def trace(place: Place, agreed: AgreedYear, line: FollowLine) -> dict[str, Any]:
    """Give everything that is known of a line, for its page."""
    plan = agreed.plans.get(line.whose)
    record = agreed.records.get(line.whose) if plan else agreed.strategic_record
    budget = plan.budget if plan else next((one.budget for one in agreed.plans.values() if one.budget), None)
    whole = plan or agreed.strategic
    return {
        "line": line,
        "wishes": wishes_for(place, agreed, line),
        "actions": _actions(agreed, line),
        "change": _change(plan, line) if plan else None,
        "moves": _moves(plan, line) if plan else [],
        "note": dict(plan.notes).get(line.service.service, "") if plan else "",
        "heading": _heading(plan, line) if plan else None,
        "joint": _joint(agreed, line),
        "budget": budget,
        "decision_address": decision_address(place, budget),
        "sha256": record.snapshot.sha256 if record and record.snapshot else "",
        "agreement": whole.agreement if whole else None,
        "plan_address": _plan_address(place, agreed, line),
        "asked_address": asked_address(
            place.partnership, name_of_pounds(line.whose, agreed.year, line.service.service, line.source)
        ),
        "strategic_address": reverse("plans:strategic", args=[place.partnership.slug, slug_of_year(agreed.year)])
        if agreed.strategic
        else "",
    }


def _actions(agreed: AgreedYear, line: FollowLine) -> list[PlannedAction]:
    return [
        one
        for whose, plan in agreed.plans.items()
        if line.whose in (WHOLE, whose)
        for one in plan.actions
        if one.service == line.service.service
    ]


def _change(plan: LocalityPlan, line: FollowLine) -> LineChange | None:
    if line.kind != "own":
        return None
    found = explain_change(plan)
    return next((one for one in found if (one.service, one.source) == (line.service.service, line.source)), None)


def _moves(plan: LocalityPlan, line: FollowLine) -> list[str]:
    return [say_move(one, plan) for one in plan.moves if _touches(one, line)]


def _touches(move: Move, line: FollowLine) -> bool:
    return line.service.service in (move.from_service, move.to_service) and move.source == line.source


def _heading(plan: LocalityPlan, line: FollowLine) -> HeadingSum | None:
    return next((one for one in heading_sums(plan) if one.heading == line.service.heading), None)


def _joint(agreed: AgreedYear, line: FollowLine) -> Table | None:
    plan = agreed.plans.get(line.whose)
    joint = next((one for one in plan.joint if one.id == line.joint), None) if plan and line.joint else None
    if joint is None:
        return None
    names = {one.locality.code: one.locality.name for one in agreed.plans.values()}
    rows = [[names.get(one.locality, one.locality), one.pence, one.agreed_on or "not yet"] for one in joint.shares]
    columns = [Column("Locality"), Column("Share", "pence"), Column("Agreed on")]
    note = f"Split by: {joint.split_by}." if joint.split_by else ""
    return Table(f"Joint line {joint.id}", columns, rows, totals=["Total", joint.total_pence, ""], note=note)


def decision_address(place: Place, budget: BudgetBehind | None) -> str:
    """Give the page of a budget decision, whose number is written like "2026/27-1"; empty: there is none."""
    year, _, number = (budget.decision if budget else "").rpartition("-")
    if not year or not number.isdigit():
        return ""
    return reverse("money:decision", args=[place.partnership.slug, slug_of_year(year), int(number)])


def _plan_address(place: Place, agreed: AgreedYear, line: FollowLine) -> str:
    slug, year = place.partnership.slug, slug_of_year(agreed.year)
    code, source = line.service.service, line.source
    if line.whose == WHOLE:
        return f"{reverse('plans:strategic', args=[slug, year])}#{anchor('line', 'partnership', code, source)}"
    return f"{reverse('plans:plan', args=[slug, line.whose, year])}#{anchor('line', code, source)}"


def follow_priority(place: Place, agreed: AgreedYear, whose: str, id: str) -> dict[str, Any]:
    """Give a priority with its pounds and its actions, for its page."""
    plan = agreed.plans.get(whose)
    priority = next((one for one in plan.priorities if one.id == id), None) if plan else None
    if plan is None or priority is None:
        raise Http404(f"No agreed plan for {agreed.year} has a priority '{id}' here.")
    lines = [
        one
        for one in agreed.lines()
        if one.whose in (whose, WHOLE) and is_about(priority, one.service.service, one.service.heading)
    ]
    headings = {one.service: one.heading for one in plan.services}
    actions = [one for one in plan.actions if is_about(priority, one.service, headings.get(one.service, ""))]
    total = sum(one.pence for one in lines)
    return {
        "plan": plan,
        "priority": priority,
        "lines": lines_table(place, agreed.year, lines, total=total, csv=""),
        "total": total,
        "actions": actions,
        "plan_link": _priority_link(place, plan, priority, whose),
    }


def _priority_link(place: Place, plan: LocalityPlan, priority: Priority, whose: str) -> Link:
    address = reverse("plans:plan", args=[place.partnership.slug, whose, slug_of_year(plan.year)])
    title = f"The plan of {plan.locality.name} for {plan.year}"
    return Link(title, f"{address}#{anchor('priority', priority.id)}")
