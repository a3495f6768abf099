"""Borders as arcs: each stretch of border between two zones once, whoever it belongs to."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from locality.areas.ground import Floats, Ints
from locality.areas.shapes.corners import Corners, number_corners
from locality.areas.shapes.polygons import Polygons

NOBODY = -1
"""Stands for what lies outside all zones."""


@dataclass(frozen=True)
class Arcs:
    """All borders, and which of them lie round which zone.

    Args:
        corners: The numbered corners on which they stand.
        lines: Corner numbers along each arc, both ends included; a ring by itself ends where it begins.
        left: The zone on the left of each arc; `NOBODY`: none.
        right: The zone on its right.
        rings: The arcs of each ring in their order; ~arc (negative) where it runs against the arc.
    """

    corners: Corners
    lines: list[Ints]
    left: Ints
    right: Ints
    rings: list[list[int]]

    def metres(self) -> Floats:
        """Give the length of each arc."""
        places = self.corners.position * self.corners.step
        return np.array([np.hypot(*np.diff(places[line], axis=0).T).sum() for line in self.lines])


def cut_arcs(polygons: Polygons, step: float) -> Arcs:
    """Cut the polygons of zones into arcs.

    Args:
        polygons: Polygons and multipolygons in metres whose shared borders have the same corners.
        step: Metres between the lines of the grid to which corners are moved.

    Returns:
        Arcs that lie between the same two zones from end to end, each once.
    """
    corners = number_corners(polygons, step)
    cutter = _Cutter(meetings(corners))
    rings = [cutter.cut(corners.of_ring(ring), int(corners.zone[ring])) for ring in range(corners.rings)]
    sides = np.array(cutter.sides, dtype=np.int64).reshape(len(cutter.lines), 2)
    return Arcs(corners, cutter.lines, sides[:, 0], sides[:, 1], rings)


def meetings(corners: Corners) -> npt.NDArray[np.bool_]:
    """Say for each corner number whether borders part there: rings that pass it have other corners beside it."""
    before, after = corners.preceding(), corners.following()
    order = np.argsort(corners.corner, kind="stable")
    number = corners.corner[order]
    low, high = np.minimum(before, after)[order], np.maximum(before, after)[order]
    differs = (number[1:] == number[:-1]) & ((low[1:] != low[:-1]) | (high[1:] != high[:-1]))
    found = np.zeros(len(corners.position), dtype=bool)
    found[number[1:][differs]] = True
    return found


class _Cutter:
    """Cuts rings where borders part, and keeps each arc once."""

    def __init__(self, meeting: npt.NDArray[np.bool_]):
        self.meeting = meeting
        self.known: dict[bytes, int] = {}
        self.lines: list[Ints] = []
        self.sides: list[list[int]] = []

    def cut(self, ring: Ints, zone: int) -> list[int]:
        """Give the arcs of a ring."""
        cuts = np.flatnonzero(self.meeting[ring])
        first = int(cuts[0]) if len(cuts) else int(np.argmin(ring))
        turned = np.concatenate([ring[first:], ring[: first + 1]])
        ends = [*(cuts - first).tolist(), len(ring)] if len(cuts) else [0, len(ring)]
        return [self._keep(turned[start : end + 1], zone) for start, end in pairwise(ends)]

    def _keep(self, line: Ints, zone: int) -> int:
        own, turned = line.tobytes(), line[::-1].tobytes()
        if turned in self.known and own != turned:
            number = self.known[turned]
            self.sides[number][1] = zone
            return ~number
        number = self.known.setdefault(own, len(self.lines))
        if number == len(self.lines):
            self.lines.append(line)
            self.sides.append([zone, NOBODY])
        return number
