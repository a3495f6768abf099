"""In how many pieces a locality lies: over land borders and declared crossings."""

from __future__ import annotations

import numpy as np
from scipy import sparse
from scipy.sparse.csgraph import connected_components

from locality.areas.ground import Division, Flags, Ground, Ints
from locality.areas.tallies import locality_count


def pieces_by_locality(ground: Ground, division: Division) -> Ints:
    """Count the pieces of every locality.

    Args:
        ground: Zones, land borders and declared crossings.
        division: The locality of every zone; -1: in none.

    Returns:
        For each locality the number of pieces that no border or crossing joins inside it; 0: it has no zone.
    """
    piece = piece_of_zone(ground, division)
    inside = division >= 0
    first = np.unique(piece[inside], return_index=True)[1]
    return np.bincount(division[inside][first], minlength=locality_count(division)).astype(np.int64)


def piece_of_zone(ground: Ground, division: Division) -> Ints:
    """Number the pieces of all localities: two zones have one number when a way inside their locality joins them."""
    one, two = ground.borders.first, ground.borders.second
    return _join(len(ground.zones), one, two, division[one] == division[two])


def parts_of_area(ground: Ground) -> Ints:
    """Number the parts of the whole area that neither a border nor a crossing joins."""
    one, two = ground.borders.first, ground.borders.second
    return _join(len(ground.zones), one, two, np.ones(one.size, dtype=bool))


def is_island_alone(ground: Ground, division: Division) -> Flags:
    """Say of every locality whether it is exactly one part of the area that nothing joins to the rest."""
    part, number = parts_of_area(ground), locality_count(division)
    parts = int(part.max(initial=-1)) + 1
    inside = division >= 0
    if parts < 2:
        return np.zeros(number, dtype=bool)
    table = np.zeros((number, parts), dtype=np.int64)
    np.add.at(table, (division[inside], part[inside]), 1)
    alone: Flags = ((table > 0).sum(axis=1) == 1) & (table == np.bincount(part, minlength=parts)).any(axis=1)
    return alone


def _join(zones: int, one: Ints, two: Ints, linked: Flags) -> Ints:
    links = sparse.coo_matrix((np.ones(int(linked.sum()), dtype=np.int8), (one[linked], two[linked])), (zones, zones))
    numbers: Ints = connected_components(links, directed=False)[1].astype(np.int64)
    return numbers
