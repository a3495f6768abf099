"""Polygons from the lists of positions that GeoJSON and TopoJSON write."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import shapely

from locality.areas.ground import Floats

FEWEST_OF_A_RING = 4  # a triangle and its first position again


class NotPositions(ValueError):
    """Raised where positions should stand and do not."""


def positions_of(found: object) -> Floats:
    """Read a list of positions; heights are left out.

    Raises:
        NotPositions: It is no list of pairs of numbers.
    """
    try:
        read = np.asarray(found, dtype=np.float64)
    except (TypeError, ValueError, OverflowError) as wrong:
        raise NotPositions("its coordinates are not pairs of numbers") from wrong
    if read.ndim != 2 or read.shape[1] < 2:
        raise NotPositions("its coordinates are not pairs of numbers")
    if not np.isfinite(read).all():
        raise NotPositions("a coordinate is not a number")
    return read[:, :2]


def close_ring(ring: Floats) -> Floats:
    """Put the first position last, unless it is already."""
    return ring if len(ring) and (ring[0] == ring[-1]).all() else np.vstack([ring, ring[:1]])


def make_polygons(polygons: Sequence[Sequence[Floats]]) -> shapely.Geometry | None:
    """Make one multipolygon of polygons, each its outer ring first, then its holes.

    A ring that is too short to enclose anything is left out; with an outer ring its polygon goes.
    """
    made = []
    for rings in polygons:
        closed = [close_ring(ring) for ring in rings]
        if closed and len(closed[0]) >= FEWEST_OF_A_RING:
            holes = [ring for ring in closed[1:] if len(ring) >= FEWEST_OF_A_RING]
            made.append(shapely.Polygon(closed[0], holes))
    if not made:
        return None
    return made[0] if len(made) == 1 else shapely.MultiPolygon(made)
