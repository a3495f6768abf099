"""What the editor's overview shows: every service, the totals, what is wrong, and what comes next."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.urls import reverse

from locality.foundations import say_pounds
from locality.plans import (
    HeadingTotal,
    Standing,
    check_fields,
    check_joint_line,
    check_plan_spending,
    moved_by_service,
    over_budget,
)
from locality_web.core.models import Person
from locality_web.core.permissions import Place, may
from locality_web.core.roles import roles_that_may
from locality_web.core.tables import Column, Link, Table
from locality_web.core.words import join_words
from locality_web.plans.comment_pages import comments_in_short
from locality_web.plans.conditions import unmet_conditions
from locality_web.plans.editor_plan import OpenPlan, address_arguments
from locality_web.plans.editor_words import PLANNED_AT, FieldWords, address_of_field, say_fault_of
from locality_web.plans.standing import standing_of
from locality_web.plans.steps import CYCLE


@dataclass(frozen=True)
class Mend:
    """One thing that is wrong or over, and where it is mended."""

    says: str
    address: str


@dataclass(frozen=True)
class NextStep:
    """A step of the life cycle that the plan can take: what still stops it, and who may take it."""

    to: str
    name: str
    who: str
    is_mine: bool
    unmet: tuple[str, ...]
    needs_reason: bool


def say_left(row: HeadingTotal) -> str:
    """Say what of a budget is left, in words where it is over."""
    if row.left_pence is None:
        return "no budget is decided"
    return f"{say_pounds(-row.left_pence)} over" if row.left_pence < 0 else f"{say_pounds(row.left_pence)} left"


def services_by_heading(plan: OpenPlan, place: Place, *, linked: bool) -> list[dict[str, Any]]:
    """Give every service of the catalogue under its heading, also those that are planned elsewhere."""
    spent = {one.service: one for one in plan.totals.by_service}
    moved = moved_by_service(plan.content)
    where = address_arguments(place, plan.year)
    totals = {row.heading: row for row in plan.totals.by_heading}
    groups = []
    for slug, heading in plan.headings.items():
        rows = [
            _service_row(one, spent.get(one.service), moved.get(one.service, 0))
            for one in plan.services.values()
            if one.heading == heading
        ]
        address = reverse("plans:edit_heading", args=[*where, slug])
        total = totals.get(heading)
        groups.append(
            {
                "heading": heading,
                "address": address if linked else "",
                "table": Table(f"Services under {heading}", _COLUMNS, rows, name=f"services-{slug}"),
                "total": total,
                "left": say_left(total) if total else "",
                "over": bool(total and (total.left_pence or 0) < 0),
            }
        )
    return groups


_COLUMNS = (
    Column("Service"),
    Column("Planned"),
    Column("This year", "pence"),
    Column("Last year", "pence"),
    Column("Change", "pence"),
    Column("Of it moved"),
)


def _service_row(service: Any, total: Any, moved: int) -> list[Any]:
    planned = total.planned_pence if total else 0
    last = total.last_year_pence if total else None
    elsewhere = service.planned_at != "locality"
    marks = [PLANNED_AT[service.planned_at]]
    marks += ["set-aside"] if service.set_aside else []
    marks += [f"hosted by {service.hosted_by}"] if service.hosted_by else []
    this_year: Any = planned
    if service.planned_at == "partnership" and not planned:
        this_year = "in the strategic plan"
    change = "" if elsewhere or last is None else planned - last
    said = f"{say_pounds(abs(moved))} {'in' if moved > 0 else 'out'}" if moved else ""
    return [service.name, ", ".join(marks), this_year, "" if elsewhere else last, change, said]


def headings_table(plan: OpenPlan) -> Table:
    """Totals by heading against the budget."""
    rows = [*plan.totals.by_heading, plan.totals.grand]
    cells: list[list[Any]] = [
        [row.heading, row.in_budget_pence, row.budget_pence, say_left(row), row.beside_pence, row.planned_pence]
        for row in rows
    ]
    columns = (
        Column("Heading"),
        Column("Planned within the budget", "pence"),
        Column("Budget", "pence"),
        Column("Left"),
        Column("From grants and contributions", "pence"),
        Column("Planned in all", "pence"),
    )
    return Table("Totals by heading", columns, cells[:-1], totals=cells[-1], empty="The catalogue has no services yet.")


def sources_table(plan: OpenPlan, place: Place) -> Table:
    """Totals by source against what there is."""
    rows = []
    known = {one.source for one in plan.frame.sources}
    for row in plan.totals.by_source:
        address = reverse("money:source", args=[place.partnership.slug, row.source])
        left = "no limit is stated"
        if row.left_pence is not None:
            left = f"{say_pounds(abs(row.left_pence))} {'over' if row.left_pence < 0 else 'left'}"
        there = "no limit" if row.available_pence is None else say_pounds(row.available_pence)
        rows.append([Link(row.name, address) if row.source in known else row.name, row.planned_pence, there, left])
    columns = (Column("Source"), Column("Planned", "pence"), Column("There is"), Column("Left"))
    return Table("Totals by source", columns, rows, empty="No funding source has been entered yet.")


def to_mend(plan: OpenPlan, place: Place) -> list[Mend]:
    """Give all that is wrong with the present draft, each with the place where it is mended."""
    words = FieldWords(plan)
    faults = [*check_fields(plan.fields, plan.frame), *check_plan_spending(plan.content)]
    faults += [
        fault
        for line in plan.content.joint
        for fault in check_joint_line(line, plan.frame.services, must_be_agreed=True)
    ]
    mends = [Mend(say_fault_of(each, words), address_of_field(plan, place, each.column or "")) for each in faults]
    return mends + over(plan, place)


def over(plan: OpenPlan, place: Place, heading: str | None = None) -> list[Mend]:
    """Give what is over budget, with the page of the heading; with `heading`, only that and the whole."""
    where = address_arguments(place, plan.year)
    overview = f"{reverse('plans:editor', args=where)}#headings"
    return [
        Mend(
            each.words,
            reverse("plans:edit_heading", args=[*where, plan.slug_of(each.heading)]) if each.heading else overview,
        )
        for each in over_budget(plan.content)
        if heading is None or each.heading in (heading, "")
    ]


def next_steps(
    plan: OpenPlan, place: Place, person: Person | AnonymousUser, standing: Standing | None
) -> list[NextStep]:
    """Give the steps that the plan can take now, with what still stops each."""
    unmet = unmet_conditions(plan.content, standing)
    return [
        NextStep(
            to=step.end,
            name=step.name,
            who=join_words((role.title.lower() for role in roles_that_may(step.permission)), "or"),
            is_mine=may(person, step.permission, place),
            unmet=tuple(said for need in step.needs if need != "reason_given" for said in unmet.get(need, ())),
            needs_reason="reason_given" in step.needs,
        )
        for step in CYCLE.steps_from(plan.record.state)
        if step.end != "superseded"
    ]


def standing_now(plan: OpenPlan) -> Standing | None:
    """Say how the agreement stands while the group is asked."""
    return standing_of(plan.record) if plan.record.state == "put_to_group" else None


def overview(plan: OpenPlan, place: Place, person: Person | AnonymousUser) -> dict[str, Any]:
    """Give all that the overview shows."""
    is_open = plan.is_writable and may(person, "plans.edit_money", place)
    return {
        "plan": plan,
        "state": CYCLE.state(plan.record.state),
        "groups": services_by_heading(plan, place, linked=is_open),
        "headings": headings_table(plan),
        "sources": sources_table(plan, place),
        "mends": to_mend(plan, place) if plan.record.snapshot is None else [],
        "steps": next_steps(plan, place, person, standing_now(plan)),
        "may_write": is_open,
        "may_text": plan.is_writable and may(person, "plans.edit", place),
        "changes": bool(plan.content.moves),
        "said": comments_in_short(plan.record),
    }
