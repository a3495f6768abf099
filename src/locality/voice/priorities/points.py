"""Borda points, scores and divided sums: figures added up exactly, and put in order."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from statistics import median

from locality.foundations import ResultRefused, say_pounds
from locality.voice.exact_shares import pence_by_share
from locality.voice.priorities.ballots import DividedSum, Ranking, Scores
from locality.voice.priorities.method import PriorityMethod
from locality.voice.priorities.outcome import CountStep, say_exact

Figures = Mapping[str, tuple[Fraction, ...]]
"""For each candidate what it is ordered by, the highest first: of equals in one, the next decides."""


def borda_points(method: PriorityMethod, ballots: Sequence[Ranking]) -> tuple[Figures, list[CountStep]]:
    """Add up points for places: the first of n gets n - 1, the last nothing; those in one place share their points.

    Args:
        method: The method, with what an unranked candidate gets.
        ballots: The ballots.

    Returns:
        Points by candidate, and one sentence for each.
    """
    points = dict.fromkeys(method.codes, Fraction(0))
    for ballot in ballots:
        for code, got in _points_of(method, ballot).items():
            points[code] += got
    most = len(method.codes) - 1
    steps = [
        CountStep("counted", f"{method.name(code)} has {say_exact(got)} points of at most {most * len(ballots):,}.")
        for code, got in points.items()
    ]
    return {code: (got,) for code, got in points.items()}, steps


def _points_of(method: PriorityMethod, ballot: Ranking) -> dict[str, Fraction]:
    ranked = [code for place in ballot.places for code in place]
    places = list(ballot.places)
    if method.unranked_points == "average":
        places.append(tuple(code for code in method.codes if code not in ranked))
    next_points = len(method.codes) - 1
    points: dict[str, Fraction] = {}
    for place in places:
        if place:
            # Those who share a place share the points of the places that they fill together.
            points |= dict.fromkeys(place, Fraction(2 * next_points - len(place) + 1, 2))
            next_points -= len(place)
    return points


def average_scores(method: PriorityMethod, ballots: Sequence[Scores]) -> tuple[Figures, list[CountStep]]:
    """Give each candidate its mean or its middle score.

    Args:
        method: The method, with which of the two, and what no score means.
        ballots: The ballots.

    Returns:
        Of the mean: the mean. Of the median: the median, then the mean. A candidate that nobody scored comes last.
    """
    figures: dict[str, tuple[Fraction, ...]] = {}
    steps = []
    for code in method.codes:
        given = [score for ballot in ballots for own, score in ballot.scores if own == code]
        if method.unscored == "lowest":
            given += [method.lowest] * (len(ballots) - len(given))
        figures[code] = _averages(method, given)
        steps.append(CountStep("counted", _say_scores(method, code, given, figures[code])))
    return figures, steps


def _averages(method: PriorityMethod, given: Sequence[int]) -> tuple[Fraction, ...]:
    if not given:
        return (Fraction(method.lowest - 1),) * 2
    mean = Fraction(sum(given), len(given))
    return (Fraction(median(map(Fraction, given))), mean) if method.average == "median" else (mean,)


def _say_scores(method: PriorityMethod, code: str, given: Sequence[int], figures: Sequence[Fraction]) -> str:
    if not given:
        return f"{method.name(code)} was scored by nobody."
    number = f"{len(given)} score{'' if len(given) == 1 else 's'}"
    if method.average == "median":
        mean = say_exact(figures[1])
        return f"{method.name(code)} has the middle score {say_exact(figures[0])} of {number}, mean {mean}."
    return f"{method.name(code)} has the mean score {say_exact(figures[0])}: {sum(given)} from {number}."


def divide_sum(method: PriorityMethod, ballots: Sequence[DividedSum]) -> tuple[dict[str, int], list[CountStep]]:
    """Bring the ways in which people divide a sum to one.

    The mean of what everybody gave, rounded so that the parts add up to the sum; or the middle amounts, which need not
    add up, brought to the sum in proportion and then rounded the same way.

    Args:
        method: The method, with the sum and which of the two.
        ballots: The ballots; each divides the whole sum.

    Returns:
        Pence by candidate, which add up to the sum, and one sentence for each.

    Raises:
        ResultRefused: Every middle amount is nought.
    """
    given = {code: [dict(ballot.parts).get(code, 0) for ballot in ballots] for code in method.codes}
    middle = {code: Fraction(median(map(Fraction, amounts))) for code, amounts in given.items()}
    wanted = middle if method.average == "median" else {code: Fraction(sum(each)) for code, each in given.items()}
    total = sum(wanted.values())
    if not total:
        raise ResultRefused(
            "Most people gave nothing to each of the candidates, so every middle amount is nought.",
            "Next time, choose the mean before the count.",
        )
    shares = [amount / total for amount in wanted.values()]
    pence = dict(zip(wanted, pence_by_share(method.sum_pence, shares), strict=True))
    return pence, [CountStep("counted", _say_sum(method, code, pence[code], given[code])) for code in method.codes]


def _say_sum(method: PriorityMethod, code: str, pence: int, given: Sequence[int]) -> str:
    some = sum(amount > 0 for amount in given)
    said = f"{method.name(code)} gets {say_pounds(pence)}: {some} of {len(given)} gave it something"
    if method.average == "median":
        return f"{said}; the middle amount is {say_pounds(round(Fraction(median(map(Fraction, given)))))}."
    return f"{said}, {say_pounds(round(Fraction(sum(given), len(given))))} on average."
