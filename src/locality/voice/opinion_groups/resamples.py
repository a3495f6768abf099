"""How sure groups are: people are drawn anew, some statements left out, and the groups looked for again.

Whoever comes to the same group again and again is sure of it; whoever comes now here, now there stands between. A group
of which most comes back each time is stable.

Source:
    Hennig, Cluster-wise assessment of cluster stability, Computational Statistics and Data Analysis 52, 2007.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.optimize import linear_sum_assignment

from locality.voice.opinion_groups.mixture import Fitter, Floats, Mixture
from locality.voice.opinion_groups.opinions import Opinions
from locality.voice.opinion_groups.votes import Mask

_RESAMPLES = 50
# One statement in so many is left out of each resample: as if people had been asked something less.
_LEFT_OUT = 10
_STARTS = 1
_SIMULATED = 39
_STEPS_AGAIN = 10
# The question whether groups shade into each other is answered as well by so many people as by more.
_PEOPLE_ASKED = 2000


@dataclass(frozen=True)
class Sureness:
    """What resamples say.

    Args:
        people: For each person, how often (mean chance) they come to each group; each row adds up to 1.
        overlap: For each group, how much of it comes back: the mean of people in both over people in either.
    """

    people: Floats
    overlap: Floats


def draw_anew(opinions: Opinions, fitted: Mixture, dice: np.random.Generator) -> Sureness:
    """Look for the same number of groups in people drawn anew, without some of the statements.

    Args:
        opinions: All opinions.
        fitted: The groups found in them.
        dice: Where resamples come from.

    Returns:
        How sure people and groups are.
    """
    matrix = opinions.matrix()
    people = np.zeros_like(fitted.chances)
    overlap = np.zeros(fitted.number)
    for _ in range(_RESAMPLES):
        drawn = np.bincount(dice.integers(0, opinions.people, opinions.people), minlength=opinions.people)
        kept = dice.permutation(opinions.statements) >= opinions.statements // _LEFT_OUT
        fitter = Fitter(matrix, people=drawn.astype(np.float64), statements=kept.astype(np.float64))
        again = fitter.fit(fitted.number, _STARTS, dice, begin=fitted).chances
        again = again[:, _match(fitted.chances * drawn[:, None], again)]
        people += again
        overlap += _overlaps(fitted.chances[drawn > 0].argmax(axis=1), again[drawn > 0].argmax(axis=1), fitted.number)
    return Sureness(people / _RESAMPLES, overlap / _RESAMPLES)


def _match(one: Floats, other: Floats) -> list[int]:
    """Say which group of the other is which of the one, so that most people stay."""
    _, column = linear_sum_assignment(-(one.T @ other))
    return [int(at) for at in column]


def _overlaps(one: Floats, other: Floats, number: int) -> Floats:
    both = [((one == at) & (other == at)).sum() / max(((one == at) | (other == at)).sum(), 1) for at in range(number)]
    return np.array(both, dtype=np.float64)


def shading_share(opinions: Opinions, fitted: Mixture, dice: np.random.Generator) -> float:
    """Say how often groups without anything between them would leave as many people between as there are.

    Votes are made up as the groups say them, by as many people on the same statements, and the groups looked for again.
    Where views lie along a line without a gap, more people stand between its ends than in any of these.

    Args:
        opinions: All opinions.
        fitted: The groups found in them.
        dice: Where made-up votes come from.

    Returns:
        The share of made-up votes, the real ones counted among them, in which people are placed no more clearly. Near
        0 the groups shade into each other.
    """
    asked = opinions.some(_PEOPLE_ASKED, dice)
    real = fitted if asked is opinions else _fit_again(asked, asked.agrees, fitted, dice)
    shares = np.exp(real.shares[: asked.statements])
    clear = _clearness(real)
    no_clearer = 0
    for _ in range(_SIMULATED):
        group = dice.choice(real.number, asked.people, p=np.exp(real.sizes) / np.exp(real.sizes).sum())
        agrees = dice.random(asked.person.size) < shares[asked.statement, group[asked.person]]
        again = Fitter(asked.matrix(agrees=agrees))
        start = Mixture(real.shares, real.sizes, np.eye(real.number)[group], 0.0)
        no_clearer += _clearness(again.follow(start, _STEPS_AGAIN)) <= clear
    return (1 + no_clearer) / (1 + _SIMULATED)


def share_on_a_line(fitted: Mixture) -> float:
    """Say how much of what groups differ in lies along one line.

    Args:
        fitted: The groups.

    Returns:
        The share of the variance of the groups' shares, weighed by size, that one direction holds; 1 for two groups.
    """
    shares = np.exp(fitted.shares[: fitted.shares.shape[0] // 2])
    sizes = np.exp(fitted.sizes) / np.exp(fitted.sizes).sum()
    spread = np.linalg.svd((shares - (shares @ sizes)[:, None]) * np.sqrt(sizes), compute_uv=False) ** 2
    return float(spread[0] / spread.sum())


def _fit_again(asked: Opinions, agrees: Mask, fitted: Mixture, dice: np.random.Generator) -> Mixture:
    return Fitter(asked.matrix(agrees=agrees)).fit(fitted.number, 4 * _STARTS, dice)


def _clearness(mixture: Mixture) -> float:
    return float(mixture.chances.max(axis=1).mean())
