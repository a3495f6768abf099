"""The dated values that decide when groups of opinion may be told apart."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from locality.foundations import load_rule

ROOM = "locality.voice"


@dataclass(frozen=True)
class GroupRules:
    """When groups may be looked for, and told apart; see the rule `opinion_groups`.

    Args:
        people: The fewest people with enough votes.
        statements: The fewest statements.
        votes: The fewest statements on which somebody must have agreed or disagreed.
        group: The fewest people in a group.
        most: The most groups.
        sure: How often somebody must come to a group to be placed in it.
        chance: The largest share of shuffled votes that may show groups as clearly.
        line: From three groups on, the share of differences along one line from which on they are parts of it.
        in_error: The share of named statements that may be named in error.
        shown: How many statements a list has.
        stability: From which overlap on a group is called what, the highest first.
    """

    people: int
    statements: int
    votes: int
    group: int
    most: int
    sure: float
    chance: float
    line: float
    in_error: float
    shown: int
    stability: tuple[tuple[float, str], ...]

    @property
    def least_overlap(self) -> float:
        """The overlap below which a group is not told."""
        return self.stability[-2][0]

    def call(self, overlap: float) -> str:
        """Give the word for how stable a group is."""
        return next(called for least, called in self.stability if overlap >= least)


def group_rules(day: dt.date) -> GroupRules:
    """Give the rules for groups of opinion in force on a day.

    Args:
        day: The day.

    Returns:
        The rules.
    """
    said = load_rule(ROOM, "opinion_groups").at(day).value
    bands = load_rule(ROOM, "group_stability").at(day).value
    return GroupRules(**said, stability=tuple((float(one["from"]), str(one["called"])) for one in bands))
