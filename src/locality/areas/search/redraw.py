"""A draft from a division that somebody drew, in pieces or not."""

from __future__ import annotations

import numpy as np
from scipy import sparse
from scipy.sparse.csgraph import connected_components

from locality.areas.ground import Division, Ground, Ints
from locality.areas.search.draft import Draft
from locality.areas.search.numbers import Numbers
from locality.areas.search.problem import Problem
from locality.areas.search.run import draft_of


def draft_from(ground: Ground, problem: Problem, numbers: Numbers, division: Division, *, seed: int) -> Draft:
    """Take a division as a draft.

    Args:
        ground: What it is drawn on.
        problem: What may move.
        numbers: How many localities each part may have.
        division: The locality of every zone; -1: in none yet.
        seed: Start of the random numbers.

    Returns:
        The draft: every locality in one piece. Of a locality in pieces that with most people is kept, or the one
        with zones that stay still; the others go to the neighbour with which they share most border.
    """
    home = _of_units(ground, problem, division)
    piece = _pieces(problem, home)
    keep = _main_pieces(problem, home, piece)
    home = np.where(keep, home, -1)
    while (home < 0).any():
        spread = _spread(problem, home)
        if np.array_equal(spread, home):
            # A part of the area in which no locality was drawn becomes one.
            lost = np.flatnonzero(home < 0)
            spread[problem.scope.part == problem.scope.part[lost[0]]] = home.max() + 1
        home = spread
    labels, first, numbered = np.unique(home, return_index=True, return_inverse=True)
    return draft_of(problem, numbers, numbered.astype(np.int32), problem.scope.part[first[: len(labels)]], seed=seed)


def _of_units(ground: Ground, problem: Problem, division: Division) -> Ints:
    """Give each unit the locality of most of its people."""
    scope = problem.scope
    inside = (scope.unit >= 0) & (division >= 0)
    count = int(division.max(initial=0)) + 1
    place = scope.unit[inside] * count + division[inside]
    people = np.bincount(place, ground.people[inside] + 1, scope.units * count).reshape(scope.units, count)
    home: Ints = np.where(people.any(axis=1), people.argmax(axis=1), -1)
    return home


def _pieces(problem: Problem, home: Ints) -> Ints:
    level = problem.level
    same = home[level.owner] == home[level.to]
    size = (len(home), len(home))
    links = sparse.coo_matrix((np.ones(int(same.sum())), (level.owner[same], level.to[same])), size)
    pieces: Ints = connected_components(links, directed=False)[1].astype(np.int64)
    return pieces


def _main_pieces(problem: Problem, home: Ints, piece: Ints) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
    """Say which units are in the main piece of their locality; units in no locality are in none."""
    worth = problem.level.people + 1 + problem.level.still * np.int64(problem.people)
    size = np.bincount(piece, worth)
    keep = np.zeros(len(home), np.bool_)
    for locality in np.unique(home[home >= 0]):
        units = np.flatnonzero(home == locality)
        keep[units] = piece[units] == piece[units[size[piece[units]].argmax()]]
    return keep


def _spread(problem: Problem, home: Ints) -> Ints:
    """Give units without a locality that of the neighbours with which they share most border."""
    level = problem.level
    count = int(home.max(initial=0)) + 1
    reach = (home[level.owner] < 0) & (home[level.to] >= 0)
    place = level.owner[reach].astype(np.int64) * count + home[level.to[reach]]
    border = np.bincount(place, level.border[reach] + 1, len(home) * count).reshape(len(home), count)
    grown: Ints = np.where(border.any(axis=1), border.argmax(axis=1), home)
    return grown
