"""Borders between localities, how compact localities are, and how far people live from their middle."""

from __future__ import annotations

import numpy as np

from locality.areas.ground import Division, Floats, Ground
from locality.areas.tallies import locality_count, ratio, sum_by_locality

_METRES_IN_KM = 1_000.0


def inner_border(ground: Ground, division: Division) -> tuple[float, float | None]:
    """Give the border between localities.

    Args:
        ground: Zones and the metres of their shared borders.
        division: The locality of every zone; -1: in none.

    Returns:
        Its metres, and its share of all borders between zones of the area; None when no two zones share a border.
    """
    borders = ground.borders
    between = division[borders.first] != division[borders.second]
    metres = float(borders.metres[between].sum())
    return metres, ratio(metres, float(borders.metres.sum()))


def compactness(ground: Ground, division: Division) -> Floats | None:
    """Say how near every locality is to a circle.

    Args:
        ground: Zones with area and perimeter.
        division: The locality of every zone; -1: in none.

    Returns:
        4 x pi x area / perimeter^2 of each locality: 1 for a circle, near 0 for a thread; NaN where it has no zone.
        The perimeter is that of its zones less twice the borders inside it. None when areas or perimeters are not
        known.

    Source:
        Polsby and Popper, The third criterion: compactness as a procedural safeguard, Yale Law and Policy Review 9
        (1991).
    """
    if ground.area is None or ground.perimeter is None:
        return None
    one, two = ground.borders.first, ground.borders.second
    within = (division[one] == division[two]) & (division[one] >= 0)
    number = locality_count(division)
    inside = np.bincount(division[one][within], ground.borders.metres[within], number)
    round_it = sum_by_locality(division, ground.perimeter) - 2 * inside
    area = sum_by_locality(division, ground.area)
    return _over(4 * np.pi * area, round_it**2)


def travel_km(ground: Ground, division: Division) -> Floats:
    """Give how far people live from the middle of their locality, in a straight line.

    Args:
        ground: Zones with people and points.
        division: The locality of every zone; -1: in none.

    Returns:
        For each locality the mean kilometres, weighted by people, from zones to the locality's middle, which is
        weighted by people too; NaN where nobody lives or no point is known.
    """
    people = np.where(np.isnan(ground.points).any(axis=1), 0, ground.people)
    weight = sum_by_locality(division, people)
    points = np.nan_to_num(ground.points)
    middle = np.column_stack([_over(sum_by_locality(division, people * points[:, axis]), weight) for axis in (0, 1)])
    inside = division >= 0
    away = np.zeros(len(people))
    away[inside] = np.hypot(*(points[inside] - middle[division[inside]]).T) / _METRES_IN_KM
    return _over(sum_by_locality(division, people * np.nan_to_num(away)), weight)


def _over(sums: Floats, weight: Floats) -> Floats:
    found = np.full(weight.shape, np.nan)
    np.divide(sums, weight, out=found, where=weight > 0)
    return found
