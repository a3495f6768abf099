"""The indicators in which zones of one locality should be alike, standardised over the area."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd

from locality.areas.ground import Floats, Ints
from locality.foundations import Fault, InputRefused, load_rule

OLDER = "people aged 65 and over"
"""The one indicator that is made from the population: its share of people."""

_OLDER_FROM = 65


def read_indicators(
    tables: Mapping[str, pd.DataFrame],
    zones: Sequence[str],
    *,
    people: Ints,
    day: dt.date,
    wanted: Sequence[str] | None = None,
) -> tuple[Floats, tuple[str, ...], list[str]]:
    """Take indicators of zones and standardise them.

    Args:
        tables: `population`, and `indicators` where there are any.
        zones: Codes of the zones in order.
        people: Residents of each zone.
        day: The day whose rule value holds.
        wanted: Names of indicators; None: those of the rule that are there.

    Returns:
        Values with mean 0 and standard deviation 1 over zones, zones x indicators; their names; and notes. A gap is
        filled with the mean, which is said. An indicator that is the same everywhere is left out.

    Raises:
        InputRefused: A wanted indicator is not in the table.

    Source:
        `rules/boundary_indicators.yaml`.
    """
    found = {OLDER: _older(tables["population"], zones, people), **_wide(tables.get("indicators"), zones)}
    names = load_rule("locality.areas", "boundary_indicators").at(day).value if wanted is None else list(wanted)
    lost = [name for name in names if name not in found]
    if wanted is not None and lost:
        there = ", ".join(sorted(found)[:12])
        raise InputRefused(
            [Fault("--indicator", f"there is no indicator '{name}'", f"Use one of: {there}.", "indicator-unknown")
             for name in lost]
        )  # fmt: skip
    kept, columns, notes = [], [], []
    for name in (name for name in names if name in found):
        column = found[name]
        gaps = np.isnan(column)
        if gaps.any() and not gaps.all():
            notes.append(f"{int(gaps.sum()):,} zones have no figure of '{name}'; the mean stands for them.")
        filled = np.where(gaps, np.nanmean(column) if not gaps.all() else 0.0, column)
        if filled.std() > 0:
            kept.append(name)
            columns.append((filled - filled.mean()) / filled.std())
    table = np.column_stack(columns) if columns else np.zeros((0, 0))
    return table, tuple(kept), notes


def _wide(indicators: pd.DataFrame | None, zones: Sequence[str]) -> dict[str, Floats]:
    """Give each indicator's newest values by zone."""
    if indicators is None:
        return {}
    newest = indicators.sort_values("period").drop_duplicates(["zone", "indicator"], keep="last")
    wide = newest.pivot(index="zone", columns="indicator", values="value").reindex(list(zones))
    return {str(name): wide[name].astype("Float64").to_numpy(np.float64, na_value=np.nan) for name in wide}


def _older(population: pd.DataFrame, zones: Sequence[str], people: Ints) -> Floats:
    newest = population[(population["year"] == population["year"].max()) & (population["age_from"] >= _OLDER_FROM)]
    older = newest.groupby("zone")["people"].sum().reindex(list(zones)).fillna(0).to_numpy(np.float64)
    share = np.full(len(zones), np.nan)
    np.divide(older, people, out=share, where=people > 0)
    return share
