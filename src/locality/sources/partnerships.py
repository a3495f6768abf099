"""Finds the folder's partnership in a national file, and reads several files without one fault hiding another."""

from __future__ import annotations

import datetime as dt
import difflib
from collections.abc import Callable, Iterable
from functools import cache
from pathlib import Path

import pandas as pd

from locality.foundations import Fault, InputRefused, load_rule
from locality.sources.columns import place_key
from locality.sources.readers import Asked, RawTable


def read_each(asked: Asked, read: Callable[[Path, str], RawTable]) -> list[RawTable]:
    """Read every file; one that is refused has no rows and its faults.

    Args:
        asked: The files.
        read: Reads one from its path and its name.

    Returns:
        One table for each file, in order.
    """
    return [_read_or_say(read, path, name) for path, name in zip(asked.paths, asked.names, strict=True)]


def _read_or_say(read: Callable[[Path, str], RawTable], path: Path, name: str) -> RawTable:
    try:
        return read(path, name)
    except InputRefused as refused:
        return RawTable(pd.DataFrame(), name, refused.faults)


@cache
def partnership_names() -> dict[str, str]:
    """Give the name of every Scottish partnership by its code.

    Source:
        `rules/scottish_partnerships.yaml`.
    """
    names: dict[str, str] = load_rule("locality.sources", "scottish_partnerships").at(dt.date.max).value
    return names


def rows_of_partnership(codes: pd.Series, asked: Asked, file: str) -> pd.Series:
    """Say which rows are about the folder's partnership.

    Args:
        codes: The partnership's code in each row.
        asked: Whose folder it is.
        file: The file's name for messages.

    Returns:
        True or False for each row, True at least once.

    Raises:
        InputRefused: No row is; the fault names the partnerships that come near, or all that the file has.
    """
    ours = codes.eq(asked.partnership.code).fillna(False).astype(bool)
    if not ours.any():
        raise InputRefused([_absent(codes.dropna().unique(), asked, file)])
    return ours


def _absent(codes: Iterable[str], asked: Asked, file: str) -> Fault:
    code, name = asked.partnership.code, asked.partnership.name
    there = {one: partnership_names().get(one, "") for one in sorted(codes)}
    near = _near(there, code, name)
    said = ", ".join(f"{one} {title}".strip() for one, title in (near or there).items())
    what = f"it has no rows of {code} ({name}); {'near to it' if near else 'it has'}: {said}"
    do = "Correct the partnership's code in partnership.toml, or use a file that covers it."
    return Fault(file, what, do, "partnership-not-in-file")


def _near(there: dict[str, str], code: str, name: str) -> dict[str, str]:
    """Give the partnerships that may have been meant; none when the code is a right one that the file lacks."""
    if code in partnership_names():
        return {}
    keys = {one: place_key(title) for one, title in there.items() if title}
    titles = difflib.get_close_matches(place_key(name), list(keys.values()), n=3, cutoff=0.75)
    return {one: there[one] for one, key in keys.items() if key in titles}
