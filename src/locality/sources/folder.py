"""A partnership folder: checked as a whole, with every fault at once, and opened when it has none."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any

import pandas as pd

from locality.areas.area_settings import read_area_settings
from locality.foundations import Fault, FinancialYear, InputFile, InputRefused
from locality.money.settings import read_settings as read_money
from locality.sources.cross_checks import run_checks
from locality.sources.known_people import KnownPeople
from locality.sources.loaded import Loaded, TableRead
from locality.sources.loading import load_tables
from locality.sources.locating import Roots
from locality.sources.partnership_file import read_settings
from locality.sources.readers import Partnership
from locality.sources.summaries import summarise_activity, summarise_persons


@dataclass(frozen=True)
class OpenFolder:
    """A folder whose files may be used.

    Args:
        partnership: Whose folder it is.
        year: Its financial year.
        years: The years whose activity it holds: `year` last, the earlier ones before it.
        money: The `[money]` part of partnership.toml as it stands.
        tables: Small tables by name, typed as declared and cut to the partnership.
        scans: Ibis expressions of the person-level tables `persons` and `activity`, where the folder has them.
        summaries: What the checks counted in `persons` and `activity`: no finer than zone, practice or heading.
        inputs: Every file that was read, with its hash.
        notes: What is allowed but must be said beside the results.
        made_up: Whether any file holds made-up people.
        folder: Where it is.
    """

    partnership: Partnership
    year: FinancialYear
    years: tuple[FinancialYear, ...]
    money: Mapping[str, Any]
    tables: Mapping[str, pd.DataFrame]
    scans: Mapping[str, Any]
    summaries: Mapping[str, pd.DataFrame]
    inputs: tuple[InputFile, ...]
    notes: tuple[str, ...]
    made_up: bool
    folder: Path


@dataclass(frozen=True)
class CheckReport:
    """Whether a folder is usable, and what was found in it.

    Args:
        folder: Where it is.
        partnership: Whose folder it is; None when partnership.toml does not say.
        year: Its financial year; None when partnership.toml does not say.
        faults: Everything that must be mended.
        notes: What is allowed but must be said.
        read: The files that could be used, and what they hold.
        skipped: The checks that a fault kept from being made.
        years: The years whose activity it holds.
        scans: Ibis expressions of the person-level tables, for a preparation.
        summaries: What the checks counted in them.
    """

    folder: Path
    partnership: Partnership | None
    year: FinancialYear | None
    faults: tuple[Fault, ...]
    notes: tuple[str, ...]
    read: tuple[TableRead, ...]
    skipped: tuple[str, ...]
    years: tuple[FinancialYear, ...] = ()
    scans: Mapping[str, Any] = field(default_factory=dict)
    summaries: Mapping[str, pd.DataFrame] = field(default_factory=dict)

    @property
    def is_usable(self) -> bool:
        """Whether nothing must be mended."""
        return not self.faults

    def as_json(self) -> dict[str, object]:
        """Give the report with plain values, for `locality check --json`."""
        return {
            "partnership": asdict(self.partnership) if self.partnership else None,
            "financial_year": str(self.year) if self.year else None,
            "usable": self.is_usable,
            "faults": [asdict(fault) for fault in self.faults],
            "notes": list(self.notes),
            "read": [asdict(one) for one in self.read],
            "skipped": list(self.skipped),
        }


def check_folder(folder: Path, *, data_root: Path | None = None, connection: Any) -> CheckReport:
    """Say whether a partnership folder is usable; never raises for what stands in its files.

    Args:
        folder: The folder that holds partnership.toml.
        data_root: Where files are looked for that the folder does not hold.
        connection: An Ibis connection for person-level tables (`locality.sources.connect`).

    Returns:
        All faults of all files, in the order of partnership.toml, the declared tables and the checks between them;
        with what was read and which checks had to wait.
    """
    loaded, skipped = _inspect(folder, data_root, connection)
    return CheckReport(
        folder,
        loaded.settings.partnership,
        loaded.year,
        tuple(loaded.faults),
        tuple(loaded.notes),
        tuple(loaded.read),
        tuple(skipped),
        loaded.settings.years,
        loaded.scans,
        loaded.summaries,
    )


def open_folder(
    folder: Path, *, data_root: Path | None = None, connection: Any = None, known: KnownPeople | None = None
) -> OpenFolder:
    """Open a partnership folder whose files are sound.

    Args:
        folder: The folder that holds partnership.toml.
        data_root: Where files are looked for that the folder does not hold.
        connection: An Ibis connection for person-level tables (`locality.sources.connect`).
        known: What is known already of the person-level files; they are then neither read nor checked again.

    Returns:
        Its tables, typed and cut to the partnership; every zone of `zones` stands in `localities` and `population`.
        Tables that boundaries alone use are left out: `locality.sources.area_inputs` opens them.

    Raises:
        InputRefused: With every fault that `check_folder` finds in these tables.
    """
    loaded, _ = _inspect(folder, data_root, connection, known, leave_out=_BOUNDARIES_ALONE)
    if loaded.faults:
        raise InputRefused(loaded.faults)
    assert loaded.year is not None, "a folder without a year has a fault"
    return OpenFolder(
        partnership=loaded.partnership,
        year=loaded.year,
        years=loaded.settings.years,
        money=loaded.settings.money,
        tables={name: frame.reset_index(drop=True) for name, frame in loaded.tables.items()},
        scans=loaded.scans,
        summaries=loaded.summaries,
        inputs=tuple(one for source in loaded.sources for one in source.inputs(known.hashes if known else None)),
        notes=tuple(loaded.notes),
        made_up=any(source.entry.made_up for source in loaded.sources),
        folder=folder,
    )


# Outlines of a nation's zones take seconds to read, and money has no use for them.
_BOUNDARIES_ALONE = frozenset({"zone_neighbours", "zone_places"})


def _inspect(
    folder: Path,
    data_root: Path | None,
    connection: Any,
    known: KnownPeople | None = None,
    *,
    leave_out: frozenset[str] = frozenset(),
) -> tuple[Loaded, list[str]]:
    settings, faults = read_settings(folder)
    kept = tuple(entry for entry in settings.entries if entry.table.name not in leave_out)
    settings = replace(settings, entries=kept)
    loaded = load_tables(settings, Roots(folder, data_root), connection, without_people=known is not None)
    loaded.faults[:0] = faults
    for read, part in ((read_area_settings, settings.areas), (read_money, settings.money)):
        try:
            read(part)
        except InputRefused as refused:
            loaded.faults[len(faults) : len(faults)] = refused.faults
    if known is not None:
        loaded.summaries.update(known.summaries)
    if "persons" in loaded.scans:
        loaded.summaries["persons"] = summarise_persons(loaded.scans["persons"], connection)
    if "activity" in loaded.scans:
        loaded.summaries["activity"] = summarise_activity(loaded.scans["activity"], connection)
    return loaded, run_checks(loaded)
