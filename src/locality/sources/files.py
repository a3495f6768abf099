"""Opens any file that a table may come in and gives its cells as text, every row under its spreadsheet number.

What a file is, is told from its first bytes, not from its name: a workbook that somebody saved as `.csv` is still
read as a workbook. Text is kept as it stands, so that "08" stays "08" and a wrong value is seen as it was written.
"""

from __future__ import annotations

import gzip
import io
import zipfile
import zlib
from pathlib import Path

import pandas as pd

from locality.foundations import Fault, InputRefused
from locality.sources.delimited import read_delimited
from locality.sources.parquet_files import read_parquet
from locality.sources.workbooks import read_workbook

_GZIP = b"\x1f\x8b"
_PARQUET = b"PAR1"
_ZIP = b"PK\x03\x04"
_OLD_OFFICE = b"\xd0\xcf\x11\xe0"
_NOT_TABLES = {
    b"%PDF": "a PDF document",
    b"<!DOCTYPE": "a web page",
    b"<html": "a web page",
    b"<HTML": "a web page",
    b"{": "a JSON file",
}
# The smallest Parquet: two marks of four bytes and the footer's length.
_SMALLEST_PARQUET = 12


def read_cells(
    path: Path,
    name: str,
    *,
    sheet: str | None = None,
    header_row: int = 1,
    delimiter: str | None = None,
) -> pd.DataFrame:
    """Read every cell of one table as text.

    Args:
        path: Delimited text (UTF-8 with or without mark, Windows-1252), the same gzipped, Parquet, or a workbook.
        name: The file as the user wrote it, for messages.
        sheet: The workbook's sheet; its first one when not given. Other files have no sheets.
        header_row: The row that holds the column names, counted from 1; rows above it are left out. Not for Parquet.
        delimiter: What stands between cells of a text file; found from the header when not given.

    Returns:
        Columns named as in the header, without a mark or spaces around the names; type "string"; an empty cell is
        ``pd.NA``. The index holds the row numbers that a spreadsheet shows. Rows that are blank throughout are
        left out; the numbers of the others stay as they are.

    Raises:
        InputRefused: The file is absent, empty, cut off, not a table, in an unknown encoding, has rows longer or
            shorter than its header, or lacks the sheet.
    """
    content = _unzip(read_bytes(path, name), name)
    if content.startswith(_PARQUET) or name.endswith(".parquet"):
        _check_parquet(content, name)
        return _tidy(read_parquet(content, name))
    if content.startswith((_ZIP, _OLD_OFFICE)) or name.endswith((".xlsx", ".xlsm", ".xls", ".ods")):
        check_workbook(content, name)
        return _tidy(read_workbook(content, name, sheet=sheet, header_row=header_row))
    _check_text(content, name)
    if delimiter is None and name.removesuffix(".gz").endswith(".tsv"):
        delimiter = "\t"
    return _tidy(read_delimited(content, name, header_row=header_row, delimiter=delimiter))


def read_bytes(path: Path, name: str) -> bytes:
    """Give a file's bytes; refuse one that is absent or holds none."""
    if not path.is_file():
        raise InputRefused([Fault(name, "there is no such file", "Correct its name, or put it there.", "no-such-file")])
    content = path.read_bytes()
    if not content and not name.endswith(".parquet"):
        raise InputRefused([Fault(name, "it is empty (0 bytes)", "Export or download it again.", "empty-file")])
    return content


def check_workbook(content: bytes, name: str) -> None:
    """Refuse a workbook of which a part is missing.

    The list of a workbook's parts stands at its end, so a cut one has none.
    """
    if content.startswith(_ZIP) and not zipfile.is_zipfile(io.BytesIO(content)):
        raise InputRefused([_cut_off(name, "the workbook ends before its last part")])


def _unzip(content: bytes, name: str) -> bytes:
    if not content.startswith(_GZIP):
        return content
    try:
        inside = gzip.decompress(content)
    except (EOFError, gzip.BadGzipFile, zlib.error) as error:
        raise InputRefused([_cut_off(name, "the compressed file is cut off or damaged")]) from error
    if not inside:
        raise InputRefused([Fault(name, "there is nothing inside it", "Export or download it again.", "empty-file")])
    return inside


def _check_parquet(content: bytes, name: str) -> None:
    if len(content) < _SMALLEST_PARQUET:
        what = f"it holds no table ({len(content)} bytes): whatever wrote it was stopped"
        raise InputRefused([Fault(name, what, "Write it again.", "empty-parquet")])
    if not content.startswith(_PARQUET):
        raise InputRefused([Fault(name, "it is not a Parquet file", "Export it again.", "not-a-table")])
    if not content.endswith(_PARQUET):
        raise InputRefused([_cut_off(name, "the Parquet file ends before its footer")])


def _check_text(content: bytes, name: str) -> None:
    head = content.lstrip()[:16]
    kind = next((says for mark, says in _NOT_TABLES.items() if head.startswith(mark)), None)
    if kind:
        do = "Open it: it may say why the download failed. Then fetch the table itself."
        raise InputRefused([Fault(name, f"it is {kind}, not a table", do, "not-a-table")])
    if not head:
        raise InputRefused([Fault(name, "it holds blank lines only", "Export or download it again.", "empty-file")])


def _cut_off(name: str, what: str) -> Fault:
    return Fault(name, what, "Copy or download it again, and compare its size with the original.", "cut-off")


def _tidy(frame: pd.DataFrame) -> pd.DataFrame:
    """Leave out blank rows, such as spreadsheets write below a table."""
    return frame.dropna(how="all")
