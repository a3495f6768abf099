"""Practices, their lists and their registrations set against each other."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from locality.foundations import Fault
from locality.sources.columns import option_texts
from locality.sources.loaded import Loaded, fault_at
from locality.sources.practices import check_practice_lists


def find_long_lists(loaded: Loaded) -> list[Fault]:
    """Question lists that are too long to be one practice."""
    frame = loaded.tables["practices"]
    entries = [entry for entry in loaded.settings.entries if entry.table.name == "practices"]
    accept = [code for entry in entries for code in option_texts(entry.options, "accept")]
    faults: list[Fault] = []
    for file, part in frame.groupby(level="file"):
        faults += check_practice_lists(part.droplevel("file"), str(file), accept=accept)
    return faults


def _codes_by_table(loaded: Loaded) -> Iterator[tuple[str, pd.DataFrame]]:
    for table in ("practices", "registrations", "practice_weights"):
        if table in loaded.tables:
            yield table, loaded.tables[table]
    if "persons" in loaded.summaries:
        yield "persons", loaded.summaries["persons"]


def find_lost_noughts(loaded: Loaded) -> list[Fault]:
    """Name codes that another table has with leading noughts."""
    tables = dict(_codes_by_table(loaded))
    full = {code for frame in tables.values() for code in frame["practice"].dropna() if code.startswith("0")}
    bare = {code.lstrip("0"): code for code in sorted(full)}
    faults = []
    for table, frame in tables.items():
        short = frame["practice"].isin(list(bare))
        if short.any():
            code = frame.loc[short, "practice"].iloc[0]
            what = f"the practice code '{code}' has lost its leading noughts: another table has '{bare[code]}'"
            do = "Save the column as text, not as a number, and export it again."
            faults.append(_fault(loaded, table, frame, short, what, do, "lost-leading-zeros"))
    return faults


def _fault(loaded: Loaded, table: str, frame: pd.DataFrame, wrong: pd.Series, what: str, do: str, code: str) -> Fault:
    if table != "persons":
        return fault_at(frame, wrong, what, do, code, "practice")
    rows = int(frame.loc[wrong, "rows"].sum())
    return Fault(loaded.file_of("persons"), what, do, code, column="practice", rows=rows)


def find_unknown_practices(loaded: Loaded) -> list[Fault]:
    """Name registrations at practices that the table lacks; published files cross borders, so a note there."""
    frame = loaded.tables["registrations"]
    known = {code.lstrip("0") for code in loaded.codes("practices", "practice")}
    unknown = frame["practice"].notna() & ~frame["practice"].str.lstrip("0").isin(known)
    if not unknown.any():
        return []
    count = frame.loc[unknown, "practice"].nunique()
    if {"practices", "registrations"} & loaded.national:
        patients = int(frame.loc[unknown, "patients"].sum())
        loaded.notes.append(
            f"registrations: {patients:,} patients are with {count:,} practices outside the practices table"
        )
        return []
    what = f"practice {frame.loc[unknown, 'practice'].iloc[0]} is not in the practices table"
    do = "Add it to practices, or correct the code."
    return [fault_at(frame, unknown, what, do, "practice-unknown", "practice")]


def find_unequal_lists(loaded: Loaded) -> list[Fault]:
    """Name lists that differ from the sum of their registrations.

    A list may be longer than its registrations in the partnership, because patients live outside it; so a shorter sum
    is a fault only where most of the other lists agree exactly.
    """
    frame = loaded.tables["practices"]
    listed = frame["patients"].astype("Float64")
    summed = frame["practice"].map(loaded.tables["registrations"].groupby("practice")["patients"].sum())
    differ = (listed != summed.astype("Float64")).fillna(False).astype(bool)
    less = (listed < summed.astype("Float64")).fillna(False).astype(bool)
    compared = int((listed.notna() & summed.notna()).sum())
    wrong = differ if 2 * int(differ.sum()) < compared else less
    if (differ & ~wrong).any():
        loaded.notes.append(
            f"practices: the lists have {int(listed[differ].sum()):,} patients, their registrations in the "
            f"partnership's zones {int(summed[differ].sum()):,}; the rest live outside it or were not counted"
        )
    if not wrong.any():
        return []
    code, said, parts = (column[wrong].iloc[0] for column in (frame["practice"], listed, summed))
    what = f"practice {code} has {said:,.0f} patients, but its registrations add up to {parts:,.0f}"
    do = "Find out which is right; both must be of the same day."
    return [fault_at(frame, wrong, what, do, "total-not-parts", "patients")]
