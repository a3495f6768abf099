"""GeoParquet: a Parquet table with polygons as well-known binary."""

from __future__ import annotations

import io
import json
from typing import Any

import numpy as np
import pyarrow
import pyarrow.parquet
import shapely

from locality.areas.shapes.features import (
    MOST_BYTES,
    Features,
    as_cell,
    check_count,
    damaged,
    not_shapes,
    object_array,
    too_large,
)
from locality.areas.shapes.systems import code_of_description

MARK = b"PAR1"


def read_geoparquet(content: bytes, name: str) -> Features:
    """Read the features of a GeoParquet file.

    Args:
        content: The file.
        name: Its name for messages.

    Returns:
        Its features in their order. By the standard of the format, one that names no system is in WGS84.

    Raises:
        InputRefused: It is damaged, too large, or has no polygons.
    """
    try:
        file = pyarrow.parquet.ParquetFile(io.BytesIO(content))
        _check_size(file, name)
        about = _about(file)
        column = str(about.get("primary_column", "geometry"))
        if column not in file.schema_arrow.names or not pyarrow.types.is_binary(file.schema_arrow.field(column).type):
            raise not_shapes(name, "it is a Parquet file without a column of shapes in well-known binary")
        table = file.read(columns=[*_cells(file.schema_arrow), column])
        return _features(table, column, _system(about, column))
    except (pyarrow.ArrowException, OSError, ValueError) as wrong:
        raise damaged(name, "it begins like a Parquet file and cannot be read to its end") from wrong


def _check_size(file: Any, name: str) -> None:
    about = file.metadata
    check_count(name, about.num_rows)
    size = sum(about.row_group(number).total_byte_size for number in range(about.num_row_groups))
    if size > MOST_BYTES["binary"]:
        most = MOST_BYTES["binary"] // 2**20
        raise too_large(name, f"unpacked it is {size / 2**20:,.0f} MB; at most {most} MB are read")


def _about(file: Any) -> dict[str, Any]:
    said = json.loads((file.schema_arrow.metadata or {}).get(b"geo", b"{}"))
    return said if isinstance(said, dict) else {}


def _cells(schema: Any) -> list[str]:
    """Name the columns that hold text or whole numbers: codes and names are among them."""
    kinds = pyarrow.types
    return [
        field.name
        for field in schema
        if kinds.is_string(field.type) or kinds.is_large_string(field.type) or kinds.is_integer(field.type)
    ]


def _system(about: dict[str, Any], column: str) -> str | None:
    columns = about.get("columns")
    own = columns.get(column) if isinstance(columns, dict) else None
    if not isinstance(own, dict):
        return None
    return code_of_description(own["crs"]) if "crs" in own else "OGC:CRS84"


def _features(table: Any, column: str, system: str | None) -> Features:
    cells = table[column].to_pylist()
    polygons = np.asarray(shapely.from_wkb(object_array(cells), on_invalid="ignore"), dtype=object)
    lost = [number for number, cell in enumerate(cells) if cell is not None and polygons[number] is None]
    columns = {
        name: [as_cell(cell) for cell in table[name].to_pylist()] for name in table.column_names if name != column
    }
    return Features(columns, polygons, system, dict.fromkeys(lost, "its geometry cannot be read"))
