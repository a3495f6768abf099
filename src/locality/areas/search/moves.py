"""Compiled moves of one unit to a neighbouring locality: what they cost, and whether they may be made.

A unit is a zone, or several zones that stay together for a while. Everything that is scored is a sum over *groups*
(clusters and settlements): a group earns what its largest pieces weigh. All scores are whole numbers, so a run gives
the same answer on every machine, and no rounding gathers over millions of moves.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from locality.areas.search.compiled import compiled_bare, compiled_inside

I4 = npt.NDArray[np.int32]
I8 = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]
U8 = npt.NDArray[np.uint64]
Marks = tuple[I8, I4, I8, I4, I4]
Count = Any
"""A whole number, Python's or numpy's; the compiled code makes no difference."""

SCORE, MISSED = 0, 1
"""Places of a state's tally: composite so far, people by which bounds are missed."""

BEST, SECOND, MAIN, AFTER = 0, 1, 2, 3
"""Places of a group's lead: what the pieces that count weigh; the largest but one; where the largest and it are."""

MASK_BITS = 64
"""A unit with more neighbours than this is walked round instead of looked up."""


class Level(NamedTuple):
    """Units and their neighbours, at one coarseness.

    Args:
        people: Residents of each unit.
        start: Where each unit's neighbours begin in `to`.
        to: Neighbours, unit by unit.
        owner: The unit whose neighbour stands in `to`.
        back: Where the same pair stands the other way round.
        border: What cutting that pair costs.
        near: Which of the unit's other neighbours touch this one, as bits.
        group_start: Where each unit's groups begin in `group`.
        group: Groups of each unit, ascending.
        amount: What of the group the unit holds, as score.
        foe_start: Where each unit's foes begin in `foe`.
        foe: Units that may not share a locality with it.
        still: Whether the unit stays where it is.
    """

    people: I8
    start: I4
    to: I4
    owner: I4
    back: I4
    border: I8
    near: U8
    group_start: I4
    group: I4
    amount: I8
    foe_start: I4
    foe: I4
    still: Flags


class State(NamedTuple):
    """What is known of the localities; the same at every coarseness.

    Args:
        people: Residents of each locality.
        least: Fewest residents of each locality.
        most: Most residents of each locality.
        value: What each locality holds of each group, as score. Shape (groups, localities).
        where: Localities in which a group is present, in no order. Shape (groups, localities).
        slot: Where a locality stands in `where`. Shape (groups, localities).
        present: In how many localities a group is present.
        tops: How many largest pieces of a group count.
        podium_start: Where each group's podium begins in `podium`.
        podium: Each group's localities with the largest pieces, largest first, two more than count; -1: no more.
        lead: Of each group, see `BEST`. Where one piece counts, the two largest are kept; else the podium.
        tally: See `SCORE`, `MISSED`.
        random: The state of the random numbers.
    """

    people: I8
    least: I8
    most: I8
    value: I8
    where: I4
    slot: I4
    present: I4
    tops: I4
    podium_start: I4
    podium: I4
    lead: I8
    tally: I8
    random: U8


@compiled_inside
def draw(random: U8, below: Count) -> Count:
    """Draw a whole number from 0 up to, not including, `below`."""
    x = random[0]
    x ^= x << np.uint64(13)
    x ^= x >> np.uint64(7)
    x ^= x << np.uint64(17)
    random[0] = x
    return np.int64(((x >> np.uint64(33)) * np.uint64(below)) >> np.uint64(31))


@compiled_bare
def top_pieces(state: State, group: Count, source: Count, target: Count, amount: Count) -> Count:
    """Weigh a group's largest pieces as if `amount` had moved from one locality to another."""
    left = state.tops[group]
    high, low = state.value[group, source] - amount, state.value[group, target] + amount
    if high < low:
        high, low = low, high
    weight = np.int64(0)
    for place in range(state.podium_start[group], state.podium_start[group + 1]):
        home = state.podium[place]
        if home < 0:
            break
        if home == source or home == target:  # noqa: PLR1714, SIM109 - numba has no tuples of two types here
            continue
        held = state.value[group, home]
        if high > held:
            weight += high
            high, low = low, np.int64(0)
            left -= 1
            if left == 0:
                return weight
            if high > held:
                weight += high
                high = np.int64(0)
                left -= 1
                if left == 0:
                    return weight
        weight += held
        left -= 1
        if left == 0:
            return weight
    weight += high
    if left > 1:
        weight += low
    return weight


@compiled_bare
def _rank_many(state: State, group: Count) -> None:
    """Find a group's largest pieces anew: two more than count, so that a move can be weighed without a search."""
    begin, end = state.podium_start[group], state.podium_start[group + 1]
    filled = begin
    for place in range(state.present[group]):
        home = state.where[group, place]
        held = state.value[group, home]
        if filled == end:
            if held <= state.value[group, state.podium[end - 1]]:
                continue
            at = end - 1
        else:
            at = filled
            filled += 1
        while at > begin and state.value[group, state.podium[at - 1]] < held:
            state.podium[at] = state.podium[at - 1]
            at -= 1
        state.podium[at] = home
    if filled < end:
        state.podium[filled] = -1
    best = np.int64(0)
    for place in range(begin, min(filled, begin + state.tops[group])):
        best += state.value[group, state.podium[place]]
    state.lead[group, BEST] = best


@compiled_inside
def _rank_one(state: State, group: Count) -> None:
    """Find a group's two largest pieces anew."""
    best, main, second, after = np.int64(0), np.int64(-1), np.int64(0), np.int64(-1)
    for place in range(state.present[group]):
        home = np.int64(state.where[group, place])
        held = state.value[group, home]
        if held > best:
            second, after = best, main
            best, main = held, home
        elif held > second:
            second, after = held, home
    state.lead[group, BEST], state.lead[group, MAIN] = best, main
    state.lead[group, SECOND], state.lead[group, AFTER] = second, after


@compiled_inside
def _rank(state: State, group: Count) -> None:
    if state.tops[group] == 1:
        _rank_one(state, group)
    else:
        _rank_many(state, group)


@compiled_inside
def _pass_on(state: State, group: Count, source: Count, target: Count) -> None:
    """Put a group's two largest pieces right after something moved; look through all pieces only where needed."""
    lost, grown = state.value[group, source], state.value[group, target]
    lead = state.lead[group]
    if lead[MAIN] == source:
        if lost >= grown and lost >= lead[SECOND]:
            lead[BEST] = lost
            if grown > lead[SECOND]:
                lead[SECOND], lead[AFTER] = grown, target
            return
    elif lead[AFTER] != source:
        if lead[MAIN] == target:
            lead[BEST] = grown
        elif grown > lead[BEST]:
            lead[SECOND], lead[AFTER] = lead[BEST], lead[MAIN]
            lead[BEST], lead[MAIN] = grown, target
        elif grown > lead[SECOND]:
            lead[SECOND], lead[AFTER] = grown, target
        return
    _rank_one(state, group)


@compiled_inside
def change_of_border(level: Level, home: I4, unit: Count, target: Count) -> tuple[Count, Count]:
    """Say by how much the border's cost changes when a unit moves, and which neighbours it leaves, as bits."""
    source = home[unit]
    change, inside, bit = np.int64(0), np.uint64(0), np.uint64(1)
    for at in range(level.start[unit], level.start[unit + 1]):
        other = home[level.to[at]]
        if other == source:
            change += level.border[at]
            inside |= bit
        elif other == target:
            change -= level.border[at]
        bit <<= np.uint64(1)
    return change, inside


@compiled_inside
def change_of_groups(level: Level, state: State, source: Count, unit: Count, target: Count) -> Count:
    """Say by how much less the groups earn when a unit moves."""
    change = np.int64(0)
    for at in range(level.group_start[unit], level.group_start[unit + 1]):
        group, amount = level.group[at], level.amount[at]
        best = state.lead[group, BEST]
        if state.tops[group] == 1:
            new = state.value[group, target] + amount
            if state.lead[group, MAIN] == source:
                new = max(new, best - amount, state.lead[group, SECOND])
            else:
                new = max(new, best)
        else:
            new = top_pieces(state, group, source, target, amount)
        change -= new - best
    return change


@compiled_bare
def change_of_score(level: Level, state: State, home: I4, unit: Count, target: Count) -> Count:
    """Say by how much the composite changes when a unit moves."""
    change, _ = change_of_border(level, home, unit, target)
    return change + change_of_groups(level, state, np.int64(home[unit]), unit, target)


@compiled_inside
def missed(state: State, locality: Count, people: Count) -> Count:
    """Say by how many residents a locality of this size misses its bounds."""
    return max(np.int64(0), state.least[locality] - people) + max(np.int64(0), people - state.most[locality])


@compiled_inside
def change_of_missed(level: Level, state: State, home: I4, unit: Count, target: Count) -> Count:
    """Say by how much more the bounds are missed when a unit moves; a foe met counts like a locality of people."""
    source, people = home[unit], level.people[unit]
    change = missed(state, source, state.people[source] - people) - missed(state, source, state.people[source])
    change += missed(state, target, state.people[target] + people) - missed(state, target, state.people[target])
    if len(level.foe) > 0:
        for at in range(level.foe_start[unit], level.foe_start[unit + 1]):
            other = home[level.foe[at]]
            if other == target:
                change += state.most[target]
            elif other == source:
                change -= state.most[source]
    return change


@compiled_inside
def _add(state: State, group: Count, locality: Count, amount: Count) -> None:
    held = state.value[group, locality]
    if held == 0:
        state.slot[group, locality] = state.present[group]
        state.where[group, state.present[group]] = locality
        state.present[group] += 1
    held += amount
    state.value[group, locality] = held
    if held == 0:
        place, last = state.slot[group, locality], state.present[group] - 1
        other = state.where[group, last]
        state.where[group, place] = other
        state.slot[group, other] = place
        state.present[group] = last


@compiled_bare
def settle(level: Level, state: State, home: I4) -> None:
    """Book every unit in its locality, on top of what the state holds already, and add the score up."""
    for unit in range(len(home)):
        state.people[home[unit]] += level.people[unit]
        for at in range(level.group_start[unit], level.group_start[unit + 1]):
            state.value[level.group[at], home[unit]] += level.amount[at]
    for group in range(len(state.tops)):
        for locality in range(len(state.people)):
            if state.value[group, locality] > 0:
                state.slot[group, locality] = state.present[group]
                state.where[group, state.present[group]] = locality
                state.present[group] += 1
        _rank(state, group)
        state.tally[SCORE] -= state.lead[group, BEST]
    for at in range(len(level.to)):
        if home[level.owner[at]] != home[level.to[at]] and level.owner[at] < level.to[at]:
            state.tally[SCORE] += level.border[at]
    for unit in range(len(home)):
        for at in range(level.foe_start[unit], level.foe_start[unit + 1]):
            if level.foe[at] > unit and home[level.foe[at]] == home[unit]:
                state.tally[MISSED] += state.most[home[unit]]
    for locality in range(len(state.people)):
        state.tally[MISSED] += missed(state, locality, state.people[locality])


@compiled_inside
def move(level: Level, state: State, home: I4, unit: Count, target: Count) -> None:
    """Move a unit; the caller books the change of the tally."""
    source = np.int64(home[unit])
    for at in range(level.group_start[unit], level.group_start[unit + 1]):
        group, amount = level.group[at], level.amount[at]
        _add(state, group, source, -amount)
        _add(state, group, target, amount)
        if state.tops[group] == 1:
            _pass_on(state, group, source, target)
        else:
            _rank_many(state, group)
    state.people[source] -= level.people[unit]
    state.people[target] += level.people[unit]
    home[unit] = target


@compiled_bare
def move_many(level: Level, state: State, home: I4, units: I4, target: Count) -> None:
    """Move units and book what that changes, without asking whether they may be moved."""
    for place in range(len(units)):
        unit = np.int64(units[place])
        if home[unit] != target:
            state.tally[MISSED] += change_of_missed(level, state, home, unit, target)
            state.tally[SCORE] += change_of_score(level, state, home, unit, target)
            move(level, state, home, unit, target)


@compiled_bare
def put_back(level: Level, state: State, home: I4, old: I4) -> None:
    """Move all units back to where they were; the caller puts the tally back."""
    for unit in range(len(home)):
        if home[unit] != old[unit]:
            move(level, state, home, np.int64(unit), np.int64(old[unit]))
