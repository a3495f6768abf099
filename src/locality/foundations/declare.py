"""Declared tables: each column said once, with type, unit, allowed values, gaps and meaning.

Checks, reference docs and made-up data are all made from these declarations.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum


class Kind(Enum):
    """What a column holds, in words that a planner would use."""

    TEXT = "text"
    CODE = "code"
    WHOLE = "whole number"
    NUMBER = "number"
    PENCE = "whole pence"
    DATE = "date"
    YEAR = "financial year"
    YES_NO = "yes or no"


@dataclass(frozen=True)
class Column:
    """One column of a declared table.

    Args:
        name: As it stands in the file's header.
        kind: What it holds.
        description: What it means, in one sentence.
        unit: Unit of a number ("people", "bed days", "ratio").
        nullable: Whether a cell may be empty.
        optional: Whether the whole column may be missing.
        allowed: The only values that it may have.
        pattern: Regular expression that a code must match in full.
        pattern_says: The same in words, for the error message.
        minimum: Smallest number allowed.
        maximum: Largest number allowed.
    """

    name: str
    kind: Kind
    description: str
    unit: str = ""
    nullable: bool = False
    optional: bool = False
    allowed: tuple[str, ...] = ()
    pattern: str | None = None
    pattern_says: str = ""
    minimum: float | None = None
    maximum: float | None = None

    def __post_init__(self) -> None:
        """Refuse a declaration that would check nothing."""
        if self.pattern is not None:
            re.compile(self.pattern)
            assert self.pattern_says, f"{self.name}: say the pattern in words"


@dataclass(frozen=True)
class Table:
    """A declared table.

    Args:
        name: Plural noun; the key under ``[tables]`` in partnership.toml.
        description: What one row is.
        columns: Its columns.
        key: Columns that together name a row; no two rows share them.
        person_level: Whether rows are about single people (never leaves the analyst's environment).
    """

    name: str
    description: str
    columns: tuple[Column, ...]
    key: tuple[str, ...] = ()
    person_level: bool = False

    def __post_init__(self) -> None:
        """Refuse a key that names no column."""
        assert set(self.key) <= set(self.names), f"{self.name}: key names a column that is not declared"

    @property
    def names(self) -> tuple[str, ...]:
        """All column names, in order."""
        return tuple(column.name for column in self.columns)

    @property
    def needed(self) -> tuple[str, ...]:
        """Names of the columns that a file must have."""
        return tuple(column.name for column in self.columns if not column.optional)

    def column(self, name: str) -> Column:
        """Give a column by its name."""
        return next(column for column in self.columns if column.name == name)
