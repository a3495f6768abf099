"""Read a vote from a Pabulib file (.pb): every fault at once, each with its row and column.

Approval ballots are read as they are. Points (`cumulative`, `scoring`) are points; 0 is no support. A ranked ballot
(`ordinal`) is read as Borda points: of at most n choices the first has n points, the second n - 1. Other kinds are
refused in words.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from math import lcm
from pathlib import Path
from typing import Any

from locality.foundations import Fault, InputRefused
from locality.voice.choice.currency import Currency
from locality.voice.choice.election import Ballot, Election, Project

SECTIONS = ("META", "PROJECTS", "VOTES")
KINDS = ("approval", "cumulative", "scoring", "ordinal")
_CHANNELS = {"internet": "web", "online": "web", "paper": "paper"}
_MOST_DECIMALS = 6


@dataclass(frozen=True)
class PabulibFile:
    """A vote as its file tells it.

    Args:
        election: The vote.
        kind: The kind of its ballots.
        meta: What the file says about it.
        selected: Codes of the projects that the file says were funded.
    """

    election: Election
    kind: str
    meta: dict[str, str]
    selected: tuple[str, ...]


@dataclass
class _Reading:
    """A file while it is read."""

    name: str
    faults: list[Fault] = field(default_factory=list)
    meta: dict[str, str] = field(default_factory=dict)
    rows: dict[str, list[tuple[int, dict[str, str]]]] = field(default_factory=dict)

    def amiss(self, what: str, do: str, *, row: int | None = None, column: str | None = None) -> None:
        """Note one fault."""
        self.faults.append(Fault(self.name, what, do, "pabulib-file", row=row, column=column))


def read_pabulib(path: Path) -> PabulibFile:
    """Read a vote from a file.

    Args:
        path: A .pb file: UTF-8, fields divided by semicolons, with the sections META, PROJECTS and VOTES.

    Returns:
        The vote, its amounts in hundredths of the currency's unit, or smaller where the file has more decimals.

    Raises:
        InputRefused: With every fault of the file.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        do = "Save it as UTF-8."
        raise InputRefused([Fault(path.name, "it is not text in UTF-8", do, "pabulib-file")]) from None
    return parse_pabulib(text, path.name)


def parse_pabulib(text: str, name: str) -> PabulibFile:
    """Read a vote from the text of a file.

    Args:
        text: The whole file.
        name: What messages call it.

    Returns:
        The vote.

    Raises:
        InputRefused: With every fault.
    """
    reading = _Reading(name)
    _split(reading, text)
    kind = reading.meta.get("vote_type", "approval")
    if kind not in KINDS:
        do = f"Known are: {', '.join(KINDS)}."
        reading.amiss(f"ballots of the kind '{kind}' are not read", do, column="vote_type")
    amounts = _amounts(reading)
    currency = Currency(reading.meta.get("currency", "GBP").upper(), _units(amounts.values()))
    projects = tuple(_projects(reading, amounts, currency))
    ballots = tuple(_ballots(reading, kind, {one.code for one in projects}))
    _check_counts(reading, len(projects), len(ballots))
    if reading.faults:
        raise InputRefused(reading.faults)
    budget = _minor(amounts[0, "budget"], currency)
    title = " ".join(reading.meta.get(one, "") for one in ("unit", "subunit", "instance")).split()
    try:
        election = Election(
            reading.meta.get("description") or " ".join(title) or name, budget, projects, ballots, currency=currency
        )
    except InputRefused as refused:
        raise InputRefused([Fault(name, one.what, one.do, one.code) for one in refused.faults]) from None
    selected = tuple(
        row["project_id"] for _, row in reading.rows["PROJECTS"] if row.get("selected", "") not in ("", "0")
    )
    return PabulibFile(election, kind, reading.meta, selected)


def _split(reading: _Reading, text: str) -> None:
    """Split a file into sections of rows with names for their cells; rows are counted from the top of the file."""
    section, header = "", None
    lines = csv.reader(io.StringIO(text, newline=""), delimiter=";")
    for cells in lines:
        row = lines.line_num
        if not any(cell.strip() for cell in cells):
            continue
        if len(cells) == 1 and cells[0].strip() in SECTIONS:
            section, header = cells[0].strip(), None
            reading.rows.setdefault(section, [])
        elif not section:
            reading.amiss("there is text before the first section", "Begin with the line META.", row=row)
            break
        elif header is None and not (section == "META" and cells[0].strip() != "key"):
            header = [cell.strip() for cell in cells]
            _check_header(reading, section, header, row)
        else:
            _add_row(reading, section, header or ["key", "value"], row, cells)
    for one in SECTIONS:
        if not reading.rows.get(one):
            reading.amiss(f"the section {one} is missing or empty", "Add it with its rows.")
            reading.rows.setdefault(one, [])
    reading.meta = {row.get("key", ""): row.get("value", "") for _, row in reading.rows["META"]}


_NEEDED = {"META": ("key", "value"), "PROJECTS": ("project_id", "cost"), "VOTES": ("voter_id", "vote")}


def _check_header(reading: _Reading, section: str, header: list[str], row: int) -> None:
    for name in _NEEDED[section]:
        if name not in header:
            reading.amiss(f"the section {section} has no column {name}", "Add the column.", row=row, column=name)


def _add_row(reading: _Reading, section: str, header: list[str], row: int, cells: list[str]) -> None:
    if section == "META":
        cells = [cells[0], ";".join(cells[1:])]
    if len(cells) > len(header):
        what = f"it has {len(cells)} cells, and the section {section} has {len(header)} columns"
        reading.amiss(what, "Put a cell that holds a semicolon into quotes.", row=row)
    filled = [cell.strip() for cell in cells] + [""] * (len(header) - len(cells))
    reading.rows[section].append((row, dict(zip(header, filled, strict=False))))


def _amounts(reading: _Reading) -> dict[tuple[int, str], Decimal]:
    """Read the sum and every cost as exact decimals."""
    wanted = [(0, "budget", reading.meta.get("budget", ""))]
    wanted += [(row, "cost", one.get("cost", "")) for row, one in reading.rows["PROJECTS"]]
    found = {}
    for row, column, text in wanted:
        try:
            amount = Decimal(text.replace(",", "."))
        except InvalidOperation:
            amount = Decimal("NaN")
        if not amount.is_finite() or amount < 0 or abs(amount.normalize().as_tuple().exponent) > 15:  # type: ignore[arg-type]
            reading.amiss(f"'{text}' is no amount", "Write digits, with a point.", row=row or None, column=column)
            amount = Decimal(0)
        elif _decimals(amount) > _MOST_DECIMALS:
            do = f"Write at most {_MOST_DECIMALS} decimals; an amount is never rounded here."
            reading.amiss(f"'{text}' has too many decimals", do, row=row or None, column=column)
        found[row, column] = amount
    return found


def _decimals(amount: Decimal) -> int:
    exponent = amount.normalize().as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0


def _units(amounts: Any) -> int:
    return lcm(100, *(10 ** _decimals(one) for one in amounts if _decimals(one) <= _MOST_DECIMALS))


def _minor(amount: Decimal, currency: Currency) -> int:
    return int(amount * currency.minor_units)


def _projects(reading: _Reading, amounts: dict[tuple[int, str], Decimal], currency: Currency) -> Iterator[Project]:
    for row, cells in reading.rows["PROJECTS"]:
        code = cells.get("project_id", "")
        if not code:
            reading.amiss("a project has no code", "Give it one.", row=row, column="project_id")
        yield Project(
            code,
            cells.get("name", "") or code,
            _minor(amounts[row, "cost"], currency),
            heading=cells.get("category", ""),
            area=cells.get("neighborhood", "") or cells.get("district", "") or cells.get("locality", ""),
        )


def _ballots(reading: _Reading, kind: str, codes: set[str]) -> Iterator[Ballot]:
    listed = [(row, cells, _list(cells.get("vote", ""))) for row, cells in reading.rows["VOTES"]]
    longest = max((len(choices) for _, _, choices in listed), default=0)
    most = int(reading.meta["max_length"]) if reading.meta.get("max_length", "").isdigit() else longest
    for row, cells, choices in listed:
        for code in dict.fromkeys(code for code in choices if code not in codes):
            do = "Write the code as the section PROJECTS does."
            reading.amiss(f"'{code}' is no project", do, row=row, column="vote")
        if len(set(choices)) < len(choices):
            reading.amiss("a project is named twice", "Name each once.", row=row, column="vote")
        points = _points(reading, kind, (row, cells), choices, longest=max(longest, most))
        kept = [(code, its) for code, its in zip(choices, points, strict=True) if its > 0]
        method = cells.get("voting_method", "")
        yield Ballot(
            cells.get("voter_id", ""),
            tuple(code for code, _ in kept),
            () if kind == "approval" else tuple(its for _, its in kept),
            channel=_CHANNELS.get(method, method),
            place=cells.get("neighborhood", "") or cells.get("district", ""),
        )


def _list(text: str) -> list[str]:
    return [one.strip() for one in text.split(",") if one.strip()]


def _points(
    reading: _Reading, kind: str, entry: tuple[int, dict[str, str]], choices: list[str], *, longest: int
) -> list[int]:
    row, cells = entry
    if kind == "ordinal":
        return [longest - at for at in range(len(choices))]
    if kind not in ("cumulative", "scoring"):
        return [1] * len(choices)
    said = _list(cells.get("points", ""))
    if len(said) != len(choices) or not all(one.lstrip("+").isdigit() for one in said):
        do = "Write one whole number, 0 or more, for each choice."
        reading.amiss(
            f"'{cells.get('points', '')}' are not the points of {len(choices)} choices", do, row=row, column="points"
        )
        return [1] * len(choices)
    return [int(one) for one in said]


def _check_counts(reading: _Reading, projects: int, ballots: int) -> None:
    for key, found in (("num_projects", projects), ("num_votes", ballots)):
        said = reading.meta.get(key, "")
        if said and said != str(found):
            what = f"it says {key} {said}, and holds {found:,}"
            reading.amiss(what, "Find out whether rows are missing.", column=key)
