"""Ranked pairs: each pair is compared, and the clearest comparisons are fixed first.

What would win against every other comes first. Adding a look-alike of a candidate neither helps nor harms the others.
Each step is a sentence, which is why this method was chosen among those with both properties.

Source:
    Tideman, Independence of clones as a criterion for voting rules, Social Choice and Welfare 4 (1987); ties by an
    order drawn beforehand: Zavist and Tideman, Social Choice and Welfare 6 (1989).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np
import numpy.typing as npt

from locality.voice.priorities.ballots import Ranking
from locality.voice.priorities.method import PriorityMethod
from locality.voice.priorities.outcome import CountStep, PairCount

Counts = npt.NDArray[np.int64]


@dataclass(frozen=True)
class Fixed:
    """What ranked pairs gives: the order of codes, the steps, the pairs, and who beats all others."""

    order: tuple[str, ...]
    steps: tuple[CountStep, ...]
    pairs: tuple[PairCount, ...]
    beats_all: str


def count_pairs(method: PriorityMethod, ballots: Sequence[Ranking]) -> Counts:
    """Count for each pair of candidates how many ballots put the first higher.

    Args:
        method: The method, with what an unranked candidate means.
        ballots: The ballots.

    Returns:
        A table of candidates by candidates: ballots that put the row's candidate above the column's.
    """
    codes = method.codes
    at = {code: number for number, code in enumerate(codes)}
    nowhere = len(codes) + 1
    place = np.full((len(ballots), len(codes)), nowhere, dtype=np.int64)
    for row, ballot in enumerate(ballots):
        for number, level in enumerate(ballot.places):
            for code in level:
                place[row, at[code]] = number
    counts = np.zeros((len(codes), len(codes)), dtype=np.int64)
    for column in range(len(codes)):
        higher = place[:, [column]] < place
        if method.unranked == "no_opinion":
            higher &= place < nowhere
        counts[column] = higher.sum(axis=0)
    return counts


def fix_pairs(method: PriorityMethod, counts: Counts, ballots: int) -> Fixed:
    """Fix comparisons from the clearest to the least clear, leaving out what goes against those before.

    Args:
        method: The method, with the lot.
        counts: From `count_pairs`.
        ballots: How many ballots there were.

    Returns:
        The order: every candidate stands above those over which it was fixed.
    """
    pairs = _clearest_first(method, counts, ballots)
    above: dict[str, list[str]] = {code: [] for code in method.codes}
    steps = []
    for pair in pairs:
        against = _way(above, pair.second, pair.first)
        if not against and pair.second not in above[pair.first]:
            above[pair.first].append(pair.second)
        steps.append(_step(method, pair, against, ballots))
    order = tuple(sorted(method.codes, key=lambda code: -len(_all_below(above, code))))
    return Fixed(order, tuple(steps), tuple(pairs), _beats_all(method, counts))


def _clearest_first(method: PriorityMethod, counts: Counts, ballots: int) -> list[PairCount]:
    """Put every pair, the stronger side first, in the order of how far ahead it is; the lot orders equals."""
    at = {code: number for number, code in enumerate(method.codes)}
    pairs = []
    for one, two in combinations(method.lot, 2):
        high, low = int(counts[at[one], at[two]]), int(counts[at[two], at[one]])
        neither = ballots - high - low
        # Where both sides are level the one that comes earlier in the lot stands first.
        pairs.append(
            PairCount(one, two, high, low, neither) if high >= low else PairCount(two, one, low, high, neither)
        )
    drawn = {code: number for number, code in enumerate(method.lot)}
    return sorted(pairs, key=lambda pair: (pair.lower - pair.higher, drawn[pair.first], drawn[pair.second]))


def _way(above: dict[str, list[str]], start: str, end: str) -> list[str]:
    """Find how a candidate is fixed above another: the candidates on the shortest way, or nothing."""
    came_from = {start: ""}
    waiting = [start]
    for code in waiting:
        for below in above[code]:
            if below not in came_from:
                came_from[below] = code
                waiting.append(below)
    if end not in came_from:
        return []
    way = [end]
    while way[-1] != start:
        way.append(came_from[way[-1]])
    return way[::-1]


def _all_below(above: dict[str, list[str]], code: str) -> set[str]:
    found: set[str] = set()
    waiting = [code]
    while waiting:
        for below in above[waiting.pop()]:
            if below not in found:
                found.add(below)
                waiting.append(below)
    return found


def _step(method: PriorityMethod, pair: PairCount, against: Sequence[str], ballots: int) -> CountStep:
    first, second = method.name(pair.first), method.name(pair.second)
    if against:
        head, *others = [method.name(code) for code in against]
        way = f"{head} is above {', which is above '.join(others)}"
        said = f"{first} over {second} ({pair.higher} to {pair.lower}) is left out: it is fixed already that {way}."
        return CountStep("left_out", said)
    if pair.higher == pair.lower:
        level = f"{first} and {second} are level ({pair.higher} to {pair.lower})"
        return CountStep("lot", f"{level}: the lot, drawn before the count, puts {first} first.")
    rest = f", {pair.neither} said neither" if pair.neither else ""
    said = f"{pair.higher} of {ballots} ranked it higher, {pair.lower} lower{rest}"
    return CountStep("fixed", f"{first} is above {second}: {said}.")


def _beats_all(method: PriorityMethod, counts: Counts) -> str:
    for number, code in enumerate(method.codes):
        others = [other for other in range(len(method.codes)) if other != number]
        if all(counts[number, other] > counts[other, number] for other in others):
            return code
    return ""
