"""What may move: zones that stay together as one unit, kept localities taken out, and the parts of the area."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations

import numpy as np
from scipy import sparse
from scipy.sparse.csgraph import breadth_first_order, connected_components

from locality.areas.ground import DesignRules, Flags, Ground, Ints


@dataclass(frozen=True)
class Scope:
    """What a search may move, and where.

    Args:
        unit: The unit of each zone; -1: its locality is kept as it is.
        units: How many units there are.
        kept_home: The kept locality of each zone; -1: in none.
        kept: How many localities are kept.
        linked: For each pair of neighbouring zones, whether a locality may reach across.
        part: The part of the area in which each unit lies; no locality reaches from one part to another.
        people: Residents of each part.
        foes: Pairs of units that may not share a locality. Shape (pairs, 2).
        seeds: How many seeds each unit holds.
        lost: Groups to stay together between whose zones there is no way.
    """

    unit: Ints
    units: int
    kept_home: Ints
    kept: int
    linked: Flags
    part: Ints
    people: Ints
    foes: Ints
    seeds: Ints
    lost: tuple[tuple[str, ...], ...]


def make_scope(ground: Ground, rules: DesignRules) -> Scope:
    """Work out what may move.

    Args:
        ground: What is drawn on.
        rules: Wishes about zones.

    Returns:
        The scope. Groups to stay together that do not touch are joined by the zones of a shortest way between them.
    """
    number = {code: place for place, code in enumerate(ground.zones)}
    kept_home = np.full(len(ground.zones), -1, np.int64)
    for locality, group in enumerate(rules.kept):
        kept_home[[number[code] for code in group]] = locality
    free = kept_home < 0
    first, second = ground.borders.first, ground.borders.second
    linked: Flags = free[first] & free[second]
    if rules.within_councils and ground.council is not None:
        linked &= ground.council[first] == ground.council[second]
    links = sparse.csr_matrix(
        (np.ones(2 * int(linked.sum())), (np.r_[first[linked], second[linked]], np.r_[second[linked], first[linked]])),
        (len(ground.zones), len(ground.zones)),
    )
    joined, lost = _join_together(rules, number, links, free)
    unit = np.full(len(ground.zones), -1, np.int64)
    unit[free] = np.unique(joined[free], return_inverse=True)[1]
    units = int(unit.max(initial=-1)) + 1
    part_of_zone = connected_components(links, directed=False)[1]
    part = np.zeros(units, np.int64)
    part[unit[free]] = np.unique(part_of_zone[free], return_inverse=True)[1]
    seeds = np.zeros(units, np.int64)
    np.add.at(seeds, [unit[number[code]] for code in rules.seeds if free[number[code]]], 1)
    return Scope(
        unit=unit,
        units=units,
        kept_home=kept_home,
        kept=len(rules.kept),
        linked=linked,
        part=part,
        people=np.bincount(part, np.bincount(unit[free], ground.people[free], units)).astype(np.int64),
        foes=_foes(rules, {code: int(unit[place]) for code, place in number.items()}),
        seeds=seeds,
        lost=lost,
    )


def _foes(rules: DesignRules, unit: dict[str, int]) -> Ints:
    pairs = [*rules.apart, *combinations(rules.seeds, 2)]
    foes = [(unit[one], unit[two]) for one, two in pairs if unit[one] >= 0 and unit[two] >= 0]
    return np.array([pair for pair in foes if pair[0] != pair[1]], np.int64).reshape(-1, 2)


def _join_together(
    rules: DesignRules, number: dict[str, int], links: sparse.csr_matrix, free: Flags
) -> tuple[Ints, tuple[tuple[str, ...], ...]]:
    """Give each zone the name of its unit, and the groups that cannot be joined."""
    names = np.arange(len(number), dtype=np.int64)
    wished = {code for group in (*rules.together, *rules.apart, rules.seeds) for code in group}
    busy = np.zeros(len(number), np.bool_)
    busy[[number[code] for code in wished]] = True
    lost = []
    for group in rules.together:
        zones = [number[code] for code in group if free[number[code]]]
        way = _way(links, zones, busy)
        if way is None:
            lost.append(group)
            continue
        for name in np.unique(names[way]):
            names[names == name] = names[way[0]]
    return names, tuple(lost)


def _way(links: sparse.csr_matrix, zones: list[int], busy: Flags) -> list[int] | None:
    """Give zones that join a group in one piece; those that other wishes name are walked through only in need."""
    inside = list(zones[:1])
    for goal in zones[1:]:
        path = None
        for avoid in (True, False):
            path = path or _path(links, inside, goal, busy if avoid else np.zeros_like(busy))
        if path is None:
            return None
        inside += [zone for zone in path if zone not in inside]
    return inside


def _path(links: sparse.csr_matrix, inside: list[int], goal: int, closed: Flags) -> list[int] | None:
    open_zones = ~closed
    open_zones[[*inside, goal]] = True
    keep = sparse.diags(open_zones.astype(float))
    _, before = breadth_first_order((keep @ links @ keep).tocsr(), goal, directed=False)
    found = [_trace(before, start, goal) for start in inside]
    paths = [path for path in found if path is not None]
    return min(paths, key=len) if paths else None


def _trace(before: Ints, start: int, goal: int) -> list[int] | None:
    path = [start]
    while path[-1] != goal:
        step = int(before[path[-1]])
        if step < 0:
            return None
        path.append(step)
    return path
