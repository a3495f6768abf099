"""How far every voter's share is raised: to the last step before the first that would overspend, not trying all.

A count that is certain for a range of shares gives the same winners for every step in it (see `certain`). Ranges
follow one another without a gap and grow while they are certain; one that is not is halved, and a single step that is
not certain is counted in exact fractions. So every step up to the answer is covered, as if each had been counted.
"""

from __future__ import annotations

from dataclasses import dataclass

from locality.voice.choice.ballot_classes import Classes
from locality.voice.choice.certain import CERTAIN, count_certainly
from locality.voice.choice.exact_count import ExactCount
from locality.voice.choice.shares_held import Purse, has_room, votes_of


@dataclass(frozen=True)
class Raised:
    """Where the raising of shares ends.

    Args:
        steps: How many steps each share is raised by.
        winners: Candidates in the order in which they are bought at that share.
        ended: `overspends` (the next step would), `enough` (nothing is lost for want of money), `exhausted` (nothing
            more fits into the sum) or `as-is` (no step was asked for).
    """

    steps: int
    winners: tuple[int, ...]
    ended: str


def raise_shares(
    classes: Classes, purse: Purse, budget: int, *, stop_when_full: bool = False, guess: bool = False
) -> Raised:
    """Raise all shares step by step until the next step would overspend.

    Args:
        classes: The ballots.
        purse: Their money by steps.
        budget: The sum, in minor units.
        stop_when_full: Stop at the first step at which no further candidate fits into the sum.
        guess: For previews: decide near ties by their bounds.

    Returns:
        The last number of steps before the first that overspends; or the first at which no candidate is lost for want
        of money, for then more changes nothing; the same as counting at 0, 1, 2 and so on.
    """
    steps, width = 0, 1
    last: Raised | None = None
    while True:
        winners = _winners(classes, purse, (steps, steps + width - 1), guess=guess)
        if winners is None:
            width //= 2
            continue
        spent = sum(int(classes.field.cost[c]) for c in winners)
        if spent > budget and last is not None:
            return last
        last = Raised(steps + width - 1, winners, "overspends")
        if _has_enough(classes, winners):
            return Raised(steps, winners, "enough")
        if stop_when_full and not _fitting(classes, winners, budget - spent):
            return Raised(steps, winners, "exhausted")
        steps, width = steps + width, width * 2


def _winners(classes: Classes, purse: Purse, ends: tuple[int, int], *, guess: bool) -> tuple[int, ...] | None:
    """Give the winners that hold for all steps of a range; None: they may differ within it."""
    status, picks = count_certainly(classes.field, purse.state(*ends), guess and ends[0] == ends[1])
    if status == CERTAIN:
        return tuple(int(c) for c in picks)
    if ends[0] < ends[1]:
        return None
    return ExactCount(classes, purse.at(ends[0])).run()


def _has_enough(classes: Classes, winners: tuple[int, ...]) -> bool:
    """Say whether nothing that people support is left out but for a rival or a ceiling."""
    return not _standing(classes, winners)


def _fitting(classes: Classes, winners: tuple[int, ...], rest: int) -> set[int]:
    return {c for c in _standing(classes, winners) if classes.field.cost[c] <= rest}


def _standing(classes: Classes, winners: tuple[int, ...]) -> set[int]:
    """Give the supported candidates that are neither bought nor excluded by what is."""
    field = classes.field
    room = field.room.copy()
    out = set(winners)
    for c in winners:
        out |= set(field.rival[field.rival_start[c] : field.rival_start[c + 1]].tolist())
        if field.heading[c] >= 0:
            room[field.heading[c]] -= field.cost[c]
    return {
        c
        for c, (votes, fits) in enumerate(zip(votes_of(classes).tolist(), has_room(classes).tolist(), strict=True))
        if votes and fits and c not in out and (field.heading[c] < 0 or field.cost[c] <= room[field.heading[c]])
    }
