"""Text files with one record on a line: their encoding, their delimiter, their rows."""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections.abc import Iterator

import pandas as pd
import pyarrow as pa
import pyarrow.csv

from locality.foundations import Fault, InputRefused
from locality.sources.headers import clean_header

_DELIMITERS = (",", ";", "\t", "|")
# Bytes that form a character in UTF-8. Text in Windows-1252 has such pairs next to never, so a file that has them
# and is not UTF-8 as a whole was put together from parts in two encodings.
_UTF8_CHARACTER = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}")
_ROWS_NAMED = 3
# Enough of a file to see its delimiter.
_HEAD = 2_000


def read_delimited(content: bytes, name: str, *, header_row: int = 1, delimiter: str | None = None) -> pd.DataFrame:
    """Read a delimited text as text cells; see `locality.sources.files.read_cells`."""
    text = decode(content, name)
    _check_quotes(text, name, delimiter)
    body_start, header_line = _find_header(text, name, header_row)
    delimiter = delimiter or find_delimiter(header_line)
    header = clean_header(next(csv.reader(io.StringIO(header_line), delimiter=delimiter)), name, header_row)
    return _read_body(text[body_start:], name, header, header_row, delimiter)


def decode(content: bytes, name: str) -> str:
    """Turn bytes into text without replacing a single character.

    Args:
        content: The file's bytes.
        name: The file's name for messages.

    Returns:
        The text, without a byte-order mark.

    Raises:
        InputRefused: It is neither UTF-8 nor Windows-1252, or mixes the two, or is cut inside a character.
    """
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        raise InputRefused([_unknown_encoding(name, "it is saved as UTF-16")])
    if b"\x00" in content:
        do = "Export the table as CSV, Parquet or a workbook."
        raise InputRefused([Fault(name, "it is not a text file", do, "not-a-table")])
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        return _decode_windows(content, name, error)


def _decode_windows(content: bytes, name: str, error: UnicodeDecodeError) -> str:
    if error.reason == "unexpected end of data" and not content[: error.start].isascii():
        raise InputRefused([_cut(name, "it ends in the middle of a character")]) from error
    row = content.count(b"\n", 0, error.start) + 1
    if _UTF8_CHARACTER.search(content):
        what = "part of it is UTF-8 and part is not"
        raise InputRefused([_unknown_encoding(name, what, row)]) from error
    try:
        return content.decode("cp1252")
    except UnicodeDecodeError as again:
        row = content.count(b"\n", 0, again.start) + 1
        what = "it is neither UTF-8 nor Windows-1252"
        raise InputRefused([_unknown_encoding(name, what, row)]) from again


def find_delimiter(header_line: str) -> str:
    """Give the character that stands most often outside quotes in a header; a comma when none does."""
    bare = re.sub(r'"[^"]*"', "", header_line)
    return max(_DELIMITERS, key=bare.count)


def _check_quotes(text: str, name: str, delimiter: str | None) -> None:
    """Refuse a quote that is never closed: it would swallow the rest of the file without a word."""
    if text.count('"') % 2 == 0:
        return
    records = csv.reader(
        io.StringIO(text, newline=""), delimiter=delimiter or find_delimiter(text[:_HEAD]), strict=True
    )
    row = 1
    try:
        for row, _ in enumerate(records, start=2):  # noqa: B007
            pass
    except csv.Error as error:
        # A quote in the middle of a cell ("5" pipe") is no harm; the parser keeps it as it stands.
        if "expected after" in str(error):
            return
        if not text.endswith(("\n", "\r")):
            raise InputRefused([_cut(name, "it ends inside a quoted cell that begins in this row", row)]) from error
        do = "Close the quote, or take it away."
        raise InputRefused([Fault(name, "a quote is opened and never closed", do, "open-quote", row=row)]) from error


def _find_header(text: str, name: str, header_row: int) -> tuple[int, str]:
    """Give the place where the rows below the header begin, and the header as it stands."""
    used = 0

    def lines() -> Iterator[str]:
        nonlocal used
        for line in io.StringIO(text, newline=""):
            used += len(line)
            yield line

    # Any delimiter will do here: quotes alone decide where a record ends.
    records = csv.reader(lines())
    start = 0
    for _ in range(header_row):
        start = used
        if next(records, None) is None:
            what = f"it has no row {header_row}, where its column names should be"
            raise InputRefused([Fault(name, what, "Give the right header row.", "not-a-table")])
    return used, text[start:used]


def _read_body(text: str, name: str, header: list[str], header_row: int, delimiter: str) -> pd.DataFrame:
    if not text:
        return pd.DataFrame({column: pd.Series(dtype="string") for column in header})
    uneven: list[tuple[int, int]] = []

    def note(row: pyarrow.csv.InvalidRow) -> str:
        uneven.append((row.number + header_row, row.actual_columns))
        return "skip"

    encoded = text.encode()
    table = pyarrow.csv.read_csv(
        io.BytesIO(encoded),
        # One block and one thread, so that the parser knows the number of a faulty row.
        read_options=pyarrow.csv.ReadOptions(column_names=header, use_threads=False, block_size=len(encoded) + 1),
        parse_options=pyarrow.csv.ParseOptions(
            delimiter=delimiter, newlines_in_values=True, ignore_empty_lines=False, invalid_row_handler=note
        ),
        convert_options=pyarrow.csv.ConvertOptions(
            column_types=dict.fromkeys(header, pa.string()), null_values=[""], strings_can_be_null=True
        ),
    )
    if uneven:
        last_row = header_row + table.num_rows + len(uneven)
        raise InputRefused(_uneven_rows(uneven, name, len(header), 0 if text.endswith(("\n", "\r")) else last_row))
    frame: pd.DataFrame = table.to_pandas(types_mapper={pa.string(): pd.StringDtype("pyarrow")}.get)
    frame.index = pd.RangeIndex(header_row + 1, header_row + 1 + len(frame))
    return frame


def _uneven_rows(uneven: list[tuple[int, int]], name: str, width: int, open_row: int) -> list[Fault]:
    """Say which rows differ from the header; `open_row` is the last one, when it has no line end."""
    faults = []
    row, cells = uneven[-1]
    if row == open_row and cells < width:
        what = f"it ends in the middle of a row: {cells} of {width} cells, and no line end"
        faults.append(_cut(name, what, row))
        uneven = uneven[:-1]
    if uneven:
        row, cells = uneven[0]
        others = ", ".join(str(number) for number, _ in uneven[1:_ROWS_NAMED])
        also = f"; also row {others}" if others else ""
        what = f"the row has {cells} cells and the header has {width}{also}"
        do = "A cell that holds the delimiter itself must stand in quotes; export the file again."
        faults.append(Fault(name, what, do, "uneven-row", row=row, rows=len(uneven)))
    return faults


def _cut(name: str, what: str, row: int | None = None) -> Fault:
    do = "Copy or download it again, and compare its size with the original."
    return Fault(name, what, do, "cut-off", row=row)


def _unknown_encoding(name: str, what: str, row: int | None = None) -> Fault:
    return Fault(name, what, "Save it as CSV UTF-8.", "unknown-encoding", row=row)
