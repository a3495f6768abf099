"""What a published plan is made of, before anything is known of paper or screen.

Every published form (web page, PDF, Word) is written from the same `Document`, so that all show the same figures in
the same words. Money stays whole pence until `say_cell` writes it.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import Literal

from locality.foundations import say_pounds

CellKind = Literal["text", "pence", "estimate", "change", "count", "ratio"]
"""How a column is written: words, an amount, an estimate in whole pounds, an amount with its sign, a whole number, a
ratio as per cent with sign."""

Cell = str | int | float | None

NOT_KNOWN = "not known"
NO_NAME = "Without a name"


@dataclass(frozen=True)
class Heading:
    """A heading: its words, its level from 1 (a part of the document) to 3, and its address on the page."""

    text: str
    level: int
    id: str


@dataclass(frozen=True)
class Paragraph:
    """A paragraph. Lines are kept apart by line ends; a notice stands out from the text around it."""

    text: str
    id: str = ""
    is_notice: bool = False


@dataclass(frozen=True)
class Item:
    """One point of a list."""

    text: str
    id: str = ""


@dataclass(frozen=True)
class Items:
    """A list of points; numbered where the order says something."""

    items: tuple[Item, ...]
    is_numbered: bool = False


@dataclass(frozen=True)
class Column:
    """A column: its heading, and how what stands under it is written."""

    heading: str
    kind: CellKind = "text"


@dataclass(frozen=True)
class Row:
    """A row: the first cell names it. None in a cell of money: the amount is not known."""

    cells: tuple[Cell, ...]
    id: str = ""
    is_total: bool = False


@dataclass(frozen=True)
class Table:
    """A table with its caption; the first column holds the headings of the rows."""

    id: str
    caption: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]


Block = Heading | Paragraph | Items | Table


@dataclass(frozen=True)
class Document:
    """A published plan in its parts.

    Args:
        title: Title.
        subtitle: Whose it is.
        language: Language of the text, like "en-GB".
        status: "draft" or "agreed".
        is_made_up: Whether it is an example with made-up figures.
        hash: SHA-256 of the plan's canonical JSON.
        parts: Headings, paragraphs, lists and tables in order.
    """

    title: str
    subtitle: str
    language: str
    status: Literal["draft", "agreed"]
    is_made_up: bool
    hash: str
    parts: tuple[Block, ...]


def say_cell(cell: Cell, kind: CellKind) -> str:
    """Write one cell as people read it: the same words in every published form.

    Args:
        cell: Words, whole pence, a whole number, or None where it is not known.
        kind: How the column is written.

    Returns:
        The text; an amount that is not known says so.

    Example:
        >>> say_cell(123456, "pence"), say_cell(500, "change"), say_cell(None, "pence")
        ('£1,234.56', '+£5.00', 'not known')
    """
    if cell is None:
        return "" if kind == "text" else NOT_KNOWN
    if isinstance(cell, str):
        return cell
    if kind == "ratio":
        said = f"{cell:+.1%}"
        return "0.0%" if said in ("+0.0%", "-0.0%") else said
    if kind == "estimate":
        # To the penny an estimate would claim more than anybody knows; open data have every penny.
        return say_pounds(int(cell), whole=True)
    if isinstance(cell, float) or kind == "count":
        return f"{cell:,}"
    return f"+{say_pounds(cell)}" if kind == "change" and cell > 0 else say_pounds(cell)


def say_foot(document: Document) -> str:
    """Say at the foot of every page what it is of, and whether that is an example or a draft."""
    example = "Example. " if document.is_made_up else ""
    return f"{example}{document.title}{' (draft)' if document.status == 'draft' else ''}"


def amounts_in(document: Document) -> tuple[int, ...]:
    """Give every amount of a document's tables in pence, in order.

    Args:
        document: The document.

    Returns:
        Pence, one for each cell of money that is known.
    """
    return tuple(
        cell
        for part in document.parts
        if isinstance(part, Table)
        for row in part.rows
        for cell, column in zip(row.cells, part.columns, strict=True)
        if isinstance(cell, int) and column.kind in ("pence", "change")
    )


def anchor(*names: str) -> str:
    """Make the address of a place on a page from stable codes and names.

    Example:
        >>> anchor("line", "home-care", "core")
        'line-home-care-core'
        >>> anchor("heading", "Care at home & respite")
        'heading-care-at-home-respite'
    """
    plain = unicodedata.normalize("NFKD", "-".join(names))
    return re.sub(r"[^a-z0-9_]+", "-", plain.encode("ascii", "ignore").decode().lower()).strip("-")


def finish(parts: Iterable[Block]) -> tuple[Block, ...]:
    """Make every address stand once (a second one of the same name gets a number) and every text fit for any form."""
    taken: set[str] = set()

    def own(id: str) -> str:
        number, found = 1, id
        while found and found in taken:
            number += 1
            found = f"{id}-{number}"
        taken.add(found)
        return found

    return tuple(_finish_block(part, own) for part in parts)


def _finish_block(part: Block, own: Callable[[str], str]) -> Block:
    if isinstance(part, Items):
        return replace(part, items=tuple(Item(plain_text(item.text), own(item.id)) for item in part.items))
    if isinstance(part, Table):
        id = own(part.id)
        rows = tuple(replace(row, id=own(row.id), cells=tuple(map(_plain_cell, row.cells))) for row in part.rows)
        columns = tuple(replace(column, heading=plain_text(column.heading)) for column in part.columns)
        return Table(id, plain_text(part.caption), columns, rows)
    if isinstance(part, Heading):
        # A heading without words would be none to a screen reader, and PDF/UA refuses it.
        return Heading(" ".join(plain_text(part.text).split()) or NO_NAME, part.level, own(part.id))
    return replace(part, id=own(part.id), text=plain_text(part.text))


def _plain_cell(cell: Cell) -> Cell:
    return plain_text(cell) if isinstance(cell, str) else cell


def plain_text(text: str) -> str:
    """Take out what no published form can hold: control signs, halves of signs, line ends of other systems."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    return "".join(sign for sign in lines if sign in "\n\t" or not _is_unprintable(sign))


def _is_unprintable(sign: str) -> bool:
    return unicodedata.category(sign) in ("Cc", "Cs") or ord(sign) & 0xFFFE == 0xFFFE
