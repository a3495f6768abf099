"""What changes from one division to another: which locality takes whose place, and how many people move."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.optimize import linear_sum_assignment

from locality.areas.ground import Division, Floats, Ground, Ints
from locality.areas.tallies import cross_sums, locality_count


@dataclass(frozen=True)
class Flow:
    """People whose locality is another one in the other division.

    Args:
        before: The locality that they leave, in the first division; -1: they were in none.
        after: The locality that they come to, in the second division; -1: they are in none.
        people: How many.
        zones: How many zones.
    """

    before: int
    after: int
    people: int
    zones: int


def match_localities(ground: Ground, before: Division, after: Division) -> Ints:
    """Say which locality of one division takes the place of which of another.

    Args:
        ground: What both are drawn on.
        before: The first division.
        after: The second division.

    Returns:
        For each locality of the second the locality of the first whose place it takes, so that as many people as
        possible stay where they are; -1: it is a new one. No locality is taken twice.
    """
    overlap = _overlap(ground, before, after)
    one, two = linear_sum_assignment(overlap, maximize=True)
    kept = overlap[one, two] > 0
    match = np.full(overlap.shape[1], -1, dtype=np.int64)
    match[two[kept]] = one[kept]
    return match


def people_moved(ground: Ground, before: Division, after: Division) -> int:
    """Count the people whose locality changes, after each locality was matched with the one whose place it takes.

    Args:
        ground: What both are drawn on.
        before: The first division.
        after: The second division.

    Returns:
        People; who is in no locality in either division has not moved.
    """
    return int(ground.people[_moves(before, after, match_localities(ground, before, after))].sum())


def flows(ground: Ground, before: Division, after: Division) -> tuple[Flow, ...]:
    """Say who moves where, most people first.

    Args:
        ground: What both are drawn on.
        before: The first division.
        after: The second division.

    Returns:
        One entry for each pair of localities between which people move, after matching.
    """
    moves = _moves(before, after, match_localities(ground, before, after))
    pairs: dict[tuple[int, int], list[int]] = {}
    for zone in np.flatnonzero(moves):
        pairs.setdefault((int(before[zone]), int(after[zone])), []).append(int(zone))
    found = [Flow(*pair, int(ground.people[zones].sum()), len(zones)) for pair, zones in pairs.items()]
    return tuple(sorted(found, key=lambda flow: (-flow.people, flow.before, flow.after)))


def _moves(before: Division, after: Division, match: Ints) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
    # A new locality takes nobody's place (-1), yet its people do move; -2 differs from every number.
    place = np.append(np.where(match < 0, -2, match), -1)
    moved: np.ndarray[tuple[int], np.dtype[np.bool_]] = place[after] != before
    return moved


def _overlap(ground: Ground, before: Division, after: Division) -> Floats:
    shape = (locality_count(before), locality_count(after))
    return cross_sums(before, after.astype(np.int64), ground.people, shape=shape)
