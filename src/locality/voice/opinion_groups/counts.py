"""The counts of people in groups as they may be published.

A reader may know how many people are in each group and how everybody voted on each statement. So each statement's table
has a row for every group and for those who are in none, a column for every answer and for those who did not vote, and
all totals; it passes the same audit as any other table. Those in no group, and those who did not vote, are not shown:
they are what hides small counts at no loss.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from locality.disclosure import (
    Axis,
    DisclosureRules,
    PublishedCounts,
    audit,
    counts_of_axes,
    hide,
    layout_of_axes,
    primary,
    suppress,
)
from locality.voice.opinion_groups.find import OpinionGroups
from locality.voice.opinion_groups.votes import Mask, Whole

ANSWERS = ("agree", "disagree", "pass")
_ELSEWHERE = "in no group"
_NO_VOTE = "no vote"


@dataclass(frozen=True)
class AnswerCounts:
    """How some people answered a statement; None where the count is hidden.

    Args:
        agree: How many agree.
        disagree: How many disagree.
        passed: How many passed.
        most_hidden: The most people that each hidden count can be; None where a larger count had to be hidden too, and
            nobody can tell.
    """

    agree: int | None
    disagree: int | None
    passed: int | None
    most_hidden: int | None

    def share(self, answer: str) -> tuple[float, float] | None:
        """Give the share of those who voted that gave an answer: the least and the most that it can be.

        Args:
            answer: agree, disagree or pass.

        Returns:
            Both ends, the same where nothing is hidden; None where they cannot be told from what is shown.
        """
        counts = {"agree": self.agree, "disagree": self.disagree, "pass": self.passed}
        own = counts.pop(answer)
        others = [count for count in counts.values() if count is not None]
        hidden = len(counts) - len(others)
        if own is None or (hidden and self.most_hidden is None) or own + sum(others) + hidden == 0:
            return None
        least, most = own + sum(others) + hidden, own + sum(others) + hidden * (self.most_hidden or 0)
        return own / max(most, least), own / least


@dataclass(frozen=True)
class CountsShown:
    """All counts that may be published.

    Args:
        people: How many people are in each group, then in none, then in all; None where hidden.
        statements: For each statement the answers of each group, then of everybody.
    """

    people: tuple[int | None, ...]
    statements: tuple[tuple[AnswerCounts, ...], ...]


def counts_shown(found: OpinionGroups, rules: DisclosureRules) -> CountsShown:
    """Count people and votes by group as they may be published.

    Args:
        found: The groups.
        rules: The disclosure rules in force.

    Returns:
        The counts. No hidden count can be worked out from what is shown, from the sizes of the groups and from the
        total of every answer.
    """
    groups = (*found.names, _ELSEWHERE)
    members = [found.group == at for at in (*range(found.number), -1)]
    sizes = np.array([one.sum() for one in members])
    people = suppress([Axis("group", groups)], sizes, rules).published
    by_group = np.stack([found.votes.counts(one) for one in members])
    hidden_sizes = people.hidden
    statements = tuple(
        _statement(by_group[:, :, at], sizes, (groups, hidden_sizes), rules) for at in range(by_group.shape[2])
    )
    return CountsShown(_shown(people), statements)


def _shown(published: PublishedCounts) -> tuple[int | None, ...]:
    pairs = zip(published.counts.tolist(), published.hidden.tolist(), strict=True)
    return tuple(None if hidden else int(count) for count, hidden in pairs)


def _statement(
    answers: Whole, sizes: Whole, known: tuple[Sequence[str], Mask], rules: DisclosureRules
) -> tuple[AnswerCounts, ...]:
    groups, hidden_sizes = known
    axes = [Axis("group", tuple(groups)), Axis("vote", (*ANSWERS, _NO_VOTE))]
    leaves = np.column_stack([answers, sizes - answers.sum(axis=1)])
    counts = counts_of_axes(axes, leaves).reshape(len(groups) + 1, len(ANSWERS) + 2)
    small = primary(counts, rules)
    # Sizes of groups stand in their own table: what is shown there is known here.
    small[:, -1] = hidden_sizes
    hidden = small.copy()
    hidden[-2, :-1] = hidden[:, -2] = True
    hidden &= counts >= rules.floor
    layout = layout_of_axes(axes)
    while small.any():
        exposed = _exposed(hide(layout, counts.ravel(), hidden.ravel()), small, rules)
        more = _next_to_hide(counts, hidden, exposed, rules)
        if more is None:
            break
        hidden[more] = True
    shown = (*range(len(groups) - 1), len(groups))
    return tuple(_row(counts[at, :3], hidden[at, :3], small[at, :3], rules) for at in shown)


def _exposed(published: PublishedCounts, small: Mask, rules: DisclosureRules) -> Mask:
    """Say which small counts a reader could work out; larger ones may be worked out without harm."""
    found = np.zeros(small.size, dtype=bool)
    found[list(audit(published, rules).positions)] = True
    return np.asarray(found.reshape(small.shape) & small)


def _next_to_hide(counts: Whole, hidden: Mask, exposed: Mask, rules: DisclosureRules) -> tuple[int, int] | None:
    """Choose what to hide besides: the smallest count beside an exposed one, totals of everybody last, sizes never."""
    if not exposed.any():
        return None
    beside = exposed.any(axis=1, keepdims=True) | exposed.any(axis=0, keepdims=True)
    may = ~hidden & (counts >= rules.floor)
    may[:, -1] = False
    for wanted in (may & beside & ~_last_row(may), may & ~_last_row(may), may):
        places = np.argwhere(wanted)
        if places.size:
            row, column = min(places.tolist(), key=lambda at: (counts[at[0], at[1]], at))
            return row, column
    return None


def _last_row(table: Mask) -> Mask:
    last = np.zeros_like(table)
    last[-1] = True
    return last


def _row(counts: Whole, hidden: Mask, small: Mask, rules: DisclosureRules) -> AnswerCounts:
    shown = [None if gone else int(count) for count, gone in zip(counts, hidden, strict=True)]
    # A reader must not learn from a range that a further count was hidden although it is not small.
    further = bool((hidden & ~small).any())
    return AnswerCounts(shown[0], shown[1], shown[2], None if further else rules.threshold)
