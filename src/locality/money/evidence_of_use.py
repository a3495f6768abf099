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

from locality.foundations import Fault, FinancialYear, InputRefused
from locality.money.cube import CostCube
from locality.money.cube_redraw import cube_by_locality
from locality.money.places import LocalityList

Floats = npt.NDArray[np.float64]
Key = tuple[str, str]

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
        activity_pence: Modelled cost of a year's activity by activity heading (mean of the years that have any).
        estimated: Localities of which a published figure is suppressed: their use was estimated from their people.
    """

    method: str
    weights: Floats
    variance: Floats | None = None
    activity_pence: Mapping[str, float] = field(default_factory=dict)
    estimated: npt.NDArray[np.bool_] | None = None

    @property
    def grade(self) -> str:
        """The grade that the pounds split by it carry."""
        return GRADES[self.method]


@dataclass(frozen=True)
class AreaUnits:
    """Published units of one heading in one year: one number for each locality, the last for no locality.

    Args:
        units: What is published, with an estimate where a figure is suppressed.
        estimated: Localities with a suppressed figure.
    """

    units: Floats
    estimated: npt.NDArray[np.bool_]


@dataclass(frozen=True)
class Evidence:
    """Everything known of use, each as one number for each locality and a last one for no locality.

    Args:
        cost: Pence by activity heading and year.
        squares: Sum over persons of squared pence, the same way.
        units: Units of persons by activity heading and year.
        unit_squares: Sum over persons of squared units, the same way.
        area_units: Published units by activity heading and year.
        prices: Pence of one unit by activity heading.
        practice_list: Patients of practices by where they live (or where the practice stands).
        population: Residents.
        weighted: Weighted population by need programme.
    """

    cost: Mapping[Key, Floats] = field(default_factory=dict)
    squares: Mapping[Key, Floats] = field(default_factory=dict)
    units: Mapping[Key, Floats] = field(default_factory=dict)
    unit_squares: Mapping[Key, Floats] = field(default_factory=dict)
    area_units: Mapping[Key, AreaUnits] = field(default_factory=dict)
    prices: Mapping[str, int] = field(default_factory=dict)
    practice_list: Floats | None = None
    population: Floats | None = None
    weighted: Mapping[str, Floats] = field(default_factory=dict)


def evidence_from_cube(cube: CostCube, localities: LocalityList) -> dict[str, dict[Key, Floats]]:
    """Add up a cost cube by locality.

    Args:
        cube: The cube by zone or practice.
        localities: The localities; they know the places of the cube.

    Returns:
        The `cost`, `squares`, `units` and `unit_squares` of an `Evidence`.
    """
    drawn = cube_by_locality(cube, dict(localities.zones))
    return {
        "cost": _by_heading_and_year(drawn.cells, "pence", localities),
        "squares": _by_heading_and_year(drawn.cells, "pence_squared", localities),
        "units": _by_heading_and_year(drawn.cells, "units", localities),
        "unit_squares": _by_heading_and_year(drawn.unit_squares, "units_squared", localities),
    }


def _by_heading_and_year(cells: pd.DataFrame, column: str, localities: LocalityList) -> dict[Key, Floats]:
    row = cells["place"].astype("string").map(localities.number).fillna(localities.count).to_numpy(dtype=np.intp)
    groups = cells.groupby(["heading", "year"], observed=True, sort=True)
    keys = [(str(heading), str(year)) for heading, year in groups.groups]
    width = localities.count + 1
    sums = np.bincount(
        groups.ngroup().to_numpy() * width + row,
        weights=cells[column].to_numpy(dtype=np.float64, na_value=0.0),
        minlength=len(keys) * width,
    ).reshape(len(keys), width)
    return {key: sums[at] for at, key in enumerate(keys)}


def units_from_areas(area_activity: pd.DataFrame, localities: LocalityList, people: pd.Series) -> dict[Key, AreaUnits]:
    """Add up published use of zones or localities.

    A suppressed figure is not nought: it is estimated from the area's people at the rate of all areas whose figure is
    known, and its locality is marked.

    Args:
        area_activity: Declared table `area_activity`; suppressed units are empty.
        localities: The localities; an area that is none of theirs counts as 'no locality'.
        people: Residents by zone (index zone).

    Returns:
        Units by activity heading and year.

    Raises:
        InputRefused: One heading has several units, or figures both by zone and by locality: they do not add up.
    """
    row = area_activity["area"].map(localities.row_of_area).fillna(localities.count).astype(int)
    is_zone = area_activity["area"].isin(list(localities.zones))
    _refuse_mixtures(area_activity, is_zone)
    by_locality = localities.sum_by_locality(pd.Series(people.index), people)
    lived = area_activity["area"].map(people).astype("Float64").where(is_zone)
    lived = lived.fillna(pd.Series(by_locality[row], index=area_activity.index).where(row < localities.count, 0.0))
    found: dict[Key, AreaUnits] = {}
    for (heading, year), rows in area_activity.groupby(["heading", "year"], sort=True):
        found[str(heading), str(year)] = _fill_suppressed(
            rows["units"].astype("Float64"), lived.loc[rows.index], row.loc[rows.index], localities.count
        )
    return found


def _fill_suppressed(units: pd.Series, lived: pd.Series, row: pd.Series, count: int) -> AreaUnits:
    blank = units.isna() & (row < count)
    known = units.notna() & (row < count)
    people = float(lived[known].sum())
    rate = float(units[known].sum()) / people if people > 0 else 0.0
    filled = units.fillna(lived * rate).to_numpy(dtype=np.float64, na_value=0.0)
    estimated = np.zeros(count, dtype=bool)
    estimated[row[blank].to_numpy()] = True
    sums = np.bincount(row.to_numpy(), weights=filled, minlength=count + 1)
    return AreaUnits(sums.astype(np.float64), estimated)


def _refuse_mixtures(area_activity: pd.DataFrame, is_zone: pd.Series) -> None:
    faults = []
    for (heading, year), rows in area_activity.assign(zone=is_zone).groupby(["heading", "year"], sort=True):
        units = sorted(rows["unit"].dropna().unique())
        if len(units) > 1:
            what = f"'{heading}' in {year} is counted in {' and in '.join(units)}, which cannot be added"
            faults.append(Fault("area_activity", what, "Keep one unit for each heading.", "several-units"))
        if rows["zone"].nunique() > 1 and not rows.loc[~rows["zone"], "units"].isna().all():
            what = f"'{heading}' in {year} has figures both for zones and for other areas"
            do = "Keep the zones or the localities: together they would count twice."
            faults.append(Fault("area_activity", what, do, "zones-and-localities"))
    if faults:
        raise InputRefused(faults)


def use_by_cost(evidence: Evidence, headings: tuple[str, ...], years: tuple[FinancialYear, ...]) -> Use | None:
    """Split by the cost of persons: the mean of the years' shares, with its variance.

    Args:
        evidence: What is known.
        headings: Activity headings that together show the service's use.
        years: Years whose shares are averaged; a year without cost is left out.

    Returns:
        The use, or None when no year has a cost.

    Source:
        Variance of a sum of independent persons' costs by the sum of their squares; of a share by the delta method.
        The same people are costly year after year, so the years' errors are taken as going together: the interval
        of a mean is never narrower than that of its years on average.
    """
    found = [(str(year), _sum_headings(evidence.cost, headings, str(year))) for year in years]
    having = [(year, cost) for year, cost in found if cost is not None and cost.sum() > 0]
    if not having:
        return None
    deviations = []
    for year, cost in having:
        squares = _sum_headings(evidence.squares, headings, year)
        deviations.append(
            np.sqrt(share_variance(cost[:-1], np.zeros(cost.size - 1) if squares is None else squares[:-1]))
        )
    activity = {
        heading: float(
            np.mean([evidence.cost[heading, year].sum() for year, _ in having if (heading, year) in evidence.cost])
        )
        for heading in headings
        if any((heading, year) in evidence.cost for year, _ in having)
    }
    shares = np.mean([cost / cost.sum() for _, cost in having], axis=0)
    return Use("cost", shares, np.mean(deviations, axis=0) ** 2, activity)


def share_variance(amount: Floats, squares: Floats) -> Floats:
    """Give the variance of each locality's share of cost (or of units).

    Args:
        amount: Cost by locality, in pence.
        squares: Sum over the locality's persons of squared cost.

    Returns:
        Var(C_l / C) by the delta method, with Var(C_l) = sum of squares and localities independent.
    """
    total = float(amount.sum())
    if total <= 0:
        return np.zeros_like(amount)
    share = amount / total
    variance: Floats = ((1 - share) ** 2 * squares + share**2 * (squares.sum() - squares)) / total**2
    return variance


def use_by_units(
    evidence: Evidence, headings: tuple[str, ...], years: tuple[FinancialYear, ...], *, priced: bool
) -> Use | None:
    """Split by units of activity, or by units times their direct unit cost (set-aside hospital budgets).

    Persons' own units come first, with their variance; published units of areas stand in where there are none.

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
    method = "priced_units" if priced else "units"
    return _use_by_own_units(evidence, price, years, method) or _use_by_area_units(evidence, price, years, method)


def _use_by_own_units(
    evidence: Evidence, price: Mapping[str, float], years: tuple[FinancialYear, ...], method: str
) -> Use | None:
    shares, deviations = [], []
    for year in (str(year) for year in years):
        held = [heading for heading in price if (heading, year) in evidence.units]
        if not held:
            continue
        units = np.sum([evidence.units[heading, year] * price[heading] for heading in held], axis=0)
        if units.sum() <= 0:
            continue
        none = np.zeros(units.size)
        squares = np.sum(
            [evidence.unit_squares.get((heading, year), none) * price[heading] ** 2 for heading in held], axis=0
        )
        shares.append(units / units.sum())
        deviations.append(np.sqrt(share_variance(units[:-1], squares[:-1])))
    if not shares:
        return None
    return Use(method, np.mean(shares, axis=0), np.mean(deviations, axis=0) ** 2)


def _use_by_area_units(
    evidence: Evidence, price: Mapping[str, float], years: tuple[FinancialYear, ...], method: str
) -> Use | None:
    known = sorted({year for heading, year in evidence.area_units if heading in price})
    wanted = [str(year) for year in years if str(year) in known] or known[-1:]
    shares, estimated = [], []
    for year in wanted:
        held = [evidence.area_units[heading, year] for heading in price if (heading, year) in evidence.area_units]
        rates = [price[heading] for heading in price if (heading, year) in evidence.area_units]
        units = np.sum([one.units * rate for one, rate in zip(held, rates, strict=True)], axis=0)
        if units.sum() > 0:
            shares.append(units / units.sum())
            estimated.append(np.any([one.estimated for one in held], axis=0))
    if not shares:
        return None
    return Use(method, np.mean(shares, axis=0), estimated=np.any(estimated, axis=0))


def use_by_weights(method: str, weights: Floats | None) -> Use | None:
    """Split by numbers known for each locality: a practice list, heads or weighted heads."""
    if weights is None or weights.sum() <= 0:
        return None
    return Use(method, weights / weights.sum())


def _sum_headings(by_key: Mapping[Key, Floats], headings: tuple[str, ...], year: str) -> Floats | None:
    found = [by_key[heading, year] for heading in headings if (heading, year) in by_key]
    return np.sum(found, axis=0) if found else None
