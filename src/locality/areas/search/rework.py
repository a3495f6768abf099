"""Reworking a few neighbouring localities at a time; also joining two and parting a third somewhere else."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from locality.areas.ground import Flags, Ints
from locality.areas.search.coarsen import cut_out
from locality.areas.search.cooling import Plan, cool
from locality.areas.search.moves import I4, MISSED, SCORE, Level, State, draw, move_many, put_back
from locality.areas.search.numbers import Numbers
from locality.areas.search.problem import Problem
from locality.areas.search.trees import divide

REWORKED = (3, 4, 5, 6)
"""How many localities are reworked at once; drawn anew each time."""

_SHIFTED = 5
_SMALL_OF, _LARGE_OF = 6, 4
_HOT, _COLD, _ROUNDS, _TRIES = 0.8, 0.02, 5, 100
_OVERHEAD = 40_000


@dataclass
class Draft:
    """A division that is being worked on.

    Args:
        problem: What is divided.
        numbers: How many localities each part may have.
        home: Locality of each unit.
        part: Part of each locality; -1: it is kept.
        state: What is known of the localities.
    """

    problem: Problem
    numbers: Numbers
    home: I4
    part: Ints
    state: State

    @property
    def rank(self) -> tuple[int, int]:
        """What is compared: keeping to the bounds first, then the score."""
        return int(self.state.tally[MISSED]), int(self.state.tally[SCORE])


def rework(draft: Draft, *, may_shift: bool) -> int:
    """Rework some localities; what comes out worse is undone.

    Args:
        draft: Changed, never for the worse.
        may_shift: Whether two localities may be joined and a third parted.

    Returns:
        The steps that it cost.
    """
    random, beside = draft.state.random, _count_beside(draft)
    shift = _choose_shift(draft, beside) if may_shift and draw(random, 2) else None
    chosen = np.zeros(len(draft.part), np.bool_)
    if shift:
        chosen[list(shift)] = True
        _grow(chosen, beside, _SHIFTED, draft)
    else:
        free = np.flatnonzero(draft.part >= 0)
        chosen[free[draw(random, len(free))]] = True
        _grow(chosen, beside, REWORKED[draw(random, len(REWORKED))], draft)
    before = draft.rank
    level, units = cut_out(draft.problem.level, draft.home, chosen)
    old = draft.home[units]
    home = old.copy()
    if shift:
        _shift(draft, level, home, shift)
    tries = _TRIES * len(level.to)
    home = cool(draft.problem, level, draft.state, home, Plan(_HOT, _COLD, _ROUNDS, tries))
    if draft.rank <= before:
        draft.home[units] = home
        if shift:
            draft.part[shift[1]] = draft.part[shift[2]]
    else:
        put_back(level, draft.state, home, old)
        draft.state.tally[MISSED], draft.state.tally[SCORE] = before
    return tries + _OVERHEAD


def _count_beside(draft: Draft) -> Ints:
    """Count the pairs of neighbouring units between each two localities."""
    level, count = draft.problem.level, len(draft.part)
    pairs = draft.home[level.owner].astype(np.int64) * count + draft.home[level.to]
    beside = np.bincount(pairs, minlength=count * count).reshape(count, count)
    np.fill_diagonal(beside, 0)
    return beside


def _grow(chosen: Flags, beside: Ints, size: int, draft: Draft) -> None:
    """Choose neighbours of what is chosen, those along long borders rather."""
    while chosen.sum() < size:
        near = beside[chosen].sum(axis=0) * ~chosen
        if not near.any():
            return
        luck = draw(draft.state.random, int(near.sum()))
        chosen[np.searchsorted(np.cumsum(near), luck, side="right")] = True


def _choose_shift(draft: Draft, beside: Ints) -> tuple[int, int, int] | None:
    """Choose two small neighbours to join and a large locality to part; nothing when chance finds none."""
    random, people = draft.state.random, draft.state.people
    plain = np.flatnonzero(draft.part >= 0)
    pairs = []
    for _ in range(_SMALL_OF):
        one = plain[draw(random, len(plain))]
        near = np.flatnonzero(beside[one])
        if len(near):
            pairs.append((int(one), int(near[draw(random, len(near))])))
    if not pairs:
        return None
    left, right = min(pairs, key=lambda pair: int(people[pair[0]] + people[pair[1]]))
    large = [int(plain[draw(random, len(plain))]) for _ in range(_LARGE_OF)]
    large = [other for other in large if other not in (left, right)]
    if not large:
        return None
    third = max(large, key=lambda other: int(people[other]))
    return (left, right, third) if _may_shift(draft, int(draft.part[left]), int(draft.part[third])) else None


def _may_shift(draft: Draft, source: int, target: int) -> bool:
    if source == target:
        return True
    held = np.bincount(draft.part[draft.part >= 0], minlength=len(draft.numbers.number))
    return bool(held[source] > draft.numbers.fewest[source] and held[target] < draft.numbers.most[target])


def _shift(draft: Draft, level: Level, home: I4, shift: tuple[int, int, int]) -> None:
    """Join the second locality to the first, and give its number to a half of the third."""
    one, two, third = shift
    flags = np.zeros(len(draft.part), np.bool_)
    flags[third] = True
    inside, units = cut_out(level, home, flags)
    bounds = np.array([[draft.problem.least, draft.problem.most]])
    none = np.zeros(len(units), np.int64)
    halves, _ = divide(inside, np.zeros(len(units), np.int32), np.array([2]), bounds, none, draft.state.random)
    move_many(level, draft.state, home, np.flatnonzero(home == two).astype(np.int32), one)
    move_many(level, draft.state, home, units[halves == 1], two)
