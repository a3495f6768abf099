"""Spread locality budgets to service headings: locality totals and heading totals both hold, to the penny.

Starts from what each locality uses now under each heading, keeps committed money where it is, scales rows and
columns in turn until both fit (iterative proportional fitting, also called RAS), then rounds in a controlled way.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
from scipy.optimize import linprog

from locality.foundations import ResultRefused, round_table, say_pounds

Floats = npt.NDArray[np.float64]
Pence = npt.NDArray[np.int64]

# Such tables settle in tens of rounds. One that has not settled by then is pressed by commitments; the rounding step
# then finds the nearest table that has both totals, or that there is none.
_ROUNDS = 500
# A quarter of a penny: less than rounding moves anyway.
_CLOSE = 0.25
_A_TRACE = 1e-9


def spread_to_headings(
    start: npt.ArrayLike,
    locality_totals: npt.ArrayLike,
    heading_totals: npt.ArrayLike,
    *,
    committed: npt.ArrayLike | None = None,
    localities: Sequence[str] = (),
    headings: Sequence[str] = (),
) -> Pence:
    """Spread locality budgets to headings.

    Args:
        start: What each locality uses now under each heading, in pence (localities by headings); income is negative
            and stays as it is.
        locality_totals: Each locality's budget, in whole pence.
        heading_totals: Each heading's total, in whole pence; both sets of totals have the same sum.
        committed: Whole pence where a cell is committed, and -1 where it may move.
        localities: Names for the words of a refusal.
        headings: Names for the words of a refusal.

    Returns:
        Whole pence in the same shape: rows, columns and total agree, committed cells are untouched.

    Raises:
        ResultRefused: The totals disagree, or commitments leave no table that has both.

    Source:
        Deming and Stephan (1940); controlled rounding after Cox and Ernst (1982).
    """
    use = np.asarray(start, dtype=np.float64)
    seed = np.maximum(use, 0.0)
    rows = np.asarray(locality_totals, dtype=np.int64)
    columns = np.asarray(heading_totals, dtype=np.int64)
    if rows.sum() != columns.sum():
        raise ResultRefused(
            f"The localities' budgets add up to {say_pounds(int(rows.sum()))} and the headings' totals to "
            f"{say_pounds(int(columns.sum()))}; no table has both."
        )
    # Income does not grow with a budget: it is held as if it were committed.
    held = (use < 0) | np.broadcast_to(columns < 0, seed.shape)
    fixed = np.where(held, np.rint(use), 0).astype(np.int64)
    if committed is not None:
        asked = np.asarray(committed, dtype=np.int64)
        fixed = np.where(asked >= 0, asked, fixed)
        held |= asked >= 0
    names = (_names(localities, rows.size, "locality"), _names(headings, columns.size, "heading"))
    _refuse_overcommitment(rows, columns, fixed, names)
    free = _open_dead_ends(np.where(held, 0.0, seed), held, rows, columns, fixed)
    fitted = _fit(free, rows - fixed.sum(axis=1), columns - fixed.sum(axis=0))
    try:
        return round_table(fitted + fixed, rows, columns, fixed=held)
    except ResultRefused:
        # Where a line has one cell only, its last penny may have to go where there was no use yet.
        opened = np.where(~held & (fitted <= 0), _A_TRACE, fitted)
    try:
        return round_table(opened + fixed, rows, columns, fixed=held)
    except ResultRefused as refused:
        raise ResultRefused(
            _say_misfit(~held, rows - fixed.sum(axis=1), columns - fixed.sum(axis=0), names),
            "Lower a commitment there, or share out more.",
        ) from refused


def _say_misfit(
    may_move: npt.NDArray[np.bool_], rows: Pence, columns: Pence, names: tuple[list[str], list[str]]
) -> str:
    """Name the locality or heading that no table can meet, and the pounds by which it misses."""
    at = np.argwhere(may_move)
    lines = np.zeros((rows.size + columns.size, len(at)))
    lines[at[:, 0], np.arange(len(at))] = 1.0
    lines[rows.size + at[:, 1], np.arange(len(at))] = 1.0
    left = np.concatenate([rows, columns]).astype(np.float64)
    short, over = np.eye(left.size), -np.eye(left.size)
    prices = np.concatenate([np.zeros(len(at)), np.ones(2 * left.size)])
    found = linprog(prices, A_eq=np.hstack([lines, short, over]), b_eq=left, method="highs").x
    missed = found[len(at) : len(at) + left.size] - found[len(at) + left.size :]
    worst = int(np.argmax(np.abs(missed)))
    name = (names[0] + names[1])[worst]
    amount = say_pounds(round(abs(missed[worst])))
    if missed[worst] > 0:
        return f"Commitments and income leave {amount} of {name} that nothing else may take."
    return f"Commitments elsewhere put {amount} more into {name} than it has."


def _names(given: Sequence[str], count: int, kind: str) -> list[str]:
    return list(given) or [f"{kind} {number + 1}" for number in range(count)]


def _refuse_overcommitment(rows: Pence, columns: Pence, fixed: Pence, names: tuple[list[str], list[str]]) -> None:
    over = []
    for totals, sums, labels in ((rows, fixed.sum(axis=1), names[0]), (columns, fixed.sum(axis=0), names[1])):
        over += [
            f"{labels[at]} has {say_pounds(int(sums[at]))} committed and {say_pounds(int(totals[at]))} to spend, "
            f"{say_pounds(int(sums[at] - totals[at]))} too much"
            for at in np.flatnonzero((sums > totals) & (sums > 0))
        ]
    if over:
        raise ResultRefused(
            f"Commitments exceed what there is: {'; '.join(over)}.", "Lower a commitment, or share out more."
        )


def _open_dead_ends(free: Floats, held: npt.NDArray[np.bool_], rows: Pence, columns: Pence, fixed: Pence) -> Floats:
    """Give a row or column that has money but no use to follow a start in proportion to the other totals."""
    opened = free.copy()
    left_rows, left_columns = rows - fixed.sum(axis=1), columns - fixed.sum(axis=0)
    for row in np.flatnonzero((left_rows > 0) & (free.sum(axis=1) == 0)):
        opened[row] = np.where(held[row], 0.0, np.maximum(left_columns, 0))
    for column in np.flatnonzero((left_columns > 0) & (free.sum(axis=0) == 0)):
        opened[:, column] = np.where(held[:, column], 0.0, np.maximum(left_rows, 0))
    return opened


def _fit(start: Floats, rows: Pence, columns: Pence) -> Floats:
    """Scale rows and columns in turn until both fit, or for as long as it is worth trying."""
    table = start.copy()
    target_rows, target_columns = rows.astype(np.float64), columns.astype(np.float64)
    for _ in range(_ROUNDS):
        table *= _factor(target_rows, table.sum(axis=1))[:, None]
        table *= _factor(target_columns, table.sum(axis=0))[None, :]
        if np.abs(table.sum(axis=1) - target_rows).max(initial=0.0) < _CLOSE:
            break
    return table


def _factor(target: Floats, reached: Floats) -> Floats:
    return np.divide(target, reached, out=np.zeros_like(target), where=reached > 0)
