"""Numbers on a map: each beside its place, none over another.

Where places lie close together, as in a town, their numbers move apart, and a line leads from each to its place.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

from locality_web.core.charts_svg import element

Point = tuple[float, float]
RADIUS = 13
_APART = 2 * RADIUS + 1
_ROUNDS = 200  # thirty numbers in one place are apart after some 150
_SEEN = 4  # a shorter way needs no line


def draw_badges(places: Sequence[tuple[str, Point]], *, width: float, height: float) -> list[str]:
    """Draw numbers, each in a circle.

    Args:
        places: The number of each place, and where it lies on the drawing.
        width: Of the drawing, which no number leaves.
        height: Of the drawing.

    Returns:
        SVG elements: first the lines, then the numbers, so that no line crosses one.
    """
    moved = spread([point for _, point in places], width=width, height=height)
    lines = [_line(point, to) for (_, point), to in zip(places, moved, strict=True) if math.dist(point, to) > _SEEN]
    return lines + [_badge(number, x, y) for (number, _), (x, y) in zip(places, moved, strict=True)]


def spread(points: Sequence[Point], *, width: float, height: float) -> list[Point]:
    """Move points apart until their circles do not touch; the same points always move alike.

    Args:
        points: Where the circles would best be.
        width: Of the drawing; a circle stays within.
        height: Of the drawing.

    Returns:
        Where they are; a point that is far from all others has not moved. In a drawing without room for all, they are
        as far apart as a bounded number of steps brings them.
    """
    placed = list(points)
    for _ in range(_ROUNDS):
        touching = False
        for one in range(len(placed)):
            for two in range(one):
                if math.dist(placed[one], placed[two]) < _APART - 0.01:
                    touching = True
                    placed[one], placed[two] = _part(placed[one], placed[two], turn=one)
        placed = [_within(point, width, height) for point in placed]
        if not touching:
            break
    return placed


def _part(one: Point, two: Point, *, turn: int) -> tuple[Point, Point]:
    """Push two points apart along the line between them; of two in one place, in a direction by their number."""
    x, y = one[0] - two[0], one[1] - two[1]
    apart = math.hypot(x, y)
    if apart < 0.01:
        x, y, apart = math.cos(turn * 2.4), math.sin(turn * 2.4), 1.0
    push = max(_APART - math.dist(one, two), 0) / 2 / apart
    return (one[0] + x * push, one[1] + y * push), (two[0] - x * push, two[1] - y * push)


def _within(point: Point, width: float, height: float) -> Point:
    edge = RADIUS + 1
    return min(max(point[0], edge), max(width - edge, edge)), min(max(point[1], edge), max(height - edge, edge))


def _line(point: Point, to: Point) -> str:
    (x, y), (x_to, y_to) = point, to
    ends = {"x1": f"{x:.1f}", "y1": f"{y:.1f}", "x2": f"{x_to:.1f}", "y2": f"{y_to:.1f}"}
    return element("line", **ends, class_="map-leader") + element(
        "circle", cx=f"{x:.1f}", cy=f"{y:.1f}", r=2.5, class_="map-leader-end"
    )


def _badge(number: str, x: float, y: float) -> str:
    return element("circle", cx=f"{x:.1f}", cy=f"{y:.1f}", r=RADIUS, class_="map-badge") + element(
        "text", number, x=f"{x:.1f}", y=f"{y + 5.5:.1f}", font_size=16, class_="map-badge-text"
    )
