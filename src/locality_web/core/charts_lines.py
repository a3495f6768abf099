"""Lines over years."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise

from django.utils.safestring import SafeString

from locality_web.core.charts_svg import drawing, element, label, share
from locality_web.core.words import Unit, say_short

_TOP, _HEIGHT, _FOOT = 24, 220, 30
_LEFT, _RIGHT = 0.02, 0.95
_YEARS_SHOWN = 4  # as many as fit side by side on the narrowest phone


def ticks_for(amounts: Iterable[float]) -> list[float]:
    """Give round amounts from at most the lowest to at least the highest; zero is always one of them.

    Example:
        >>> ticks_for([3, 7])
        [0.0, 2.0, 4.0, 6.0, 8.0]
    """
    each = [0.0, *amounts]
    low, high = min(each), max(each)
    rough = ((high - low) or 1) / 4
    power = 10 ** math.floor(math.log10(rough))
    step = next(factor * power for factor in (1, 2, 5, 10) if factor * power >= rough * 0.999)
    return [step * at for at in range(math.floor(low / step), math.ceil(high / step) + 1)]


def draw_lines(
    years: Sequence[str],
    named: Mapping[str, Sequence[float | None]],
    *,
    unit: Unit,
    identity: str,
    title: str,
    says: str,
) -> SafeString:
    """Draw each line with its own colour, dashes and number at its end."""
    ticks = ticks_for(amount for amounts in named.values() for amount in amounts if amount is not None)
    parts = [_grid(tick, ticks, unit) for tick in ticks] + _years(years)
    for series, amounts in enumerate(named.values(), 1):
        points = [
            None if amount is None else (_across(at, len(years)), _up(amount, ticks))
            for at, amount in enumerate(amounts)
        ]
        parts += _line(points, series)
    return drawing(parts, height=_TOP + _HEIGHT + _FOOT, identity=identity, title=title, says=says)


def _across(at: int, count: int) -> float:
    return _LEFT + (_RIGHT - _LEFT) * (at / (count - 1) if count > 1 else 0.5)


def _up(amount: float, ticks: Sequence[float]) -> float:
    return round(_TOP + _HEIGHT * (1 - (amount - ticks[0]) / (ticks[-1] - ticks[0])), 1)


def _grid(tick: float, ticks: Sequence[float], unit: Unit) -> str:
    y = _up(tick, ticks)
    rule = element("line", x1="0%", x2="100%", y1=y, y2=y, class_="chart-axis" if tick == 0 else "chart-grid")
    return rule + label(say_short(tick, unit), 0, y - 4)


def _years(years: Sequence[str]) -> list[str]:
    every = max(1, math.ceil((len(years) - 1) / (_YEARS_SHOWN - 1)))
    shown = [at for at in range(len(years)) if (len(years) - 1 - at) % every == 0]
    drawn = []
    for at in shown:
        kind = "middle" if 0 < at < len(years) - 1 or len(years) == 1 else "" if at == 0 else "end"
        drawn.append(label(years[at], _across(at, len(years)), _TOP + _HEIGHT + 22, kind=kind))
    return drawn


def _line(points: Sequence[tuple[float, float] | None], series: int) -> list[str]:
    look = f"chart-line chart-ink-{series} chart-line--{series}"
    drawn = [
        element("line", x1=share(one[0]), y1=one[1], x2=share(two[0]), y2=two[1], class_=look)
        for one, two in pairwise(points)
        if one and two
    ]
    known = [point for point in points if point]
    drawn += [element("circle", cx=share(x), cy=y, r=4, class_=f"chart-{series}") for x, y in known]
    if known:
        drawn.append(label(str(series), known[-1][0], known[-1][1] + 5, dx=8, kind="strong"))
    return drawn
