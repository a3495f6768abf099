"""The register as a spreadsheet: written as CSV or XLSX, read back unchanged, refused with every fault at once."""

from __future__ import annotations

import csv
import datetime as dt
import io
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Any

import pandas as pd

from locality.foundations import Fault, InputRefused, check_frame
from locality.foundations.workbooks import read_sheets
from locality.members.register_tables import REGISTER_FILE, RegisterKinds, RegisterRow

_SHEET = "Register"
_MOST_ROWS = 5_000  # a guess with room to spare: 200 members of nine localities, each on two seats
_BREAK = "\n"
_RISKY = ("=", "+", "-", "@", "\t", "\r", "\n")
_BRITISH_DAY = re.compile(r"(\d{1,2})[/.](\d{1,2})[/.](\d{4})")
_EMAIL = re.compile(r"[^@\s]+@[^@\s.]+(\.[^@\s.]+)+")
_LONGEST = {"name": 200, "organisation": 200, "seat": 200, "telephone": 40, "e-mail": 254}
_ADD_COLUMN = "Add the column, as the empty file has it."
_ONE_PERSON = ("organisation", "email", "telephone", "address", "notices", "shown")


def read_register(content: bytes, file: str, kinds: RegisterKinds) -> tuple[RegisterRow, ...]:
    """Read a register from a CSV or XLSX file, or refuse it with every fault.

    Args:
        content: The file's bytes.
        file: Its name; one that ends in .xlsx is read as a workbook, its sheet "Register" or else its first.
        kinds: The words that the partnership knows; a cell may hold a word or its code.

    Returns:
        Its rows in order; rows of one person agree about how to reach them.

    Raises:
        InputRefused: All that is wrong, each with row, column and what to do.
    """
    raw = _from_workbook(content, file) if file.lower().endswith(".xlsx") else _from_csv(content, file)
    raw = raw.assign(**{name: raw[name].map(_iso_day) for name in ("from", "to") if name in raw.columns})
    words, faults = _with_codes(raw, file, kinds)
    frame, found = check_frame(REGISTER_FILE, words, file)
    faults += [replace(each, do=_ADD_COLUMN) if each.code == "missing-column" else each for each in found]
    if frame.empty:
        raise InputRefused(faults)
    rows = [
        _row_of(number, cells, kinds.here) for number, cells in zip(frame.index, frame.to_dict("records"), strict=True)
    ]
    broken = {(each.row, each.column) for each in faults}
    faults += [each for row in rows for each in _faults_of(row, file) if (each.row, each.column) not in broken]
    faults += _at_odds(rows, file)
    if faults:
        raise InputRefused(sorted(faults, key=lambda each: each.row or 0))
    return tuple(rows)


def write_register_csv(rows: Iterable[RegisterRow], kinds: RegisterKinds) -> bytes:
    """Write a register as a CSV file.

    Args:
        rows: Its rows; none: the empty file to fill in.
        kinds: The words that the partnership knows.

    Returns:
        UTF-8 with a mark, safe to open in a spreadsheet; `read_register` gives the same rows again.
    """
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(REGISTER_FILE.names)
    writer.writerows([_safe(cell) for cell in _cells(row, kinds)] for row in rows)
    return out.getvalue().encode("utf-8-sig")


def write_register_workbook(rows: Iterable[RegisterRow], kinds: RegisterKinds) -> bytes:
    """Write a register as a workbook, with lists of choices, the columns explained, and the words that are known.

    Args:
        rows: Its rows; none: the empty file to fill in.
        kinds: The words that the partnership knows.

    Returns:
        An .xlsx without a formula; `read_register` gives the same rows again.
    """
    from locality.members.register_workbook import make_workbook  # noqa: PLC0415 - only the site makes workbooks

    return make_workbook(_SHEET, [_cells(row, kinds) for row in rows], kinds)


def _cells(row: RegisterRow, kinds: RegisterKinds) -> list[str]:
    def word(column: str, code: str) -> str:
        return kinds.words(column).get(code, code)

    seated = bool(row.group)
    return [
        row.name,
        row.organisation,
        word("organisation kind", row.organisation_kind),
        word("group", row.group),
        row.seat,
        word("locality", row.locality or "") if seated else "",
        row.starts.isoformat() if row.starts else "",
        row.ends.isoformat() if row.ends else "",
        word("how chosen", row.chosen),
        _BREAK.join(row.interests),
        row.email,
        row.telephone,
        row.address,
        word("how to be told", row.notices),
        word("what is shown", row.shown),
    ]


def _safe(cell: str) -> str:
    """Put an apostrophe before what a spreadsheet would run, and before text that begins with one."""
    return f"'{cell}" if cell.lstrip(" ").startswith((*_RISKY, "'")) else cell


def _bare(cell: str) -> str:
    return cell[1:] if cell.startswith("'") and _safe(cell[1:]) == cell else cell


def _from_csv(content: bytes, file: str) -> pd.DataFrame:
    try:
        text = content.decode("utf-8-sig")
        rows = list(csv.reader(io.StringIO(text, newline=""), strict=True))
    except (UnicodeDecodeError, csv.Error) as broken:
        do = "Save the sheet as “CSV UTF-8” or as .xlsx and choose it again."
        raise InputRefused([Fault(file, "it cannot be read as a CSV file", do, "register-not-readable")]) from broken
    return _frame([[_bare(cell) for cell in row] for row in rows], file)


def _from_workbook(content: bytes, file: str) -> pd.DataFrame:
    sheets = read_sheets(content, file=file)
    rows = sheets.get(_SHEET, next(iter(sheets.values()), []))
    formulas = [(number, at) for number, row in enumerate(rows, 1) for at, cell in enumerate(row) if cell.is_formula]
    if formulas:
        number, at = formulas[0]
        name = rows[0][at].text if at < len(rows[0]) else None
        what, do = "a formula stands here, or the error of one", "Write the text itself."
        fault = Fault(file, what, do, "register-formula", row=number, column=name, rows=len(formulas))
        raise InputRefused([fault])
    return _frame([[cell.text for cell in row] for row in rows], file)


def _frame(rows: Sequence[Sequence[str]], file: str) -> pd.DataFrame:
    if not rows or not any(cell.strip() for cell in rows[0]):
        do = "Download the empty file and fill it in; its first row names the columns."
        raise InputRefused([Fault(file, "it is empty, or its first row is", do, "empty-table")])
    if len(rows) > _MOST_ROWS:
        what = f"it has {len(rows):,} rows; more than {_MOST_ROWS:,} are not read"
        raise InputRefused([Fault(file, what, "Choose the file of the register.", "register-too-long")])
    header = [" ".join(cell.split()).lower() for cell in rows[0]]
    twice = sorted({name for name in header if name and header.count(name) > 1})
    if twice:
        what = f"two columns are called “{twice[0]}”"
        raise InputRefused([Fault(file, what, "Keep one of them.", "register-column-twice", row=1)])
    known = [(at, name) for at, name in enumerate(header) if name]
    lines = {number: row for number, row in enumerate(rows[1:], start=2) if any(cell.strip() for cell in row)}
    cells = [[_tidy(row[at]) if at < len(row) else "" for at, _ in known] for row in lines.values()]
    return pd.DataFrame(cells, columns=[name for _, name in known], index=list(lines), dtype="string")


def _tidy(cell: str) -> str:
    """Take blanks away from the ends of lines, and lines that are empty at both ends."""
    return _BREAK.join(line.strip() for line in re.split(r"\r\n|\r|\n", cell)).strip()


def _iso_day(text: str) -> str:
    """Write 31/3/2027 as files of ours do; what is no day stays, and is named as a fault."""
    found = _BRITISH_DAY.fullmatch(text)
    if not found:
        return text
    day, month, year = (int(part) for part in found.groups())
    try:
        return dt.date(year, month, day).isoformat()
    except ValueError:
        return text


def _with_codes(raw: pd.DataFrame, file: str, kinds: RegisterKinds) -> tuple[pd.DataFrame, list[Fault]]:
    """Put codes in place of words; a word that nobody knows is a fault and leaves its cell empty."""
    read, faults = raw.copy(), list[Fault]()
    for column in [name for name in REGISTER_FILE.names if name in raw.columns and kinds.words(name)]:
        codes = _codes(kinds, column)
        for number, cell in raw[column].items():
            if cell and cell.casefold() not in codes:
                faults.append(_unknown(file, int(number), column, (cell, kinds)))
            read.loc[number, column] = codes.get(cell.casefold(), "") if cell else ""
    return read, faults


def _codes(kinds: RegisterKinds, column: str) -> dict[str, str]:
    """Give the codes of a column by all that may stand for them; a locality of no code is kept apart from a gap."""
    words = kinds.words(column)
    known = {code.casefold(): code or _WHOLE for code in words if code}
    return known | {" ".join(word.split()).casefold(): code or _WHOLE for code, word in words.items()}


_WHOLE = "(the whole partnership)"


def _unknown(file: str, row: int, column: str, said: tuple[str, RegisterKinds]) -> Fault:
    cell, kinds = said
    words = list(kinds.words(column).values())
    shown = ", ".join(words[:12]) + (f" and {len(words) - 12} more" if len(words) > 12 else "")
    own = " A planner can add further kinds on the page of kinds." if column in ("group", "organisation kind") else ""
    return Fault(
        file, f"“{cell}” is not known here", f"Use one of: {shown}.{own}", "register-word", row=row, column=column
    )


def _row_of(number: Any, cells: dict[str, Any], here: str | None) -> RegisterRow:
    said = {name: "" if pd.isna(cell) else str(cell) for name, cell in cells.items()}
    days = {name: None if pd.isna(cells[name]) else cells[name].date() for name in ("from", "to")}
    place = said["locality"]
    return RegisterRow(
        name=said["name"],
        organisation=said["organisation"],
        organisation_kind=said["organisation kind"],
        group=said["group"],
        seat=said["seat"],
        locality=("" if place == _WHOLE else place or here) if said["group"] else None,
        starts=days["from"],
        ends=days["to"],
        chosen=said["how chosen"],
        interests=tuple(line for line in said["interests"].split(_BREAK) if line),
        email=said["e-mail"],
        telephone=said["telephone"],
        address=said["address"],
        notices=said["how to be told"] or ("at_once" if said["e-mail"] else "paper" if said["address"] else "none"),
        shown=said["what is shown"] or "nothing",
        row=int(number),
    )


def _faults_of(row: RegisterRow, file: str) -> Iterator[Fault]:
    """Say what is wrong with one row by itself."""

    def fault(column: str, what: str, do: str, code: str) -> Fault:
        return Fault(file, what, do, code, row=row.row, column=column)

    for column, most in _LONGEST.items():
        text = getattr(row, "email" if column == "e-mail" else column)
        if len(text) > most:
            yield fault(column, f"the text has {len(text)} characters", f"Write at most {most}.", "register-text-long")
    if row.email and not _EMAIL.fullmatch(row.email):
        yield fault("e-mail", "it is not an e-mail address", "Write it like name@example.org.", "register-email")
    if row.notices in ("at_once", "daily", "weekly") and not row.email:
        do = "Write the address, or choose another way to be told."
        yield fault("e-mail", "notices go by e-mail, and there is no address", do, "register-unreachable")
    if row.notices == "paper" and not row.address:
        do = "Write the address, or choose another way to be told."
        yield fault("address", "notices go by post, and there is no address", do, "register-unreachable")
    if row.organisation_kind and not row.organisation:
        yield fault("organisation", "a kind is given, and no organisation", "Name it.", "register-no-organisation")
    if row.group:
        yield from _gaps_of_seat(row, fault)
    elif row.seat or row.starts or row.ends:
        do = "Write the group, or empty the cells of the seat."
        yield fault("group", "there is a seat or a day, and no group", do, "register-no-group")


def _gaps_of_seat(row: RegisterRow, fault: Any) -> Iterator[Fault]:
    gaps = {"locality": row.locality is None, "from": row.starts is None, "how chosen": not row.chosen}
    for column, is_gap in gaps.items():
        if is_gap:
            yield fault(column, "the cell is empty, and the row has a group", "Fill it in.", "register-seat-gap")
    if row.starts and row.ends and row.ends < row.starts:
        yield fault("to", "the last day is before the first day", "Write a later last day.", "seat-term-ends-early")


def _at_odds(rows: Sequence[RegisterRow], file: str) -> Iterator[Fault]:
    """Rows of one person must agree about them."""
    first: dict[tuple[str, str], RegisterRow] = {}
    for row in rows:
        known = first.setdefault(row.person, row)
        differ = [name for name in ("name", *_ONE_PERSON) if getattr(known, name) != getattr(row, name)]
        if differ:
            column = {"email": "e-mail", "notices": "how to be told", "shown": "what is shown"}.get(
                differ[0], differ[0]
            )
            what = f"row {known.row} is of the same person and says otherwise"
            yield Fault(file, what, "Write the same in both rows.", "register-rows-differ", row=row.row, column=column)
