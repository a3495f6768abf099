"""What a reader of a publisher's file is, and the register of all readers.

A reader knows one layout that a publisher really produces. It gives the declared table's columns as text, row
numbers kept, and leaves every judgement about values to the declaration. Person-level readers give an Ibis
expression instead, because their files may be larger than memory.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pandas as pd

from locality.foundations import Fault, FinancialYear, Table


@dataclass(frozen=True)
class Partnership:
    """Which partnership a folder is about."""

    code: str
    name: str
    nation: str


@dataclass(frozen=True)
class Asked:
    """What a reader is asked to read.

    Args:
        paths: The files, in order.
        names: The same as the user wrote them, for messages and provenance.
        partnership: Whose folder it is; national files are cut to it.
        year: The folder's financial year.
        options: Further keys of the table's entry in partnership.toml.
        resolve: Finds a further file that an option names (raises `InputRefused` when absent).
    """

    paths: tuple[Path, ...]
    names: tuple[str, ...]
    partnership: Partnership
    year: FinancialYear
    options: Mapping[str, Any] = field(default_factory=dict)
    resolve: Callable[[str], Path] = Path


@dataclass(frozen=True)
class RawTable:
    """One file's rows as they stand: text cells under the declared column names, index = row in the file.

    Args:
        frame: The cells.
        file: The file as the user wrote it.
        faults: What is wrong with the file that the declaration cannot know.
        notes: What was left out or made on the way, in whole sentences: no fault, but the user must be told.
    """

    frame: pd.DataFrame
    file: str
    faults: tuple[Fault, ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Reader:
    """A reader of one published layout.

    Args:
        name: As written in partnership.toml.
        table: The declared table that it fills.
        read: Reads small files into text tables, one for each file (None for a person-level reader).
        scan: Person-level: gives an Ibis expression with the declared columns on a connection.
        faults: Person-level: what is wrong with the files that the declaration cannot know.
        publisher: Who publishes the file.
        licence: Under which licence.
        describes: The layout in one sentence, for the reference page.
        national: Whether the file covers more than one partnership and is cut to the folder's zones.
        options: Further keys that it understands, each with its meaning.
    """

    name: str
    table: Table
    publisher: str
    licence: str
    describes: str
    read: Callable[[Asked], list[RawTable]] | None = None
    scan: Callable[[Asked, Any], Any] | None = None
    faults: Callable[[Asked, Any], list[Fault]] | None = None
    national: bool = False
    options: Mapping[str, str] = field(default_factory=dict)


READERS: dict[str, Reader] = {}
"""Every reader by name; filled when the room's modules are imported."""


def register(reader: Reader) -> Reader:
    """Add a reader to the register; two of one name are a mistake of ours."""
    assert reader.name not in READERS, f"two readers are called {reader.name}"
    READERS[reader.name] = reader
    return reader
