"""Checks a small table against its declaration and names every fault at once.

Tables arrive as text (every cell as it stood in the file), so that "12a" in a number column or a practice code
that lost its leading nought is seen as it was written. Row numbers are those of a spreadsheet: the frame's index
says them, the header being row 1.
"""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd

from locality.foundations.declare import Column, Kind, Table
from locality.foundations.errors import Fault
from locality.foundations.periods import FinancialYear

# A faulty column of a national file can be wrong in thousands of rows; the first ones are enough to find the cause.
_ROWS_NAMED = 3
_EXACT = 2.0**53


def check_frame(table: Table, raw: pd.DataFrame, file: str) -> tuple[pd.DataFrame, list[Fault]]:
    """Turn a table of text into its declared types, naming every fault.

    Args:
        table: The declaration.
        raw: Cells as text or already typed; its index holds the row numbers of the file (header = row 1).
        file: The file's name for messages.

    Returns:
        The typed table (declared columns only, in declared order; faulty cells missing) and the faults, none when
        the table may be used.
    """
    missing = [name for name in table.needed if name not in raw.columns]
    if missing:
        return _empty(table), [_missing_column(name, raw, file) for name in missing]
    if raw.empty:
        return _empty(table), [Fault(file, "it has a header but no rows", "Export it again.", "empty-table")]
    faults: list[Fault] = []
    typed = {}
    for column in table.columns:
        if column.name in raw.columns:
            typed[column.name] = _check_column(column, raw[column.name], file, faults)
        else:
            typed[column.name] = pd.Series(pd.NA, index=raw.index, dtype=DTYPES[column.kind])
    frame = pd.DataFrame(typed, index=raw.index)
    faults += _repeated_keys(table, frame, file)
    return frame, faults


DTYPES = {
    Kind.TEXT: "string",
    Kind.CODE: "string",
    Kind.WHOLE: "Int64",
    Kind.NUMBER: "Float64",
    Kind.PENCE: "Int64",
    Kind.DATE: "datetime64[s]",
    Kind.YEAR: "string",
    Kind.YES_NO: "boolean",
}
"""The pandas type of each kind of column; gaps are ``pd.NA``."""


def _empty(table: Table) -> pd.DataFrame:
    return pd.DataFrame({column.name: pd.Series(dtype=DTYPES[column.kind]) for column in table.columns})


def _missing_column(name: str, raw: pd.DataFrame, file: str) -> Fault:
    found = ", ".join(str(column) for column in list(raw.columns)[:12])
    return Fault(
        file,
        f"there is no column '{name}'; the columns are: {found}",
        "Add the column, or name the reader that knows this layout in partnership.toml.",
        "missing-column",
        column=name,
    )


def _check_column(column: Column, raw: pd.Series, file: str, faults: list[Fault]) -> pd.Series:
    """Type one column; add its faults to the list."""
    text = raw.astype("string")
    if column.kind not in (Kind.CODE, Kind.TEXT):
        text = text.str.strip()
    blank = text.isna() | (text == "")
    if not column.nullable:
        _add(faults, file, column, blank, text, "the cell is empty", "Fill it in.", "empty-cell")
    typed, wrong = _READ[column.kind](text.mask(blank))
    what, do = _SAY[column.kind]
    _add(
        faults,
        file,
        column,
        wrong & ~blank,
        text,
        what,
        do,
        # Text cannot be wrong by itself, and a code only by the spaces around it.
        "spaces-around" if column.kind is Kind.CODE else f"not-{column.kind.name.lower().replace('_', '-')}",
    )
    # Spaces were named above; without them a value must still be one that is allowed.
    faults += _limits(column, typed, text.str.strip().mask(blank), file)
    return typed


def _numbers(text: pd.Series) -> tuple[pd.Series, pd.Series]:
    number = pd.to_numeric(text.str.replace(",", "", regex=False), errors="coerce").astype("Float64")
    # Beyond this whole numbers are no longer exact; it also catches "inf", which counts nothing.
    number = number.mask(number.abs() >= _EXACT)
    return number, number.isna()


def _whole(text: pd.Series) -> tuple[pd.Series, pd.Series]:
    number, wrong = _numbers(text)
    broken = (wrong | (number != number.round())).fillna(True).astype(bool)
    return number.mask(broken).astype("Int64"), broken


def _text(text: pd.Series) -> tuple[pd.Series, pd.Series]:
    return text, pd.Series(False, index=text.index)


def _code(text: pd.Series) -> tuple[pd.Series, pd.Series]:
    return text, (text != text.str.strip()).fillna(False).astype(bool)


def _date(text: pd.Series) -> tuple[pd.Series, pd.Series]:
    day = pd.to_datetime(text, errors="coerce", format="ISO8601").astype("datetime64[s]")
    return day, day.isna()


def _year(text: pd.Series) -> tuple[pd.Series, pd.Series]:
    known: dict[str, object] = {}
    for value in text.dropna().unique():
        try:
            known[value] = str(FinancialYear.parse(value))
        except ValueError:
            known[value] = pd.NA
    year = text.map(known).astype("string")
    return year, year.isna()


def _yes_no(text: pd.Series) -> tuple[pd.Series, pd.Series]:
    words = {"yes": True, "no": False, "true": True, "false": False, "1": True, "0": False}
    answer = text.str.lower().map(words).astype("boolean")
    return answer, answer.isna()


_READ: dict[Kind, Callable[[pd.Series], tuple[pd.Series, pd.Series]]] = {
    Kind.TEXT: _text,
    Kind.CODE: _code,
    Kind.WHOLE: _whole,
    Kind.NUMBER: _numbers,
    Kind.PENCE: _whole,
    Kind.DATE: _date,
    Kind.YEAR: _year,
    Kind.YES_NO: _yes_no,
}

_SAY = {
    Kind.TEXT: ("{value} is not text", "Write text."),
    Kind.CODE: ("the code {value} has spaces around it", "Take the spaces away."),
    Kind.WHOLE: ("{value} is not a whole number", "Write a whole number; put notes into another column."),
    Kind.NUMBER: ("{value} is not a number", "Write a number; put notes into another column."),
    Kind.PENCE: (
        "{value} is not whole pence; it looks like pounds",
        "Multiply by 100: £12.34 is written 1234.",
    ),
    Kind.DATE: ("{value} is not a date", "Write dates as year-month-day, like 2024-03-31."),
    Kind.YEAR: ("{value} is not a financial year", "Write it like 2023/24."),
    Kind.YES_NO: ("{value} is neither yes nor no", "Write yes or no."),
}


def _limits(column: Column, typed: pd.Series, text: pd.Series, file: str) -> list[Fault]:
    """Name values that are outside the allowed list, pattern or range."""
    faults: list[Fault] = []
    if column.allowed:
        wrong = text.notna() & ~text.isin(column.allowed)
        words = ", ".join(column.allowed)
        _add(
            faults,
            file,
            column,
            wrong,
            text,
            "{value} is not allowed here",
            f"Use one of: {words}.",
            "not-allowed",
        )
    if column.pattern:
        wrong = text.notna() & ~text.str.fullmatch(column.pattern).fillna(True).astype(bool)
        short = wrong & text.str.zfill(_digits(column.pattern)).str.fullmatch(column.pattern).fillna(False).astype(bool)
        _add(
            faults,
            file,
            column,
            short,
            text,
            "the code {value} has lost its leading noughts",
            f"A code here is {column.pattern_says}; save the column as text, not as a number.",
            "lost-leading-zeros",
        )
        _add(
            faults,
            file,
            column,
            wrong & ~short,
            text,
            "{value} is not a code of the right form",
            f"A code here is {column.pattern_says}.",
            "wrong-code",
        )
    if column.minimum is not None:
        low = (typed < column.minimum).fillna(False).astype(bool)
        kind = "negative" if column.minimum == 0 else "too-small"
        what = "{value} is negative" if column.minimum == 0 else "{value} is less than " + f"{column.minimum:g}"
        _add(faults, file, column, low, text, what, f"It must be {column.minimum:g} or more.", kind)
    if column.maximum is not None:
        high = (typed > column.maximum).fillna(False).astype(bool)
        _add(
            faults,
            file,
            column,
            high,
            text,
            "{value} is more than " + f"{column.maximum:g}",
            f"It must be {column.maximum:g} or less.",
            "too-large",
        )
    return faults


def _digits(pattern: str) -> int:
    """How many digits a purely numeric code has; 0 when the pattern is of another form."""
    head, _, tail = pattern.partition("{")
    return int(tail.rstrip("}")) if head == r"\d" and tail.rstrip("}").isdigit() else 0


def _add(
    faults: list[Fault],
    file: str,
    column: Column,
    wrong: pd.Series,
    text: pd.Series,
    what: str,
    do: str,
    code: str,
) -> None:
    """Add one fault for a column, naming its first rows and values."""
    rows = wrong[wrong.fillna(False).astype(bool)].index
    if not len(rows):
        return
    shown = ", ".join(f"'{text.loc[row]!s}' (row {row})" for row in rows[1:_ROWS_NAMED])
    also = f"; also {shown}" if shown and "{value}" in what else ""
    faults.append(
        Fault(
            file,
            what.replace("{value}", f"'{text.loc[rows[0]]!s}'") + also,
            do,
            code,
            row=int(rows[0]),
            column=column.name,
            rows=len(rows),
        )
    )


def _repeated_keys(table: Table, frame: pd.DataFrame, file: str) -> list[Fault]:
    if not table.key:
        return []
    again = frame.duplicated(list(table.key), keep="first") & frame[list(table.key)].notna().any(axis=1)
    rows = frame.index[again]
    if not len(rows):
        return []
    first = frame.loc[rows[0], list(table.key)].dropna()
    named = ", ".join(f"{name} {part}" for name, part in first.items())
    return [
        Fault(
            file,
            f"{named} stands here a second time",
            "Keep one row for each; if they differ, find out which is right.",
            "repeated-key",
            row=int(rows[0]),
            rows=len(rows),
        )
    ]
