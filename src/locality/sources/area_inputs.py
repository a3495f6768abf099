"""The tables of a partnership folder that boundaries are drawn on, without anything about money or persons."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

import pandas as pd

from locality.areas.area_settings import AreaSettings, read_area_settings
from locality.foundations import FinancialYear, InputFile, InputRefused
from locality.sources.cross_checks import run_checks
from locality.sources.loading import load_tables
from locality.sources.locating import Roots
from locality.sources.partnership_file import read_settings
from locality.sources.readers import Partnership

TABLES = (
    "zones",
    "localities",
    "population",
    "zone_neighbours",
    "zone_places",
    "indicators",
    "practices",
    "registrations",
)


@dataclass(frozen=True)
class AreaInputs:
    """What a folder says about its places.

    Args:
        partnership: Whose folder it is.
        year: Its financial year.
        tables: The tables named in `TABLES` that the folder has, typed and cut to the partnership.
        inputs: Every file that was read, with its hash.
        notes: What is allowed but must be said beside the results.
        made_up: Whether any of these files is made up.
        settings: What the partnership decides about its localities itself.
    """

    partnership: Partnership
    year: FinancialYear
    tables: Mapping[str, pd.DataFrame]
    inputs: tuple[InputFile, ...]
    notes: tuple[str, ...]
    made_up: bool
    settings: AreaSettings


def open_areas(folder: Path, *, data_root: Path | None = None) -> AreaInputs:
    """Open what a partnership folder says about its places; files about money and persons are not touched.

    Args:
        folder: The folder that holds partnership.toml.
        data_root: Where files are looked for that the folder does not hold.

    Returns:
        Its tables, typed and cut to the partnership.

    Raises:
        InputRefused: With every fault of the settings and of these tables.
    """
    settings, faults = read_settings(folder)
    wanted = tuple(entry for entry in settings.entries if entry.table.name in TABLES)
    loaded = load_tables(replace(settings, entries=wanted), Roots(folder, data_root), None)
    run_checks(loaded)
    own = AreaSettings()
    try:
        own = read_area_settings(settings.areas)
    except InputRefused as refused:
        faults = [*faults, *refused.faults]
    if faults or loaded.faults:
        raise InputRefused([*faults, *loaded.faults])
    assert loaded.year is not None, "settings without a year have a fault"
    return AreaInputs(
        loaded.partnership,
        loaded.year,
        {name: frame.reset_index(drop=True) for name, frame in loaded.tables.items()},
        tuple(one for source in loaded.sources for one in source.inputs()),
        tuple(loaded.notes),
        any(entry.made_up for entry in wanted),
        own,
    )
