"""The declared tables of votes on statements, and their checks."""

from __future__ import annotations

import pandas as pd

from locality.foundations import Column, Fault, InputRefused, Kind, Table, check_frame
from locality.voice.opinion_groups.votes import SIGNS, Votes, collect_votes

STATEMENTS = Table(
    name="statements",
    description="One short statement on which people vote.",
    columns=(
        Column("statement", Kind.CODE, "Code of the statement"),
        Column("text", Kind.TEXT, "What it says"),
    ),
    key=("statement",),
)
VOTES = Table(
    name="votes",
    description="One person's vote on one statement.",
    columns=(
        Column(
            "participant", Kind.CODE, "Code of the person, made for this table: no name and no number of anything else"
        ),
        Column("statement", Kind.CODE, "Code of the statement"),
        Column("vote", Kind.TEXT, "The vote", allowed=tuple(SIGNS)),
    ),
    key=("participant", "statement"),
    person_level=True,
)
VOTE_TABLES = (STATEMENTS, VOTES)
"""The tables that `locality voice groups` reads."""


def read_votes(
    votes: pd.DataFrame, statements: pd.DataFrame | None = None, *, files: tuple[str, str] = ("votes", "statements")
) -> Votes:
    """Read the tables of votes and statements.

    Args:
        votes: Cells of the table `votes`, as text; the index holds the row numbers of the file.
        statements: Cells of the table `statements`; without it a statement's code stands for its text.
        files: How the two files are called in messages.

    Returns:
        The votes.

    Raises:
        InputRefused: A cell is wrong, somebody votes twice on a statement, or on one that is not there; every fault at
            once.
    """
    checked, faults = check_frame(VOTES, votes, files[0])
    named = None
    if statements is not None:
        named, wrong = check_frame(STATEMENTS, statements, files[1])
        faults += wrong
        if not wrong:
            faults += _unknown_statements(checked, named, files[0])
    if faults:
        raise InputRefused(faults)
    return collect_votes(checked, named)


def _unknown_statements(votes: pd.DataFrame, statements: pd.DataFrame, file: str) -> list[Fault]:
    rows = votes.index[votes["statement"].notna() & ~votes["statement"].isin(statements["statement"])]
    if not len(rows):
        return []
    what = f"there is no statement '{votes.loc[rows[0], 'statement']}'"
    do = "Add it to the statements, or correct the code."
    return [Fault(file, what, do, "vote-no-statement", row=int(rows[0]), column="statement", rows=len(rows))]
