"""A division that is being worked on, and what all ways of working on it need to know."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from locality.areas.ground import Flags, Ints
from locality.areas.search.moves import I4, MISSED, SCORE, State, draw
from locality.areas.search.numbers import Numbers
from locality.areas.search.problem import Problem

KEPT, SPARE = -1, -2
"""Instead of a part: the locality is kept as it is; it is empty, so that one more can be tried."""


@dataclass(frozen=True)
class Trial:
    """What came out when neighbouring localities were redrawn as one fewer or one more.

    Args:
        change: Of the score.
        region: The localities; the spare one is not among them.
        prints: What told each of them then from any other set of units.
        units: All units of the region.
        home: What they came to; -1: the new locality.
        gone: The locality that was taken away; -1: one was added.
    """

    change: int
    region: Ints
    prints: Ints
    units: I4
    home: I4
    gone: int


@dataclass
class Draft:
    """A division that is being worked on.

    Args:
        problem: What is divided.
        numbers: How many localities each part may have.
        home: Locality of each unit.
        part: Part of each locality; or `KEPT`, or `SPARE`.
        state: What is known of the localities.
        trials: What is known of one locality fewer or more somewhere.
    """

    problem: Problem
    numbers: Numbers
    home: I4
    part: Ints
    state: State
    trials: list[Trial] = field(default_factory=list)

    @property
    def rank(self) -> tuple[int, int]:
        """What is compared: keeping to the bounds first, then the score."""
        return int(self.state.tally[MISSED]), int(self.state.tally[SCORE])

    @property
    def free(self) -> Ints:
        """The localities that may be redrawn."""
        return np.flatnonzero(self.part >= 0)

    @property
    def spare(self) -> int:
        """The locality that is empty."""
        return int(np.flatnonzero(self.part == SPARE)[0])


def count_beside(draft: Draft) -> Ints:
    """Count the pairs of neighbouring units between each two localities."""
    level, count = draft.problem.level, len(draft.part)
    pairs = draft.home[level.owner].astype(np.int64) * count + draft.home[level.to]
    beside = np.bincount(pairs, minlength=count * count).reshape(count, count)
    np.fill_diagonal(beside, 0)
    return beside


def grow(chosen: Flags, beside: Ints, size: int, draft: Draft) -> None:
    """Choose neighbours of what is chosen, those along long borders rather."""
    while chosen.sum() < size:
        near = beside[chosen].sum(axis=0) * ~chosen
        if not near.any():
            return
        luck = draw(draft.state.random, int(near.sum()))
        chosen[np.searchsorted(np.cumsum(near), luck, side="right")] = True


def may_change_parts(draft: Draft, source: int, target: int) -> bool:
    """Say whether the part of one locality may have one fewer, and that of another one more."""
    fewer, more = draft.part[source], draft.part[target]
    if fewer == more:
        return True
    held = np.bincount(draft.part[draft.part >= 0], minlength=len(draft.numbers.number))
    return bool(held[fewer] > draft.numbers.fewest[fewer] and held[more] < draft.numbers.most[more])
