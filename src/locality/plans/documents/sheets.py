"""A published plan as a workbook to read and to count with: what it is, then every table of its open data in pounds."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from locality.foundations import pounds_from_pence
from locality.plans.documents.blocks import Document, Paragraph, plain_text
from locality.plans.documents.open_data import OPEN_TABLES, OpenColumn, OpenTable, Plan, Value

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

POUNDS = "#,##0.00;[Red]-#,##0.00"
MOST_LETTERS = 32_767
"""What one cell of a workbook can hold."""

# A plan has no time of writing: the same plan gives the same file.
_NO_DAY = dt.datetime(2000, 1, 1)  # noqa: DTZ001 - a workbook's properties have no zone
_WIDEST, _NARROWEST = 60, 10


def write_sheets(document: Document, plan: Plan) -> bytes:
    """Write a published plan as a workbook.

    Args:
        document: What `outline_of` gave for the plan.
        plan: The plan.

    Returns:
        An .xlsx with a sheet "About" and one for each table of open data; amounts are pounds; no formula.
    """
    import openpyxl  # noqa: PLC0415 - only the site makes documents; the command line does without

    book = openpyxl.Workbook()
    set_properties(book, document.title, document.subtitle)
    _about(book, document)
    for table in OPEN_TABLES:
        _table(book, table, plan)
    return save(book)


def set_properties(book: Workbook, title: str, author: str) -> None:
    """Name a workbook; it has no time of its own."""
    book.properties.title = title
    book.properties.creator = book.properties.lastModifiedBy = author
    book.properties.language = "en-GB"
    book.properties.created = _NO_DAY


def save(book: Workbook) -> bytes:
    """Give a workbook's bytes."""
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


def put(sheet: Worksheet, place: tuple[int, int], value: Any) -> Any:
    """Write one cell so that no text of a person becomes a formula.

    Args:
        sheet: The sheet.
        place: Row and column, from 1.
        value: Text, number, or None for an empty cell.

    Returns:
        The cell.
    """
    cell: Any = sheet.cell(*place)
    if isinstance(value, str):
        cell.value = plain_text(value)[:MOST_LETTERS]
        # Otherwise a text that starts with "=" would be a formula.
        cell.data_type = "s"
        cell.quotePrefix = True
    else:
        cell.value = value
    return cell


def _about(book: Workbook, document: Document) -> None:
    from openpyxl.styles import Alignment, Font  # noqa: PLC0415

    sheet: Any = book.active
    sheet.title = "About"
    sheet.column_dimensions["A"].width = 100
    notices = [part.text for part in document.parts if isinstance(part, Paragraph) and part.is_notice]
    listed = [f"Sheet {table.name.capitalize()}: {table.about}" for table in OPEN_TABLES]
    lines = [document.title, document.subtitle, *notices, "Amounts are pounds.", *listed]
    for row, text in enumerate([*lines, f"SHA-256 of the plan: {document.hash}"], start=1):
        cell = put(sheet, (row, 1), text)
        cell.alignment = Alignment(wrap_text=True, vertical="top")
        cell.font = Font(bold=row == 1 or text in notices, size=14 if row == 1 else 11)


def _table(book: Workbook, table: OpenTable, plan: Plan) -> None:
    sheet: Any = book.create_sheet(table.name.capitalize())
    rows = [
        [as_shown(value, column) for value, column in zip(row, table.columns, strict=True)] for row in table.rows(plan)
    ]
    write_head(sheet, table.columns)
    for number, row in enumerate(rows, start=2):
        for place, (value, column) in enumerate(zip(row, table.columns, strict=True), start=1):
            cell = put(sheet, (number, place), value)
            if column.kind == "pence":
                cell.number_format = POUNDS
    set_widths(sheet, [[column.heading for column in table.columns], *rows])
    sheet.auto_filter.ref = sheet.dimensions


def as_shown(value: Value, column: OpenColumn) -> Any:
    """Give what a workbook shows: pounds for pence, everything else as it is."""
    return pounds_from_pence(value) if column.kind == "pence" and isinstance(value, int) else value


def write_head(sheet: Worksheet, columns: Iterable[OpenColumn]) -> None:
    """Write the header row, in bold, and keep it in view; the headings of amounts name the unit."""
    from openpyxl.styles import Alignment, Font  # noqa: PLC0415

    for place, column in enumerate(columns, start=1):
        cell = put(sheet, (1, place), f"{column.heading} (£)" if column.kind == "pence" else column.heading)
        cell.font = Font(bold=True)
        cell.alignment = Alignment(wrap_text=True, vertical="top")
    sheet.freeze_panes = "A2"
    sheet.print_title_rows = "1:1"


def set_widths(sheet: Worksheet, rows: Iterable[Iterable[Any]]) -> None:
    """Make every column as wide as its longest text, within reason."""
    from openpyxl.utils import get_column_letter  # noqa: PLC0415

    for place, cells in enumerate(zip(*rows, strict=True), start=1):
        longest = max(len(f"{cell:,}" if isinstance(cell, int) else str(cell or "")) for cell in cells)
        sheet.column_dimensions[get_column_letter(place)].width = min(max(longest + 2, _NARROWEST), _WIDEST)
