"""The declared tables of a vote on a sum, and the vote that they and its rules make."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import pandas as pd

from locality.foundations import Column, Fault, InputRefused, Kind, Table, check_frame
from locality.voice.choice.currency import Currency
from locality.voice.choice.election import Ballot, Election, GroupSum, Project
from locality.voice.choice.rules_of_choice import ChoiceRules, load_choice_rules


def _maybe(name: str, kind: Kind, what: str, **more: Any) -> Column:
    return Column(name, kind, what, nullable=True, optional=True, **more)


PROJECTS = Table(
    name="projects",
    description="What a community may fund out of the sum.",
    columns=(
        Column("project", Kind.CODE, "Code of the project, as on ballots"),
        Column("name", Kind.TEXT, "What people call it"),
        Column("cost", Kind.PENCE, "What it asks for", unit="pence", minimum=0),
        _maybe("heading", Kind.TEXT, "The service heading or category under which it stands"),
        _maybe("area", Kind.TEXT, "Where it is"),
        _maybe("incompatible", Kind.TEXT, "Codes of projects beside which it cannot stand, divided by commas"),
        _maybe("least", Kind.PENCE, "The smallest grant with which it can be done in part", unit="pence", minimum=0),
    ),
    key=("project",),
)
BALLOTS = Table(
    name="ballots",
    description="What one person chose.",
    columns=(
        Column("ballot", Kind.CODE, "The ballot's own number: nothing of the person's"),
        _maybe("choices", Kind.TEXT, "Codes of the projects that are supported, divided by commas; empty: blank"),
        _maybe("points", Kind.TEXT, "Points for each choice, whole and 1 or more, divided by commas"),
        _maybe("channel", Kind.TEXT, "How it came: web, paper, telephone"),
        _maybe("place", Kind.TEXT, "The locality whose ballot it is"),
        _maybe("group", Kind.TEXT, "Whose money it spends, where the sum is shared out by group"),
        _maybe("weight", Kind.WHOLE, "For how many equal ballots it stands; 1 when empty", unit="ballots", minimum=1),
    ),
    key=("ballot",),
    person_level=True,
)
VOTER_GROUPS = Table(
    name="voter_groups",
    description="The sum by group of voters, such as a locality's fair share; without it all have the same share.",
    columns=(
        Column("group", Kind.TEXT, "The group, as ballots name it"),
        Column("amount", Kind.PENCE, "The part of the sum that its voters share equally", unit="pence", minimum=0),
    ),
    key=("group",),
)
CHOICE_TABLES = (PROJECTS, BALLOTS, VOTER_GROUPS)
"""The tables that `locality voice choose` reads beside rules.toml."""

RULE_KEYS = {
    "name": "What the vote is called",
    "sum": "The sum, in pence",
    "currency": "Three letters; GBP when not said",
    "rule": "`equal-shares` or `greedy`",
    "utility": "`cost` or `cardinality`",
    "completion": "One of the rule `completions`",
    "step": "Pence by which shares are raised at a time; 100 when not said",
    "tie_order": "List of `cost`, `votes`, `lot`; the lot stands last",
    "lot": "List of codes in the order in which they were drawn",
    "lot_seed": "Text from which the lot is made where it was not drawn by hand",
    "minimum_votes": "Fewest supporters of a project",
    "votes_for_whole_sum": "Part of voters that a project for the whole sum would need, like '1/3'",
    "zero_cost": "`fund` or `leave` what costs nothing",
    "least_part": "Least part of its cost with which one further project may be funded, like '1/2'",
    "ceilings": "Table of heading and the most that may go to it, in pence",
}
"""What rules.toml may say."""


@dataclass(frozen=True)
class Vote:
    """A vote with its rules.

    Args:
        election: The vote.
        rules: How it is decided.
    """

    election: Election
    rules: ChoiceRules


def read_vote(
    tables: Mapping[str, pd.DataFrame], said: Mapping[str, Any], *, files: Mapping[str, str], on: dt.date
) -> Vote:
    """Read a vote from its tables and its rules.

    Args:
        tables: Cells as text of `projects`, `ballots` and, if the sum is shared out by group, `voter_groups`.
        said: What rules.toml says; see `RULE_KEYS`.
        files: How each table, and `rules`, is called in messages.
        on: The day on which the vote opened.

    Returns:
        The vote, sound in itself.

    Raises:
        InputRefused: With every fault of tables and rules.
    """
    faults: list[Fault] = []
    checked = {}
    for table in CHOICE_TABLES:
        if table.name in tables:
            checked[table.name], wrong = check_frame(table, tables[table.name], files[table.name])
            faults += wrong
    rules, total = _read_rules(said, files["rules"], on, faults)
    faults += _wild_points(checked["ballots"], files["ballots"])
    if faults or rules is None:
        raise InputRefused(faults)
    groups = tuple(GroupSum(row.group, int(row.amount)) for row in _rows(checked.get("voter_groups")))
    election = Election(
        str(said.get("name", "")),
        total,
        tuple(_project(row) for row in _rows(checked["projects"])),
        tuple(_ballot(row) for row in _rows(checked["ballots"])),
        group_sums=groups,
        currency=Currency(str(said.get("currency", "GBP"))),
    )
    return Vote(election, rules)


def _read_rules(said: Mapping[str, Any], file: str, on: dt.date, faults: list[Fault]) -> tuple[ChoiceRules | None, int]:
    for key in sorted(set(said) - set(RULE_KEYS)):
        do = f"Use one of: {', '.join(RULE_KEYS)}."
        faults.append(Fault(file, f"'{key}' is no rule of a vote", do, "vote-rule"))
    total = said.get("sum")
    if not isinstance(total, int) or isinstance(total, bool):
        faults.append(Fault(file, "it does not say the sum in whole pence", "Write sum = 2500000.", "vote-rule"))
        total = 0
    chosen = {key: said[key] for key in RULE_KEYS if key in said and key not in ("name", "sum", "currency")}
    try:
        chosen |= {key: tuple(chosen[key]) for key in ("tie_order", "lot") if key in chosen}
        chosen |= {key: Fraction(str(chosen[key])) for key in ("votes_for_whole_sum", "least_part") if key in chosen}
        chosen |= {"ceilings": tuple((str(k), int(v)) for k, v in chosen.get("ceilings", {}).items())}
        return load_choice_rules(on, **chosen), total
    except InputRefused as refused:
        faults += [Fault(file, one.what, one.do, one.code) for one in refused.faults]
    except (TypeError, ValueError, AttributeError, ZeroDivisionError):
        do = "Compare it with the list of settings in the documentation."
        faults.append(Fault(file, "a rule is not of the form that it should have", do, "vote-rule"))
    return None, total


def _wild_points(ballots: pd.DataFrame, file: str) -> Iterator[Fault]:
    if "points" not in ballots:
        return
    for row, text in ballots["points"].dropna().items():
        if not all(re.fullmatch("[0-9]{1,6}", one) for one in listed(text)):
            what = f"'{text[:60]}' are not points"
            yield Fault(
                file, what, "Write whole numbers up to 999999, divided by commas.", "vote-points", int(row), "points"
            )


def _rows(frame: pd.DataFrame | None) -> Iterator[Any]:
    if frame is not None:
        yield from frame.astype(object).where(frame.notna(), None).itertuples(index=False)


def listed(text: str | None) -> tuple[str, ...]:
    """Take a list of codes apart."""
    return tuple(one.strip() for one in (text or "").split(",") if one.strip())


def _project(row: Any) -> Project:
    least = getattr(row, "least", None)
    return Project(
        row.project,
        row.name,
        int(row.cost),
        heading=getattr(row, "heading", None) or "",
        area=getattr(row, "area", None) or "",
        incompatible=listed(getattr(row, "incompatible", None)),
        least=None if least is None else int(least),
    )


def _ballot(row: Any) -> Ballot:
    return Ballot(
        row.ballot,
        listed(getattr(row, "choices", None)),
        tuple(int(one) for one in listed(getattr(row, "points", None))),
        channel=getattr(row, "channel", None) or "",
        place=getattr(row, "place", None) or "",
        group=getattr(row, "group", None) or "",
        weight=int(getattr(row, "weight", None) or 1),
    )
