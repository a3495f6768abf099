"""Marks, scales and the frame of a chart, as inline SVG.

Widths are in per cent and heights in pixels: a chart then fills a telephone as it fills a board paper, while its
text keeps its size (a `viewBox` would shrink the text with the picture). Every text goes through `Markup.format`,
which escapes it: names of places are not to be trusted.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from markupsafe import Markup

LABEL_HEIGHT = 26
_GAP = 16
_AXIS_HEIGHT = 28
# The widest of the usual fonts takes 9.6 px for a character of 16 px; 328 px are left on a telephone of 360.
_NARROW_CHARACTERS = 34
_WIDE_CHARACTERS = 90
_THINNEST = 0.4  # per cent of the width: an amount other than nought is always seen


@dataclass(frozen=True)
class Scale:
    """Where amounts stand on the width of a chart.

    Args:
        low: The amount at the left edge.
        high: The amount at the right edge.
        ticks: Round amounts to be marked.
    """

    low: float
    high: float
    ticks: tuple[float, ...]

    def at(self, amount: float) -> float:
        """Give the place in per cent of the width, leaving room for half a mark at both edges."""
        return 2 + 96 * (amount - self.low) / (self.high - self.low)


def scale_for(amounts: Iterable[float]) -> Scale:
    """Make a scale that holds nought and every amount, with two to five round ticks.

    Example:
        >>> scale_for([12, 47]).ticks
        (0, 20, 40)
    """
    known = [0.0, *(float(amount) for amount in amounts)]
    low, high = min(known), max(known)
    if low == high:
        high = 1.0
    rough = (high - low) / 4
    power = 10 ** math.floor(math.log10(rough))
    step = next(size * power for size in (1, 2, 5, 10) if size * power >= rough * 0.999)
    first, last = math.ceil(low / step - 1e-9), math.floor(high / step + 1e-9)
    return Scale(low, high, tuple(step * place for place in range(first, last + 1)))


def bar(start: float, end: float, *, top: float, height: float, mark: str) -> Markup:
    """Draw a bar between two places in per cent."""
    left, width = min(start, end), max(abs(end - start), _THINNEST if start != end else 0)
    return Markup('<rect class="{}" x="{:.2f}%" y="{:g}" width="{:.2f}%" height="{:g}"/>').format(
        mark, left, top, width, height
    )


def line(start: tuple[float, float], end: tuple[float, float], mark: str) -> Markup:
    """Draw a line between two points, each (per cent, pixels)."""
    return Markup('<line class="{}" x1="{:.2f}%" y1="{:g}" x2="{:.2f}%" y2="{:g}"/>').format(mark, *start, *end)


def dot(place: float, middle: float, mark: str) -> Markup:
    """Draw a dot."""
    return Markup('<circle class="{}" cx="{:.2f}%" cy="{:g}" r="4.5"/>').format(mark, place, middle)


def whisker(low: float, high: float, middle: float) -> Markup:
    """Draw an interval with its two ends, on a white edge so that it is seen on a dark bar too."""
    strokes = [
        ((low, middle), (high, middle)),
        ((low, middle - 5), (low, middle + 5)),
        ((high, middle - 5), (high, middle + 5)),
    ]
    edges = [line(start, end, "edge") for start, end in strokes]
    return Markup("").join([*edges, *(line(start, end, "whisker") for start, end in strokes)])


def text(place: float, baseline: float, words: str, *, anchor: str = "start", mark: str = "") -> Markup:
    """Write words at a place in per cent."""
    return Markup('<text class="{}" x="{:.2f}%" y="{:g}" text-anchor="{}">{}</text>').format(
        mark, place, baseline, anchor, words
    )


def cut(words: str, length: int) -> str:
    """Shorten words with an ellipsis to at most `length` characters.

    Example:
        >>> cut("Upper Glens", 8)
        'Upper G…'
    """
    return words if len(words) <= length else f"{words[: max(length - 1, 1)].rstrip()}…"


def label(name: str, said: str) -> Markup:
    """Write a row's name at the left and its figure at the right; a long name is shorter on a narrow page."""
    narrow = cut(name, _NARROW_CHARACTERS - len(said) - 1)
    wide = cut(name, _WIDE_CHARACTERS - len(said))
    if narrow == wide:
        names = text(0, 18, wide, mark="name")
    else:
        names = text(0, 18, wide, mark="name wide") + text(0, 18, narrow, mark="name narrow")
    return names + text(100, 18, said, anchor="end")


@dataclass(frozen=True)
class Row:
    """One row of a chart: a name, its figure in words, and marks drawn in a band of the chart's height."""

    name: str
    said: str
    marks: Markup


def rows_chart(
    names: tuple[str, str, str], rows: Sequence[Row], *, band: float, scale: Scale, say: Callable[[float], str]
) -> Markup:
    """Draw rows under each other over one axis.

    Args:
        names: Identifier, title and description of the chart.
        rows: From top to bottom.
        band: Height of the marks of a row, in pixels.
        scale: The axis.
        say: Writes an amount of the axis.

    Returns:
        An `svg` element with role, title and description.
    """
    step = LABEL_HEIGHT + band + _GAP
    bottom = step * len(rows)
    parts = [line((scale.at(tick), 0), (scale.at(tick), bottom), "grid") for tick in scale.ticks]
    parts.append(line((scale.at(0), 0), (scale.at(0), bottom), "nought"))
    for place, row in enumerate(rows):
        top = place * step
        parts.append(
            Markup('<rect class="paper" x="0" y="{:g}" width="100%" height="{:g}"/>').format(top, LABEL_HEIGHT)
        )
        parts.append(Markup('<g transform="translate(0 {:g})">{}</g>').format(top, label(row.name, row.said)))
        parts.append(Markup('<g transform="translate(0 {:g})">{}</g>').format(top + LABEL_HEIGHT, row.marks))
    parts += [_tick(scale.at(tick), bottom + 20, say(tick)) for tick in scale.ticks]
    return frame(*names, height=bottom + _AXIS_HEIGHT, inside=Markup("").join(parts))


def _tick(place: float, baseline: float, words: str) -> Markup:
    anchor = "start" if place < 8 else "end" if place > 92 else "middle"
    return text(0 if anchor == "start" else 100 if anchor == "end" else place, baseline, words, anchor=anchor)


def frame(identifier: str, title: str, description: str, *, height: float, inside: Markup) -> Markup:
    """Put marks into an `svg` element that says what it shows."""
    return Markup(
        '<svg class="chart" role="img" aria-labelledby="{0}-title {0}-desc" width="100%" height="{3:g}">'
        '<title id="{0}-title">{1}</title><desc id="{0}-desc">{2}</desc>{4}</svg>'
    ).format(identifier, title, description, height, inside)
