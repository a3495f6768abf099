"""Votes on short statements: who agreed, disagreed or passed on what, whatever order they came in."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt
import pandas as pd

Whole = npt.NDArray[np.int64]
Mask = npt.NDArray[np.bool_]

SIGNS = {"agree": 1, "pass": 0, "disagree": -1}
"""How a vote is counted."""


@dataclass(frozen=True)
class Votes:
    """The votes of one conversation, sorted by person and statement.

    Args:
        people: A code for each participant, sorted.
        statements: A code for each statement, sorted.
        texts: What each statement says.
        person: Whose each vote is, by position in `people`.
        statement: On what, by position in `statements`.
        sign: 1 agrees, -1 disagrees, 0 passes.
    """

    people: tuple[str, ...]
    statements: tuple[str, ...]
    texts: tuple[str, ...]
    person: Whole
    statement: Whole
    sign: Whole

    @cached_property
    def opinions_each(self) -> Whole:
        """On how many statements each person agreed or disagreed.

        A pass is no opinion: whoever passes on much is not of one mind with others who do.
        """
        return np.bincount(self.person[self.sign != 0], minlength=len(self.people))

    def counts(self, members: Mask) -> Whole:
        """Count the votes of some people by statement: a row each for agree, disagree and pass."""
        ours = members[self.person]
        rows = [
            np.bincount(self.statement[ours & (self.sign == sign)], minlength=len(self.statements))
            for sign in (1, -1, 0)
        ]
        return np.vstack(rows)


def collect_votes(votes: pd.DataFrame, statements: pd.DataFrame | None = None) -> Votes:
    """Collect votes from checked tables.

    Args:
        votes: One row for each vote: participant, statement, vote (agree, disagree, pass). Nobody votes twice on one
            statement.
        statements: One row for each statement: statement, text. Without it a statement's code stands for its text.

    Returns:
        The votes, the same for any order of rows. Statements without votes stay; people without votes are unknown.
    """
    people = sorted(votes["participant"].astype(str).unique())
    if statements is None:
        texts = {code: code for code in votes["statement"].astype(str).unique()}
    else:
        texts = dict(zip(statements["statement"].astype(str), statements["text"].astype(str), strict=True))
    codes = sorted(texts)
    person = pd.Index(people).get_indexer(votes["participant"].astype(str))
    statement = pd.Index(codes).get_indexer(votes["statement"].astype(str))
    assert (statement >= 0).all(), "votes on unknown statements are refused before"
    sign = votes["vote"].map(SIGNS).to_numpy(dtype=np.int64)
    order = np.lexsort((statement, person))
    return Votes(
        people=tuple(people),
        statements=tuple(codes),
        texts=tuple(texts[code] for code in codes),
        person=person[order].astype(np.int64),
        statement=statement[order].astype(np.int64),
        sign=sign[order],
    )
