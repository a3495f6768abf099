"""A division from a table of zones and localities, and back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from locality.areas.ground import Division, Ground
from locality.areas.vintages import check_vintage
from locality.foundations import Fault, InputRefused

_NAMED = 3


@dataclass(frozen=True)
class NamedDivision:
    """A division with the names of its localities.

    Args:
        division: The locality of every zone; -1: in none.
        names: Name of each locality by number.
    """

    division: Division
    names: tuple[str, ...]


def division_from_table(ground: Ground, table: pd.DataFrame, file: str) -> NamedDivision:
    """Take a division from rows of zones and localities; zones that are missing are in no locality yet.

    Args:
        ground: What it is drawn on.
        table: `zone` and `locality`, and `name` where there is one; index = row in the file.
        file: Its name for messages.

    Returns:
        The division, its localities numbered in order of their codes.

    Raises:
        InputRefused: A zone is not of the area, or is in two localities.
    """
    rows = table.dropna(subset=["zone", "locality"])
    faults = _faults(ground, rows, file)
    if faults:
        raise InputRefused(faults)
    known = rows.drop_duplicates("zone").set_index("zone")
    numbers, codes = pd.factorize(known["locality"].reindex(list(ground.zones)).astype("string"), sort=True)
    title = known.drop_duplicates("locality").set_index("locality")["name"] if "name" in known else pd.Series(dtype=str)
    names = tuple(str(title[code]) if pd.notna(title.get(code)) else str(code) for code in codes)
    return NamedDivision(numbers.astype(np.int32), names)


def _faults(ground: Ground, rows: pd.DataFrame, file: str) -> list[Fault]:
    ours = pd.Series(ground.zones, dtype="string")
    other = check_vintage(rows["zone"], ours, file)
    if other:
        return other
    faults, outside = [], rows[~rows["zone"].isin(ours)]
    if len(outside):
        what = f"{', '.join(outside['zone'].head(_NAMED))} is no zone of the area"
        do = "Take the row out, or correct the code."
        row = int(outside.index[0])
        faults.append(Fault(file, what, do, "zone-outside-partnership", row=row, column="zone", rows=len(outside)))
    pairs = rows.drop_duplicates(["zone", "locality"])
    twice = pairs[pairs["zone"].duplicated()]
    if len(twice):
        zone = twice["zone"].iloc[0]
        homes = " and ".join(pairs.loc[pairs["zone"] == zone, "locality"])
        row = int(twice.index[0])
        do = "Keep one row for each zone."
        what = f"{zone} is in {homes}"
        faults.append(Fault(file, what, do, "zone-in-two-localities", row=row, column="zone", rows=len(twice)))
    return faults


def division_table(ground: Ground, division: Division, names: Sequence[str]) -> pd.DataFrame:
    """Write a division as rows of zones and localities, as the table `localities` has them.

    Args:
        ground: What it is drawn on.
        division: The locality of every zone; -1: in none.
        names: Names of the localities by number.

    Returns:
        One row for each zone that is in a locality: zone, zone_name, locality (its code), name.
    """
    width = len(str(len(names)))
    inside = np.flatnonzero(division >= 0)
    return pd.DataFrame(
        {
            "zone": [ground.zones[zone] for zone in inside],
            "zone_name": [ground.names[zone] for zone in inside],
            "locality": [f"L{int(division[zone]) + 1:0{width}d}" for zone in inside],
            "name": [names[division[zone]] for zone in inside],
        }
    )
