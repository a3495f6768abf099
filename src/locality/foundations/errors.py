"""Errors that the person who meets them can mend.

Two kinds only leave the library on purpose: `InputRefused` (somebody's file or setting is wrong; exit code 1) and
`ResultRefused` (the input is sound, but what was asked for cannot or must not be given; exit code 3). Anything
else is a mistake of ours.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


class LocalityError(Exception):
    """The common parent of errors that are shown as written."""


@dataclass(frozen=True)
class Fault:
    """One thing that is wrong with an input, and what to do about it.

    Args:
        file: The file's name as the user wrote it.
        what: What is wrong, with the very value that was met (never a person's).
        do: What to do next.
        code: A stable name of this kind of fault, by which the docs explain it.
        row: The row as a spreadsheet counts it (the header is row 1), where one row is at fault.
        column: The column's name.
        rows: How many rows have the same fault.
    """

    file: str
    what: str
    do: str
    code: str
    row: int | None = None
    column: str | None = None
    rows: int = 1

    def __str__(self) -> str:
        """Say it in one sentence or two, place first."""
        place = self.file
        if self.row is not None:
            place += f", row {self.row}"
        if self.column is not None:
            place += f", column {self.column}"
        more = f" ({self.rows:,} rows in all)" if self.rows > 1 else ""
        return f"{place}: {self.what}{more}. {self.do}"


class InputRefused(LocalityError):
    """Raised with every fault that was found, not with the first."""

    def __init__(self, faults: Iterable[Fault]):
        self.faults: tuple[Fault, ...] = tuple(faults)
        super().__init__("\n".join(str(fault) for fault in self.faults))


class ResultRefused(LocalityError):
    """Raised when a sound input leads to a result that cannot or must not be given.

    Args:
        reason: What is impossible, in plain words, naming the rule and by how much it misses.
        do: What would make it possible.
    """

    def __init__(self, reason: str, do: str = ""):
        self.reason = reason
        self.do = do
        super().__init__(f"{reason} {do}".strip())
