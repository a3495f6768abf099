"""What was read from a partnership folder, and what was wrong with it, while the folder is being checked."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pandas as pd

from locality.foundations import Fault, FinancialYear, InputFile, hash_file
from locality.sources.partnership_file import Entry, Settings
from locality.sources.readers import Asked, Partnership

ROW_OF_FILE = ["file", "row"]
"""Names of the index that a table has while it is checked: which row of which file."""


@dataclass(frozen=True)
class TableRead:
    """One file that was read, as `locality check` lists it.

    Args:
        table: The declared table that it fills.
        file: Its name relative to the folder or the data root.
        reader: The reader, or "declared".
        rows: How many rows are about the partnership.
        publisher: Who publishes it.
        vintage: What it describes.
        made_up: Whether its people are made up.
    """

    table: str
    file: str
    reader: str
    rows: int
    publisher: str
    vintage: str
    made_up: bool


@dataclass
class Source:
    """One entry of partnership.toml with its files found.

    Args:
        entry: The entry.
        asked: What its reader is asked.
        further: Path and name of each file that an option named.
        vintage: What the files describe, once they were read.
    """

    entry: Entry
    asked: Asked
    further: list[tuple[Path, str]] = field(default_factory=list)
    vintage: str = ""

    def inputs(self, known: Mapping[str, str] | None = None) -> list[InputFile]:
        """Describe each file by its hash, so that a figure can be rebuilt from the same bytes.

        Args:
            known: Hashes by path of files that have not changed since they were taken.
        """
        known = known or {}
        entry = self.entry
        return [
            InputFile(
                entry.table.name,
                name,
                entry.reader_name,
                known.get(str(path.resolve())) or hash_file(path),
                path.stat().st_size,
                publisher=entry.publisher,
                vintage=self.vintage,
                made_up=entry.made_up,
            )
            for path, name in [*zip(self.asked.paths, self.asked.names, strict=True), *self.further]
        ]


@dataclass
class Loaded:
    """Everything that was read, and what was wrong with it.

    Args:
        settings: What partnership.toml says.
        tables: Typed tables by name; index = file and row, so that a later check can name the place.
        summaries: What the checks need to know of a person-level table: counts by zone and practice, or by heading.
        scans: Ibis expressions of the person-level tables.
        faults: What is wrong, in the order in which the tables were read.
        notes: What is allowed but must be said.
        read: The files that could be used.
        sources: The entries whose files were found.
        unread: Tables of which at least one file could not be used at all.
        broken: Columns of a table in which a cell is at fault.
        national: Tables with at least one file that covers more than the partnership.
    """

    settings: Settings
    tables: dict[str, pd.DataFrame] = field(default_factory=dict)
    summaries: dict[str, pd.DataFrame] = field(default_factory=dict)
    scans: dict[str, Any] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    read: list[TableRead] = field(default_factory=list)
    sources: list[Source] = field(default_factory=list)
    unread: set[str] = field(default_factory=set)
    broken: dict[str, set[str]] = field(default_factory=dict)
    national: set[str] = field(default_factory=set)

    @property
    def partnership(self) -> Partnership:
        """Whose folder it is; nameless when partnership.toml is at fault."""
        return self.settings.partnership or Partnership("", "", "Scotland")

    @property
    def year(self) -> FinancialYear | None:
        """The folder's financial year; None when partnership.toml is at fault."""
        return self.settings.years[-1] if self.settings.years else None

    def codes(self, table: str, column: str) -> frozenset[str]:
        """Give the codes of a column, none when the table was not read."""
        frame = self.tables.get(table)
        return frozenset() if frame is None else frozenset(frame[column].dropna())

    def file_of(self, table: str) -> str:
        """Name the files of a person-level table as the user wrote them."""
        return ", ".join(
            name for source in self.sources if source.entry.table.name == table for name in source.entry.patterns
        )

    def add_faults(self, table: str, faults: Iterable[Fault]) -> None:
        """Keep faults, and which columns of the table they spoil for the checks that follow."""
        for fault in faults:
            self.faults.append(fault)
            if fault.column is not None:
                self.broken.setdefault(table, set()).add(fault.column)

    def record(self, source: Source, file: str, rows: int, vintage: str) -> None:
        """Keep that a file was read, and what it describes."""
        entry = source.entry
        source.vintage = entry.vintage or vintage
        self.read.append(
            TableRead(entry.table.name, file, entry.reader_name, rows, entry.publisher, source.vintage, entry.made_up)
        )


def fault_at(frame: pd.DataFrame, wrong: pd.Series, what: str, do: str, code: str, column: str) -> Fault:
    """Make the fault of the rows of a loaded table that are wrong, naming the first."""
    file, row = frame.index[wrong.to_numpy(dtype=bool)][0]
    return Fault(str(file), what, do, code, row=int(row), column=column, rows=int(wrong.sum()))
