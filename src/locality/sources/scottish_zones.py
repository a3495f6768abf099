"""Lookups of Scottish data zones: their names, partnership and urban-rural class."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pandas as pd

from locality.foundations.core_tables import ZONES
from locality.sources.columns import take_columns
from locality.sources.files import read_cells
from locality.sources.partnerships import read_each, rows_of_partnership
from locality.sources.readers import Asked, RawTable, Reader, register

OGL = "Open Government Licence v3.0"
_NO_BREAK_SPACE = "\xa0"


def clean_name(names: pd.Series) -> pd.Series:
    """Take spaces from both ends of names, and make spaces of those that forbid a line break."""
    return names.str.replace(_NO_BREAK_SPACE, " ", regex=False).str.strip()


def _reader(columns: dict[str, str]) -> Callable[[Asked], list[RawTable]]:
    """Make the reader of a lookup with these columns: declared name to the publisher's."""

    def read(asked: Asked) -> list[RawTable]:
        def read_one(path: Path, name: str) -> RawTable:
            zones = take_columns(read_cells(path, name), name, columns)
            ours = zones[rows_of_partnership(zones["partnership"], asked, name)]
            return RawTable(ours.drop(columns="partnership").assign(name=clean_name(ours["name"])), name)

        return read_each(asked, read_one)

    return read


register(
    Reader(
        "scotgov-zone-lookup-2011",
        ZONES,
        "Scottish Government, statistics.gov.scot, data zone 2011 lookup",
        OGL,
        "DZ2011_Code, DZ2011_Name, HIA_Code (the partnership) and UR8_Code (urban-rural class), 6,976 zones; "
        "Windows-1252.",
        read=_reader(
            {"zone": "DZ2011_Code", "name": "DZ2011_Name", "urban_rural": "UR8_Code", "partnership": "HIA_Code"}
        ),
        national=True,
    )
)
register(
    Reader(
        "scotgov-zone-lookup-2022",
        ZONES,
        "Scottish Government, statistics.gov.scot, data zone 2022 lookup",
        OGL,
        "DZ22_Code, DZ22_Name, HIA_Code (the partnership) and UR8_Code (urban-rural class), 7,392 zones; Windows-1252.",
        read=_reader({"zone": "DZ22_Code", "name": "DZ22_Name", "urban_rural": "UR8_Code", "partnership": "HIA_Code"}),
        national=True,
    )
)
register(
    Reader(
        "phs-geography-codes",
        ZONES,
        "Public Health Scotland, Geography Codes and Labels",
        OGL,
        "DataZone, DataZoneName and HSCP (the partnership), 6,976 zones of 2011; no urban-rural class.",
        read=_reader({"zone": "DataZone", "name": "DataZoneName", "partnership": "HSCP"}),
        national=True,
    )
)
