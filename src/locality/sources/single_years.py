"""Populations with one column for each year of age, turned into one row for each zone, sex and age."""

from __future__ import annotations

import re
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from locality.foundations import Fault
from locality.sources.columns import numbers

_AGE = re.compile(r"^age[ _]?(\d{1,3})\s*(\+|and over)?$", re.IGNORECASE)
_AGES_NAMED = 3


def age_columns(cells: pd.DataFrame) -> dict[str, tuple[int, int | None]]:
    """Find the columns of single ages.

    Args:
        cells: The file's cells.

    Returns:
        Youngest and oldest age of each such column; the oldest is None where the column says "and over".

    Example:
        >>> age_columns(pd.DataFrame(columns=["All ages", "AGE0", "Age 1", "age_2", "AGE90+"]))
        {'AGE0': (0, 0), 'Age 1': (1, 1), 'age_2': (2, 2), 'AGE90+': (90, None)}
    """
    found = {column: _AGE.match(column) for column in cells.columns}
    return {column: (int(m[1]), None if m[2] else int(m[1])) for column, m in found.items() if m}


def stack_ages(
    zone: pd.Series, year: str, sex: pd.Series, people: pd.DataFrame, ages: dict[str, tuple[int, int | None]]
) -> pd.DataFrame:
    """Make one row for each zone, sex and age.

    Args:
        zone: The zone of each row of the file.
        year: The year of the estimate.
        sex: "female" or "male" for each row.
        people: The columns of `ages`, as text.
        ages: Youngest and oldest age of each column.

    Returns:
        Text cells under the declared names of `population`; index = row in the file, once for each age.
    """
    times, columns = len(ages), list(ages)
    youngest = [str(low) for low, _ in ages.values()]
    oldest = [pd.NA if high is None else str(high) for _, high in ages.values()]
    index = people.index.repeat(times)
    by_row = pd.DataFrame({"zone": zone, "sex": sex}, index=people.index, dtype="string")
    long = by_row.take(np.repeat(np.arange(len(people)), times)).set_axis(index)
    long["year"] = pd.Series(year, index=index, dtype="string")
    long["age_from"] = pd.array(youngest * len(people), dtype="string")
    long["age_to"] = pd.array(oldest * len(people), dtype="string")
    long["people"] = _row_by_row(people[columns])
    return long


def _row_by_row(cells: pd.DataFrame) -> Any:
    """Give all cells of a table of text as one array, row after row."""
    below = pa.concat_arrays([pa.array(cells[column], pa.string()) for column in cells.columns])
    order = np.arange(cells.size).reshape(cells.shape[1], cells.shape[0]).T.ravel()
    return pd.StringDtype("pyarrow").__from_arrow__(below.take(pa.array(order)))


def total_faults(
    cells: pd.DataFrame, zone: pd.Series, total: str, ages: dict[str, tuple[int, int | None]], file: str
) -> list[Fault]:
    """Name the rows whose ages do not add up to the total that stands beside them.

    Args:
        cells: The file's cells.
        zone: The zone of each row.
        total: The column of the total.
        ages: The columns of the ages.
        file: The file's name for messages.

    Returns:
        One fault with the first row; none when all agree. A row with a cell that is no number is left to the
        declaration's check, which names the cell.
    """
    stated = _floats(cells[total])
    added = np.sum([_floats(cells[age]) for age in ages], axis=0)
    wrong = pd.Series((stated != added) & ~np.isnan(stated) & ~np.isnan(added), index=cells.index)
    if not wrong.any():
        return []
    row, place = wrong.idxmax(), int(wrong.argmax())
    others = ", ".join(f"{zone[one]} (row {one})" for one in wrong.index[wrong][1:_AGES_NAMED])
    what = f"the ages of {zone[row]} add up to {added[place]:,.0f}, but the total beside them says {stated[place]:,.0f}"
    what += f"; also {others}" if others else ""
    do = "Find out which is right, in the publisher's own file."
    return [Fault(file, what, do, "total-not-parts", row=int(row), column=total, rows=int(wrong.sum()))]


def _floats(texts: pd.Series) -> Any:
    """Read text as an array of numbers, "not a number" where it is none."""
    try:
        return pc.cast(pa.array(texts, pa.string()), pa.float64()).to_numpy(zero_copy_only=False)
    except pa.ArrowInvalid:  # some cell is no plain number; the slower way tells which
        return numbers(texts).to_numpy(float, na_value=np.nan)
