"""Read a vote from a Pabulib file (.pb): every fault at once, each with its row and column.

Approval ballots are read as they are, and so are ballots with one choice (`choose-1`). Points (`cumulative`, `scoring`)
are points; 0 is no support. A ranked ballot (`ordinal`) is read as Borda points: of at most n choices the first has n
points, the second n - 1. Other kinds are refused in words.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from math import lcm
from pathlib import Path

from locality.foundations import Fault, InputRefused
from locality.voice.choice.currency import Currency
from locality.voice.choice.election import Ballot, Election, Project
from locality.voice.choice.pabulib_rows import Reading, split_sections

KINDS = ("approval", "choose-1", "cumulative", "scoring", "ordinal")
_WITH_POINTS = ("cumulative", "scoring", "ordinal")
_CHANNELS = {"internet": "web", "online": "web", "paper": "paper"}
_MOST_DECIMALS = 6
_AMOUNT = re.compile(r"([0-9]{1,15})(?:[.,]([0-9]*))?(?:[eE]\+?([0-9]{1,2}))?")
"""Digits, with a point or a comma before decimals; programs for tables write a million as 1E+06."""
_MOST = Decimal(10) ** 15
_POINTS = re.compile(r"\+?[0-9]{1,6}")


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
    reading = Reading(name)
    split_sections(reading, text)
    if not reading.is_whole:
        # Whatever else would be said follows from what is missing.
        raise InputRefused(reading.faults)
    kind = _kind(reading)
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


def _kind(reading: Reading) -> str:
    kind = (reading.meta.get("vote_type") or "approval").lower()
    if kind not in KINDS:
        do = f"Known are: {', '.join(KINDS)}."
        reading.amiss(f"ballots of the kind '{kind}' are not read", do, column="vote_type")
    start = reading.meta.get("default_score", "")
    if kind == "scoring" and start.strip("0.,") != "":
        what = f"each project that a ballot leaves out has {start} points, which is not counted here"
        reading.amiss(what, "Write these points into the ballots, and default_score 0.", column="default_score")
    return kind


def _amounts(reading: Reading) -> dict[tuple[int, str], Decimal]:
    """Read the sum and every cost as exact decimals."""
    wanted = [(0, "budget", reading.meta.get("budget", ""))]
    wanted += [(row, "cost", one.get("cost", "")) for row, one in reading.rows["PROJECTS"]]
    found = {}
    for row, column, text in wanted:
        amount = _amount(text)
        if amount is None:
            reading.amiss(f"'{_cut(text)}' is no amount", "Write digits, with a point.", row=row or None, column=column)
        elif amount >= _MOST:
            do = "Write amounts in a larger unit."
            reading.amiss(f"'{text}' is too much to be counted", do, row=row or None, column=column)
        elif _decimals(amount) > _MOST_DECIMALS:
            do = f"Write at most {_MOST_DECIMALS} decimals; an amount is never rounded here."
            reading.amiss(f"'{_cut(text)}' has too many decimals", do, row=row or None, column=column)
        else:
            found[row, column] = amount
        found.setdefault((row, column), Decimal(0))
    return found


def _amount(text: str) -> Decimal | None:
    read = _AMOUNT.fullmatch(text)
    if read is None:
        return None
    whole, decimals, power = read[1], (read[2] or "").rstrip("0"), int(read[3] or 0)
    # Decimals beyond what is taken are refused by their number alone, so that nothing is rounded on the way.
    return Decimal(f"{whole}.{decimals[: power + _MOST_DECIMALS + 1] or 0}").scaleb(power) if power < 16 else _MOST


def _decimals(amount: Decimal) -> int:
    exponent = amount.normalize().as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0


def _units(amounts: Iterable[Decimal]) -> int:
    return lcm(100, *(10 ** _decimals(one) for one in amounts))


def _minor(amount: Decimal, currency: Currency) -> int:
    return int(amount * currency.minor_units)


def _projects(reading: Reading, amounts: dict[tuple[int, str], Decimal], currency: Currency) -> Iterator[Project]:
    seen: set[str] = set()
    for row, cells in reading.rows["PROJECTS"]:
        code = cells.get("project_id", "")
        if not code:
            reading.amiss("a project has no code", "Give it one.", row=row, column="project_id")
        elif code in seen:
            what = f"the project '{code}' stands above already"
            reading.amiss(what, "Keep one of them.", row=row, column="project_id")
        seen.add(code)
        yield Project(
            code,
            cells.get("name", "") or code,
            _minor(amounts[row, "cost"], currency),
            heading=cells.get("category", ""),
            area=cells.get("neighborhood", "") or cells.get("district", "") or cells.get("locality", ""),
        )


def _ballots(reading: Reading, kind: str, codes: set[str]) -> Iterator[Ballot]:
    listed = [(row, cells, _list(cells.get("vote", ""))) for row, cells in reading.rows["VOTES"]]
    longest = max(_max_length(reading), *(len(choices) for _, _, choices in listed))
    seen: set[str] = set()
    for row, cells, choices in listed:
        code = cells.get("voter_id", "")
        _check_voter(reading, code, row, seen)
        _check_choices(reading, kind, row, choices, codes)
        points = _points(reading, kind, (row, cells), choices, longest=longest)
        kept = [(choice, its) for choice, its in zip(choices, points, strict=True) if its > 0]
        method = cells.get("voting_method", "")
        yield Ballot(
            code,
            tuple(choice for choice, _ in kept),
            tuple(its for _, its in kept) if kind in _WITH_POINTS else (),
            channel=_CHANNELS.get(method, method),
            place=cells.get("neighborhood", "") or cells.get("district", ""),
        )


def _max_length(reading: Reading) -> int:
    said = reading.meta.get("max_length", "")
    return int(said) if re.fullmatch("[0-9]{1,4}", said) else 0


def _check_voter(reading: Reading, code: str, row: int, seen: set[str]) -> None:
    if not code:
        reading.amiss("a ballot has no voter_id", "Give it a number.", row=row, column="voter_id")
    elif code in seen:
        do = "Find out which ballot counts, and keep that one."
        reading.amiss(f"the voter_id '{code}' stands above already", do, row=row, column="voter_id")
    seen.add(code)


def _check_choices(reading: Reading, kind: str, row: int, choices: list[str], codes: set[str]) -> None:
    for code in dict.fromkeys(code for code in choices if code not in codes):
        do = "Write the code as the section PROJECTS does."
        reading.amiss(f"'{code}' is no project", do, row=row, column="vote")
    if len(set(choices)) < len(choices):
        reading.amiss("a project is named twice", "Name each once.", row=row, column="vote")
    elif kind == "choose-1" and len(choices) > 1:
        what = f"it names {len(choices)} projects, and each voter had one choice"
        reading.amiss(what, "Find out which one counts, or write vote_type approval.", row=row, column="vote")


def _list(text: str) -> list[str]:
    return [one.strip() for one in text.split(",") if one.strip()]


def _points(
    reading: Reading, kind: str, entry: tuple[int, dict[str, str]], choices: list[str], *, longest: int
) -> list[int]:
    row, cells = entry
    if kind == "ordinal":
        return [longest - at for at in range(len(choices))]
    if kind not in _WITH_POINTS:
        return [1] * len(choices)
    said = _list(cells.get("points", ""))
    if len(said) != len(choices) or not all(_POINTS.fullmatch(one) for one in said):
        do = "Write one whole number, from 0 to 999999, for each choice."
        what = f"'{_cut(cells.get('points', ''))}' are not the points of {len(choices)} choices"
        reading.amiss(what, do, row=row, column="points")
        return [1] * len(choices)
    return [int(one) for one in said]


def _cut(text: str) -> str:
    return text if len(text) <= 60 else f"{text[:60]}…"


def _check_counts(reading: Reading, projects: int, ballots: int) -> None:
    for key, found in (("num_projects", projects), ("num_votes", ballots)):
        said = reading.meta.get(key, "")
        if said and _amount(said) != found:
            what = f"it says {key} {_cut(said)}, and holds {found:,}"
            reading.amiss(what, "Find out whether rows are missing.", column=key)
