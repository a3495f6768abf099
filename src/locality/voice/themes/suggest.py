"""Suggests which views look like those of a theme, and which themes a view looks like. People decide."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from locality.voice.themes.settings import LikenessRules
from locality.voice.themes.texts import as_written, compare_texts

_WORDS_NAMED = 5


@dataclass(frozen=True)
class Suggestion:
    """A view that looks like those of a theme.

    Args:
        view: The view.
        theme: The theme.
        likeness: How alike, from 0 to 1.
        words: The words of the view on which that rests, as they are written, the weightiest first.
    """

    view: Hashable
    theme: Hashable
    likeness: float
    words: tuple[str, ...]


def suggest_themes(
    views: Mapping[Hashable, str],
    coded: Mapping[Hashable, Sequence[Hashable]],
    rules: LikenessRules,
    *,
    most: int = 3,
) -> tuple[Suggestion, ...]:
    """Suggest themes for views by their likeness to views that people have already read into them.

    Args:
        views: Every view with its text.
        coded: For each theme the views that people read into it. Views that stand here get no suggestion.
        rules: How alike they must be.
        most: The most themes for one view.

    Returns:
        Suggestions, the likest first; the same whatever the order of views and themes. They are a help for reading and
        never a reading.

    Source:
        The likeness is the cosine between a view and the mean of the theme's views; rule `text_likeness`.
    """
    names = sorted(views, key=str)
    at = {view: number for number, view in enumerate(names)}
    texts = compare_texts([views[name] for name in names])
    written = as_written([views[name] for name in names])
    read = {view for those in coded.values() for view in those}
    found: list[tuple[float, int, Hashable]] = []
    behind = {}
    for theme in sorted(coded, key=str):
        own = sorted(at[view] for view in coded[theme])
        if not own:
            continue
        middle = np.asarray(texts.vectors[own].sum(axis=0)).ravel()
        middle /= max(float(np.sqrt(middle @ middle)), 1e-12)
        likeness = np.round(texts.vectors @ middle, 4)
        behind[theme] = texts.pieces @ middle
        found += [(float(likeness[one]), one, theme) for one in np.flatnonzero(likeness >= rules.suggest).tolist()]
    waiting = [one for one in found if names[one[1]] not in read]
    return tuple(
        Suggestion(
            names[view],
            theme,
            likeness,
            tuple(written[word] for word in texts.words_behind(view, behind[theme], _WORDS_NAMED)),
        )
        for likeness, view, theme in _likest(waiting, most)
    )


def _likest(found: list[tuple[float, int, Hashable]], most: int) -> list[tuple[float, int, Hashable]]:
    """Put the likest first, and keep so many for each view."""
    times: Counter[int] = Counter()
    kept = []
    for one in sorted(found, key=lambda each: (-each[0], each[1], str(each[2]))):
        times[one[1]] += 1
        if times[one[1]] <= most:
            kept.append(one)
    return kept
