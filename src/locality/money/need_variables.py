"""The indicators of a need model: checked, standardised, and refused by name where they cannot carry a model."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from locality.foundations import Fault, InputRefused, load_rule
from locality.money.age_bands import Floats
from locality.money.zone_people import name_some

# A variable of which less than this is left once the others are known is, but for noise, made of them.
_NOTHING_LEFT = 1e-8


@dataclass(frozen=True)
class NeedVariables:
    """Which indicators a model uses.

    Args:
        need: Indicators of need; they move money.
        supply: Indicators of how much service there is; in the model, then held at their mean.
    """

    need: Sequence[str]
    supply: Sequence[str] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """All of them, need first."""
        return (*self.need, *self.supply)


@dataclass(frozen=True)
class Standardised:
    """Indicators in standard deviations from their mean.

    Args:
        scores: Zone by indicator.
        mean: Mean over zones of each indicator.
        spread: Standard deviation over zones of each.
        filled: zone and indicator of every gap that was filled with the mean.
    """

    scores: pd.DataFrame
    mean: pd.Series
    spread: pd.Series
    filled: tuple[tuple[str, str], ...]


def standardise(
    indicators: pd.DataFrame, variables: NeedVariables, lived: pd.Series, *, missing: str = "refuse"
) -> Standardised:
    """Take a model's indicators for its zones and put them on one scale.

    Args:
        indicators: Zone (index) by indicator (column).
        variables: Which to take.
        lived: Whether anybody lives in each zone of the model (index zone). Empty zones need no value and have no say.
        missing: ``refuse`` a gap, or fill it with the ``mean`` of the other zones.

    Raises:
        InputRefused: An indicator is not there, has a gap, or is the same everywhere.
    """
    absent = [name for name in variables.names if name not in indicators.columns]
    if absent or not variables.need:
        what = f"there is no indicator {', '.join(absent)}" if absent else "no indicator of need is named"
        known = name_some([str(column) for column in indicators.columns], 12)
        raise InputRefused(
            [Fault("indicators", what, f"Use some of those that are there: {known or 'none'}.", "indicator-missing")]
        )
    assert missing in ("refuse", "mean"), missing
    taken = indicators.reindex(lived.index)[list(variables.names)].astype("Float64").astype("float64")
    inhabited = taken[lived]
    gaps = inhabited.isna()
    faults = []
    if missing == "refuse":
        for name in inhabited.columns[gaps.any()]:
            lacking = inhabited.index[gaps[name]]
            what = f"{len(lacking):,} zones have no {name}: {name_some(lacking)}"
            do = "Give the values, or leave the indicator out."
            faults.append(Fault("indicators", what, do, "indicator-gap", column=str(name)))
    mean, spread = inhabited.mean(), inhabited.std(ddof=0)
    for name in inhabited.columns[~(spread > _NOTHING_LEFT * mean.abs().clip(lower=_NOTHING_LEFT))]:
        what = f"{name} is the same in every zone and can explain nothing"
        faults.append(Fault("indicators", what, "Leave it out.", "indicator-constant", column=str(name)))
    if faults:
        raise InputRefused(faults)
    filled = tuple(
        (str(inhabited.index[row]), str(taken.columns[column])) for row, column in np.argwhere(gaps.to_numpy())
    )
    return Standardised((taken.fillna(mean) - mean) / spread, mean, spread, filled)


def refuse_too_few_zones(zones: int, variables: NeedVariables, on: dt.date) -> None:
    """Refuse a model that has too few zones for its variables.

    Raises:
        InputRefused: It names both numbers.
    """
    each = int(load_rule("locality.money", "zones_for_each_need_variable").at(on).value)
    needed = each * len(variables.names)
    if zones < needed:
        what = f"{zones} zones with residents are too few for {len(variables.names)} variables; {needed} are needed"
        do = "Use fewer indicators, or published weights."
        raise InputRefused([Fault("indicators", what, do, "too-few-zones")])


def refuse_collinear(scores: pd.DataFrame, on: dt.date) -> pd.Series:
    """Refuse indicators that the others all but determine.

    Args:
        scores: Standardised indicators, zone by indicator.
        on: The day whose rule holds.

    Returns:
        For each indicator the part of its variation that the others explain.

    Raises:
        InputRefused: It names the indicator and those that make it up.
    """
    most = float(load_rule("locality.money", "need_collinearity").at(on).value["refused_above"])
    explained = pd.Series(0.0, index=scores.columns)
    made_of: dict[str, list[str]] = {}
    for name in scores.columns if scores.shape[1] > 1 else []:
        others = scores.drop(columns=name)
        weight: Floats = np.linalg.lstsq(others.to_numpy(), scores[name].to_numpy(), rcond=None)[0]
        left = scores[name].to_numpy() - others.to_numpy() @ weight
        explained[name] = 1.0 - float((left**2).sum() / (scores[name] ** 2).sum())
        made_of[str(name)] = [str(other) for other, size in zip(others, weight, strict=True) if abs(size) > 0.05]
    faults = [
        Fault(
            "indicators",
            f"{explained[name]:.1%} of {name} is already said by {', '.join(made_of[str(name)])}",
            "Leave one of them out: together their effects cannot be told apart.",
            "indicators-collinear",
            column=str(name),
        )
        for name in explained.index[explained > most]
    ]
    if faults:
        raise InputRefused(faults)
    return explained
