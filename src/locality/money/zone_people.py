"""The people of every zone by sex and age band, as arrays; and weighted people back as a declared table."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from locality.foundations import Fault, InputRefused
from locality.foundations.check import DTYPES
from locality.money.age_bands import AgeBands, Codes, Floats
from locality.money.tables import FAIR_WEIGHTS

SEXES = ("female", "male")


@dataclass(frozen=True)
class ZonePeople:
    """People by zone, sex and age band; one entry for each row of the population table.

    Args:
        zones: Zone codes in order.
        bands: The population's age bands.
        zone: Number of each row's zone.
        sex: Number of each row's sex in `SEXES`.
        band: Number of each row's band.
        people: Residents.
    """

    zones: pd.Index
    bands: AgeBands
    zone: Codes
    sex: Codes
    band: Codes
    people: Floats

    @classmethod
    def read(cls, population: pd.DataFrame) -> ZonePeople:
        """Take one year of the declared table `population`.

        Raises:
            InputRefused: There is nobody in it, a cell has no number, or a zone, sex and band stand twice (two years
                at once, say).
        """
        bands, band = AgeBands.read(population, "population")
        zone, zones = pd.factorize(population["zone"].astype("string"), sort=True)
        sex = pd.Index(SEXES).get_indexer(pd.Index(population["sex"].astype("string")))
        people = population["people"].astype("Float64").to_numpy(dtype=np.float64, na_value=np.nan)
        cells = cls(zones, bands, zone.astype(np.int64), sex.astype(np.int64), band, people)
        cells._refuse_faults(population)
        return cells

    def _refuse_faults(self, population: pd.DataFrame) -> None:
        faults = []
        if (self.sex < 0).any() or np.isnan(self.people).any():
            what = "it has rows without a number of people, or with a sex that is neither female nor male"
            faults.append(Fault("population", what, "Write the number, and female or male.", "population-incomplete"))
        elif self.people.sum() <= 0:
            faults.append(
                Fault("population", "it counts no residents at all", "Give the residents of every zone.", "no-people")
            )
        key = (self.zone * 2 + self.sex) * self.bands.starts.size + self.band
        if np.unique(key).size < key.size:
            row = int(np.flatnonzero(pd.Series(key).duplicated().to_numpy())[0])
            what = f"zone {population['zone'].iloc[row]} has the same sex and age band twice"
            faults.append(
                Fault("population", what, "Take the second row out, or keep one year only.", "population-twice")
            )
        if faults:
            raise InputRefused(faults)

    @property
    def total(self) -> float:
        """Everybody."""
        return float(self.people.sum())

    def by_zone(self, amounts: npt.ArrayLike | None = None) -> Floats:
        """Sum people, or another amount for each row, by zone."""
        rows = self.people if amounts is None else np.asarray(amounts, dtype=np.float64)
        return np.bincount(self.zone, weights=rows, minlength=len(self.zones)).astype(np.float64)

    def weights_by_cell(self, weighted: Floats, programme: str, stage: str) -> pd.DataFrame:
        """Write weighted people as `fair_weights`, by sex and age band."""
        ages = pd.array(np.where(self.bands.is_open, -1, self.bands.ends), dtype="Int64")
        ages[self.bands.is_open] = pd.NA
        columns = {
            "zone": self.zones.astype("string").array.take(self.zone),
            "sex": pd.array(SEXES, dtype="string").take(self.sex),
            "age_from": self.bands.starts[self.band],
            "age_to": ages.take(self.band),
        }
        return _weights(columns, programme, stage, weighted)

    def weights_by_zone(self, weighted: Floats, programme: str, stage: str) -> pd.DataFrame:
        """Write weighted people as `fair_weights`, one row for each zone."""
        return weights_by_zone(self.zones, weighted, programme, stage)


def weights_by_zone(zones: pd.Index, weighted: npt.ArrayLike, programme: str, stage: str) -> pd.DataFrame:
    """Write weighted people as the declared table `fair_weights`: all ages, both sexes.

    Args:
        zones: Zone codes.
        weighted: Weighted people of each zone.
        programme: Need programme.
        stage: age_sex, need or supply.

    Returns:
        One row for each zone; sex is 'all', ages from 0, open.
    """
    size = len(zones)
    columns = {
        "zone": zones.astype("string").array,
        "sex": pd.array(["all"], dtype="string").take(np.zeros(size, dtype=np.int64)),
        "age_from": np.zeros(size, dtype=np.int64),
        "age_to": pd.array([pd.NA], dtype="Int64").take(np.zeros(size, dtype=np.int64)),
    }
    return _weights(columns, programme, stage, weighted)


def _weights(columns: dict[str, object], programme: str, stage: str, weighted: npt.ArrayLike) -> pd.DataFrame:
    frame = pd.DataFrame(columns)
    frame["programme"] = programme
    frame["stage"] = stage
    frame["weighted_people"] = np.asarray(weighted, dtype=np.float64)
    return frame.astype({column.name: DTYPES[column.kind] for column in FAIR_WEIGHTS.columns})[list(FAIR_WEIGHTS.names)]


def scale_to(amounts: Floats, total: float) -> Floats:
    """Scale amounts so that they sum to a total: weighting moves money, it makes none."""
    scaled: Floats = amounts * (total / amounts.sum())
    return scaled


def name_some(names: pd.Index | list[str], most: int = 5) -> str:
    """Name the first few of many: 'A, B, C and 7 more'."""
    shown = ", ".join(str(name) for name in list(names)[:most])
    return shown if len(names) <= most else f"{shown} and {len(names) - most:,} more"
