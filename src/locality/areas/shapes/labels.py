"""Where the name or number of an area stands on a map."""

from __future__ import annotations

from collections.abc import Sequence

import shapely

from locality.areas.shapes.topology import Ring

_SHARE = 0.02  # of the area's width: nobody sees a label that is that far from the very best place


def label_point(rings: Sequence[Ring]) -> tuple[float, float]:
    """Give the point of an area that is farthest from its edge, in its largest part.

    Args:
        rings: The rings of the area, as `rings_of` gives them.

    Returns:
        Easting and northing; inside the area.
    """
    whole = shapely.build_area(shapely.MultiLineString([list(ring) for ring in rings]))
    largest = max(shapely.get_parts(whole), key=lambda part: float(shapely.area(part)))
    west, south, east, north = largest.bounds
    tolerance = max(min(east - west, north - south) * _SHARE, 0.01)
    circle = shapely.maximum_inscribed_circle(largest, tolerance=tolerance)
    (x, y), *_ = circle.coords
    return float(x), float(y)
