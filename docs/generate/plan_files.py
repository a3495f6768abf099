"""Files of a plan: its JSON, the CSV files of open data, the workbook to read, and the workbooks that come back."""

from __future__ import annotations

import inspect
import re
import types
import typing
from dataclasses import fields, is_dataclass
from typing import Any

from docs.generate.markdown import code, codes, page, table
from locality.plans import CatalogueService, LocalityPlan, StrategicPlan
from locality.plans.documents import OPEN_TABLES, OpenTable
from locality.plans.workbooks.plan_layout import AFTER, BEFORE, BUDGET, MONEY, PART_SHEETS, READ_ME, SUMMARY

_ABOUT = """
A published plan can be had as web page, PDF (tagged, PDF/UA-1; also in large print), Word document, workbook, JSON and
CSV. All are written from the same values, and a test compares the figures. How a plan is edited in a spreadsheet:
[Edit a plan in a spreadsheet](../do/edit-a-plan-in-a-spreadsheet.md).
"""
_JSON = """
`plan.json` is canonical: keys sorted, no spaces, UTF-8. The SHA-256 of the file is the plan's hash, which every form
names; `sha256sum plan.json` computes it. `plan.schema.json` beside it is its JSON schema (draft 2020-12). The key
`schema` is `locality-plan/1` or `strategic-plan/1`. All keys are always there; amounts are whole pence, days are like
`2026-04-01`, years like `2026/27`.
"""
_CSV = """
UTF-8, with a header row, lines end in CR LF. Amounts are whole pence. An empty cell means what its column says. A text
that a spreadsheet would take for a formula (it starts with `=`, `+`, `-`, `@` or the like) has an apostrophe before it.
For a strategic plan each file holds the rows of all localities; the partnership's own rows have no locality code.
"""
_SHEETS = """
A sheet *About* says what it is and names the hash. Then there is one sheet for each CSV file, with the headings for
people and amounts in pounds. There are no formulas and no macros.
"""
_PLAN_WORKBOOK = """
Only cells that people fill in are open. The headings, the names of sheets and the service codes must stay. Rows may be
sorted. A hidden sheet names the plan and the version that the workbook was made from.
"""
_CATALOGUE = """
A workbook with the sheet *Services*, or CSV with commas (UTF-8 or Windows-1252). The header row holds these names, in
any order; those that are not needed may be left out. Empty rows are passed over.
"""


def plan_files_page() -> str:
    """Describe every file of a plan, key by key and column by column."""
    return page(
        "Files of a plan",
        _ABOUT,
        "# JSON",
        _JSON,
        *(_class_part(kind) for kind in _classes()),
        "# CSV",
        _CSV,
        *(_open_table_part(one) for one in OPEN_TABLES),
        "# The published workbook",
        _SHEETS,
        "# The workbook of a plan",
        _PLAN_WORKBOOK,
        *_plan_workbook_parts(),
        "# The catalogue of services",
        _CATALOGUE,
        _catalogue_part(),
    )


def _classes() -> list[type]:
    """Both kinds of plan and everything they are made of, each once, in the order in which it is met."""
    found: dict[type, None] = {}
    waiting: list[type] = [LocalityPlan, StrategicPlan]
    while waiting:
        kind = waiting.pop(0)
        if kind not in found:
            found[kind] = None
            waiting += [part for hint in typing.get_type_hints(kind).values() for part in _parts_of(hint)]
    return list(found)


def _parts_of(hint: Any) -> list[type]:
    if is_dataclass(hint):
        return [typing.cast(type, hint)]
    return [part for inner in typing.get_args(hint) for part in _parts_of(inner)]


def _class_part(kind: type) -> str:
    hints = typing.get_type_hints(kind)
    meanings = _meanings(kind)
    rows = [(code(each.name), _say_kind(hints[each.name]), meanings.get(each.name, "")) for each in fields(kind)]
    summary = (inspect.getdoc(kind) or "").partition("\n")[0]
    return "\n\n".join([f"## `{kind.__name__}`", summary, table(("key", "holds", "meaning"), rows)])


def _meanings(kind: type) -> dict[str, str]:
    """Read what the class says of its fields."""
    said = (inspect.getdoc(kind) or "").partition("Args:\n")[2]
    found = re.findall(r"^    (\w+): ((?:.+\n?)(?:^        .+\n?)*)", said, re.MULTILINE)
    return {name: " ".join(text.split()).replace("None:", "null:") for name, text in found}


def _say_kind(hint: Any) -> str:
    origin, inner = typing.get_origin(hint), typing.get_args(hint)
    if is_dataclass(hint):
        return f"`{typing.cast(type, hint).__name__}`"
    if origin is typing.Literal:
        return f"one of {codes(inner)}"
    if origin is tuple:
        listed = inner[-1] is Ellipsis
        return f"list of {_say_kind(inner[0])}" if listed else f"pairs ({', '.join(map(_say_kind, inner))})"
    if origin in (types.UnionType, typing.Union):
        return f"{_say_kind(next(each for each in inner if each is not type(None)))}, or null"
    return {str: "text", int: "whole number", bool: "true or false"}.get(hint, "plain values")


def _open_table_part(one: OpenTable) -> str:
    kinds = {"text": "text", "pence": "whole pence", "count": "whole number", "day": "day"}
    rows = [(code(column.name), kinds[column.kind], column.about) for column in one.columns]
    return "\n\n".join([f"## `{one.name}.csv`", one.about, table(("column", "holds", "meaning"), rows)])


_MONEY = {
    "Heading": "Service heading",
    "Service": "The service's name",
    "Service code": "Its code, by which the row is known",
    "Last year (£)": "What there was last year, or that it is not known",
    "Share of joint lines (£)": "The locality's share of joint lines; agreed elsewhere",
    "Planned (£)": "Formula: all sources and the share",
    "Change (£)": "Formula: planned less last year",
    "Note": "What changes against last year, in words",
}


def _plan_workbook_parts() -> list[str]:
    assert set(_MONEY) == {*BEFORE, *AFTER}
    open_cells = {"Note"}
    names = [*BEFORE, "*one column for each source*", *AFTER]
    about = {**_MONEY, "*one column for each source*": "What is planned from it, in pounds"}
    money = [(name, "yes" if name in open_cells or "*" in name else "", about[name]) for name in names]
    header = ("column", "filled in", "meaning")
    parts = [
        f"## {READ_ME}\n\nHow it works, and in the row *{SUMMARY}* the plan in a few words, which is filled in.",
        f"## {MONEY}\n\nOne row for each service.\n\n{table(header, money)}",
        f"## {BUDGET}\n\nWhat is planned under each heading against its budget, and whether all adds up: formulas.",
    ]
    for sheet in PART_SHEETS:
        rows = [("Id", "", "Empty in a new row"), *((each.heading, "yes", each.about) for each in sheet.columns)]
        parts.append(f"## {sheet.name}\n\nOne row for each {sheet.kind}.\n\n{table(header, rows)}")
    return parts


def _catalogue_part() -> str:
    meanings = _meanings(CatalogueService)
    needed = ("service", "name", "heading")
    rows = [
        (code(each.name), "yes" if each.name in needed else "", meanings.get(each.name, ""))
        for each in fields(CatalogueService)
    ]
    return table(("column", "needed", "meaning"), rows)
