"""The register's workbook: the rows, the words that its columns may hold as lists of choices, and what columns mean."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Sequence
from typing import Any

from locality.foundations import Kind
from locality.members.register_tables import REGISTER_FILE, RegisterKinds

_CHOICES, _ABOUT = "Words", "Columns"
_NO_DAY = dt.datetime(2000, 1, 1)  # noqa: DTZ001 - a workbook's properties have no zone; the same rows give the same file
_SPARE_ROWS = 500  # rows below the last in which lists of choices are offered
_WIDTHS = {"name": 26, "organisation": 30, "group": 30, "seat": 30, "how chosen": 32, "interests": 40, "address": 34}


def make_workbook(title: str, rows: Sequence[Sequence[str]], kinds: RegisterKinds) -> bytes:
    """Make the workbook.

    Args:
        title: Name of the first sheet.
        rows: Cells as text, in the order of the columns.
        kinds: The words that the partnership knows.

    Returns:
        An .xlsx; every cell of the first sheet is text, so that no spreadsheet changes a number or runs a formula.
    """
    import openpyxl  # noqa: PLC0415 - only the site makes workbooks

    book = openpyxl.Workbook()
    book.properties.title, book.properties.language = "Register of members", "en-GB"
    book.properties.creator = book.properties.lastModifiedBy = ""
    book.properties.created = _NO_DAY
    sheet: Any = book.active
    sheet.title = title
    _fill(sheet, rows)
    _offer(book, sheet, len(rows) + 1 + _SPARE_ROWS, kinds)
    _explain(book)
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


def _fill(sheet: Any, rows: Sequence[Sequence[str]]) -> None:
    from openpyxl.utils import get_column_letter  # noqa: PLC0415

    for place, column in enumerate(REGISTER_FILE.columns, start=1):
        _put(sheet, (1, place), column.name, bold=True)
        letter = get_column_letter(place)
        sheet.column_dimensions[letter].width = _WIDTHS.get(column.name, 20)
    for number, row in enumerate(rows, start=2):
        for place, text in enumerate(row, start=1):
            if text:
                _put(sheet, (number, place), text)
    sheet.freeze_panes = "B2"


def _put(sheet: Any, at: tuple[int, int], text: str, *, bold: bool = False) -> None:
    """Write a text as text: a cell that begins with "=" must not become a formula."""
    from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE  # noqa: PLC0415
    from openpyxl.styles import Alignment, Font  # noqa: PLC0415

    cell = sheet.cell(*at)
    cell.value = ILLEGAL_CHARACTERS_RE.sub("", text)
    cell.data_type = "s"
    cell.number_format = "@"
    cell.font = Font(bold=bold)
    cell.alignment = Alignment(wrap_text=True, vertical="top")


def _offer(book: Any, sheet: Any, last: int, kinds: RegisterKinds) -> None:
    """List the words on a sheet of their own, and offer them in the cells."""
    from openpyxl.utils import get_column_letter  # noqa: PLC0415
    from openpyxl.worksheet.datavalidation import DataValidation  # noqa: PLC0415

    listed = book.create_sheet(_CHOICES)
    listed.freeze_panes = "A2"
    offered = [column.name for column in REGISTER_FILE.columns if kinds.words(column.name)]
    for place, name in enumerate(offered, start=1):
        words = list(kinds.words(name).values())
        for row, text in enumerate((name, *words), start=1):
            _put(listed, (row, place), text, bold=row == 1)
        letter = get_column_letter(place)
        listed.column_dimensions[letter].width = 40
        check = DataValidation(
            type="list",
            formula1=f"{_CHOICES}!${letter}$2:${letter}${len(words) + 1}",
            allow_blank=True,
            showErrorMessage=True,
            errorTitle="Not known",
            error=f"Choose one of the words on the sheet {_CHOICES}.",
        )
        in_sheet = get_column_letter(REGISTER_FILE.names.index(name) + 1)
        check.add(f"{in_sheet}2:{in_sheet}{last}")
        sheet.add_data_validation(check)


def _explain(book: Any) -> None:
    sheet = book.create_sheet(_ABOUT)
    for place, (head, width) in enumerate((("Column", 20), ("What it holds", 80), ("Needed", 12)), start=1):
        _put(sheet, (1, place), head, bold=True)
        sheet.column_dimensions["ABC"[place - 1]].width = width
    for row, column in enumerate(REGISTER_FILE.columns, start=2):
        kind = " (a day)" if column.kind is Kind.DATE else ""
        for place, text in enumerate((column.name, f"{column.description}{kind}", _needed(column.name)), start=1):
            _put(sheet, (row, place), text)


def _needed(column: str) -> str:
    if column == "name":
        return "yes"
    return "with a group" if column in ("locality", "from", "how chosen") else "no"
