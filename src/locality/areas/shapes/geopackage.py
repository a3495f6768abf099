"""GeoPackage, read as the SQLite file that it is.

The file stays in memory, and only plain tables are read: no view, no virtual table and no function of a file that
somebody sent is ever run.
"""

from __future__ import annotations

import sqlite3
from typing import Any

import numpy as np
import shapely

from locality.areas.shapes.features import MOST_FEATURES, Features, check_count, columns_of, damaged, not_shapes
from locality.areas.shapes.features import object_array as as_array
from locality.areas.shapes.systems import code_of_text

MARK = b"SQLite format 3\0"
_BOX_BYTES = {0: 0, 1: 32, 2: 48, 3: 48, 4: 64}
_ALLOWED = {sqlite3.SQLITE_SELECT, sqlite3.SQLITE_READ}
_STEPS = 10_000  # between two looks at how much was done
_MOST_LOOKS = 200_000


def read_geopackage(content: bytes, name: str) -> Features:
    """Read the features of the one layer of a GeoPackage; of several the one with the most features.

    Args:
        content: The file.
        name: Its name for messages.

    Returns:
        Its features in their order.

    Raises:
        InputRefused: It is damaged, has no layer of features, or too many features.
    """
    connection = sqlite3.connect(":memory:")
    try:
        connection.deserialize(_without_log(content))
        connection.execute("PRAGMA trusted_schema = OFF")
        connection.set_authorizer(lambda what, *_: sqlite3.SQLITE_OK if what in _ALLOWED else sqlite3.SQLITE_DENY)
        connection.set_progress_handler(_limit(), _STEPS)
        return _read(connection, name)
    except (sqlite3.Error, UnicodeDecodeError) as wrong:
        raise damaged(name, "it begins like a GeoPackage and cannot be read to its end") from wrong
    finally:
        connection.close()


def _without_log(content: bytes) -> bytes:
    """Mark a file that was written with a log beside it as one that has none: in memory there is none."""
    return content[:18] + b"\x01\x01" + content[20:]


def _limit() -> Any:
    looks = 0

    def enough() -> bool:
        nonlocal looks
        looks += 1
        return looks > _MOST_LOOKS

    return enough


def _read(connection: sqlite3.Connection, name: str) -> Features:
    plain = {
        table
        for table, made in connection.execute("SELECT name, sql FROM sqlite_master WHERE type = 'table'")
        if isinstance(made, str) and not made.upper().startswith("CREATE VIRTUAL")
    }
    if not {"gpkg_geometry_columns", "gpkg_spatial_ref_sys"} <= plain:
        raise not_shapes(name, "it is an SQLite file, but not a GeoPackage")
    layers = connection.execute("SELECT table_name, column_name, srs_id FROM gpkg_geometry_columns").fetchall()
    found = [_layer(connection, table, column) for table, column, _ in layers if table in plain]
    if not found:
        raise not_shapes(name, "it is a GeoPackage without a layer of features")
    largest = max(range(len(found)), key=lambda number: len(found[number]))
    rows, column = found[largest], layers[largest][1]
    check_count(name, len(rows))
    polygons, broken = _polygons([row.pop(column, None) for row in rows])
    return Features(columns_of(rows), polygons, _system(connection, layers[largest][2]), broken)


def _layer(connection: sqlite3.Connection, table: str, column: str) -> list[dict[str, Any]]:
    quoted = table.replace('"', '""')
    cursor = connection.execute(f'SELECT * FROM "{quoted}"')
    header = [each[0] for each in cursor.description]
    rows = cursor.fetchmany(MOST_FEATURES + 1)
    return [dict(zip(header, row, strict=True)) for row in rows] if column in header else []


def _polygons(cells: list[Any]) -> tuple[Any, dict[int, str]]:
    """Decode geometries; say which cannot be."""
    bodies = [_body(cell) if isinstance(cell, bytes) else None for cell in cells]
    read = shapely.from_wkb(as_array(bodies), on_invalid="ignore")
    made = np.asarray(read, dtype=object)
    lost = [number for number, cell in enumerate(cells) if cell is not None and made[number] is None]
    return made, dict.fromkeys(lost, "its geometry cannot be read")


def _body(cell: bytes) -> bytes | None:
    """Take the header off a geometry: a mark, flags, the coordinate system and a box of changing length."""
    if len(cell) < 8 or cell[:2] != b"GP":
        return None
    return cell[8 + _BOX_BYTES.get(cell[3] >> 1 & 7, 0) :]


def _system(connection: sqlite3.Connection, number: int) -> str | None:
    asked = "SELECT organization, organization_coordsys_id, definition FROM gpkg_spatial_ref_sys WHERE srs_id = ?"
    row = connection.execute(asked, (number,)).fetchone()
    if row is None:
        return None
    organization, code, definition = row
    named = f"{str(organization).upper()}:{code}"
    return named if str(organization).upper() == "EPSG" else code_of_text(str(definition))
