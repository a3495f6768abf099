"""Makes the borders of neighbours the same border: no overlap, no sliver between them."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt
import shapely

from locality.areas.ground import Floats
from locality.areas.shapes.polygons import Polygons, Shapes, polygon_parts
from locality.foundations import ResultRefused

_ROUNDS = 6
_FINEST = 0.001


@dataclass(frozen=True)
class Overlap:
    """Two zones that both claim the same ground in a file.

    Args:
        first: Code of one zone.
        second: Code of the other.
        square_metres: How much they both claim.
    """

    first: str
    second: str
    square_metres: float


@dataclass(frozen=True)
class Matched:
    """Shapes whose borders match, and what did not match before.

    Args:
        shapes: Polygons whose corners lie on a grid. Neighbours share the very corners of their border; no two
            overlap.
        step: Metres between the lines of the grid.
        overlaps: Where zones overlapped before, the largest first.
        gap_square_metres: Ground in narrow gaps between zones before, which went to a neighbour.
        unmatched: Zones whose borders did not match those of a neighbour before.
    """

    shapes: Shapes
    step: float
    overlaps: tuple[Overlap, ...] = ()
    gap_square_metres: float = 0.0
    unmatched: tuple[str, ...] = ()


def match_borders(shapes: Shapes, *, step: float = 0.1, gap_width: float = 2.0) -> Matched:
    """Make the borders of neighbours the same.

    Args:
        shapes: Zones with valid polygons in metres.
        step: Metres between the lines of the grid to which every corner moves; corners that were nearly the same
            become the same. A finer one is used where zones are too small or too narrow for it.
        gap_width: Metres; gaps narrower than this are closed. Wider ones may be water, and stay.

    Returns:
        Shapes that match, on the grid that was used. Each zone keeps a polygon.

    Raises:
        ResultRefused: The polygons are too tangled for it.
    """
    bad = shapely.coverage_invalid_edges(shapes.polygons)
    unmatched = np.flatnonzero(~shapely.is_empty(bad))
    overlaps = _overlaps(shapes, unmatched)
    while step >= _FINEST:
        made = _on_grid(shapes.polygons, step, gap_width)
        if made is not None:
            gained = shapely.area(made).sum() - shapely.area(shapes.polygons).sum()
            gaps = gained + sum(each.square_metres for each in overlaps) if len(unmatched) else 0.0
            named = tuple(shapes.zones[number] for number in unmatched)
            return Matched(replace(shapes, polygons=made), step, overlaps, max(0.0, float(gaps)), named)
        step /= 10
    raise ResultRefused(
        "The borders of these shapes cannot be made to match.",
        "Use another edition of the file, such as a generalised one.",
    )


def _on_grid(polygons: Polygons, step: float, gap_width: float) -> Polygons | None:
    """Move corners to the grid and clean what then no longer matches, until it does; None: it will not."""
    made, clean = polygons, False
    for _ in range(_ROUNDS):
        made = _valid(np.asarray(shapely.transform(made, lambda places: _round(places, step)), dtype=object))
        if (shapely.area(made) <= 0).any():
            return None
        if shapely.coverage_is_valid(made) and _is_on_grid(made, step):
            return made
        # Gaps are closed once: later rounds only mend what rounding did.
        width = 0.0 if clean else gap_width
        made = shapely.coverage_clean(made, gap_width=width, snapping_distance=step / 2)  # type: ignore[attr-defined]
        made, clean = np.array([polygon_parts(each) for each in made], dtype=object), True
    return None


def _round(places: Floats, step: float) -> Floats:
    return np.asarray(np.round(places / step) * step)


def _is_on_grid(polygons: Polygons, step: float) -> bool:
    places = shapely.get_coordinates(polygons)
    return bool(np.allclose(places, _round(places, step), rtol=0, atol=step / 1000))


def _valid(polygons: Polygons) -> Polygons:
    for number in np.flatnonzero(~shapely.is_valid(polygons)):
        mended = shapely.make_valid(polygons[number], method="structure", keep_collapsed=False)
        polygons[number] = polygon_parts(mended)
    return polygons


def _overlaps(shapes: Shapes, among: npt.NDArray[np.intp]) -> tuple[Overlap, ...]:
    """Find who overlaps whom among zones whose borders do not match."""
    polygons = shapes.polygons[among]
    first, second = shapely.STRtree(polygons).query(polygons, predicate="intersects")
    pairs = first < second
    shared = shapely.area(shapely.intersection(polygons[first[pairs]], polygons[second[pairs]]))
    found = [
        Overlap(shapes.zones[among[one]], shapes.zones[among[two]], float(area))
        for one, two, area in zip(first[pairs], second[pairs], shared, strict=True)
        if area > 0
    ]
    return tuple(sorted(found, key=lambda each: (-each.square_metres, each.first, each.second)))
