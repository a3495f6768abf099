"""Age bands that do not match: one table by single years, another in bands, the oldest band open."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from locality.foundations import Fault, InputRefused, load_rule

Floats = npt.NDArray[np.float64]
Codes = npt.NDArray[np.int64]

AGES = 131
"""Single years of age 0 to 130: the finest steps that any declared table may have."""

# Whoever asks for no particular day gets the newest value: the rule has one entry from the beginning.
_NEWEST = dt.date.max


@dataclass(frozen=True)
class AgeBands:
    """The bands of one table, in order of age.

    Args:
        starts: Youngest age of each band.
        ends: Oldest age of each band; the last single year (130) where the band is open.
        is_open: Whether the publisher gives no oldest age.
    """

    starts: Codes
    ends: Codes
    is_open: npt.NDArray[np.bool_]

    @classmethod
    def read(cls, table: pd.DataFrame, name: str) -> tuple[AgeBands, Codes]:
        """Find the distinct bands of a table.

        Args:
            table: With `age_from` and `age_to` (empty when open).
            name: The table's name for messages.

        Returns:
            The bands, and for every row the number of its band.

        Raises:
            InputRefused: A band ends before it begins.
        """
        start = table["age_from"].to_numpy(dtype=np.int64)
        last = table["age_to"].astype("Float64").to_numpy(dtype=np.float64, na_value=np.nan)
        end = np.where(np.isnan(last), AGES - 1, np.nan_to_num(last)).astype(np.int64)
        if (wrong := np.flatnonzero(end < start)).size:
            what = f"the age band {start[wrong[0]]} to {end[wrong[0]]} ends before it begins"
            raise InputRefused([Fault(name, what, "Correct age_from and age_to.", "age-band-backwards")])
        key = start * (2 * AGES) + end * 2 + np.isnan(last)
        kept, row = np.unique(key, return_inverse=True)
        bands = cls(kept // (2 * AGES), kept % (2 * AGES) // 2, (kept % 2).astype(bool))
        return bands, row.astype(np.int64)

    def spread(self, on: dt.date = _NEWEST) -> Floats:
        """Say how the people of each band lie over single years of age.

        Returns:
            One row for each band, one column for each year of age; rows sum to 1. Evenly within a closed band; in an
            open one each year holds a fixed ratio of the year before (rule ``open_age_band_ratio``).
        """
        age = np.arange(AGES)
        inside = (age >= self.starts[:, None]) & (age <= self.ends[:, None])
        ratio = float(load_rule("locality.money", "open_age_band_ratio").at(on).value)
        decline = np.where(self.is_open[:, None], ratio ** np.maximum(age - self.starts[:, None], 0), 1.0)
        people = inside * decline
        spread: Floats = people / people.sum(axis=1, keepdims=True)
        return spread


def values_by_age(bands: AgeBands, band: Codes, group: Codes, values: Floats, groups: int) -> tuple[Floats, Floats]:
    """Lay values given by band out over single years of age.

    Args:
        bands: The table's bands.
        band: Number of each row's band.
        group: Which group (sex, deprivation fifth, ...) each row belongs to.
        values: The value of each row, the same for every age in its band.
        groups: How many groups there are.

    Returns:
        Group by age: the value (nought where no row covers the age), and how many rows cover the age.
    """
    first, length = bands.starts[band], bands.ends[band] - bands.starts[band] + 1
    row = np.repeat(np.arange(band.size), length)
    step = np.arange(row.size) - np.repeat(np.cumsum(length) - length, length)
    cell = group[row] * AGES + first[row] + step
    laid: Floats = np.bincount(cell, weights=values[row], minlength=groups * AGES).astype(np.float64)
    covered: Floats = np.bincount(cell, minlength=groups * AGES).astype(np.float64)
    return laid.reshape(groups, AGES), covered.reshape(groups, AGES)


def say_ages(missing: npt.NDArray[np.bool_]) -> str:
    """Write runs of single ages as bands: '5-9, 90+'."""
    age = np.flatnonzero(missing)
    runs = np.split(age, np.flatnonzero(np.diff(age) > 1) + 1)
    return ", ".join(
        f"{run[0]}+" if run[-1] == AGES - 1 else str(run[0]) if run.size == 1 else f"{run[0]}-{run[-1]}" for run in runs
    )
