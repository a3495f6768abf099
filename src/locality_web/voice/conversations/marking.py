"""Mark a place on a map without JavaScript: the map is a picture that sends the form with the place that was pressed.

The picture has one size, because a browser counts the place in the picture's own points. Nobody needs it: a place can
be written, or chosen in the list.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.http import QueryDict
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
        east, north = self.west + (x - _MARGIN) * self.metres, self.north - (y - _MARGIN) * self.metres
        longitude, latitude = _transform("EPSG:27700", "EPSG:4326", east, north)
        return round(longitude * _EDGE) / _EDGE, round(latitude * _EDGE) / _EDGE

    def point_of(self, longitude: float, latitude: float) -> tuple[float, float]:
        """Give the point of the picture at which a place lies."""
        east, north = _transform("EPSG:4326", "EPSG:27700", longitude, latitude)
        return _MARGIN + (east - self.west) / self.metres, _MARGIN + (self.north - north) / self.metres

    def draw(self, mark: tuple[float, float] | None = None) -> SafeString:
        """Draw it as SVG, with the mark where there is one."""
        parts = [
            element("path", d="".join(self._ring(ring) for ring in area.rings), fill="#d9e9f7", stroke="#00437a")
            for area in self.areas
        ]
        if mark is not None:
            x, y = self.point_of(*mark)
            shape = {"cx": f"{x:.1f}", "cy": f"{y:.1f}", "r": 7, "fill": "#d32205", "stroke": "#fff"}
            parts.append(element("circle", **shape))
        return mark_safe(  # noqa: S308  # numbers of our own only
            f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{self.height}" '
            f'viewBox="0 0 {WIDTH} {self.height}">{"".join(parts)}</svg>'
        )

    def _ring(self, ring: object) -> str:
        points = [
            f"{_MARGIN + (x - self.west) / self.metres:.1f} {_MARGIN + (self.north - y) / self.metres:.1f}"
            for x, y in ring  # type: ignore[attr-defined]  # pairs of metres
        ]
        return f"M{'L'.join(points)}Z"


def pick_map(partnership: Partnership) -> PickMap | None:
    """Give the map of a partnership's localities; None: no shapes were loaded, and places are told in words."""
    drawn = drawn_localities(partnership, Memory(partnership))
    points = [point for area in drawn.areas.values() for ring in area.rings for point in ring]
    if not points:
        return None
    xs, ys = [x for x, _ in points], [y for _, y in points]
    room = WIDTH - 2 * _MARGIN
    metres = max((max(xs) - min(xs)) / room, (max(ys) - min(ys)) / (room * _TALLEST), 1.0)
    height = round((max(ys) - min(ys)) / metres) + 2 * _MARGIN
    return PickMap(tuple(drawn.areas.values()), drawn.attribution, min(xs), max(ys), metres, height)


def _transform(start: str, end: str, x: float, y: float) -> tuple[float, float]:
    longitude, latitude = Transformer.from_crs(start, end, always_xy=True).transform(x, y)
    return float(longitude), float(latitude)


def read_mark(text: str) -> tuple[float, float] | None:
    """Read a mark as the address of the picture carries it: "-3.01,56.19"."""
    try:
        longitude, latitude = (float(each) for each in text.split(","))
    except ValueError:
        return None
    return (longitude, latitude) if abs(longitude) <= 180 and abs(latitude) <= 90 else None


def pressed(data: QueryDict, drawn: PickMap | None) -> tuple[float, float] | None:
    """Give the place that was pressed, where the picture sent the form; None: it did not, or none was pressed."""
    x, y = data.get("mark.x", ""), data.get("mark.y", "")
    if drawn is None or not (x.isdecimal() and y.isdecimal()):
        return None
    return drawn.place_at(int(x), int(y))


def is_about_map(data: QueryDict) -> bool:
    """Say whether the form was sent to mark a place, or to take the mark off, and not to be taken yet."""
    by_enter = (data.get("mark.x"), data.get("mark.y")) == ("0", "0")
    return ("mark.x" in data and not by_enter) or "unmark" in data
