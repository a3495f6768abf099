"""The money of a strategic plan: by locality, heading, source and service, from the ledger, and every line."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from locality.plans.content import LocalityPlan, StrategicPlan
from locality.plans.documents.amounts import (
    Planned,
    catalogue_of,
    change_of,
    headings_of,
    last_year_of,
    of_every_hundred,
    planned_in,
    services_of,
    strategic_lines,
    total_of,
)
from locality.plans.documents.blocks import Block, Column, Heading, Item, Items, Paragraph, Row, Table, anchor
from locality.plans.documents.changes import move_table
from locality.plans.documents.expenditure import LINE_COLUMNS, joint_table, line_rows

_KINDS = ("own", "joint", "partnership")


def money_parts(plan: StrategicPlan) -> list[Block]:
    """Give the money by heading, locality and source."""
    by_heading = _heading_table(plan)
    planned = {str(row.cells[0]): int(row.cells[-1] or 0) for row in by_heading.rows if not row.is_total}
    hundred = of_every_hundred({heading: pence for heading, pence in planned.items() if pence})
    said: list[Block] = []
    if hundred:
        items = [
            Item(f"{f'£{pounds}' if pounds else 'less than £1'} goes to {name}") for name, pounds in hundred.items()
        ]
        said = [Paragraph("For every £100 that is planned:"), Items(tuple(items))]
    return [*said, by_heading, *_by_locality(plan), *_by_source(plan)]


def _kind_columns(name: str) -> tuple[Column, ...]:
    kinds = ("In one locality", "Jointly", "Partnership-wide", "Planned")
    return (Column(name), *(Column(kind, "pence") for kind in kinds))


def _kind_cells(lines: dict[str, tuple[Planned, ...]], services: Iterable[str]) -> tuple[int, ...]:
    wanted = set(services)
    parts = [total_of(each for each in lines[kind] if each.service in wanted) for kind in _KINDS]
    return (*parts, sum(parts))


def _heading_table(plan: StrategicPlan) -> Table:
    services, lines = catalogue_of(plan), strategic_lines(plan)
    rows = [
        Row(
            (name, *_kind_cells(lines, (one.service for one in services if one.heading == name))),
            anchor("heading", name),
        )
        for name in headings_of(services)
    ]
    every = [total_of(lines[kind]) for kind in _KINDS]
    rows.append(Row(("Total", *every, sum(every)), is_total=True))
    return Table("by_heading", "Planned expenditure by heading", _kind_columns("Heading"), tuple(rows))


def _by_locality(plan: StrategicPlan) -> list[Block]:
    found = plan.facts.get("totals", {}).get("by_locality")
    if not found:
        return []
    rows = [
        Row(
            (
                each["locality_name"] if each["locality"] else "Held for the whole partnership",
                each["own_pence"] + each["partnership_pence"],
                each["joint_pence"],
                each["pence"],
                each["budget_pence"],
                each["left_pence"],
            ),
            anchor("locality", each["locality"]) if each["locality"] else "",
        )
        for each in found
    ]
    rows.append(_sum_row(rows))
    names = ("Own lines", "Shares of joint lines", "Planned", "Budget", "Left of the budget")
    columns = (Column("Locality"), *(Column(name, "pence") for name in names))
    return [Table("by_locality", "Planned expenditure and budget by locality", columns, tuple(rows))]


def _sum_row(rows: list[Row]) -> Row:
    columns = list(zip(*(row.cells[1:] for row in rows), strict=True))
    sums = [None if None in cells else sum(int(cell or 0) for cell in cells) for cells in columns]
    return Row(("Total", *sums), is_total=True)


def _by_source(plan: StrategicPlan) -> list[Block]:
    found = plan.facts.get("totals", {}).get("by_source")
    if not found:
        return []
    rows = [
        Row((each["name"], each["accountable_body"], each["pence"]), anchor("source", each["source"])) for each in found
    ]
    rows.append(Row(("Total", "", sum(each["pence"] for each in found)), is_total=True))
    columns = (Column("Source"), Column("Who answers for it"), Column("Planned", "pence"))
    return [Table("by_source", "Planned expenditure by source", columns, tuple(rows))]


def service_parts(plan: StrategicPlan) -> list[Block]:
    """Give every service under its heading, with what is planned in localities, jointly and partnership-wide."""
    lines = strategic_lines(plan)
    services = catalogue_of(plan)
    parts: list[Block] = []
    for name in headings_of(services):
        under = [one for one in services if one.heading == name]
        rows = [Row((one.name, *_kind_cells(lines, [one.service])), anchor("service", one.service)) for one in under]
        whole = _kind_cells(lines, (one.service for one in under))
        rows.append(Row((f"Total of {name}", *whole), is_total=True))
        parts.append(Heading(name, 2, anchor("services", name)))
        parts.append(Table(anchor("of", name), f"{name}: services", _kind_columns("Service"), tuple(rows)))
    return parts


def joint_line_parts(plan: StrategicPlan) -> list[Block]:
    """Give every joint line with its shares."""
    services = {one.service: one.name for one in catalogue_of(plan)}
    localities = {part.locality.code: part.locality.name for part in plan.plans}
    localities |= {each["locality"]: each["locality_name"] for each in plan.facts.get("missing", {}).get("plans", ())}
    return [joint_table(line, services, localities) for line in plan.joint]


def reconciliation_parts(plan: StrategicPlan) -> list[Block]:
    """Walk from the ledger to the plan, to the penny."""
    walk = plan.facts.get("reconciliation")
    if not walk:
        return []
    year = f" of {walk['ledger_year']}" if walk.get("ledger_year") else ""
    said = (
        f"What was spent on our people in the ledger{year}, and the change since, is the money that there is: the "
        "localities' budgets and what is held for the whole partnership. It is planned in lines, or not yet planned. "
        "Every row adds up to the penny. Grants and contributions come on top."
    )
    rows = [_walk_row(each["heading"], each) for each in walk["rows"]]
    rows.append(_walk_row("Total", walk["total"], is_total=True))
    names = ("Ledger", "Change", "There is", "Planned", "Not yet planned")
    kinds = ("pence", "change", "pence", "pence", "pence")
    columns = (Column("Heading"), *(Column(name, kind) for name, kind in zip(names, kinds, strict=True)))  # type: ignore[arg-type]
    caption = "From the ledger to the plan, by heading"
    table = Table("reconciliation_table", caption, columns, tuple(rows))
    return [*_hosted(walk), Paragraph(said), table, *_apart(walk)]


def _hosted(walk: dict[str, Any]) -> list[Block]:
    """Lead from the books to the money for the partnership's own people, where hosted services make a difference."""
    if not any(row.get("hosted_pence") for row in walk["rows"]):
        return []
    said = (
        "A hosted service is paid by one partnership for the people of several. Its money is moved to the partnerships "
        "whose people use it: what the books show, and this move, make the ledger for our own people."
    )
    columns = (
        Column("Heading"),
        Column("Books", "pence"),
        Column("Hosted services", "change"),
        Column("Ledger", "pence"),
    )
    rows = [(each["heading"], each) for each in walk["rows"]] + [("Total", walk["total"])]
    cells = tuple(
        Row((name, each["booked_pence"], each["hosted_pence"], each["ledger_pence"]), is_total=each is walk["total"])
        for name, each in rows
    )
    return [Paragraph(said), Table("hosted_table", "From the books to the ledger for our own people", columns, cells)]


def _walk_row(name: str, row: dict[str, int | None], *, is_total: bool = False) -> Row:
    planned = sum(int(row[f"{kind}_pence"] or 0) for kind in _KINDS)
    there, left = row["available_pence"], row["not_yet_planned_pence"]
    return Row((name, row["ledger_pence"], row["change_pence"], there, planned, left), is_total=is_total)


def _apart(walk: dict[str, list[dict[str, str | int | None]]]) -> list[Block]:
    found = walk.get("apart")
    if not found:
        return []
    columns = (Column("Source"), Column("There is", "pence"), Column("Planned", "pence"), Column("Left", "pence"))
    keys = ("name", "available_pence", "planned_pence", "left_pence")
    rows = tuple(Row(tuple(each[key] for key in keys)) for each in found)
    return [Table("apart", "Grants and contributions", columns, rows)]


def every_line_parts(plan: StrategicPlan) -> list[Block]:
    """Give every line of the partnership, then of each locality with its priorities."""
    parts: list[Block] = [Heading("Every line of the plan", 1, "lines")]
    if plan.partnership_lines:
        parts += [Heading("For the whole partnership", 2, "lines_partnership"), _partnership_table(plan)]
    for part in plan.plans:
        parts += [Heading(part.locality.name, 2, anchor("lines", part.locality.code)), *_priorities(part)]
        parts.append(_lines_table(part))
        parts += [move_table(part, within=part.locality.code)] if part.moves else []
    return parts


def _partnership_table(plan: StrategicPlan) -> Table:
    services = {one.service: one for one in catalogue_of(plan)}
    sources = plan.plans[0].sources if plan.plans else ()
    lines = strategic_lines(plan)["partnership"]
    rows = [
        row
        for each in lines
        if each.service in services
        for row in line_rows(services[each.service], [each], sources, within="partnership")
    ]
    rows.append(_lines_total(lines))
    return Table("partnership_table", "Services planned once for the whole partnership", LINE_COLUMNS, tuple(rows))


def _lines_total(lines: tuple[Planned, ...]) -> Row:
    now, then = total_of(lines), last_year_of(lines)
    return Row(("Total", "", now, then, change_of(now, then)), is_total=True)


def _priorities(part: LocalityPlan) -> list[Block]:
    ranked = sorted(part.priorities, key=lambda each: each.rank)
    items = tuple(
        Item(f"{each.title} ({each.heading})", anchor("priority", part.locality.code, each.id)) for each in ranked
    )
    return [Paragraph("Priorities in the locality's own order:"), Items(items, is_numbered=True)] if items else []


def _lines_table(part: LocalityPlan) -> Table:
    planned = planned_in(part)
    rows = [
        row
        for service in services_of(part)
        for lines in [[each for each in planned if each.service == service.service]]
        if lines or service.planned_at == "locality"
        for row in line_rows(service, lines, part.sources, within=part.locality.code)
    ]
    rows.append(_lines_total(planned))
    id, caption = anchor("of", part.locality.code), f"{part.locality.name}: planned expenditure by service and source"
    return Table(id, caption, LINE_COLUMNS, tuple(rows))
