"""How the Scottish Government shares one line of grant-aided expenditure among councils.

A line has a quantum and one or two indicators. With one indicator a council gets quantum x indicator / sum. With two,
each has a weight found by regression on past spending; the quantum times the weight, divided by the indicator's sum,
is a rate, and rate times indicator is an *effect* (a composite indicator may be negative, and so may its effect). A
line may further hold a fixed amount for every council, or a floor under which no council falls.

Everything here is unrounded, in the unit of the quantum. Official tables print whole thousands, each rounded by
itself, so that printed lines need not add up to the printed quantum; `print_thousands` does the same.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from locality.foundations import Fault, InputRefused, ResultRefused
from locality.money.age_bands import Floats
from locality.money.zone_people import name_some


@dataclass(frozen=True)
class CouncilLine:
    """One line, shared out.

    Args:
        rates: Money for one unit of each indicator.
        effects: Each indicator's part, council by indicator.
        fixed: What every council gets beside.
        top_up: What lifts a council to the floor.
        amounts: The line: effects + fixed + top_up.
    """

    rates: pd.Series
    effects: pd.DataFrame
    fixed: float
    top_up: pd.Series
    amounts: pd.Series

    @property
    def shares(self) -> pd.Series:
        """Each council's share of the line; sums to 1."""
        return self.amounts / self.amounts.sum()


def share_council_line(
    quantum: float,
    indicators: pd.DataFrame | pd.Series,
    *,
    weights: Mapping[str, float] | None = None,
    fixed_each: float = 0.0,
    floor: float | None = None,
) -> CouncilLine:
    """Share a line's quantum among councils.

    Args:
        quantum: The money to share, in any unit.
        indicators: One row for each council, one column for each indicator.
        weights: Part of the money that each indicator moves; they sum to 1. May be left out with one indicator.
        fixed_each: An amount that every council gets first.
        floor: No council gets less; what lifts the low ones is found within the line, by lower rates for all.

    Returns:
        The line, whose amounts sum to the quantum.

    Raises:
        InputRefused: An indicator is missing, sums to nought or has no weight; the weights do not sum to 1.
        ResultRefused: Fixed amounts or floors alone need more than the quantum.

    Source:
        Scottish Government, Scottish Local Government Finance, Green Book, funding allocation formula: notes to each
        line (for the floor, "Land Access": a minimum of £70,000 within the quantum).

    Example:
        >>> people = pd.Series({"A": 60.0, "B": 40.0})
        >>> share_council_line(500, people).amounts.tolist()
        [300.0, 200.0]
    """
    table = _table(indicators)
    part = _weights(table, weights)
    left = quantum - fixed_each * len(table)
    if left < 0:
        raise ResultRefused(f"The fixed amounts need {-left:,.2f} more than the line has.", "Lower the fixed amount.")
    rates = part * left / table.sum()
    if floor is not None:
        rates = rates * _rates_that_leave_floors(table @ rates, left, floor - fixed_each)
    return line_at_rates(table, rates, fixed_each=fixed_each, floor=floor)


def line_at_rates(
    indicators: pd.DataFrame | pd.Series,
    rates: Mapping[str, float] | pd.Series,
    *,
    fixed_each: float = 0.0,
    floor: float | None = None,
) -> CouncilLine:
    """Work out councils' amounts at rates that are known, for some councils or all.

    Args:
        indicators: One row for each council, one column for each indicator.
        rates: Money for one unit of each indicator.
        fixed_each: An amount that every council gets beside.
        floor: Who would get less is lifted to it.

    Returns:
        The line; its amounts sum to what the rates give.
    """
    table = _table(indicators)
    rate = pd.Series(rates, dtype=np.float64).reindex(table.columns)
    effects = table * rate
    before = effects.sum(axis=1) + fixed_each
    top_up = (floor - before).clip(lower=0.0) if floor is not None else before * 0.0
    return CouncilLine(rate, effects, fixed_each, top_up, before + top_up)


def rate_that_prints(indicator: pd.Series, printed: pd.Series, *, step: float = 1.0) -> tuple[float, float]:
    """Find the rates at which rate x indicator rounds to every printed figure.

    Args:
        indicator: The indicator of each council, as published.
        printed: The effect of each council, as published.
        step: What the printed figures are rounded to.

    Returns:
        Lowest and highest such rate. When the first is above the second no single rate gives the printed figures.
    """
    used = indicator != 0
    ends = np.array([(printed[used] - step / 2) / indicator[used], (printed[used] + step / 2) / indicator[used]])
    return float(ends.min(axis=0).max()), float(ends.max(axis=0).min())


def print_thousands(pounds_thousand: pd.Series) -> pd.Series:
    """Round each figure by itself to a whole thousand, halves up, as the official tables do."""
    return np.floor(pounds_thousand + 0.5)


def _table(indicators: pd.DataFrame | pd.Series) -> pd.DataFrame:
    table = indicators.to_frame(indicators.name or "indicator") if isinstance(indicators, pd.Series) else indicators
    table = table.astype(np.float64)
    gaps = table.index[table.isna().any(axis=1)]
    if len(gaps):
        what = f"these councils have no indicator: {name_some(gaps)}"
        raise InputRefused([Fault("council_lines", what, "Fill the indicator in; a gap is not nought.", "council-gap")])
    return table


def _weights(table: pd.DataFrame, weights: Mapping[str, float] | None) -> pd.Series:
    if weights is None and table.shape[1] == 1:
        weights = {table.columns[0]: 1.0}
    part = pd.Series(weights or {}, dtype=np.float64).reindex(table.columns)
    faults = []
    if part.isna().any() or abs(part.sum() - 1.0) > 1e-6:
        what = f"the weights of {', '.join(map(str, table.columns))} do not sum to 1"
        faults.append(
            Fault("council_lines", what, "Give each indicator its weight, as a part of 1.", "council-weights")
        )
    for name in table.columns[table.sum() == 0]:
        what = f"the indicator {name} sums to nought over all councils, so that no rate follows from its weight"
        faults.append(
            Fault("council_lines", what, "Give the published rate instead (line_at_rates).", "council-nought")
        )
    if faults:
        raise InputRefused(faults)
    return part


def _rates_that_leave_floors(before: pd.Series, total: float, floor: float) -> float:
    """Find by how much all rates fall so that lifting the low ones to the floor leaves the total.

    The sum of max(floor, r x amount) rises with r, in straight pieces; the right piece is found by leaving councils
    on the floor one after the other, lowest amount first.
    """
    amount: Floats = np.sort(before.to_numpy())
    short = floor * amount.size - total
    if short > 0:
        raise ResultRefused(f"The floors alone need {short:,.2f} more than the line has.", "Lower the floor.")
    above = amount[::-1].cumsum()[::-1]
    ratio = np.divide(total - floor * np.arange(amount.size), above, out=np.zeros(amount.size), where=above > 0)
    holds = ratio * amount >= floor
    # With all others on the floor the last one always holds it; only noise in the last digit could say otherwise.
    holds[-1] = True
    return float(ratio[holds.argmax()])
