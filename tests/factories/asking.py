"""Asks a reader for files the way a partnership folder does."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pandas as pd

from locality.foundations import FinancialYear
from locality.sources.readers import READERS, Asked, Partnership, RawTable

FIFE = Partnership("S37000032", "Fife", "Scotland")


def ask(reader: str, root: Path, *names: str, partnership: Partnership = FIFE, **options: Any) -> list[RawTable]:
    """Read files of a folder with a reader.

    Args:
        reader: Its registered name.
        root: The folder.
        names: The files in it.
        partnership: Whose folder it is.
        options: Further keys of the entry.

    Returns:
        What the reader gives.
    """
    year = FinancialYear(2021)
    asked = Asked(tuple(root / name for name in names), names, partnership, year, options, root.joinpath)
    read = READERS[reader].read
    assert read is not None
    return read(asked)


def rows(frame: pd.DataFrame) -> list[tuple[object, ...]]:
    """Give each row as (row in the file, cells ...), gaps as None."""
    return [(number, *(None if pd.isna(cell) else cell for cell in cells)) for number, *cells in frame.itertuples()]


def said(table: RawTable) -> list[tuple[str, int | None]]:
    """Give code and row of each fault."""
    return [(fault.code, fault.row) for fault in table.faults]
