"""What a file of zone shapes gives once it is read: codes, names and polygons in metres of the national grid."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt
import shapely

from locality.areas.ground import Floats

Polygons = npt.NDArray[np.object_]
"""Polygons or multipolygons of shapely, one for each zone."""


@dataclass(frozen=True)
class Repair:
    """A polygon that was not valid and was put right.

    Args:
        zone: The zone's code.
        was: What was wrong with its polygon, and where.
        square_metres: By how much its area changed.
    """

    zone: str
    was: str
    square_metres: float

    def __str__(self) -> str:
        """Say it in one sentence."""
        return f"{self.zone}: {self.was}; repaired, its area changed by {abs(self.square_metres):,.0f} square metres"


@dataclass(frozen=True)
class Shapes:
    """Zones with their polygons.

    Args:
        zones: Code of each zone, in ascending order; each once.
        names: Name of each zone; its code where the file has no names.
        polygons: Valid polygon or multipolygon of each zone, in metres of the British National Grid (EPSG:27700).
        system: The coordinate system of the file, like "EPSG:4326".
        repairs: The polygons that were repaired when they were read.
        left_out: How many zones of the file were left out because they are not the partnership's.
    """

    zones: tuple[str, ...]
    names: tuple[str, ...]
    polygons: Polygons
    system: str = "EPSG:27700"
    repairs: tuple[Repair, ...] = ()
    left_out: int = 0

    def __len__(self) -> int:
        """Count the zones."""
        return len(self.zones)


@dataclass(frozen=True)
class ShapeMeasures:
    """What can be measured on the polygons of zones.

    Args:
        area: Square metres of each zone.
        perimeter: Metres round each zone, round its holes too.
        points: Easting and northing of a point inside each zone. Shape (zones, 2).
    """

    area: Floats
    perimeter: Floats
    points: Floats


def measure_shapes(shapes: Shapes) -> ShapeMeasures:
    """Give area, perimeter and a point inside of every zone, in the order of the zones."""
    inside = shapely.point_on_surface(shapes.polygons)
    return ShapeMeasures(
        area=np.asarray(shapely.area(shapes.polygons), dtype=np.float64),
        perimeter=np.asarray(shapely.length(shapes.polygons), dtype=np.float64),
        points=np.asarray(shapely.get_coordinates(inside), dtype=np.float64).reshape(len(shapes), 2),
    )


def take_shapes(shapes: Shapes, zones: Iterable[str]) -> Shapes:
    """Give the shapes of some zones.

    Args:
        shapes: Zones with their polygons.
        zones: Codes of the zones wanted; codes that have no shape are passed over.

    Returns:
        The same shapes without the others, in order of code, with the repairs of those zones alone.
    """
    wanted = set(zones)
    kept = [number for number, zone in enumerate(shapes.zones) if zone in wanted]
    return replace(
        shapes,
        zones=tuple(shapes.zones[number] for number in kept),
        names=tuple(shapes.names[number] for number in kept),
        polygons=shapes.polygons[kept],
        repairs=tuple(repair for repair in shapes.repairs if repair.zone in wanted),
    )


def polygon_parts(polygon: shapely.Geometry | None) -> shapely.Geometry:
    """Give the polygons of any geometry as one polygon or multipolygon; lines and points fall away."""
    parts = [each for each in _single(polygon) if isinstance(each, shapely.Polygon) and not each.is_empty]
    return parts[0] if len(parts) == 1 else shapely.MultiPolygon(parts)


def _single(polygon: shapely.Geometry | None) -> list[shapely.Geometry]:
    if polygon is None:
        return []
    if not isinstance(polygon, shapely.geometry.base.BaseMultipartGeometry):
        return [polygon]
    return [single for part in polygon.geoms for single in _single(part)]
