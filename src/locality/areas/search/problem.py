"""What the search works on: the ground and the rules as whole-number scores, with fixed things taken out."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from scipy import sparse

from locality.areas.ground import DesignRules, Flags, Floats, Ground, Ints
from locality.areas.search.coarsen import find_back, list_owners, mark_near
from locality.areas.search.moves import I4, I8, Level
from locality.areas.search.scope import Scope

SCALE = 10**15
"""A composite of 1 as a whole number: fine enough that rounding cannot be seen, far from overflowing."""


@dataclass(frozen=True)
class Problem:
    """A ground and rules, ready to be searched.

    Args:
        level: The finest units that may move.
        scope: Which unit each zone is, what is fixed, and how many localities each part shall have.
        tops: How many largest pieces of each group count.
        fixed_value: What localities that are kept hold of each group. Shape (groups, kept).
        fixed_people: Residents of localities that are kept.
        base: The composite of a division that reaches nothing, with borders that are cut in any case.
        least: Fewest people of a locality.
        most: Most people of a locality.
    """

    level: Level
    scope: Scope
    tops: I4
    fixed_value: I8
    fixed_people: I8
    base: int
    least: int
    most: int

    @cached_property
    def keys(self) -> Ints:
        """Give each unit a number by which sets of units are told apart."""
        return np.random.default_rng(1).integers(1, 1 << 40, len(self.level.people))

    @property
    def people(self) -> int:
        """Residents who may move, at least 1."""
        return max(1, int(self.level.people.sum()))


def make_problem(ground: Ground, rules: DesignRules, scope: Scope, still: Flags | None = None) -> Problem:
    """Turn a ground and rules into whole-number scores.

    Args:
        ground: What is drawn on.
        rules: Bounds and weights.
        scope: See `Scope`.
        still: Zones that stay where they are.

    Returns:
        A problem whose score over `SCALE` is the composite of `locality.areas.measure`.
    """
    scores, tops = _group_scores(ground, rules)
    free = scope.unit >= 0
    zones = np.flatnonzero(free)
    to_unit = sparse.csr_matrix(
        (np.ones(zones.size, np.int64), (scope.unit[zones], zones)), (scope.units, len(ground.zones))
    )
    to_kept = sparse.csr_matrix(
        (np.ones(int((~free).sum()), np.int64), (scope.kept_home[~free], np.flatnonzero(~free))),
        (scope.kept, len(ground.zones)),
    )
    by_unit = (to_unit @ scores).tocsr()
    by_unit.sort_indices()
    start, to, border, always = _neighbours(ground, rules, scope)
    foe_start, foe = _rows(scope.foes, scope.units)
    stays = np.zeros(scope.units, np.bool_)
    if still is not None:
        stays[scope.unit[still & free]] = True
    level = Level(
        people=(to_unit @ ground.people).astype(np.int64),
        start=start,
        to=to,
        owner=list_owners(start),
        back=find_back(start, to),
        border=border,
        near=mark_near(start, to),
        group_start=by_unit.indptr.astype(np.int32),
        group=by_unit.indices.astype(np.int32),
        amount=by_unit.data.astype(np.int64),
        foe_start=foe_start,
        foe=foe,
        still=stays,
    )
    return Problem(
        level=level,
        scope=scope,
        tops=tops,
        fixed_value=np.ascontiguousarray((to_kept @ scores).toarray().T.astype(np.int64)),
        fixed_people=(to_kept @ ground.people).astype(np.int64),
        base=int(scores.sum()) + always,
        least=rules.least,
        most=rules.most,
    )


def _group_scores(ground: Ground, rules: DesignRules) -> tuple[sparse.csr_matrix, I4]:
    """Give what each zone adds to each cluster and settlement, as score, and how many pieces of each count."""
    zones = len(ground.zones)
    tables, tops = [], []
    if ground.practices is not None:
        by_cluster = _cluster_patients(ground)
        tables.append(_as_score(by_cluster, rules.weights.practices))
        tops.append(np.ones(by_cluster.shape[1], np.int32))
    lived = np.flatnonzero(ground.settlement >= 0)
    size = (zones, len(ground.settlements))
    by_settlement = sparse.csr_matrix((ground.people[lived].astype(float), (lived, ground.settlement[lived])), size)
    tables.append(_as_score(by_settlement, rules.weights.communities))
    people = np.asarray(by_settlement.sum(axis=0)).ravel()
    tops.append(np.maximum(1, np.ceil(people / rules.most)).astype(np.int32))
    return sparse.hstack(tables, format="csr"), np.concatenate(tops)


def _cluster_patients(ground: Ground) -> sparse.csr_matrix:
    practices = ground.practices
    if practices is None:
        raise ValueError("no practices")
    inside = np.flatnonzero(practices.cluster >= 0)
    size = (len(practices.codes), len(practices.clusters))
    member = sparse.csr_matrix((np.ones(inside.size), (inside, practices.cluster[inside])), size)
    return (practices.patients @ member).tocsr()


def _as_score(amounts: sparse.csr_matrix, weight: float) -> sparse.csr_matrix:
    total = float(amounts.sum())
    scores = amounts.copy()
    scores.data = np.rint(amounts.data * (weight * SCALE / total if total else 0.0))
    scores = scores.astype(np.int64)
    scores.eliminate_zeros()
    return scores


def _neighbours(ground: Ground, rules: DesignRules, scope: Scope) -> tuple[I4, I4, I8, int]:
    """Give each unit's neighbours with what cutting the pair costs, and the cost of borders cut in any case."""
    borders = ground.borders
    metres: Floats = np.where(borders.crossing, 0.0, borders.metres)
    total = float(metres.sum())
    cost: Ints = np.rint(metres * (rules.weights.border * SCALE / total if total else 0.0)).astype(np.int64)
    one, two = scope.unit[borders.first], scope.unit[borders.second]
    same_kept = (one < 0) & (two < 0) & (scope.kept_home[borders.first] == scope.kept_home[borders.second])
    linked = scope.linked & (one >= 0) & (two >= 0)
    always = int(cost[~linked & ~same_kept].sum())
    inner = linked & (one != two)
    one, two, cost = one[inner], two[inner], cost[inner]
    # Two zones in a hundred million meet along no length; a sparse table would drop them without the 1 added here.
    pairs = sparse.csr_matrix((np.tile(cost + 1, 2), (np.r_[one, two], np.r_[two, one])), (scope.units, scope.units))
    count = sparse.csr_matrix(
        (np.ones(2 * one.size, np.int64), (np.r_[one, two], np.r_[two, one])), (scope.units, scope.units)
    )
    pairs.sort_indices()
    count.sort_indices()
    return pairs.indptr.astype(np.int32), pairs.indices.astype(np.int32), pairs.data - count.data, always


def _rows(pairs: Ints, units: int) -> tuple[I4, I4]:
    both = np.unique(np.concatenate([pairs, pairs[:, ::-1]]), axis=0)
    start = np.concatenate([[0], np.cumsum(np.bincount(both[:, 0], minlength=units))])
    return start.astype(np.int32), both[:, 1].astype(np.int32)
