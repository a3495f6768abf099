"""How the workbook of a plan is laid out: its sheets, its columns, and which of them people fill in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from locality.plans.content import CatalogueService, LocalityPlan
from locality.plans.fields import PARTS

READ_ME, MONEY, BUDGET, STAMP = "Read me", "Money", "Budget", "Stamp"
SUMMARY = "Summary of the plan"
FORM = "Locality plan workbook 1"
TOTAL = "Total"

ColumnKind = Literal["text", "pounds", "whole", "service", "source", "heading", "direction"]


@dataclass(frozen=True)
class PartColumn:
    """A column of a sheet on which each row is one priority, move or action."""

    part: str
    heading: str
    kind: ColumnKind
    about: str


@dataclass(frozen=True)
class PartSheet:
    """A sheet on which each row is one priority, move or action; its first column is the id."""

    name: str
    kind: str
    columns: tuple[PartColumn, ...]


PART_SHEETS: tuple[PartSheet, ...] = (
    PartSheet(
        "Priorities",
        "priority",
        (
            PartColumn("rank", "Rank", "whole", "1 is first in the locality; each rank stands once"),
            PartColumn("heading", "Heading", "heading", "A service heading of the catalogue"),
            PartColumn("service", "Service code", "service", "The service it is about; empty: the whole heading"),
            PartColumn("title", "Title", "text", "A few words"),
            PartColumn("why", "Why", "text", "The reason"),
            PartColumn("direction", "Asks for", "direction", "more, less, change or keep"),
            PartColumn("raised_by", "Raised by", "text", "Who raised it, without naming a private person"),
        ),
    ),
    PartSheet(
        "Moves",
        "move",
        (
            PartColumn("from_service", "From service", "service", "Code of the service that gets less"),
            PartColumn("to_service", "To service", "service", "Code of the service that gets more"),
            PartColumn("source", "Source code", "source", "Code of the funding source"),
            PartColumn("pence", "Amount (£)", "pounds", "What is moved, in pounds"),
            PartColumn("why", "Why", "text", "The reason"),
        ),
    ),
    PartSheet(
        "Actions",
        "action",
        (
            PartColumn("service", "Service code", "service", "The service it is about"),
            PartColumn("what", "What", "text", "What will be done"),
            PartColumn("who", "Who", "text", "Who does it"),
            PartColumn("by", "By when", "text", "Until when, like 2026-09-30"),
        ),
    ),
)
"""Sheets of parts, in order. A new row has no id yet; a row that is emptied takes its part away."""

assert all({column.part for column in sheet.columns} == set(PARTS[sheet.kind]) for sheet in PART_SHEETS)


@dataclass(frozen=True)
class MoneyLayout:
    """The sheet of money: one row for each service, one column for each source.

    Args:
        services: Services in the order of rows.
        sources: Source codes in the order of columns.
        headings: Headings of all columns.
        first_source: Place of the first source's column, from 0.
        open_cells: Service and source of every cell that people fill in.
    """

    services: tuple[CatalogueService, ...]
    sources: tuple[str, ...]
    headings: tuple[str, ...]
    first_source: int
    open_cells: frozenset[tuple[str, str]]

    @property
    def after_sources(self) -> int:
        """Place of the column after the last source, from 0."""
        return self.first_source + len(self.sources)


BEFORE = ("Heading", "Service", "Service code", "Last year (£)")
AFTER = ("Share of joint lines (£)", "Planned (£)", "Change (£)", "Note")
CODE = BEFORE.index("Service code")


def money_layout(plan: LocalityPlan) -> MoneyLayout:
    """Lay the sheet of money out for a plan: the whole catalogue, all sources, and what else has a line."""
    strange = dict.fromkeys(line.service for line in plan.lines)
    noted = dict.fromkeys(service for service, _ in plan.notes)
    known = {service.service for service in plan.services}
    rest = [CatalogueService(code, code, "Not in the catalogue") for code in {**strange, **noted} if code not in known]
    names = {source.source: source.name for source in plan.sources}
    sources = tuple(dict.fromkeys([*names, *(line.source for line in plan.lines)]))
    here = {service.service for service in plan.services if service.planned_at == "locality"}
    lines = {(line.service, line.source) for line in plan.lines}
    return MoneyLayout(
        services=(*plan.services, *rest),
        sources=sources,
        headings=(*BEFORE, *(f"{names.get(source, source)} (£)" for source in sources), *AFTER),
        first_source=len(BEFORE),
        open_cells=frozenset({(service, source) for service in here for source in sources} | lines),
    )
