"""A search: several first divisions, each cooled; then the best one reworked for the rest of the steps."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from scipy.optimize import linear_sum_assignment

from locality.areas.search.cooling import Plan, cool, mend, new_state, stack_levels, start_random
from locality.areas.search.draft import KEPT, SPARE, Draft
from locality.areas.search.moves import I4, MISSED, SCORE, put_back
from locality.areas.search.numbers import Numbers
from locality.areas.search.problem import Problem
from locality.areas.search.rework import rework
from locality.areas.search.shifting import shift
from locality.areas.search.trees import divide

# Figures found by trying, as in cooling.py.


@dataclass(frozen=True)
class _Manner:
    """How first divisions are cooled.

    Args:
        hot: First heat, in mean zones' worth.
        rounds: Fewest and most heats.
        tries: For each neighbour, what one first division gets at least.
        starts: Most first divisions.
        share: Share of the steps that they get; the rest is for reworking.
    """

    hot: float
    rounds: tuple[int, int]
    tries: int
    starts: int
    share: float


# Where localities are few, a long cooling ends where most divisions lie, and not where the best ones do: many short
# ones find those too. Where they are many, one long cooling is better than several.
_FEW = _Manner(hot=0.5, rounds=(8, 8), tries=40, starts=90, share=0.75)
_SOME = _Manner(hot=1.2, rounds=(6, 60), tries=350, starts=12, share=0.65)
_MANY = _Manner(hot=1.5, rounds=(6, 60), tries=160, starts=1, share=0.65)
_UP_TO_FEW, _UP_TO_SOME, _LONG_STARTS = 8, 60, 27
_COLD, _TRIES_OF_ROUND = 0.02, 6
_OUT_OF_CACHE = 1.4  # where localities are many, a step takes longer by this: what it looks up lies far apart
_ALIKE = 0.1
_BETTER_HOT, _BETTER_ROUNDS = 0.1, 2
_SHIFTS = 2
_SPREAD = 1_000_003

Stop = Callable[[], bool]


def search(problem: Problem, numbers: Numbers, *, seed: int, steps: int, stop: Stop) -> list[Draft]:
    """Look for good divisions.

    Args:
        problem: What is divided.
        numbers: How many localities each part shall have.
        seed: Start of the random numbers.
        steps: How many moves to weigh in all, about.
        stop: Asked now and then; when it says yes, what was found until then is given.

    Returns:
        Drafts, best first. The first one may still miss the bounds when hardly any division meets them.
    """
    localities = int(numbers.number.sum())
    manner = _FEW if localities <= _UP_TO_FEW else _SOME if localities <= _UP_TO_SOME else _MANY
    if manner is _MANY:
        steps = int(steps / _OUT_OF_CACHE)
    cooled = steps * manner.share
    fitting = cooled / (manner.tries * max(1, len(problem.level.to))) * min(1.0, _LONG_STARTS / max(1, localities))
    starts = min(max(1, round(fitting)), manner.starts)
    drafts: list[Draft] = []
    for start in range(starts):
        drafts.append(first_draft(problem, numbers, seed=seed * _SPREAD + start))
        cool_all(drafts[-1], int(cooled / starts), manner)
        if stop():
            break
    race(drafts, int(steps - cooled), stop)
    return drafts


def race(drafts: list[Draft], steps: int, stop: Stop) -> None:
    """Rework all drafts for a while, then the better half, and so on; the list is put in order, best first."""
    heats = max(1, math.ceil(math.log2(max(1, len(drafts)))))
    running = len(drafts)
    for heat in range(heats):
        drafts[:running] = leaders_first(drafts[:running])
        running = 1 if heat == heats - 1 else max(1, running // 2)
        for draft in drafts[:running]:
            polish(draft, steps // heats // running, stop, may_shift=True)
    drafts.sort(key=lambda draft: draft.rank)


def leaders_first(drafts: list[Draft]) -> list[Draft]:
    """Order drafts, best first, but those of a kind that a better one stands for behind all others."""
    leaders: list[Draft] = []
    others: list[Draft] = []
    for draft in sorted(drafts, key=lambda draft: draft.rank):
        alike = any(share_moved(leader, draft) < _ALIKE for leader in leaders)
        (others if alike else leaders).append(draft)
    return leaders + others


def share_moved(one: Draft, two: Draft) -> float:
    """Say which share of people are in another locality, after the best matching."""
    count, people = len(one.part), one.problem.level.people
    pairs = one.home.astype(np.int64) * count + two.home
    overlap = np.bincount(pairs, people, count * count).reshape(count, count)
    rows, columns = linear_sum_assignment(overlap, maximize=True)
    return 1.0 - float(overlap[rows, columns].sum()) / one.problem.people


def first_draft(problem: Problem, numbers: Numbers, *, seed: int) -> Draft:
    """Divide by random trees, on joined units where there are many."""
    random = start_random(seed)
    level = problem.level
    localities = int(numbers.number.sum())
    stack = stack_levels(
        level,
        problem.scope.part.astype(np.int32),
        localities=localities,
        cap=problem.people // max(1, localities) // 4,
        random=random,
    )
    coarse, part, _ = stack[-1]
    seeds = problem.scope.seeds
    for _, _, joined in stack[:-1]:
        seeds = np.bincount(joined, seeds).astype(np.int64)
    bounds = np.stack([numbers.floor, np.full(len(numbers.floor), problem.most)], axis=1).astype(np.int64)
    home, origin = divide(coarse, part, numbers.number, bounds, seeds, random)
    for _, _, joined in reversed(stack[:-1]):
        home = home[joined]
    return draft_of(problem, numbers, home, origin.astype(np.int64), seed=seed)


def draft_of(problem: Problem, numbers: Numbers, home: I4, origin: np.ndarray, *, seed: int) -> Draft:
    """Book a division of the units, whose localities come from the parts `origin`."""
    kept = problem.scope.kept
    home = (home + kept).astype(np.int32)
    part = np.concatenate([np.full(kept, KEPT), origin, [SPARE]]).astype(np.int64)
    state = new_state(problem, home, part, numbers, seed)
    return Draft(problem, numbers, home, part, state)


def cool_all(draft: Draft, tries: int, manner: _Manner) -> None:
    """Cool a whole draft, from hot to cold, and mend it where it misses its bounds."""
    problem = draft.problem
    fewest, most = manner.rounds
    rounds = min(max(tries // max(1, len(problem.level.to)) // _TRIES_OF_ROUND, fewest), most)
    draft.home = cool(problem, problem.level, draft.state, draft.home, Plan(manner.hot, _COLD, rounds, tries))
    mend(problem, problem.level, draft.state, draft.home)


def polish(draft: Draft, steps: int, stop: Stop, *, may_shift: bool) -> None:
    """Rework a draft until the steps are used up."""
    if not len(draft.free) > 1:
        return
    # Where localities are few, a region is most of the area, and nothing lies elsewhere.
    may_shift = may_shift and len(draft.free) > _UP_TO_FEW
    while steps > 0 and not stop():
        steps -= rework(draft)
        if may_shift:
            for _ in range(_SHIFTS):
                steps -= shift(draft)


def better(draft: Draft, steps: int, *, may_shift: bool) -> None:
    """Mend a draft and better it with little heat, so that it stays close to what was drawn; never worse."""
    problem = draft.problem
    mend(problem, problem.level, draft.state, draft.home)
    before, old = draft.rank, draft.home.copy()
    cooled = Plan(_BETTER_HOT, _COLD, _BETTER_ROUNDS, steps // 2)
    draft.home = cool(problem, problem.level, draft.state, draft.home, cooled)
    mend(problem, problem.level, draft.state, draft.home)
    if draft.rank > before:
        put_back(problem.level, draft.state, draft.home, old)
        draft.state.tally[MISSED], draft.state.tally[SCORE] = before
    polish(draft, steps // 2, lambda: False, may_shift=may_shift)
