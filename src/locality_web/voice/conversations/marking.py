"""A map on which places can be marked, without JavaScript too: the picture sends the form with what was pressed.

The picture has one size, because a browser counts the place in the picture's own points. With JavaScript the same map
has a cross that arrow keys move. Nobody needs a pointer: a place can be written, or chosen in the list, and its middle
marked with a button.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.safestring import SafeString, mark_safe
from pyproj import Transformer

from locality_web.areas.shape_map import DrawnArea, drawn_localities
from locality_web.core.charts_svg import element
from locality_web.core.models import Partnership
from locality_web.core.remembered import Memory

WIDTH, _MARGIN, _TALLEST = 300, 8, 1.4
_EDGE = 1_000_000
"""Degrees are kept in millionths: a tenth of a metre."""


@dataclass(frozen=True)
class PickMap:
    """A map on which a place can be pressed.

    Args:
        areas: What is drawn, in metres of the national grid.
        attribution: The line beneath it.
        west: Its left edge.
        north: Its upper edge.
        metres: Metres of the ground in one point of the picture.
        height: Its height in points; its width is `WIDTH`.
    """

    areas: tuple[DrawnArea, ...]
    attribution: str
    west: float
    north: float
    metres: float
    height: int

    def place_at(self, x: int, y: int) -> tuple[float, float] | None:
        """Give longitude and latitude of a point of the picture; None: it is outside, or nobody pressed there.

        Enter in a line of the form sends the corner, since the picture is the form's first button: that is no place.
        """
        if not (0 <= x <= WIDTH and 0 <= y <= self.height) or (x, y) == (0, 0):
            return None
        return self.place_of_metres(self.west + (x - _MARGIN) * self.metres, self.north - (y - _MARGIN) * self.metres)

    def place_of_metres(self, east: float, north: float) -> tuple[float, float]:
        """Give longitude and latitude of a place in metres of the national grid."""
        longitude, latitude = _transform("EPSG:27700", "EPSG:4326", east, north)
        return round(longitude * _EDGE) / _EDGE, round(latitude * _EDGE) / _EDGE

    def metres_of(self, longitude: float, latitude: float) -> tuple[float, float]:
        """Give a place in metres of the national grid."""
        return grid_of(longitude, latitude)

    def point_of_metres(self, east: float, north: float) -> tuple[float, float]:
        """Give the point of the picture at which a place lies that is told in metres of the national grid."""
        return _MARGIN + (east - self.west) / self.metres, _MARGIN + (self.north - north) / self.metres

    def point_of(self, longitude: float, latitude: float) -> tuple[float, float]:
        """Give the point of the picture at which a place lies."""
        return self.point_of_metres(*self.metres_of(longitude, latitude))

    def draw(self, marks: Iterable[tuple[float, float]] = (), *, around: float = 0) -> SafeString:
        """Draw it as SVG, with numbered marks.

        Args:
            marks: Longitude and latitude of each.
            around: Metres of a circle that is drawn around each; 0: none.
        """
        parts = [
            element("path", d="".join(self._ring(ring) for ring in area.rings), fill="#d9e9f7", stroke="#00437a")
            for area in self.areas
        ]
        for number, mark in enumerate(marks, 1):
            x, y = (f"{each:.1f}" for each in self.point_of(*mark))
            if around:
                shape = {"fill": "#d32205", "fill_opacity": 0.2, "stroke": "#d32205"}
                parts.append(element("circle", cx=x, cy=y, r=f"{around / self.metres:.1f}", **shape))
            parts.append(element("circle", cx=x, cy=y, r=9, fill="#b01c04", stroke="#fff"))
            words = {"fill": "#fff", "font_size": 12, "font_family": "sans-serif", "text_anchor": "middle", "dy": 4}
            parts.append(element("text", str(number), x=x, y=y, **words))
        return mark_safe(  # noqa: S308  # numbers of our own only
            f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{self.height}" '
            f'viewBox="0 0 {WIDTH} {self.height}">{"".join(parts)}</svg>'
        )

    def _ring(self, ring: object) -> str:
        pairs = (self.point_of_metres(x, y) for x, y in ring)  # type: ignore[attr-defined]  # pairs of metres
        points = [f"{x:.1f} {y:.1f}" for x, y in pairs]
        return f"M{'L'.join(points)}Z"


def pick_map(partnership: Partnership, memory: Memory | None = None) -> PickMap | None:
    """Give the map of a partnership's localities; None: no shapes were loaded, and places are told in words."""
    drawn = drawn_localities(partnership, memory or Memory(partnership))
    points = [point for area in drawn.areas.values() for ring in area.rings for point in ring]
    if not points:
        return None
    xs, ys = [x for x, _ in points], [y for _, y in points]
    room = WIDTH - 2 * _MARGIN
    metres = max((max(xs) - min(xs)) / room, (max(ys) - min(ys)) / (room * _TALLEST), 1.0)
    height = round((max(ys) - min(ys)) / metres) + 2 * _MARGIN
    return PickMap(tuple(drawn.areas.values()), drawn.attribution, min(xs), max(ys), metres, height)


def grid_of(longitude: float, latitude: float) -> tuple[float, float]:
    """Give a place in metres of the national grid."""
    return _transform("EPSG:4326", "EPSG:27700", longitude, latitude)


def _transform(start: str, end: str, x: float, y: float) -> tuple[float, float]:
    longitude, latitude = Transformer.from_crs(start, end, always_xy=True).transform(x, y)
    return float(longitude), float(latitude)
