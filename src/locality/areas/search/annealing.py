"""Compiled annealing: moves of single units, worse ones less and less often."""

from __future__ import annotations

import math

import numpy as np

from locality.areas.search.compiled import compiled_bare
from locality.areas.search.moves import (
    I4,
    MISSED,
    SCORE,
    Count,
    Level,
    Marks,
    State,
    change_of_border,
    change_of_groups,
    change_of_missed,
    draw,
    move,
)
from locality.areas.search.neighbours import list_cuts, note_cuts, stays_whole

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
        tries: How many moves over the borders of localities to weigh.
        heat: The cost at which a worse move is taken with a chance of 1 in e.
        pressure: What each person by which bounds are missed costs; 0: no move may miss them by more.
        marks: Scratch arrays, see `locality.areas.search.cooling.Marks`.

    Returns:
        How many moves were made.
    """
    made = 0
    random = state.random
    count = list_cuts(level, home, marks)
    for _ in range(tries):
        if count == 0:
            break
        drawn = draw(random, 2 * count)
        at = np.int64(marks[3][drawn >> 1])
        if drawn & 1:
            at = np.int64(level.back[at])
        unit = np.int64(level.owner[at])
        source, target = np.int64(home[unit]), np.int64(home[level.to[at]])
        if level.still[unit]:
            continue
        more = change_of_missed(level, state, home, unit, target)
        if more > 0 and pressure == 0:
            continue
        change, inside = change_of_border(level, home, unit, target)
        change += change_of_groups(level, state, source, unit, target)
        cost = change + more * max(pressure, np.int64(1))
        if cost > 0 and cost > (heat * _LUCK[draw(random, _LUCK_STEPS)]) >> _LUCK_BITS:
            continue
        if not stays_whole(level, home, unit, inside, marks):
            continue
        move(level, state, home, unit, target)
        count = note_cuts(level, home, unit, source, count, marks)
        state.tally[SCORE] += change
        state.tally[MISSED] += more
        made += 1
    return made
