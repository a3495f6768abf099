"""What the Source Linkage episode and individual files have in common: their codes, their money, whose rows they hold.

The files carry modelled prices, not spending; they are read for shares only and scaled to the ledger later. Columns
that the publisher derives from others (locality names, totals, high resource flags, counts of preventable bed days)
are not read: everything is made again from the columns that they stand on.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import ibis

from locality.foundations import Fault, FinancialYear, load_rule
from locality.sources.columns import option_text, refusal
from locality.sources.readers import Asked
from locality.sources.scans import open_files, without_spaces, year_text

PUBLISHER = "Public Health Scotland, Source Linkage Files"
LICENCE = "By agreement with Public Health Scotland; person-level, never published"

PARTNERSHIP_OPTION = (
    "Column of the partnership's code: hscp2019 or hscp2018; when not given, the one in which the folder's code stands"
)
NOT_ATTENDED_OPTION = "true counts the cost of outpatient appointments that were not kept; false when not given"

_PARTNERSHIP_COLUMNS = ("hscp2019", "hscp2018")


def linkage_rule(name: str, asked: Asked) -> Mapping[str, Any]:
    """Give the value of one of the linkage rules in the folder's year."""
    value: Mapping[str, Any] = load_rule("locality.sources", name).at(asked.year.start).value
    return value


def open_linkage(asked: Asked, con: Any) -> Any:
    """Give a linkage file's rows that are about the folder's partnership.

    Rows of other partnerships are left out. Rows without a partnership are kept where the files hold no other one:
    then they are the partnership's own with an unknown place; in a national file nobody can tell whose they are.
    """
    rows = open_files(asked.paths, con, names=asked.names)
    column = partnership_column(asked, rows, con)
    if column is None:
        return rows
    ours = rows[column] == asked.partnership.code
    return rows.filter(ours if _holds_others(asked, rows, column, con) else ours | (rows[column].nullif("").isnull()))


def partnership_column(asked: Asked, rows: Any, con: Any) -> str | None:
    """Find the column in which the partnership's code stands; None when the file names no partnerships at all.

    Raises:
        InputRefused: The files hold other partnerships only, or lack the column that was asked for.
    """
    said = option_text(asked.options, "partnership_column")
    if said and said not in rows.columns:
        what = f"there is no column '{said}', which partnership_column names"
        raise refusal(asked.names[0], what, f"Use one of: {', '.join(_PARTNERSHIP_COLUMNS)}.", "missing-column")
    named = [column for column in ((said,) if said else _PARTNERSHIP_COLUMNS) if column in rows.columns]
    if not named:
        return None
    seen = con.to_pyarrow(
        rows.aggregate(**{column: (rows[column] == asked.partnership.code).sum() for column in named})
    ).to_pylist()[0]
    found = next((column for column in named if seen[column]), None)
    if found is None:
        what = f"no row has the partnership code {asked.partnership.code} in {' or '.join(named)}"
        do = "Correct the partnership's code in partnership.toml, or use the file that covers it."
        raise refusal(asked.names[0], what, do, "partnership-not-in-file")
    return found


def _holds_others(asked: Asked, rows: Any, column: str, con: Any) -> bool:
    code = rows[column].nullif("")
    others = rows.filter(code.notnull() & (code != asked.partnership.code))
    return bool(con.to_pyarrow(others.aggregate(n=others.count())).to_pylist()[0]["n"])


def column_or_empty(rows: Any, name: str, kind: str) -> Any:
    """Give a column as a type; empty where the extract left the column out."""
    return number(rows[name]) if name in rows.columns and kind == "float64" else _plain(rows, name, kind)


def _plain(rows: Any, name: str, kind: str) -> Any:
    return rows[name].cast(kind) if name in rows.columns else ibis.null(kind)


def number(column: Any) -> Any:
    """Give a number; what the statistics package wrote as "not a number" is empty."""
    floating = column.cast("float64")
    return ibis.ifelse(floating.isnan(), ibis.null("float64"), floating)


def code_text(column: Any) -> Any:
    """Give a code as text: 5, 5.0 and "5" are the same code, and blanks are empty."""
    if column.type().is_floating():
        column = column.cast("int64")
    return without_spaces(column.cast("string"))


def pence(pounds: Any) -> Any:
    """Turn pounds held as floating numbers into whole pence, rounding half to even, alike on every engine.

    Engines round halves differently, so the rounding is spelt out in arithmetic that all of them share.
    """
    hundredfold = number(pounds) * 100
    below = hundredfold.floor()
    rest = hundredfold - below
    whole = below.cast("int64")
    up = (rest > 0.5) | ((rest == 0.5) & (whole % 2 != 0))
    return whole + ibis.ifelse(up, 1, 0).cast("int64")


def person_of(rows: Any) -> Any:
    """Give the person's identifier; a blank one is empty."""
    return without_spaces(rows["anon_chi"].cast("string"))


def year_of(rows: Any) -> Any:
    """Give the financial year as 2023/24 from the files' 2324."""
    return year_text(code_text(rows["year"]))


@dataclass(frozen=True)
class YearsOfFile:
    """The financial years that a file's `year` column says, worked out once for each way in which they are written.

    There are one or two; working them out row by row would cost more than the whole rest of a check.
    """

    written: Mapping[str, FinancialYear]

    @classmethod
    def read(cls, rows: Any, con: Any) -> YearsOfFile:
        """Ask the engine for the different years."""
        raw = rows.select(year=rows["year"].cast("string")).distinct()
        different = raw.mutate(raw=raw["year"], year=year_of(raw))
        found = {row["raw"]: row["year"] for row in con.to_pyarrow(different).to_pylist()}
        return cls(
            {raw: FinancialYear.parse(year) for raw, year in found.items() if raw is not None and year is not None}
        )

    def text(self, rows: Any) -> Any:
        """Give the year as 2023/24; empty where it is none."""
        return self._cases(rows, {raw: ibis.literal(str(year)) for raw, year in self.written.items()}, "string")

    def start(self, rows: Any) -> Any:
        """Give 1 April of each record's year."""
        return self._cases(rows, {raw: ibis.literal(year.start) for raw, year in self.written.items()}, "date")

    def end(self, rows: Any) -> Any:
        """Give 31 March at the end of each record's year."""
        return self._cases(rows, {raw: ibis.literal(year.end) for raw, year in self.written.items()}, "date")

    def _cases(self, rows: Any, said: Mapping[str, Any], kind: str) -> Any:
        if not said:
            return ibis.null(kind)
        raw = rows["year"].cast("string")
        return ibis.cases(*[(raw == written, value) for written, value in said.items()])


def present_name(rows: Any, name: str, asked: Asked) -> str:
    """Give the name that a column has in this release of the files: the present one, or an earlier one."""
    names = (name, *linkage_rule("linkage_codes", asked)["earlier_names"].get(name, ()))
    return next((known for known in names if known in rows.columns), name)


def wrong_years(asked: Asked, rows: Any, con: Any) -> list[Fault]:
    """Refuse files none of whose rows are of the folder's year."""
    counted = rows.group_by(raw=rows["year"].cast("string")).agg(rows=ibis._.count())
    written = YearsOfFile.read(rows, con).written
    found: dict[str | None, int] = {}
    for row in con.to_pyarrow(counted).to_pylist():
        year = str(written[row["raw"]]) if row["raw"] in written else None
        found[year] = found.get(year, 0) + int(row["rows"])
    faults = []
    if None in found:
        what, do = "cells are not financial years like 2324", "Export the file again."
        faults.append(Fault(asked.names[0], what, do, "not-year", column="year", rows=int(found[None])))
    years = sorted(year for year in found if year is not None)
    if years and str(asked.year) not in years:
        what = f"it is about {', '.join(years)}, not about {asked.year}"
        do = f"Use the file of {asked.year} ({asked.year.code} in its name), or correct the year in partnership.toml."
        faults.append(Fault(asked.names[0], what, do, "wrong-year", column="year"))
    return faults


def is_not_attended(rows: Any, asked: Asked) -> Any:
    """Say which records are appointments that were not kept."""
    if "attendance_status" not in rows.columns:
        return ibis.literal(False)
    statuses: Sequence[str] = linkage_rule("linkage_codes", asked)["not_attended"]
    return code_text(rows["attendance_status"]).isin(list(statuses)).fill_null(False)
