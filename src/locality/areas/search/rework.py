"""Reworking a few neighbouring localities at a time."""

from __future__ import annotations

import numpy as np

from locality.areas.search.coarsen import cut_out
from locality.areas.search.cooling import Plan, cool
from locality.areas.search.draft import Draft, count_beside, grow
from locality.areas.search.moves import MISSED, SCORE, draw, put_back

REWORKED = (3, 4, 5, 6)
"""How many localities are reworked at once; drawn anew each time."""

_HOT, _COLD, _ROUNDS, _TRIES = 0.8, 0.02, 5, 30
_OVERHEAD = 15_000


def rework(draft: Draft) -> int:
    """Rework some localities; what comes out worse is undone.

    Args:
        draft: Changed, never for the worse.

    Returns:
        The steps that it cost.
    """
    random, free = draft.state.random, draft.free
    chosen = np.zeros(len(draft.part), np.bool_)
    chosen[free[draw(random, len(free))]] = True
    grow(chosen, count_beside(draft), REWORKED[draw(random, len(REWORKED))], draft)
    before = draft.rank
    level, units = cut_out(draft.problem.level, draft.home, chosen)
    old = draft.home[units]
    tries = _TRIES * len(level.to)
    home = cool(draft.problem, level, draft.state, old.copy(), Plan(_HOT, _COLD, _ROUNDS, tries))
    if draft.rank <= before:
        draft.home[units] = home
    else:
        put_back(level, draft.state, home, old)
        draft.state.tally[MISSED], draft.state.tally[SCORE] = before
    return tries + _OVERHEAD
