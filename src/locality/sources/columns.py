"""Small steps that every reader takes: the columns it needs, its options, the spelling of a place."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

import pandas as pd

from locality.foundations import Fault, InputRefused


def refusal(file: str, what: str, do: str, code: str) -> InputRefused:
    """Make the error of a file that cannot be read any further."""
    return InputRefused([Fault(file, what, do, code)])


def need_columns(cells: pd.DataFrame, file: str, *names: str) -> None:
    """Refuse a file that lacks columns of its published layout, naming all of them.

    Raises:
        InputRefused: One fault for each missing column.
    """
    found = ", ".join(str(name) for name in list(cells.columns)[:12])
    faults = [
        Fault(
            file,
            f"there is no column '{name}', which the published file has; the columns are: {found}",
            "Use the file as it was published, or another reader.",
            "missing-column",
            column=name,
        )
        for name in names
        if name not in cells.columns
    ]
    if faults:
        raise InputRefused(faults)


def take_columns(cells: pd.DataFrame, file: str, published: Mapping[str, str]) -> pd.DataFrame:
    """Give columns under their declared names.

    Args:
        cells: The file's cells.
        file: Its name for messages.
        published: Declared name to the publisher's name.

    Returns:
        Those columns in that order, rows and row numbers as they were.

    Raises:
        InputRefused: A column is missing.
    """
    need_columns(cells, file, *published.values())
    taken = cells[list(published.values())]
    return taken.set_axis(list(published), axis=1)


def option_texts(options: Mapping[str, Any], name: str) -> tuple[str, ...]:
    """Give an option that may be one text or a list of texts; nothing when it was not set."""
    value = options.get(name, ())
    return (value,) if isinstance(value, str) else tuple(str(one) for one in value)


def option_text(options: Mapping[str, Any], name: str, otherwise: str = "") -> str:
    """Give an option that is one text."""
    return str(options.get(name, otherwise))


def numbers(texts: pd.Series) -> pd.Series:
    """Read text as numbers; what is no number is missing, because the declaration names it later."""
    return pd.to_numeric(texts.astype("string").str.replace(",", ""), errors="coerce").astype("Float64")


def counted(cells: pd.DataFrame, column: str, file: str) -> pd.Series:
    """Read a column that a reader adds up, where a gap would silently make the sum too small.

    Raises:
        InputRefused: A cell is empty or no number; its first row is named.
    """
    amounts = numbers(cells[column])
    wrong = cells.index[amounts.isna()]
    if len(wrong):
        shown = cells.at[wrong[0], column]
        what = "the cell is empty" if pd.isna(shown) else f"'{shown}' is not a number"
        do = "Correct it: the rows are added up, and one missing would make the sum too small."
        raise InputRefused([Fault(file, what, do, "not-number", int(wrong[0]), column, len(wrong))])
    return amounts


def as_text(amounts: pd.Series) -> pd.Series:
    """Write numbers as text that reads back to the same numbers; missing ones stay missing."""
    return amounts.astype("Float64").map(lambda amount: repr(float(amount)), na_action="ignore").astype("string")


def place_key(name: str) -> str:
    """Give a place's name without what publishers spell differently.

    Example:
        >>> place_key("Argyll & Bute ") == place_key("Argyll and Bute")
        True
    """
    plain = name.replace("&", " and ").replace("’", "'").casefold()
    return re.sub(r"[\s,]+", " ", plain).strip()
