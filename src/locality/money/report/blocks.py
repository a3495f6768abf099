"""What a page is made of: sections, and the few kinds of block that stand in them.

Each kind has one macro in the template. Figures and tables are numbered, so that a board paper can cite them and
every scroll region has a name of its own.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import count
from typing import ClassVar

from markupsafe import Markup


@dataclass(frozen=True)
class Heading:
    """The heading of a column.

    Args:
        text: What it says.
        kind: `number` (right-aligned), `text`, or `code` (hashes and identifiers, which may break anywhere).
    """

    text: str
    kind: str = "number"


@dataclass(frozen=True)
class PageTable:
    """A table of cells that are already written as text; the first cell of a row is its heading."""

    kind: ClassVar[str] = "table"
    number: int
    caption: str
    headings: tuple[Heading, ...]
    rows: tuple[tuple[str, ...], ...]
    totals: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True)
class Swatch:
    """One entry of a figure's key: the class of a mark, and what the mark means."""

    mark: str
    text: str


@dataclass(frozen=True)
class Figure:
    """One or several charts under one number, with a sentence that says what they show and the table of the same."""

    kind: ClassVar[str] = "figure"
    number: int
    title: str
    says: str
    charts: tuple[Markup, ...]
    tables: tuple[PageTable, ...]
    key: tuple[Swatch, ...] = ()
    layout: str = "under"  # `under`, or `beside`: chart and table side by side where the page is wide


@dataclass(frozen=True)
class Prose:
    """Paragraphs."""

    kind: ClassVar[str] = "prose"
    paragraphs: tuple[str, ...]


@dataclass(frozen=True)
class Points:
    """A list."""

    kind: ClassVar[str] = "points"
    items: tuple[str, ...]


@dataclass(frozen=True)
class Warned:
    """A box for what limits a figure's use."""

    kind: ClassVar[str] = "warned"
    title: str
    items: tuple[str, ...]


@dataclass(frozen=True)
class Terms:
    """Words and what they mean."""

    kind: ClassVar[str] = "terms"
    pairs: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Fold:
    """Blocks behind a line that opens and closes them."""

    kind: ClassVar[str] = "fold"
    line: str
    blocks: tuple[Block, ...]
    is_open: bool = False


Block = PageTable | Figure | Prose | Points | Warned | Terms | Fold


@dataclass(frozen=True)
class Section:
    """A part of the page with its own heading and its entry in the contents."""

    anchor: str
    title: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True)
class Numbers:
    """Hands out the numbers of figures and tables in the order of the page."""

    figures: Iterator[int] = field(default_factory=lambda: count(1))
    tables: Iterator[int] = field(default_factory=lambda: count(1))

    def table(
        self,
        caption: str,
        headings: Sequence[Heading | str],
        rows: Sequence[Sequence[str]],
        totals: Sequence[Sequence[str]] = (),
    ) -> PageTable:
        """Make the next table; a heading given as plain text stands over numbers, the first over names."""
        made = tuple(
            heading if isinstance(heading, Heading) else Heading(heading, "number" if place else "text")
            for place, heading in enumerate(headings)
        )
        return PageTable(
            next(self.tables), caption, made, tuple(tuple(row) for row in rows), tuple(tuple(row) for row in totals)
        )
