"""What is known of who uses a service, by locality: costs of persons, units, practice lists or heads.

Each kind of evidence has a grade that follows every pound it splits: A person-level cost, B units of activity,
C practice lists, D population.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt
import pandas as pd

from locality.foundations import FinancialYear
from locality.money.cube import CostCube
from locality.money.cube_redraw import cube_by_locality
from locality.money.places import LocalityList

Floats = npt.NDArray[np.float64]

GRADES = {
    "cost": "A",
    "units": "B",
    "priced_units": "B",
    "practice_list": "C",
    "weighted_population": "D",
    "population": "D",
}
"""The grade of confidence that each way of splitting gives its pounds."""


@dataclass(frozen=True)
class Use:
    """How one service's use falls on the localities.

    Args:
        method: The kind of evidence.
        weights: Share of each locality and, last, of no locality; they sum to 1.
        variance: Variance of each locality's share among those with a locality; None where it cannot be known.
        activity_pence: Modelled cost of the activity itself, all years together; None without costs.
    """

    method: str
    weights: Floats
    variance: Floats | None = None
    activity_pence: int | None = None

    @property
    def grade(self) -> str:
        """The grade that the pounds split by it carry."""
        return GRADES[self.method]


@dataclass(frozen=True)
class Evidence:
    """Everything known of use, each as one number for each locality and a last one for no locality.

    Args:
        cost: Pence by activity heading and year.
        squares: Sum over persons of squared pence, the same way.
        units: Units by activity heading and year.
        prices: Pence of one unit by activity heading.
        practice_list: Patients of practices by where they live (or where the practice stands).
        population: Residents.
        weighted: Weighted population by need programme.
    """

    cost: Mapping[tuple[str, str], Floats] = field(default_factory=dict)
    squares: Mapping[tuple[str, str], Floats] = field(default_factory=dict)
    units: Mapping[tuple[str, str], Floats] = field(default_factory=dict)
    prices: Mapping[str, int] = field(default_factory=dict)
    practice_list: Floats | None = None
    population: Floats | None = None
    weighted: Mapping[str, Floats] = field(default_factory=dict)


def evidence_from_cube(cube: CostCube, localities: LocalityList) -> dict[str, dict[tuple[str, str], Floats]]:
    """Add up a cost cube by locality.

    Args:
        cube: The cube by zone or practice.
        localities: The localities; they know the places of the cube.

    Returns:
        The `cost`, `squares` and `units` of an `Evidence`.
    """
    cells = cube_by_locality(cube, dict(localities.zones)).cells
    row = cells["place"].astype("string").map(localities.number).fillna(localities.count).to_numpy(dtype=np.intp)
    groups = cells.groupby(["heading", "year"], observed=True, sort=True)
    keys = [(str(heading), str(year)) for heading, year in groups.groups]
    group = groups.ngroup().to_numpy()
    width = localities.count + 1
    found: dict[str, dict[tuple[str, str], Floats]] = {}
    for name, column in (("cost", "pence"), ("squares", "pence_squared"), ("units", "units")):
        sums = np.bincount(
            group * width + row,
            weights=cells[column].to_numpy(dtype=np.float64, na_value=0.0),
            minlength=len(keys) * width,
        ).reshape(len(keys), width)
        found[name] = {key: sums[at] for at, key in enumerate(keys)}
    return found


def units_from_areas(area_activity: pd.DataFrame, localities: LocalityList) -> dict[tuple[str, str], Floats]:
    """Add up published use of zones or localities.

    Args:
        area_activity: Declared table `area_activity`; suppressed units count as nought and are noted elsewhere.
        localities: The localities; an area that is none of theirs counts as 'no locality'.

    Returns:
        Units by activity heading and year.
    """
    row = area_activity["area"].map(localities.row_of_area).fillna(localities.count).astype(int)
    found: dict[tuple[str, str], Floats] = {}
    for (heading, year), rows in area_activity.groupby(["heading", "year"], sort=True):
        found[str(heading), str(year)] = np.bincount(
            row.loc[rows.index],
            weights=rows["units"].to_numpy(dtype=np.float64, na_value=0.0),
            minlength=localities.count + 1,
        ).astype(np.float64)
    return found


def use_by_cost(evidence: Evidence, headings: tuple[str, ...], years: tuple[FinancialYear, ...]) -> Use | None:
    """Split by the cost of persons: the mean of the years' shares, with its variance.

    Args:
        evidence: What is known.
        headings: Activity headings that together show the service's use.
        years: Years whose shares are averaged.

    Returns:
        The use, or None when no year has a cost.

    Source:
        Variance of a sum of independent persons' costs by the sum of their squares; of a share by the delta method.
    """
    shares, variances, pence = [], [], 0.0
    for year in years:
        cost = _sum_headings(evidence.cost, headings, year)
        if cost is None or cost.sum() <= 0:
            continue
        squares = _sum_headings(evidence.squares, headings, year)
        shares.append(cost / cost.sum())
        variances.append(share_variance(cost[:-1], squares[:-1] if squares is not None else np.zeros(cost.size - 1)))
        pence += float(cost.sum())
    if not shares:
        return None
    variance = np.sum(variances, axis=0) / len(variances) ** 2
    return Use("cost", np.mean(shares, axis=0), variance, round(pence))


def share_variance(cost: Floats, squares: Floats) -> Floats:
    """Give the variance of each locality's share of cost.

    Args:
        cost: Cost by locality, in pence.
        squares: Sum over the locality's persons of squared cost.

    Returns:
        Var(C_l / C) by the delta method, with Var(C_l) = sum of squares and localities independent.
    """
    total = float(cost.sum())
    if total <= 0:
        return np.zeros_like(cost)
    share = cost / total
    variance: Floats = ((1 - share) ** 2 * squares + share**2 * (squares.sum() - squares)) / total**2
    return variance


def use_by_units(
    evidence: Evidence, headings: tuple[str, ...], years: tuple[FinancialYear, ...], *, priced: bool
) -> Use | None:
    """Split by units of activity, or by units times their direct unit cost (set-aside hospital budgets).

    Args:
        evidence: What is known.
        headings: Activity headings; with prices, each is multiplied by its own.
        years: Years whose shares are averaged; without units in any of them the newest year that has some counts.
        priced: Whether unit costs apply; then every heading needs one.

    Returns:
        The use, or None when there are no units, or a price is missing.
    """
    if priced and not set(headings) <= set(evidence.prices):
        return None
    price = {heading: float(evidence.prices[heading]) if priced else 1.0 for heading in headings}
    shares = []
    for year in _years_with_units(evidence, headings, years):
        found = [
            evidence.units[heading, year] * price[heading] for heading in headings if (heading, year) in evidence.units
        ]
        units = np.sum(found, axis=0)
        if units.sum() > 0:
            shares.append(units / units.sum())
    if not shares:
        return None
    return Use("priced_units" if priced else "units", np.mean(shares, axis=0))


def _years_with_units(evidence: Evidence, headings: tuple[str, ...], years: tuple[FinancialYear, ...]) -> list[str]:
    """The wanted years that have units; where none has, the newest published one (figures by locality come late)."""
    known = sorted({year for heading, year in evidence.units if heading in headings})
    wanted = [str(year) for year in years if str(year) in known]
    return wanted or known[-1:]


def use_by_weights(method: str, weights: Floats | None) -> Use | None:
    """Split by numbers known for each locality: a practice list, heads or weighted heads."""
    if weights is None or weights.sum() <= 0:
        return None
    return Use(method, weights / weights.sum())


def _sum_headings(
    by_key: Mapping[tuple[str, str], Floats], headings: tuple[str, ...], year: FinancialYear
) -> Floats | None:
    found = [by_key[heading, str(year)] for heading in headings if (heading, str(year)) in by_key]
    return np.sum(found, axis=0) if found else None
