"""The file of a roll: who has a vote, and where a letter or an e-mail reaches them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any

import pandas as pd
from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from locality.foundations import Column, Fault, InputRefused, Kind, Table, check_frame
from locality_web.areas.zone_file import cells_of
from locality_web.core.models import Locality

COLUMNS = ("reference", "name", "address", "locality")
EMAIL = "email"
_LONGEST_EMAIL = 254
MOST_ROWS = 500_000  # own choice of the founders, 2026-11: the adults of Scotland's largest partnerships
_TABLE = Table(
    "roll",
    "Who has a vote.",
    (
        Column("reference", Kind.TEXT, "What tells two people apart, like a number of a list"),
        Column("name", Kind.TEXT, "The name for the envelope"),
        Column("address", Kind.TEXT, "The address, its lines parted by semicolons"),
        Column("locality", Kind.TEXT, "The locality, by name or code"),
        Column(EMAIL, Kind.TEXT, "The e-mail address of those who asked for one", nullable=True, optional=True),
    ),
    key=("reference",),
)


@dataclass(frozen=True)
class RollRow:
    """One person of a roll."""

    reference: str
    name: str
    address: str
    locality: Locality
    email: str = ""


def read_roll(content: bytes, file: str, there: Iterable[Locality]) -> list[RollRow]:
    """Read a roll, or refuse it with every fault: gaps, people who stand twice, localities that do not vote.

    Args:
        content: The file's bytes.
        file: Its name for messages.
        there: The localities whose people vote.

    Returns:
        Everybody once, in the order of the file.

    Raises:
        InputRefused: All that is wrong, each with row and column; never with anybody's name.
    """
    frame, found = check_frame(_TABLE, cells_of(content, file, most_rows=MOST_ROWS), file)
    # What was met is a person's: the messages say where, not what.
    faults = [_without_person(each) for each in found]
    known = {key.casefold(): each for each in there for key in (each.name, each.code)}
    if "locality" in frame:
        faults += _unknown(frame, file, known)
    if {"name", "address"} <= set(frame):
        faults += _twice(frame, file)
    if EMAIL in frame:
        faults += _not_email(frame, file)
    if faults:
        raise InputRefused(faults)
    return [_row_of(row, known) for row in frame.to_dict("records")]


def _row_of(row: dict[Any, Any], known: dict[str, Locality]) -> RollRow:
    email = "" if pd.isna(row.get(EMAIL)) else _said(row, EMAIL)
    where = known[_said(row, "locality").casefold()]
    return RollRow(_said(row, "reference"), _said(row, "name"), _lines(row), where, email)


def _without_person(fault: Fault) -> Fault:
    if fault.code == "missing-column":
        return replace(fault, do=f"The file needs the columns {', '.join(COLUMNS)}.")
    if fault.code == "duplicate-key":
        return replace(fault, what="this reference stands twice", do="Keep each person once.")
    return fault


def _unknown(frame: pd.DataFrame, file: str, known: dict[str, Locality]) -> Iterator[Fault]:
    for row, name in frame["locality"].dropna().items():
        if name.strip().casefold() not in known:
            what = f"'{name}' is no locality whose people vote"
            yield Fault(
                file, what, "Write its name as its page has it.", "no-locality", row=_row(row), column="locality"
            )


def _twice(frame: pd.DataFrame, file: str) -> Iterator[Fault]:
    seen: Counter[tuple[str, str]] = Counter()
    for row, name, address in zip(frame.index, frame["name"], frame["address"], strict=True):
        if pd.isna(name) or pd.isna(address):
            continue
        person = (" ".join(str(name).casefold().split()), " ".join(str(address).casefold().split()))
        seen[person] += 1
        if seen[person] > 1:
            what, do = "somebody of the same name at the same address stands above", "Keep each person once."
            yield Fault(file, what, do, "roll-twice", row=_row(row), column="name")


def _not_email(frame: pd.DataFrame, file: str) -> Iterator[Fault]:
    for row, typed in frame[EMAIL].dropna().items():
        try:
            validate_email(typed.strip())
            wrong = len(typed.strip()) > _LONGEST_EMAIL
        except ValidationError:
            wrong = True
        if wrong:
            do = "Write it like name@example.org, or leave the cell empty."
            yield Fault(file, "this is not an e-mail address", do, "roll-email", row=_row(row), column=EMAIL)


def _row(at: Any) -> int:
    return int(str(at))


def _said(row: dict[Any, Any], column: str) -> str:
    return str(row[column]).strip()


def _lines(row: dict[Any, Any]) -> str:
    return "\n".join(line.strip() for line in _said(row, "address").replace("\n", ";").split(";") if line.strip())
