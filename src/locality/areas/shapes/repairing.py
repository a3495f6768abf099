"""Invalid polygons, put right: a polygon that crosses itself, or a hole that is not inside."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import shapely

from locality.areas.shapes.polygons import Polygons, Repair, polygon_parts

_WORDS = {
    "Ring Self-intersection": "its shape touches itself",
    "Self-intersection": "its shape crosses itself",
    "Holes are nested": "one of its holes lies inside another",
    "Hole lies outside shell": "one of its holes lies outside it",
    "Nested shells": "one of its parts lies inside another",
    "Interior is disconnected": "its holes cut it apart",
    "Duplicate Rings": "one of its rings is there twice",
}


def repair_polygons(zones: Sequence[str], polygons: Polygons) -> tuple[Polygons, tuple[Repair, ...], list[str]]:
    """Put invalid polygons right.

    Args:
        zones: Code of each zone.
        polygons: Polygons or multipolygons, valid or not.

    Returns:
        Valid polygons, of which the valid ones are unchanged; what was repaired; and the zones of which no area is
        left at all.
    """
    mended = np.array(polygons, dtype=object)
    repairs = []
    for number in np.flatnonzero(~shapely.is_valid(polygons)).tolist():
        before = polygons[number]
        mended[number] = _repair(before)
        change = float(shapely.area(mended[number]) - shapely.area(before))
        repairs.append(Repair(zones[number], _say(shapely.is_valid_reason(before)), change))
    lost = [zones[number] for number in np.flatnonzero(shapely.area(mended) <= 0).tolist()]
    return mended, tuple(repairs), lost


def _repair(polygon: shapely.Geometry) -> shapely.Geometry:
    """Keep what the rings enclose; what they enclose twice is inside once."""
    return polygon_parts(shapely.make_valid(polygon, method="structure", keep_collapsed=False))


def _say(reason: str) -> str:
    """Say what was wrong, with the place in whole metres."""
    what, _, place = reason.partition("[")
    said = _WORDS.get(what.strip(), f"its shape is not valid ({what.strip().lower()})")
    numbers = place.rstrip("]").split()
    return f"{said} near {float(numbers[0]):.0f}, {float(numbers[1]):.0f}" if len(numbers) >= 2 else said
