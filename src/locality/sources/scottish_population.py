"""Population of Scottish data zones by sex and single year of age."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import replace
from pathlib import Path

import pandas as pd

from locality.foundations import Fault, InputRefused
from locality.foundations.core_tables import POPULATION
from locality.sources.columns import as_text, need_columns, numbers, option_text, refusal
from locality.sources.files import read_cells
from locality.sources.partnerships import read_each
from locality.sources.population_sheets import PopulationSheet, is_persons, read_population_sheets
from locality.sources.readers import Asked, RawTable, Reader, register
from locality.sources.scottish_zones import OGL
from locality.sources.single_years import age_columns, stack_ages

_SEX_LETTERS = {"F": "female", "M": "male", "female": "female", "male": "male"}
_OTHER = {"female": "male", "male": "female"}
_OLDEST = 90
_YEAR_IN_NAME = re.compile(r"((?:19|20)\d{2})")


def read_nrs_population(asked: Asked) -> list[RawTable]:
    """Read males and females; where persons and one sex are given, the other is the difference."""
    sheets: list[PopulationSheet] = []
    refused: list[Fault] = []
    for path, name in zip(asked.paths, asked.names, strict=True):
        try:
            sheets += read_population_sheets(path, name, asked.options)
        except InputRefused as error:
            refused += error.faults
    by_year: dict[str, list[PopulationSheet]] = defaultdict(list)
    for sheet in sheets:
        by_year[sheet.year].append(sheet)
    tables = [RawTable(pd.DataFrame(), fault.file, (fault,)) for fault in refused]
    # A file that could not be read may be the missing sex, so only what is surely wrong is said beside it.
    return tables if refused else [table for year in sorted(by_year) for table in _one_year(by_year[year])]


def _one_year(sheets: list[PopulationSheet]) -> list[RawTable]:
    persons = [sheet for sheet in sheets if is_persons(sheet)]
    sexes = [sheet for sheet in sheets if not is_persons(sheet)]
    found = {sheet.sex for sheet in sexes}
    if not found:
        return [_no_sex(sheet) for sheet in persons]
    if len(found) == 1 and persons:
        return [_table(sheet) for sheet in sexes] + [_difference(persons[0], sexes[0])]
    faults = [fault for whole in persons if len(sexes) == 2 for fault in _sum_faults(whole, *sexes)]
    if len(found) == 1:
        faults = [_half(sexes[0])]
    first, *others = (_table(sheet) for sheet in sexes)
    return [replace(first, faults=(*first.faults, *faults)), *others]


def _table(sheet: PopulationSheet) -> RawTable:
    sex = pd.Series(sheet.sex, index=sheet.zone.index, dtype="string")
    return RawTable(stack_ages(sheet.zone, sheet.year, sex, sheet.people, sheet.ages), sheet.file, sheet.faults)


def _no_sex(sheet: PopulationSheet) -> RawTable:
    what = f"it counts persons of {sheet.year}, not women and men"
    do = "Name the publisher's workbooks of females and of males; one of them beside this one is enough."
    return RawTable(pd.DataFrame(), sheet.file, (Fault(sheet.file, what, do, "no-sex"), *sheet.faults))


def _half(sheet: PopulationSheet) -> Fault:
    what = f"it has {sheet.sex}s of {sheet.year} only"
    do = f"Name the workbook of {_OTHER[sheet.sex]}s, or that of persons, beside it."
    return Fault(sheet.file, what, do, "no-sex")


def _by_zone_and_age(sheet: PopulationSheet) -> pd.DataFrame:
    """Give the numbers of a sheet, a zone for each row and an age for each column."""
    counts = sheet.people.apply(numbers).set_axis([low for low, _ in sheet.ages.values()], axis=1)
    counts = counts.set_axis(pd.Index(sheet.zone, name="zone"))
    return counts[~counts.index.duplicated()]


def _difference(whole: PopulationSheet, part: PopulationSheet) -> RawTable:
    """Make the sex that was not given: persons minus the one that was."""
    persons, given = _by_zone_and_age(whole), _by_zone_and_age(part)
    if set(persons.index) != set(given.index) or list(persons) != list(given):
        what = f"its zones or ages are not those of {part.file}"
        fault = Fault(whole.file, what, "Use workbooks of one edition.", "total-not-parts")
        return RawTable(pd.DataFrame(), whole.file, (fault, *whole.faults))
    rest = persons - given.reindex(persons.index)
    rows = whole.zone.drop_duplicates()
    faults = [*whole.faults, *_too_many(rest, rows, whole, part)]
    people = rest.clip(lower=0).apply(as_text).set_axis(rows.index).set_axis(list(whole.ages), axis=1)
    sex = _OTHER[part.sex]
    made = stack_ages(rows, whole.year, pd.Series(sex, index=rows.index, dtype="string"), people, whole.ages)
    note = f"{whole.file}: {sex}s of {whole.year} are persons minus the {part.sex}s of {part.file}"
    return RawTable(made, whole.file, tuple(faults), notes=(note,))


def _too_many(rest: pd.DataFrame, rows: pd.Series, whole: PopulationSheet, part: PopulationSheet) -> list[Fault]:
    """Name zones in which one sex has more people of some age than both sexes together."""
    less = (rest < 0).fillna(False).any(axis=1).to_numpy(bool)
    if not less.any():
        return []
    row = int(rows.index[less][0])
    what = f"{rows[row]} has fewer persons of some age than {part.sex}s in {part.file}"
    do = "Use workbooks of one edition."
    return [Fault(whole.file, what, do, "total-not-parts", row=row, rows=int(less.sum()))]


def _sum_faults(whole: PopulationSheet, one: PopulationSheet, other: PopulationSheet) -> list[Fault]:
    """Name zones whose two sexes do not make the persons that are given beside them."""
    persons, first, second = (_by_zone_and_age(sheet) for sheet in (whole, one, other))
    both = (first + second).reindex(index=persons.index, columns=persons.columns)
    wrong = (persons != both).fillna(True).any(axis=1)
    if not wrong.any():
        return []
    zone = str(wrong.idxmax())
    row = int(whole.zone.index[whole.zone == zone][0])
    what = f"persons of {zone} are not the sum of its {one.sex}s and {other.sex}s"
    do = "Use workbooks of one edition."
    return [Fault(whole.file, what, do, "total-not-parts", row=row, rows=int(wrong.sum()))]


def read_single_years(asked: Asked) -> list[RawTable]:
    """Read a table of zone, sex and one column for each age; the oldest column holds that age and over."""

    def read_one(path: Path, name: str) -> RawTable:
        cells = read_cells(path, name)
        need_columns(cells, name, "DataZone", "sex", "age_0", f"age_{_OLDEST}")
        in_name = _YEAR_IN_NAME.search(name.rpartition("/")[2])
        year = option_text(asked.options, "year", in_name[1] if in_name else "")
        if not year:
            do = "Add year = 2021, say, to this entry."
            raise refusal(name, "it does not say which year it is of", do, "no-year")
        ages = {column: (low, None if low == _OLDEST else low) for column, (low, _) in age_columns(cells).items()}
        sex = cells["sex"].map(_SEX_LETTERS).astype("string").fillna(cells["sex"])
        return RawTable(stack_ages(cells["DataZone"], year, sex, cells[list(ages)], ages), name)

    return read_each(asked, read_one)


register(
    Reader(
        "nrs-small-area-population",
        POPULATION,
        "National Records of Scotland, small area population estimates (2011 data zones)",
        OGL,
        "Workbooks of females and of males, ages 0 to 89 and 90 and over, in the layout until mid-2020 and in that "
        "from mid-2021. Of persons and one sex, the other is made as the difference; persons alone are refused.",
        read=read_nrs_population,
        national=True,
        options={
            "sex": '"female", "male" or "persons", for a workbook that does not say it',
            "year": "Year of the estimate, for a workbook that does not say it",
        },
    )
)
register(
    Reader(
        "single-year-population",
        POPULATION,
        "National Records of Scotland, small area population estimates, as one table",
        OGL,
        "DataZone, sex (F, M), age_0 to age_90 (90 and over).",
        read=read_single_years,
        national=True,
        options={"year": "Year of the estimate, where the file's name does not say it"},
    )
)
