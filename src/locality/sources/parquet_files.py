"""Parquet files as text cells."""

from __future__ import annotations

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet

from locality.foundations import Fault, InputRefused
from locality.sources.headers import clean_header

EXACT = 2**53
"""Whole numbers up to here survive in a floating-point column exactly."""


def read_parquet(content: bytes, name: str) -> pd.DataFrame:
    """Read a Parquet file as text cells; see `locality.sources.files.read_cells`."""
    try:
        table = pyarrow.parquet.read_table(pa.BufferReader(content))
    except (pa.ArrowException, OSError) as error:
        what = "its inside is damaged or cut off"
        raise InputRefused([Fault(name, what, "Write or copy it again.", "cut-off")]) from error
    header = clean_header(table.column_names, name)
    columns = [_as_text(column, title, name) for title, column in zip(header, table.columns, strict=True)]
    texts = pa.table(columns, names=header)
    frame: pd.DataFrame = texts.to_pandas(types_mapper={pa.string(): pd.StringDtype("pyarrow")}.get)
    frame.index = pd.RangeIndex(2, 2 + len(frame))
    return frame


def _as_text(column: pa.ChunkedArray, title: str, name: str) -> pa.ChunkedArray:
    kind = column.type
    if pa.types.is_nested(kind) or pa.types.is_binary(kind) or pa.types.is_large_binary(kind):
        what = f"a cell holds {kind}, not one value"
        do = "Write one value in each cell."
        raise InputRefused([Fault(name, what, do, "not-a-table", column=title)])
    if pa.types.is_floating(kind):
        column = _whole_where_whole(column)
    text = pc.cast(column, pa.string())
    return pc.if_else(pc.equal(text, ""), pa.scalar(None, pa.string()), text)


def _whole_where_whole(column: pa.ChunkedArray) -> pa.ChunkedArray:
    """Turn a column of whole floating-point numbers into whole numbers; "not a number" is an empty cell."""
    column = pc.if_else(pc.is_nan(column), pa.scalar(None, column.type), column)
    whole = pc.and_(pc.equal(pc.round(column), column), pc.less_equal(pc.abs(column), float(EXACT)))
    return pc.cast(column, pa.int64()) if pc.all(whole).as_py() is not False else column
