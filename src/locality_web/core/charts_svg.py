"""The drawing of charts as SVG that needs no script: widths are percentages, heights and letters are pixels.

So a chart is as wide as its place, on a phone as on a desk, and its letters never shrink. No element has a style of its
own: colours come by class from `charts.css`, because the content security policy allows no inline style.
"""

from __future__ import annotations

import textwrap
from collections.abc import Sequence

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

SERIES = 6  # colours and patterns in charts.css; more would not be told apart
LINE, BAR = 20, 18
_LETTERS = 40  # of 14 pixels fit into 288 pixels, the width of a chart on the narrowest phone
_PATTERNS = {
    2: ("rotate(45)", "M0 0V8"),
    3: ("rotate(-45)", "M0 0V8M4 0V8"),
    4: ("rotate(0)", "M0 4H8"),
    5: ("rotate(0)", "M0 0H8M0 0V8"),
    6: ("rotate(0)", "M2 0V8"),
}


def element(name: str, text: str = "", /, **attributes: object) -> str:
    """Write one element; "_" in a name stands for "-", and `class_` for class."""
    said = "".join(f' {key.rstrip("_").replace("_", "-")}="{escape(each)}"' for key, each in attributes.items())
    return f"<{name}{said}>{escape(text)}</{name}>" if text else f"<{name}{said}/>"


def share(ratio: float) -> str:
    """Write a place or a width as a percentage."""
    return f"{ratio * 100:.2f}".rstrip("0").rstrip(".") + "%"


def label(text: str, x: float, y: float, *, dx: float = 0, kind: str = "") -> str:
    """Write text; `x` is a ratio of the width; kinds: "strong", "end", "middle"."""
    classes = " ".join(["chart-text", *(f"chart-text--{each}" for each in kind.split())])
    return element("text", text, x=share(x), y=round(y, 1), dx=dx, class_=classes)


def wrapped(text: str, y: float) -> tuple[list[str], float]:
    """Write a heading on as many lines as it needs; give them and where the next thing begins."""
    lines = textwrap.wrap(text, _LETTERS) or [""]
    return [label(line, 0, y + 15 + LINE * at, kind="strong") for at, line in enumerate(lines)], y + LINE * len(
        lines
    ) + 2


def block(left: float, right: float, y: float, *, series: int, identity: str) -> list[str]:
    """Draw a bar between two ratios of the width, with the pattern of its series."""
    where = {"x": share(left), "y": round(y, 1), "width": share(max(right - left, 0)), "height": BAR}
    drawn = [element("rect", **where, class_=f"chart-{series}")]
    if series in _PATTERNS:
        drawn.append(element("rect", **where, fill=f"url(#{identity}-{series})"))
    return drawn


def patterns(identity: str, count: int) -> str:
    """Define the patterns of the first series."""
    each = "".join(_pattern(f"{identity}-{series}", *_PATTERNS[series]) for series in range(2, count + 1))
    return f"<defs>{each}</defs>" if each else ""


def _pattern(identity: str, turn: str, path: str) -> str:
    marks = element("path", d=path, class_="chart-mark")
    where = f'width="8" height="8" patternUnits="userSpaceOnUse" patternTransform="{turn}"'
    return f'<pattern id="{identity}" {where}>{marks}</pattern>'


def swatch(series: int, identity: str) -> SafeString:
    """Draw the sample of a series for a legend."""
    square = "".join(
        element("rect", width=18, height=18, **look)
        for look in [{"class_": f"chart-{series}"}, *([{"fill": f"url(#{identity}-{series})"}] if series > 1 else [])]
    )
    return mark_safe(f'<svg width="18" height="18" aria-hidden="true" focusable="false">{square}</svg>')  # noqa: S308


def line_swatch(series: int) -> SafeString:
    """Draw the sample of a line for a legend."""
    look = f"chart-line chart-ink-{series} chart-line--{series}"
    drawn = element("line", x1=0, x2=40, y1=9, y2=9, class_=look)
    return mark_safe(f'<svg width="40" height="18" aria-hidden="true" focusable="false">{drawn}</svg>')  # noqa: S308


def drawing(parts: Sequence[str], *, height: float, identity: str, title: str, says: str) -> SafeString:
    """Put the parts into an image that has a name and a description."""
    names = f'aria-labelledby="{identity}-title {identity}-says"'
    inside = element("title", title, id=f"{identity}-title") + element("desc", says, id=f"{identity}-says")
    return mark_safe(  # noqa: S308  # every text above went through escape()
        f'<svg class="lp-chart__drawing lp-chart__drawing--fluid" xmlns="http://www.w3.org/2000/svg" width="100%" '
        f'height="{round(height)}" role="img" {names}>{inside}{"".join(parts)}</svg>'
    )
