"""Planned expenditure: every service of the catalogue under its heading, by source, with totals against the budget."""

from __future__ import annotations

from locality.foundations import say_day
from locality.plans.content import CatalogueService, FundingSource, JointLine, LocalityPlan
from locality.plans.documents.amounts import (
    HeadingSum,
    Planned,
    change_of,
    heading_sums,
    planned_in,
    services_of,
)
from locality.plans.documents.blocks import Block, Column, Heading, Paragraph, Row, Table, anchor
from locality.plans.documents.words import PLANNED_AT, sentence
from locality.plans.totals import SourceTotal, total_plan

LINE_COLUMNS = (
    Column("Service"),
    Column("Paid from"),
    Column("Planned", "pence"),
    Column("Last year", "pence"),
    Column("Change", "change"),
)


def expenditure_parts(plan: LocalityPlan) -> list[Block]:
    """Give one table for each heading, then the sources, then the services that are planned elsewhere."""
    said = "Every service is listed, also those for which no money is planned."
    parts: list[Block] = [Heading("Planned expenditure", 1, "expenditure"), Paragraph(said)]
    planned = planned_in(plan)
    for each in heading_sums(plan):
        parts.append(Heading(each.heading, 2, anchor("heading", each.heading)))
        parts.append(_heading_table(plan, each, planned))
    return [*parts, *_sources(plan), *_elsewhere(plan)]


def _heading_table(plan: LocalityPlan, whole: HeadingSum, planned: tuple[Planned, ...]) -> Table:
    rows = [
        row
        for service in services_of(plan)
        if service.heading == whole.heading
        for row in line_rows(service, [each for each in planned if each.service == service.service], plan.sources)
    ]
    change = change_of(whole.planned, whole.last_year)
    rows.append(Row((f"Total of {whole.heading}", "", whole.planned, whole.last_year, change), is_total=True))
    if whole.budget is not None:
        said = (("From the budget", whole.from_budget), ("Budget", whole.budget), ("Left of the budget", whole.left))
        rows += [Row((name, "", pence, "", ""), is_total=True) for name, pence in said]
    caption = f"{whole.heading}: planned expenditure by service and source"
    return Table(anchor("lines", whole.heading), caption, LINE_COLUMNS, tuple(rows))


def line_rows(
    service: CatalogueService, planned: list[Planned], sources: tuple[FundingSource, ...], *, within: str = ""
) -> list[Row]:
    """Give a row for every line of a service; one that says so where there is none.

    Args:
        service: The service.
        planned: Its lines.
        sources: Funding sources, for their names.
        within: What comes before the service in the rows' addresses; empty: nothing.

    Returns:
        Rows for `LINE_COLUMNS`. A line of nought, this year and last, is left out beside another: it says nothing.
    """
    planned = [each for each in planned if each.pence or each.last_year_pence] or planned[:1]
    names = {source.source: source.name for source in sources}
    before = ("line", within) if within else ("line",)
    if not planned:
        here = service.planned_at == "locality"
        name = service.name if here else f"{service.name} (planned {PLANNED_AT[service.planned_at]})"
        unknown = None if here else ""
        cells = (name, "no money planned here", 0, unknown, unknown)
        return [Row(cells, anchor(*before, service.service))]
    return [
        Row(
            (
                f"{service.name} (share of a joint line)" if each.joint else service.name,
                names.get(each.source, each.source),
                each.pence,
                each.last_year_pence,
                change_of(each.pence, each.last_year_pence),
            ),
            anchor(*before, each.service, each.source),
        )
        for each in planned
    ]


def _sources(plan: LocalityPlan) -> list[Block]:
    known = {source.source: source for source in plan.sources}
    totals = total_plan(plan)
    rows = [_source_row(each, known.get(each.source), plan) for each in totals.by_source]
    rows.append(Row(("Total", "", "", "", totals.grand.planned_pence, ""), is_total=True))
    names = ("Source", "Who answers for it", "For what")
    columns = (*map(Column, names), *(Column(name, "pence") for name in ("There is", "Planned", "Left")))
    table = Table("source_table", "Planned expenditure by source", columns, tuple(rows))
    return [Heading("Where the money comes from", 2, "sources"), table]


def _source_row(total: SourceTotal, source: FundingSource | None, plan: LocalityPlan) -> Row:
    body, rule = (source.accountable_body, say_rule(source, plan)) if source else ("", "")
    no_limit = total.available_pence is None
    there, left = ("no limit stated", "") if no_limit else (total.available_pence, total.left_pence)
    return Row((total.name, body, rule, there, total.planned_pence, left), anchor("source", total.source))


def say_rule(source: FundingSource, plan: LocalityPlan) -> str:
    """Say what a source may be spent on and when, in words."""
    names = {service.service: service.name for service in plan.services}
    on = [*source.headings, *(names.get(each, each) for each in source.services)]
    said = [sentence(source.rule)] if source.rule.strip() else []
    said += [f"Only for {', '.join(on)}."] if on else []
    said += [f"From {say_day(source.starts)}."] if source.starts else []
    said += [f"Until {say_day(source.ends)}."] if source.ends else []
    return " ".join(said)


def _elsewhere(plan: LocalityPlan) -> list[Block]:
    rows = tuple(
        Row((each.name, each.heading, f"Planned {PLANNED_AT[each.planned_at]}"))
        for each in plan.services
        if each.planned_at != "locality"
    )
    if not rows:
        return []
    columns = (Column("Service"), Column("Heading"), Column("Where it is planned"))
    table = Table("elsewhere_table", "Services that the locality does not plan alone", columns, rows)
    return [Heading("Services planned with others", 2, "elsewhere"), table]


def joint_parts(plan: LocalityPlan) -> list[Block]:
    """Give every joint line with its shares."""
    parts: list[Block] = [Heading("Planned jointly with other localities", 1, "joint")]
    if not plan.joint:
        return [*parts, Paragraph("This locality plans no service jointly with another.")]
    services = {service.service: service.name for service in plan.services}
    names = {place.code: place.name for place in (plan.locality, *plan.neighbours)}
    return [*parts, *(joint_table(line, services, names) for line in plan.joint)]


def joint_table(line: JointLine, services: dict[str, str], localities: dict[str, str]) -> Table:
    """Give the shares of one joint line.

    Args:
        line: The joint line.
        services: Names of services by code.
        localities: Names of localities by code, as far as they are known.

    Returns:
        A table whose last row is the line's total.
    """
    rows = [
        Row((localities.get(share.locality, share.locality), share.pence, _say_agreed(share.agreed_on)))
        for share in line.shares
    ]
    rows.append(Row(("Total", line.total_pence, ""), is_total=True))
    how = f" ({line.split_by[:1].lower()}{line.split_by[1:]})" if line.split_by.strip() else ""
    caption = f"{services.get(line.service, line.service)}: shares of the localities{how}"
    columns = (Column("Locality"), Column("Share", "pence"), Column("Agreed"))
    return Table(anchor("joint", line.id), caption, columns, tuple(rows))


def _say_agreed(day: str) -> str:
    return f"Agreed on {say_day(day)}" if day else "Not agreed yet"
