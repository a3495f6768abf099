"""Keeps everything about single people out of a release, whatever an analyst hands in."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

import pandas as pd

from locality.foundations import ResultRefused, Table, load_rule

ROOM = "locality.release"


def refuse_person_level(tables: Iterable[Table], frames: Mapping[str, pd.DataFrame], day: dt.date) -> None:
    """Refuse tables that are about single people, or columns that no table of a release has.

    Args:
        tables: The declarations.
        frames: The analyst's tables by name.
        day: The day of the release.

    Raises:
        ResultRefused: Names the tables and columns, never a value.
    """
    forbidden = _forbidden(day)
    declared = list(tables)
    about_people = [table.name for table in declared if table.person_level]
    if about_people:
        raise ResultRefused(
            f"These tables are about single people and never leave: {', '.join(about_people)}.", "Leave them out."
        )
    for table in declared:
        columns = [str(column) for column in frames[table.name].columns]
        personal = [column for column in columns if column.strip().lower() in forbidden]
        if personal:
            raise ResultRefused(
                f"Table {table.name} has columns about single people: {', '.join(personal)}.",
                "Leave them out; a release holds no person-level data.",
            )
        undeclared = [column for column in columns if column not in table.names]
        if undeclared:
            raise ResultRefused(
                f"Table {table.name} has columns that a release does not hold: {', '.join(undeclared)}.",
                "Leave them out.",
            )


def refuse_person_level_keys(values: Mapping[str, Any], day: dt.date) -> None:
    """Refuse plain values that carry a key for single people or for counts that suppression has not seen.

    Raises:
        ResultRefused: Names the keys with their places.
    """
    forbidden = _forbidden(day) | frozenset(load_rule(ROOM, "count_names").at(day).value)
    found = [place for place, key in _keys(values, "") if key.strip().lower() in forbidden]
    if found:
        raise ResultRefused(
            f"The summary or the parameters hold values about people: {', '.join(found)}.",
            "Leave them out; counts of service users leave only in the table service_users.",
        )


def _forbidden(day: dt.date) -> frozenset[str]:
    return frozenset(load_rule(ROOM, "person_level_names").at(day).value)


def _keys(value: object, place: str) -> Iterator[tuple[str, str]]:
    if isinstance(value, Mapping):
        for key, inner in value.items():
            here = f"{place}.{key}" if place else str(key)
            yield here, str(key)
            yield from _keys(inner, here)
    elif isinstance(value, Sequence) and not isinstance(value, str):
        for inner in value:
            yield from _keys(inner, f"{place}[]")
