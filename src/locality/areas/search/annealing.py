"""Compiled annealing: moves of single units, worse ones less and less often."""

from __future__ import annotations

import math

import numpy as np

from locality.areas.search.compiled import compiled_bare
from locality.areas.search.moves import (
    I4,
    MISSED,
    SCORE,
    WORK,
    Count,
    Level,
    Marks,
    State,
    change_of_missed,
    change_of_score,
    draw,
    move,
    stays_whole,
)

_LUCK_BITS = 10
_LUCK_STEPS = 1 << _LUCK_BITS
_LUCK = np.array(
    [round(-math.log((step + 0.5) / _LUCK_STEPS) * _LUCK_STEPS) for step in range(_LUCK_STEPS)], dtype=np.int64
)


@compiled_bare
def anneal(level: Level, state: State, home: I4, tries: Count, heat: Count, pressure: Count, marks: Marks) -> Count:
    """Try moves of single units, taking worse ones with a chance that falls with what they cost.

    Args:
        level: The units.
        state: The localities; kept up to date.
        home: Locality of each unit; changed.
        tries: How many neighbours to look at.
        heat: The cost at which a worse move is taken with a chance of 1 in e.
        pressure: What each person by which bounds are missed costs; 0: no move may miss them by more.
        marks: Scratch arrays, one entry for each unit, and a stamp.

    Returns:
        How many moves were made.
    """
    made = 0
    ends = len(level.to)
    if ends == 0:
        return 0
    for _ in range(tries):
        at = draw(state.random, ends)
        unit = np.int64(level.owner[at])
        source, target = home[unit], np.int64(home[level.to[at]])
        if source == target or level.still[unit]:
            continue
        more = change_of_missed(level, state, home, unit, target)
        if more > 0 and pressure == 0:
            continue
        change = change_of_score(level, state, home, unit, target)
        cost = change + more * max(pressure, np.int64(1))
        if cost > 0 and cost > (heat * _LUCK[draw(state.random, _LUCK_STEPS)]) >> _LUCK_BITS:
            continue
        if not stays_whole(level, state, home, unit, marks):
            continue
        move(level, state, home, unit, target)
        state.tally[SCORE] += change
        state.tally[MISSED] += more
        made += 1
    state.tally[WORK] += tries * 2
    return made
