"""Compiled joining of neighbouring units into larger ones, so that whole villages move at once."""

from __future__ import annotations

import numpy as np

from locality.areas.search.compiled import compiled
from locality.areas.search.moves import I4, I8, MASK_BITS, U8, Count, Flags, Level, draw

_FINE = 1024


@compiled
def pull(level: Level, unit: Count, at: Count) -> Count:
    """Say how strongly a unit belongs to its neighbour: groups shared for each person, and the border between."""
    other = level.to[at]
    own, its = level.people[unit] + 1, level.people[other] + 1
    left, right = level.group_start[unit], level.group_start[other]
    shared: Count = np.int64(0)
    while left < level.group_start[unit + 1] and right < level.group_start[other + 1]:
        if level.group[left] < level.group[right]:
            left += 1
        elif level.group[left] > level.group[right]:
            right += 1
        else:
            shared += min(level.amount[left] * _FINE // own, level.amount[right] * _FINE // its)
            left += 1
            right += 1
    return shared + level.border[at] * _FINE // min(own, its) // 2


@compiled
def pair_units(level: Level, home: I4, cap: Count, random: U8) -> tuple[I4, Count]:
    """Pair each unit with the neighbour in its locality to which it is pulled most, chance helping.

    Returns:
        The number of the new unit of each unit, and how many new units there are.
    """
    count = len(level.people)
    order = np.arange(count)
    for at in range(count - 1, 0, -1):
        other = draw(random, at + 1)
        order[at], order[other] = order[other], order[at]
    joined = np.full(count, -1, np.int32)
    made = 0
    for unit in order:
        if joined[unit] >= 0:
            continue
        best, chosen = np.int64(-1), -1
        for at in range(level.start[unit], level.start[unit + 1]):
            other = level.to[at]
            if joined[other] >= 0 or home[other] != home[unit] or level.people[unit] + level.people[other] > cap:
                continue
            foes = False
            for place in range(level.foe_start[unit], level.foe_start[unit + 1]):
                foes = foes or level.foe[place] == other
            strength = pull(level, unit, at) * (_FINE + draw(random, _FINE)) // _FINE
            if strength > best and not foes:
                best, chosen = strength, other
        joined[unit] = made
        if chosen >= 0:
            joined[chosen] = made
        made += 1
    return joined, made


@compiled
def _members(joined: I4, made: Count) -> tuple[I4, I4]:
    begin = np.zeros(made + 1, np.int32)
    for unit in range(len(joined)):
        begin[joined[unit] + 1] += 1
    begin = np.cumsum(begin).astype(np.int32)
    fill = begin.copy()
    members = np.empty(len(joined), np.int32)
    for unit in range(len(joined)):
        members[fill[joined[unit]]] = unit
        fill[joined[unit]] += 1
    return begin, members


@compiled
def _merge_rows(begin: I4, members: I4, start: I4, names: I4, amounts: I8, own: Count) -> tuple[I4, I4, I8]:
    """Add up rows of (name, amount) of the members of each new unit, names ascending and each once.

    With `own` 1, what a unit says of itself is left out.
    """
    made = len(begin) - 1
    new_start = np.zeros(made + 1, np.int32)
    new_names, new_amounts = np.empty(len(names), np.int32), np.empty(len(names), np.int64)
    highest = np.int64(-1)
    for at in range(len(names)):
        highest = max(highest, np.int64(names[at]))
    held, seen = np.empty(highest + 1, np.int64), np.full(highest + 1, -1, np.int32)
    filled = 0
    for unit in range(made):
        first = filled
        for place in range(begin[unit], begin[unit + 1]):
            member = members[place]
            for at in range(start[member], start[member + 1]):
                name = names[at]
                if seen[name] == unit:
                    held[name] += amounts[at]
                elif own == 0 or name != unit:
                    seen[name] = unit
                    held[name] = amounts[at]
                    slot = filled
                    while slot > first and new_names[slot - 1] > name:
                        new_names[slot] = new_names[slot - 1]
                        slot -= 1
                    new_names[slot] = name
                    filled += 1
        for at in range(first, filled):
            new_amounts[at] = held[new_names[at]]
        new_start[unit + 1] = filled
    return new_start, new_names[:filled].copy(), new_amounts[:filled].copy()


@compiled
def list_owners(start: I4) -> I4:
    """Write beside each neighbour whose neighbour it is."""
    owner = np.empty(start[-1], np.int32)
    for unit in range(len(start) - 1):
        owner[start[unit] : start[unit + 1]] = unit
    return owner


@compiled
def find_back(start: I4, to: I4) -> I4:
    """Say of each neighbour where the same pair stands the other way round; neighbours are in ascending order."""
    back = np.empty(len(to), np.int32)
    fill = start[:-1].copy()
    for unit in range(len(start) - 1):
        for at in range(start[unit], start[unit + 1]):
            back[at] = fill[to[at]]
            fill[to[at]] += 1
    return back


@compiled
def mark_near(start: I4, to: I4) -> U8:
    """Say of each unit's neighbours which of the others they touch, as bits."""
    near = np.zeros(len(to), np.uint64)
    place = np.full(len(start) - 1, -1, np.int64)
    for unit in range(len(start) - 1):
        if start[unit + 1] - start[unit] > MASK_BITS:
            continue
        for at in range(start[unit], start[unit + 1]):
            place[to[at]] = at - start[unit]
        for at in range(start[unit], start[unit + 1]):
            for further in range(start[to[at]], start[to[at] + 1]):
                if place[to[further]] >= 0:
                    near[at] |= np.uint64(1) << np.uint64(place[to[further]])
        for at in range(start[unit], start[unit + 1]):
            place[to[at]] = -1
    return near


@compiled
def join_units(level: Level, joined: I4, made: Count) -> Level:
    """Make the level whose units are the joined ones."""
    begin, members = _members(joined, made)
    people = np.zeros(made, np.int64)
    for unit in range(len(joined)):
        people[joined[unit]] += level.people[unit]
    start, to, border = _merge_rows(begin, members, level.start, joined[level.to], level.border, 1)
    group_start, group, amount = _merge_rows(begin, members, level.group_start, level.group, level.amount, 0)
    foes = np.ones(len(level.foe), np.int64)
    foe_start, foe, _ = _merge_rows(begin, members, level.foe_start, joined[level.foe], foes, 0)
    still = np.zeros(made, np.bool_)
    for unit in range(len(joined)):
        still[joined[unit]] |= level.still[unit]
    owner, back, near = list_owners(start), find_back(start, to), mark_near(start, to)
    return Level(people, start, to, owner, back, border, near, group_start, group, amount, foe_start, foe, still)


@compiled
def cut_out(level: Level, home: I4, chosen: Flags) -> tuple[Level, I4]:
    """Make the level of the units whose localities are chosen; give it and the units' numbers."""
    units = np.nonzero(chosen[home])[0].astype(np.int32)
    number = np.full(len(home), -1, np.int32)
    for place in range(len(units)):
        number[units[place]] = place
    people = level.people[units]
    one = np.ones(len(level.foe), np.int64)
    start, to, border = _keep_rows(level.start, level.to, level.border, units, number)
    every = np.arange(1 if len(level.group) == 0 else level.group.max() + 1).astype(np.int32)
    group_start, group, amount = _keep_rows(level.group_start, level.group, level.amount, units, every)
    foe_start, foe, _ = _keep_rows(level.foe_start, level.foe, one, units, number)
    owner, back, near, still = list_owners(start), find_back(start, to), mark_near(start, to), level.still[units]
    return Level(people, start, to, owner, back, border, near, group_start, group, amount, foe_start, foe, still), units


@compiled
def _keep_rows(start: I4, names: I4, amounts: I8, units: I4, number: I4) -> tuple[I4, I4, I8]:
    """Keep the rows of some units, with those names only that have a number."""
    new_start = np.zeros(len(units) + 1, np.int32)
    size = 0
    for unit in units:
        size += start[unit + 1] - start[unit]
    new_names, new_amounts = np.empty(size, np.int32), np.empty(size, np.int64)
    filled = 0
    for place in range(len(units)):
        for at in range(start[units[place]], start[units[place] + 1]):
            if number[names[at]] >= 0:
                new_names[filled] = number[names[at]]
                new_amounts[filled] = amounts[at]
                filled += 1
        new_start[place + 1] = filled
    return new_start, new_names[:filled].copy(), new_amounts[:filled].copy()
