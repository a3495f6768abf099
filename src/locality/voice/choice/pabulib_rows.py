"""Split a Pabulib file into sections of rows with names for their cells; rows are counted from the top of the file.

Programs for tables write such files too: then empty cells stand at the end of each row, and names in small letters.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass, field

from locality.foundations import Fault

SECTIONS = ("META", "PROJECTS", "VOTES")
_NEEDED = {"META": ("key", "value"), "PROJECTS": ("project_id", "cost"), "VOTES": ("voter_id", "vote")}
_COUNTED_BY = ("budget", "currency", "default_score", "max_length", "num_projects", "num_votes", "vote_type")
"""What of META a result hangs on, or is checked by: none of it may be said twice in two ways."""

Row = tuple[int, dict[str, str]]


@dataclass
class Reading:
    """A file while it is read.

    Args:
        name: What messages call it.
        faults: All that is wrong so far.
        meta: What the file says about the vote.
        rows: By section, each row with its number.
        is_whole: Whether every section is there with the columns that it needs.
    """

    name: str
    faults: list[Fault] = field(default_factory=list)
    meta: dict[str, str] = field(default_factory=dict)
    rows: dict[str, list[Row]] = field(default_factory=dict)
    is_whole: bool = True

    def amiss(self, what: str, do: str, *, row: int | None = None, column: str | None = None) -> None:
        """Note one fault."""
        self.faults.append(Fault(self.name, what, do, "pabulib-file", row=row, column=column))

    def breaks(self, what: str, do: str, *, row: int | None = None, column: str | None = None) -> None:
        """Note a fault that leaves nothing to be read further."""
        self.is_whole = False
        self.amiss(what, do, row=row, column=column)


def split_sections(reading: Reading, text: str) -> None:
    """Split a file; what is wrong with its form is noted."""
    section, header = "", None
    for row, cells in _rows(reading, text):
        name = cells[0].strip().upper()
        if name in SECTIONS and _filled(cells) == 1:
            section, header = name, None
            if section in reading.rows:
                reading.amiss(f"the section {section} begins a second time", "Keep one of them.", row=row)
            reading.rows.setdefault(section, [])
        elif not section:
            reading.breaks("there is text before the first section", "Begin with the line META.", row=row)
            return
        elif header is None and not (section == "META" and name != "KEY"):
            header = [cell.strip().lower() for cell in cells[: _filled(cells)]]
            _check_header(reading, section, header, row)
        else:
            _add_row(reading, section, header or ["key", "value"], row, cells)
    for one in [each for each in SECTIONS if reading.is_whole and not reading.rows.get(each)]:
        reading.breaks(f"the section {one} is missing or empty", "Add it with its rows.")
    _read_meta(reading)


def _rows(reading: Reading, text: str) -> Iterator[tuple[int, list[str]]]:
    """Give rows with something in them, each with the number of its first line."""
    lines = csv.reader(io.StringIO(text, newline=""), delimiter=";")
    row, do = 1, "Close it with a second one, or take it out."
    while True:
        try:
            cells = next(lines)
        except StopIteration:
            return
        except csv.Error:
            # A cell without an end takes in all that follows, until it is longer than any cell may be.
            reading.breaks("a cell begins with a quotation mark and does not end", do, row=row)
            return
        if any(one in SECTIONS for cell in cells if "\n" in cell or "\r" in cell for one in cell.splitlines()):
            reading.breaks("a cell begins with a quotation mark and ends in another section", do, row=row)
        if _filled(cells):
            yield row, cells
        row = lines.line_num + 1


def _filled(cells: list[str]) -> int:
    """Count cells up to the last with something in it."""
    return next((at for at in range(len(cells), 0, -1) if cells[at - 1].strip()), 0)


def _check_header(reading: Reading, section: str, header: list[str], row: int) -> None:
    for name in _NEEDED[section]:
        if name not in header:
            reading.breaks(f"the section {section} has no column {name}", "Add the column.", row=row, column=name)
    for name in (one for one in (*_NEEDED[section], "points") if header.count(one) > 1):
        reading.breaks(f"the section {section} has two columns {name}", "Keep one of them.", row=row, column=name)


def _add_row(reading: Reading, section: str, header: list[str], row: int, cells: list[str]) -> None:
    filled = _filled(cells)
    if section == "META":
        cells = [cells[0], ";".join(cells[1:filled])]
    elif filled > len(header):
        what = f"it has {filled} cells, and the section {section} has {len(header)} columns"
        reading.amiss(what, "Put a cell that holds a semicolon into quotes.", row=row)
    if section == "VOTES" and "vote" in header and len(cells) <= header.index("vote"):
        reading.amiss("the row ends before its vote", "Add what is missing.", row=row, column="vote")
    if section == "VOTES" and any("\n" in cell for cell in cells):
        do = "Close the quotation mark with which it begins, or take it out."
        reading.amiss("a cell goes on over several rows, so that ballots are lost", do, row=row)
    given = [cell.strip() for cell in cells] + [""] * (len(header) - len(cells))
    reading.rows[section].append((row, dict(zip(header, given, strict=False))))


def _read_meta(reading: Reading) -> None:
    for row, cells in reading.rows.get("META", ()):
        key, said = cells.get("key", "").lower(), cells.get("value", "")
        if key in _COUNTED_BY and reading.meta.get(key, said) != said:
            what = f"{key} is said twice: '{reading.meta[key]}' and '{said}'"
            reading.amiss(what, "Keep what is right.", row=row, column=key)
        reading.meta.setdefault(key, said)
