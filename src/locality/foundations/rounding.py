"""Controlled rounding: parts in whole pence that add up to their totals, always.

One total: largest remainder. A table with row and column totals: every cell becomes its floor or its ceiling and
all margins hold; this is a bipartite flow with whole-number margins, which always has a whole-number solution
(Cox and Ernst, 1982), and of all solutions the one nearest to the unrounded table is taken.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from scipy.optimize import linprog
from scipy.sparse import coo_array, hstack

from locality.foundations.errors import ResultRefused

Floats = npt.NDArray[np.float64]
Pence = npt.NDArray[np.int64]

# A cell may leave its floor or ceiling only where the unrounded table itself misses its margins by more than
# arithmetic noise; this price keeps such a step the last resort.
_STEP_OUTSIDE = 1_000.0


def round_to_total(amounts: npt.ArrayLike, total: int) -> Pence:
    """Round amounts to whole numbers that sum to `total`.

    Args:
        amounts: Unrounded amounts, in pence; their sum should be `total` but for noise.
        total: The whole number that the parts must add up to, in pence.

    Returns:
        Whole pence, in the same order. Sums to `total`; where the amounts sum to it, every part is the floor or
        the ceiling of its amount. Ties go to the earlier part. An amount of exactly nought stays nought.

    Raises:
        ResultRefused: There is a total but no amount to carry it.

    Source:
        Largest remainder (Hamilton) method.

    Example:
        >>> round_to_total([33.4, 33.3, 33.3], 100).tolist()
        [34, 33, 33]
    """
    unrounded = np.asarray(amounts, dtype=np.float64)
    whole = np.floor(unrounded).astype(np.int64)
    left = int(total) - int(whole.sum())
    carriers = np.flatnonzero(unrounded != 0)
    if left and not carriers.size:
        raise ResultRefused(f"There are {left} pence to share out, but no part may carry any.")
    if left:
        each, extra = divmod(left, carriers.size)
        fraction = unrounded[carriers] - whole[carriers]
        first = carriers[np.argsort(-fraction, kind="stable")][:extra]
        whole[carriers] += each
        whole[first] += 1
    return whole


def split_pence(total: int, weights: npt.ArrayLike) -> Pence:
    """Split a sum of money in proportion to weights.

    Args:
        total: Pence to split; may be negative (income).
        weights: Non-negative numbers, one for each part.

    Returns:
        Whole pence that sum to `total`; a weight of nought gets nothing.

    Raises:
        ResultRefused: A weight is negative or not a number, or all are nought while there is money to split.

    Example:
        >>> split_pence(100, [1, 1, 1]).tolist()
        [34, 33, 33]
    """
    share = np.asarray(weights, dtype=np.float64)
    if not np.isfinite(share).all() or (share < 0).any():
        raise ResultRefused("Money cannot be split by weights that are negative or missing.")
    if total == 0:
        return np.zeros(share.shape, dtype=np.int64)
    if share.sum() <= 0:
        raise ResultRefused("There is money to split, but every weight is nought.")
    if total < 0:
        return -split_pence(-total, share)
    return round_to_total(share / share.sum() * total, total)


def round_table(
    unrounded: npt.ArrayLike,
    row_totals: npt.ArrayLike,
    column_totals: npt.ArrayLike,
    *,
    fixed: npt.ArrayLike | None = None,
) -> Pence:
    """Round a table to whole pence so that every row, every column and the total agree.

    Args:
        unrounded: Table of non-negative amounts in pence, rows by columns.
        row_totals: Whole pence that each row must add up to.
        column_totals: Whole pence that each column must add up to.
        fixed: True where a cell is whole already and must not move (money that is committed).

    Returns:
        Whole pence in the same shape. Cells of exactly nought stay nought.

    Raises:
        ResultRefused: Row and column totals disagree, or the cells that may move cannot meet them.

    Source:
        Cox and Ernst, Controlled rounding, INFOR 20 (1982).

    Example:
        >>> round_table([[0.5, 0.5], [0.5, 0.5]], [1, 1], [1, 1]).sum(axis=0).tolist()
        [1, 1]
    """
    table = np.asarray(unrounded, dtype=np.float64)
    rows = np.asarray(row_totals, dtype=np.int64)
    columns = np.asarray(column_totals, dtype=np.int64)
    if rows.sum() != columns.sum():
        raise ResultRefused(
            f"Rows add up to {int(rows.sum())} pence and columns to {int(columns.sum())}; no table has both."
        )
    whole = np.floor(table).astype(np.int64)
    held = np.zeros(table.shape, dtype=bool) if fixed is None else np.asarray(fixed, dtype=bool)
    whole[held] = np.rint(table[held]).astype(np.int64)
    free_row, free_column = np.nonzero(~held & (table > 0))
    need = np.concatenate([rows - whole.sum(axis=1), columns - whole.sum(axis=0)])
    if not need.any():
        return whole
    steps = _cheapest_steps(table, whole, need, free_row, free_column)
    np.add.at(whole, (free_row, free_column), steps)
    return whole


def _cheapest_steps(
    table: Floats,
    whole: Pence,
    need: Pence,
    free_row: npt.NDArray[np.intp],
    free_column: npt.NDArray[np.intp],
) -> Pence:
    """Choose the steps up (or, at a price, outside the cell's floor and ceiling) that meet the margins."""
    cells = free_row.size
    height = table.shape[0]
    cell = np.arange(cells)
    incidence = coo_array(
        (
            np.ones(2 * cells),
            (np.concatenate([free_row, free_column + height]), np.concatenate([cell, cell])),
        ),
        shape=(need.size, cells),
    ).tocsc()
    fraction = table[free_row, free_column] - whole[free_row, free_column]
    up = 1.0 - 2.0 * fraction
    noise = np.full(cells, _STEP_OUTSIDE)
    both = hstack([incidence, incidence, -incidence]).tocsc()
    most_down = np.minimum(whole[free_row, free_column], np.abs(need).sum())
    bounds = np.vstack(
        [
            np.column_stack([np.zeros(cells), np.ones(cells)]),
            np.column_stack([np.zeros(cells), np.full(cells, float(np.abs(need).sum()))]),
            np.column_stack([np.zeros(cells), most_down]),
        ]
    )
    answer = linprog(np.concatenate([up, noise, noise]), A_eq=both, b_eq=need, bounds=bounds, method="highs-ds")
    if not answer.success:
        raise ResultRefused("No rounding in whole pence meets these row and column totals.")
    step = np.rint(answer.x).astype(np.int64)
    moved: Pence = step[:cells] + step[cells : 2 * cells] - step[2 * cells :]
    return moved
