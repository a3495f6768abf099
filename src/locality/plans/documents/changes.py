"""What changes against last year: money moved from one service to another, services that get more or less."""

from __future__ import annotations

from locality.plans.content import LocalityPlan
from locality.plans.documents.amounts import change_of, last_year_of, planned_in, total_of
from locality.plans.documents.blocks import Block, Column, Heading, Item, Items, Paragraph, Row, Table, anchor
from locality.plans.documents.words import sentence


def change_parts(plan: LocalityPlan) -> list[Block]:
    """Give the moves, then the services up and down, then what planners noted."""
    parts: list[Block] = [Heading("What changes against last year", 1, "changes")]
    found = [*_moves(plan), *_up_and_down(plan), *_notes(plan)]
    return [*parts, *(found or [Paragraph("No change is noted.")])]


def _names(plan: LocalityPlan) -> dict[str, str]:
    return {service.service: service.name for service in plan.services}


def _moves(plan: LocalityPlan) -> list[Block]:
    return [Heading("Money moved", 2, "moves"), move_table(plan)] if plan.moves else []


def move_table(plan: LocalityPlan, *, within: str = "") -> Table:
    """Give every move of money from one service to another.

    Args:
        plan: The plan.
        within: What comes before the move in the rows' addresses; empty: nothing.

    Returns:
        A table with a row for each move.
    """
    names, sources = _names(plan), {source.source: source.name for source in plan.sources}
    rows = tuple(
        Row(
            (
                names.get(each.from_service, each.from_service),
                names.get(each.to_service, each.to_service),
                sources.get(each.source, each.source),
                each.pence,
                each.why,
            ),
            anchor("move", *filter(None, (within, each.id))),
        )
        for each in plan.moves
    )
    columns = (Column("From"), Column("To"), Column("Source"), Column("Amount", "pence"), Column("Why"))
    whose = f"{plan.locality.name}: money" if within else "Money"
    return Table(anchor("moves", within or "table"), f"{whose} moved from one service to another", columns, rows)


def _up_and_down(plan: LocalityPlan) -> list[Block]:
    rows = []
    planned = planned_in(plan)
    for service in plan.services:
        lines = [each for each in planned if each.service == service.service]
        now, then = total_of(lines), last_year_of(lines)
        change = change_of(now, then)
        if then is not None and change:
            rows.append(Row((service.name, then, now, change), anchor("change", service.service)))
    if not rows:
        return []
    ordered = sorted(rows, key=lambda row: -int(row.cells[3] or 0))
    columns = (Column("Service"), Column("Last year", "pence"), Column("Planned", "pence"), Column("Change", "change"))
    said = "Only services are shown for which last year's amount is known and another than this year's."
    table = Table("change_table", "Services with more or less money than last year", columns, tuple(ordered))
    return [Heading("Services with more or less", 2, "services"), Paragraph(said), table]


def _notes(plan: LocalityPlan) -> list[Block]:
    names = _names(plan)
    items = tuple(Item(f"{names.get(code, code)}: {sentence(text)}", anchor("note", code)) for code, text in plan.notes)
    return [Heading("In words", 2, "notes"), Items(items)] if items else []
