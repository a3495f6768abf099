"""Makes the cost cube from prepared rows, or from rows that are read for the first time."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow.parquet as pq

from locality.foundations import FinancialYear
from locality.money.cube import CostCube, run_cost_cube
from locality.sources.engines import forget_cached
from locality.sources.prepared import PEOPLE, SUMMARY, is_current, prepare

Floats = npt.NDArray[np.float64]
Whole = npt.NDArray[np.int64]

_BANDS = tuple(range(0, 95, 5))
_EXACT_UP_TO = 2**53


def read_cube(
    activity: Any,
    persons: Any,
    *,
    con: Any,
    years: tuple[FinancialYear, ...],
    place_kind: str = "zone",
    prepared: Path | None = None,
    inputs: Sequence[Path] = (),
) -> CostCube:
    """Give the cost cube by the fastest way that leads to it.

    Args:
        activity: Ibis expression with the columns of the declared activity table.
        persons: Ibis expression with the columns of the declared persons table, each person once.
        con: Their Ibis connection.
        years: Financial years to count.
        place_kind: ``zone`` or ``practice``.
        prepared: Where a preparation stands, if there is one; it is used only while it is current.
        inputs: Every file that the result depends on.

    Returns:
        The same cube as `run_cost_cube`, to the penny. On DuckDB rows that were not prepared are prepared in a
        temporary folder, which needs less time and memory than grouping them by long identifiers; other engines run
        the expressions.
    """
    if prepared is not None and is_current(prepared, inputs=inputs, years=years):
        return cube_from_prepared(prepared, years=years, place_kind=place_kind)
    if con.name != "duckdb":
        return run_cost_cube(con, activity, persons, years=years, place_kind=place_kind)
    with tempfile.TemporaryDirectory(prefix="locality-first-read-") as name:
        folder = Path(name) / "prepared"
        forget_cached(con)
        prepare(activity, persons, con=con, years=years, folder=folder)
        forget_cached(con)
        return cube_from_prepared(folder, years=years, place_kind=place_kind)


@dataclass(frozen=True)
class _Layout:
    """Where in the arrays a place, heading, year, sex and age stand.

    Args:
        places: Names of places; the first is the unknown place.
        headings: Names of headings.
        years: Years of the preparation.
        sexes: Sex of each group of sex and age; None when unknown.
        ages: Youngest age of each group; None when unknown. The groups stand in order.
        place_of: Place of each person.
        group_of: Group of each person.
        nobody: The group of people about whom nothing is known.
    """

    places: list[str]
    headings: list[str]
    years: list[str]
    sexes: list[str | None]
    ages: list[int | None]
    place_of: npt.NDArray[np.int32]
    group_of: npt.NDArray[np.int16]
    nobody: int

    @property
    def slots(self) -> int:
        return len(self.headings) * len(self.years)

    @property
    def cells(self) -> int:
        return len(self.places) * self.slots * len(self.sexes)


class _Sums:
    """The sums of a cube, one array for each measure."""

    def __init__(self, layout: _Layout) -> None:
        self.pence = np.zeros(layout.cells)
        self.squares = np.zeros(layout.cells)
        self.units = np.zeros(layout.cells)
        self.people = np.zeros(layout.cells, dtype=np.int32)
        self.totals = np.zeros(len(layout.places) * len(layout.years))
        self.unit_squares = np.zeros(len(layout.places) * layout.slots)

    def forget_cells(self) -> None:
        """Let the large arrays go."""
        self.pence = self.squares = self.units = np.empty(0)
        self.people = np.empty(0, dtype=np.int32)


def cube_from_prepared(
    folder: Path, *, years: tuple[FinancialYear, ...] | None = None, place_kind: str = "zone"
) -> CostCube:
    """Add prepared rows up to the cost cube.

    Args:
        folder: What `prepare` wrote.
        years: Those of the prepared years to count; all when not given.
        place_kind: ``zone`` or ``practice``.

    Returns:
        The cube.
    """
    layout = _layout(folder, place_kind)
    sums = _Sums(layout)
    # One file at a time and no threads: each is small, and more of them at once would only need more memory.
    for path in sorted(folder.glob("known-*.parquet")):
        _add(sums, layout, path, known=True)
    for path in sorted(folder.glob("loose-*.parquet")):
        _add(sums, layout, path, known=False)
    wanted = layout.years if years is None else [str(year) for year in years]
    people_totals = _people_totals(sums, layout, wanted)
    unit_squares = _unit_squares(sums, layout, wanted)
    return CostCube(_cells(sums, layout, wanted), people_totals, place_kind, unit_squares)


def _layout(folder: Path, place_kind: str) -> _Layout:
    summary = json.loads((folder / SUMMARY).read_text(encoding="utf-8"))
    people = pq.read_table(folder / PEOPLE, columns=[place_kind, "sex", "age_from"], use_threads=False)
    sexes: list[str | None] = [*summary["sexes"], None]
    sex = people["sex"].to_numpy()
    age = people["age_from"].to_numpy()
    # Unknown (-1) comes last, as in a sorted table.
    code = (np.where(sex < 0, len(sexes) - 1, sex) * (len(_BANDS) + 1)).astype(np.int16)
    code += np.where(age < 0, len(_BANDS), age // 5)
    nothing = len(sexes) * (len(_BANDS) + 1) - 1
    there = np.flatnonzero(np.bincount(np.append(code, nothing), minlength=nothing + 1))
    group = np.zeros(nothing + 1, dtype=np.int16)
    group[there] = np.arange(len(there))
    bands: list[int | None] = [*_BANDS, None]
    return _Layout(
        places=summary[f"{place_kind}s"],
        headings=summary["headings"],
        years=summary["years"],
        sexes=[sexes[at // len(bands)] for at in there],
        ages=[bands[at % len(bands)] for at in there],
        place_of=people[place_kind].to_numpy(),
        group_of=group[code],
        nobody=int(group[nothing]),
    )


def _add(sums: _Sums, layout: _Layout, path: Path, *, known: bool) -> None:
    """Add the persons of one file; they are few enough for small arrays."""
    rows = pq.read_table(path, use_threads=False)
    person, slot = rows["person"].to_numpy(), rows["slot"].to_numpy()
    pence = rows["pence"].to_numpy().astype(np.float64)
    place = layout.place_of[person] if known else np.zeros(len(person), dtype=np.int32)
    group = layout.group_of[person] if known else np.full(len(person), layout.nobody, dtype=np.int16)
    address = (place.astype(np.int64) * layout.slots + slot) * len(layout.sexes) + group
    low = int(address.min())
    here = slice(low, int(address.max()) + 1)
    address -= low
    sums.pence[here] += np.bincount(address, weights=pence)
    sums.squares[here] += np.bincount(address, weights=pence * pence)
    units = rows["units"].to_numpy()
    sums.units[here] += np.bincount(address, weights=units)
    where = place.astype(np.int64) * layout.slots + slot
    sums.unit_squares += np.bincount(where, weights=units * units, minlength=len(sums.unit_squares))
    sums.people[here] += np.bincount(address).astype(np.int32)
    _add_totals(sums, layout, person - person[0], slot % len(layout.years), place, pence)


def _add_totals(sums: _Sums, layout: _Layout, local: Any, year: Any, place: Any, pence: Floats) -> None:
    """Square each person's total; rows stand in order of person."""
    years = len(layout.years)
    totals = np.bincount(local.astype(np.int64) * years + year, weights=pence, minlength=(int(local[-1]) + 1) * years)
    place_of = np.zeros(int(local[-1]) + 1, dtype=np.int64)
    place_of[local] = place
    where = (place_of[:, None] * years + np.arange(years)).ravel()
    sums.totals += np.bincount(where, weights=totals * totals, minlength=len(sums.totals))


def _cells(sums: _Sums, layout: _Layout, wanted: list[str]) -> pd.DataFrame:
    """Give the cells in which there is anybody; arrays are let go as soon as they were copied."""
    found = np.flatnonzero(sums.people).astype(np.int32 if layout.cells < 2**31 else np.int64)
    assert np.abs(sums.pence).max(initial=0.0) < _EXACT_UP_TO, "more pence in one cell than can be added up exactly"
    columns: dict[str, Any] = {
        "pence": sums.pence[found].astype(np.int64),
        "pence_squared": sums.squares[found],
        "units": sums.units[found],
        "people": sums.people[found].astype(np.int64),
    }
    sums.forget_cells()
    rest, group = np.divmod(found, len(layout.sexes), out=(found, np.empty_like(found)))
    columns["sex"] = _category(group, layout.sexes)
    columns["age_from"] = pd.array(layout.ages, dtype="Int16")[group]
    for name, names in (("year", layout.years), ("heading", layout.headings), ("place", layout.places)):
        rest, code = np.divmod(rest, max(1, len(names)), out=(rest, group))
        columns[name] = _category(code, names)
    order = ["place", "heading", "year", "sex", "age_from", "pence", "pence_squared", "units", "people"]
    return _of_years(pd.DataFrame({name: columns.pop(name) for name in order}, copy=False), layout, wanted)


def _people_totals(sums: _Sums, layout: _Layout, wanted: list[str]) -> pd.DataFrame:
    shape = (len(layout.places), len(layout.headings), len(layout.years), len(layout.sexes))
    active = sums.people.reshape(shape).any(axis=(1, 3))
    found = np.flatnonzero(active)
    place, year = np.unravel_index(found, active.shape)
    totals = pd.DataFrame(
        {
            "place": _category(place, layout.places),
            "year": _category(year, layout.years),
            "pence_squared": sums.totals[found],
        }
    )
    return _of_years(totals, layout, wanted)


def _unit_squares(sums: _Sums, layout: _Layout, wanted: list[str]) -> pd.DataFrame:
    shape = (len(layout.places), len(layout.headings), len(layout.years))
    active = sums.people.reshape(*shape, len(layout.sexes)).any(axis=3)
    found = np.flatnonzero(active)
    place, heading, year = np.unravel_index(found, shape)
    squares = pd.DataFrame(
        {
            "place": _category(place, layout.places),
            "heading": _category(heading, layout.headings),
            "year": _category(year, layout.years),
            "units_squared": sums.unit_squares[found],
        }
    )
    return _of_years(squares.sort_values(["place", "heading", "year"], ignore_index=True), layout, wanted)


def _of_years(frame: pd.DataFrame, layout: _Layout, wanted: list[str]) -> pd.DataFrame:
    if set(wanted) < set(layout.years):
        frame = frame[frame["year"].isin(wanted)].reset_index(drop=True)
    text = frame.select_dtypes("category").columns
    return frame.assign(**{name: frame[name].cat.remove_unused_categories() for name in text})


def _category(codes: Any, names: Sequence[str | None]) -> pd.Categorical:
    """Make a categorical column from numbers of names, of which some may stand twice or be unknown."""
    different = sorted({name for name in names if name is not None})
    at = {name: place for place, name in enumerate(different)}
    place = np.array([-1 if name is None else at[name] for name in names], dtype=np.int16)
    return pd.Categorical.from_codes(place[codes], categories=pd.Index(different, dtype="str"))
