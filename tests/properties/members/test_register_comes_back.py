"""A register that was written as a spreadsheet and is read again is the same register."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from locality.members import (
    CHOSEN,
    SHOWN,
    TOLD,
    GroupKind,
    Kind,
    RegisterKinds,
    RegisterRow,
    read_register,
    write_register_csv,
    write_register_workbook,
)

KINDS = RegisterKinds(
    groups=(GroupKind("carers", "Carers", "HSCI 11"), GroupKind("housing", "Housing", "HSCI 11")),
    organisation_kinds=(Kind("council", "Council"),),
    localities={"leven": "Levenmouth", "cupar": "Cupar", "": "Fife"},
)
letters = st.characters(categories=("L", "N", "P", "S"), include_characters=" '=+-@,;\"", exclude_characters="_")
line = st.text(letters, min_size=1, max_size=20).map(lambda text: " ".join(text.split())).filter(bool)
lines = st.lists(line, max_size=3)
day = st.dates(dt.date(2015, 1, 1), dt.date(2040, 1, 1))


@st.composite
def seats(draw):
    starts = draw(day)
    return {
        "group": draw(st.sampled_from(["carers", "housing"])),
        "seat": draw(st.just("") | line),
        "locality": draw(st.sampled_from(["leven", "cupar", ""])),
        "starts": starts,
        "ends": draw(st.none() | day.filter(lambda each: each >= starts)),
        "chosen": draw(st.sampled_from(list(CHOSEN))),
    }


@st.composite
def rows(draw):
    """Somebody on no, one or several seats."""
    who = draw(st.integers(0, 10**6))
    email = draw(st.sampled_from(["", f"p{who}@example.org"]))
    address = "\n".join(draw(lines))
    ways = [way for way in TOLD if way == "none" or (address if way == "paper" else email)]
    organisation = draw(st.just("") | line)
    person = RegisterRow(
        name=f"Person {who} {draw(line)}",
        organisation=organisation,
        organisation_kind="council" if organisation and draw(st.booleans()) else "",
        interests=tuple(draw(lines)),
        email=email,
        telephone=draw(st.just("") | line),
        address=address,
        notices=draw(st.sampled_from(ways)),
        shown=draw(st.sampled_from(list(SHOWN))),
    )
    return [replace(person, **each) for each in draw(st.lists(seats(), max_size=3))] or [person]


registers = st.lists(rows(), min_size=1, max_size=4, unique_by=lambda each: each[0].person).map(
    lambda people: [row for person in people for row in person]
)


def numbered(register):
    return tuple(replace(row, row=number) for number, row in enumerate(register, start=2))


@settings(max_examples=60, deadline=None)
@given(registers)
def test_a_csv_file_comes_back_unchanged(register):
    assert read_register(write_register_csv(register, KINDS), "r.csv", KINDS) == numbered(register)


@settings(max_examples=20, deadline=None)
@given(registers)
def test_a_workbook_comes_back_unchanged(register):
    assert read_register(write_register_workbook(register, KINDS), "r.xlsx", KINDS) == numbered(register)
