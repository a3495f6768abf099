"""The file of overlaps as somebody sends it, and the library's table of what is kept of it."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import pandas as pd

from locality.areas.tables import ZONE_OVERLAPS
from locality.foundations import InputRefused, check_frame
from locality_web.areas.zone_file import cells_of

MOST_ROWS = 60_000
"""More than all of England has; a longer file is another file."""
_ADD_COLUMN = "Add the column; the table has zone, new_zone and people."


@dataclass(frozen=True)
class OverlapFile:
    """A file of overlaps that was read whole.

    Args:
        name: As it was called.
        sha256: Of its bytes.
        table: The library's table `zone_overlaps`, under its row numbers.
    """

    name: str
    sha256: str
    table: pd.DataFrame


def read_overlaps(content: bytes, file: str) -> OverlapFile:
    """Read a CSV file of overlaps, or refuse it with every fault.

    Raises:
        InputRefused: All that is wrong, each with row and column.
    """
    frame, found = check_frame(ZONE_OVERLAPS, cells_of(content, file, most_rows=MOST_ROWS), file)
    if found:
        # The library speaks to analysts, who name readers of other layouts; people here have the one file.
        raise InputRefused(replace(one, do=_ADD_COLUMN) if one.code == "missing-column" else one for one in found)
    return OverlapFile(file, hashlib.sha256(content).hexdigest(), frame)


def touching(table: pd.DataFrame, zones: Mapping[str, str]) -> pd.DataFrame:
    """Give the rows of every new zone that touches one of the zones; the rest of the country is not kept."""
    met = set(table.loc[table["zone"].isin(zones), "new_zone"])
    return table[table["new_zone"].isin(met)]


def as_rows(table: pd.DataFrame) -> list[list[Any]]:
    """Give zone, new zone and people of every row, in order, for the database."""
    ordered = table.sort_values(["zone", "new_zone"])
    columns = (ordered["zone"], ordered["new_zone"], ordered["people"])
    return [[str(zone), str(new), int(people)] for zone, new, people in zip(*columns, strict=True)]


def as_table(rows: list[list[Any]], names: Mapping[str, str], counted: str) -> pd.DataFrame:
    """Give the library's table of what was kept."""
    frame = pd.DataFrame(rows, columns=["zone", "new_zone", "people"], index=range(2, len(rows) + 2))
    frame = frame.astype({"zone": "string", "new_zone": "string", "people": "Int64"})
    named = frame["new_zone"].map(dict(names)).astype("string")
    return frame.assign(new_name=named, counted=pd.Series(counted, index=frame.index, dtype="string"))
