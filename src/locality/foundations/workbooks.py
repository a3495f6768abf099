"""Workbooks from outside, read with care: small enough, no macros, nothing that leads an XML reader astray."""

from __future__ import annotations

import datetime as dt
import io
import re
import warnings
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from locality.foundations.errors import Fault, InputRefused

# Guesses with room to spare: the workbook of 300 services and 20 sources has well under a tenth of it.
_MOST_BYTES = 10_000_000
_MOST_BYTES_UNPACKED = 20_000_000
_MOST_FILES = 500
_MOST_ROWS = 10_000
_MOST_COLUMNS = 200

_SAVE_AGAIN = "Save it again as .xlsx in your spreadsheet program, or export it anew."

Row = tuple["Cell", ...]


@dataclass(frozen=True)
class Cell:
    """What one cell holds: its value (None: empty), and whether a formula or an error of one stands there."""

    value: str | int | float | bool | dt.date | dt.time | dt.timedelta | None = None
    is_formula: bool = False

    @property
    def is_empty(self) -> bool:
        """Whether nothing but blanks stands there."""
        return not self.is_formula and (self.value is None or str(self.value).strip() == "")

    @property
    def text(self) -> str:
        """The cell as text: a day as year-month-day, a whole number without a point."""
        if self.value is None:
            return ""
        if isinstance(self.value, dt.datetime) and self.value.time() == dt.time():
            return self.value.date().isoformat()
        if isinstance(self.value, float) and self.value.is_integer():
            return str(int(self.value))
        return str(self.value)


EMPTY = Cell()


def read_sheets(content: bytes, *, file: str) -> dict[str, list[Row]]:
    """Read every sheet of a workbook, nothing computed and nothing run.

    Args:
        content: The file's bytes.
        file: Its name, for the words of a fault.

    Returns:
        Rows by name of sheet, the first row first; rows may differ in length.

    Raises:
        InputRefused: It is not an .xlsx workbook, is too large, holds macros, or holds what a workbook of ours never
            holds (document types and entities of XML).
    """
    _refuse_harmful(content, file)
    from openpyxl import load_workbook  # noqa: PLC0415 - only the site reads workbooks

    try:
        with warnings.catch_warnings():
            # Styles and validations that the reader does not know do not matter here.
            warnings.simplefilter("ignore")
            book = load_workbook(io.BytesIO(content), read_only=True, data_only=False, keep_links=False)
            return {sheet.title: list(_rows(sheet, file)) for sheet in book.worksheets}
    except InputRefused:
        raise
    except Exception as error:  # whatever a damaged file makes the reader stumble over is the file's fault
        raise InputRefused(
            [Fault(file, "it is damaged and cannot be read", _SAVE_AGAIN, "workbook-damaged")]
        ) from error


def _rows(sheet: Any, file: str) -> Iterator[Row]:
    # A workbook says itself how large its sheets are; it may be wrong.
    sheet.reset_dimensions()
    for number, row in enumerate(sheet.iter_rows(max_col=_MOST_COLUMNS), start=1):
        if number > _MOST_ROWS:
            what = f"sheet {sheet.title} has more than {_MOST_ROWS:,} rows"
            raise InputRefused([Fault(file, what, "Delete the rows that are not needed.", "workbook-too-large")])
        yield _without_end(tuple(_cell(cell) for cell in row))


def _without_end(row: Row) -> Row:
    last = max((place for place, cell in enumerate(row, start=1) if cell != EMPTY), default=0)
    return row[:last]


def _cell(cell: Any) -> Cell:
    kind = getattr(cell, "data_type", "n")
    return Cell(None, is_formula=True) if kind in ("f", "e") else EMPTY if cell.value is None else Cell(cell.value)


def _refuse_harmful(content: bytes, file: str) -> None:
    if len(content) > _MOST_BYTES:
        what = f"it has more than {_MOST_BYTES // 1_000_000} million bytes"
        raise InputRefused([Fault(file, what, "Take out what does not belong to it.", "workbook-too-large")])
    if content.startswith(b"\xd0\xcf\x11\xe0"):
        what = "it is locked by a password, or of the old kind .xls"
        raise InputRefused([Fault(file, what, "Save it as .xlsx without a password.", "workbook-damaged")])
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            fault = _harm_in(archive, file)
    except Exception as error:  # unpacking has many ways to fail, each with an error of its own kind
        raise InputRefused([Fault(file, "it is not an .xlsx workbook", _SAVE_AGAIN, "workbook-damaged")]) from error
    if fault:
        raise InputRefused([fault])


def _harm_in(archive: zipfile.ZipFile, file: str) -> Fault | None:
    members = archive.infolist()
    if len(members) > _MOST_FILES or sum(member.file_size for member in members) > _MOST_BYTES_UNPACKED:
        what = f"unpacked it has more than {_MOST_BYTES_UNPACKED // 1_000_000} million bytes, or too many parts"
        return Fault(file, what, "Take out what does not belong to it.", "workbook-too-large")
    if any(member.filename.lower().endswith("vbaproject.bin") for member in members):
        return Fault(file, "it holds macros", "Save it as .xlsx, without macros.", "workbook-harmful")
    if any(member.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED) for member in members):
        return Fault(file, "it is packed as no spreadsheet program packs it", _SAVE_AGAIN, "workbook-harmful")
    for member in members:
        if member.filename.lower().endswith((".xml", ".rels")) and _is_strange_xml(archive.read(member)):
            what = f"its part {member.filename} is written as no spreadsheet program writes it"
            return Fault(file, what, _SAVE_AGAIN, "workbook-harmful")
    return None


def _is_strange_xml(text: bytes) -> bool:
    """Whether XML defines a document type or entities, or hides that it does behind another encoding."""
    if re.search(rb"<!(DOCTYPE|ENTITY)", text, re.IGNORECASE) or text[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return True
    declared = re.search(rb"<\?xml[^>]*encoding\s*=\s*[\"']([^\"']+)", text[:300])
    return b"\x00" in text[:4] or bool(declared and declared[1].lower() not in (b"utf-8", b"us-ascii"))
