"""How alike the zones of a locality are, and how far localities differ from each other."""

from __future__ import annotations

import numpy as np

from locality.areas.ground import Division, Floats, Ground
from locality.areas.tallies import locality_count, ratio, sum_by_locality


def variation_within(ground: Ground, division: Division) -> float | None:
    """Give the share of the variation of indicators that is left inside localities.

    Args:
        ground: Zones with standardised indicators.
        division: The locality of every zone; -1: in none.

    Returns:
        Squared differences of zones from their locality's mean, over those from the area's mean, summed over
        indicators: 0 when the zones of each locality are all alike, 1 when localities tell nothing. Each zone counts
        once. None without indicators that vary. Zones in no locality count as differing from the area's mean.
    """
    table = ground.indicators
    if not table.size:
        return None
    apart = table - table.mean(axis=0)
    number = locality_count(division)
    zones = np.bincount(division[division >= 0], minlength=number)
    sums = np.column_stack([sum_by_locality(division, apart[:, one]) for one in range(table.shape[1])])
    between = float((sums**2 / np.maximum(zones, 1)[:, None]).sum())
    whole = float((apart**2).sum())
    return ratio(max(whole - between, 0.0), whole)


def indicator_means(ground: Ground, division: Division) -> Floats:
    """Give the mean of every indicator in every locality, weighted by people.

    Args:
        ground: Zones with people and standardised indicators.
        division: The locality of every zone; -1: in none.

    Returns:
        Means in standard deviations from the area's mean, localities x indicators; NaN where nobody lives.
    """
    number, count = locality_count(division), ground.indicators.shape[1] if ground.indicators.size else 0
    people = sum_by_locality(division, ground.people)
    means = np.full((number, count), np.nan)
    for one in range(count):
        sums = sum_by_locality(division, ground.people * ground.indicators[:, one])
        np.divide(sums, people, out=means[:, one], where=people > 0)
    return means


def balance(ground: Ground, division: Division) -> dict[str, float]:
    """Give how far the localities lie apart in every indicator.

    Args:
        ground: Zones with people and standardised indicators.
        division: The locality of every zone; -1: in none.

    Returns:
        By name of the indicator, the largest less the smallest mean of a locality, in standard deviations of zones;
        0: all localities are alike.
    """
    means = indicator_means(ground, division)
    known = means[~np.isnan(means).any(axis=1)]
    if not known.size:
        return {}
    return dict(zip(ground.indicator_names, np.ptp(known, axis=0).astype(float).tolist(), strict=True))
