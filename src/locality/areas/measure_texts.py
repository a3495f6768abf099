"""Every measure in one plain sentence, for pages and for the command."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib import resources

import yaml

_PERCENT = 100
_METRES_IN_KM = 1_000


@dataclass(frozen=True)
class MeasureText:
    """How a measure is said.

    Args:
        name: Its name in `Measures`.
        title: Its short title.
        says: What it means, in one sentence.
        unit: count, people, share, metres, km, sd (standard deviations) or index.
        better: Which way is better: higher, lower or neither.
    """

    name: str
    title: str
    says: str
    unit: str
    better: str


@cache
def measure_texts() -> dict[str, MeasureText]:
    """Give every measure's text by its name, in the order in which measures are shown."""
    raw = yaml.safe_load((resources.files("locality.areas") / "measures.yaml").read_text(encoding="utf-8"))
    return {
        name: MeasureText(name, one["title"], " ".join(one["says"].split()), one["unit"], one["better"])
        for name, one in raw.items()
    }


def say_figure(figure: float | None, unit: str) -> str:
    """Write a measure's figure with its unit.

    Args:
        figure: The figure; None: not known.
        unit: As in `MeasureText`.

    Returns:
        It as people read it.

    Example:
        >>> say_figure(0.6961, "share")
        '69.6%'
        >>> say_figure(None, "people")
        'not known'
    """
    if figure is None:
        return "not known"
    ways = {
        "count": f"{figure:,.0f}",
        "people": f"{figure:,.0f}",
        "share": f"{figure * _PERCENT:.1f}%",
        "metres": f"{figure / _METRES_IN_KM:,.1f} km",
        "km": f"{figure:,.1f} km",
        "sd": f"{figure:.2f}",
        "index": f"{figure:.4f}",
    }
    return ways[unit]
