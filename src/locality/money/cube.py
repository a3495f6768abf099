"""The cost cube: what was spent on whom, by place, heading, year, sex and age, and nothing finer.

It is made once from person-level rows and kept beside the results. Redrawn localities, other weights or another
pace of change start from it and need no second scan. It still holds small counts: it never leaves the analyst's
environment as it is.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from locality.foundations.periods import FinancialYear
from locality.money.cube_expressions import CubeExpressions, cost_cube

CELL_KEY = ("place", "heading", "year", "sex", "age_from")
_TEXT = ("place", "heading", "year", "sex")
_CELL_TYPES = {"age_from": "Int16", "pence": "int64", "pence_squared": "float64", "units": "float64", "people": "int64"}
_TOTAL_TYPES = {"pence_squared": "float64"}
_UNIT_TYPES = {"units_squared": "float64"}
UNIT_KEY = ("place", "heading", "year")
_BATCH_ROWS = 131_072


def no_unit_squares() -> pd.DataFrame:
    """Give the frame of a cube that knows no units."""
    return pd.DataFrame({**{name: pd.Categorical([]) for name in UNIT_KEY}, "units_squared": np.empty(0)})


@dataclass(frozen=True)
class CostCube:
    """Cost, use and persons by place, heading, year, sex and age band.

    Args:
        cells: place, heading, year (``2022/23``), sex, age_from (start of a five-year band, 0 to 90 and over; empty
            when unknown), pence, pence_squared (sum over persons of the square of what each cost in that heading and
            year), units, people (persons with any activity there). ``place`` is ``""`` when unknown, ``sex`` is
            missing when unknown. Text columns are categorical.
        people_totals: place, year, pence_squared (sum over persons of the square of their total over all headings).
        place_kind: ``zone``, ``practice`` or, once redrawn, ``locality``.
        unit_squares: place, heading, year, units_squared (sum over persons of the square of the units that each used
            under that heading): bed days lie with few people too.

    Source:
        Costs of different persons are independent, so Var(sum) is estimated by the sum of squares (compound Poisson).
    """

    cells: pd.DataFrame
    people_totals: pd.DataFrame
    place_kind: str
    unit_squares: pd.DataFrame = field(default_factory=no_unit_squares)

    def write(self, folder: Path) -> None:
        """Write the cube as three Parquet files into a folder, which is made if need be."""
        folder.mkdir(parents=True, exist_ok=True)
        for name, frame in self._frames:
            table = pa.Table.from_pandas(frame, preserve_index=False)
            marked = table.replace_schema_metadata({**(table.schema.metadata or {}), b"place_kind": self._kind_bytes})
            pq.write_table(marked, folder / f"cube_{name}.parquet", compression="zstd")

    @property
    def _frames(self) -> tuple[tuple[str, pd.DataFrame], ...]:
        return ("cells", self.cells), ("people_totals", self.people_totals), ("unit_squares", self.unit_squares)

    @property
    def _kind_bytes(self) -> bytes:
        return self.place_kind.encode()

    @classmethod
    def read(cls, folder: Path) -> CostCube:
        """Read what `write` wrote."""
        cells = pq.read_table(folder / "cube_cells.parquet")
        totals = pq.read_table(folder / "cube_people_totals.parquet")
        return cls(
            as_cells(cells),
            as_people_totals(totals),
            (cells.schema.metadata or {}).get(b"place_kind", b"zone").decode(),
            as_unit_squares(pq.read_table(folder / "cube_unit_squares.parquet")),
        )


def run_cost_cube(
    con: Any,
    activity: Any,
    persons: Any,
    *,
    years: tuple[FinancialYear, ...],
    place_kind: str = "zone",
) -> CostCube:
    """Execute the cube's expressions on a connection.

    Args:
        con: An Ibis connection to DuckDB, Spark or PostgreSQL.
        activity: Expression with the columns of the declared activity table.
        persons: Expression with the columns of the declared persons table, each person once.
        years: Financial years to count; activity of other years is left out.
        place_kind: ``zone`` (residence) or ``practice`` (registration).

    Returns:
        The cube. All pence of the years are in it: activity whose person or place is unknown has place ``""``.
    """
    with _kept(con, cost_cube(activity, persons, years=years, place_kind=place_kind)) as asked:
        cells = as_cells(_fetch(asked.cells))
        totals = as_people_totals(_fetch(asked.people_totals))
        squares = as_unit_squares(_fetch(asked.unit_squares))
    return CostCube(cells, totals, place_kind, squares)


@contextmanager
def _kept(con: Any, asked: CubeExpressions) -> Iterator[CubeExpressions]:
    """Hold the person by heading costs in a temporary table while both results are read from it."""
    with asked.person_headings.cache() as held:
        yield asked.standing_on(held)


def _fetch(expression: Any) -> pa.Table:
    """Read a result in pieces, its text as numbered categories, so that memory stays small."""
    batches = []
    for batch in expression.to_pyarrow_batches(chunk_size=_BATCH_ROWS):
        table = pa.Table.from_batches([batch])
        for name in _TEXT:
            if name in table.column_names:
                table = table.set_column(
                    table.column_names.index(name), name, table[name].cast(pa.string()).dictionary_encode()
                )
        batches.append(table)
    return pa.concat_tables(batches).unify_dictionaries() if batches else expression.schema().to_pyarrow().empty_table()


def as_cells(table: pa.Table) -> pd.DataFrame:
    """Give the cells their declared types and order."""
    return _typed(table, (*CELL_KEY, "pence", "pence_squared", "units", "people"), _CELL_TYPES)


def as_people_totals(table: pa.Table) -> pd.DataFrame:
    """Give the totals of persons their declared types and order."""
    return _typed(table, ("place", "year", "pence_squared"), _TOTAL_TYPES)


def as_unit_squares(table: pa.Table) -> pd.DataFrame:
    """Give the squares of units their declared types and order."""
    return _typed(table, (*UNIT_KEY, "units_squared"), _UNIT_TYPES)


def _typed(table: pa.Table, columns: tuple[str, ...], types: Mapping[str, str]) -> pd.DataFrame:
    frame = table.select(list(columns)).to_pandas()
    text = {name: _in_order(frame[name]) for name in columns if name in _TEXT}
    frame = frame.assign(**text).astype(dict(types))
    keys = [name for name in columns if name in CELL_KEY]
    return frame.sort_values(keys, ignore_index=True)


def _in_order(column: pd.Series) -> pd.Series:
    """Make a categorical column whose categories stand in the order of the alphabet."""
    category = column.astype("category")
    return category.cat.set_categories(pd.Index(sorted(category.cat.categories), dtype="str"))
