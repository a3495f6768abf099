"""Maps: areas or points as one SVG image, always with a list of the same places.

    drawn = draw_map("Localities of Fife", [MapPlace("Levenmouth", rings=[[(x, y), ...]], amount=0.12)], unit="percent")

In a template: `{% show_map drawn %}`. Rings and points are longitude and latitude, or metres of a national grid.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.safestring import SafeString, mark_safe
from django.utils.text import slugify

from locality_web.core.charts import Legend
from locality_web.core.charts_svg import element
from locality_web.core.charts_words import say_highest_and_lowest
from locality_web.core.maps_badges import draw_badges
from locality_web.core.tables import Column, Link, Table
from locality_web.core.words import Unit, count_of, say_short

Point = tuple[float, float]
Ring = Sequence[Point]
_WIDTH, _MARGIN, _CLASSES = 360, 14, 5
_TALLEST = 1.4  # times the width; a longer place is drawn smaller
_NUMBERED = 30  # more numbers than this would cover the map


@dataclass(frozen=True)
class MapPlace:
    """A place: its outlines (rings, closed or not; holes too) or a point, its amount, and where it leads."""

    name: str
    rings: Sequence[Ring] = ()
    point: Point | None = None
    amount: float | None = None
    address: str = ""


@dataclass(frozen=True)
class Map:
    """A drawn map with its list."""

    title: str
    summary: str
    drawing: SafeString
    table: Table
    legend: tuple[Legend, ...] = ()


def draw_map(
    title: str,
    places: Sequence[MapPlace],
    *,
    unit: Unit | None = None,
    what: str = "Figure",
    of: str = "Place",
    csv: str = "",
) -> Map:
    """Draw places and list them; darker means more.

    Args:
        title: What the map shows.
        places: The places, in the order of the list.
        unit: What the amounts are; None: the map shows places alone.
        what: The heading of the amounts in the list.
        of: What the places are.
        csv: The address of the same list as a file.
    """
    known = [(place.name, place.amount) for place in places if place.amount is not None]
    shown = say_highest_and_lowest(known, unit) if unit and known else ""
    summary = f"A map of {count_of(len(places), 'place')}. {shown}".strip()
    identity = f"map-{slugify(title)}"
    steps = _steps([amount for _, amount in known]) if unit else []
    drawing = _draw(places, steps, identity=identity, title=title, says=summary)
    return Map(title, summary, drawing, _list(title, places, unit, words=(of, what, csv)), _legend(steps, unit))


def _list(title: str, places: Sequence[MapPlace], unit: Unit | None, *, words: tuple[str, str, str]) -> Table:
    of, what, csv = words
    columns = [Column("On the map", "text"), Column(of), *([Column(what, unit)] if unit else [])]
    rows = [
        [
            str(number),
            Link(place.name, place.address) if place.address else place.name,
            *([place.amount] if unit else []),
        ]
        for number, place in enumerate(places, 1)
    ]
    return Table(title, columns, rows, csv=csv)


def _steps(amounts: Sequence[float]) -> list[float]:
    """Give the lower ends of up to five classes of the same width."""
    if not amounts:
        return []
    low, high = min(amounts), max(amounts)
    return [low + (high - low) * at / _CLASSES for at in range(_CLASSES)] if high > low else [low]


def _class_of(amount: float | None, steps: Sequence[float]) -> str:
    if not steps:
        return "map-area--plain"
    return "map-area--none" if amount is None else f"map-area--{sum(amount >= step for step in steps)}"


def _legend(steps: Sequence[float], unit: Unit | None) -> tuple[Legend, ...]:
    if not unit or len(steps) < 2:
        return ()
    return tuple(
        Legend(
            mark_safe(  # noqa: S308  # numbers of our own only
                f'<svg width="18" height="18" aria-hidden="true" focusable="false">'
                f"{element('rect', width=18, height=18, class_=f'map-area map-area--{at}')}</svg>"
            ),
            f"{say_short(step, unit)} or more",
        )
        for at, step in enumerate(steps, 1)
    )


def _draw(places: Sequence[MapPlace], steps: Sequence[float], *, identity: str, title: str, says: str) -> SafeString:
    fit = _Fit.around([point for place in places for point in _points(place)])
    parts = [_area(place, steps, fit) for place in places if place.rings]
    parts += _marks(places, fit)
    names = element("title", title, id=f"{identity}-title") + element("desc", says, id=f"{identity}-says")
    return mark_safe(  # noqa: S308  # every text went through escape()
        f'<svg class="lp-chart__drawing lp-map" xmlns="http://www.w3.org/2000/svg" '
        f'viewBox="0 0 {_WIDTH} {fit.height:.0f}" role="img" '
        f'aria-labelledby="{identity}-title {identity}-says">{names}{"".join(parts)}</svg>'
    )


def _points(place: MapPlace) -> list[Point]:
    inside = [place.point] if place.point else []
    return [*inside, *(point for ring in place.rings for point in ring)]


def _area(place: MapPlace, steps: Sequence[float], fit: _Fit) -> str:
    path = "".join(_ring_path([fit.at(point) for point in ring]) for ring in place.rings)
    return element("path", d=path, fill_rule="evenodd", class_=f"map-area {_class_of(place.amount, steps)}")


def _ring_path(points: Iterable[Point]) -> str:
    written = [f"{x:.1f} {y:.1f}" for x, y in points]
    kept = [each for each, before in zip(written, ["", *written], strict=False) if each != before]
    return f"M{'L'.join(kept)}Z"


def _marks(places: Sequence[MapPlace], fit: _Fit) -> list[str]:
    """Mark each place with its number; of many places, those without an outline with a dot."""
    drawn = [
        (str(number), place, fit.at(place.point or _middle(place.rings)))
        for number, place in enumerate(places, 1)
        if _points(place)
    ]
    if len(places) <= _NUMBERED:
        return draw_badges([(number, where) for number, _, where in drawn], width=_WIDTH, height=fit.height)
    return [
        element("circle", cx=f"{x:.1f}", cy=f"{y:.1f}", r=4, class_="map-badge")
        for _, place, (x, y) in drawn
        if not place.rings
    ]


def _middle(rings: Sequence[Ring]) -> Point:
    """Give the centre of the largest ring."""
    ring = max(rings, key=lambda each: abs(_doubled_area(each)))
    doubled = _doubled_area(ring)
    if not doubled:
        return ring[0]
    pairs = [(one, two, one[0] * two[1] - two[0] * one[1]) for one, two in _edges(ring)]
    return (
        sum((one[0] + two[0]) * cross for one, two, cross in pairs) / (3 * doubled),
        sum((one[1] + two[1]) * cross for one, two, cross in pairs) / (3 * doubled),
    )


def _edges(ring: Ring) -> list[tuple[Point, Point]]:
    return list(zip(ring, [*ring[1:], ring[0]], strict=True))


def _doubled_area(ring: Ring) -> float:
    return sum(one[0] * two[1] - two[0] * one[1] for one, two in _edges(ring))


@dataclass(frozen=True)
class _Fit:
    """How places of the ground lie on the drawing: north is up, and both directions have one scale."""

    west: float
    north: float
    across: float
    up: float
    left: float
    height: float

    @classmethod
    def around(cls, points: Sequence[Point]) -> _Fit:
        if not points:
            return cls(0, 0, 1, 1, 0, _MARGIN)
        xs, ys = [x for x, _ in points], [y for _, y in points]
        west, east, south, north = min(xs), max(xs), min(ys), max(ys)
        # Degrees of longitude are shorter than those of latitude away from the equator.
        in_degrees = max(map(abs, (west, east))) <= 180 and max(map(abs, (south, north))) <= 90
        squeeze = math.cos(math.radians((south + north) / 2)) if in_degrees else 1.0
        wide, tall = (east - west) * squeeze, north - south
        room = _WIDTH - 2 * _MARGIN
        factor = min(room / wide if wide else math.inf, room * _TALLEST / tall if tall else math.inf)
        factor = factor if math.isfinite(factor) else 1.0
        left = (_WIDTH - wide * factor) / 2
        return cls(west, north, factor * squeeze, factor, left, tall * factor + 2 * _MARGIN)

    def at(self, point: Point) -> Point:
        return self.left + (point[0] - self.west) * self.across, _MARGIN + (self.north - point[1]) * self.up
