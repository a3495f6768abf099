"""Coordinate systems: which one a file is in, and from it to metres of the British National Grid.

Only the code of a system is ever taken from a file, not its description: a description can name grid files.
"""

from __future__ import annotations

import json

import numpy as np
import pyproj
import pyproj.exceptions
import shapely

from locality.areas.ground import Flags, Floats
from locality.areas.shapes.polygons import Polygons

GRID = "EPSG:27700"
WGS84 = "OGC:CRS84"
# The national grid as the Ordnance Survey draws it: 700 km from west to east, 1,300 km from south to north.
WEST, SOUTH, EAST, NORTH = 0.0, 0.0, 700_000.0, 1_300_000.0
_SURE = 25  # of 100: descriptions by other programs name things differently, and are compared by what they mean


def code_of_text(text: str) -> str | None:
    """Give the code of a system that is described as text ("well-known text" of any edition)."""
    try:
        return _code(pyproj.CRS.from_wkt(text))
    except pyproj.exceptions.CRSError:
        return None


def code_of_description(described: object) -> str | None:
    """Give the code of a system that is described as a JSON object."""
    if not isinstance(described, dict):
        return code_of_text(described) if isinstance(described, str) else None
    own = described.get("id")
    if isinstance(own, dict) and own.get("authority") in ("EPSG", "OGC"):
        return f"{own['authority']}:{own.get('code')}"
    try:
        return _code(pyproj.CRS.from_json(json.dumps(described)))
    except pyproj.exceptions.CRSError:
        return None


def _code(system: pyproj.CRS) -> str | None:
    found = system.to_authority(min_confidence=_SURE)
    return f"{found[0]}:{found[1]}" if found else None


def is_known(system: str) -> bool:
    """Whether the code of a system is one that is known."""
    authority, _, code = system.partition(":")
    try:
        pyproj.CRS.from_authority(authority, code)
    except pyproj.exceptions.CRSError:
        return False
    return True


def to_grid(polygons: Polygons, system: str) -> Polygons:
    """Bring polygons to metres of the national grid; equal positions stay equal, so borders stay shared."""
    return polygons if system == GRID else _move(polygons, system, GRID)


def from_grid(polygons: Polygons, system: str) -> Polygons:
    """Bring polygons from the national grid to another system."""
    return polygons if system == GRID else _move(polygons, GRID, system)


def _move(polygons: Polygons, source: str, target: str) -> Polygons:
    move = pyproj.Transformer.from_crs(source, target, always_xy=True)

    def moved(positions: Floats) -> Floats:
        x, y = move.transform(positions[:, 0], positions[:, 1])
        return np.column_stack([x, y])

    return np.asarray(shapely.transform(polygons, moved), dtype=object)


def is_outside(polygons: Polygons) -> Flags:
    """Say for each polygon on the national grid whether a part of it lies beyond the grid."""
    west, south, east, north = shapely.bounds(polygons).T
    within: Flags = (west >= WEST) & (south >= SOUTH) & (east <= EAST) & (north <= NORTH)
    return ~within
