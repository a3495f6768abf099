"""Our own declared tables: every table that a partnership folder may name, and how a file of one is read."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from locality.areas.tables import AREA_TABLES
from locality.foundations import InputRefused, Table
from locality.foundations.core_tables import CORE_TABLES
from locality.money.tables import MONEY_TABLES
from locality.sources.files import read_cells
from locality.sources.practices import ACCEPT
from locality.sources.readers import Asked, RawTable

DECLARED: Mapping[str, Table] = {table.name: table for table in (*CORE_TABLES, *AREA_TABLES, *MONEY_TABLES)}
"""Every declared table by its name under `[tables]`."""

OPTIONS: Mapping[str, str] = {
    "sheet": "The workbook's sheet; its first one when not given",
    "header_row": "The row that holds the column names, counted from 1",
    "delimiter": "What stands between the cells of a text file; found from the header when not given",
}
"""Further keys of an entry that names no reader."""


def options_of(table: Table) -> Mapping[str, str]:
    """Give the further keys of a table's own files, each with its meaning."""
    return {**OPTIONS, **ACCEPT} if table.name == "practices" else OPTIONS


def read_declared(asked: Asked) -> list[RawTable]:
    """Read files that already have a declared table's columns.

    Args:
        asked: The files and the entry's options.

    Returns:
        One text table for each file; a file that cannot be read has no rows and its faults.
    """
    return [_read_one(asked, place) for place in range(len(asked.paths))]


def _read_one(asked: Asked, place: int) -> RawTable:
    name = asked.names[place]
    layout = {option: said for option, said in asked.options.items() if option in OPTIONS}
    try:
        return RawTable(read_cells(asked.paths[place], name, **layout), name)
    except InputRefused as refused:
        return RawTable(pd.DataFrame(), name, refused.faults)
