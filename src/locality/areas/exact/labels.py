"""The exact model: every node gets the number of a locality; solved by the mixed-integer solver HiGHS of scipy.

For every pair and every locality there is a share that both have in it; J falls by the pair's weight times that share.
That localities are in one piece is added only where a solution breaks it, so every bound on the way holds.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
from scipy import optimize, sparse

from locality.areas.exact.model import CutModel, pieces
from locality.areas.ground import Division, Floats, Ints

_DONE, _IMPOSSIBLE = 0, 2
# The solver's clock is on the wall, ours counts CPU: on a machine that others use, more passes on the wall.
_WALL = 4.0


@dataclass
class LabelModel:
    """The rows and columns of the mixed-integer model; separators are added as they are needed.

    Args:
        model: What is divided.
        number: How many localities.
        cost: J's slope in each column; columns are node x locality, then pair x locality.
        constant: J when no pair is together.
        at_most: Rows that may not be above `ends`.
        ends: Their upper ends.
        once: Rows that say in how many localities each node lies.
        separators: Nodes that are in one locality only with one of others: a locality is in one piece.
    """

    model: CutModel
    number: int
    cost: Floats
    constant: float
    at_most: sparse.csr_matrix
    ends: Floats
    once: sparse.csr_matrix
    separators: list[tuple[Ints, Ints]] = field(default_factory=list)

    @property
    def choices(self) -> int:
        """How many columns are node x locality."""
        return len(self.model.people) * self.number


@dataclass(frozen=True)
class Finish:
    """What the solver made of a branch: a J that no division in it can be below, and its best one if it found any."""

    lower: float
    division: Division | None
    connected: bool = True


def label_model(model: CutModel) -> LabelModel:
    """Write the model of nodes and localities; `model.number` must be settled."""
    assert model.number is not None
    number, nodes = model.number, len(model.people)
    pairs = sparse.csr_matrix((model.weight, (model.first, model.second)), (nodes, nodes)).tocoo()
    count, columns = pairs.nnz * number, (nodes + pairs.nnz) * number
    row = np.arange(count)
    both = nodes * number + row
    ends = [
        np.repeat(end.astype(np.int64), number) * number + np.tile(np.arange(number), pairs.nnz)
        for end in (pairs.row, pairs.col)
    ]
    shares = [_rows(row, [(both, 1.0), (end, -1.0)], (count, columns)) for end in ends]
    inside = np.flatnonzero(model.people > 0)
    place = (np.tile(np.arange(number), len(inside)), (inside[:, None] * number + np.arange(number)).ravel())
    sizes = sparse.csr_matrix((np.repeat(model.people[inside] / model.most, number), place), (number, columns))
    lowest = np.full(number, -model.least / model.most)
    apart = _apart_rows(model, number, columns)
    node = np.repeat(np.arange(nodes), number)
    return LabelModel(
        model,
        number,
        np.concatenate([np.zeros(nodes * number), -np.repeat(pairs.data, number)]),
        float(model.weight.sum()),
        sparse.vstack([*shares, sizes, -sizes, apart]).tocsr(),
        np.concatenate([np.zeros(2 * count), np.ones(number), lowest, np.ones(apart.shape[0])]),
        sparse.csr_matrix((np.ones(nodes * number), (node, np.arange(nodes * number))), (nodes, columns)),
        lone_zones(model),
    )


def relax(labels: LabelModel, fixed: Mapping[int, int], *, seconds: float) -> tuple[float, Floats | None]:
    """Bound a branch by the linear relaxation.

    Args:
        labels: The model.
        fixed: Nodes whose locality is settled.
        seconds: When the solver stops.

    Returns:
        The bound (infinite: the branch is empty; minus infinite: time over) and the shares of nodes x localities.
    """
    low, high = _ranges(labels, fixed)
    rows, ends = _all_rows(labels)
    solved = optimize.linprog(
        labels.cost,
        A_ub=rows,
        b_ub=ends,
        A_eq=labels.once,
        b_eq=_counts(labels),
        bounds=np.stack([low, high], axis=1),
        method="highs-ds",
        options={"time_limit": _WALL * max(1.0, seconds)},
    )
    if solved.status == _IMPOSSIBLE:
        return np.inf, None
    if solved.status != _DONE:
        return -np.inf, None
    return float(solved.fun + labels.constant), solved.x[: labels.choices].reshape(-1, labels.number)


def finish(labels: LabelModel, fixed: Mapping[int, int], *, below: float, slack: float, seconds: float) -> Finish:
    """Solve a branch with whole numbers, once.

    Args:
        labels: The model.
        fixed: Nodes whose locality is settled.
        below: Only divisions with a J under this count.
        slack: How far from the branch's best J the solver may stop.
        seconds: When the solver stops.

    Returns:
        The bound of the branch, and the division found. When it is not connected, separators were added to the model.
    """
    rows, ends = _all_rows(labels)
    limits = [optimize.LinearConstraint(rows, -np.inf, ends)]
    limits.append(optimize.LinearConstraint(labels.once, _counts(labels), _counts(labels)))
    if np.isfinite(below):
        row = sparse.csr_matrix(labels.cost.reshape(1, -1))
        limits.append(optimize.LinearConstraint(row, -np.inf, below - labels.constant))
    whole = np.zeros(len(labels.cost))
    whole[: labels.choices] = 1
    # The solver's gap is relative to its own figure, which is J less the constant.
    gap = slack / max(1e-9, labels.constant - (below if np.isfinite(below) else 0.0))
    solved = optimize.milp(
        labels.cost,
        integrality=whole,
        bounds=optimize.Bounds(*_ranges(labels, fixed)),
        constraints=limits,
        options={"time_limit": _WALL * max(1.0, seconds), "mip_rel_gap": gap},
    )
    if solved.status == _IMPOSSIBLE:
        return Finish(np.inf, None)
    known = solved.mip_dual_bound
    lower = -np.inf if known is None or not np.isfinite(known) else float(known) + labels.constant
    if solved.x is None:
        return Finish(lower, None)
    chosen = solved.x[: labels.choices].reshape(-1, labels.number).argmax(axis=1)
    division = chosen[labels.model.node_of_zone].astype(np.int32)
    return Finish(lower, division, not add_separators(labels, division))


def add_separators(labels: LabelModel, division: Division) -> bool:
    """Where a locality lies in pieces, demand a way: say whether any did."""
    model, before = labels.model, len(labels.separators)
    for locality in range(labels.number):
        found = pieces(model, np.flatnonzero(division == locality))
        for piece in found[1:]:
            labels.separators += _separators(model, piece, found[0])
    return len(labels.separators) > before


def lone_zones(model: CutModel) -> list[tuple[Ints, Ints]]:
    """A zone with fewer people than a locality is in the locality of a neighbour."""
    nodes = np.unique(model.node_of_zone, return_index=True)[1]
    single = np.bincount(model.node_of_zone) == 1
    small = model.people[: len(nodes)] < model.least
    return [one for zone in nodes[single & small] for one in _separators(model, np.array([zone]), np.array([zone]))]


def _separators(model: CutModel, piece: Ints, other: Ints) -> list[tuple[Ints, Ints]]:
    """Nodes that are not together in one locality unless it also holds one of those between.

    A piece with fewer people than a locality needs one of its neighbours, whatever else the locality holds. A larger
    piece needs one of those neighbours only if the locality holds the other piece too.
    """
    touches = np.isin(model.links, piece)
    beside = np.setdiff1d(model.links[touches.any(axis=1)], piece)
    node = model.node_of_zone
    if model.people[np.unique(node[piece])].sum() < model.least:
        return [(node[[zone]], np.unique(node[beside])) for zone in piece]
    # Of the neighbours, only those are needed that the other piece reaches without passing the rest.
    outside = np.setdiff1d(np.arange(len(node)), np.concatenate([piece, beside]))
    reach = next((part for part in pieces(model, outside) if other[0] in part), np.zeros(0, np.int64))
    edge = model.links[np.isin(model.links, reach).any(axis=1)]
    return [(node[[piece[0], other[0]]], np.unique(node[np.intersect1d(beside, edge)]))]


def _separator_rows(labels: LabelModel) -> tuple[sparse.csr_matrix, Floats]:
    """Write for every locality: all of these nodes only with one of those between."""
    number = labels.number
    row, place, sign, ends = [], [], [], []
    for at, (together, between) in enumerate(labels.separators):
        nodes = np.concatenate([together, between])
        row.append(np.repeat(at * number + np.arange(number), len(nodes)))
        place.append((nodes[None, :] * number + np.arange(number)[:, None]).ravel())
        sign.append(np.tile(np.where(np.arange(len(nodes)) < len(together), 1.0, -1.0), number))
        ends.append(np.full(number, len(together) - 1.0))
    where = (np.concatenate(row), np.concatenate(place))
    shape = (len(labels.separators) * number, len(labels.cost))
    return sparse.csr_matrix((np.concatenate(sign), where), shape), np.concatenate(ends)


def _all_rows(labels: LabelModel) -> tuple[sparse.csr_matrix, Floats]:
    if not labels.separators:
        return labels.at_most, labels.ends
    more, ends = _separator_rows(labels)
    return sparse.vstack([labels.at_most, more]).tocsr(), np.concatenate([labels.ends, ends])


def _apart_rows(model: CutModel, number: int, columns: int) -> sparse.csr_matrix:
    count = len(model.apart) * number
    each = np.tile(np.arange(number), len(model.apart))
    ends = [(np.repeat(model.apart[:, side], number) * number + each, 1.0) for side in (0, 1)]
    return _rows(np.arange(count), ends, (count, columns))


def _rows(row: Ints, entries: list[tuple[Ints, float]], shape: tuple[int, int]) -> sparse.csr_matrix:
    place = np.concatenate([columns for columns, _ in entries])
    factor = np.concatenate([np.full(len(columns), sign) for columns, sign in entries])
    return sparse.csr_matrix((factor, (np.tile(row, len(entries)), place)), shape)


def _counts(labels: LabelModel) -> Floats:
    return np.minimum(labels.model.keeps, labels.number).astype(float)


def _ranges(labels: LabelModel, fixed: Mapping[int, int]) -> tuple[Floats, Floats]:
    low, high = np.zeros(len(labels.cost)), np.ones(len(labels.cost))
    for node, locality in fixed.items():
        columns = slice(node * labels.number, (node + 1) * labels.number)
        high[columns] = 0
        low[node * labels.number + locality] = high[node * labels.number + locality] = 1
    return low, high
