"""The words that a theme's views have more often than others have."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Mapping, Set
from dataclasses import dataclass
from itertools import pairwise
from math import log, sqrt

from locality.voice.themes.settings import LikenessRules
from locality.voice.themes.texts import as_written, words_of


@dataclass(frozen=True)
class KeyTerm:
    """A word, or two that stand together, that is more common in a theme.

    Args:
        term: The words as they are written.
        inside: In how many views of the theme it stands.
        outside: In how many other views.
        score: By how many standard errors it is more common in the theme.
    """

    term: str
    inside: int
    outside: int
    score: float


def key_terms(
    views: Mapping[Hashable, str], members: Set[Hashable], rules: LikenessRules, *, most: int = 10
) -> tuple[KeyTerm, ...]:
    """Find the terms of a theme.

    Args:
        views: Every view with its text.
        members: The views of the theme.
        rules: From when on a word is a key term.
        most: The most terms.

    Returns:
        Terms, the clearest first. A view counts once for a term, however often it says it. Words that are common
        everywhere drop out by themselves, in any language. These are counts of views: publish them through disclosure.

    Source:
        Log-odds with a prior of all views: Monroe, Colaresi and Quinn, Fightin' words, Political Analysis 16, 2008.
    """
    inside: Counter[str] = Counter()
    outside: Counter[str] = Counter()
    for view in sorted(views, key=str):
        (inside if view in members else outside).update(_terms(views[view]))
    own = sum(view in members for view in views)
    sizes = (own, len(views) - own)
    written = as_written([views[view] for view in sorted(views, key=str)])
    scored = [(_score(inside[term], outside[term], sizes), term) for term in inside if inside[term] >= rules.views]
    kept = sorted((-score, term) for score, term in scored if score >= rules.term)
    kept = _without_parts(kept, inside)[:most]
    return tuple(
        KeyTerm(" ".join(written[word] for word in term.split(" ")), inside[term], outside[term], round(-score, 2))
        for score, term in kept
    )


def _terms(text: str) -> set[str]:
    words = words_of(text)
    return set(words) | {f"{one} {other}" for one, other in pairwise(words)}


def _score(inside: int, outside: int, sizes: tuple[int, int]) -> float:
    """Compare two shares of views, both steadied by one view that is like all of them."""
    share = (inside + outside + 0.5) / (sum(sizes) + 1)
    ours, theirs = inside + share, outside + share
    not_ours, not_theirs = sizes[0] - inside + 1 - share, sizes[1] - outside + 1 - share
    apart = log(ours / max(not_ours, 1e-9)) - log(theirs / max(not_theirs, 1e-9))
    return apart / sqrt(1 / ours + 1 / max(not_ours, 1e-9) + 1 / theirs + 1 / max(not_theirs, 1e-9))


def _without_parts(kept: list[tuple[float, str]], inside: Counter[str]) -> list[tuple[float, str]]:
    """Leave out a word of a pair that stands in the same views, and a pair that adds nothing to its word."""
    pairs = {term for _, term in kept if " " in term}
    swallowed = {word for pair in pairs for word in pair.split(" ") if inside[word] == inside[pair]}
    singles = {term for _, term in kept if " " not in term} - swallowed
    weak = {pair for pair in pairs if any(word in singles for word in pair.split(" "))}
    return [one for one in kept if one[1] not in swallowed and one[1] not in weak]
