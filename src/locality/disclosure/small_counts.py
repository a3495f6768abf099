"""Counts and costs that may not be shown for what they are, and rounding."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from locality.disclosure.cells import Counts, Mask
from locality.disclosure.settings import DisclosureRules


def primary(counts: npt.ArrayLike, rules: DisclosureRules) -> Mask:
    """Find the counts that may not be shown because they are small.

    Args:
        counts: Counts of people, of any shape.
        rules: The rules in force.

    Returns:
        True where a count is from 1 to the threshold (from 0 when noughts are hidden too).

    Source:
        Rules `small_count` and `zeros`.

    Example:
        >>> primary([0, 1, 4, 5], DisclosureRules(threshold=4)).tolist()
        [False, True, True, False]
    """
    people = np.asarray(counts, dtype=np.int64)
    return (people >= rules.floor) & (people <= rules.threshold)


def round_counts(counts: npt.ArrayLike, base: int) -> Counts:
    """Round counts to the nearest multiple of a base, halves up.

    For single figures beside a text. Tables are not rounded: rounded parts miss their totals, and rounding does not
    replace suppression.

    Args:
        counts: Counts of people, none negative.
        base: The multiple, in people.

    Returns:
        The rounded counts, each a multiple of the base.

    Example:
        >>> round_counts([1, 2, 4, 5], 3).tolist()
        [0, 3, 3, 6]
    """
    people = np.asarray(counts, dtype=np.int64)
    return (2 * people + base) // (2 * base) * base


def costs_to_hide(
    people: npt.ArrayLike,
    total_pence: npt.ArrayLike,
    rules: DisclosureRules,
    *,
    dearest_pence: npt.ArrayLike | None = None,
) -> Mask:
    """Find the costs that would tell about single people.

    Args:
        people: How many people caused each cost; a cost of nobody (an overhead) tells nothing.
        total_pence: The costs, in pence.
        rules: The rules in force.
        dearest_pence: What the dearest `rules.dominant_people` people caused of each cost, where known, in pence.

    Returns:
        True where too few people caused a cost, or its dearest people dominate it.

    Source:
        Rules `cost_cell_people` and `cost_dominance`.

    Example:
        >>> costs_to_hide([0, 9, 10], [500, 500, 500], DisclosureRules(threshold=4)).tolist()
        [False, True, False]
    """
    persons = np.asarray(people, dtype=np.int64)
    cost = np.asarray(total_pence, dtype=np.int64)
    few = (persons > 0) & (persons < rules.cost_people)
    if dearest_pence is None:
        return few
    dearest = np.asarray(dearest_pence, dtype=np.int64)
    return few | ((persons > 0) & (cost > 0) & (dearest >= rules.dominant_share * cost))
