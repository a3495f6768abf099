"""Polygons of made-up zones: irregular cells that fill a piece of land to its coast and share every border.

Each piece of land is a frame filled with points, one for each zone. A zone is all that lies nearer to its point than
to any other; mirrored points hold the cells within the frame. Borders are then bent and the whole land is rounded,
so that no coast is straight. All of it moves corners that neighbours share, so borders stay shared.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import shapely
from scipy.sparse import csr_matrix
from scipy.sparse.csgraph import connected_components
from scipy.spatial import Voronoi

from locality.synth import dice

Floats = npt.NDArray[np.float64]
Whole = npt.NDArray[np.int64]
Polygons = npt.NDArray[np.object_]

# How far a border bends towards one of its zones, of the distance to it; more would let bent borders meet.
_BEND = {"inner": 0.15, "coast": 0.35}
_ROUNDING = 0.7
_SHORTEST_METRES = 25.0
# How far a land waves, of the half of its shorter side, and how often.
_WAVES = ((0.15, 1.3), (0.12, 1.7))


@dataclass(frozen=True)
class Land:
    """One frame of points, before it is bent.

    Args:
        points: Easting and northing of each point, within the frame.
        zone: Number of each point's zone; -1: it is sea.
        frame: West, south, east and north edge.
        whole: The frame in whose terms it is rounded; two banks of one river share it.
        coast: How far a coast may be bent, in metres.
        phase: Where its waves begin, in radians; another one gives another shape.
    """

    points: Floats
    zone: Whole
    frame: tuple[float, float, float, float]
    whole: tuple[float, float, float, float]
    coast: float
    phase: float = 0.0


def draw_polygons(lands: list[Land], count: int, seed: int) -> tuple[Polygons, Floats]:
    """Draw the polygons of all zones.

    Args:
        lands: The pieces of land; every zone number is in one of them.
        count: How many zones there are.
        seed: Decides how borders bend.

    Returns:
        A polygon for each zone, corners in whole metres, and a point inside each.
    """
    polygons = np.empty(count, dtype=object)
    points = np.zeros((count, 2))
    for number, land in enumerate(lands):
        ours = land.zone >= 0
        polygons[land.zone[ours]] = _cells(land, dice.name_key(seed, "borders", number))[ours]
        points[land.zone[ours]] = np.rint(_bend_land(land.points[ours], land))
    return polygons, points


def _cells(land: Land, key: np.uint64) -> Polygons:
    """Give the cell of every point of a land; None for the sea."""
    net = Voronoi(np.concatenate([land.points, *_mirrored(land)]))
    ours = np.concatenate([land.zone >= 0, np.zeros(4 * len(land.zone), dtype=bool)])
    pairs = np.asarray(net.ridge_points, dtype=np.int64)
    wanted = ours[pairs].any(axis=1)
    pairs, corners = pairs[wanted], np.array(net.ridge_vertices, dtype=np.int64)[wanted]
    ends = _join_near(net.vertices, corners)[corners]
    paths = _bend_borders(net.points[pairs], ends, np.logical_and(*ours[pairs.T]), coast=land.coast, key=key)
    placed = np.rint(_bend_land(paths.reshape(-1, 2), land)).reshape(paths.shape)
    return _rings(net.points[pairs], pairs, ends, paths=placed, ours=ours)[: len(land.points)]


def _join_near(vertices: Floats, borders: Whole) -> Floats:
    """Put corners that are a few steps apart in one place: in whole metres such a border could cross another."""
    one, two = borders[np.hypot(*(vertices[borders[:, 0]] - vertices[borders[:, 1]]).T) < _SHORTEST_METRES].T
    links = csr_matrix((np.ones(one.size), (one, two)), shape=(len(vertices), len(vertices)))
    group = connected_components(links, directed=False)[1]
    first = np.unique(group, return_index=True)[1]
    joined: Floats = vertices[first[group]]
    return joined


def _mirrored(land: Land) -> list[Floats]:
    west, south, east, north = land.frame
    x, y = land.points.T
    sides = ((2 * west - x, y), (2 * east - x, y), (x, 2 * south - y), (x, 2 * north - y))
    return [np.column_stack(side) for side in sides]


def _bend_borders(
    points: Floats, ends: Floats, inner: npt.NDArray[np.bool_], *, coast: float, key: np.uint64
) -> Floats:
    """Give each border as five points: both ends, and three between that leave the straight line."""
    one, two, start, end = points[:, 0], points[:, 1], ends[:, 0], ends[:, 1]
    reach = np.hypot(*(two - one).T)
    across = (two - one) / reach[:, None]
    free = np.minimum(reach / 2, np.hypot(*(end - start).T))
    keys = dice.numbered(np.full(len(points), key), np.arange(len(points)))
    bend = np.where(inner, _BEND["inner"], _BEND["coast"])

    def push(where: str, part: float) -> Floats:
        far = (2 * dice.uniform(keys, where) - 1) * bend * free * part
        step: Floats = across * np.clip(far, -coast * part, coast * part)[:, None]
        return step

    middle = (start + end) / 2 + push("middle", 1.0)
    first, last = (start + middle) / 2 + push("first", 0.5), (middle + end) / 2 + push("last", 0.5)
    return np.stack([start, first, middle, last, end], axis=1)


def _bend_land(points: Floats, land: Land) -> Floats:
    """Round the corners of a land's frame and let it wave; every step can be undone, so nothing folds over."""
    west, south, east, north = land.whole
    middle, half = (
        np.array([(west + east) / 2, (south + north) / 2]),
        np.array([(east - west) / 2, (north - south) / 2]),
    )
    x, y = ((points - middle) / half).T
    x, y = x * np.sqrt(1 - _ROUNDING * y**2 / 2), y * np.sqrt(1 - _ROUNDING * x**2 / 2)
    (high, often), (wide, seldom) = _WAVES
    # In terms of the shorter side, so that a long land is not torn aslant.
    high, wide = high * half.min() / half[0], wide * half.min() / half[1]
    x = x + high * np.sin(np.pi * often * y + land.phase)
    y = y + wide * np.sin(np.pi * seldom * x + land.phase + 1.0)
    bent: Floats = middle + half * np.column_stack([x, y])
    return bent


def _rings(points: Floats, pairs: Whole, ends: Floats, *, paths: Floats, ours: npt.NDArray[np.bool_]) -> Polygons:
    """Join borders to one ring round each point; a cell is convex before it is bent, so their angle is their order."""
    cell = pairs.T.reshape(-1)
    start, end = (np.tile(ends[:, side], (2, 1)) - points.transpose(1, 0, 2).reshape(-1, 2) for side in (0, 1))
    forward = start[:, 0] * end[:, 1] > start[:, 1] * end[:, 0]
    # Each border without its last point, which is the first one of the next.
    steps = np.where(forward[:, None, None], np.tile(paths, (2, 1, 1)), np.tile(paths[:, ::-1], (2, 1, 1)))[:, :-1]
    between = start + end
    order = np.lexsort((np.arctan2(between[:, 1], between[:, 0]), cell))
    order = order[ours[cell[order]]]
    corners, owner = steps[order].reshape(-1, 2), np.repeat(cell[order], steps.shape[1])
    new = np.r_[True, (owner[1:] != owner[:-1]) | (corners[1:] != corners[:-1]).any(axis=1)]
    polygons = np.full(len(ours), None, dtype=object)
    known, rings = np.unique(owner[new], return_inverse=True)
    polygons[known] = shapely.polygons(shapely.linearrings(corners[new], indices=rings))
    return polygons
