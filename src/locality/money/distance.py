"""Why a locality is away from its fair share: population, age and sex, need, and the cost of supply.

Two answers are given. Step by step, as Public Health Scotland shows it: from what is used now to an equal sum for
each head, then weighted for age and sex, then for need, then for supply. And order-free (Shapley value): each
cause's effect averaged over every order in which the causes could be brought in.
"""

from __future__ import annotations

from itertools import combinations
from math import factorial

import numpy as np
import numpy.typing as npt

from locality.foundations import round_to_total

Floats = npt.NDArray[np.float64]
Pence = npt.NDArray[np.int64]

CAUSES = ("population", "age_sex", "need", "supply")
"""The causes in the order of the steps. 'population' is the step from what is used now to an equal sum a head."""


def step_by_step(historic_share: Floats, fair_stages: Floats) -> Floats:
    """Split fair minus historic share into causes, one after the other.

    Args:
        historic_share: Share of each locality in what is used now; sums to 1.
        fair_stages: Four rows of shares: population, age and sex, need, supply.

    Returns:
        Causes by localities; each column sums to fair minus historic, each row to nought.

    Example:
        >>> import numpy as np
        >>> stages = np.array([[0.5, 0.5], [0.6, 0.4], [0.6, 0.4], [0.6, 0.4]])
        >>> step_by_step(np.array([0.7, 0.3]), stages).round(3).tolist()[:2]
        [[-0.2, 0.2], [0.1, -0.1]]
    """
    chain = np.vstack([historic_share, fair_stages])
    steps: Floats = np.diff(chain, axis=0)
    return steps


def order_free(historic_share: Floats, fair_stages: Floats) -> Floats:
    """Split fair minus historic share into causes, whatever their order (Shapley value).

    Bringing in a set of causes gives the share in proportion to: the locality's people (or, without the cause
    'population', what it uses now) times its index for each cause in the set.

    Args:
        historic_share: Share of each locality in what is used now; sums to 1.
        fair_stages: Four rows of shares: population, age and sex, need, supply.

    Returns:
        Causes by localities; each column sums to fair minus historic, each row to nought.

    Source:
        Shapley (1953); Shorrocks, Decomposition procedures for distributional analysis (2013).
    """
    index = _ratio(fair_stages[1:], fair_stages[:-1])
    worth = {causes: _share_with(causes, historic_share, fair_stages[0], index) for causes in _subsets(range(4))}
    effects = np.zeros((4, historic_share.size))
    for cause in range(4):
        others = [other for other in range(4) if other != cause]
        for before in _subsets(others):
            weight = factorial(len(before)) * factorial(3 - len(before)) / factorial(4)
            after = tuple(sorted((*before, cause)))
            effects[cause] += weight * (worth[after] - worth[before])
    return effects


def _subsets(causes: range | list[int]) -> list[tuple[int, ...]]:
    return [chosen for size in range(len(causes) + 1) for chosen in combinations(causes, size)]


def _ratio(above: Floats, below: Floats) -> Floats:
    """Index of each cause; a locality without people has the index 1."""
    return np.divide(above, below, out=np.ones_like(above), where=below > 0)


def _share_with(causes: tuple[int, ...], historic: Floats, people: Floats, index: Floats) -> Floats:
    worth = (people if 0 in causes else historic).copy()
    for cause in causes:
        if cause > 0:
            worth *= index[cause - 1]
    total = worth.sum()
    return worth / total if total > 0 else worth


def causes_in_pence(shares: Floats, money_pence: int, distance: Pence) -> Pence:
    """Turn causes from shares into whole pence that add up to fair minus historic for each locality.

    Args:
        shares: Causes by localities, as shares.
        money_pence: The sum that was shared.
        distance: Fair minus historic pence of each locality.

    Returns:
        Causes by localities in pence; each column sums to its distance.
    """
    amounts = shares * money_pence
    # A difference of pennies that only rounding made belongs to no cause; the first one carries it.
    amounts[0] = np.where((amounts == 0).all(axis=0), distance, amounts[0])
    return np.array(
        [round_to_total(column, int(total)) for column, total in zip(amounts.T, distance, strict=True)], dtype=np.int64
    ).T
