"""A circle on the map of which somebody wants to hear, and the zones of today that it touches."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from shapely.geometry import MultiPolygon, Point, Polygon
from shapely.geometry.base import BaseGeometry
from shapely.strtree import STRtree

from locality_web.areas.shape_map import DrawnArea, drawn_zones
from locality_web.core.languages import tell
from locality_web.core.models import Partnership
from locality_web.voice.conversations.marking import PickMap, grid_of
from locality_web.voice.conversations.marks import read_marks
from locality_web.voice.conversations.near import middles, nearest

WIDTHS = {500: "500 metres", 1000: "1 kilometre", 2000: "2 kilometres", 5000: "5 kilometres", 10000: "10 kilometres"}
"""How far around a place somebody may want to hear: own choice of the founders, 2026-11, from a street to a strath."""
USUAL = 1000


@dataclass(frozen=True)
class Circle:
    """A place in longitude and latitude, and how many metres around it."""

    longitude: float
    latitude: float
    metres: int

    @classmethod
    def of(cls, longitude: float | None, latitude: float | None, metres: int) -> Circle | None:
        """Give a circle; None: no place was marked."""
        return None if longitude is None or latitude is None else cls(longitude, latitude, metres or USUAL)


class ZonesOfToday(dict[str, int]):
    """The key of the locality of each zone today; the map is read when a circle is first asked for."""

    def __init__(self, partnership: Partnership, known: dict[str, int]):
        super().__init__(known)
        self.partnership = partnership
        self._known: dict[Circle, set[str]] = {}

    def within(self, circle: Circle) -> set[str]:
        """Give the zones that a circle touches; at least the one that is nearest."""
        if circle not in self._known:
            self._known[circle] = set(self._within(circle))
        return self._known[circle]

    def _within(self, circle: Circle) -> Iterable[str]:
        here = Point(grid_of(circle.longitude, circle.latitude))
        codes, tree = self._ground
        found = [codes[at] for at in tree.query(here, predicate="dwithin", distance=circle.metres)] if codes else []
        if found:
            return found
        near = nearest(middles(self.partnership), here.x, here.y)
        return [near.zone] if near else []

    @cached_property
    def _ground(self) -> tuple[list[str], STRtree]:
        """Give the zones with their outlines; with their middles where no shapes were loaded."""
        drawn = drawn_zones(self.partnership, sorted(self)).areas
        shapes: dict[str, BaseGeometry] = {zone: _outline(area) for zone, area in drawn.items()}
        shapes = shapes or {each.zone: Point(each.east, each.north) for each in middles(self.partnership)}
        return list(shapes), STRtree(list(shapes.values()))


def _outline(area: DrawnArea) -> MultiPolygon:
    # A hole counts as part of it: whoever lives in one is surrounded by it.
    return MultiPolygon([Polygon(ring) for ring in area.rings if len(ring) > 3])


def say_circle(partnership: Partnership, circle: Circle) -> str:
    """Say where a circle is: "1 kilometre around a place near Methil East, Levenmouth"."""
    distance = tell(WIDTHS.get(circle.metres, f"{circle.metres:,} metres"))
    found = nearest(middles(partnership), *grid_of(circle.longitude, circle.latitude))
    if found is None:
        return tell("{distance} around a place on the map", distance=distance)
    return tell("{distance} around a place near {place}", distance=distance, place=found.said)


def circle_of(text: str, around: str, drawn: PickMap | None = None) -> Circle | None:
    """Read a circle as forms and addresses carry it; None: no place is marked.

    Args:
        text: The mark.
        around: Metres; what is no width that can be chosen becomes the usual one.
        drawn: The map, for a point of its picture.
    """
    marks = read_marks(text, drawn)
    metres = int(around) if around.isdecimal() and int(around) in WIDTHS else USUAL
    return Circle(*marks[0], metres) if marks else None
