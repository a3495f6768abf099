"""Opinions one by one, of the people who have enough of them to be placed."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.sparse import csr_array

from locality.voice.opinion_groups.votes import Mask, Votes, Whole


@dataclass(frozen=True)
class Opinions:
    """Opinions one by one.

    Args:
        person: Whose each is, counted from 0.
        statement: On what.
        agrees: Whether it agrees; otherwise it disagrees.
        people: How many people there are.
        statements: How many statements.
    """

    person: Whole
    statement: Whole
    agrees: Mask
    people: int
    statements: int

    def matrix(self, kept: Mask | None = None, agrees: Mask | None = None) -> csr_array:
        """Give a row for each person: a column for agreeing with each statement, then one for disagreeing.

        Args:
            kept: Which opinions, where not all.
            agrees: Other answers than the real ones.
        """
        yes = self.agrees if agrees is None else agrees
        column = self.statement + np.where(yes, 0, self.statements)
        rows = self.person
        if kept is not None:
            rows, column = rows[kept], column[kept]
        return csr_array((np.ones(rows.size), (rows, column)), shape=(self.people, 2 * self.statements))

    def some(self, most: int, dice: np.random.Generator) -> Opinions:
        """Give those of some people drawn by chance, or of all where there are no more."""
        if self.people <= most:
            return self
        drawn = np.sort(dice.choice(self.people, most, replace=False))
        at = np.full(self.people, -1)
        at[drawn] = np.arange(most)
        ours = at[self.person] >= 0
        return Opinions(at[self.person[ours]], self.statement[ours], self.agrees[ours], most, self.statements)


def take_opinions(votes: Votes, least: int) -> tuple[Opinions, Whole]:
    """Take the opinions of everybody who has at least so many.

    Args:
        votes: All votes.
        least: The fewest statements to agree or disagree on; all statements where there are fewer.

    Returns:
        The opinions, people counted anew from 0, and the position of each of these people in `votes.people`.
    """
    enough = votes.opinions_each >= max(1, min(least, len(votes.statements)))
    at = np.cumsum(enough) - 1
    taken = (votes.sign != 0) & enough[votes.person]
    agrees = votes.sign[taken] > 0
    opinions = Opinions(
        at[votes.person[taken]], votes.statement[taken], agrees, int(enough.sum()), len(votes.statements)
    )
    return opinions, np.flatnonzero(enough)
