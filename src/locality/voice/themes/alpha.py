"""Krippendorff's alpha: how well any number of readers agree, on values of any kind, whatever was not read.

Source:
    Krippendorff, Computing Krippendorff's alpha-reliability, University of Pennsylvania, 2011; for sets of themes:
    Passonneau, Measuring agreement on set-valued items (MASI), LREC 2006.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

Distance = Callable[[Any, Any], float]
Floats = npt.NDArray[np.float64]

_RESAMPLES = 500


def by_name(one: Hashable, other: Hashable) -> float:
    """Say how far apart two names are: 0 the same, 1 not.

    Example:
        >>> by_name("bus", "park")
        1.0
    """
    return float(one != other)


def by_number(one: float, other: float) -> float:
    """Say how far apart two numbers are: the square of their difference."""
    return (one - other) ** 2


def by_overlap(one: frozenset[Any], other: frozenset[Any]) -> float:
    """Say how far apart two sets are: 1 less what they share of all that either has (Jaccard).

    Example:
        >>> by_overlap(frozenset("ab"), frozenset("abcd"))
        0.5
    """
    either = one | other
    return 1.0 - len(one & other) / len(either) if either else 0.0


def by_overlap_and_kind(one: frozenset[Any], other: frozenset[Any]) -> float:
    """Say how far apart two sets of themes are (MASI): as by overlap, and nearer when one holds the other.

    One of two sets that holds the other counts two thirds, sets that only overlap one third.

    Args:
        one: The themes that one reader found.
        other: The themes that the other found.

    Returns:
        0 for the same sets, 1 for sets without a common theme.

    Source:
        Passonneau 2006.

    Example:
        >>> round(by_overlap_and_kind(frozenset([1, 2]), frozenset([1, 2, 3, 4])), 3)
        0.667
    """
    if one == other:
        return 0.0
    common = one & other
    if not common:
        return 1.0
    kind = 2 / 3 if common in (one, other) else 1 / 3
    return 1.0 - kind * len(common) / len(one | other)


@dataclass(frozen=True)
class Alpha:
    """How well readers agree.

    Args:
        alpha: 1 where they always agree, 0 as if by chance, below where less than by chance; None where nothing can be
            said, as all readings are the same or nothing was read twice.
        low: Lower end of its interval (95%); None where there is none.
        high: Upper end.
        units: How many were read by at least two.
    """

    alpha: float | None
    low: float | None
    high: float | None
    units: int


def krippendorff_alpha(readings: Sequence[Sequence[Any]], distance: Distance = by_name, *, seed: int = 1) -> Alpha:
    """Say how well readers agree, beyond what chance would do.

    Args:
        readings: For each unit (a view) the values that its readers gave, in any order; units with fewer than two
            readings count for nothing.
        distance: How far apart two values are.
        seed: Where resamples of units begin, for the interval.

    Returns:
        Alpha and its interval.

    Source:
        Krippendorff 2011. The interval is that of units drawn anew, 2.5% at each end.

    Example:
        >>> krippendorff_alpha([["a", "a"], ["b", "b"], ["a", "b"], ["b", "b"]]).alpha.__round__(3)
        0.533
    """
    twice = [list(one) for one in readings if len(one) > 1]
    if not twice:
        return Alpha(None, None, None, 0)
    names = list(dict.fromkeys(value for one in twice for value in one))
    apart = np.array([[distance(one, other) for other in names] for one in names], dtype=np.float64)
    counts = _count(twice, names)
    observed = ((counts @ apart) * counts).sum(axis=1) / (counts.sum(axis=1) - 1)
    dice = np.random.default_rng(seed)
    weights = np.ones((1, len(twice)))
    alpha = _alphas(weights, observed, counts, apart)[0]
    if np.isnan(alpha):
        return Alpha(None, None, None, len(twice))
    drawn = dice.multinomial(len(twice), np.full(len(twice), 1 / len(twice)), size=_RESAMPLES).astype(np.float64)
    many = _alphas(drawn, observed, counts, apart)
    many = many[~np.isnan(many)]
    if many.size < _RESAMPLES // 2:
        return Alpha(float(alpha), None, None, len(twice))
    low, high = np.quantile(many, [0.025, 0.975])
    return Alpha(float(alpha), float(low), float(high), len(twice))


def _count(units: Sequence[Sequence[Any]], names: Sequence[Any]) -> Floats:
    at = {name: number for number, name in enumerate(names)}
    counts = np.zeros((len(units), len(names)))
    for number, unit in enumerate(units):
        for value in unit:
            counts[number, at[value]] += 1
    return counts


def _alphas(weights: Floats, observed: Floats, counts: Floats, apart: Floats) -> Floats:
    """Give alpha for each row of weights of units: one less observed over expected disagreement."""
    used = weights @ counts
    total = used.sum(axis=1)
    expected = ((used @ apart) * used).sum(axis=1) / (total - 1)
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.asarray(np.where(expected > 0, 1 - (weights @ observed) / expected, np.nan))
