"""Which statements represent a group, which all groups share, and which divide them.

Groups are made of votes, so a test of the same votes would always find them different. Therefore statements are set
aside a part at a time: in which group a vote is counted is decided without that vote.

Source:
    Shares are steadied by one vote for and one against, groups compared by a test of two shares, and what all share is
    ordered by the product of the groups' shares ("group-informed consensus"): Small and others, Polis, RECERCA 26(2),
    2021; compdemocracy.org/group-informed-consensus. False discovery: Benjamini and Hochberg, Journal of the Royal
    Statistical Society B 57, 1995. That all groups share a statement is tested by its weakest group: Berger,
    Technometrics 24, 1982.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.special import ndtr

from locality.voice.opinion_groups.mixture import Fitter, Floats, Mixture
from locality.voice.opinion_groups.opinions import Opinions
from locality.voice.opinion_groups.votes import Mask, Votes, Whole

_PARTS = 5
_STEPS_AGAIN = 10
ANSWERS = ("agree", "disagree")


@dataclass(frozen=True)
class Represents:
    """A statement on which a group differs from all others.

    Args:
        group: Position of the group.
        statement: Position of the statement.
        answer: What most of the group say: agree or disagree.
        apart: How much larger the share of the group is than that of all others.
    """

    group: int
    statement: int
    answer: str
    apart: float


@dataclass(frozen=True)
class Shared:
    """A statement to which most of every group give the same answer.

    Args:
        statement: Position of the statement.
        answer: The answer.
        consensus: The product of the groups' steadied shares, from 0 to 1.
    """

    statement: int
    answer: str
    consensus: float


@dataclass(frozen=True)
class Divides:
    """A statement with which most of one group agree and most of another disagree.

    Args:
        statement: Position of the statement.
        agrees: Groups of which most agree.
        disagrees: Groups of which most disagree.
        apart: The largest difference between the steadied shares that agree.
    """

    statement: int
    agrees: tuple[int, ...]
    disagrees: tuple[int, ...]
    apart: float


@dataclass(frozen=True)
class StatementFindings:
    """All three lists, the clearest first."""

    represents: tuple[Represents, ...]
    shared: tuple[Shared, ...]
    divides: tuple[Divides, ...]


def count_apart(votes: Votes, opinions: Opinions, people: Whole, fitted: Mixture, sure: float) -> Whole:
    """Count votes by group, each vote by a person whose group is clear without it.

    Args:
        votes: All votes.
        opinions: The opinions that the groups were found in.
        people: Whose they are, by position in `votes.people`.
        fitted: The groups.
        sure: The least chance of a group with which somebody counts for it.

    Returns:
        Counts by group, answer (agree, disagree, pass) and statement.
    """
    counts = np.zeros((fitted.number, 3, opinions.statements), dtype=np.int64)
    matrix = opinions.matrix()
    for part in range(min(_PARTS, opinions.statements)):
        aside = np.arange(opinions.statements) % _PARTS == part
        chances = Fitter(matrix, statements=(~aside).astype(np.float64)).follow(fitted, _STEPS_AGAIN).chances
        for group in range(fitted.number):
            members = np.zeros(len(votes.people), dtype=bool)
            members[people[(chances.argmax(axis=1) == group) & (chances.max(axis=1) >= sure)]] = True
            counts[group][:, aside] = votes.counts(members)[:, aside]
    return counts


def find_statements(counts: Whole, in_error: float) -> StatementFindings:
    """Find what represents, what is shared and what divides.

    Args:
        counts: Votes by group, answer (agree, disagree, pass) and statement.
        in_error: The share of named statements that may be named in error.

    Returns:
        The findings. With one group only `shared` can have any.
    """
    cast = counts.sum(axis=1, keepdims=True)
    share = (counts[:, :2] + 1.0) / (cast + 2.0)
    clear = _clearly_apart(counts, share, in_error)
    return StatementFindings(
        _represents(counts, share, clear), _shared(share, cast[:, 0], in_error), _divides(share, clear)
    )


def _others(counts: Whole) -> Whole:
    return np.asarray(counts.sum(axis=0, keepdims=True) - counts)


def _clearly_apart(counts: Whole, share: Floats, in_error: float) -> Mask:
    """Say for each group, answer and statement whether its share is clearly above that of all others."""
    if counts.shape[0] == 1:
        return np.zeros(share.shape, dtype=bool)
    cast = counts.sum(axis=1, keepdims=True)
    rest, rest_cast = _others(counts)[:, :2], _others(cast)
    together = (counts[:, :2] + rest + 2.0) / (cast + rest_cast + 4.0)
    spread = np.sqrt(together * (1 - together) * (1 / (cast + 2.0) + 1 / (rest_cast + 2.0)))
    z = (share - (rest + 1.0) / (rest_cast + 2.0)) / spread
    found = _keep_discoveries(2 * ndtr(-np.abs(z)), in_error) & (z > 0)
    return np.asarray(found & (share > 0.5))


def _keep_discoveries(p: Floats, in_error: float) -> Mask:
    """Keep as many of the smallest as go with the rate of false ones among them."""
    order = np.sort(p, axis=None)
    below = np.flatnonzero(order <= in_error * np.arange(1, order.size + 1) / order.size)
    return np.asarray(p <= (order[below[-1]] if below.size else -1.0))


def _represents(counts: Whole, share: Floats, clear: Mask) -> tuple[Represents, ...]:
    rest, rest_cast = _others(counts)[:, :2], _others(counts.sum(axis=1, keepdims=True))
    apart = share - (rest + 1.0) / (rest_cast + 2.0)
    found = [
        Represents(int(group), int(statement), ANSWERS[answer], float(apart[group, answer, statement]))
        for group, answer, statement in np.argwhere(clear)
    ]
    return tuple(sorted(found, key=lambda one: (one.group, -one.apart, one.statement)))


def _shared(share: Floats, cast: Whole, in_error: float) -> tuple[Shared, ...]:
    z = (share - 0.5) / np.sqrt(0.25 / (cast[:, None] + 2.0))
    weakest = ndtr(-z).max(axis=0)
    consensus = share.prod(axis=0)
    found = [
        Shared(int(statement), ANSWERS[answer], float(consensus[answer, statement]))
        for answer, statement in np.argwhere(_keep_discoveries(weakest, in_error))
    ]
    return tuple(sorted(found, key=lambda one: (-one.consensus, one.statement)))


def _divides(share: Floats, clear: Mask) -> tuple[Divides, ...]:
    found = []
    for statement in range(share.shape[2]):
        agrees, disagrees = (tuple(np.flatnonzero(clear[:, answer, statement]).tolist()) for answer in (0, 1))
        if agrees and disagrees:
            apart = float(np.ptp(share[:, 0, statement]))
            found.append(Divides(statement, agrees, disagrees, apart))
    return tuple(sorted(found, key=lambda one: (-one.apart, one.statement)))
