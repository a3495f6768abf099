"""Single zones at a border whose move to the neighbouring locality would mend most: localities fitted to clusters."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from scipy import sparse

from locality.areas.communities import keep_communities
from locality.areas.containment import patients_by_cluster
from locality.areas.division_faults import find_division_faults
from locality.areas.ground import DesignRules, Division, Floats, Ground, Practices

_Named = tuple[str, tuple[int, ...], tuple[int, ...]]
"""A fault by its code, its localities and its zones: what stays the same while its numbers change."""


@dataclass(frozen=True)
class ZoneMove:
    """A zone's move to a neighbouring locality.

    Args:
        zone: Its number.
        before: Its locality now.
        after: The neighbouring locality that it would join.
        people: Its residents.
        mends: How many more patients live in their cluster's main locality in the end.
        communities: By how much the share of communities kept whole changes; below 0: something is cut.
    """

    zone: int
    before: int
    after: int
    people: int
    mends: int
    communities: float


def zone_moves(ground: Ground, division: Division, rules: DesignRules, *, most: int = 10) -> tuple[ZoneMove, ...]:
    """Give the zones at a border whose move would mend most without breaking a rule that is kept now.

    Args:
        ground: What the division is drawn on.
        division: The locality of every zone; -1: in none.
        rules: Sizes, pieces and wishes that must not be broken.
        most: How many moves to give.

    Returns:
        Moves that mend, each by itself, those that mend most first; none when practices are not known.
    """
    if ground.practices is None:
        return ()
    now = {(fault.code, fault.localities, fault.zones) for fault in find_division_faults(ground, division, rules)}
    kept, found = keep_communities(ground, division, rules.most) or 0.0, list[ZoneMove]()
    for mends, zone, after in sorted(_mending(ground, ground.practices, division), key=lambda one: (-one[0], one[1])):
        moved = division.copy()
        moved[zone] = after
        if _stays_lawful(ground, division, moved, rules, now):
            change = (keep_communities(ground, moved, rules.most) or 0.0) - kept
            people = int(ground.people[zone])
            found.append(ZoneMove(zone, int(division[zone]), after, people, mends, change))
        if len(found) == most:
            break
    return tuple(found)


def _mending(ground: Ground, practices: Practices, division: Division) -> Iterator[tuple[int, int, int]]:
    """Give mends, zone and new locality of every move over a border that mends."""
    table, of_zone = patients_by_cluster(practices, division), _by_cluster(practices)
    one, two = ground.borders.first, ground.borders.second
    pairs = {(int(a), int(division[b])) for a, b in zip([*one, *two], [*two, *one], strict=True)}
    for zone, after in sorted(pairs):
        before = int(division[zone])
        if before == after or min(before, after) < 0:
            continue
        row = slice(of_zone.indptr[zone], of_zone.indptr[zone + 1])
        mends = _mends(table, of_zone.indices[row], of_zone.data[row], (before, after))
        if mends > 0:
            yield mends, zone, after


def _mends(table: Floats, clusters: Floats, patients: Floats, way: tuple[int, int]) -> int:
    columns = table[:, clusters]
    kept = columns.max(axis=0).sum()
    columns[way[0]] -= patients
    columns[way[1]] += patients
    return int(columns.max(axis=0).sum() - kept)


def _by_cluster(practices: Practices) -> sparse.csr_matrix:
    """Count patients by zone and cluster."""
    inside = np.flatnonzero(practices.cluster >= 0)
    member = sparse.csr_matrix(
        (np.ones(inside.size, dtype=np.int64), (inside, practices.cluster[inside])),
        (len(practices.codes), len(practices.clusters)),
    )
    return (practices.patients @ member).tocsr()


def _stays_lawful(ground: Ground, division: Division, moved: Division, rules: DesignRules, now: set[_Named]) -> bool:
    """Say whether a move breaks nothing, and makes nothing worse that is broken already."""
    zone = int(np.flatnonzero(moved != division)[0])
    if ("locality-too-small", (int(division[zone]),), ()) in now or (
        "locality-too-large",
        (int(moved[zone]),),
        (),
    ) in now:
        return False
    after = {(fault.code, fault.localities, fault.zones) for fault in find_division_faults(ground, moved, rules)}
    return after <= now
