"""Cuts national files to the partnership's own zones."""

from __future__ import annotations

import pandas as pd

from locality.areas import check_vintage
from locality.foundations import Fault, Table
from locality.foundations.core_tables import ZONE_CODE
from locality.sources.loaded import Loaded
from locality.sources.readers import RawTable


def cut_to_place(loaded: Loaded, table: Table, raw: pd.DataFrame) -> pd.DataFrame | None:
    """Keep the rows of a national file that are about the partnership.

    Args:
        loaded: What was read before: zones, then localities, registrations and practices.
        table: The file's table.
        raw: Its rows as text.

    Returns:
        The rows; all of them when nothing in the table tells the place; None when the zones are not known.
    """
    places = [column.name for column in table.columns if column.pattern == ZONE_CODE and column.name in raw.columns]
    if table.name == "zones" or not {*places, "practice"} & set(raw.columns):
        return raw
    zones = loaded.codes("zones", "zone")
    if not zones:
        return None
    if places and raw[places].isna().all(axis=None) and "registrations" not in loaded.tables:
        return raw
    keep = pd.Series(bool(places), index=raw.index)
    for place in places:
        keep &= raw[place].isin(zones)
    if "practice" in raw.columns and table.name != "registrations":
        keep |= raw["practice"].isin(loaded.codes("registrations", "practice") | loaded.codes("practices", "practice"))
    return raw[keep]


def nothing_of_place(loaded: Loaded, raw: RawTable) -> Fault:
    """Say why a national file has no row for the partnership: another vintage of zones, or another place."""
    if "zone" in raw.frame.columns:
        faults = check_vintage(raw.frame["zone"], loaded.tables["zones"]["zone"], raw.file)
        if faults:
            return faults[0]
    what = f"none of its {len(raw.frame):,} rows is about a zone of {loaded.partnership.name}"
    return Fault(raw.file, what, "Name the file that covers the partnership.", "nothing-of-place")
