"""Bars: plain, grouped, with intervals, and stacked on both sides of zero."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.utils.safestring import SafeString

from locality_web.core.charts_svg import BAR, block, drawing, element, label, patterns, share, wrapped
from locality_web.core.words import Unit, say_short

_GAP, _BETWEEN, _BESIDE = 5, 16, 7
# The words beside a bar need room: about 100 pixels on the narrowest phone, where a chart is 288 pixels wide.
_ROOM = 0.36


@dataclass(frozen=True)
class Scale:
    """Where amounts lie, as ratios of the width: the lowest at `left`, the highest at `right`; zero is always in."""

    low: float
    high: float
    left: float
    right: float

    def at(self, amount: float) -> float:
        """Give the place of an amount."""
        span = self.high - self.low
        return self.left + (self.right - self.left) * ((amount - self.low) / span if span else 0)


def scale_for(amounts: Iterable[float], *, room: float = _ROOM) -> Scale:
    """Fit amounts, leaving room for words on each side to which bars go."""
    each = [0.0, *amounts]
    low, high = min(each), max(each)
    if low < 0 < high:
        return Scale(low, high, room * 0.75, 1 - room * 0.75)
    return Scale(low, high, room if low < 0 else 0, 1 if low < 0 else 1 - room)


def draw_bars(
    names: Sequence[str], series: Mapping[str, Sequence[float]], *, unit: Unit, identity: str, title: str, says: str
) -> SafeString:
    """Draw groups of bars, each with its figure at its end."""
    scale = scale_for(amount for amounts in series.values() for amount in amounts)
    parts, y = [patterns(identity, len(series))], 0.0
    for at, name in enumerate(names):
        heading, y = wrapped(name, y)
        parts += heading
        for number, amounts in enumerate(series.values(), 1):
            parts += _bar(amounts[at], y, scale, series=number, identity=identity)
            parts += [_figure(amounts[at], y, scale, unit=unit), _zero(scale, y)]
            y += BAR + _GAP
        y += _BETWEEN - _GAP
    return drawing(parts, height=y, identity=identity, title=title, says=says)


def _bar(amount: float, y: float, scale: Scale, *, series: int, identity: str) -> list[str]:
    left, right = sorted((scale.at(0), scale.at(amount)))
    return block(left, right, y, series=series, identity=identity)


def _figure(amount: float, y: float, scale: Scale, *, unit: Unit) -> str:
    below = amount < 0
    beside = -_BESIDE if below else _BESIDE
    return label(say_short(amount, unit), scale.at(amount), y + 14, dx=beside, kind="end" if below else "")


def _zero(scale: Scale, y: float) -> str:
    # Beside the bars only: a line through all of the chart would cross the names.
    where = share(scale.at(0))
    axis = element("line", x1=where, x2=where, y1=y - _GAP, y2=y + BAR + _GAP, class_="chart-axis")
    return axis if scale.low < 0 else ""


def draw_intervals(
    rows: Sequence[tuple[str, float, float, float]], *, unit: Unit, identity: str, title: str, says: str
) -> SafeString:
    """Draw a bar for each figure, with a line from its low to its high end; the figure stands beside the line."""
    scale = scale_for(end for _, figure, low, high in rows for end in (figure, low, high))
    parts, y = [], 0.0
    for name, figure, low, high in rows:
        heading, y = wrapped(name, y)
        parts += heading
        parts += _bar(figure, y, scale, series=1, identity=identity)
        parts += _whiskers(scale.at(low), scale.at(high), y)
        below = figure < 0
        end, beside = scale.at(min(low, figure) if below else max(high, figure)), -_BESIDE if below else _BESIDE
        parts.append(label(say_short(figure, unit), end, y + 14, dx=beside, kind="end" if below else ""))
        parts.append(_zero(scale, y))
        y += BAR + _BETWEEN
    return drawing(parts, height=y, identity=identity, title=title, says=says)


def _whiskers(left: float, right: float, y: float) -> list[str]:
    # White under black, so that the line is seen on the bar as well as beside it.
    middle, low, high = y + BAR / 2, share(left), share(right)
    spine = {"x1": low, "x2": high, "y1": middle, "y2": middle}
    ends = [{"x1": x, "x2": x, "y1": y + 3, "y2": y + BAR - 3} for x in (low, high)]
    return [
        element("line", **each, class_=look) for look in ("chart-halo", "chart-interval") for each in (spine, *ends)
    ]


def draw_causes(
    rows: Sequence[tuple[str, Sequence[float]]], *, unit: Unit, identity: str, title: str, says: str
) -> SafeString:
    """Draw each row's parts side by side, those above zero to the right and those below to the left."""
    ends = [sum(part for part in parts if (part > 0) is up) for _, parts in rows for up in (True, False)]
    scale = scale_for(ends, room=0.02)
    drawn, y = [patterns(identity, max((len(parts) for _, parts in rows), default=0))], 0.0
    for name, parts in rows:
        heading, y = wrapped(f"{name}: {say_short(sum(parts), unit)}", y)
        drawn += heading
        drawn += _stacked(parts, y, scale, identity=identity)
        drawn.append(element("circle", cx=share(scale.at(sum(parts))), cy=y + BAR / 2, r=5, class_="chart-net"))
        drawn.append(_zero(scale, y))
        y += BAR + _BETWEEN
    return drawing(drawn, height=y, identity=identity, title=title, says=says)


def _stacked(parts: Sequence[float], y: float, scale: Scale, *, identity: str) -> list[str]:
    drawn: list[str] = []
    reached = {True: 0.0, False: 0.0}
    for series, part in enumerate(parts, 1):
        start = reached[part > 0]
        reached[part > 0] = start + part
        left, right = sorted((scale.at(start), scale.at(start + part)))
        drawn += block(left, right, y, series=series, identity=identity)
    return drawn
