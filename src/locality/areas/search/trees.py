"""Compiled first divisions: cut random trees, which follow strong pulls, until every part is one locality."""

from __future__ import annotations

import numpy as np

from locality.areas.search.coarsen import pull
from locality.areas.search.compiled import compiled
from locality.areas.search.moves import I4, I8, U8, Count, Flags, Level, draw

_REDRAWN = 12
"""Trees drawn for a part before a cut that misses the bounds is taken; later moves mend it."""


@compiled
def _root(parent: I8, unit: Count) -> Count:
    while parent[unit] != unit:
        parent[unit] = parent[parent[unit]]
        unit = parent[unit]
    return unit


@compiled
def _draw_tree(level: Level, units: I4, part: I4, random: U8) -> I8:
    """Join a part's units by the strongest pulls, shaken by chance; give each unit's parent, parents first."""
    here = part[units[0]]
    ends = 0
    for unit in units:
        ends += level.start[unit + 1] - level.start[unit]
    places, strengths = np.empty(ends, np.int64), np.empty(ends, np.int64)
    found = 0
    for unit in units:
        for at in range(level.start[unit], level.start[unit + 1]):
            if level.to[at] > unit and part[level.to[at]] == here:
                places[found] = at
                strengths[found] = -pull(level, unit, at) * (256 + draw(random, 1024))
                found += 1
    order = np.argsort(strengths[:found], kind="mergesort")
    place_of = np.full(len(part), -1, np.int64)
    for place in range(len(units)):
        place_of[units[place]] = place
    parent = np.arange(len(units))
    kept = np.empty((len(units), 2), np.int64)
    count = 0
    for rank in order:
        one, two = place_of[level.owner[places[rank]]], place_of[level.to[places[rank]]]
        first, second = _root(parent, one), _root(parent, two)
        if first != second:
            parent[first] = second
            kept[count, 0], kept[count, 1] = one, two
            count += 1
    return kept[:count]


@compiled
def _hang_up(edges: I8, count: Count) -> tuple[I8, I8]:
    """Order a tree's nodes from a root down, each with its parent's place."""
    degree = np.zeros(count + 1, np.int64)
    for row in range(len(edges)):
        degree[edges[row, 0] + 1] += 1
        degree[edges[row, 1] + 1] += 1
    begin = np.cumsum(degree)
    fill = begin.copy()
    ends = np.empty(2 * len(edges), np.int64)
    for row in range(len(edges)):
        one, two = edges[row, 0], edges[row, 1]
        ends[fill[one]] = two
        fill[one] += 1
        ends[fill[two]] = one
        fill[two] += 1
    order, above = np.empty(count, np.int64), np.full(count, -1, np.int64)
    order[0] = 0
    head, tail = 0, 1
    while head < tail:
        now = order[head]
        head += 1
        for at in range(begin[now], begin[now + 1]):
            if ends[at] != above[now]:
                above[ends[at]] = now
                order[tail] = ends[at]
                tail += 1
    return order, above


@compiled
def _gap(people: Count, number: Count, bounds: I8) -> Count:
    """Say by how many people `number` localities cannot hold this many."""
    return max(np.int64(0), number * bounds[0] - people) + max(np.int64(0), people - number * bounds[1])


@compiled
def _choose_cut(
    people: I8, seeds: I8, above: I8, order: I8, number: int, bounds: I8, random: U8
) -> tuple[Count, Count, Count]:
    """Choose the edge whose sides can be divided further: as even as may be, chance helping."""
    total, all_seeds = people[order[0]], seeds[order[0]]
    least_gap, chosen, share, best = np.int64(-1), -1, 0, np.int64(-1)
    for place in range(1, len(order)):
        node = order[place]
        below = people[node]
        likely = (below * number + total // 2) // max(total, np.int64(1))
        for part in range(max(np.int64(1), likely - 1), min(number - 1, likely + 1) + 1):
            gap = _gap(below, part, bounds) + _gap(total - below, number - part, bounds)
            gap += bounds[1] * max(np.int64(0), seeds[node] - part)
            gap += bounds[1] * max(np.int64(0), all_seeds - seeds[node] - (number - part))
            even = min(part, number - part) * 1024 + draw(random, 256 * number)
            if chosen < 0 or gap < least_gap or (gap == least_gap and even > best):
                least_gap, chosen, share, best = gap, node, part, even
    return chosen, share, least_gap


@compiled
def _split(
    level: Level, units: I4, part: I4, number: Count, bounds: I8, seed_of: I8, random: U8
) -> tuple[Flags, Count]:
    """Cut a part in two; give a flag for each unit, and the number of localities on the flagged side."""
    count = len(units)
    fewest, flags, share = np.int64(-1), np.zeros(count, np.bool_), 1
    for _ in range(_REDRAWN):
        order, above = _hang_up(_draw_tree(level, units, part, random), count)
        people, seeds = np.empty(count, np.int64), np.empty(count, np.int64)
        for place in range(count):
            people[place] = level.people[units[place]]
            seeds[place] = seed_of[units[place]]
        for place in range(count - 1, 0, -1):
            people[above[order[place]]] += people[order[place]]
            seeds[above[order[place]]] += seeds[order[place]]
        node, lot, gap = _choose_cut(people, seeds, above, order, number, bounds, random)
        if node >= 0 and (fewest < 0 or gap < fewest):
            fewest, share = gap, lot
            flags[:] = False
            for place in range(count):
                here = order[place]
                flags[here] = here == node or (above[here] >= 0 and flags[above[here]])
        if fewest == 0:
            break
    return flags, share


@compiled
def divide(level: Level, part: I4, numbers: I8, bounds: I8, seed_of: I8, random: U8) -> tuple[I4, I4]:
    """Divide each connected part into its number of localities.

    Args:
        level: The units.
        part: Connected part of each unit.
        numbers: How many localities each part shall have.
        bounds: Fewest and most people, part by part.
        seed_of: How many seeds each unit holds.
        random: The state of the random numbers.

    Returns:
        The locality of each unit, and the part from which each locality comes.
    """
    label, left = part.copy(), np.zeros(numbers.sum(), np.int64)
    origin = np.zeros(numbers.sum(), np.int32)
    made = len(numbers)
    left[:made] = numbers
    for number in range(made):
        origin[number] = number
    now = 0
    while now < made:
        if left[now] == 1:
            now += 1
            continue
        units = np.nonzero(label == now)[0].astype(np.int32)
        flags, share = _split(level, units, label, left[now], bounds[origin[now]], seed_of, random)
        if not flags.any():
            now += 1
            continue
        for place in range(len(units)):
            if flags[place]:
                label[units[place]] = made
        left[made], origin[made] = share, origin[now]
        left[now] -= share
        made += 1
    return label, origin[:made]
