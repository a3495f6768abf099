"""A bound for hundreds of zones: divisions as tables of who is with whom, relaxed to positive semidefinite ones.

A division is a table X of nodes x nodes: 1 where two lie in one locality, 0 where not. Every such table has ones on
its diagonal, nothing below 0, no negative eigenvalue (nor has X - 1/k when there are k localities), rows whose people
are within the bounds, a people-weighted sum that k localities within the bounds can have, and no broken triangle: if u
is with v and with w, then v is with w. The least J over all tables of this kind is not above the J of any division.

The least is approached by the alternating direction method on the dual problem. Its last multipliers are then made a
bound that holds whatever was reached: every error is paid for by the least eigenvalue.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from scipy import linalg, sparse

from locality.areas.exact.model import CutModel
from locality.areas.exact.triangles import broken_triangles, triangle_rows
from locality.areas.ground import Flags, Floats, Ints

_OVER_STEP = 1.6  # The usual step beyond 1 of this method; any below 1.618 is safe.
_CLOSE = 1e-4  # When to stop: errors of the two sides. It decides the time only, never whether the bound holds.
_ROUNDING = 1e-7


@dataclass
class Rows:
    """Linear rows on the table, each with a range; a row without slack is an equation."""

    matrix: sparse.csr_matrix
    low: Floats
    high: Floats


@dataclass
class Cone:
    """The relaxed problem, shifted by 1/k so that the cone is plain; all weights together scaled to length 1."""

    cost: Floats
    scale: float
    constant: float
    shift: float
    free: Flags
    rows: Rows


@dataclass
class State:
    """Where the method stands: the table, its slack, and the multipliers."""

    table: Floats
    slack: Floats
    outside: Floats
    below: Floats
    push: Floats
    step: float


def cone_of(model: CutModel, price: float = 0.0) -> Cone:
    """Write the relaxed problem of a model whose nodes lie in one locality each.

    Args:
        model: What is divided.
        price: What J grows by for every pair of people in one locality, a person with itself too.
    """
    shift = 1 / model.number if model.number else 0.0
    weights = model.matrix
    cost = price * np.outer(model.people, model.people) - weights / 2
    scale = max(float(np.linalg.norm(cost)), 1e-12)
    free = np.zeros_like(cost, dtype=bool)
    free[model.apart[:, 0], model.apart[:, 1]] = free[model.apart[:, 1], model.apart[:, 0]] = True
    np.fill_diagonal(free, False)
    constant = float(weights.sum() / 2 + shift * cost.sum())
    return Cone(cost / scale, scale, constant, shift, free, _size_rows(model, shift))


def cone_bound(
    model: CutModel, *, spent: Callable[[], float], seconds: float, enough: float = np.inf, price: float = 0.0
) -> float:
    """Give a J that no division can be below.

    Args:
        model: Nodes that lie in one locality each.
        spent: Gives the CPU seconds since the beginning.
        seconds: When to stop; the first round is always finished.
        enough: A bound that suffices.
        price: What J grows by for every pair of people in one locality.

    Returns:
        The bound; valid whenever it stops.
    """
    cone, best = cone_of(model, price), -np.inf
    state = _start(cone)
    fixed = len(cone.rows.low)
    kept = np.zeros((0, 3), np.int64)
    while True:
        multipliers = _approach(cone, state, spent=spent, seconds=seconds)
        earlier, best = best, max(best, _safe_bound(cone, state, multipliers))
        if spent() > seconds or best >= enough or best - earlier < 1e-3 * abs(best):
            return best
        active = multipliers[fixed:] < -_ROUNDING
        found = broken_triangles(state.table + cone.shift, kept[active], most=len(state.table) * 5)
        if not len(found):
            return best
        kept = np.concatenate([kept[active], found])
        _replace_triangles(cone, state, (fixed, active, kept))


def price_of_square(model: CutModel, square: float, *, spent: Callable[[], float], seconds: float) -> float:
    """Find by how much J would fall if the sum of squared sizes could be one larger than `square`.

    Any price of 0 or more leads to a bound that holds; a good one leads to a high bound.
    """
    cone = cone_of(model)
    row, length = len(cone.rows.low) - 1, float(np.linalg.norm(model.people))
    cone.rows.high[row] = square / length**2
    multipliers = _approach(cone, _start(cone), spent=spent, seconds=seconds)
    return max(0.0, -float(multipliers[row])) * cone.scale / length**2


def _size_rows(model: CutModel, shift: float) -> Rows:
    """Ones on the diagonal, people of every node's locality, and the people-weighted sum of all."""
    people, nodes = model.people, len(model.people)
    length = float(np.linalg.norm(people))
    share, total = people / length, float(people.sum())
    number = np.arange(nodes)
    diagonal = sparse.csr_matrix((np.ones(nodes), (number, number * (nodes + 1))), (nodes, nodes * nodes))
    inside = np.flatnonzero(people > 0)
    row, other = np.repeat(number, len(inside)), np.tile(inside, nodes)
    half = np.tile(share[inside], nodes) / 2
    place = (np.concatenate([row, row]), np.concatenate([row * nodes + other, other * nodes + row]))
    sizes = sparse.csr_matrix((np.concatenate([half, half]), place), (nodes, nodes * nodes))
    pairs = sparse.csr_matrix(np.outer(share, share).reshape(1, -1))
    low = np.concatenate([np.full(nodes, 1 - shift), np.full(nodes, (model.least - shift * total) / length), [-np.inf]])
    high = np.full(nodes, (model.most - shift * total) / length)
    square = (most_square(model) - shift * total**2) / length**2
    return Rows(sparse.vstack([diagonal, sizes, pairs]).tocsr(), low, np.concatenate([low[:nodes], high, [square]]))


def most_square(model: CutModel) -> float:
    """The largest sum of squared sizes: as many localities as possible at the upper bound, the rest at the lower."""
    total, least, most = float(model.people.sum()), model.least, model.most
    if model.number is None:
        return total * most
    spare = max(0.0, total - model.number * least)
    full = min(model.number, int(spare // (most - least))) if most > least else 0
    between = least + spare - full * (most - least)
    rest = model.number - full - 1
    return full * most**2 + (between**2 + rest * least**2 if rest >= 0 else 0.0)


def _start(cone: Cone) -> State:
    nodes = len(cone.cost)
    table = np.eye(nodes) * (1 - cone.shift)
    slack = np.clip(cone.rows.matrix @ table.ravel(), cone.rows.low, cone.rows.high)
    nothing = np.zeros((nodes, nodes))
    return State(table, slack, nothing.copy(), nothing.copy(), np.zeros(len(slack)), 0.1)


def _approach(cone: Cone, state: State, *, spent: Callable[[], float], seconds: float, turns: int = 400) -> Floats:
    """Run the method; leaves the state changed and gives the last multipliers of the rows."""
    rows, nodes = cone.rows.matrix, len(cone.cost)
    back = rows.T.tocsr()
    loose = (cone.rows.low < cone.rows.high).astype(float)
    factor = linalg.cho_factor((rows @ back).toarray() + np.diag(loose), check_finite=False)
    multipliers = np.zeros(len(loose))
    for turn in range(turns):
        gap = rows @ state.table.ravel() - state.slack
        dual = rows @ (state.outside + state.below - cone.cost).ravel() - loose * state.push
        multipliers = -linalg.cho_solve(factor, state.step * gap + dual, check_finite=False)
        left = cone.cost - (back @ multipliers).reshape(nodes, nodes)
        below = left - state.outside - state.step * (state.table + cone.shift)
        state.below = np.where(cone.free, below, np.maximum(0.0, below))
        np.fill_diagonal(state.below, 0.0)
        state.outside = _positive_part(left - state.below - state.step * state.table)
        error = state.outside + state.below - left
        slack = np.clip(state.slack - loose * multipliers / state.step, cone.rows.low, cone.rows.high)
        state.push = loose * (state.step * (slack - state.slack) + multipliers)
        state.table = state.table + _OVER_STEP * error / state.step
        state.slack = state.slack + loose * _OVER_STEP * (state.push - multipliers) / state.step
        if turn % 25 == 24 and (_balance(cone, state, error) or spent() > seconds):
            break
    return multipliers


def _balance(cone: Cone, state: State, error: Floats) -> bool:
    """Weigh the errors of the two sides against each other; say whether both are small."""
    gap = np.linalg.norm(cone.rows.matrix @ state.table.ravel() - state.slack) / (1 + np.sqrt(len(cone.cost)))
    miss = np.linalg.norm(error) / 2
    if gap < miss / 2:
        state.step /= 1.4
    elif gap > miss * 2:
        state.step *= 1.4
    return bool(max(gap, miss) < _CLOSE)


def _positive_part(table: Floats) -> Floats:
    values, vectors = np.linalg.eigh(table)
    positive = values > 0
    if positive.sum() * 2 < len(values):
        some = vectors[:, positive]
        return np.asarray((some * values[positive]) @ some.T)
    rest = vectors[:, ~positive]
    return np.asarray(table - (rest * values[~positive]) @ rest.T)


def _safe_bound(cone: Cone, state: State, multipliers: Floats) -> float:
    """Turn multipliers, right or not, into a bound that holds.

    For every table of a division and every multipliers: J is at least what the rows and the zero entries give, plus the
    least eigenvalue of what is left times the table's trace.
    """
    rows, nodes = cone.rows, len(cone.cost)
    sound = np.where(np.isinf(rows.low), np.minimum(multipliers, 0.0), multipliers)
    left = cone.cost - (rows.matrix.T @ sound).reshape(nodes, nodes) - state.below
    least = min(0.0, float(np.linalg.eigvalsh(left)[0]) - 1e-12)
    ends = np.where(sound > 0, np.where(np.isinf(rows.low), 0.0, rows.low), rows.high)
    value = float(ends @ sound) - cone.shift * float(state.below.sum()) + least * nodes * (1 - cone.shift)
    return value * cone.scale + cone.constant - _ROUNDING


def _replace_triangles(cone: Cone, state: State, kept: tuple[int, Flags, Ints]) -> None:
    """Keep the triangles that press, add the new ones, and carry the slack over."""
    fixed, active, triangles = kept
    matrix, bound = triangle_rows(triangles, len(cone.cost), cone.shift)
    rows = cone.rows
    rows.matrix = sparse.vstack([rows.matrix[:fixed], matrix]).tocsr()
    rows.low = np.concatenate([rows.low[:fixed], np.full(len(triangles), -np.inf)])
    rows.high = np.concatenate([rows.high[:fixed], np.full(len(triangles), bound)])
    fresh = np.clip(rows.matrix @ state.table.ravel(), rows.low, rows.high)
    old = np.concatenate([state.slack[:fixed], state.slack[fixed:][active]])
    fresh[: len(old)] = old
    push = np.concatenate([state.push[:fixed], state.push[fixed:][active]])
    state.slack, state.push = fresh, np.concatenate([push, np.zeros(len(fresh) - len(push))])
