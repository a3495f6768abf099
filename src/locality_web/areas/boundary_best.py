"""Say of each option of one search what it is best at, or between which two others it is a good middle."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from itertools import combinations
from typing import Any

from locality.areas.measure_texts import measure_texts
from locality.areas.propose import Option
from locality_web.areas.boundary_figures import say_measure

# What people weigh against each other; the composite is made of three of them.
_WEIGHED = ("practice_containment", "communities_kept", "border_share", "people_moved")
_LED = (*_WEIGHED, "composite")
Figures = Mapping[str, Any]


def say_best(found: Sequence[Option]) -> list[str]:
    """Give a sentence for each option; its number is its place among those found, from 1."""
    figures = [asdict(each.measures) for each in found]
    return [
        f"Of the options found together it has: {'; '.join(each.best_at)}."
        if len(found) == 1 or _is_best(figures, place)
        else say_middle(figures, place)
        for place, each in enumerate(found)
    ]


def say_middle(figures: Sequence[Figures], place: int) -> str:
    """Say between which two others an option lies that is best at nothing.

    Args:
        figures: Measures of each option.
        place: Which of them it is, from 0.
    """
    between = [
        (min(_nearness(figures, place, first), _nearness(figures, place, second)), first, second)
        for first, second in combinations(_WEIGHED, 2)
        if _is_between(figures, place, first, second)
    ]
    if not between:
        return _say_next(figures, place)
    _, first, second = max(between, key=lambda each: each[0])
    one, two = _best(figures, first), _best(figures, second)
    return (
        f"A good middle between number {one + 1} ({_say(figures[one], first, second)}) and number {two + 1} "
        f"({_say(figures[two], first, second)}): {_say(figures[place], first, second)}."
    )


def _is_best(figures: Sequence[Figures], place: int) -> bool:
    """Whether an option is better than all others in anything that the program names."""
    evenness = [each["largest"] / max(1, each["smallest"]) for each in figures]
    if all(evenness[place] < each for at, each in enumerate(evenness) if at != place):
        return True
    return any(
        figures[place].get(name) is not None
        and all(_is_better(name, figures[place], each) for at, each in enumerate(figures) if at != place)
        for name in _LED
    )


def _is_better(name: str, one: Figures, other: Figures) -> bool:
    if one.get(name) is None or other.get(name) is None:
        return False
    return bool(one[name] > other[name] if measure_texts()[name].better == "higher" else one[name] < other[name])


def _best(figures: Sequence[Figures], name: str) -> int:
    best = 0
    for place in range(1, len(figures)):
        if _is_better(name, figures[place], figures[best]):
            best = place
    return best


def _is_between(figures: Sequence[Figures], place: int, first: str, second: str) -> bool:
    """Whether the option beats the best of the first measure in the second, and the other way round."""
    one, two = _best(figures, first), _best(figures, second)
    return _is_better(second, figures[place], figures[one]) and _is_better(first, figures[place], figures[two])


def _nearness(figures: Sequence[Figures], place: int, name: str) -> float:
    """Say how near an option comes to the best in one measure: 1 is the best, 0 the worst."""
    known = [each[name] for each in figures]
    reach = max(known) - min(known)
    return 1 - abs(known[place] - known[_best(figures, name)]) / reach if reach else 1.0


def _say_next(figures: Sequence[Figures], place: int) -> str:
    """Say to which other an option comes nearest; all of them are better than it at something."""
    known = [name for name in _WEIGHED if figures[place].get(name) is not None]
    name = max(known, key=lambda each: _nearness(figures, place, each))
    best = _best(figures, name)
    own, other = say_measure(figures[place], name), say_measure(figures[best], name)
    title = measure_texts()[name].title.lower()
    return f"A different division that comes near number {best + 1} in {title}: {own}, there {other}."


def _say(figures: Figures, *names: str) -> str:
    return ", ".join(f"{measure_texts()[name].title.lower()} {say_measure(figures, name)}" for name in names)
