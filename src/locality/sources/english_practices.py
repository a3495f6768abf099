"""English GP practices: where patients live, which network a practice is in, and their ages."""

from __future__ import annotations

import pandas as pd

from locality.foundations import Fault
from locality.foundations.core_tables import PRACTICES, REGISTRATIONS
from locality.sources.columns import as_text, counted, need_columns, numbers, take_columns
from locality.sources.files import read_cells
from locality.sources.readers import Asked, RawTable, Reader, register

_PUBLISHER = "NHS England (NHS Digital), Patients Registered at a GP Practice"
_OGL = "Open Government Licence v3.0"

# What the publisher writes where a patient's address has no LSOA of 2011.
_NO_ZONE = "NO2011"


def read_practice_registrations(asked: Asked) -> list[RawTable]:
    """Read how many patients of each practice live in each LSOA."""
    return [_registrations(read_cells(path, name), name) for path, name in zip(asked.paths, asked.names, strict=True)]


def _registrations(cells: pd.DataFrame, file: str) -> RawTable:
    need_columns(cells, file, "SEX")
    columns = {"zone": "LSOA_CODE", "practice": "PRACTICE_CODE", "patients": "Number.of.Patients"}
    frame = take_columns(cells[cells["SEX"] == "ALL"], file, columns)
    lost = frame["zone"] == _NO_ZONE
    notes: tuple[str, ...] = ()
    if lost.any():
        people = int(numbers(frame.loc[lost, "patients"]).sum())
        notes = (f"{file}: {people:,} patients have no LSOA ({_NO_ZONE}, {int(lost.sum())} rows) and are left out.",)
    return RawTable(frame[~lost], file, notes=notes)


def read_practice_networks(asked: Asked) -> list[RawTable]:
    """Read practices with their primary care network as cluster; patients from a registrations file if one is named."""
    patients = _patients_by_practice(asked)
    tables = []
    for path, name in zip(asked.paths, asked.names, strict=True):
        columns = {"practice": "PCode", "name": "Practice Name", "cluster": "PCN"}
        frame = take_columns(read_cells(path, name), name, columns)
        blank = pd.Series(pd.NA, index=frame.index, dtype="string")
        known = frame["practice"].map(patients).astype("string") if patients is not None else blank
        tables.append(RawTable(frame.assign(zone=blank, patients=known), name))
    return tables


def _patients_by_practice(asked: Asked) -> pd.Series | None:
    """Give each practice's registered patients (with and without an LSOA), or nothing when no file is named."""
    named = asked.options.get("registrations")
    if named is None:
        return None
    cells = read_cells(asked.resolve(named), named)
    need_columns(cells, named, "PRACTICE_CODE", "SEX", "Number.of.Patients")
    both = cells[cells["SEX"] == "ALL"]
    total = counted(both, "Number.of.Patients", named).groupby(both["PRACTICE_CODE"]).sum()
    return total.astype("Int64").astype("string")


def read_practice_ages(asked: Asked) -> list[RawTable]:
    """Read list sizes from patients by age and sex; men stored below zero are a fault or, on request, mended."""
    tables = []
    for path, name in zip(asked.paths, asked.names, strict=True):
        cells = read_cells(path, name)
        people, faults = people_by_age(cells, name, absolute=bool(asked.options.get("absolute", False)))
        tables.append(RawTable(_list_sizes(cells, people, name), name, tuple(faults)))
    return tables


def people_by_age(cells: pd.DataFrame, file: str, *, absolute: bool) -> tuple[pd.Series, list[Fault]]:
    """Give the people of each row of a practice age-sex file.

    Args:
        cells: The file's cells: `ORG_CODE`, `SEX`, `AGE`, `POP` and, where it was added, `abs_pop`.
        file: Its name for messages.
        absolute: Take the people without their sign, because men were stored below zero for a pyramid chart.

    Returns:
        The people without their sign, and the fault `negative-males` when some were below zero and nobody asked to
        mend them.

    Raises:
        InputRefused: A number is missing.
    """
    need_columns(cells, file, "ORG_CODE", "SEX", "AGE", "POP")
    people = counted(cells, "POP", file)
    negative = (people < 0).astype(bool)
    if absolute or not negative.any():
        return people.abs(), []
    sexes = " and ".join(sorted(cells.loc[negative, "SEX"].dropna().unique()))
    row = cells.index[negative][0]
    fault = Fault(
        file,
        f"people of sex {sexes} are stored as negative numbers ('{cells.at[row, 'POP']}'), as for a pyramid chart",
        "If that is why, add absolute = true to this entry; otherwise correct the numbers.",
        "negative-males",
        row=int(row),
        column="POP",
        rows=int(negative.sum()),
    )
    return people.abs(), [fault]


def _list_sizes(cells: pd.DataFrame, people: pd.Series, file: str) -> pd.DataFrame:
    """Add the ages up; each practice keeps the number of its first row."""
    practice = cells["ORG_CODE"]
    sums = people.groupby(practice).sum()
    first = cells.loc[~practice.duplicated(), ["ORG_CODE"]].set_axis(["practice"], axis=1)
    size = first["practice"].map(sums)
    whole = as_text(size).str.replace(r"\.0$", "", regex=True)
    return first.assign(zone=pd.Series(pd.NA, index=first.index, dtype="string"), patients=whole)


register(
    Reader(
        "nhs-practice-lsoa-registrations",
        REGISTRATIONS,
        _PUBLISHER,
        _OGL,
        "PRACTICE_CODE, LSOA_CODE, SEX, Number.of.Patients; only SEX = ALL is read; patients whose LSOA is NO2011 are "
        "left out, with a note.",
        read=read_practice_registrations,
        national=True,
    )
)
register(
    Reader(
        "nhs-practice-pcn",
        PRACTICES,
        "NHS England, practices and primary care networks",
        _OGL,
        "PCode, Practice Name, PCN; the network is the practice's cluster; a practice without registrations has no "
        "patients.",
        read=read_practice_networks,
        options={"registrations": "A practice by LSOA registrations file from which patients are counted"},
    )
)
register(
    Reader(
        "nhs-practice-age-sex",
        PRACTICES,
        _PUBLISHER,
        _OGL,
        "ORG_CODE, SEX, AGE, POP: patients by single year of age, added up to the practice's list.",
        read=read_practice_ages,
        national=True,
        options={"absolute": "true: men are stored as negative numbers on purpose; read them without the sign"},
    )
)
