"""Localities as rows of every money table, and how zones and practices fall into them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt
import pandas as pd

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True)
class LocalityList:
    """The partnership's localities in a fixed order, with the zones of each.

    Args:
        codes: Locality codes in order.
        names: Their names, in the same order.
        zones: Locality code of every zone.
    """

    codes: tuple[str, ...]
    names: tuple[str, ...]
    zones: Mapping[str, str]

    @classmethod
    def from_table(cls, localities: pd.DataFrame) -> LocalityList:
        """Read the declared table `localities`, cut to one day already (one row for each zone)."""
        name = localities["name"] if "name" in localities else localities["locality"]
        rows = pd.DataFrame(
            {"zone": localities["zone"], "code": localities["locality"], "name": name.fillna(localities["locality"])}
        )
        first = rows.drop_duplicates("code").sort_values("name")
        zones = dict(zip(rows["zone"].astype(str), rows["code"].astype(str), strict=True))
        return cls(tuple(first["code"].astype(str)), tuple(first["name"].astype(str)), zones)

    @cached_property
    def number(self) -> dict[str, int]:
        """The row of each locality code."""
        return {code: row for row, code in enumerate(self.codes)}

    @property
    def count(self) -> int:
        """How many localities there are."""
        return len(self.codes)

    def rows_of_zones(self, zones: pd.Series) -> npt.NDArray[np.intp]:
        """Give the locality's row for every zone; the row after the last one where it has none."""
        known = {zone: self.number[code] for zone, code in self.zones.items()}
        rows: npt.NDArray[np.intp] = zones.map(known).fillna(self.count).to_numpy(dtype=np.intp)
        return rows

    def sum_by_locality(self, zones: pd.Series, amounts: pd.Series) -> Floats:
        """Sum amounts of zones by locality.

        Args:
            zones: Zone codes; unknown ones ("" or from elsewhere) fall into the last place.
            amounts: One number for each.

        Returns:
            One sum for each locality and, last, the sum that has no locality.
        """
        values = amounts.to_numpy(dtype=np.float64, na_value=0.0)
        sums = np.bincount(self.rows_of_zones(zones), weights=values, minlength=self.count + 1)
        return sums.astype(np.float64)

    def row_of_area(self, area: str) -> int | None:
        """Find the locality that an area's code or name means; None when it is no locality of ours."""
        if area in self.number:
            return self.number[area]
        if area in self.zones:
            return self.number[self.zones[area]]
        plain = [plain_name(name) for name in self.names]
        return plain.index(plain_name(area)) if plain_name(area) in plain else None


def plain_name(name: str) -> str:
    """Names of one locality differ between publishers in '&', case and spaces only."""
    return " ".join(name.replace("&", " and ").casefold().split())
