"""Add a cost cube up to other places, or to all ages and sexes, without a second scan of person-level rows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from locality.money.cube import UNIT_KEY, CostCube

# Sums run in float64, which holds whole numbers exactly up to here: about 90 million million pounds.
EXACT_UP_TO = float(2**53)


def cube_by_locality(
    cube: CostCube,
    zone_to_locality: Mapping[str, str],
    *,
    by_age_and_sex: bool = False,
    place_kind: str = "locality",
) -> CostCube:
    """Redraw a cube: the same money and people by locality.

    Args:
        cube: By zone or practice.
        zone_to_locality: The locality of each place of the cube.
        by_age_and_sex: Keep age bands and sexes apart; otherwise they are added up and stand empty.
        place_kind: What the new places are.

    Returns:
        A cube whose pence, units and people sum to those of the given one. A place that has no locality is counted
        under place ``""``. Squares add up too, because a person has one place only.
    """
    keys = ["place", "heading", "year", *(("sex", "age_from") if by_age_and_sex else ())]
    columns = {name: _coded(cube.cells[name]) for name in keys}
    columns["place"] = _renamed(columns["place"], zone_to_locality)
    measures = ("pence", "pence_squared", "units", "people")
    cells = _added_up(columns, {name: cube.cells[name].to_numpy() for name in measures})
    if not by_age_and_sex:
        cells["sex"] = pd.Categorical.from_codes(np.full(len(cells), -1), categories=_coded(cube.cells["sex"]).names)
        cells["age_from"] = pd.NA
    cells["age_from"] = cells["age_from"].astype("Int16")
    totals = {name: _coded(cube.people_totals[name]) for name in ("place", "year")}
    totals["place"] = _renamed(totals["place"], zone_to_locality)
    people_totals = _added_up(totals, {"pence_squared": cube.people_totals["pence_squared"].to_numpy()})
    order = ["place", "heading", "year", "sex", "age_from", *measures]
    return CostCube(cells[order], people_totals, place_kind, _redrawn_squares(cube.unit_squares, zone_to_locality))


def _redrawn_squares(squares: pd.DataFrame, zone_to_locality: Mapping[str, str]) -> pd.DataFrame:
    columns = {name: _coded(squares[name]) for name in UNIT_KEY}
    columns["place"] = _renamed(columns["place"], zone_to_locality)
    return _added_up(columns, {"units_squared": squares["units_squared"].to_numpy()})


@dataclass(frozen=True)
class _Coded:
    """A column as small numbers; ``codes`` are -1 where it is empty."""

    codes: npt.NDArray[np.signedinteger]
    names: pd.Index


def _coded(column: pd.Series) -> _Coded:
    if column.dtype == "Int16":
        return _coded_numbers(column)
    category = column if isinstance(column.dtype, pd.CategoricalDtype) else column.astype("category")
    return _Coded(category.cat.codes.to_numpy(), category.cat.categories)


def _coded_numbers(column: pd.Series) -> _Coded:
    """Code small whole numbers by themselves: sorting them to find the distinct ones would cost more."""
    codes = column.to_numpy(dtype=np.int16, na_value=-1)
    return _Coded(codes, pd.Index(np.arange(codes.max(initial=-1) + 1), dtype="Int16"))


def _renamed(places: _Coded, zone_to_locality: Mapping[str, str]) -> _Coded:
    names = [zone_to_locality.get(place, "") for place in places.names]
    new = pd.Index(sorted({*names, ""}))
    codes = np.array(new.get_indexer(pd.Index(names, dtype=new.dtype)), dtype=np.int32)
    return _Coded(codes[places.codes], new)


def _added_up(columns: Mapping[str, _Coded], measures: Mapping[str, npt.NDArray[np.generic]]) -> pd.DataFrame:
    """Sum the measures over equal keys: first over neighbours that are alike, then by direct addressing.

    Cells of one place and heading stand together, so the first step leaves few rows for the second.
    """
    sizes = [len(column.names) + 1 for column in columns.values()]
    starts = _starts_of_runs([column.codes for column in columns.values()])
    keys = [column.codes[starts].astype(np.int64) + 1 for column in columns.values()]
    address = np.ravel_multi_index(keys, sizes)
    found = np.flatnonzero(np.bincount(address, minlength=1))
    out: dict[str, object] = {}
    for (name, column), codes in zip(columns.items(), np.unravel_index(found, sizes), strict=True):
        out[name] = pd.Categorical.from_codes(codes - 1, categories=column.names)
    for name, amounts in measures.items():
        runs = np.add.reduceat(amounts, starts) if len(starts) else amounts
        total = np.bincount(address, weights=runs.astype(np.float64), minlength=1)[found]
        whole = np.issubdtype(amounts.dtype, np.integer)
        assert not whole or np.abs(total).max(initial=0.0) < EXACT_UP_TO, f"{name}: too large to add up exactly"
        out[name] = total.astype(np.int64) if whole else total
    return pd.DataFrame(out)


def _starts_of_runs(codes: list[npt.NDArray[np.signedinteger]]) -> npt.NDArray[np.intp]:
    """Give the first row of each run of rows that are alike in all codes."""
    differs = np.zeros(len(codes[0]), dtype=bool)
    differs[:1] = True
    for column in codes:
        differs[1:] |= column[1:] != column[:-1]
    return np.flatnonzero(differs)
