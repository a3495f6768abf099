"""The part of a partnership folder that is real: everything but the files that it declares to be made up."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath

import pandas as pd

from locality.foundations import FinancialYear, InputRefused
from locality.sources.loading import load_tables
from locality.sources.locating import Roots
from locality.sources.partnership_file import read_settings
from locality.sources.readers import Partnership


@dataclass(frozen=True)
class RealPart:
    """What is real in a folder.

    Args:
        partnership: Whose folder it is.
        year: Its financial year.
        tables: The real small tables, typed and cut to the partnership.
    """

    partnership: Partnership
    year: FinancialYear
    tables: Mapping[str, pd.DataFrame]


def missing_made_up_folder(folder: Path) -> str | None:
    """Say where made-up files should stand that a folder names and does not have.

    Args:
        folder: The partnership folder.

    Returns:
        The sub-folder that partnership.toml names for them, or None when none is missing or the settings are at fault.
    """
    settings, faults = read_settings(folder)
    if faults:
        return None
    roots = Roots(folder, None)
    for pattern in [pattern for entry in settings.entries if entry.made_up for pattern in entry.patterns]:
        try:
            roots.find(pattern)
        except InputRefused:
            return PurePosixPath(pattern).parent.as_posix()
    return None


def read_real_part(folder: Path, *, data_root: Path | None) -> RealPart:
    """Read the tables of a folder that are not made up.

    Args:
        folder: The partnership folder.
        data_root: Where files are looked for that the folder does not hold.

    Returns:
        Whose folder it is, its year and its real tables.

    Raises:
        InputRefused: With every fault of the settings and of the real files.
    """
    settings, faults = read_settings(folder)
    if faults:
        raise InputRefused(faults)
    real = replace(settings, entries=tuple(entry for entry in settings.entries if not entry.made_up))
    loaded = load_tables(real, Roots(folder, data_root), None)
    if loaded.faults:
        raise InputRefused(loaded.faults)
    assert loaded.year is not None, "settings without a year have a fault"
    tables = {name: frame.reset_index(drop=True) for name, frame in loaded.tables.items()}
    return RealPart(loaded.partnership, loaded.year, tables)
