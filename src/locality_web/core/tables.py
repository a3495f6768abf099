"""Tables as pages show them and as files give them, from one declaration.

    Table("Fair shares", [Column("Locality"), Column("Fair share", "pounds")], [["Levenmouth", 123456]],
          totals=["All", 123456], csv="/fife/money/shares.csv")

In a template: `{% show_table table %}`. The same table as a file: `csv_out.table_response(name, table)`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import slugify

from locality.foundations import pounds_from_pence, say_pounds
from locality_web.core.languages import tell
from locality_web.core.words import say

Kind = Literal["text", "number", "people", "pounds", "pence", "percent", "change", "year"]
_NUMERIC = {"number", "people", "pounds", "pence", "percent", "change"}


@dataclass(frozen=True)
class Column:
    """A column: its heading and what it holds ("pounds" and "pence" are given in pence; "pence" shows them)."""

    title: str
    kind: Kind = "text"

    @property
    def is_numeric(self) -> bool:
        """Whether its cells are figures."""
        return self.kind in _NUMERIC


@dataclass(frozen=True)
class Link:
    """A cell that leads somewhere."""

    text: str
    address: str

    def __str__(self) -> str:
        """The text."""
        return self.text


@dataclass(frozen=True)
class Noted:
    """A cell with what is said of it beneath, a line each; a file has the cell alone."""

    cell: str | Link
    notes: tuple[str, ...]

    @property
    def address(self) -> str:
        """Where the cell leads."""
        return getattr(self.cell, "address", "")

    def __str__(self) -> str:
        """The cell's text."""
        return str(self.cell)


@dataclass(frozen=True)
class Cell:
    """A cell as it is shown."""

    text: str
    is_numeric: bool
    address: str = ""
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Table:
    """A table: the first cell of each row is the row's heading; `csv` is the address of the same figures as a file."""

    caption: str
    columns: Sequence[Column]
    rows: Sequence[Sequence[Any]]
    totals: Sequence[Any] | None = None
    csv: str = ""
    note: str = ""
    empty: str = "There is nothing to show yet."
    name: str = field(default="")

    def __post_init__(self) -> None:
        """Refuse a row that does not fit the headings: that is a mistake of ours."""
        for row in [*self.rows, *([self.totals] if self.totals is not None else [])]:
            if len(row) != len(self.columns):
                raise ValueError(f"a row of '{self.caption}' has {len(row)} cells for {len(self.columns)} columns")

    @property
    def identity(self) -> str:
        """An id for the page; give `name` where two tables share a caption."""
        return f"table-{slugify(self.name or self.caption)}"

    def cells(self) -> list[list[Cell]]:
        """Give the rows as they are shown."""
        return [self._shown(row) for row in self.rows]

    def total_cells(self) -> list[Cell]:
        """Give the totals as they are shown."""
        # A column that cannot be added up has an empty total: nothing is unknown there.
        return self._shown(["" if cell is None else cell for cell in self.totals]) if self.totals is not None else []

    def _shown(self, row: Sequence[Any]) -> list[Cell]:
        return [
            Cell(show_cell(cell, column.kind), column.is_numeric, getattr(cell, "address", ""), _notes(cell))
            for cell, column in zip(row, self.columns, strict=True)
        ]

    def rows_html(self) -> SafeString:
        """Write the rows as HTML: a template asked for each cell took ten times as long on tables of a whole plan."""
        return mark_safe("".join(_row_html(row) for row in self.cells()))  # noqa: S308  # each text is escaped there

    def totals_html(self) -> SafeString:
        """Write the totals as HTML."""
        return _row_html(self.total_cells())

    def plain(self) -> list[list[Any]]:
        """Give all rows as a file has them: money as pounds with pence, ratios as they are."""
        rows = [*self.rows, *([self.totals] if self.totals is not None else [])]
        return [[plain_cell(cell, column.kind) for cell, column in zip(row, self.columns, strict=True)] for row in rows]


def _row_html(row: Sequence[Cell]) -> SafeString:
    cells = [f'<th scope="row">{_inner_html(row[0])}</th>'] if row else []
    for cell in row[1:]:
        kind = ' class="lp-number"' if cell.is_numeric else ""
        cells.append(f"<td{kind}>{_inner_html(cell)}</td>")
    return mark_safe(f"<tr>{''.join(cells)}</tr>")  # noqa: S308  # each text was escaped


def _inner_html(cell: Cell) -> str:
    text = conditional_escape(cell.text)
    shown = f'<a href="{conditional_escape(cell.address)}">{text}</a>' if cell.address else text
    notes = (f'<span class="lp-beneath">{conditional_escape(note)}</span>' for note in cell.notes)
    return f"{shown}{''.join(notes)}"


def _notes(cell: Any) -> tuple[str, ...]:
    return cell.notes if isinstance(cell, Noted) else ()


def show_cell(cell: Any, kind: Kind) -> str:
    """Write a cell for people."""
    if cell is None:
        return tell("not known") if kind in _NUMERIC else ""
    if isinstance(cell, str | Link | Noted) or kind in ("text", "year"):
        return str(cell)
    if kind == "pence":
        return say_pounds(int(cell)).replace("-", "−")
    return say(cell, kind)  # type: ignore[arg-type]


def plain_cell(cell: Any, kind: Kind) -> Any:
    """Write a cell for a file; what is not known stays empty."""
    if cell is None:
        return ""
    if kind in ("pounds", "pence") and isinstance(cell, int):
        return str(pounds_from_pence(cell))
    return cell if isinstance(cell, int | float | str) else str(cell)
