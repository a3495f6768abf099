"""Cells that count people, as publishers really write them: hidden, turned negative, or added up in extra rows.

Looked at as text, before the declaration is applied, so that each gets its own explanation.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field

import pandas as pd

from locality.foundations import Fault, Table, check_frame, load_rule

_ROOM = "locality.sources"


@dataclass
class Checked:
    """A typed table with its faults and with what must be said about it."""

    frame: pd.DataFrame
    faults: list[Fault] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def check_people_table(table: Table, raw: pd.DataFrame, file: str) -> Checked:
    """Check a table against its declaration, with the ways of writing people explained one by one.

    Args:
        table: The declaration.
        raw: Cells as text; index = row in the file.
        file: The file's name for messages.

    Returns:
        The typed table (hidden counts missing, males without their sign, rows of totals left out), the faults and
        the notes.
    """
    checked = Checked(raw)
    columns = [column.name for column in table.columns if column.unit == "people" and column.name in raw.columns]
    if table.name == "population" and set(table.needed) <= set(raw.columns):
        _take_out_totals(checked, file)
    hidden = {name: _hidden(checked, name, file) for name in columns}
    for name in columns:
        _turn_males(checked, name, file)
    typed, faults = check_frame(table, checked.frame, file)
    for name in columns:
        if name in typed.columns and len(typed):
            typed[name] = typed[name].mask(hidden[name].reindex(typed.index, fill_value=False))
    return Checked(typed, checked.faults + faults, checked.notes)


def _words(rule: str) -> frozenset[str]:
    # Files are read as we know publishers today, whichever year they describe.
    return frozenset(load_rule(_ROOM, rule).at(dt.date.max).value)


def _hidden(checked: Checked, name: str, file: str) -> pd.Series:
    """Name the marks that stand instead of a count; let the rest of the check see noughts there."""
    text = checked.frame[name].astype("string").str.strip()
    marked = text.str.lower().isin(_words("suppression_marks"))
    if marked.any():
        first = marked.idxmax()
        marks = ", ".join(f"'{mark}'" for mark in sorted(set(text[marked])))
        what = f"the publisher hid or left out counts of people: the mark {marks} stands instead"
        do = "Use the full figures, or larger bands that are not hidden; nought is no substitute."
        checked.faults.append(
            Fault(file, what, do, "suppressed-people", row=int(first), column=name, rows=marked.sum())
        )
        checked.frame = checked.frame.assign(**{name: text.mask(marked, "0")})
    return marked


def _turn_males(checked: Checked, name: str, file: str) -> None:
    """Name males stored as negatives, as files made for a population pyramid have them."""
    if "sex" not in checked.frame.columns:
        return
    number = pd.to_numeric(checked.frame[name], errors="coerce")
    male = checked.frame["sex"].astype("string").str.strip().eq("male").fillna(False).astype(bool)
    counted = number[male & (number != 0)].dropna()
    if counted.empty or not (counted < 0).all():
        return
    what = "every count of males is negative, as for drawing a population pyramid"
    do = "Take the minus sign away, or name the publisher's column of plain counts."
    row = int(counted.index[0])
    checked.faults.append(Fault(file, what, do, "negative-males", row=row, column=name, rows=len(counted)))
    checked.frame = checked.frame.assign(**{name: checked.frame[name].mask(male, number.abs().astype("string"))})


def _take_out_totals(checked: Checked, file: str) -> None:
    """Compare rows that add up sexes or ages with their parts, and leave them out."""
    frame, words = checked.frame, _words("total_words")
    total = {name: frame[name].astype("string").str.strip().str.lower().isin(words) for name in ("sex", "age_from")}
    extra = total["sex"] | total["age_from"]
    if not extra.any() or extra.all():
        return
    people = pd.to_numeric(frame["people"], errors="coerce").abs()
    wrong = []
    for over in (("sex",), ("age_from",), ("sex", "age_from")):
        rows = extra & (total["sex"] == ("sex" in over)) & (total["age_from"] == ("age_from" in over))
        wrong += _unequal(
            frame, people, rows, ~extra, by=[k for k in ("zone", "year", "sex", "age_from") if k not in over]
        )
    checked.frame = frame[~extra]
    if not wrong:
        checked.notes.append(f"{file}: {int(extra.sum()):,} rows of totals agree with their parts and were left out")
        return
    row, said, summed = min(wrong)
    zone = frame.at[row, "zone"]
    what = f"the total of {zone} says {said:,.0f} people, but its parts add up to {summed:,.0f}"
    do = "Find out which is right; rows of totals may also be left out."
    checked.faults.append(Fault(file, what, do, "total-not-parts", row=row, column="people", rows=len(wrong)))


def _unequal(
    frame: pd.DataFrame, people: pd.Series, rows: pd.Series, parts: pd.Series, *, by: list[str]
) -> list[tuple[int, float, float]]:
    """Give the row, its figure and the sum of its parts, for each total that they do not make."""
    summed = people[parts].groupby([frame.loc[parts, name] for name in by]).sum()
    found = []
    for row in frame.index[rows]:
        key = tuple(frame.loc[row, by])
        parts_sum = float(summed.get(key if len(by) > 1 else key[0], 0.0))
        if pd.notna(people[row]) and float(people[row]) != parts_sum:
            found.append((int(row), float(people[row]), parts_sum))
    return found
