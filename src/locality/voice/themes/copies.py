"""Finds views that are the same or nearly so, like letters of a campaign. All count; they are shown together."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.sparse import coo_array, csr_array
from scipy.sparse.csgraph import connected_components

from locality.voice.themes.settings import LikenessRules
from locality.voice.themes.texts import words_of

Whole = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]

_RUN = 3
# So many texts are held against all others at a time: little memory, however many copies there are.
_AT_A_TIME = 256


@dataclass(frozen=True)
class Copies:
    """Views with the same text, or nearly.

    Args:
        views: The views, in order.
        text: The text of the first.
        texts: How many different texts there are among them.
        likeness: The least share of runs of three words that two texts joined here have in common; 1 for equal texts.
    """

    views: tuple[Hashable, ...]
    text: str
    texts: int
    likeness: float


def find_copies(views: Mapping[Hashable, str], rules: LikenessRules) -> tuple[Copies, ...]:
    """Find views that are the same or nearly the same.

    Args:
        views: Every view with its text.
        rules: From when on views are nearly the same.

    Returns:
        Groups of at least two views, the largest first; each view is in one at most. Views that are alike by way of
        others are together.

    Source:
        Broder, On the resemblance and containment of documents, 1997, with runs of three words; rule `text_likeness`.
    """
    same: dict[tuple[str, ...], list[Hashable]] = {}
    for view in sorted(views, key=str):
        words = tuple(words_of(views[view]))
        if words:
            same.setdefault(words, []).append(view)
    texts = list(same)
    one, other, share = _near(texts, rules)
    joined = coo_array((share, (one, other)), shape=(len(texts), len(texts)))
    _, group = connected_components(joined, directed=False) if texts else (0, np.zeros(0, dtype=np.int64))
    least = np.ones(len(texts))
    np.minimum.at(least, group[one], share)
    own: dict[int, list[tuple[str, ...]]] = {}
    for at, number in enumerate(group.tolist()):
        own.setdefault(number, []).append(texts[at])
    found = [_copies(views, [same[text] for text in those], float(least[number])) for number, those in own.items()]
    found = [copies for copies in found if len(copies.views) > 1]
    return tuple(sorted(found, key=lambda copies: (-len(copies.views), str(copies.views[0]))))


def _copies(views: Mapping[Hashable, str], texts: Sequence[Sequence[Hashable]], likeness: float) -> Copies:
    members = tuple(sorted((view for those in texts for view in those), key=str))
    return Copies(members, views[members[0]], len(texts), likeness)


def _near(texts: Sequence[tuple[str, ...]], rules: LikenessRules) -> tuple[Whole, Whole, Floats]:
    """Give every pair of longer texts that share enough runs of words: one, the other, the share."""
    long = np.array([at for at, words in enumerate(texts) if len(words) >= rules.words], dtype=np.int64)
    runs = [{words[at : at + _RUN] for at in range(len(words) - _RUN + 1)} for words in (texts[one] for one in long)]
    names = {run: number for number, run in enumerate(sorted(set().union(*runs)))}
    cells = [(row, names[run]) for row, those in enumerate(runs) for run in those]
    if not cells:
        return long[:0], long[:0], np.zeros(0)
    rows, columns = zip(*cells, strict=True)
    table = csr_array((np.ones(len(cells)), (rows, columns)), shape=(long.size, len(names)))
    turned, sizes = table.T.tocsr(), np.array([len(those) for those in runs], dtype=np.float64)
    found = []
    for start in range(0, long.size, _AT_A_TIME):
        common = (table[start : start + _AT_A_TIME] @ turned).tocoo()
        one, other = common.row + start, common.col
        share = common.data / (sizes[one] + sizes[other] - common.data)
        near = (other > one) & (share >= rules.copy)
        found.append((long[one[near]], long[other[near]], share[near]))
    ones, others, shares = zip(*found, strict=True)
    return np.concatenate(ones), np.concatenate(others), np.concatenate(shares)
