"""How far localities keep settlements whole."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from locality.areas.ground import Division, Floats, Ground
from locality.areas.tallies import cross_sums, locality_count, ratio


@dataclass(frozen=True)
class SplitSettlement:
    """A settlement that a division cuts more than its size asks for.

    Args:
        settlement: Its number.
        people: Residents of its zones.
        kept: Those in as many of its largest parts as its size asks for.
        parts: Into how many localities it falls.
    """

    settlement: int
    people: int
    kept: int
    parts: int


def keep_communities(ground: Ground, division: Division, most: int) -> float | None:
    """Give the share of settlements' people who are kept together.

    Args:
        ground: What the division is drawn on.
        division: The locality of every zone; -1: in none.
        most: Most people of a locality. A settlement with more cannot be kept whole: it counts its ceil(people/most)
            largest parts.

    Returns:
        People of settlements in the largest part of their settlement, over all people of settlements; None when
        nobody lives in a settlement. Zones in no settlement count in neither.
    """
    table = _people(ground, division)
    everybody = _everybody(ground)
    return ratio(float(_kept(table, everybody, most).sum()), float(everybody.sum()))


def split_settlements(ground: Ground, division: Division, most: int) -> tuple[SplitSettlement, ...]:
    """Name the settlements that are cut, those with most people outside their largest parts first.

    Args:
        ground: What the division is drawn on.
        division: The locality of every zone; -1: in none.
        most: Most people of a locality.

    Returns:
        One entry for each settlement of which somebody is not kept.
    """
    table, everybody = _people(ground, division), _everybody(ground)
    kept, parts = _kept(table, everybody, most), (table > 0).sum(axis=0)
    cut = np.flatnonzero(everybody > kept)
    order = cut[np.argsort(kept[cut] - everybody[cut], kind="stable")]
    return tuple(SplitSettlement(int(s), int(everybody[s]), int(kept[s]), int(parts[s])) for s in order)


def _people(ground: Ground, division: Division) -> Floats:
    shape = (locality_count(division), len(ground.settlements))
    return cross_sums(division, ground.settlement, ground.people, shape=shape)


def _everybody(ground: Ground) -> Floats:
    known = ground.settlement >= 0
    people = np.bincount(ground.settlement[known], ground.people[known], len(ground.settlements))
    return people.astype(np.float64)


def _kept(table: Floats, everybody: Floats, most: int) -> Floats:
    if not table.size:
        return np.zeros(table.shape[1])
    kept: Floats = table.max(axis=0)
    # Large settlements are few, so that only they are sorted.
    for large in np.flatnonzero(everybody > most):
        parts = int(np.ceil(everybody[large] / most))
        kept[large] = np.sort(table[:, large])[::-1][:parts].sum()
    return kept
