"""How many groups the votes call for, and whether there are any.

Two questions, both answered by the votes themselves. *How many:* some votes are set aside, and the number of groups is
taken that foretells them best; a larger number must be clearly better. *Any at all:* the votes on each statement are
shuffled among those who voted on it. Then each statement keeps its shares, everybody votes as often as before, and
nobody is of one mind with anybody. The real votes must hang together more than nearly all shuffled ones.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from locality.voice.opinion_groups.mixture import Fitter, Floats
from locality.voice.opinion_groups.opinions import Opinions
from locality.voice.opinion_groups.votes import Mask

_FOLDS = 5
# With many opinions two of the five parts that could be set aside tell enough.
_MANY = 100_000
_FOLDS_OF_MANY = 2
_STARTS = 6
_SHUFFLES = 39
_SHUFFLE_STARTS = 3
_SHUFFLE_STEPS = 20
# Shuffles of so many people, drawn by chance, show as well as those of more whether there is anything.
_PEOPLE_SHUFFLED = 2000
# A larger number of groups must foretell better by so many standard errors.
_CLEARLY = 2.0


@dataclass(frozen=True)
class NumberChosen:
    """What the votes set aside say.

    Args:
        number: The number of groups; 1 where none foretell better.
        gains: For each number tried, how much better than without groups an opinion set aside is foretold (mean
            logarithm of the chance given to it).
        clearness: By how many standard errors the chosen number is better than none.
    """

    number: int
    gains: dict[int, float]
    clearness: float


def choose_number(opinions: Opinions, most: int, dice: np.random.Generator) -> NumberChosen:
    """Choose the number of groups by votes set aside.

    Args:
        opinions: All opinions.
        most: The most groups.
        dice: Where folds and starts come from.

    Returns:
        The smallest number that the best one does not clearly beat.
    """
    fold = dice.integers(0, _FOLDS, opinions.person.size)
    folds = range(_FOLDS if opinions.person.size < _MANY else _FOLDS_OF_MANY)
    told: dict[int, Floats] = {1: np.zeros(opinions.people)}
    fitters = [Fitter(opinions.matrix(fold != each)) for each in folds]
    base = [_foretell(fitters[each], opinions, fold == each, 1, dice) for each in folds]
    for number in range(2, most + 1):
        gain = np.zeros(opinions.people)
        for each in folds:
            aside = fold == each
            better = _foretell(fitters[each], opinions, aside, number, dice) - base[each]
            gain += np.bincount(opinions.person[aside], better, minlength=opinions.people)
        told[number] = gain
        if number > 2 and _apart(told[number], told[number - 1]) < 0 and _apart(told[number - 1], told[number - 2]) < 0:
            break
    best = max(told, key=lambda one: float(told[one].sum()))
    number = next(one for one in told if one == best or _apart(told[best], told[one]) < _CLEARLY)
    votes = max(int((fold < len(folds)).sum()), 1)
    gains = {one: float(gain.sum()) / votes for one, gain in told.items()}
    return NumberChosen(number, gains, _apart(told[max(number, 2)], told[1]))


def _foretell(fitter: Fitter, opinions: Opinions, aside: Mask, number: int, dice: np.random.Generator) -> Floats:
    """Give the logarithm of the chance that was given to each opinion set aside."""
    fitted = fitter.fit(number, _STARTS, dice)
    column = opinions.statement[aside] + np.where(opinions.agrees[aside], 0, opinions.statements)
    given = np.exp(fitted.shares)[column] * fitted.chances[opinions.person[aside]]
    return np.asarray(np.log(given.sum(axis=1)))


def _apart(one: Floats, other: Floats) -> float:
    """By how many standard errors people's opinions are better foretold by one than by the other."""
    better = one - other
    spread, total = float(better.std() * np.sqrt(better.size)), float(better.sum())
    # People whose votes are all alike leave no spread: then any difference is clear.
    return total / spread if spread else 99.0 * float(np.sign(total))


def shuffled_share(opinions: Opinions, dice: np.random.Generator) -> float:
    """Say how often shuffled votes show two groups as clearly as the real ones.

    Args:
        opinions: All opinions.
        dice: Where shuffles and starts come from.

    Returns:
        The share of shuffles, the real votes counted among them, that fit two groups at least as well; near 0 where
        people really are of one mind with some and not with others.

    Source:
        A permutation test; the real votes are counted as one shuffle, as in Davison and Hinkley, Bootstrap methods and
        their application, 1997, chapter 4.
    """
    opinions = opinions.some(_PEOPLE_SHUFFLED, dice)
    order = np.argsort(opinions.statement, kind="stable")
    real = _two_groups(Fitter(opinions.matrix()), dice)
    as_clear = 0
    for _ in range(_SHUFFLES):
        mixed = opinions.agrees.copy()
        # Sorted by statement and then by chance, votes stay with their statement and come to anybody who voted on it.
        drawn = np.lexsort((dice.random(order.size), opinions.statement))
        mixed[order] = opinions.agrees[drawn]
        as_clear += _two_groups(Fitter(opinions.matrix(agrees=mixed)), dice) >= real
    return (1 + as_clear) / (1 + _SHUFFLES)


def _two_groups(fitter: Fitter, dice: np.random.Generator) -> float:
    """Say how well two groups fit after a few steps; real and shuffled votes are given the same ones."""
    best = max((fitter.begin(2, dice) for _ in range(_SHUFFLE_STARTS)), key=lambda one: one.fit)
    return fitter.follow(best, _SHUFFLE_STEPS).fit
