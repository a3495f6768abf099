"""Spaces before or after a text: invisible, and enough to keep two tables from matching."""

from __future__ import annotations

from dataclasses import dataclass, field

import pandas as pd

from locality.foundations import Fault, Kind, Table

# Texts by which tables are matched, or which stand in headings; elsewhere a space does no harm.
_NAMES = frozenset({"name", "service", "heading", "need_programme", "area", "line", "council"})


@dataclass
class Trimmed:
    """A table of text without spaces around its texts, with what must be said about it."""

    frame: pd.DataFrame
    faults: list[Fault] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def trim_texts(table: Table, raw: pd.DataFrame, file: str, *, own: bool) -> Trimmed:
    """Take spaces away around texts.

    A publisher's file cannot be mended by its user, so it is cleaned with a note; in a partnership's own file a name
    with spaces is a fault, because the same name will be met elsewhere.

    Args:
        table: The declaration.
        raw: Cells as text; index = row in the file.
        file: The file's name for messages.
        own: Whether the file is the partnership's own.

    Returns:
        The table without those spaces, and what was met. Codes of own files are left to the declaration's check.
    """
    kinds = (Kind.TEXT,) if own else (Kind.TEXT, Kind.CODE)
    trimmed = Trimmed(raw)
    for column in table.columns:
        if column.kind in kinds and column.name in raw.columns:
            _trim_column(trimmed, column.name, file, own=own)
    return trimmed


def _trim_column(trimmed: Trimmed, name: str, file: str, *, own: bool) -> None:
    text = trimmed.frame[name].astype("string")
    bare = text.str.strip()
    wide = (text != bare).fillna(False).astype(bool)
    if not wide.any():
        return
    trimmed.frame = trimmed.frame.assign(**{name: bare})
    first, rows = text[wide].iloc[0], int(wide.sum())
    if not own:
        trimmed.notes.append(f"{file}: spaces around {rows:,} cells of {name} were taken away, '{first}' for example")
    elif name in _NAMES:
        what = f"'{first}' has spaces around it, so it does not match the same name elsewhere"
        row = int(text.index[wide][0])
        do = "Take the spaces away."
        trimmed.faults.append(Fault(file, what, do, "spaces-around", row=row, column=name, rows=rows))
