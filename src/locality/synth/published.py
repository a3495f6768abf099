"""The published figures that made-up people follow, as the room keeps them."""

from __future__ import annotations

import csv
import datetime as dt
from collections.abc import Mapping
from functools import lru_cache
from importlib import resources
from typing import Any

import numpy as np
import numpy.typing as npt

from locality.foundations import load_rule

Floats = npt.NDArray[np.float64]

SEXES = ("female", "male")
BAND_STARTS = tuple(range(0, 95, 5))
"""Age bands of five years; the last, 90 and over, is open."""
BANDS = len(BAND_STARTS)
FIFTHS = 5
SHAPE = (len(SEXES), BANDS, FIFTHS)
"""Every national table is an array of sex, age band and deprivation fifth (1, most deprived, comes first)."""

# Rules of this room describe no moment in time, so the newest value is the one in force.
_NEWEST = dt.date(2100, 1, 1)


@lru_cache
def rule(name: str) -> Any:
    """Give the value of one of the room's rules."""
    return load_rule("locality.synth", name).at(_NEWEST).value


@lru_cache
def rows(name: str) -> tuple[dict[str, str], ...]:
    """Read one of the room's packaged tables."""
    text = (resources.files("locality.synth") / "data" / f"{name}.csv").read_text(encoding="utf-8")
    return tuple(csv.DictReader(text.splitlines()))


@lru_cache
def standard_people() -> Floats:
    """Give the residents of the standard population (Scotland, mid-2021) in every cell."""
    return _cells("standard_population", "people")


@lru_cache
def spend_curve() -> Floats:
    """Give published NHS spend per head in pounds in every cell; its last band, 85 and over, stands for 90 and over."""
    return _cells("nhs_spend_curve", "per_head_gbp")


def _cells(table: str, column: str) -> Floats:
    cells = np.full(SHAPE, np.nan)
    for row in rows(table):
        cells[SEXES.index(row["sex"]), int(row["age_from"]) // 5, int(row["deprivation_fifth"]) - 1] = float(
            row[column]
        )
    cells[:, -1] = np.where(np.isnan(cells[:, -1]), cells[:, -2], cells[:, -1])
    return cells


def by_age(steps: Mapping[int, float]) -> Floats:
    """Spread values given from an age on over the age bands.

    Example:
        >>> by_age({0: 1.0, 10: 2.0})[:3].tolist()
        [1.0, 1.0, 2.0]
    """
    starts = sorted(steps)
    found = np.searchsorted(starts, BAND_STARTS, side="right") - 1
    # 18 falls inside the band 15-19, which therefore counts as children's.
    return np.array([steps[starts[place]] for place in found], dtype=np.float64)
