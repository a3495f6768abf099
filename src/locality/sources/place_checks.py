"""Zones, localities and population set against each other."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pandas as pd

from locality.areas import check_membership, check_vintage, is_other_vintage
from locality.foundations import Fault, load_rule
from locality.sources.columns import place_key
from locality.sources.loaded import Loaded, fault_at
from locality.sources.partnership_file import suggest


def find_foreign_zones(loaded: Loaded, table: str) -> list[Fault]:
    """Name zones of another edition, and zones outside the partnership in files that are its own."""
    frame = loaded.tables[table]
    names = [name for name in ("zone", "zone_a", "zone_b") if name in frame.columns]
    return [fault for name in names for fault in _foreign(loaded, frame, name)]


def _foreign(loaded: Loaded, frame: pd.DataFrame, column: str) -> list[Fault]:
    ours = loaded.tables["zones"]["zone"]
    faults = check_vintage(frame[column], ours, "", column=column)
    outside = frame[column].notna() & ~frame[column].isin(ours) & ~is_other_vintage(frame[column], ours)
    if outside.any():
        zone = frame.loc[outside, column].iloc[0]
        what = f"{zone} is not a zone of {loaded.partnership.name or 'the partnership'}"
        do = "Take the row out, correct the code, or add the zone to the zones table."
        faults.append(fault_at(frame, outside, what, do, "zone-outside-partnership", column))
    return faults


def find_missing_zones(loaded: Loaded, table: str) -> list[Fault]:
    """Name zones of the zones table that another table lacks; of indicators, each indicator's."""
    frame = loaded.tables[table]
    if is_other_vintage(frame["zone"], loaded.tables["zones"]["zone"]).any():
        return []  # They are all missing, for a reason that is named already.
    zones = loaded.codes("zones", "zone")
    if table != "indicators":
        return _missing(zones, frame, table, "")
    parts = frame.groupby("indicator", sort=True)
    return [fault for name, part in parts for fault in _missing(zones, part, table, f" for the indicator {name}")]


def _missing(zones: frozenset[str], frame: pd.DataFrame, table: str, also: str) -> list[Fault]:
    lacking = sorted(zones - set(frame["zone"].dropna()))
    if not lacking:
        return []
    named = ", ".join(lacking[:3]) + (f" and {len(lacking) - 3:,} more" if len(lacking) > 3 else "")
    verb = "zone is" if len(lacking) == 1 else "zones are"
    what = f"{len(lacking):,} {verb} missing from {table}{also}: {named}"
    do = "Add them, or take them out of the zones table if they are not of the partnership."
    return [Fault(", ".join(frame.index.unique("file")), what, do, "zone-missing", column="zone", rows=1)]


def find_foreign_zones_of_persons(loaded: Loaded) -> list[Fault]:
    """Name persons' zones of another edition; say how many persons live elsewhere."""
    seen, file, ours = loaded.summaries["persons"], loaded.file_of("persons"), loaded.tables["zones"]["zone"]
    other = is_other_vintage(seen["zone"], ours)
    if other.any():
        # A summary has no rows of the file to name, but it counts them.
        fault = check_vintage(seen["zone"], ours, file)[0]
        return [replace(fault, row=None, rows=int(seen.loc[other, "rows"].sum()))]
    elsewhere = seen["zone"].notna() & ~seen["zone"].isin(loaded.codes("zones", "zone"))
    unknown = seen["zone"].isna()
    for which, says in ((elsewhere, "live in a zone outside the partnership"), (unknown, "have no zone")):
        if which.any():
            loaded.notes.append(f"{file}: {int(seen.loc[which, 'rows'].sum()):,} persons {says}")
    return []


def find_faulty_membership(loaded: Loaded) -> list[Fault]:
    """Say why the localities do not divide the partnership at the end of its year."""
    frame = loaded.tables["localities"]
    file = ", ".join(frame.index.unique("file"))
    day = loaded.year.end if loaded.year else dt.date.max
    faults = check_membership(loaded.tables["zones"], frame, day, file)
    # A zone that stands twice in one file was named when the file was read.
    named = {(fault.file, fault.row) for fault in loaded.faults}
    return [fault for fault in faults if fault.row is None or (fault.file, fault.row) not in named]


def find_alike(loaded: Loaded) -> list[Fault]:
    """Name two localities whose codes or names differ only in spaces, capitals or '&' for 'and'."""
    frame = loaded.tables["localities"]
    return _alike(frame, "locality") or _alike(frame[frame["name"].notna()], "name")


def _alike(frame: pd.DataFrame, column: str) -> list[Fault]:
    """Name the first row whose word was met before in another spelling, or under another code."""
    met: dict[str, tuple[str, str]] = {}
    for place, (code, word) in zip(frame.index, zip(frame["locality"], frame[column], strict=True), strict=True):
        before = met.setdefault(place_key(word), (code, word))
        if before != (code, word):
            file, row = place
            what = _differ(before, (code, word))
            do = "Write one locality in one way; give two localities names that tell them apart."
            return [Fault(file, what, do, "localities-alike", row=int(row), column=column)]
    return []


def _differ(one: tuple[str, str], other: tuple[str, str]) -> str:
    if one[1] == other[1]:
        return f"two localities, {one[0]} and {other[0]}, are both called '{one[1]}'"
    return f"'{other[1]}' and '{one[1]}' differ only in spaces, capitals or '&' for 'and'"


def note_population_year(loaded: Loaded) -> list[Fault]:
    """Say which year's population stands for the financial year when it is not that year's."""
    if loaded.year is None:
        return []
    wanted = loaded.year.start_year
    years = [int(year) for year in loaded.tables["population"]["year"].dropna().unique()]
    nearest = min(years, key=lambda year: (abs(year - wanted), year), default=wanted)
    if abs(nearest - wanted) > load_rule("locality.sources", "population_age").at(dt.date.max).value:
        apart = abs(nearest - wanted)
        loaded.notes.append(f"population: the nearest year is {nearest}, {apart} years from {loaded.year}")
    return []


def find_unknown_areas(loaded: Loaded) -> list[Fault]:
    """Name areas of published activity that are neither a zone nor a locality of the partnership."""
    frame, localities = loaded.tables["area_activity"], loaded.tables["localities"]
    words = [*localities["zone"].dropna(), *localities["locality"].dropna(), *localities["name"].dropna()]
    known = {place_key(word) for word in words}
    unknown = frame["area"].notna() & ~frame["area"].map(place_key, na_action="ignore").isin(known)
    if not unknown.any():
        return []
    names = sorted(set(frame.loc[unknown, "area"]))
    if "area_activity" in loaded.national:
        shown = ", ".join(names[:5])
        loaded.notes.append(
            f"area_activity: no zone or locality is called {shown}; its activity belongs to no locality"
        )
        return []
    what = f"'{names[0]}' is neither a zone nor a locality of the partnership"
    do = f"Write the code or name as in localities. {suggest(names[0], sorted(set(words)))}"
    return [fault_at(frame, frame["area"] == names[0], what, do, "area-unknown", "area")]
