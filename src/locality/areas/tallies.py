"""Sums by locality, which every measure of a division starts from."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from locality.areas.ground import Division, Floats, Ground, Ints


def locality_count(division: Division) -> int:
    """Give how many localities a division numbers, those without a zone included."""
    return int(division.max(initial=-1)) + 1


def as_division(ground: Ground, division: npt.ArrayLike) -> Division:
    """Take a division that anybody drew: one number for every zone, and -1 where a zone is in no locality yet.

    Args:
        ground: What it is drawn on.
        division: The numbers, in the order of the ground's zones.

    Returns:
        The same numbers in the form that measures need.

    Raises:
        ValueError: There are not as many numbers as zones.
    """
    numbers = np.asarray(division, dtype=np.int32)
    if numbers.shape != (len(ground.zones),):
        raise ValueError(f"a division of {numbers.size} numbers on {len(ground.zones)} zones")
    return np.maximum(numbers, -1)


def sum_by_locality(division: Division, amounts: npt.NDArray[np.generic]) -> Floats:
    """Add amounts of zones up by locality; zones in no locality are left out."""
    inside = division >= 0
    sums = np.bincount(division[inside], amounts[inside].astype(np.float64), locality_count(division))
    return sums.astype(np.float64)


def cross_sums(division: Division, groups: Ints, amounts: npt.NDArray[np.generic], *, shape: tuple[int, int]) -> Floats:
    """Add amounts up by locality and group.

    Args:
        division: The locality of every zone, or of every entry of a table; -1: in none.
        groups: The group of the same zones or entries; -1: in none.
        amounts: What is added up.
        shape: How many localities and how many groups there are.

    Returns:
        Sums, localities x groups. What is in no locality or in no group is left out.
    """
    inside = (division >= 0) & (groups >= 0)
    place = division[inside].astype(np.int64) * shape[1] + groups[inside]
    sums = np.bincount(place, amounts[inside].astype(np.float64), shape[0] * shape[1])
    return sums.reshape(shape).astype(np.float64)


def ratio(part: float, whole: float) -> float | None:
    """Divide; nothing when there is nothing to divide by."""
    return float(part / whole) if whole > 0 else None
