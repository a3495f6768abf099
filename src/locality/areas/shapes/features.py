"""What every decoder of a format gives: features with their columns and polygons, as the file has them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from locality.areas.shapes.polygons import Polygons
from locality.foundations import Fault, InputRefused

# A nation's small areas three times over: England has 35,672 lower layer super output areas.
MOST_FEATURES = 110_000
# The full-resolution polygons of all data zones have about 7 million; a page cannot work through many more.
MOST_COORDINATES = 20_000_000
_PACKED, _JSON, _BINARY = 64 * 2**20, 96 * 2**20, 400 * 2**20
MOST_BYTES = {"packed": _PACKED, "json": _JSON, "binary": _BINARY}
"""The largest file as it is sent; the largest JSON, which takes six times its size while it is read; other files."""


@dataclass(frozen=True)
class Features:
    """The features of a file before anything is checked.

    Args:
        columns: Cells of each column as text, one for each feature; None: empty.
        polygons: Geometry of each feature, in the coordinate system of the file; None: it has none.
        system: Its coordinate system like "EPSG:27700"; None: the file does not say.
        broken: What is wrong with the geometry of a feature, by its number from 0.
    """

    columns: dict[str, list[str | None]]
    polygons: Polygons
    system: str | None
    broken: dict[int, str] = field(default_factory=dict)


def refuse_file(name: str, what: str, do: str, code: str) -> InputRefused:
    """Make the refusal of a file as a whole."""
    return InputRefused([Fault(name, what, do, code)])


def not_shapes(name: str, what: str) -> InputRefused:
    """Refuse what is no file of shapes."""
    do = "Use GeoJSON (also gzipped), GeoPackage, GeoParquet, TopoJSON or a zipped shapefile."
    return refuse_file(name, what, do, "shape-file-unknown")


def damaged(name: str, what: str) -> InputRefused:
    """Refuse what began as a file of shapes and cannot be read to its end."""
    return refuse_file(name, what, "Copy or download it again, or export it again.", "shape-file-damaged")


def too_large(name: str, what: str) -> InputRefused:
    """Refuse what would take too long or too much memory."""
    do = "Keep the zones of the partnership only, or use a generalised edition of the shapes."
    return refuse_file(name, what, do, "shape-file-too-large")


def check_count(name: str, features: int) -> None:
    """Refuse a file of more features than any nation has zones."""
    if features > MOST_FEATURES:
        raise too_large(name, f"it has {features:,} features; at most {MOST_FEATURES:,} are read")


def as_cell(found: object) -> str | None:
    """Write a cell as text; whole numbers without a point; lists and objects are no cells."""
    if found is None or isinstance(found, list | dict | bytes):
        return None
    if isinstance(found, float):
        return None if not np.isfinite(found) else f"{found:g}" if found != int(found) else str(int(found))
    return str(found).strip() or None


def columns_of(rows: Sequence[dict[str, object]]) -> dict[str, list[str | None]]:
    """Turn the properties of features into columns, in order of first appearance."""
    names = dict.fromkeys(str(name) for row in rows for name in row)
    return {name: [as_cell(row.get(name)) for row in rows] for name in names}


def object_array(polygons: Sequence[object]) -> Polygons:
    """Put geometries into an array of objects."""
    made = np.empty(len(polygons), dtype=object)
    made[:] = polygons
    return made
