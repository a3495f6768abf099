"""Simplifies all zones together, so that no border is simplified twice in two ways."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

import numpy as np
import shapely

from locality.areas.shapes.matching import Matched, match_borders
from locality.areas.shapes.polygons import Shapes
from locality.areas.shapes.topology import Topology, as_topology, topology_bytes
from locality.foundations import ResultRefused

_TRIES = 7
_NEAR = 0.85  # of the bytes that may be used: good enough to stop looking


@dataclass(frozen=True)
class Simplified:
    """Shapes that were simplified together.

    Args:
        shapes: Neighbours share the very corners of their border, and no two overlap.
        matched: What was done to make borders match before, and what did not match.
        tolerance: Metres: corners fell away while the triangle that each makes with those beside it was smaller than
            this, squared. 0: nothing was simplified.
        step: Metres between the lines of the grid of all corners.
        topology: The same shapes with every border once.
        content: The topology as it is kept and sent.
    """

    shapes: Shapes
    matched: Matched
    tolerance: float
    step: float
    topology: Topology
    content: bytes


def simplify_together(
    shapes: Shapes, *, tolerance: float | None = None, target_bytes: int | None = None, step: float = 1.0
) -> Simplified:
    """Simplify zones so that borders stay shared and no zone is lost.

    Args:
        shapes: Zones with valid polygons.
        tolerance: Metres; larger is coarser. Not given: the finest that keeps to `target_bytes`.
        target_bytes: The most that the compressed topology may take. Not given: any.
        step: Metres between the lines of the grid to which corners are moved first, so that borders that are nearly
            shared are shared.

    Returns:
        The simplified shapes: no two overlap, each border is simplified once, and every zone keeps a polygon.

    Raises:
        ResultRefused: The borders cannot be made to match, or no simplification keeps to the bytes.
    """
    matched = match_borders(shapes, step=step)
    tried = _Tries(matched)
    if tolerance is not None or target_bytes is None:
        return tried.at(tolerance or 0.0)
    return _within(tried, target_bytes)


class _Tries:
    """Simplifies the same shapes with one tolerance after the other."""

    def __init__(self, matched: Matched):
        self.matched = matched

    def at(self, tolerance: float) -> Simplified:
        """Simplify with one tolerance."""
        whole = self.matched.shapes
        made = shapely.coverage_simplify(whole.polygons, tolerance) if tolerance > 0 else whole.polygons
        shapes = replace(whole, polygons=np.asarray(made, dtype=object))
        topology = as_topology(shapes, step=self.matched.step)
        return Simplified(shapes, self.matched, tolerance, self.matched.step, topology, topology_bytes(topology))


def _within(tried: _Tries, most: int) -> Simplified:
    """Find the finest tolerance within the bytes, nearly; sizes fall steadily as the tolerance grows."""
    whole = tried.at(0.0)
    if len(whole.content) <= most:
        return whole
    fine, coarse, best = 1.0, math.sqrt(float(shapely.area(whole.shapes.polygons).max())), None
    for _ in range(_TRIES):
        middle = math.sqrt(fine * coarse)
        found = tried.at(round(middle, 1))
        if len(found.content) > most:
            fine = middle
            continue
        best, coarse = found, middle
        if len(found.content) >= _NEAR * most:
            break
    best = best or _coarsest(tried, coarse, most)
    return best


def _coarsest(tried: _Tries, coarse: float, most: int) -> Simplified:
    found = tried.at(round(coarse, 1))
    if len(found.content) > most:
        what = (
            f"These {len(found.shapes):,} zones take {len(found.content):,} bytes at the least; {most:,} are allowed."
        )
        raise ResultRefused(what, "Load the zones of the partnership alone, or allow more.")
    return found
