"""Most votes first: what most engines do, for comparison, and for what remains after equal shares."""

from __future__ import annotations

from collections.abc import Iterable

from locality.voice.choice.ballot_classes import rivals_of, tie_ranks
from locality.voice.choice.election import Election, Project
from locality.voice.choice.rules_of_choice import ChoiceRules


class Basket:
    """Winners so far: what room they leave in the sum, under headings and beside rivals."""

    def __init__(self, election: Election, rules: ChoiceRules, winners: Iterable[str] = ()):
        self._rivals = rivals_of(election)
        self._by_code = election.by_code
        self._ceilings = dict(rules.ceilings)
        self.rest = election.budget
        self.winners: list[str] = []
        for code in winners:
            self.put(code)

    def put(self, code: str) -> None:
        """Put a winner in."""
        project = self._by_code[code]
        self.winners.append(code)
        self.rest -= project.cost
        if project.heading in self._ceilings:
            self._ceilings[project.heading] -= project.cost

    def room_for(self, project: Project) -> int:
        """Give the most that a project could get, in minor units."""
        return min(self.rest, self._ceilings.get(project.heading, self.rest))

    def rival_of(self, code: str) -> str:
        """Name the winner beside which a project cannot stand; empty: there is none."""
        return next((other for other in self.winners if other in self._rivals.get(code, ())), "")

    def why_not(self, code: str) -> str:
        """Say what keeps a project out: `rival`, `ceiling`, `sum`, or nothing."""
        project = self._by_code[code]
        if self.rival_of(code):
            return "rival"
        if project.cost > self.rest:
            return "sum"
        return "ceiling" if project.cost > self.room_for(project) else ""


def by_votes(election: Election, rules: ChoiceRules, codes: Iterable[str]) -> list[str]:
    """Put projects in order: most votes first, ties as the rules say.

    Args:
        election: The vote.
        rules: Its rules.
        codes: The projects to put in order.

    Returns:
        Each of them once.
    """
    listed = tuple(codes)
    rank = dict(zip(listed, tie_ranks(election, rules, listed).tolist(), strict=True))
    return sorted(listed, key=lambda code: (-election.votes[code], rank[code]))
