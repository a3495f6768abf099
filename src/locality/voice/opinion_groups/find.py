"""Groups of people who vote alike on short statements, or the finding that there are none."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from locality.foundations import ResultRefused
from locality.voice.opinion_groups.mixture import Fitter, Floats, Mixture
from locality.voice.opinion_groups.number import NumberChosen, choose_number, shuffled_share
from locality.voice.opinion_groups.opinions import Opinions, take_opinions
from locality.voice.opinion_groups.resamples import Sureness, draw_anew, shading_share, share_on_a_line
from locality.voice.opinion_groups.settings import GroupRules
from locality.voice.opinion_groups.statements import StatementFindings, count_apart, find_statements
from locality.voice.opinion_groups.votes import Mask, Votes, Whole

_STARTS = 20
NOBODY = -1
"""The group of people who are in none."""


@dataclass(frozen=True)
class OpinionGroups:
    """What the votes of one conversation say about groups. Person-level: it is published by `publish_groups` only.

    Args:
        votes: The votes.
        rules: The rules.
        seed: The seed.
        group: For each person, the position of their group, or -1 where they are in none.
        sure: For each person, how often they come to their group, or to the nearest one.
        enough: For each person, whether they have enough votes to be placed.
        overlap: For each group, how much of it comes back when people are drawn anew.
        chosen: How the number of groups was chosen.
        chance: The share of shuffled votes that show groups as clearly.
        shading: How often groups with nothing between them would leave as many people between; None without groups.
        line: The share of the groups' differences that lies along one line; None without groups.
        findings: Which statements represent, are shared, divide.
    """

    votes: Votes
    rules: GroupRules
    seed: int
    group: Whole
    sure: Floats
    enough: Mask
    overlap: tuple[float, ...]
    chosen: NumberChosen
    chance: float
    shading: float | None
    line: float | None
    findings: StatementFindings

    @property
    def number(self) -> int:
        """How many groups there are; 0 where none can be told apart."""
        return len(self.overlap)

    @property
    def names(self) -> tuple[str, ...]:
        """Their names: A is the largest."""
        return tuple(chr(ord("A") + at) for at in range(self.number))

    @property
    def is_shading(self) -> bool:
        """Whether views lie along a line rather than in groups with gaps between."""
        if self.shading is None or self.line is None:
            return False
        # Three cuts through a line leave fewer people between them than one, but they show a line by themselves.
        return self.shading <= self.rules.chance or (self.number > 2 and self.line >= self.rules.line)


@dataclass(frozen=True)
class _Placed:
    """Groups that may stand: the mixture, how sure, and who is in which, the largest first."""

    mixture: Mixture
    sureness: Sureness
    group: Whole


def find_opinion_groups(votes: Votes, rules: GroupRules, *, seed: int = 1) -> OpinionGroups:
    """Find groups of people who agree and disagree with the same statements.

    Args:
        votes: The votes of one conversation.
        rules: The rules in force.
        seed: Where chance begins; the same seed and votes give the same answer, whatever their order.

    Returns:
        Groups, the largest first, each with at least `rules.group` people who are sure of it; or none, where shuffled
        votes show groups as clearly, votes set aside are not foretold better, or groups do not come back when people
        are drawn anew. The statements that all share are found either way.

    Raises:
        ResultRefused: There are too few statements, or too few people with enough votes.

    Source:
        Rules `opinion_groups` and `group_stability`; record 0028 of decisions; the methods stand with their modules.
    """
    dice = np.random.default_rng(seed)
    opinions, people = take_opinions(votes, rules.votes)
    _refuse_too_few(votes, opinions, rules)
    chosen = choose_number(opinions, rules.most, dice)
    chance = shuffled_share(opinions, dice)
    number = chosen.number if chance <= rules.chance else 1
    placed = _place(opinions, number, rules, dice)
    group = np.full(len(votes.people), NOBODY)
    sure = np.zeros(len(votes.people))
    enough = np.zeros(len(votes.people), dtype=bool)
    enough[people] = True
    if placed is None:
        findings = find_statements(votes.counts(np.ones(len(votes.people), dtype=bool))[None], rules.in_error)
        return OpinionGroups(votes, rules, seed, group, sure, enough, (), chosen, chance, None, None, findings)
    group[people] = placed.group
    sure[people] = placed.sureness.people.max(axis=1)
    counts = count_apart(votes, opinions, people, placed.mixture, rules.sure)
    return OpinionGroups(
        votes=votes,
        rules=rules,
        seed=seed,
        group=group,
        sure=sure,
        enough=enough,
        overlap=tuple(placed.sureness.overlap.tolist()),
        chosen=chosen,
        chance=chance,
        shading=shading_share(opinions, placed.mixture, dice),
        line=share_on_a_line(placed.mixture),
        findings=find_statements(counts, rules.in_error),
    )


def _refuse_too_few(votes: Votes, opinions: Opinions, rules: GroupRules) -> None:
    if len(votes.statements) < rules.statements:
        reason = f"There are {len(votes.statements)} statements; groups are looked for from {rules.statements} on."
        raise ResultRefused(reason, "Add statements, and let people vote on them.")
    if opinions.people < rules.people:
        needed = min(rules.votes, len(votes.statements))
        reason = (
            f"Fewer than {rules.people} people have agreed or disagreed with {needed} statements or more: too few "
            "votes to look for groups."
        )
        raise ResultRefused(reason, "Wait for more votes, or read the views themselves.")


def _place(opinions: Opinions, number: int, rules: GroupRules, dice: np.random.Generator) -> _Placed | None:
    """Fit the groups; with fewer groups where one is too small or does not come back."""
    for tried in range(number, 1, -1):
        mixture = Fitter(opinions.matrix()).fit(tried, _STARTS, dice)
        sureness = draw_anew(opinions, mixture, dice)
        group = np.where(sureness.people.max(axis=1) >= rules.sure, sureness.people.argmax(axis=1), NOBODY)
        sizes = np.bincount(group[group >= 0], minlength=tried)
        if sizes.min() >= rules.group and sureness.overlap.min() >= rules.least_overlap:
            return _largest_first(mixture, sureness, group, sizes)
    return None


def _largest_first(mixture: Mixture, sureness: Sureness, group: Whole, sizes: Whole) -> _Placed:
    """Number groups by size; of two as large, the one with the first person comes first."""
    first = [int(np.flatnonzero(group == at)[0]) for at in range(sizes.size)]
    order = sorted(range(sizes.size), key=lambda at: (-sizes[at], first[at]))
    renamed = np.empty(sizes.size + 1, dtype=np.int64)
    renamed[order] = np.arange(sizes.size)
    renamed[NOBODY] = NOBODY
    return _Placed(
        Mixture(mixture.shares[:, order], mixture.sizes[order], mixture.chances[:, order], mixture.fit),
        Sureness(sureness.people[:, order], sureness.overlap[order]),
        renamed[group],
    )
