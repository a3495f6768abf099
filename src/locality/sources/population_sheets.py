"""The sheets of a small-area population workbook, in both layouts that have been published.

Until mid-2020: a title, the sex on a line of its own, a header whose names stand on two rows, and rows of Scotland
and of councils among those of zones. From mid-2021: a title that says sex and year, a plain header, zones only.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd

from locality.foundations import Fault
from locality.sources.columns import option_text, refusal
from locality.sources.files import check_workbook, read_bytes
from locality.sources.single_years import age_columns, total_faults
from locality.sources.workbooks import cells_below, read_rows, sheet_names

_HEADER_ROWS = 20
_ZONE_NAMES = ("Data zone code", "Area code")
_TOTAL_NAMES = ("Total population", "All ages")
_DATA_ZONE = r"S01\d{6}"
_YEAR = re.compile(r"(?:mid-|30 June )((?:19|20)\d{2})", re.IGNORECASE)
_SEXES = {"females": "female", "female": "female", "males": "male", "male": "male", "persons": "persons"}
_SEX = re.compile(r"\b(" + "|".join(_SEXES) + r")\b", re.IGNORECASE)
_ALL_SEXES = "persons"


@dataclass(frozen=True)
class PopulationSheet:
    """People of one sex, or of both together, in one year.

    Args:
        file: The workbook as the user wrote it.
        sex: "female", "male" or "persons".
        year: The year of the estimate.
        zone: The zone of each row; index = row in the sheet.
        people: Columns of single ages as text, under the same index.
        ages: Youngest and oldest age of each column.
        faults: Rows whose ages do not add up to their total.
    """

    file: str
    sex: str
    year: str
    zone: pd.Series
    people: pd.DataFrame
    ages: dict[str, tuple[int, int | None]]
    faults: tuple[Fault, ...]


def read_population_sheets(path: Path, name: str, options: Mapping[str, Any]) -> list[PopulationSheet]:
    """Read every sheet of a workbook that holds a population by single year of age.

    Args:
        path: The workbook.
        name: As the user wrote it.
        options: `sex` and `year`, for sheets whose text does not say them.

    Returns:
        At least one sheet.

    Raises:
        InputRefused: It cannot be read, no sheet has the header, or one does not say its sex or year.
    """
    content = read_bytes(path, name)
    check_workbook(content, name)
    found = []
    for title in sheet_names(content, name):
        rows = read_rows(content, name, sheet=title)
        header = _header_row(rows)
        if header is not None:
            found += _read_sheet(rows, header, title, name, options)
    if not found:
        what = f"no sheet has a header with '{_ZONE_NAMES[0]}' or '{_ZONE_NAMES[1]}' in its first {_HEADER_ROWS} rows"
        raise refusal(name, what, "Use the workbook as it was published.", "not-this-layout")
    return found


def _header_row(rows: Sequence[Sequence[Any]]) -> int | None:
    """Give the row of the header, counted from 1."""
    known = {name.casefold() for name in _ZONE_NAMES}
    for number, row in enumerate(rows[:_HEADER_ROWS], start=1):
        if any(str(cell).strip().casefold() in known for cell in row):
            return number
    return None


def _read_sheet(
    rows: Sequence[Sequence[Any]], header: int, title: str, name: str, options: Mapping[str, Any]
) -> list[PopulationSheet]:
    cells = cells_below(rows, name, header_row=header)
    zone_column, total = (_one_of(cells, names, name) for names in (_ZONE_NAMES, _TOTAL_NAMES))
    # Rows of Scotland, of councils, of the header's second line and of the copyright are no zones.
    cells = cells[cells[zone_column].str.fullmatch(_DATA_ZONE).fillna(False).astype(bool)]
    ages = age_columns(cells)
    if cells.empty or not ages:
        what = f"the sheet '{title}' has no rows of data zones" if cells.empty else f"'{title}' has no columns of ages"
        raise refusal(name, what, "Use the workbook as it was published.", "not-this-layout")
    said = " ".join(str(cell) for row in rows[: header - 1] for cell in row if cell != "") + f" {title}"
    year = _year_of(said, name, options)
    parts = cells.groupby("Sex", dropna=False) if "Sex" in cells.columns else [("", cells)]
    return [
        PopulationSheet(
            name,
            _sex_of(str(written) or said, name, options),
            year,
            part[zone_column],
            part[list(ages)],
            ages,
            tuple(total_faults(part, part[zone_column], total, ages, name)),
        )
        for written, part in parts
    ]


def _one_of(cells: pd.DataFrame, names: Sequence[str], file: str) -> str:
    for column in cells.columns:
        if str(column).casefold() in {name.casefold() for name in names}:
            return str(column)
    what = f"there is no column '{names[0]}' or '{names[1]}'"
    raise refusal(file, what, "Use the workbook as it was published.", "missing-column")


def _sex_of(said: str, file: str, options: Mapping[str, Any]) -> str:
    """Take the sex from the column of that name or from the words above the table, else from the entry."""
    sexes = sorted({_SEXES[word.casefold()] for word in _SEX.findall(said)})
    if len(sexes) == 1:
        return sexes[0]
    sex = option_text(options, "sex")
    if sex not in _SEXES.values():
        met = f"it speaks of {' and '.join(sexes)}" if sexes else "it does not say"
        do = 'Add sex = "female", "male" or "persons" to this entry.'
        raise refusal(file, f"whose population it is, is not clear: {met}", do, "no-sex")
    return sex


def _year_of(said: str, file: str, options: Mapping[str, Any]) -> str:
    in_title = _YEAR.search(said)
    year = option_text(options, "year", str(in_title[1]) if in_title else "")
    if not year:
        raise refusal(file, "it does not say which year it is of", "Add year = 2021, say, to this entry.", "no-year")
    return year


def is_persons(sheet: PopulationSheet) -> bool:
    """Say whether a sheet counts both sexes together."""
    return sheet.sex == _ALL_SEXES
