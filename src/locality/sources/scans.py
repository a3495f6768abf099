"""Opens person-level files as expressions that are read in a stream, never whole."""

from __future__ import annotations

import gzip
import re
import zlib
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import duckdb
import ibis
import pyarrow as pa
import pyarrow.parquet as pq

from locality.foundations import Column, Fault, InputRefused, Kind, Table
from locality.sources.columns import refusal

IBIS_TYPES = {
    Kind.TEXT: "string",
    Kind.CODE: "string",
    Kind.WHOLE: "int64",
    Kind.NUMBER: "float64",
    Kind.PENCE: "int64",
    Kind.DATE: "date",
    Kind.YEAR: "string",
    Kind.YES_NO: "boolean",
}
"""The engine's type of each kind of column; a scan always has exactly these."""

_PARQUET = b"PAR1"
_GZIP = b"\x1f\x8b"
_SMALLEST_PARQUET = 12
_PIECE = 1 << 20
_LINE = re.compile(r"Line: (\d+)")
_AGAIN = "Copy or download it again, and compare its size with the original."


def open_files(paths: Sequence[Path], con: Any, *, names: Sequence[str] = ()) -> Any:
    """Give the rows of several files of one layout as an expression.

    Args:
        paths: Parquet files, or delimited text (also gzipped), all of one kind.
        con: The Ibis connection.
        names: The files as the user wrote them, for messages.

    Returns:
        Their rows; text files give text columns, so that a wrong value is seen as it was written.

    Raises:
        InputRefused: A file is absent, empty, cut off, or not such a file.
    """
    shown = list(names) or [path.name for path in paths]
    faults = [fault for path, name in zip(paths, shown, strict=True) for fault in _faults_of_file(path, name)]
    if faults:
        raise InputRefused(faults)
    parquet = [_is_parquet(path) for path in paths]
    if any(parquet) != all(parquet):
        raise refusal(shown[0], "Parquet and text files are mixed", "Name them in entries of their own.", "mixed-files")
    if con.name not in ("duckdb", "pyspark"):
        return _carried_over(paths, con, parquet=parquet[0])
    return _open(paths, con, parquet=parquet[0])


def _open(paths: Sequence[Path], con: Any, *, parquet: bool) -> Any:
    files = [str(path) for path in paths]
    try:
        if con.name == "pyspark":
            read = con._session.read
            if parquet:
                rows = read.schema(_spark_schema(paths)).parquet(*files)
            else:
                rows = read.csv(files, header=True, sep=_delimiter(paths[0]))
            name = ibis.util.gen_name("scan")
            rows.createOrReplaceTempView(name)
            return con.table(name)
        if parquet:
            return con.read_parquet(files, union_by_name=True)
        # The mark is said, not guessed: of a file that was cut off, a guess makes one long column.
        return con.read_csv(files, all_varchar=True, union_by_name=True, header=True, delim=_delimiter(paths[0]))
    except duckdb.Error as error:
        raise unreadable(files[0], error) from None


def _spark_schema(paths: Sequence[Path]) -> Any:
    """Say what Spark shall read: every column but times of day, which it cannot read and nothing here needs."""
    from pyspark.sql.pandas.types import from_arrow_schema  # noqa: PLC0415 - an extra, and slow to import

    whole = pa.unify_schemas([pq.read_schema(path) for path in paths], promote_options="permissive")
    known = [field for field in whole if not pa.types.is_time(field.type) and not pa.types.is_null(field.type)]
    plain = [
        pa.field(field.name, field.type.value_type if pa.types.is_dictionary(field.type) else field.type)
        for field in known
    ]
    return from_arrow_schema(pa.schema(plain))


def _delimiter(path: Path) -> str:
    """Find what stands between cells: of the usual marks, that which the header has most of."""
    opened = gzip.open if path.name.endswith(".gz") else open
    with opened(path, "rb") as stream:
        header = stream.readline()
    return max((",", ";", "\t", "|"), key=lambda mark: header.count(mark.encode()))


def _carried_over(paths: Sequence[Path], con: Any, *, parquet: bool) -> Any:
    """Copy the rows into a temporary table of an engine that does not read files."""
    rows = _open(paths, ibis.duckdb.connect(), parquet=parquet)
    return con.create_table(ibis.util.gen_name("scan"), obj=rows.to_pyarrow(), temp=True)


def unreadable(file: str, error: Exception) -> InputRefused:
    """Say that an engine could not read a file; its own words are left out, for they quote rows of persons."""
    line = _LINE.search(str(error))
    what = "its rows cannot be read: it is cut off or damaged, or has rows longer or shorter than its header"
    return InputRefused([Fault(Path(file).name, what, _AGAIN, "cut-off", row=int(line[1]) if line else None)])


def _is_parquet(path: Path) -> bool:
    with path.open("rb") as stream:
        return stream.read(4) == _PARQUET


def _faults_of_file(path: Path, name: str) -> list[Fault]:
    if not path.is_file():
        return [Fault(name, "there is no such file", "Correct its name, or put it there.", "no-such-file")]
    size = path.stat().st_size
    if name.endswith(".parquet") and size < _SMALLEST_PARQUET:
        what = f"it holds no table ({size} bytes): whatever wrote it was stopped"
        return [Fault(name, what, "Write it again.", "empty-parquet")]
    if not size:
        return [Fault(name, "it is empty (0 bytes)", "Export or download it again.", "empty-file")]
    return _faults_of_content(path, name, size)


def _faults_of_content(path: Path, name: str, size: int) -> list[Fault]:
    with path.open("rb") as stream:
        head = stream.read(4)
        stream.seek(-min(4, size), 2)
        tail = stream.read(4)
    if head == _PARQUET and tail != _PARQUET:
        return [Fault(name, "the Parquet file ends before its footer", _AGAIN, "cut-off")]
    if name.endswith(".parquet") and head != _PARQUET:
        return [Fault(name, "it is not a Parquet file", "Export it again.", "not-a-table")]
    if head.startswith(_GZIP) and not _is_whole_gzip(path):
        return [Fault(name, "the compressed file is cut off or damaged", _AGAIN, "cut-off")]
    return []


def _is_whole_gzip(path: Path) -> bool:
    try:
        with gzip.open(path) as stream:
            while stream.read(_PIECE):
                pass
    except (EOFError, gzip.BadGzipFile, zlib.error):
        return False
    return True


def need_columns_of(rows: Any, needed: Sequence[str], file: str) -> None:
    """Refuse rows that lack columns, naming all of them.

    Raises:
        InputRefused: One fault for each missing column.
    """
    found = ", ".join(list(rows.columns)[:12])
    do = "Add the column, or name the reader that knows this layout in partnership.toml."
    faults = [
        Fault(file, f"there is no column '{name}'; the columns are: {found}", do, "missing-column", column=name)
        for name in needed
        if name not in rows.columns
    ]
    if faults:
        raise InputRefused(faults)


def typed_columns(table: Table, rows: Any) -> Any:
    """Give exactly the declared columns in declared order and type; a cell that cannot be read is empty."""
    columns = {}
    for column in table.columns:
        if column.name in rows.columns:
            columns[column.name] = typed_column(column, rows[column.name])
        else:
            columns[column.name] = ibis.null(IBIS_TYPES[column.kind])
    return rows.select(**columns)


def typed_column(column: Column, raw: Any) -> Any:
    """Give one column its declared type."""
    kind = IBIS_TYPES[column.kind]
    if column.kind in (Kind.CODE, Kind.TEXT):
        return _as_text(raw)
    if column.kind is Kind.YEAR:
        return year_text(without_spaces(_as_text(raw)))
    if not raw.type().is_string():
        return raw if str(raw.type()) == kind else _from_number(column, raw, kind)
    text = raw.strip().nullif("")
    if column.kind in (Kind.WHOLE, Kind.PENCE, Kind.NUMBER):
        number = text.replace(",", "").try_cast("float64")
        return number if column.kind is Kind.NUMBER else _whole(number)
    return text.try_cast(kind)


def _from_number(column: Column, raw: Any, kind: str) -> Any:
    if column.kind in (Kind.WHOLE, Kind.PENCE) and not raw.type().is_integer():
        return _whole(raw.cast("float64"))
    return raw.cast(kind)


def _whole(number: Any) -> Any:
    """Take whole numbers only; casting alone would round 12.34 pounds to 12 pence."""
    return ibis.ifelse(number == number.round(), number, ibis.null("float64")).cast("int64")


def _as_text(raw: Any) -> Any:
    """Write a code as text: a whole number that was stored as 10001.0 is the code 10001.

    Spaces around it stay, to be named as a fault.
    """
    if raw.type().is_floating():
        raw = raw.cast("int64")
    text = raw if raw.type().is_string() else raw.cast("string")
    return text.nullif("")


def has_spaces_around(text: Any) -> Any:
    """Say whether text begins or ends with a space; far cheaper than to take spaces away from every cell."""
    return text.startswith(" ") | text.endswith(" ")


def without_spaces(text: Any) -> Any:
    """Take the spaces around text away; what is blank becomes empty."""
    return ibis.ifelse(has_spaces_around(text), text.strip(), text).nullif("")


def year_text(text: Any) -> Any:
    """Write a financial year as 2023/24, whether it came as that, as 2023-24, 2023/2024 or 2324; else empty.

    The second year must follow the first.
    """
    long = text.re_search(r"^\d{4}[/-](\d{2}|\d{4})$")
    short = text.re_search(r"^\d{4}$")
    first = ibis.cases((long, text.left(4)), (short, ibis.literal("20") + text.left(2)))
    second = text.right(2)
    follows = ((first.try_cast("int32") + 1) % 100) == second.try_cast("int32")
    return ibis.ifelse(follows, first + "/" + second, ibis.null("string"))
