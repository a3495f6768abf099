"""Which projects may win at all, by rules that were frozen before the vote."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from math import ceil

from locality.voice.choice.election import Election, Project
from locality.voice.choice.rules_of_choice import ChoiceRules


@dataclass(frozen=True)
class Standing:
    """Projects sorted before the count.

    Args:
        candidates: Codes of those that are counted.
        free: Codes of those that cost nothing and are funded for it.
        excluded: Why each of the others is out: `no-supporter`, `few-votes`, `bar` or `free`.
        needed: The supporters that an excluded project would have needed.
    """

    candidates: tuple[str, ...]
    free: tuple[str, ...]
    excluded: dict[str, str]
    needed: dict[str, int]


def who_stands(election: Election, rules: ChoiceRules) -> Standing:
    """Sort the projects of a vote before the count.

    Args:
        election: The vote.
        rules: Its rules.

    Returns:
        Every project once: a candidate, free, or excluded with the reason.
    """
    candidates, free, excluded, needed = [], [], {}, {}
    for project in election.projects:
        needed[project.code] = supporters_needed(project, election, rules)
        why = _why_out(project, election, rules, needed[project.code])
        if why:
            excluded[project.code] = why
        elif project.cost == 0:
            free.append(project.code)
        else:
            candidates.append(project.code)
    return Standing(tuple(candidates), tuple(free), excluded, needed)


def supporters_needed(project: Project, election: Election, rules: ChoiceRules) -> int:
    """Give the fewest supporters with which a project stands: the larger of the fixed and the proportional bar."""
    bar = rules.votes_for_whole_sum
    by_cost = ceil(Fraction(project.cost, election.budget) * bar * election.voters) if bar else 0
    return max(1, rules.minimum_votes, by_cost)


def _why_out(project: Project, election: Election, rules: ChoiceRules, needed: int) -> str:
    supporters = election.supporters[project.code]
    if not supporters:
        return "no-supporter"
    if supporters < max(1, rules.minimum_votes):
        return "few-votes"
    if supporters < needed:
        return "bar"
    return "free" if project.cost == 0 and rules.zero_cost == "leave" else ""
