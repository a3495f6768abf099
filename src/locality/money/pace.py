"""Pace of change: how fast budgets move from what localities have to what would be fair.

One year is one small problem: minimise the sum of (A - F)^2 / F over allocations A, with F the targets, subject to
bounds on each A and to the total. Its solution is A = clip(F x multiplier, low, high) with one multiplier, found
exactly by walking the sorted bounds: unique, and continuous and monotone in every input, so that no locality
falls off a cliff because a figure moved by a pound.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from locality.foundations import ResultRefused, say_pounds

Floats = npt.NDArray[np.float64]

# Sums of a few thousand amounts in pence are sure to about this relative accuracy in double precision.
_NOISE = 1e-12


@dataclass(frozen=True)
class PaceRules:
    """How far an allocation may move in one year.

    Args:
        min_growth: Least growth on the current allocation as a ratio (0.01 = 1%); None: no floor.
        max_growth: Most growth as a ratio; None: no cap.
        max_under_target: Most that an allocation may lie under its target, as a ratio of the target; None: no rule.
    """

    min_growth: float | None = None
    max_growth: float | None = None
    max_under_target: float | None = None


@dataclass(frozen=True)
class Allocation:
    """One year's allocations and the multiplier on targets that led to them."""

    amounts: Floats
    multiplier: float


def bounds(current: Floats, target: Floats, rules: PaceRules) -> tuple[Floats, Floats]:
    """Turn rules into the least and the most that each area may get.

    Args:
        current: Allocations now, in pence.
        target: Targets that add up to next year's total, in pence.
        rules: The rules.

    Returns:
        Lower and upper bounds in pence; a missing rule leaves nought or infinity.
    """
    low = np.zeros_like(target)
    high = np.full_like(target, np.inf)
    if rules.min_growth is not None:
        low = np.maximum(low, (1 + rules.min_growth) * current)
    if rules.max_under_target is not None:
        low = np.maximum(low, (1 - rules.max_under_target) * target)
    if rules.max_growth is not None:
        high = (1 + rules.max_growth) * current
    return low, high


def allocate_within_rules(
    current: npt.ArrayLike,
    target_share: npt.ArrayLike,
    total: float,
    rules: PaceRules,
    *,
    names: Sequence[str] | None = None,
) -> Allocation:
    """Share out next year's total as near to the targets as the rules allow.

    Args:
        current: Allocations now, in pence, one for each area.
        target_share: Fair shares of the areas; they sum to 1.
        total: Next year's total, in pence.
        rules: The bounds.
        names: Names of the areas, for the words of a refusal.

    Returns:
        Amounts in pence (not yet whole) that sum to the total and keep every rule.

    Raises:
        ResultRefused: No allocation keeps all rules; the message names the rules and the pounds by which they miss.

    Source:
        Projection on a box and a budget; the objective is the chi-square distance from target.

    Example:
        >>> rules = PaceRules(min_growth=0.01, max_growth=0.10)
        >>> found = allocate_within_rules([3000, 2000, 3500, 1500], [0.25, 0.25, 0.30, 0.20], 10500, rules)
        >>> found.amounts.round(6).tolist()
        [3030.0, 2200.0, 3620.0, 1650.0]
    """
    now = np.asarray(current, dtype=np.float64)
    target = np.asarray(target_share, dtype=np.float64) * total
    low, high = bounds(now, target, rules)
    _refuse_the_impossible(now, target, total, rules, names)
    return clip_to_total(target, low, np.maximum(low, high), total)


def clip_to_total(target: Floats, low: Floats, high: Floats, total: float) -> Allocation:
    """Find the one multiplier for which clip(target x multiplier, low, high) sums to the total.

    Args:
        target: Non-negative targets; an area with a target of nought stays at its lower bound until all others have
            reached their upper ones, and then takes what is left, evenly.
        low: Lower bounds, at most the upper ones.
        high: Upper bounds; may be infinite.
        total: A sum between those of the bounds.

    Returns:
        The allocation; exact up to the rounding of one division.
    """
    moves = target > 0
    goal = float(target[moves].sum())
    starts = low[moves] / target[moves]
    ends = high[moves] / target[moves]
    point = np.concatenate([starts, ends])
    slope_change = np.concatenate([target[moves], -target[moves]])
    order = np.argsort(point, kind="stable")
    point, slope_change = point[order], slope_change[order]
    finite = np.isfinite(point)
    point, slope_change = point[finite], slope_change[finite]
    if not point.size or goal == 0:
        return _give_the_rest(Allocation(low.copy(), 0.0), target, low, high, total)
    slope = np.cumsum(slope_change)
    reached = float(low.sum()) + np.concatenate([[0.0], np.cumsum(slope[:-1] * np.diff(point))])
    segment = max(int(np.searchsorted(reached, total, side="right")) - 1, 0)
    rising = slope[segment] > _NOISE * goal
    multiplier = point[segment] + ((total - reached[segment]) / slope[segment] if rising else 0.0)
    return _give_the_rest(_polish(target, low, high, total, multiplier), target, low, high, total)


def _give_the_rest(found: Allocation, target: Floats, low: Floats, high: Floats, total: float) -> Allocation:
    """Share evenly, among areas whose target is nought, what no area with a target may take."""
    nought = target <= 0
    rest = total - float(found.amounts[~nought].sum())
    if not nought.any() or rest - float(low[nought].sum()) <= _NOISE * max(total, 1.0):
        return found
    amounts = found.amounts.copy()
    amounts[nought] = clip_to_total(np.ones(int(nought.sum())), low[nought], high[nought], rest).amounts
    return Allocation(amounts, found.multiplier)


def _polish(target: Floats, low: Floats, high: Floats, total: float, multiplier: float) -> Allocation:
    """Solve once more with the areas known that lie between their bounds: this removes the noise of the walk."""
    amounts = np.clip(target * multiplier, low, high)
    free = (amounts > low) & (amounts < high)
    if free.any():
        multiplier = float((total - amounts[~free].sum()) / target[free].sum())
        amounts = np.clip(target * multiplier, low, high)
    return Allocation(amounts, float(multiplier))


def _refuse_the_impossible(
    current: Floats, target: Floats, total: float, rules: PaceRules, names: Sequence[str] | None
) -> None:
    low, high = bounds(current, target, rules)
    slack = _NOISE * max(total, 1.0)
    crossed = np.flatnonzero(low > high + slack)
    if crossed.size:
        raise ResultRefused(
            _say_crossed(crossed, low, high, rules, names), "Allow more growth, or ask for less of the other."
        )
    short = float(low.sum()) - total
    if short > slack:
        raise ResultRefused(
            f"{_say_floors(current, target, total, rules)} {say_pounds(round(short))} more than the total of "
            f"{say_pounds(round(total))}.",
            "Lower what the rule asks for, or find that much more money.",
        )
    spare = total - float(high.sum())
    if spare > slack:
        raise ResultRefused(
            f"The maximum growth of {rules.max_growth:.2%} leaves {say_pounds(round(spare))} of the total of "
            f"{say_pounds(round(total))} that no locality may take.",
            "Raise the maximum growth, or share out less.",
        )


def _say_floors(current: Floats, target: Floats, total: float, rules: PaceRules) -> str:
    """Name the floors that miss: one alone if one alone does, both if only both together do."""
    growth = None if rules.min_growth is None else f"the minimum growth of {rules.min_growth:.2%}"
    under = (
        None
        if rules.max_under_target is None
        else f"the rule that nobody is more than {rules.max_under_target:.2%} under target"
    )
    if growth and under:
        alone = bounds(current, target, PaceRules(min_growth=rules.min_growth))[0].sum()
        said = f"{growth} needs" if alone > total else f"{growth} and {under} together need"
    else:
        said = f"{growth or under or 'the rules'} needs"
    return said[0].upper() + said[1:]


def _say_crossed(
    crossed: npt.NDArray[np.intp], low: Floats, high: Floats, rules: PaceRules, names: Sequence[str] | None
) -> str:
    """Name the areas whose floor lies above their cap, with the pounds between."""
    said = [
        f"{names[area] if names is not None else f'area {area + 1}'} "
        f"(at least {say_pounds(round(low[area]))}, at most {say_pounds(round(high[area]))}, "
        f"misses by {say_pounds(round(low[area] - high[area]))})"
        for area in crossed
    ]
    floors = "the minimum growth"
    if rules.max_under_target is not None:
        floors = f"being at most {rules.max_under_target:.2%} under target"
    return f"The maximum growth of {rules.max_growth:.2%} and {floors} cannot both hold for {'; '.join(said)}."


def share_growth_by_shortfall(current: npt.ArrayLike, target_share: npt.ArrayLike, total: float) -> Floats:
    """Keep everybody's money and share the growth in proportion to each area's shortfall from target.

    Args:
        current: Allocations now, in pence.
        target_share: Fair shares; they sum to 1.
        total: Next year's total, in pence; at least the sum of the current allocations.

    Returns:
        Amounts in pence that sum to the total; none is below its current one, none passes its target by growing.

    Raises:
        ResultRefused: The total is smaller than what the areas have now.

    Source:
        The district formula with a pace-of-change simulator of Malawi; not the same as the nearest allocation
        with no cash loss, which evens out the remaining percentage gaps.

    Example:
        >>> share_growth_by_shortfall([60, 40], [0.5, 0.5], 110).tolist()
        [60.0, 50.0]
    """
    now = np.asarray(current, dtype=np.float64)
    growth = total - float(now.sum())
    if growth < -_NOISE * max(total, 1.0):
        raise ResultRefused(
            f"No cash loss needs {say_pounds(round(-growth))} more than the total of {say_pounds(round(total))}.",
            "Choose a rule that lets budgets fall, or find that much more money.",
        )
    shortfall = np.maximum(np.asarray(target_share, dtype=np.float64) * total - now, 0.0)
    missing = float(shortfall.sum())
    return now + (shortfall * (growth / missing) if missing > 0 else growth * now / now.sum())


def move_shares(current: npt.ArrayLike, target_share: npt.ArrayLike, total: float, *, closed: float) -> Floats:
    """Close a given part of every area's gap between its present share and its fair share.

    Args:
        current: Allocations now, in pence.
        target_share: Fair shares; they sum to 1.
        total: Next year's total, in pence.
        closed: Part of the gap to close, from 0 (nobody moves) to 1 (all at target).

    Returns:
        Amounts in pence that sum to the total.

    Example:
        >>> move_shares([75, 25], [0.5, 0.5], 200, closed=0.5).tolist()
        [125.0, 75.0]
    """
    now = np.asarray(current, dtype=np.float64)
    share = now / now.sum()
    moved: Floats = (share + closed * (np.asarray(target_share, dtype=np.float64) - share)) * total
    return moved
