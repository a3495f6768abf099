"""The catalogue of services as a workbook and as CSV, and the way back: what is exported can be edited and loaded."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import fields
from typing import TYPE_CHECKING, Any, get_args

from locality.foundations import Fault, InputRefused
from locality.plans.catalogue import check_catalogue
from locality.plans.content import CatalogueService, PlannedAt
from locality.plans.documents.open_data import OPEN_TABLES, csv_bytes, rearm
from locality.plans.documents.sheets import put, save, set_properties
from locality.plans.workbooks.reading import EMPTY, Cell, Row, read_sheets
from locality.plans.workbooks.style import add_list, as_head, set_wide

if TYPE_CHECKING:
    from openpyxl import Workbook

_SHEET = "Services"
_COLUMNS = tuple(each.name for each in fields(CatalogueService))
_NEEDED = ("service", "name", "heading")
_YES_NO = {"yes": True, "no": False, "true": True, "false": False, "": False}
_ABOUT = {column.name: column.about for table in OPEN_TABLES if table.name == "services" for column in table.columns}
# Rows below the last service in which the lists of choices are offered too.
_SPARE_ROWS = 200


def write_catalogue_workbook(services: Sequence[CatalogueService]) -> bytes:
    """Write a catalogue of services as a workbook that can be edited and read back.

    Args:
        services: The services.

    Returns:
        An .xlsx with a sheet "Services", one row for each, under the names of the columns, and a sheet that explains
        the columns.
    """
    import openpyxl  # noqa: PLC0415 - only the site makes workbooks; the command line does without

    book = openpyxl.Workbook()
    set_properties(book, "Catalogue of services", "")
    sheet: Any = book.active
    sheet.title = _SHEET
    for place, name in enumerate(_COLUMNS, start=1):
        as_head(put(sheet, (1, place), name))
    for row, service in enumerate(services, start=2):
        for place, text in enumerate(_texts(service), start=1):
            put(sheet, (row, place), text or None)
    _add_choices(sheet, len(services) + 1 + _SPARE_ROWS)
    sheet.freeze_panes = "B2"
    set_wide(sheet, {1: 24, 2: 36, 3: 28, len(_COLUMNS): 60}, otherwise=20)
    _explain(book)
    return save(book)


def _texts(service: CatalogueService) -> list[str]:
    return [_text(getattr(service, name)) for name in _COLUMNS]


def _text(value: str | bool) -> str:
    return value if isinstance(value, str) else "yes" if value else "no"


def _add_choices(sheet: Any, last: int) -> None:
    choices = {"planned_at": get_args(PlannedAt), "set_aside": ("yes", "no")}
    for name, words in choices.items():
        letter = chr(ord("A") + _COLUMNS.index(name))
        add_list(sheet, f"{letter}2:{letter}{last}", f'"{",".join(words)}"', _ABOUT[name])


def _explain(book: Workbook) -> None:
    sheet: Any = book.create_sheet("Columns")
    for place, name in enumerate(("Column", "What it holds", "Needed"), start=1):
        as_head(put(sheet, (1, place), name))
    for row, name in enumerate(_COLUMNS, start=2):
        for place, text in enumerate((name, _ABOUT[name], "yes" if name in _NEEDED else "no"), start=1):
            put(sheet, (row, place), text)
    set_wide(sheet, {1: 20, 2: 80, 3: 10})


def write_catalogue_csv(services: Sequence[CatalogueService]) -> bytes:
    """Write a catalogue of services as CSV that can be edited and read back.

    Args:
        services: The services.

    Returns:
        UTF-8 with a mark at its start, by which spreadsheet programs know it. No cell can start a formula.
    """
    return b"\xef\xbb\xbf" + csv_bytes(_COLUMNS, map(_texts, services))


def read_catalogue(content: bytes, *, file: str) -> tuple[CatalogueService, ...]:
    """Read a catalogue of services from a workbook or from CSV.

    Args:
        content: The file's bytes: .xlsx (its sheet "Services", or its only sheet) or CSV.
        file: Its name, for the words of a fault.

    Returns:
        The services in the order of rows, sound by `check_catalogue`. A file that nobody changed gives the same
        services. Columns other than service, name and heading may be left out.

    Raises:
        InputRefused: Anything is wrong: every fault by row and column (and sheet). Nothing is taken then.
    """
    is_workbook = content[:4] in (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
    place, rows = _sheet(content, file) if is_workbook else (file, _csv_rows(content, file))
    columns = _columns(rows[0] if rows else (), place)
    # Where a row stands in the file, for faults; empty rows between services are passed over.
    found = [(number, row) for number, row in enumerate(rows[1:], start=2) if not all(cell.is_empty for cell in row)]
    faults: list[Fault] = []
    services = tuple(_service(columns, (number, row), place, faults) for number, row in found)
    faults += _checked(services, [number for number, _ in found], place)
    if faults:
        raise InputRefused(sorted(faults, key=lambda fault: fault.row or 0))
    return services


def _sheet(content: bytes, file: str) -> tuple[str, list[Row]]:
    sheets = read_sheets(content, file=file)
    name = _SHEET if _SHEET in sheets or len(sheets) != 1 else next(iter(sheets))
    if name not in sheets:
        what, do = f"the sheet {_SHEET} is missing", f"Name the sheet with the services {_SHEET}."
        raise InputRefused([Fault(file, what, do, "workbook-sheet")])
    return f"{file}, sheet {name}", sheets[name]


def _csv_rows(content: bytes, file: str) -> list[Row]:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        # What spreadsheet programs on Windows write as plain CSV; every byte means something there.
        text = content.decode("cp1252", errors="replace")
    try:
        return [tuple(Cell(rearm(cell)) for cell in row) for row in csv.reader(io.StringIO(text, newline=""))]
    except csv.Error as error:
        do = "Save it again as CSV with commas, or as .xlsx."
        raise InputRefused([Fault(file, "it cannot be read as CSV", do, "workbook-damaged")]) from error


def _columns(head: Row, file: str) -> dict[str, int]:
    names = [cell.text.strip() for cell in head]
    known = ", ".join(_COLUMNS)
    faults = [
        Fault(
            file,
            f"there is no column '{name}'",
            f"Add it; the columns are {known}.",
            "missing-column",
            row=1,
            column=name,
        )
        for name in _NEEDED
        if name not in names
    ]
    for name in dict.fromkeys(name for name in names if name):
        if name not in _COLUMNS or names.count(name) > 1:
            what = f"the column '{name[:60]}' is not known" if name not in _COLUMNS else f"'{name}' stands there twice"
            faults.append(Fault(file, what, f"Use each of {known} once.", "workbook-column", row=1, column=name[:60]))
    if faults:
        raise InputRefused(faults)
    return {name: place for place, name in enumerate(names) if name}


def _service(columns: dict[str, int], at: tuple[int, Row], file: str, faults: list[Fault]) -> CatalogueService:
    number, row = at
    cells = {name: row[place] if place < len(row) else EMPTY for name, place in columns.items()}
    for name, cell in cells.items():
        if cell.is_formula:
            do = "Write the text itself (paste it as a value)."
            faults.append(Fault(file, "a formula stands here", do, "workbook-formula", row=number, column=name))
    texts = {name: cell.text.strip() for name, cell in cells.items()}
    set_aside = texts.pop("set_aside", "")
    if set_aside.casefold() not in _YES_NO:
        what = f"'{set_aside[:60]}' is neither yes nor no"
        faults.append(Fault(file, what, "Write yes or no.", "not-yes-no", row=number, column="set_aside"))
    if not texts.get("planned_at"):
        texts["planned_at"] = "locality"
    given: dict[str, Any] = {**texts, "set_aside": _YES_NO.get(set_aside.casefold(), False)}
    return CatalogueService(**given)


def _checked(services: Sequence[CatalogueService], numbers: Sequence[int], file: str) -> Iterator[Fault]:
    for fault in check_catalogue(services, file=file):
        # The check counts services; the file may have empty rows between them.
        row = numbers[fault.row - 2] if fault.row is not None else None
        yield Fault(file, fault.what, fault.do, fault.code, row=row, column=fault.column)
