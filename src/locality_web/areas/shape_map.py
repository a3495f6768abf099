"""Maps of localities and of zones, drawn on the server from the shapes that were loaded."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from locality.areas.shapes import Topology, label_point, rings_of, zones_of_topology
from locality_web.areas.boundary_ground import in_force
from locality_web.areas.shape_models import ZoneShapes
from locality_web.areas.shape_queries import newest_shapes, topology_of
from locality_web.core.maps import Map, MapPlace, Point, Ring, draw_map
from locality_web.core.models import Partnership
from locality_web.core.remembered import Memory

# A drawing is 360 wide: places nearer to each other than half of one are one place.
_PARTS = 720


@dataclass(frozen=True)
class DrawnArea:
    """What is drawn of an area: its rings and where its number stands, in metres of the national grid."""

    rings: tuple[Ring, ...]
    label: Point


@dataclass(frozen=True)
class DrawnAreas:
    """What is drawn of several areas, by code, and the line that stands beneath every map of them."""

    areas: Mapping[str, DrawnArea]
    attribution: str = ""


_NONE = DrawnAreas({})


def drawn_localities(partnership: Partnership, memory: Memory) -> DrawnAreas:
    """Give the shape of each locality of today; none where not all zones have shapes."""

    def read() -> DrawnAreas:
        shapes = newest_shapes(partnership)
        return _shapes(shapes, in_force(partnership, memory).zones) if shapes else _NONE

    return memory.read(("areas.shapes",), ("areas",), read)


def drawn_zones(partnership: Partnership, zones: Iterable[str]) -> DrawnAreas:
    """Give the shape of each of some zones; none where one of them has none."""
    shapes = newest_shapes(partnership)
    # One question to the database: the newest shapes, which do not change. What is made of them is remembered.
    return _drawn_zones(shapes, shapes.sha256, tuple(zones)) if shapes else _NONE


@lru_cache(maxsize=64)
def _drawn_zones(shapes: ZoneShapes, sha256: str, zones: tuple[str, ...]) -> DrawnAreas:
    return _shapes(shapes, {zone: zone for zone in zones})


def _shapes(shapes: ZoneShapes, areas: Mapping[str, str]) -> DrawnAreas:
    found = areas_for_map(topology_of(shapes), areas) if areas else {}
    return DrawnAreas(found, shapes.attribution) if found else _NONE


def areas_for_map(topology: Topology, areas: Mapping[str, str]) -> dict[str, DrawnArea]:
    """Give what is drawn of areas.

    Args:
        topology: The shapes of zones.
        areas: The area of each zone by its code; zones that are not here are left out.

    Returns:
        The shape of each area; none where a zone has no shape, for a map with a hole would be wrong.
    """
    there = zones_of_topology(topology)
    if not set(areas) <= set(there):
        return {}
    found = rings_of(topology, [areas.get(zone, "") for zone in there])
    step = _step([ring for rings in found.values() for ring in rings])
    return {area: DrawnArea(tuple(_thinned(rings, step)), label_point(rings)) for area, rings in found.items()}


def _step(rings: Sequence[Ring]) -> float:
    """Give the metres of the smallest step that is seen, on a drawing that all of these fill."""
    xs, ys = [x for ring in rings for x, _ in ring], [y for ring in rings for _, y in ring]
    return max(max(xs) - min(xs), max(ys) - min(ys), 1.0) / _PARTS


def _thinned(rings: Sequence[Ring], step: float) -> list[Ring]:
    """Move places to a grid that is finer than what is seen, and leave out what then repeats.

    Neighbours move alike, so no gap opens. Islands of which nothing is left are dropped, unless nothing else is.
    """
    moved = [[(round(x / step) * step, round(y / step) * step) for x, y in ring] for ring in rings]
    shorter = [[place for place, before in zip(ring, [None, *ring], strict=False) if place != before] for ring in moved]
    kept: list[Ring] = [ring for ring in shorter if len(set(ring)) > 2]
    return kept or [max(rings, key=len)]


def map_of_localities(title: str, names: Mapping[str, tuple[str, str]], shapes: DrawnAreas) -> Map | None:
    """Draw localities, each with its number and its border, and list them; None: not all have a shape.

    Args:
        title: What the map shows.
        names: Name and address of each locality by its code, in the order of the list.
        shapes: The shape of each by its code.
    """
    drawn = shapes.areas
    if not names or not set(names) <= set(drawn):
        return None
    places = [
        MapPlace(name, rings=drawn[code].rings, point=drawn[code].label, address=address)
        for code, (name, address) in names.items()
    ]
    return draw_map(title, places, of="Locality")


def places_of_zones(zones: Mapping[str, tuple[str, float | None]], shapes: DrawnAreas) -> list[MapPlace]:
    """Give zones with their shapes; none where one of them has no shape.

    Args:
        zones: Name and residents of each zone by its code, in the order of the list.
        shapes: The shape of each by its code.
    """
    drawn = shapes.areas
    if not zones or not set(zones) <= set(drawn):
        return []
    return [
        MapPlace(title, rings=drawn[zone].rings, point=drawn[zone].label, amount=people)
        for zone, (title, people) in zones.items()
    ]


def attribution_of(partnership: Partnership, memory: Memory) -> str:
    """Give the line that stands beneath every map; "": no shapes were loaded."""

    def read() -> str:
        shapes = newest_shapes(partnership)
        return shapes.attribution if shapes else ""

    return memory.read(("areas.attribution",), ("areas",), read)
