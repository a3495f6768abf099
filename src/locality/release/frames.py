"""Tables to and from Parquet bytes, by their declarations and by nothing else."""

from __future__ import annotations

import io

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from locality.foundations import Fault, InputRefused, Kind, Table, check_frame
from locality.foundations.check import DTYPES

MAY_BE_EMPTY = frozenset({"service_users", "budget", "reconciliation"})
"""Tables without which a release still says something."""

_ARROW = {
    Kind.TEXT: pa.string(),
    Kind.CODE: pa.string(),
    Kind.YEAR: pa.string(),
    Kind.WHOLE: pa.int64(),
    Kind.PENCE: pa.int64(),
    Kind.NUMBER: pa.float64(),
    Kind.DATE: pa.date32(),
    Kind.YES_NO: pa.bool_(),
}


def typed(table: Table, frame: pd.DataFrame, file: str) -> tuple[pd.DataFrame, list[Fault]]:
    """Check a table and give it its declared types, in the order of its key."""
    plain = frame.reset_index(drop=True)
    if plain.empty and table.name in MAY_BE_EMPTY:
        return pd.DataFrame({column.name: pd.Series(dtype=DTYPES[column.kind]) for column in table.columns}), []
    numbered = plain.set_axis(pd.RangeIndex(2, len(plain) + 2))
    checked, faults = check_frame(table, numbered, file)
    if not faults:
        # Numbers that have a type already keep it: a way through text could change their last digit.
        for column in table.columns:
            if column.name in plain and pd.api.types.is_numeric_dtype(plain[column.name]):
                checked[column.name] = plain[column.name].astype(DTYPES[column.kind]).to_numpy()
    ordered = checked.sort_values(list(table.key), kind="stable") if table.key and not faults else checked
    return ordered.reset_index(drop=True).astype({c.name: DTYPES[c.kind] for c in table.columns}), faults


def to_parquet(table: Table, frame: pd.DataFrame) -> bytes:
    """Write a typed table; the same rows give the same bytes with the same Parquet library."""
    arrow = pa.Table.from_pandas(frame, schema=_schema(table), preserve_index=False).replace_schema_metadata(None)
    sink = io.BytesIO()
    pq.write_table(arrow, sink, compression="zstd")
    return sink.getvalue()


def from_parquet(table: Table, content: bytes, *, rows: int, characters: int) -> pd.DataFrame:
    """Read a table whose columns and types are exactly the declared ones.

    Args:
        table: The declaration.
        content: The Parquet bytes.
        rows: The most rows that are read.
        characters: The longest text in a cell.

    Raises:
        InputRefused: Something is not as declared; every fault is named.
    """
    try:
        file = pq.ParquetFile(io.BytesIO(content))
        if file.metadata.num_rows > rows:
            raise InputRefused([_fault(table, f"it has more than {rows:,} rows")])
        if file.schema_arrow != _schema(table):
            raise InputRefused([_fault(table, "its columns are not the declared ones")])
        frame = _read_text_once(table, content, characters).to_pandas()
    except (pa.ArrowException, OSError) as broken:
        raise InputRefused([_fault(table, "it is no Parquet table")]) from broken
    read, faults = typed(table, frame, table.name)
    if faults:
        raise InputRefused(faults)
    return read


def _read_text_once(table: Table, content: bytes, characters: int) -> pa.Table:
    """Read with each text held once, so that a long text said to stand in every row cannot fill the memory."""
    texts = [column.name for column in table.columns if _ARROW[column.kind] == pa.string()]
    read = pq.ParquetFile(io.BytesIO(content), read_dictionary=texts).read()
    for name in texts:
        for chunk in read[name].chunks:
            if (pc.max(pc.binary_length(chunk.dictionary)).as_py() or 0) > characters:
                raise InputRefused([_fault(table, f"column {name} has a text of more than {characters} characters")])
    return read.cast(_schema(table))


def _schema(table: Table) -> pa.Schema:
    return pa.schema([pa.field(column.name, _ARROW[column.kind]) for column in table.columns])


def _fault(table: Table, what: str) -> Fault:
    return Fault(table.name, what, "Ask the analyst who made the release for the original.", "release-tampered")
