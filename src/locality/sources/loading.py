"""Reads every table that partnership.toml names, one fault hiding no other."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pandas as pd

from locality.areas import vintages_of
from locality.foundations import Fault, FinancialYear, InputRefused, Table
from locality.sources.cutting import cut_to_place, nothing_of_place
from locality.sources.declared import DECLARED, read_declared
from locality.sources.loaded import ROW_OF_FILE, Loaded, Source
from locality.sources.locating import Roots
from locality.sources.partnership_file import Entry, Settings
from locality.sources.people_cells import check_people_table
from locality.sources.readers import Asked, RawTable
from locality.sources.row_checks import repeated_keys, row_faults, scan_declared
from locality.sources.spaces import trim_texts


def load_tables(settings: Settings, roots: Roots, connection: Any, *, without_people: bool = False) -> Loaded:
    """Read all tables of a folder.

    Args:
        settings: What partnership.toml says.
        roots: Where files may stand.
        connection: The engine's connection for person-level tables.
        without_people: Leave person-level files unread; they only count as sources.

    Returns:
        What could be read and every fault of single files.
    """
    loaded = Loaded(settings, unread=set(settings.broken))
    for table in _in_order(settings):
        entries = [entry for entry in settings.entries if entry.table is table]
        load = _load_person_level if table.person_level else _load_small
        sources = [source for entry in entries if (source := _ask(loaded, entry, roots)) is not None]
        loaded.sources += sources
        if table.person_level and without_people:
            for source in sources:
                source.vintage = source.entry.vintage or str(loaded.year or "")
        else:
            load(loaded, table, sources, connection)
    return loaded


def _in_order(settings: Settings) -> list[Table]:
    """Zones first: national files are cut to them. Registrations before practices, which they keep."""
    named = [table for table in DECLARED.values() if any(entry.table is table for entry in settings.entries)]
    first = {"zones": 0, "localities": 1, "registrations": 2}
    return sorted(named, key=lambda table: first.get(table.name, 3))


def _ask(loaded: Loaded, entry: Entry, roots: Roots) -> Source | None:
    found: dict[Path, str] = {}
    for pattern in entry.patterns:
        try:
            found.update(roots.find(pattern))
        except InputRefused as refused:
            loaded.faults += refused.faults
            loaded.unread.add(entry.table.name)
    if not found:
        return None
    # A folder without a year is refused in any case; a reader still shows what else is wrong.
    year = loaded.year or FinancialYear(2000)
    further: list[tuple[Path, str]] = []

    def resolve(name: str) -> Path:
        further.append(roots.find(name)[0])
        return further[-1][0]

    names = tuple(found.values())
    asked = Asked(tuple(found), names, loaded.partnership, year, entry.options, resolve)
    return Source(entry, asked, further)


def _load_small(loaded: Loaded, table: Table, sources: list[Source], connection: Any) -> None:
    frames = []
    for source in sources:
        for raw in _read(loaded, source):
            typed = _check_one(loaded, source, raw)
            if typed is not None:
                frames.append(typed)
    if frames:
        whole = pd.concat(frames)
        loaded.tables[table.name] = whole
        loaded.add_faults(table.name, _repeated_between_files(table, whole) if len(frames) > 1 else [])


def _read(loaded: Loaded, source: Source) -> list[RawTable]:
    read = source.entry.reader.read if source.entry.reader else read_declared
    assert read is not None, f"{source.entry.table.name} is small, its reader only scans"
    try:
        return read(source.asked)
    except InputRefused as refused:
        return [RawTable(pd.DataFrame(), refused.faults[0].file, refused.faults)]


def _check_one(loaded: Loaded, source: Source, raw: RawTable) -> pd.DataFrame | None:
    """Cut one file's rows to the partnership and give them their types."""
    entry, name = source.entry, source.entry.table.name
    loaded.add_faults(name, raw.faults)
    loaded.notes += raw.notes
    if raw.faults and raw.frame.empty:
        loaded.unread.add(name)
        return None
    frame = raw.frame
    if entry.reader is not None and entry.reader.national:
        loaded.national.add(name)
        cut = cut_to_place(loaded, entry.table, frame)
        if cut is None:
            loaded.unread.add(name)
            return None
        if cut.empty and not frame.empty:
            loaded.add_faults(name, [nothing_of_place(loaded, raw)])
            loaded.unread.add(name)
            return None
        frame = cut
    trimmed = trim_texts(entry.table, frame, raw.file, own=entry.reader is None)
    checked = check_people_table(entry.table, trimmed.frame, raw.file)
    loaded.add_faults(name, trimmed.faults + checked.faults)
    loaded.notes += trimmed.notes + checked.notes
    if checked.frame.empty:
        loaded.unread.add(name)
        return None
    loaded.record(source, raw.file, len(checked.frame), describe(checked.frame))
    index = pd.MultiIndex.from_product([[raw.file], checked.frame.index], names=ROW_OF_FILE)
    return checked.frame.set_axis(index)


def _repeated_between_files(table: Table, whole: pd.DataFrame) -> list[Fault]:
    """Name rows that stand in two files; within one file the declaration's check has named them."""
    if not table.key:
        return []
    keys = whole[list(table.key)]
    files = whole.index.get_level_values("file")
    again = keys.duplicated(keep="first") & ~keys.assign(file=files).duplicated(keep="first")
    if not again.any():
        return []
    file, row = whole.index[again.to_numpy()][0]
    named = ", ".join(f"{name} {part}" for name, part in keys.loc[(file, row)].dropna().items())
    what = f"{named} stands in another file of {table.name} too"
    do = "Take one of the files out, or the rows that both have."
    return [Fault(file, what, do, "repeated-key", row=int(row), rows=int(again.sum()))]


def _load_person_level(loaded: Loaded, table: Table, sources: list[Source], connection: Any) -> None:
    parts = []
    for source in sources:
        try:
            parts.append(_scan(loaded, source, connection))
        except InputRefused as refused:
            loaded.add_faults(table.name, refused.faults)
            loaded.unread.add(table.name)
    if not parts:
        return
    whole = parts[0] if len(parts) == 1 else parts[0].union(*parts[1:])
    loaded.scans[table.name] = whole
    if len(parts) > 1 and table.key and not any(fault.code.startswith("repeated-") for fault in loaded.faults):
        # Each part was checked by itself; a key may still stand in two of them.
        loaded.add_faults(table.name, repeated_keys(table, whole, loaded.file_of(table.name), connection))


def _scan(loaded: Loaded, source: Source, connection: Any) -> Any:
    entry, asked = source.entry, source.asked
    file = ", ".join(entry.patterns)
    if entry.reader is None:
        rows = scan_declared(entry.table, asked.paths, connection, names=asked.names)
    else:
        assert entry.reader.scan is not None, f"{entry.reader.name} has nothing to scan with"
        rows = entry.reader.scan(asked, connection)
        if entry.reader.faults is not None:
            loaded.add_faults(entry.table.name, entry.reader.faults(asked, connection))
    loaded.add_faults(entry.table.name, row_faults(entry.table, rows, file, connection, years=loaded.settings.years))
    count = int(connection.execute(rows.count()))
    loaded.record(source, file, count, str(loaded.year or ""))
    return rows


def describe(frame: pd.DataFrame) -> str:
    """Say what a table describes: its years or periods, and the vintage of its zones.

    Example:
        >>> describe(pd.DataFrame({"zone": ["S01008001"], "year": [2021]}))
        '2021, 2011 data zones'
    """
    said = []
    for name in ("year", "period"):
        if name in frame.columns:
            found = sorted({str(value) for value in frame[name].dropna()})
            said.append(found[0] if len(found) == 1 else f"{found[0]} to {found[-1]}" if found else "")
    if "zone" in frame.columns:
        said += sorted(set(vintages_of(frame["zone"]).dropna()))
    return ", ".join(part for part in said if part)
