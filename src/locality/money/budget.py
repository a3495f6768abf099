"""Locality budgets: the next year's by an explicit pace of change, and the path to the fair share."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from locality.foundations import Fault, FinancialYear, InputRefused, ResultRefused, round_to_total, split_pence
from locality.money.pace import allocate_within_rules, move_shares, share_growth_by_shortfall
from locality.money.presets import Pace
from locality.money.spread import spread_to_headings
from locality.money.statement import MoneyStatement

Floats = npt.NDArray[np.float64]
Pence = npt.NDArray[np.int64]


@dataclass(frozen=True)
class Standing:
    """Where localities stand before a budget is set.

    Args:
        codes: Locality codes.
        names: Locality names.
        headings: Service headings.
        historic: Pence by locality and heading that are used now.
        fair_share: Fair share of each locality in the whole; sums to 1.
    """

    codes: tuple[str, ...]
    names: tuple[str, ...]
    headings: tuple[str, ...]
    historic: Pence
    fair_share: Floats


@dataclass(frozen=True)
class PathYear:
    """One year of the path: pence and target pence by locality."""

    year: FinancialYear
    pence: Pence
    target: Pence

    @property
    def distance_ratio(self) -> Floats:
        """How far each locality is above (or below) its target, as a ratio of it; not a number without a target."""
        target = self.target.astype(np.float64)
        unknown = np.full(target.size, np.nan)
        ratio: Floats = np.divide(self.pence - target, target, out=unknown, where=target > 0)
        return ratio


@dataclass(frozen=True)
class BudgetStatement:
    """A budget for every locality and heading, with the path that it begins.

    Args:
        standing: Where localities stood.
        pace: The rule that was used.
        growth: Yearly growth of the total after the first year, as a ratio.
        table: Pence by locality and heading of the first year; rows, columns and total agree.
        path: The years, the first one being the budget.
        years_to_target: For each locality, the budget year in which it is first within the tolerance, counted from 1
            for the next one; None: not within the horizon.
    """

    standing: Standing
    pace: Pace
    growth: float
    table: Pence
    path: tuple[PathYear, ...]
    years_to_target: tuple[int | None, ...]

    @property
    def budget(self) -> PathYear:
        """The first year."""
        return self.path[0]


def standing_of(statement: MoneyStatement) -> Standing:
    """Give where localities stand according to a money statement."""
    by_heading = [statement.historic(statement.of_heading(heading)) for heading in statement.headings]
    fair = statement.fair().astype(np.float64)
    if fair.sum() <= 0:
        raise ResultRefused("There is no money in the ledger to set a budget from.", "Add this year's amounts to it.")
    return Standing(
        statement.localities.codes,
        statement.localities.names,
        statement.headings,
        np.array(by_heading, dtype=np.int64).T,
        fair / fair.sum(),
    )


def set_budget(
    standing: Standing,
    pace: Pace,
    *,
    year: FinancialYear,
    total_pence: int,
    growth: float = 0.0,
    path_years: int = 5,
    horizon: int = 20,
    commitments: pd.DataFrame | None = None,
) -> BudgetStatement:
    """Set next year's budget for every locality and heading, and work out the path to the fair share.

    Args:
        standing: What localities use now and what would be fair.
        pace: The pace of change.
        year: The first budget year.
        total_pence: What there is to share out in that year, in pence.
        growth: Growth of the total in each later year, as a ratio.
        path_years: How many years to show.
        horizon: How many years to look for the year in which target is reached.
        commitments: Declared table `commitments`: cells that do not move.

    Returns:
        The budget; localities sum to the total, headings sum to the total, every cell in whole pence.

    Raises:
        ResultRefused: The rules cannot all hold; the message names them and the pounds by which they miss.
        InputRefused: A commitment names an unknown locality or heading.
    """
    _refuse_nothing(standing, total_pence)
    locked = _committed(standing, commitments)
    shown = max(path_years, 1)
    years = _walk(standing, pace, year, total_pence, growth, (shown, max(horizon, shown)))
    headings = _heading_totals(standing.historic.sum(axis=0), total_pence)
    table = spread_to_headings(
        standing.historic,
        years[0].pence,
        headings,
        committed=locked,
        localities=standing.names,
        headings=standing.headings,
    )
    reached = tuple(_first_at_target(years, row, pace.parity_tolerance) for row in range(len(standing.codes)))
    return BudgetStatement(standing, pace, growth, table, tuple(years[:shown]), reached)


def _refuse_nothing(standing: Standing, total_pence: int) -> None:
    now = standing.historic.sum(axis=1)
    if total_pence <= 0 or now.sum() <= 0:
        raise ResultRefused(
            "There is nothing to share out.", "Give a total above £0 (--total), or complete the ledger."
        )
    if (now < 0).any():
        named = ", ".join(standing.names[at] for at in np.flatnonzero(now < 0))
        what = f"In the ledger {named} has more income than cost, so that no budget can grow from it."
        raise ResultRefused(what, "Check the negative amounts in the ledger.")


def _heading_totals(now: Pence, total_pence: int) -> Pence:
    """Next year's total of each heading: income as it is, all others grown alike."""
    income = np.minimum(now, 0)
    return income + split_pence(total_pence - int(income.sum()), np.maximum(now, 0))


def _walk(
    standing: Standing, pace: Pace, first: FinancialYear, total_pence: int, growth: float, years: tuple[int, int]
) -> list[PathYear]:
    """Work out the years that are shown and, as far as the rules can be kept, those up to the horizon."""
    shown, horizon = years
    now = standing.historic.sum(axis=1).astype(np.float64)
    path: list[PathYear] = []
    total = total_pence
    for step in range(horizon):
        try:
            amounts = _one_year(now, standing, pace, float(total), step)
        except ResultRefused as refused:
            if step >= shown:
                break
            raise ResultRefused(f"In {first.next(step)}: {refused.reason}", refused.do) from refused
        pence = round_to_total(amounts, total)
        path.append(PathYear(first.next(step), pence, split_pence(total, standing.fair_share)))
        now = pence.astype(np.float64)
        total = round(total * (1 + growth))
    return path


def _one_year(now: Floats, standing: Standing, pace: Pace, total: float, step: int) -> Floats:
    if pace.method == "bounds":
        return allocate_within_rules(now, standing.fair_share, total, pace.rules, names=standing.names).amounts
    if pace.method == "shortfall":
        return share_growth_by_shortfall(now, standing.fair_share, total)
    if pace.method == "linear":
        return move_shares(now, standing.fair_share, total, closed=1 / max(pace.years - step, 1))
    return move_shares(now, standing.fair_share, total, closed=1 - 0.5 ** (1 / pace.years))


def _first_at_target(years: Sequence[PathYear], row: int, tolerance: float) -> int | None:
    for step, year in enumerate(years):
        if abs(year.distance_ratio[row]) <= tolerance:
            return step + 1
    return None


def _committed(standing: Standing, commitments: pd.DataFrame | None) -> Pence | None:
    if commitments is None or commitments.empty:
        return None
    locked = np.full(standing.historic.shape, -1, dtype=np.int64)
    faults = []
    for row, line in commitments.iterrows():
        at = {"locality": str(line["locality"]), "heading": str(line["heading"])}
        known = {"locality": standing.codes, "heading": standing.headings}
        wrong = [key for key in at if at[key] not in known[key]]
        faults += [_unknown(key, at[key], known[key], row) for key in wrong]
        if not wrong:
            locked[standing.codes.index(at["locality"]), standing.headings.index(at["heading"])] = int(line["pence"])
    if faults:
        raise InputRefused(faults)
    return locked


def _unknown(key: str, found: str, known: Sequence[str], row: Any) -> Fault:
    return Fault(
        "commitments",
        f"there is no {key} '{found}'",
        f"Use one of: {', '.join(known)}, or take the row out.",
        {"locality": "unknown-locality", "heading": "unknown-heading"}[key],
        row=int(row) if isinstance(row, int) else None,
        column=key,
    )


def summarise_budget(budget: BudgetStatement) -> dict[str, Any]:
    """Give a budget's figures with plain values, for `summary.json`.

    Returns:
        `budget_year`, `budget_rules`, and for each locality (by code) its budget, growth, path and headings.
    """
    first = budget.budget
    now = budget.standing.historic.sum(axis=1)
    by_locality = {}
    for row, code in enumerate(budget.standing.codes):
        pence = int(first.pence[row])
        by_locality[code] = {
            "budget_pence": pence,
            "budget_change_pence": pence - int(now[row]),
            "budget_growth_ratio": pence / int(now[row]) - 1 if now[row] else None,
            "budget_distance_ratio": _known(first.distance_ratio[row]),
            "years_to_target": budget.years_to_target[row],
            "path": [
                {
                    "year": str(year.year),
                    "pence": int(year.pence[row]),
                    "target_pence": int(year.target[row]),
                    "distance_ratio": _known(year.distance_ratio[row]),
                }
                for year in budget.path
            ],
            "headings": {
                heading: int(budget.table[row, column]) for column, heading in enumerate(budget.standing.headings)
            },
        }
    rules = budget.pace.rules
    return {
        "budget_year": str(first.year),
        "budget_rules": {
            "preset": budget.pace.name,
            "says": budget.pace.says,
            "source": budget.pace.source,
            "method": budget.pace.method,
            "total_pence": int(first.pence.sum()),
            "growth_ratio": budget.growth,
            "min_growth": rules.min_growth,
            "max_growth": rules.max_growth,
            "max_under_target": rules.max_under_target,
            "over_years": budget.pace.years or None,
            "parity_tolerance": budget.pace.parity_tolerance,
        },
        "localities": by_locality,
        "headings": {
            heading: int(budget.table[:, column].sum()) for column, heading in enumerate(budget.standing.headings)
        },
    }


def _known(number: float) -> float | None:
    return None if np.isnan(number) else float(number)


def add_budget(summary: dict[str, Any], budget: dict[str, Any]) -> dict[str, Any]:
    """Put a budget's figures beside the shares of the same localities and headings."""
    localities = []
    for locality in summary["localities"]:
        own = budget["localities"][locality["code"]]
        headings = [
            {**heading, "budget_pence": own["headings"][heading["heading"]]} for heading in locality["headings"]
        ]
        localities.append({**locality, **{key: own[key] for key in own if key != "headings"}, "headings": headings})
    total = budget["budget_rules"]["total_pence"]
    return {
        **summary,
        "budget_year": budget["budget_year"],
        "budget_rules": budget["budget_rules"],
        "localities": localities,
        "headings": [
            {**heading, "budget_pence": budget["headings"][heading["heading"]]} for heading in summary["headings"]
        ],
        "totals": {**summary["totals"], "budget_pence": total},
        "reconciliation": {**summary["reconciliation"], "budget_pence": total},
    }
