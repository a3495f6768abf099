"""The polygons of all zones as one list of numbered corners, so that equal corners can be found at once."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import shapely

from locality.areas.ground import Floats, Ints
from locality.areas.shapes.features import object_array
from locality.areas.shapes.polygons import Polygons

_HALF = 2**31  # of the bits of a corner's key: one half is for east, one for north


@dataclass(frozen=True)
class Corners:
    """Corners of all rings one after the other; a ring's last corner is not its first one again.

    Args:
        corner: Number of each corner; equal positions have equal numbers.
        position: Whole steps east and north of the origin of each number. Shape (numbers, 2).
        origin: Easting and northing in metres from which steps are counted.
        step: Metres of one step.
        starts: Where each ring begins, and at the end how many corners there are.
        zone: The zone of each ring.
        polygon: The polygon of each ring, counted through all zones.
    """

    corner: Ints
    position: Ints
    origin: Floats
    step: float
    starts: Ints
    zone: Ints
    polygon: Ints

    @property
    def rings(self) -> int:
        """Count the rings."""
        return len(self.zone)

    def of_ring(self, ring: int) -> Ints:
        """Give the corners of one ring."""
        return self.corner[self.starts[ring] : self.starts[ring + 1]]

    def ring_of_corner(self) -> Ints:
        """Give the ring of each corner in the list."""
        return np.repeat(np.arange(self.rings), np.diff(self.starts))

    def following(self) -> Ints:
        """Give the corner that follows each one in its ring."""
        found = np.roll(self.corner, -1)
        found[self.starts[1:] - 1] = self.corner[self.starts[:-1]]
        return found

    def preceding(self) -> Ints:
        """Give the corner before each one in its ring."""
        found = np.roll(self.corner, 1)
        found[self.starts[:-1]] = self.corner[self.starts[1:] - 1]
        return found


def number_corners(polygons: Polygons, step: float) -> Corners:
    """Number the corners of all rings, on a grid.

    Args:
        polygons: Polygons and multipolygons in metres.
        step: Metres between the lines of the grid.

    Returns:
        The corners; the inside of a zone is always on the left of its rings. Rings with fewer than three corners on
        the grid are left out.
    """
    turned = shapely.orient_polygons(polygons)
    # All as multipolygons, so that there is one layout of the arrays.
    whole = object_array([*turned, shapely.MultiPolygon([shapely.box(0, 0, 1, 1)])])
    _, places, (to_ring, to_polygon, to_zone) = shapely.to_ragged_array(whole)
    places, to_ring = places[:-5], to_ring[:-1]
    counts = np.diff(to_polygon)[:-1]
    polygon = np.repeat(np.arange(len(counts)), counts)
    zone = np.repeat(np.arange(len(polygons)), np.diff(to_zone)[:-1])[polygon]
    origin = np.floor(places.min(axis=0) / step) * step
    steps = np.rint((places - origin) / step).astype(np.int64)
    keys, numbers = np.unique(steps[:, 0] * _HALF + steps[:, 1], return_inverse=True)
    position = np.column_stack([keys // _HALF, keys % _HALF])
    return _without_repeats(
        numbers.astype(np.int64), to_ring.astype(np.int64), (zone, polygon), (position, origin, step)
    )


def _without_repeats(
    numbers: Ints, to_ring: Ints, of_ring: tuple[Ints, Ints], grid: tuple[Ints, Floats, float]
) -> Corners:
    """Take away the closing corner of each ring, and corners that fell together on the grid."""
    ring = np.repeat(np.arange(len(to_ring) - 1), np.diff(to_ring))
    same = np.zeros(len(numbers), dtype=bool)
    same[1:] = (numbers[1:] == numbers[:-1]) & (ring[1:] == ring[:-1])
    same[to_ring[1:] - 1] = True  # closing corner: every ring of shapely has one
    left = np.bincount(ring[~same], minlength=len(to_ring) - 1)
    kept = ~same & (left >= 3)[ring]
    zone, polygon = (each[left >= 3] for each in of_ring)
    starts = np.concatenate([[0], np.cumsum(left[left >= 3])])
    position, origin, step = grid
    return Corners(numbers[kept], position, origin, step, starts, zone, polygon)
