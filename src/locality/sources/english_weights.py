"""English practice weighted populations, as the ICB place-based allocation tool publishes them, in both layouts."""

from __future__ import annotations

import re
from typing import Any

import pandas as pd

from locality.foundations import Fault, FinancialYear, load_rule
from locality.money.tables import PRACTICE_WEIGHTS
from locality.sources.columns import need_columns, numbers, option_texts, refusal
from locality.sources.files import read_cells
from locality.sources.readers import Asked, RawTable, Reader, register

# The population column is called "pop 2022/23" in the first files and "Population" in the later ones.
_POPULATION = re.compile(r"^(?:pop \d{4}/\d{2}|Population)$")
_DATED = re.compile(r"(\d{4})[/_-](\d{2})")
_ICB_COLUMNS = ("ICB", "ICS22")
# Every column sums to the population of England; the published decimals allow far less than this.
_SAME_PEOPLE = 0.5


def read_english_practice_weights(asked: Asked) -> list[RawTable]:
    """Read people and weighted people by practice and programme; a blank stays blank and a nought stays nought."""
    return [
        _practice_weights(read_cells(path, name, delimiter=","), name, asked)
        for path, name in zip(asked.paths, asked.names, strict=True)
    ]


def _practice_weights(cells: pd.DataFrame, file: str, asked: Asked) -> RawTable:
    need_columns(cells, file, "Practice_Code")
    population = _population_column(cells, file)
    programmes = _programmes(cells, population, file, asked)
    faults, blank_is_zero = [], bool(asked.options.get("blank_is_zero", False))
    if not asked.options.get("part_of_england", False):
        faults = _sums_that_differ(cells, population, list(programmes), file)
    ours = _of_board(cells, asked, file)
    parts = []
    for column, (programme, stage) in programmes.items():
        part = pd.DataFrame(
            {
                "practice": ours["Practice_Code"],
                "programme": programme,
                "stage": stage,
                "people": ours[population],
                "weighted_people": ours[column].fillna("0") if blank_is_zero else ours[column],
            }
        )
        parts.append(part)
    return RawTable(
        pd.concat(parts), file, tuple(faults), () if blank_is_zero else _blanks(ours, list(programmes), file)
    )


def _blanks(cells: pd.DataFrame, columns: list[str], file: str) -> tuple[str, ...]:
    """Say where weighted people are blank: a blank is never taken for nought (or for 1) unasked."""
    counts = cells[columns].isna().sum()
    return tuple(
        f"{file}: {column} is blank for {count} practices; if the publisher means nought, add blank_is_zero = true."
        for column, count in counts[counts > 0].items()
    )


def _population_column(cells: pd.DataFrame, file: str) -> str:
    found = [column for column in cells.columns if _POPULATION.match(column)]
    if not found:
        need_columns(cells, file, "Population")
    return str(found[0])


def _programmes(cells: pd.DataFrame, population: str, file: str, asked: Asked) -> dict[str, tuple[str, str]]:
    """Give the file's weighted columns with programme and stage, by the rule of the file's year."""
    dated = _DATED.search(population) or _DATED.search(file.rsplit("/", 1)[-1])
    year = FinancialYear.parse(f"{dated[1]}/{dated[2]}") if dated else asked.year
    columns: dict[str, Any] = load_rule("locality.sources", "english_weighted_population_columns").at(year.start).value
    need_columns(cells, file, *columns)
    wanted = option_texts(asked.options, "programmes")
    unknown = set(wanted) - {programme for programme, _ in columns.values()}
    if unknown:
        known = ", ".join(programme for programme, _ in columns.values())
        raise refusal(file, f"it has no programme {', '.join(sorted(unknown))}", f"Use: {known}.", "unknown-programme")
    return {column: (p, stage) for column, (p, stage) in columns.items() if not wanted or p in wanted}


def _sums_that_differ(cells: pd.DataFrame, population: str, columns: list[str], file: str) -> list[Fault]:
    """Compare each column's sum with the population's: a file that was cut, or lost practices, no longer agrees."""
    people = float(numbers(cells[population]).sum())
    faults = []
    for column in columns:
        weighted = float(numbers(cells[column]).sum())
        if abs(weighted - people) > _SAME_PEOPLE:
            what = f"it sums to {weighted:,.1f}, the population to {people:,.1f}; they must be equal over England"
            do = "Take the whole national file again; if it was cut on purpose, add part_of_england = true."
            faults.append(Fault(file, what, do, "total-not-parts", column=column))
    return faults


def _of_board(cells: pd.DataFrame, asked: Asked, file: str) -> pd.DataFrame:
    wanted = option_texts(asked.options, "icb")
    if not wanted:
        return cells
    column = next((name for name in _ICB_COLUMNS if name in cells.columns), _ICB_COLUMNS[0])
    need_columns(cells, file, column)
    absent = sorted(set(wanted) - set(cells[column].dropna()))
    if absent:
        what = f"no practice is of the board {', '.join(absent)}"
        raise refusal(file, what, "Write the board's three-letter code, like QE1.", "board-not-in-file")
    return cells[cells[column].isin(list(wanted))]


register(
    Reader(
        "nhs-england-practice-weights",
        PRACTICE_WEIGHTS,
        "NHS England, weighted populations by GP practice (ICB place-based allocation tool)",
        "Open Government Licence v3.0",
        "Practice_Code, the population ('pop 2022/23' or 'Population') and one column for each programme, from "
        "'G&A WP' to 'Final PMC WP'. Stage need, but the core column from 2023/24 is stage supply. Each column must "
        "sum to England.",
        read=read_english_practice_weights,
        national=True,
        options={
            "icb": 'Keep the practices of these boards only, like ["QE1"]',
            "programmes": 'Keep these programmes only, like ["general_acute"]',
            "blank_is_zero": "true: blank weighted people mean nought (maternity 2022/23 has 17); else they are faults",
            "part_of_england": "true: the file was cut on purpose; do not compare its sums with England",
        },
    )
)
