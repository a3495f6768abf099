"""Checks person-level tables against their declaration inside the engine, and counts each kind of fault.

Only counts come out: no identifier and no value of a person stands in a message.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb
import ibis

from locality.foundations import Column, Fault, FinancialYear, InputRefused, Kind, Table
from locality.sources.scans import (
    has_spaces_around,
    need_columns_of,
    open_files,
    typed_column,
    typed_columns,
    unreadable,
)


@dataclass(frozen=True)
class _Check:
    """One kind of fault: in which rows it is, and how it is said."""

    wrong: Any
    what: str
    do: str
    code: str
    column: str | None = None

    def fault(self, file: str, rows: int) -> Fault:
        return Fault(file, self.what, self.do, self.code, column=self.column, rows=rows)


def scan_declared(table: Table, paths: Sequence[Path], con: Any, *, names: Sequence[str] = ()) -> Any:
    """Give person-level files that have a declared table's columns as an expression.

    Args:
        table: The declaration.
        paths: CSV (also gzipped) or Parquet files.
        con: The Ibis connection.
        names: The files as the user wrote them, for messages.

    Returns:
        Exactly the declared columns, typed; read in a stream when it is executed.

    Raises:
        InputRefused: A file cannot be read, a column is missing, or cells cannot be read as what is declared (then
            with every other fault of the table too).
    """
    file = ", ".join(names or [path.name for path in paths])
    rows = open_files(paths, con, names=names)
    need_columns_of(rows, table.needed, file)
    typed = typed_columns(table, rows)
    faults = _count([check for column in table.columns for check in _form(column, rows)], rows, file, con)
    if faults:
        spoilt = {fault.column for fault in faults}
        others = [fault for fault in row_faults(table, typed, file, con) if fault.column not in spoilt]
        raise InputRefused([*faults, *others])
    return typed


def row_faults(table: Table, rows: Any, file: str, con: Any, *, years: Sequence[FinancialYear] = ()) -> list[Fault]:
    """Count each kind of fault of a person-level table.

    Args:
        table: The declaration.
        rows: Expression with the declared columns and types.
        file: The file's name for messages.
        con: The Ibis connection.
        years: Financial years to which activity must belong; unchecked when not given.

    Returns:
        One fault for each kind and column, with the number of rows; none when the table may be used.
    """
    checks = [check for column in table.columns for check in _limits(column, rows)]
    checks += _FURTHER.get(table.name, _nothing)(rows, years)
    faults = _count(checks, rows, file, con, refuse_empty=True)
    return faults + (repeated_keys(table, rows, file, con) if table.key else [])


def _count(checks: Sequence[_Check], rows: Any, file: str, con: Any, *, refuse_empty: bool = False) -> list[Fault]:
    """Count all checks in one pass over the rows."""
    if not checks and not refuse_empty:
        return []
    sums = {f"check_{at}": ibis.ifelse(check.wrong, 1, 0).sum() for at, check in enumerate(checks)}
    try:
        found = con.to_pyarrow(rows.aggregate(rows=rows.count(), **sums)).to_pylist()[0]
    except duckdb.Error as error:
        raise unreadable(file, error) from None
    if refuse_empty and not found["rows"]:
        return [Fault(file, "it has a header but no rows", "Export it again.", "empty-table")]
    counts = [int(found[name] or 0) for name in sums]
    return [check.fault(file, count) for check, count in zip(checks, counts, strict=True) if count]


_FORM = {
    Kind.WHOLE: ("cells are not whole numbers", "Write whole numbers; put notes into another column."),
    Kind.NUMBER: ("cells are not numbers", "Write numbers; put notes into another column."),
    Kind.PENCE: ("cells are not whole pence; they look like pounds", "Multiply by 100: £12.34 is written 1234."),
    Kind.DATE: ("cells are not dates", "Write dates as year-month-day, like 2024-03-31."),
    Kind.YEAR: ("cells are not financial years", "Write them like 2023/24."),
    Kind.YES_NO: ("cells are neither yes nor no", "Write yes or no."),
}


def _form(column: Column, rows: Any) -> list[_Check]:
    """Find cells that hold something, but not what is declared."""
    if column.name not in rows.columns:
        return []
    raw = rows[column.name]
    if column.kind is Kind.CODE and raw.type().is_string():
        do = "Take the spaces away."
        return [_Check(has_spaces_around(raw), "codes have spaces around them", do, "spaces-around", column.name)]
    if column.kind not in _FORM:
        return []
    whole = column.kind in (Kind.WHOLE, Kind.PENCE)
    if not raw.type().is_string() and not (whole and not raw.type().is_integer()):
        return []
    held = (raw.strip().nullif("") if raw.type().is_string() else raw).notnull()
    what, do = _FORM[column.kind]
    code = f"not-{column.kind.name.lower().replace('_', '-')}"
    return [_Check(held & typed_column(column, raw).isnull(), what, do, code, column.name)]


def _limits(column: Column, rows: Any) -> list[_Check]:
    """Find gaps, values that are not allowed, codes of the wrong form and numbers outside their range."""
    value = rows[column.name]
    name = column.name
    checks = []
    if not column.nullable:
        checks.append(_Check(value.isnull(), "cells are empty", "Fill them in.", "empty-cell", name))
    if column.allowed:
        do = f"Use one of: {', '.join(column.allowed)}."
        checks.append(_Check(~value.isin(column.allowed), "values are not allowed here", do, "not-allowed", name))
    if column.pattern:
        do = f"A code here is {column.pattern_says}."
        wrong = ~value.re_search(f"^({column.pattern})$")
        checks.append(_Check(wrong, "values are not codes of the right form", do, "wrong-code", name))
    if column.minimum is not None:
        least = f"{column.minimum:g}"
        what, code = ("are negative", "negative") if column.minimum == 0 else (f"are less than {least}", "too-small")
        wrong = value < column.minimum
        checks.append(_Check(wrong, f"numbers {what}", f"They must be {least} or more.", code, name))
    if column.maximum is not None:
        most = f"{column.maximum:g}"
        wrong = value > column.maximum
        checks.append(
            _Check(wrong, f"numbers are more than {most}", f"They must be {most} or less.", "too-large", name)
        )
    return checks


def _nothing(_rows: Any, _years: Sequence[FinancialYear]) -> list[_Check]:
    return []


def _activity(rows: Any, years: Sequence[FinancialYear]) -> list[_Check]:
    what = "the last day comes before the first"
    backwards = _Check(rows["end"] < rows["start"], what, "Correct the dates.", "end-before-start", "end")
    return [backwards, *(outside_years(rows, years) if years else [])]


def outside_years(rows: Any, years: Sequence[FinancialYear]) -> list[_Check]:
    """Find activity that belongs to none of the years."""
    last = ibis.coalesce(rows["end"], rows["start"])
    inside = rows["year"].isin([str(year) for year in years])
    for year in years:
        first_day, last_day = ibis.date(year.start.isoformat()), ibis.date(year.end.isoformat())
        inside = ibis.ifelse(rows["year"].isnull(), inside.fill_null(False) | last.between(first_day, last_day), inside)
    named = ", ".join(str(year) for year in years)
    do = "Take the rows out, or name their year in partnership.toml."
    return [_Check(~inside, f"activity is outside {named}", do, "date-outside-year", "start")]


_FURTHER: Mapping[str, Callable[[Any, Sequence[FinancialYear]], list[_Check]]] = {"activity": _activity}


def repeated_keys(table: Table, rows: Any, file: str, con: Any) -> list[Fault]:
    """Count rows whose key stands there before; persons are counted, never named."""
    if con.name == "duckdb" and len(table.key) == 1 and _all_differ(rows[table.key[0]], con):
        return []
    counted = rows.group_by(*table.key).agg(times=ibis._.count())
    again = counted.filter(counted.times > 1)
    extra = con.to_pyarrow(again.aggregate(rows=(again.times - 1).sum())).to_pylist()[0]["rows"]
    if not extra:
        return []
    person = "person" in table.key
    code = "repeated-person" if person else "repeated-key"
    what = "persons stand there more than once" if person else "rows have a key that stands there before"
    do = "Keep one row for each; if they differ, find out which is right."
    return [Fault(file, what, do, code, column=table.key[0], rows=int(extra))]


def _all_differ(key: Any, con: Any) -> bool:
    """Whether all keys differ, by their 64-bit hashes: a fraction of the memory that millions of identifiers take.

    Equal hashes may be chance; the identifiers themselves then decide.
    """
    keys = key.as_table()
    counts = con.to_pyarrow(keys.aggregate(there=keys.count(), different=key.hash().nunique())).to_pylist()[0]
    return bool(counts["there"] == counts["different"])


__all__ = ["outside_years", "repeated_keys", "row_faults", "scan_declared"]
