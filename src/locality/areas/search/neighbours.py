"""Compiled looks at neighbours: whether a locality stays in one piece, and which pairs lie in two localities."""

from __future__ import annotations

import numpy as np

from locality.areas.search.compiled import compiled_bare, compiled_inside
from locality.areas.search.moves import I4, MASK_BITS, Count, Level, Marks


@compiled_bare
def _walk_round(level: Level, home: I4, unit: Count, marks: Marks) -> bool:
    """Walk through the locality until all of the unit's neighbours in it are met without the unit, or the way ends."""
    source, begin, end = home[unit], level.start[unit], level.start[unit + 1]
    seen, queue, stamp = marks[0], marks[1], marks[2]
    stamp[0] += 2
    wanted_mark, mark = stamp[0] - 1, stamp[0]
    seen[unit] = mark
    wanted, first = 0, -1
    for at in range(begin, end):
        if home[level.to[at]] == source:
            wanted += 1
            first = level.to[at]
            seen[first] = wanted_mark
    head, tail = 0, 1
    queue[0] = first
    seen[first] = mark
    wanted -= 1
    while head < tail and wanted > 0:
        now = queue[head]
        head += 1
        for at in range(level.start[now], level.start[now + 1]):
            other = level.to[at]
            if home[other] == source and seen[other] != mark:
                if seen[other] == wanted_mark:
                    wanted -= 1
                seen[other] = mark
                queue[tail] = other
                tail += 1
    return bool(wanted == 0)


@compiled_inside
def _hang_together(level: Level, begin: Count, inside: Count) -> bool:
    """Say whether the neighbours given as bits touch each other, all in one piece."""
    reached = inside & (~inside + np.uint64(1))
    left = inside ^ reached
    grown = True
    while left != 0 and grown:
        grown = False
        at, bits = begin, left
        while bits != 0:
            if bits & np.uint64(1) and level.near[at] & reached:
                bit = np.uint64(1) << np.uint64(at - begin)
                reached |= bit
                left ^= bit
                grown = True
            bits >>= np.uint64(1)
            at += 1
    return bool(left == 0)


@compiled_inside
def stays_whole(level: Level, home: I4, unit: Count, inside: Count, marks: Marks) -> bool:
    """Say whether the unit's locality is still in one piece, and not empty, without the unit."""
    begin, end = np.int64(level.start[unit]), np.int64(level.start[unit + 1])
    if end - begin <= MASK_BITS:
        if inside == 0:
            return False
        if _hang_together(level, begin, inside):
            return True
    else:
        found = False
        for at in range(begin, end):
            found = found or home[level.to[at]] == home[unit]
        if not found:
            return False
    return _walk_round(level, home, unit, marks)


@compiled_bare
def list_cuts(level: Level, home: I4, marks: Marks) -> Count:
    """List the pairs of neighbours that lie in two localities; give how many."""
    cut, place = marks[3], marks[4]
    count = 0
    for at in range(len(level.to)):
        if at < level.back[at]:
            place[at] = -1
            if home[level.owner[at]] != home[level.to[at]]:
                cut[count] = at
                place[at] = count
                count += 1
    return count


@compiled_inside
def note_cuts(level: Level, home: I4, unit: Count, source: Count, count: Count, marks: Marks) -> Count:
    """Put the list of cut pairs right after a unit moved; give how many there are."""
    cut, place, target = marks[3], marks[4], home[unit]
    for at in range(level.start[unit], level.start[unit + 1]):
        other = home[level.to[at]]
        pair: Count = min(at, np.int64(level.back[at]))
        if other == source:
            cut[count] = pair
            place[pair] = count
            count += 1
        elif other == target:
            count -= 1
            last = cut[count]
            cut[place[pair]] = last
            place[last] = place[pair]
            place[pair] = -1
    return count
