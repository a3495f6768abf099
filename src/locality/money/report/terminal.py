"""The shares and budgets as tables for a terminal; the range of the fair share needs 100 columns."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from rich import box
from rich.table import Table
from rich.text import Text

from locality.money.report.amounts import say_change, say_percent, say_range, say_short
from locality.money.report.opening import has_budget

Entry = Mapping[str, Any]


_WIDE = 100


def tables_for_terminal(summary: Mapping[str, Any], *, width: int = _WIDE) -> list[Table]:
    """Make the tables that the command line prints.

    Args:
        summary: The content of `summary.json`; amounts in pence, ratios as parts of one.
        width: Columns of the terminal; below 100 the range of the fair share is left to the report.

    Returns:
        A table of localities and one of headings, each with its total; the columns of the budget are there only
        when the summary has one. Both can be read at 100 columns.
    """
    return [_localities(summary, with_range=width >= _WIDE), _headings(summary)]


def _localities(summary: Entry, *, with_range: bool) -> Table:
    with_budget = has_budget(summary)
    totals = summary["totals"]
    ranges = ["Range of fair"] if with_range else []
    columns = ["Historic", "Fair", *ranges, "Distance", "%", *(["Budget", "Change"] if with_budget else [])]
    table = _table(f"{summary['partnership']['name']}, {summary['financial_year']}", ["Locality", *columns, "Grade D"])
    for entry in summary["localities"]:
        _add(
            table,
            entry["name"],
            say_short(entry["historic_pence"]),
            say_short(entry["fair_pence"]),
            *([say_range(entry["fair_low_pence"], entry["fair_high_pence"], short=True)] if with_range else []),
            say_change(entry["distance_pence"], short=True),
            say_percent(entry["distance_ratio"], signed=True),
            *(_budget(entry, entry.get("budget_growth_ratio")) if with_budget else ()),
            say_percent(_grade_d(entry["grades"])),
        )
    table.add_section()
    growth = totals["budget_pence"] / totals["historic_pence"] - 1 if with_budget and totals["historic_pence"] else None
    _add(
        table,
        "All localities",
        say_short(totals["historic_pence"]),
        say_short(totals["fair_pence"]),
        *([""] if with_range else []),
        say_change(totals["historic_pence"] - totals["fair_pence"], short=True),
        "",
        *(_budget(totals, growth) if with_budget else ()),
        say_percent(totals["grade_d_ratio"]),
    )
    return table


def _budget(entry: Entry, growth: float | None) -> tuple[str, str]:
    return say_short(entry["budget_pence"]), say_percent(growth, signed=True)


def _headings(summary: Entry) -> Table:
    with_budget = has_budget(summary)
    totals = summary["totals"]
    columns = ["Ledger", "Historic", "Fair", *(["Budget"] if with_budget else []), "Coverage", "Grade D"]
    table = _table("By service heading", ["Heading", *columns])
    for entry in summary["headings"]:
        known = entry["coverage_ratio"]
        _add(
            table,
            entry["heading"],
            *(say_short(entry[name]) for name in ("ledger_pence", "historic_pence", "fair_pence")),
            *((say_short(entry["budget_pence"]),) if with_budget else ()),
            "none" if known is None else say_percent(known),
            say_percent(_grade_d(entry["grades"])),
        )
    table.add_section()
    _add(
        table,
        "All headings",
        say_short(summary["reconciliation"]["ledger_pence"]),
        *(say_short(totals[name]) for name in ("historic_pence", "fair_pence")),
        *((say_short(totals["budget_pence"]),) if with_budget else ()),
        "",
        say_percent(totals["grade_d_ratio"]),
    )
    return table


def _grade_d(grades: Mapping[str, int]) -> float | None:
    whole = sum(grades.values())
    return grades.get("D", 0) / whole if whole else None


def _table(title: str, columns: list[str]) -> Table:
    table = Table(title=_clean(title), title_justify="left", box=box.SIMPLE_HEAD, padding=(0, 1, 0, 0), pad_edge=False)
    for place, name in enumerate(columns):
        if place:
            table.add_column(name, justify="right", no_wrap=True)
        else:
            table.add_column(name, overflow="fold", min_width=12)
    return table


def _add(table: Table, name: str, *cells: str) -> None:
    table.add_row(_clean(name), *cells)


def _clean(name: str) -> Text:
    """Take a name as it is: neither markup nor the terminal's own control codes in it have any effect."""
    return Text("".join(character for character in name if character.isprintable()))
