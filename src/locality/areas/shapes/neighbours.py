"""Which zones touch, and along how many metres."""

from __future__ import annotations

import numpy as np
import shapely

from locality.areas.ground import Borders, Floats, Ints
from locality.areas.shapes.corners import Corners, number_corners
from locality.areas.shapes.matching import match_borders
from locality.areas.shapes.polygons import Shapes

_MILLIMETRE = 0.001


def neighbours_of_shapes(shapes: Shapes, *, at_a_point: bool = False) -> Borders:
    """Find which zones share a border.

    Args:
        shapes: Zones with their polygons; where borders do not match, they are matched first.
        at_a_point: Also give pairs that touch at single points alone; their border has 0 metres.

    Returns:
        Each pair once, in order of first and second zone (numbers in the order of `shapes.zones`, first < second),
        with the metres of shared border; none is a crossing. The same pairs whatever the order of the file.
    """
    polygons = shapes.polygons if shapely.coverage_is_valid(shapes.polygons) else match_borders(shapes).shapes.polygons
    corners = number_corners(polygons, _MILLIMETRE)
    count = len(shapes)
    pairs, metres = _shared_borders(corners, count)
    if at_a_point:
        touching = np.setdiff1d(_shared_corners(corners, count), pairs)
        pairs, metres = np.concatenate([pairs, touching]), np.concatenate([metres, np.zeros(len(touching))])
    order = np.argsort(pairs)
    pairs = pairs[order]
    return Borders(pairs // count, pairs % count, metres[order], np.zeros(len(pairs), dtype=bool))


def _shared_borders(corners: Corners, count: int) -> tuple[Ints, Floats]:
    """Give pairs of zones as one number each, with the metres of the edges that both have."""
    ends = np.sort(np.column_stack([corners.corner, corners.following()]), axis=1)
    zone = corners.zone[corners.ring_of_corner()]
    order = np.lexsort((zone, ends[:, 1], ends[:, 0]))
    ends, zone = ends[order], zone[order]
    shared = (ends[1:] == ends[:-1]).all(axis=1) & (zone[1:] != zone[:-1])
    edges = ends[1:][shared]
    lengths = np.hypot(*((corners.position[edges[:, 0]] - corners.position[edges[:, 1]]) * corners.step).T)
    pairs, which = np.unique(zone[:-1][shared] * count + zone[1:][shared], return_inverse=True)
    return np.asarray(pairs, np.int64), np.bincount(which, weights=lengths, minlength=len(pairs)).astype(np.float64)


def _shared_corners(corners: Corners, count: int) -> Ints:
    """Give pairs of zones that have a corner in common."""
    zone = corners.zone[corners.ring_of_corner()]
    keys = np.unique(corners.corner * count + zone)
    corner, own = keys // count, keys % count
    found, apart = [np.zeros(0, dtype=np.int64)], 1
    while (same := corner[apart:] == corner[:-apart]).any():
        found.append(np.unique(own[:-apart][same] * count + own[apart:][same]))
        apart += 1
    return np.unique(np.concatenate(found))
