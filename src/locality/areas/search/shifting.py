"""Taking a locality away here and making one more there.

A division is often in a bind: four localities stand where three would do, and three where four are wanted, far away.
No move of zones mends that. So both halves are tried apart: some neighbouring localities are redrawn as one fewer,
others as one more, and what each came to is remembered. Two that fit and are better together are then made.
"""

from __future__ import annotations

import numpy as np

from locality.areas.ground import Ints
from locality.areas.search.coarsen import cut_out
from locality.areas.search.cooling import Plan, cool
from locality.areas.search.draft import SPARE, Draft, Trial, count_beside, grow, may_change_parts
from locality.areas.search.moves import BEST, I4, MISSED, SCORE, Level, draw, move_many, put_back
from locality.areas.search.problem import SCALE
from locality.areas.search.trees import divide

# Figures found by trying, as in cooling.py.

_SIZES_FEWER, _SIZES_MORE = (3, 4, 5), (2, 3, 4)
_HOT, _COLD, _ROUNDS, _TRIES = 0.5, 0.02, 4, 15
_OVERHEAD = 8_000
_TOO_LARGE = 0.1
"""What a person too many in two joined localities counts, in mean people's worth, when it is chosen which to join."""

_VERIFIED = 6
"""How many pairs of trials are made and looked at, the best first: what one comes to may hang on the other."""


def shift(draft: Draft) -> int:
    """Try one locality fewer or more somewhere, and make two such changes together when that is better.

    Args:
        draft: Changed, never for the worse.

    Returns:
        The steps that it cost.
    """
    prints = _prints(draft)
    draft.trials = [trial for trial in draft.trials if np.array_equal(prints[trial.region], trial.prints)]
    fewer = 2 * sum(trial.gone >= 0 for trial in draft.trials) <= len(draft.trials)
    region = _choose_region(draft, fewer=fewer)
    if not _may_hold(draft, region, len(region) - 1 if fewer else len(region) + 1):
        return _OVERHEAD
    trial, steps = _try(draft, region, prints[region], fewer=fewer)
    if trial is not None:
        draft.trials.append(trial)
        _combine(draft, trial)
    return steps + _OVERHEAD


def _prints(draft: Draft) -> Ints:
    """Add up a number for each unit, so that a locality that changed is known by its sum."""
    return np.bincount(draft.home, draft.problem.keys, len(draft.part)).astype(np.int64)


def _choose_region(draft: Draft, *, fewer: bool) -> Ints:
    """Choose neighbouring localities, where fewest trials of the kind are known."""
    random, free = draft.state.random, draft.free
    tried = np.zeros(len(draft.part), np.int64)
    for trial in draft.trials:
        if (trial.gone >= 0) == fewer:
            tried[trial.region] += 1
    rare = free[tried[free] == tried[free].min()]
    chosen = np.zeros(len(draft.part), np.bool_)
    chosen[rare[draw(random, len(rare))]] = True
    sizes = _SIZES_FEWER if fewer else _SIZES_MORE
    grow(chosen, count_beside(draft), sizes[draw(random, len(sizes))], draft)
    return np.flatnonzero(chosen)


def _may_hold(draft: Draft, region: Ints, number: int) -> bool:
    people = int(draft.state.people[region].sum())
    return number > 0 and number * _floor(draft, region) <= people <= number * draft.problem.most


def _floor(draft: Draft, region: Ints) -> int:
    return int(draft.numbers.floor[draft.part[region[0]]])


def _try(draft: Draft, region: Ints, prints: Ints, *, fewer: bool) -> tuple[Trial | None, int]:
    """Redraw a region, note what it came to, and undo it."""
    state, before = draft.state, draft.rank
    chosen = np.zeros(len(draft.part), np.bool_)
    chosen[region] = True
    level, units = cut_out(draft.problem.level, draft.home, chosen)
    old = draft.home[units]
    home = old.copy()
    changed = _take_away(draft, level, home, region) if fewer else _add(draft, level, home, region)
    tries = _TRIES * len(level.to)
    home = cool(draft.problem, level, state, home, Plan(_HOT, _COLD, _ROUNDS, tries))
    missed, score = draft.rank
    found = np.where(home == draft.spare, -1, home).astype(np.int32)
    put_back(level, state, home, old)
    _set_least(draft, changed, _floor(draft, region) if fewer else 0)
    state.tally[MISSED], state.tally[SCORE] = before
    if missed > before[0]:
        return None, tries
    return Trial(score - before[1], region, prints, units, found, changed if fewer else -1), tries


def _set_least(draft: Draft, locality: int, least: int) -> None:
    """Change the fewest people of a locality, and book by how much the bounds are missed then."""
    state = draft.state
    people = int(state.people[locality])
    state.tally[MISSED] += max(0, least - people) - max(0, int(state.least[locality]) - people)
    state.least[locality] = least


def _take_away(draft: Draft, level: Level, home: I4, region: Ints) -> int:
    """Join those two neighbours that lose least by it; give the one that is empty then."""
    state, problem = draft.state, draft.problem
    value, best = state.value[:, region], state.lead[:, BEST]
    border = _borders(level, home, region)
    costs: list[tuple[float, int, int]] = []
    for one, two in np.argwhere(border > 0):
        earned = np.maximum(value[:, one] + value[:, two] - best, 0).sum()
        too_many = max(0, int(state.people[region[[one, two]]].sum()) - problem.most)
        cost = too_many * _TOO_LARGE * SCALE / problem.people - earned - border[one, two]
        costs.append((float(cost), int(region[one]), int(region[two])))
    _, stays, gone = min(costs)
    _set_least(draft, gone, 0)
    move_many(level, state, home, np.flatnonzero(home == gone).astype(np.int32), stays)
    return gone


def _borders(level: Level, home: I4, region: Ints) -> Ints:
    """Add up the border between each two localities; 1 more for each pair of units, as a crossing has no length."""
    number = np.searchsorted(region, home)
    pairs = number[level.owner] * len(region) + number[level.to]
    border = np.bincount(pairs, level.border + 1, len(region) ** 2).reshape(len(region), -1)
    np.fill_diagonal(border, 0)
    return border


def _add(draft: Draft, level: Level, home: I4, region: Ints) -> int:
    """Part the largest locality; give the new one."""
    state, spare, bounds = draft.state, draft.spare, (draft.problem.least, draft.problem.most)
    _set_least(draft, spare, _floor(draft, region))
    flags = np.zeros(len(draft.part), np.bool_)
    flags[region[state.people[region].argmax()]] = True
    inside, units = cut_out(level, home, flags)
    none = np.zeros(len(units), np.int64)
    halves, _ = divide(inside, np.zeros(len(units), np.int32), np.array([2]), np.array([bounds]), none, state.random)
    move_many(level, state, home, units[halves == 1], spare)
    return spare


def _combine(draft: Draft, trial: Trial) -> None:
    """Make a trial together with one of the other kind that lies elsewhere, when that is better."""
    pairs = []
    for place, other in enumerate(draft.trials):
        fewer, more = (trial, other) if trial.gone >= 0 else (other, trial)
        promising = fewer.gone >= 0 > more.gone and fewer.change + more.change < 0
        if promising and not np.intersect1d(fewer.region, more.region).size:
            pairs.append((fewer.change + more.change, place, fewer, more))
    for _, _, fewer, more in sorted(pairs, key=lambda pair: pair[:2])[:_VERIFIED]:
        if may_change_parts(draft, fewer.region[0], more.region[0]) and _make(draft, fewer, more):
            return


def _make(draft: Draft, fewer: Trial, more: Trial) -> bool:
    """Make two trials; undo them when the whole is not better, for the groups that they share are booked but once."""
    level, state, spare = draft.problem.level, draft.state, draft.spare
    before, old = draft.rank, draft.home.copy()
    _set_least(draft, spare, _floor(draft, more.region))
    _set_least(draft, fewer.gone, 0)
    for trial in (fewer, more):
        new = np.where(trial.home < 0, spare, trial.home)
        for locality in np.unique(new):
            move_many(level, state, draft.home, trial.units[new == locality], int(locality))
    if draft.rank < before:
        draft.part[spare], draft.part[fewer.gone] = draft.part[more.region[0]], SPARE
        return True
    put_back(level, state, draft.home, old)
    _set_least(draft, spare, 0)
    _set_least(draft, fewer.gone, _floor(draft, fewer.region))
    state.tally[MISSED], state.tally[SCORE] = before
    return False
