"""Approach a linear program's least value from below, within a time, by a first-order method.

Shares and multipliers take turns (the primal-dual hybrid gradient method), from time to time starting again from the
mean of the last turns. Any multipliers give a bound, because shares lie between 0 and their tops: what the multipliers
do not account for is charged at the worst share. So the bound holds whenever it stops, and needs no solver's word.

Source:
    Chambolle and Pock (2011); Applegate and others (2021), "Practical large-scale linear programming using
    primal-dual hybrid gradient", for the scaling and for starting again.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from scipy import sparse

from locality.areas.exact.program import Program
from locality.areas.ground import Floats

_LOOK = 40  # Turns between two looks at the bound.
# When to stop. These decide the time only: how far the two sides are apart, as a ratio of the bound; and how much the
# bound has to rise in how many turns, as a ratio too.
_CLOSE = 3e-4
_RISE, _PATIENCE = 2e-4, 4000
# When to start again from the mean: at once when errors fell so much, or when they fell somewhat and now rise.
_MUCH, _SOMEWHAT = 0.2, 0.8


@dataclass
class Scaled:
    """A program whose rows and columns have been made alike in size."""

    program: Program
    matrix: sparse.csr_matrix
    back: sparse.csr_matrix
    cost: Floats
    ends: Floats
    tops: Floats
    row: Floats


@dataclass(frozen=True)
class Point:
    """Shares and multipliers, scaled."""

    shares: Floats
    pushes: Floats


@dataclass
class Run:
    """The turns since the method last started again.

    Args:
        begun: Where it started.
        now: Where it is.
        total: The sum of all points since then.
        turns: How many they are.
        first: How far the start was from an answer.
        last: How far the best point was at the last look.
    """

    begun: Point
    now: Point
    total: Point
    first: float = np.inf
    last: float = np.inf
    turns: int = 0

    @property
    def mean(self) -> Point:
        """The mean of all points since then."""
        return Point(self.total.shares / self.turns, self.total.pushes / self.turns)


def saddle_bound(program: Program, *, spent: Callable[[], float], seconds: float, enough: float = np.inf) -> float:
    """Give a value that the program's least value is not below.

    Args:
        program: What is bounded.
        spent: Gives the CPU seconds since the beginning.
        seconds: When to stop.
        enough: A bound that suffices.

    Returns:
        The bound; valid whenever it stops.
    """
    scaled = _scale(program)
    size = _norm(scaled.matrix)
    weight = max(1e-9, float(np.linalg.norm(scaled.cost))) / max(1e-9, float(np.linalg.norm(scaled.ends)))
    run = _start(Point(np.zeros(len(scaled.cost)), np.zeros(len(scaled.ends))))
    best = _bound(scaled, run.now.pushes)
    looks, earlier = 0, best
    while spent() < seconds and best < enough:
        _take_turns(scaled, run, (0.9 / (size * weight), 0.9 * weight / size))
        seen = [(*_look(scaled, point, weight), point) for point in (run.mean, run.now)]
        best = max(best, *(bound for _, bound, _, _ in seen))
        error, _, apart, point = min(seen, key=lambda one: one[0])
        looks += 1
        if apart < _CLOSE * abs(best):
            break
        if looks * _LOOK % _PATIENCE == 0:
            if best - earlier < _RISE * abs(best):
                break
            earlier = best
        if error < _MUCH * run.first or (error < _SOMEWHAT * run.first and error > run.last):
            weight = _balance(run.begun, point, weight)
            run = _start(point, error)
        else:
            run.last, run.first = error, error if np.isinf(run.first) else run.first
    return best


def _start(point: Point, error: float = np.inf) -> Run:
    return Run(point, point, Point(np.zeros_like(point.shares), np.zeros_like(point.pushes)), error)


def _take_turns(scaled: Scaled, run: Run, steps: tuple[float, float]) -> None:
    for _ in range(_LOOK):
        run.now = _turn(scaled, run.now, steps)
        run.total = Point(run.total.shares + run.now.shares, run.total.pushes + run.now.pushes)
    run.turns += _LOOK


def _scale(program: Program) -> Scaled:
    """Make the largest entries of rows and columns alike, then their sums."""
    matrix = program.matrix.copy()
    rows, columns = np.ones(matrix.shape[0]), np.ones(matrix.shape[1])
    for turn in range(9):
        size = abs(matrix)
        if turn < 8:
            row, column = size.max(axis=1).toarray().ravel(), size.max(axis=0).toarray().ravel()
        else:
            row, column = np.asarray(size.sum(axis=1)).ravel(), np.asarray(size.sum(axis=0)).ravel()
        row, column = 1 / np.sqrt(np.where(row > 0, row, 1)), 1 / np.sqrt(np.where(column > 0, column, 1))
        matrix = (sparse.diags(row) @ matrix @ sparse.diags(column)).tocsr()
        rows, columns = rows * row, columns * column
    return Scaled(
        program=program,
        matrix=matrix,
        back=matrix.T.tocsr(),
        cost=program.cost * columns,
        ends=program.ends * rows,
        tops=program.tops / columns,
        row=rows,
    )


def _norm(matrix: sparse.csr_matrix) -> float:
    """The largest factor by which the matrix lengthens, a little above."""
    some = np.random.default_rng(1).normal(size=matrix.shape[1])
    for _ in range(30):
        some = matrix.T @ (matrix @ (some / np.linalg.norm(some)))
    return 1.02 * float(np.sqrt(np.linalg.norm(some)))


def _turn(scaled: Scaled, now: Point, steps: tuple[float, float]) -> Point:
    shares = np.clip(now.shares - steps[0] * (scaled.cost - scaled.back @ now.pushes), 0.0, scaled.tops)
    pushes = now.pushes + steps[1] * (scaled.ends - scaled.matrix @ (2 * shares - now.shares))
    return Point(shares, np.where(scaled.program.equal, pushes, np.maximum(0.0, pushes)))


def _bound(scaled: Scaled, pushes: Floats) -> float:
    """The value that multipliers prove, worked out on the program as it was written."""
    program = scaled.program
    sound = pushes * scaled.row
    sound = np.where(program.equal, sound, np.maximum(0.0, sound))
    left = program.cost - program.matrix.T @ sound
    return float(program.ends @ sound + np.minimum(0.0, left) @ program.tops) + program.constant


def _look(scaled: Scaled, point: Point, weight: float) -> tuple[float, float, float]:
    """Give how far a point is from an answer, the bound that it proves, and how far the two sides are apart."""
    program = scaled.program
    bound = _bound(scaled, point.pushes)
    worth = float(scaled.cost @ point.shares) + program.constant
    short = scaled.ends - scaled.matrix @ point.shares
    miss = float(np.linalg.norm(np.where(program.equal, short, np.maximum(0.0, short))))
    gap = abs(worth - bound)
    return float(np.hypot(np.sqrt(weight) * miss, gap)), bound, gap + miss


def _balance(begun: Point, now: Point, weight: float) -> float:
    """Weigh shares against multipliers by how far each has moved."""
    moved = float(np.linalg.norm(now.shares - begun.shares)), float(np.linalg.norm(now.pushes - begun.pushes))
    if min(moved) < 1e-12:
        return weight
    return float(np.exp(0.5 * np.log(moved[1] / moved[0]) + 0.5 * np.log(weight)))
