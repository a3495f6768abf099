"""One file of NRAC weighted populations, counted, checked and cut by DuckDB without reading it whole."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd

from locality.foundations import Fault
from locality.sources.columns import need_columns, refusal
from locality.sources.files import read_cells

# Weighted people are published with many decimals; a sum over 42 cells may differ by its rounding, not by a person.
_SAME_PEOPLE = 0.5
_NAMED = 3
_ALL = "All"
_PART = "not all_ages and not both_sexes"
# What a spreadsheet makes of the bands 2-4, 5-9 and 10-14 when somebody opens and saves the file.
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


@dataclass
class NracFile:
    """An opened file; `unit` is its data zone or practice.

    Its relations: `cells` and `numbered` (the rows, all text), `counted` (rows by age, sex and care group), `sums`
    (people by unit, partnership, care group, sex and whether the row is for all ages).
    """

    name: str
    unit: str
    layout: dict[str, Any]
    connection: duckdb.DuckDBPyConnection

    def _rows(self, query: str, given: Sequence[object] = ()) -> list[tuple[Any, ...]]:
        return self.connection.execute(query, list(given)).fetchall()

    @property
    def _each(self) -> int:
        """Rows that one data zone or practice must have."""
        return len(self.layout["ages"]) * len(self.layout["sexes"]) * len(self.layout["programmes"])

    def unknown_values(self) -> list[Fault]:
        """Name ages, sexes and care groups that the layout does not have, and those that are missing."""
        faults: list[Fault] = []
        for column, known in (("age", "ages"), ("sex", "sexes"), ("caregrp", "programmes")):
            expected = [str(value) for value in self.layout[known]]
            found = {str(value) for (value,) in self._rows(f"select distinct {column} from counted")}
            strange = sorted(found - {*expected, _ALL})
            missing = [value for value in expected if value not in found]
            if strange:
                faults.append(self._strange(column, strange, expected))
            if missing:
                faults.append(
                    Fault(
                        self.name,
                        f"it has no rows of {column} {', '.join(missing)}",
                        "Export the whole file again; the parts that are missing are needed.",
                        "missing-group",
                        column=column,
                    )
                )
        return faults

    def _strange(self, column: str, strange: list[str], expected: list[str]) -> Fault:
        shown = ", ".join(f"'{value}'" for value in strange[:_NAMED])
        if column == "age" and any(month in value for value in strange for month in _MONTHS):
            do = "A spreadsheet took age bands for dates (2-4 became 02-Apr): export the file again without opening it."
            return Fault(self.name, f"the age bands {shown} are dates", do, "age-became-date", column=column)
        do = f"Use the published values: {', '.join(expected)}."
        return Fault(
            self.name, f"{column} has values that are not published: {shown}", do, "not-allowed", column=column
        )

    def wrong_rows(self, units: int | None) -> list[Fault]:
        """Compare the number of rows with the published one and say where rows lack or stand twice.

        Args:
            units: How many data zones there must be; none where the number of practices is not fixed.
        """
        found_units, found_rows = self._rows(
            f"select count(distinct unit), coalesce(sum(n) filter (where {_PART}), 0)::bigint from sums"
        )[0]
        expected = (units or found_units) * self._each
        if found_rows == expected and not self._uneven():
            return []
        word = "data zones" if self.unit == "datazone" else "practices"
        say = [f"it has {found_rows:,} rows without totals, not {expected:,}"]
        if units and found_units != units:
            say.append(f"{found_units:,} {word}, not {units:,}")
        if uneven := self._uneven():
            shown = ", ".join(f"{unit} ({parts} rows)" for unit, parts in uneven[:_NAMED])
            say.append(f"{len(uneven):,} {word} without exactly {self._each}: {shown}")
        do = "It may be cut off, filtered or joined twice: take the publisher's file again."
        return [Fault(self.name, "; ".join(say), do, "wrong-row-count")]

    def _uneven(self) -> list[tuple[Any, ...]]:
        return self._rows(
            f"select unit, coalesce(sum(n) filter (where {_PART}), 0)::bigint as parts from sums group by unit "
            "having parts <> ? order by unit",
            [self._each],
        )

    def totals_not_parts(self) -> list[Fault]:
        """Compare rows for all ages, or for both sexes, with the sum of their parts."""
        faults: list[Fault] = []
        for word, whole, by in (("ages", "all_ages", "sex"), ("sexes", "both_sexes", "all_ages")):
            wrong = self._rows(
                f"""
                select unit, caregrp, sum(people) filter (where {whole}) as total,
                       coalesce(sum(people) filter (where not {whole}), 0) as parts
                from sums group by unit, caregrp, {by}
                having total is not null and abs(total - parts) > {_SAME_PEOPLE} order by all
                """
            )
            if wrong:
                unit, group, total, parts = wrong[0]
                what = f"{unit}, {group}: the row for all {word} says {total:,.2f}, its parts sum to {parts:,.2f}"
                do = "Ask the publisher which is right; the parts are what would be used."
                faults.append(Fault(self.name, what, do, "total-not-parts", column="pop", rows=len(wrong)))
        return faults

    def two_partnerships(self) -> list[Fault]:
        """Name practices that stand under more than one partnership, or more than once."""
        twice = self._rows(
            "select unit from sums group by unit having count(distinct coalesce(hscp, '')) > 1 order by unit"
        )
        if not twice:
            return []
        codes = ", ".join(unit for (unit,) in twice[:_NAMED])
        do = "Find out where it belongs and keep its rows there only."
        return [Fault(self.name, f"a practice stands under two partnerships: {codes}", do, "repeated-practice")]

    def without_partnership(self) -> tuple[str, ...]:
        """Say which practices belong to no partnership, with the weighted people that nobody gets."""
        lost = self._rows(
            "select unit, sum(people) filter (where caregrp = 'NRAC') from sums "
            f"where hscp is null and {_PART} group by unit order by unit"
        )
        if not lost:
            return ()
        codes = ", ".join(unit for unit, _ in lost[:_NAMED])
        people = sum(float(people or 0) for _, people in lost)
        return (f"{self.name}: {len(lost)} practices have no partnership ({people:,.0f} weighted people): {codes}.",)

    def rows_of(self, hscp: str) -> pd.DataFrame:
        """Give one partnership's rows without totals, as text, indexed by their place in the file."""
        cut = self.connection.execute(
            "select row, unit, age, sex, caregrp, pop from numbered "
            f"where hscp = ? and age <> '{_ALL}' and sex <> '{_ALL}' order by row",
            [hscp],
        ).df()
        return cut.set_index("row").rename_axis(None).astype("string")

    def partnerships(self) -> list[str]:
        """Give the partnership codes of the file in order."""
        return [code for (code,) in self._rows("select distinct hscp from sums where hscp is not null order by 1")]


@contextmanager
def open_nrac(path: Path, name: str, unit: str, *, layout: dict[str, Any]) -> Iterator[NracFile]:
    """Open a CSV (gzipped or not) or Parquet file of weighted populations.

    Args:
        path: The file.
        name: Its name for messages.
        unit: The column that names the area or practice: `datazone` or `gpprac`.
        layout: The value of the rule `nrac_weighted_population_file`.

    Raises:
        InputRefused: It is an SPSS file, damaged, or lacks a column.
    """
    if path.suffix.lower() in {".sav", ".zsav"}:
        do = "Open it in SPSS, PSPP or R (haven) and save it as CSV or Parquet with the same column names."
        raise refusal(name, "it is an SPSS file, which Locality does not read", do, "spss-file")
    if path.stat().st_size == 0:
        read_cells(path, name)
    with duckdb.connect() as connection:
        connection.execute("set enable_progress_bar = false")
        try:
            _load(connection, path, name, unit)
        except duckdb.Error as error:
            what = f"it cannot be read as CSV or Parquet: {str(error).splitlines()[0][:120]}"
            raise refusal(name, what, "Copy or export it again.", "unreadable") from error
        yield NracFile(name, unit, layout, connection)


def _load(connection: duckdb.DuckDBPyConnection, path: Path, name: str, unit: str) -> None:
    """Make the view `cells` over the file, and from one reading of it the small tables `counted` and `sums`.

    The file is read twice in all (to count, and to cut) and never held: holding it took 0.5 GB and twice the time.
    """
    source = str(path).replace("'", "''")
    # The header is row 1; a Parquet file knows its row numbers, a CSV file must be counted through.
    if path.suffix == ".parquet":
        reader, row = f"read_parquet('{source}', file_row_number = true)", "file_row_number + 2"
    else:
        reader, row = f"read_csv('{source}', all_varchar = true)", "row_number() over () + 1"
    header = connection.execute(f"select * from {reader} limit 0").df()
    need_columns(header, name, unit, "HSCP", "age", "sex", "caregrp", "pop")
    columns = f"""
        trim({unit}::varchar) as unit, nullif(trim(HSCP::varchar), '') as hscp, trim(age::varchar) as age,
        trim(sex::varchar) as sex, trim(caregrp::varchar) as caregrp, pop::varchar as pop
    """
    # Numbering rows keeps a CSV file to one thread, so only the cut does it.
    connection.execute(f"create temp view cells as select {columns} from {reader}")
    connection.execute(f"create temp view numbered as select {row} as row, {columns} from {reader}")
    connection.execute(
        f"""
        create temp table tallies as
        select unit, hscp, caregrp, sex, age = '{_ALL}' as all_ages, age, count(*) as n,
               sum(try_cast(pop as double)) as people, grouping(unit) = 0 as by_unit
        from cells group by grouping sets ((unit, hscp, caregrp, sex, all_ages), (age, sex, caregrp))
        """
    )
    connection.execute("create temp table counted as select age, sex, caregrp, n from tallies where not by_unit")
    connection.execute(
        f"""
        create temp table sums as
        select unit, hscp, caregrp, sex, all_ages, sex = '{_ALL}' as both_sexes, n, people from tallies where by_unit
        """
    )
