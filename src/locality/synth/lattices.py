"""From the squares on which a made-up place is laid out to irregular polygons, with who borders on whom."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import shapely
from scipy.sparse import csr_matrix
from scipy.sparse.csgraph import connected_components

from locality.areas.ground import Borders
from locality.areas.shapes import Shapes, neighbours_of_shapes
from locality.synth import dice
from locality.synth.zone_polygons import Land, draw_polygons

Floats = npt.NDArray[np.float64]
Whole = npt.NDArray[np.int64]

# How irregular polygons are, the most first; less where a locality would fall into pieces.
_LOOSENESS = (1.0, 0.5, 0.25, 0.05)
_STRAY = 0.3


@dataclass(frozen=True)
class Lattice:
    """The squares of one piece of land.

    Args:
        x: Eastings of the columns' edges, from west to east.
        y: Northings of the rows' edges, from south to north.
        zone: Number of the zone of each square, rows x columns; -1: it is sea.
        whole: Western, southern, eastern and northern edge of the land of which it is a bank or all.
        coast: How far a coast may be bent, in metres.
        phase: Where its waves begin, in radians.
    """

    x: Floats
    y: Floats
    zone: Whole
    whole: tuple[float, float, float, float]
    coast: float
    phase: float = 0.0


@dataclass(frozen=True)
class Drawn:
    """Polygons with what follows from them.

    Args:
        shapes: The zones' polygons.
        points: Easting and northing of a point inside each.
        borders: Which zones touch, and along how many metres.
    """

    shapes: Shapes
    points: Floats
    borders: Borders


def draw_zones(lattices: Sequence[Lattice], locality: Whole, shapes: Shapes, seed: int) -> Drawn:
    """Draw irregular polygons in which every locality is still in as many pieces as there are lands under it.

    Args:
        lattices: The pieces of land.
        locality: Number of each zone's locality.
        shapes: Codes and names of the zones; their polygons are not looked at.
        seed: Decides the irregularity.

    Returns:
        Valid polygons that share every border and leave no gap.
    """
    for looseness in _LOOSENESS:
        drawn = _draw(lattices, shapes, seed, looseness)
        if drawn is not None and _is_whole(drawn.borders, lattices, locality):
            return drawn
    raise AssertionError("no drawing of the made-up zones keeps its localities whole")


def _draw(lattices: Sequence[Lattice], shapes: Shapes, seed: int, looseness: float) -> Drawn | None:
    """Draw the polygons; None where rounding to whole metres let some of them cross."""
    lands = [
        _land(lattice, dice.name_key(seed, "points", number), looseness) for number, lattice in enumerate(lattices)
    ]
    polygons, points = draw_polygons(lands, len(shapes), seed)
    if not (shapely.is_valid(polygons).all() and shapely.coverage_is_valid(polygons)):
        return None
    drawn = Shapes(shapes.zones, shapes.names, polygons)
    return Drawn(drawn, points, neighbours_of_shapes(drawn))


def _land(lattice: Lattice, key: np.uint64, looseness: float) -> Land:
    """Put a point into every square: the middle, and from there as far as its neighbours still touch."""
    wide, high = np.meshgrid(np.diff(lattice.x), np.diff(lattice.y))
    east, north = np.meshgrid(lattice.x[:-1], lattice.y[:-1])
    stray = looseness * _STRAY * np.minimum(wide, high) ** 2 / np.maximum(wide, high)
    keys = dice.numbered(np.full(wide.size, key), np.arange(wide.size))
    sides = [
        (edge + size / 2 + stray * (2 * dice.uniform(keys, way).reshape(size.shape) - 1)).reshape(-1)
        for edge, size, way in ((east, wide, "east"), (north, high, "north"))
    ]
    frame = (float(lattice.x[0]), float(lattice.y[0]), float(lattice.x[-1]), float(lattice.y[-1]))
    return Land(
        np.column_stack(sides), lattice.zone.reshape(-1), frame, lattice.whole, lattice.coast * looseness, lattice.phase
    )


def _is_whole(borders: Borders, lattices: Sequence[Lattice], locality: Whole) -> bool:
    """Whether each land's part of each locality is in one piece."""
    land = np.empty(len(locality), dtype=np.int64)
    for number, lattice in enumerate(lattices):
        land[lattice.zone[lattice.zone >= 0]] = number
    part = land * (locality.max() + 1) + locality
    inside = part[borders.first] == part[borders.second]
    one, two = borders.first[inside], borders.second[inside]
    links = csr_matrix((np.ones(one.size), (one, two)), shape=(len(part), len(part)))
    return bool(connected_components(links, directed=False)[0] == len(np.unique(part)))
