"""Age bands of residents: added up, and drawn together into the few that a page shows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import TypeAlias

Band: TypeAlias = tuple[int, int | None, int]
"""Youngest age, oldest age (None: open), people."""

# Where a page would like a band to begin: childhood, youth, working life, and three bands of later life, because need
# of care rises steeply there. Within a group the first start that the figures know is used. A choice of presentation.
_STARTS = ((0,), (16, 15, 18, 20), (25,), (45,), (65,), (75,), (85,))


def add_bands(many: Iterable[Iterable[Band]]) -> list[Band]:
    """Add the people of equal bands, in order of age."""
    people: Counter[tuple[int, int | None]] = Counter()
    for bands in many:
        for first, last, count in bands:
            people[first, last] += count
    return [(first, last, people[first, last]) for first, last in sorted(people, key=lambda band: band[0])]


def broad_bands(bands: Iterable[Band]) -> list[Band]:
    """Draw fine bands together into broad ones that begin only where a fine one begins."""
    fine = sorted(bands, key=lambda band: band[0])
    known = {first for first, _, _ in fine}
    starts = {next((start for start in group if start in known), None) for group in _STARTS}
    broad: list[Band] = []
    for first, last, people in fine:
        if not broad or first in starts:
            broad.append((first, last, people))
        else:
            broad[-1] = (broad[-1][0], last, broad[-1][2] + people)
    return broad


def say_band(band: Band) -> str:
    """Write a band as people say it: "0 to 15", "85 and over", "All ages"."""
    first, last, _ = band
    if last is None:
        return f"{first} and over" if first else "All ages"
    return f"{first} to {last}"
