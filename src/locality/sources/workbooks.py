"""Sheets of a workbook: their rows as they stand, and their cells as text."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Sequence
from typing import Any

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
import python_calamine

from locality.foundations import Fault, InputRefused
from locality.sources.headers import clean_header
from locality.sources.parquet_files import EXACT


def read_workbook(content: bytes, name: str, *, sheet: str | None = None, header_row: int = 1) -> pd.DataFrame:
    """Read one sheet as text cells; see `locality.sources.files.read_cells`."""
    return cells_below(read_rows(content, name, sheet=sheet), name, header_row=header_row)


def read_rows(content: bytes, name: str, *, sheet: str | None = None) -> list[list[Any]]:
    """Give the rows of one sheet as the workbook holds them, the first row of the sheet first.

    Args:
        content: The workbook's bytes.
        name: The file's name for messages.
        sheet: The sheet's name; the first sheet when not given.

    Returns:
        Rows of one width; an empty cell is "".

    Raises:
        InputRefused: It is not a workbook, or has no such sheet.
    """
    book = _open(content, name)
    titles = book.sheet_names
    if sheet is not None and sheet not in titles:
        what = f"there is no sheet '{sheet}'; the sheets are: {', '.join(titles)}"
        raise InputRefused([Fault(name, what, "Name one of them.", "no-such-sheet")])
    rows: list[list[Any]] = book.get_sheet_by_name(sheet or titles[0]).to_python(skip_empty_area=False)
    return rows


def sheet_names(content: bytes, name: str) -> list[str]:
    """Give the names of a workbook's sheets, in order."""
    names: list[str] = _open(content, name).sheet_names
    return names


def cells_below(rows: Sequence[Sequence[Any]], name: str, *, header_row: int = 1) -> pd.DataFrame:
    """Make a table of text cells from a sheet's rows.

    Args:
        rows: The sheet's rows from its first on, as `read_rows` gives them.
        name: The file's name for messages.
        header_row: The row that holds the column names, counted from 1.

    Returns:
        The rows below the header, under their row numbers.

    Raises:
        InputRefused: The sheet ends above the header row, or a column name stands twice.
    """
    if len(rows) < header_row:
        what = f"the sheet has no row {header_row}, where its column names should be"
        raise InputRefused([Fault(name, what, "Name the right sheet and header row.", "not-a-table")])
    header = clean_header([cell_text(cell) for cell in rows[header_row - 1]], name, header_row)
    below = rows[header_row:]
    index = pd.RangeIndex(header_row + 1, header_row + 1 + len(below))
    columns = zip(*below, strict=True) if below else ([] for _ in header)
    return pd.DataFrame(
        {
            title: pd.Series(_column_text(cells), index=index, dtype="string")
            for title, cells in zip(header, columns, strict=True)
        },
        index=index,
    )


def _column_text(cells: Sequence[Any]) -> Any:
    """Write a column as text; a column of whole numbers, by far the most frequent, all at once."""
    if set(map(type, cells)) == {float}:
        numbers = pa.array(cells, pa.float64())
        if pc.all(pc.equal(pc.round(numbers), numbers)).as_py() and pc.max(pc.abs(numbers)).as_py() <= EXACT:
            return pd.StringDtype("pyarrow").__from_arrow__(pc.cast(pc.cast(numbers, pa.int64()), pa.string()))
    return [cell_text(cell) for cell in cells]


def cell_text(cell: Any) -> str | None:
    """Write a workbook's cell as text: whole numbers without a point, dates as year-month-day, empty as None."""
    if isinstance(cell, str):
        return cell or None
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, float):
        # Workbooks keep every number as a floating-point one.
        return str(int(cell)) if cell.is_integer() else repr(cell)
    if isinstance(cell, dt.datetime) and cell.time() == dt.time():
        return cell.date().isoformat()
    if isinstance(cell, dt.date | dt.time):
        return cell.isoformat()
    return str(cell)


def _open(content: bytes, name: str) -> python_calamine.CalamineWorkbook:
    try:
        return python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(content))
    except python_calamine.PasswordError as error:
        what = "it is locked by a password"
        raise InputRefused([Fault(name, what, "Save it without one.", "not-a-table")]) from error
    except (python_calamine.CalamineError, OSError) as error:
        what = "it is not a workbook that can be read"
        raise InputRefused([Fault(name, what, "Save it again as .xlsx or CSV.", "not-a-table")]) from error
