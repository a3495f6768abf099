"""The file of zones: which zone is in which locality, written and read in one form, so that it can go round."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from dataclasses import replace

import pandas as pd

from locality.areas import check_membership
from locality.foundations import Column, Fault, InputRefused, Kind, Table, check_frame
from locality.foundations.core_tables import zone_column
from locality_web.areas.dividing import ZoneRow
from locality_web.areas.models import ZoneIn
from locality_web.core.csv_out import safe_cell

COLUMNS = ("zone", "zone_name", "locality", "locality_name")
_TABLE = Table(
    "localities",
    "The locality of every zone.",
    (
        zone_column(),
        Column("zone_name", Kind.TEXT, "The publisher's name of the zone", nullable=True, optional=True),
        Column("locality", Kind.CODE, "The locality's code"),
        Column("locality_name", Kind.TEXT, "The locality's name", nullable=True, optional=True),
    ),
    key=("zone",),
)
# Three times the zones of the largest partnership; a longer file is another file.
MOST_ROWS = 20_000
_CARRY_OVER = "Carry the localities over to these zones first (Localities, “Carry the localities over”)."
_ADD_COLUMN = "Add the column, as the file of today's zones has it."


def zone_rows(zones: Iterable[ZoneIn]) -> Iterator[list[str]]:
    """Give the rows of the file, as `read_zones` reads them."""
    for each in zones:
        yield [each.zone, each.name, each.locality.code, each.locality.name]


def read_zones(content: bytes, file: str, known: dict[str, str]) -> tuple[list[ZoneRow], dict[str, str]]:
    """Read a file of zones, or refuse it with every fault.

    Args:
        content: The file's bytes.
        file: Its name for messages.
        known: Names of the localities that there are already, by code.

    Returns:
        The zones, and the name of each of their localities by code.

    Raises:
        InputRefused: All that is wrong, each with row and column.
    """
    raw = cells_of(content, file)
    frame, found = check_frame(_TABLE, raw, file)
    # The library speaks to analysts, who name readers of other layouts; people here have the one file.
    faults = [replace(each, do=_ADD_COLUMN) if each.code == "missing-column" else each for each in found]
    if not frame.empty:
        faults += _names_at_odds(frame, file, known)
    if faults:
        raise InputRefused(faults)
    rows = [
        ZoneRow(zone, "" if pd.isna(name) else str(name), locality)
        for zone, name, locality in zip(frame["zone"], frame["zone_name"], frame["locality"], strict=True)
    ]
    named = frame.dropna(subset=["locality_name"]).drop_duplicates("locality")
    names = dict(zip(named["locality"], named["locality_name"], strict=True))
    codes = frame["locality"].drop_duplicates()
    return rows, {code: str(names.get(code) or known[code]).strip() for code in codes}


def faults_of_division(rows: list[ZoneRow], zones: Iterable[str], file: str) -> list[Fault]:
    """Say why a file does not divide the partnership's zones: each in exactly one locality, none from outside."""
    frame = pd.DataFrame(
        {"zone": [row.zone for row in rows], "locality": [row.locality for row in rows]},
        index=range(2, len(rows) + 2),
        dtype="string",
    ).assign(**{"from": pd.NaT, "to": pd.NaT})
    ours = pd.DataFrame({"zone": sorted(zones)}, dtype="string")
    # The day only chooses among rows with dates; these have none. Any day will do.
    found = check_membership(ours, frame, pd.Timestamp("2000-01-01").date(), file)
    return [_led_on(_without_day(fault)) for fault in found]


def _led_on(fault: Fault) -> Fault:
    """Zones of another vintage are no mistake: the localities can be carried over to them."""
    return replace(fault, do=_CARRY_OVER) if fault.code == "zone-other-vintage" else fault


def _without_day(fault: Fault) -> Fault:
    return Fault(**{**fault.__dict__, "what": fault.what.replace(" on 2000-01-01", "")})


def cells_of(content: bytes, file: str, *, most_rows: int = MOST_ROWS) -> pd.DataFrame:
    """Read every cell of a CSV file as text, each row under its number; refuse what is none, or is too long."""
    try:
        text = content.decode("utf-8-sig")
        rows = list(csv.reader(io.StringIO(text, newline=""), strict=True))
    except (UnicodeDecodeError, csv.Error) as broken:
        do = "Save the sheet as “CSV UTF-8” and choose it again."
        raise InputRefused([Fault(file, "it cannot be read as a CSV file", do, "not-readable")]) from broken
    if not rows:
        raise InputRefused([Fault(file, "it is empty", "Download the zones, change that file.", "empty-table")])
    if len(rows) > most_rows:
        what = f"it has {len(rows):,} rows; more than {most_rows:,} are not read"
        raise InputRefused([Fault(file, what, "Choose the file of zones.", "too-many-rows")])
    header = [cell.strip() for cell in rows[0]]
    if len(set(header)) < len(header):
        twice = next(name for name in header if header.count(name) > 1)
        raise InputRefused(
            [Fault(file, f"two columns are called “{twice}”", "Keep one of them.", "column-twice", row=1)]
        )
    lines = {number: row for number, row in enumerate(rows[1:], start=2) if any(cell.strip() for cell in row)}
    cells = [[_bare(cell) for cell in [*row, *[""] * len(header)][: len(header)]] for row in lines.values()]
    return pd.DataFrame(cells, columns=header, index=list(lines), dtype="string")


def _bare(cell: str) -> str:
    """Take away the apostrophe that our own files put before text that a spreadsheet would run."""
    return cell[1:] if cell.startswith("'") and safe_cell(cell[1:]) == cell else cell


def _names_at_odds(frame: pd.DataFrame, file: str, known: dict[str, str]) -> list[Fault]:
    """A new locality needs a name, a locality has one name, and a name has one locality."""
    faults: list[Fault] = []
    given: dict[str, str] = {}
    for row, code, name in zip(frame.index, frame["locality"], frame["locality_name"], strict=True):
        if pd.isna(code) or pd.isna(name) or not name.strip():
            continue
        if given.setdefault(code, name.strip()) != name.strip():
            what = f"locality {code} is called “{given[code]}” above and “{name.strip()}” here"
            faults.append(Fault(file, what, "Write one name.", "locality-two-names", row=row, column="locality_name"))
    names = known | given
    faults += _nameless(frame, file, names)
    return faults + _same_name(frame, file, names)


def _nameless(frame: pd.DataFrame, file: str, names: dict[str, str]) -> list[Fault]:
    codes = frame["locality"].dropna().drop_duplicates()
    do = "Write its name in the column locality_name, or use the code of a locality that there is."
    return [
        Fault(file, f"locality {code} is new and has no name", do, "locality-without-name", row=row, column="locality")
        for row, code in codes.items()
        if code not in names
    ]


def _same_name(frame: pd.DataFrame, file: str, names: dict[str, str]) -> list[Fault]:
    faults: list[Fault] = []
    seen: dict[str, str] = {}
    for row, code in frame["locality"].dropna().drop_duplicates().items():
        name = names.get(code, "").casefold()
        if name and seen.setdefault(name, code) != code:
            what = f"localities {seen[name]} and {code} are both called “{names[code]}”"
            do = "Give each its own name."
            faults.append(Fault(file, what, do, "locality-name-twice", row=row, column="locality_name"))
    return faults
