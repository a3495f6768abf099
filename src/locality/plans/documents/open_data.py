"""A published plan as open data: its canonical JSON and one CSV file for each table, with declared columns."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from locality.plans.content import HeadingMoney, JointLine, LocalityPlan, StrategicPlan
from locality.plans.documents.amounts import HeadingSum, Planned, catalogue_of, heading_sums, planned_in, strategic_sums
from locality.plans.documents.blocks import plain_text
from locality.plans.snapshot import canonical_bytes, plan_as_json, plan_schema

Plan = LocalityPlan | StrategicPlan
Value = str | int | None
OpenKind = Literal["text", "pence", "count", "day"]

# A spreadsheet takes a cell that begins so for a formula, wherever the text comes from.
_STARTS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "|", "%")


@dataclass(frozen=True)
class OpenColumn:
    """A column of open data: its name in CSV, its heading for people, what it holds."""

    name: str
    heading: str
    about: str
    kind: OpenKind = "text"


@dataclass(frozen=True)
class OpenTable:
    """A table of open data: its file name without ending, what one row is, its columns, where its rows come from."""

    name: str
    about: str
    columns: tuple[OpenColumn, ...]
    rows: Callable[[Plan], Iterator[tuple[Value, ...]]]


def open_data(plan: Plan) -> dict[str, bytes]:
    """Give every file of open data of a plan.

    Args:
        plan: The plan.

    Returns:
        File name to content: `plan.json`, whose SHA-256 is the plan's hash, `plan.schema.json`, and one CSV for each
        of `OPEN_TABLES`.
        CSV is UTF-8 with a header row; amounts are whole pence; no cell can start a formula.
    """
    tables = {f"{table.name}.csv": write_csv(table, plan) for table in OPEN_TABLES}
    schema = json.dumps(plan_schema(type(plan)), indent=1).encode()
    return {"plan.json": canonical_bytes(plan_as_json(plan)), "plan.schema.json": schema, **tables}


def write_csv(table: OpenTable, plan: Plan) -> bytes:
    """Write one table of a plan as CSV.

    Args:
        table: One of `OPEN_TABLES`.
        plan: The plan.

    Returns:
        UTF-8 with a header row and lines ending in CR LF.
    """
    return csv_bytes([column.name for column in table.columns], table.rows(plan))


def csv_bytes(names: Iterable[str], rows: Iterable[Iterable[Value]]) -> bytes:
    """Write rows as CSV in which no text can start a formula.

    Args:
        names: Names of the columns.
        rows: Words, whole numbers, or None for an empty cell.

    Returns:
        UTF-8 with a header row and lines ending in CR LF. A text that would start a formula gets an apostrophe before.
    """
    written = io.StringIO(newline="")
    writer = csv.writer(written, lineterminator="\r\n")
    writer.writerow(names)
    writer.writerows([_csv_cell(value) for value in row] for row in rows)
    return written.getvalue().encode()


def _csv_cell(value: Value) -> str:
    return disarm(plain_text(value)) if isinstance(value, str) else "" if value is None else str(value)


def disarm(text: str) -> str:
    """Put an apostrophe before a text that a spreadsheet would take for a formula; `rearm` takes it away again.

    Example:
        >>> disarm("=1+1"), disarm("Home care")
        ("'=1+1", 'Home care')
    """
    return f"'{text}" if text.lstrip("' ").startswith(_STARTS_A_FORMULA) else text


def rearm(text: str) -> str:
    """Take away the apostrophe that `disarm` puts before a text."""
    return text[1:] if text.startswith("'") and text[1:].lstrip("' ").startswith(_STARTS_A_FORMULA) else text


def _parts(plan: Plan) -> tuple[LocalityPlan, ...]:
    return (plan,) if isinstance(plan, LocalityPlan) else plan.plans


def _of(plan: LocalityPlan) -> tuple[str, str, str]:
    return plan.year, plan.locality.code, plan.locality.name


def _line_rows(plan: Plan) -> Iterator[tuple[Value, ...]]:
    for part in _parts(plan):
        names = _Names(part)
        for each in planned_in(part):
            yield (
                *_of(part),
                *names.line(each),
                "joint" if each.joint else "own",
                each.joint,
                each.pence,
                each.last_year_pence,
            )
    if isinstance(plan, StrategicPlan) and plan.plans:
        names = _Names(plan.plans[0])
        for line in plan.partnership_lines:
            each = Planned(line.service, line.source, line.pence, line.last_year_pence)
            yield (
                plan.year,
                "",
                plan.partnership.name,
                *names.line(each),
                "partnership",
                "",
                line.pence,
                line.last_year_pence,
            )


class _Names:
    """Names and headings by code, as a plan's own catalogue and sources have them."""

    def __init__(self, plan: LocalityPlan):
        self._services = {service.service: service for service in plan.services}
        self._sources = {source.source: source.name for source in plan.sources}

    def line(self, each: Planned) -> tuple[str, str, str, str, str]:
        """Give heading, service, its name, source, its name."""
        found = self._services.get(each.service)
        heading, name = (found.heading, found.name) if found else ("", each.service)
        return heading, each.service, name, each.source, self._sources.get(each.source, each.source)

    def service(self, code: str) -> str:
        """Give a service's name."""
        return self._services[code].name if code in self._services else code


def _heading_rows(plan: Plan) -> Iterator[tuple[Value, ...]]:
    for part in _parts(plan):
        behind = {each.heading: each for each in part.budget.headings} if part.budget else {}
        for each in heading_sums(part):
            yield (*_of(part), *_sums(each), *_shares(behind.get(each.heading)))
    if isinstance(plan, StrategicPlan):
        for each in strategic_sums(plan):
            yield (plan.year, "", plan.partnership.name, *_sums(each), *_shares(None))


def _sums(each: HeadingSum) -> tuple[Value, ...]:
    return each.heading, each.planned, each.from_budget, each.budget, each.left


def _shares(money: HeadingMoney | None) -> tuple[Value, ...]:
    if money is None:
        return (None,) * 4
    return money.historic_pence, money.fair_pence, money.fair_low_pence, money.fair_high_pence


def _priority_rows(plan: Plan) -> Iterator[tuple[Value, ...]]:
    for part in _parts(plan):
        for each in sorted(part.priorities, key=lambda one: one.rank):
            what = (each.id, each.rank, each.heading, each.service, each.title, each.why, each.direction)
            yield (*_of(part), *what, each.raised_by)


def _move_rows(plan: Plan) -> Iterator[tuple[Value, ...]]:
    for part in _parts(plan):
        for each in part.moves:
            yield (*_of(part), each.id, each.from_service, each.to_service, each.source, each.pence, each.why)


def _joint_rows(plan: Plan) -> Iterator[tuple[Value, ...]]:
    for line in plan.joint:
        for share in line.shares:
            yield (*_joint(plan, line), share.locality, share.pence, share.agreed_on)


def _joint(plan: Plan, line: JointLine) -> tuple[Value, ...]:
    return plan.year, line.id, line.service, line.source, line.total_pence, line.split_by


def _action_rows(plan: Plan) -> Iterator[tuple[Value, ...]]:
    for part in _parts(plan):
        for each in part.actions:
            yield (*_of(part), each.id, each.service, each.what, each.who, each.by)


def _service_rows(plan: Plan) -> Iterator[tuple[Value, ...]]:
    for each in plan.services if isinstance(plan, LocalityPlan) else catalogue_of(plan):
        whose = (each.delivered_by, each.care_group, each.payer, each.planned_at)
        yield (
            each.service,
            each.name,
            each.heading,
            *whose,
            "yes" if each.set_aside else "no",
            each.hosted_by,
            each.about,
        )


_WHOSE = (
    OpenColumn("year", "Year", "Financial year, like 2026/27"),
    OpenColumn("locality", "Locality code", "The locality's code; empty: the whole partnership"),
    OpenColumn("locality_name", "Locality", "The locality's name, or the partnership's"),
)
_SERVICE = OpenColumn("service", "Service code", "The service's code")
_SOURCE = OpenColumn("source", "Source code", "The funding source's code")
_HEADING = OpenColumn("heading", "Heading", "Service heading")


def _pence(name: str, heading: str, about: str) -> OpenColumn:
    return OpenColumn(f"{name}_pence", heading, about, "pence")


OPEN_TABLES: tuple[OpenTable, ...] = (
    OpenTable(
        "lines",
        "Planned expenditure on one service from one source; a share of a joint line has a row in each locality.",
        (
            *_WHOSE,
            _HEADING,
            _SERVICE,
            OpenColumn("service_name", "Service", "The service's name"),
            _SOURCE,
            OpenColumn("source_name", "Source", "The funding source's name"),
            OpenColumn(
                "kind", "Kind", "own: the locality's line; joint: its share of a joint line; partnership: of all"
            ),
            OpenColumn("joint", "Joint line", "Id of the joint line; empty: none"),
            _pence("planned", "Planned", "What is planned for the year"),
            _pence("last_year", "Last year", "What there was last year; empty: not known"),
        ),
        _line_rows,
    ),
    OpenTable(
        "headings",
        "Planned expenditure, budget and shares of one heading.",
        (
            *_WHOSE,
            _HEADING,
            _pence("planned", "Planned", "Planned from every source"),
            _pence("from_budget", "From the budget", "Planned from core and set-aside money, which the budget holds"),
            _pence("budget", "Budget", "The budget; empty: none is decided"),
            _pence("left", "Left of the budget", "Budget less what is planned from it; negative: over budget"),
            _pence("historic", "Used now", "Historic share; empty: not known"),
            _pence("fair", "Fair share", "Fair share; empty: not known"),
            _pence("fair_low", "Fair share, low", "Lower end of its interval; empty: not known"),
            _pence("fair_high", "Fair share, high", "Upper end of its interval; empty: not known"),
        ),
        _heading_rows,
    ),
    OpenTable(
        "priorities",
        "One priority of one locality, first priorities first.",
        (
            *_WHOSE,
            OpenColumn("priority", "Priority", "Its id, stable within the locality's plans"),
            OpenColumn("rank", "Rank", "1 is first in the locality", "count"),
            _HEADING,
            OpenColumn("service", "Service code", "The service's code; empty: the whole heading"),
            OpenColumn("title", "Title", "A few words"),
            OpenColumn("why", "Why", "The reason"),
            OpenColumn("direction", "Asks for", "more, less, change or keep"),
            OpenColumn("raised_by", "Raised by", "Who raised it, without naming a private person"),
        ),
        _priority_rows,
    ),
    OpenTable(
        "moves",
        "Money taken from one service and given to another since last year.",
        (
            *_WHOSE,
            OpenColumn("move", "Move", "Its id"),
            OpenColumn("from_service", "From", "Code of the service that gets less"),
            OpenColumn("to_service", "To", "Code of the service that gets more"),
            _SOURCE,
            _pence("moved", "Amount", "What is moved"),
            OpenColumn("why", "Why", "The reason"),
        ),
        _move_rows,
    ),
    OpenTable(
        "joint",
        "One locality's share of a service that several localities plan together.",
        (
            _WHOSE[0],
            OpenColumn("joint", "Joint line", "Id of the joint line"),
            _SERVICE,
            _SOURCE,
            _pence("total", "Total", "The joint line's total, the same in each of its rows"),
            OpenColumn("split_by", "Split by", "How it was split, in words"),
            OpenColumn("locality", "Locality code", "Code of the locality whose share it is"),
            _pence("share", "Share", "Its share; the shares of a joint line add up to its total"),
            OpenColumn("agreed_on", "Agreed on", "Day on which the locality agreed; empty: not yet", "day"),
        ),
        _joint_rows,
    ),
    OpenTable(
        "actions",
        "One action of one locality.",
        (
            *_WHOSE,
            OpenColumn("action", "Action", "Its id"),
            _SERVICE,
            OpenColumn("what", "What", "What will be done"),
            OpenColumn("who", "Who", "Who does it"),
            OpenColumn("by", "By when", "Until when", "day"),
        ),
        _action_rows,
    ),
    OpenTable(
        "services",
        "One service of the partnership's catalogue.",
        (
            _SERVICE,
            OpenColumn("name", "Service", "Its name"),
            _HEADING,
            OpenColumn("delivered_by", "Delivered by", "Who provides it"),
            OpenColumn("care_group", "Care group", "Whom it is for; empty: everybody"),
            OpenColumn("payer", "Payer", "Who pays"),
            OpenColumn("planned_at", "Planned at", "locality, across (several localities together) or partnership"),
            OpenColumn("set_aside", "Set aside", "Whether it is paid from the set-aside hospital budget: yes or no"),
            OpenColumn("hosted_by", "Hosted by", "The partnership that runs it for several; empty: not hosted"),
            OpenColumn("about", "About", "What it is"),
        ),
        _service_rows,
    ),
)
"""Every table of open data, in the order in which it is offered."""
