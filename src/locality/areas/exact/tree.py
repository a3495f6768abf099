"""Branch and bound over where clusters have their main locality, the most hopeful branch first.

Localities have no order, so a cluster is put into one that is in use or into one new one; all new ones are alike. Once
clusters are placed the linear relaxation is tight, and the solver finishes the branch with whole numbers.
"""

from __future__ import annotations

import heapq
from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np

from locality.areas.exact.labels import LabelModel, finish, relax
from locality.areas.exact.model import cost
from locality.areas.ground import Division, Floats

_SPLIT = 1e-3  # Below this weight, what the relaxation splits of a cluster is not worth a branch. It decides time only.
_TINY = 1e-7


@dataclass
class Search:
    """What is known so far, and what is still open.

    Args:
        labels: The model.
        within: The gap that suffices, as a ratio of J.
        upper: J of the best division known.
        division: That division.
        settled: The least bound of the branches that are done with.
        open: Branches to look at: bound, number, settled clusters, shares of the relaxation.
    """

    labels: LabelModel
    within: float
    spent: Callable[[], float]
    seconds: float
    upper: float = np.inf
    division: Division | None = None
    settled: float = np.inf
    seen: int = 0
    open: list[tuple[float, int, dict[int, int], Floats]] = field(default_factory=list)

    @property
    def goal(self) -> float:
        """A bound that suffices."""
        return self.upper * (1 - self.within) - _TINY

    @property
    def lower(self) -> float:
        """A J that no division is below."""
        waiting = self.open[0][0] if self.open else np.inf
        return min(self.settled, waiting, self.upper)


def search_tree(search: Search) -> None:
    """Look at branches until the gap suffices or the time is over; the search holds what was found."""
    _open_branch(search, {_heaviest(search.labels): 0}, -np.inf)
    while search.open and search.spent() < search.seconds:
        bound, number, fixed, shares = heapq.heappop(search.open)
        if bound >= search.goal:
            search.settled = min(search.settled, bound)
            continue
        cluster = _most_split(search, fixed, shares)
        if cluster is None:
            _finish_branch(search, (bound, number, fixed, shares))
            continue
        used = max(fixed.values()) + 1
        for locality in range(min(used + 1, search.labels.number)):
            _open_branch(search, {**fixed, cluster: locality}, bound)


def _open_branch(search: Search, fixed: dict[int, int], at_least: float) -> None:
    bound, shares = relax(search.labels, fixed, seconds=search.seconds - search.spent())
    bound = max(bound, at_least)
    search.seen += 1
    if shares is None or bound >= search.goal:
        # Empty, not worth looking at, or out of time: nothing below its bound is lost.
        search.settled = min(search.settled, bound)
        return
    heapq.heappush(search.open, (bound, search.seen, fixed, shares))


def _finish_branch(search: Search, branch: tuple[float, int, dict[int, int], Floats]) -> None:
    """Solve a branch with whole numbers, and again as long as localities come in pieces."""
    bound, _, fixed, _ = branch
    while bound < search.goal:
        rest = search.seconds - search.spent()
        if rest <= 0:
            break
        slack = max(1e-7, search.within / 2 * (search.upper if np.isfinite(search.upper) else bound))
        found = finish(search.labels, fixed, below=search.upper - _TINY, slack=slack, seconds=rest)
        bound = max(bound, found.lower)
        if found.division is None:
            break
        if found.connected:
            drawn = cost(search.labels.model, found.division)
            if drawn < search.upper:
                search.upper, search.division = drawn, found.division
            break
    search.settled = min(search.settled, bound)


def _heaviest(labels: LabelModel) -> int:
    """The cluster with most patients, or the node that counts most where there are no clusters."""
    model = labels.model
    weight = np.bincount(np.concatenate([model.first, model.second]), np.tile(model.weight, 2), len(model.people))
    weight[model.keeps > 1] = -1
    some = model.clusters if len(model.clusters) else np.arange(len(model.people))
    return int(some[np.argmax(weight[some])])


def _most_split(search: Search, fixed: dict[int, int], shares: Floats) -> int | None:
    """The cluster of which the relaxation splits most; None when none is split."""
    model = search.labels.model
    free = np.array([node for node in model.clusters if node not in fixed], np.int64)
    if not len(free):
        return None
    weight = np.bincount(model.second, model.weight, len(model.people))[free]
    split = (1 - shares[free].max(axis=1)) * weight
    worst = int(np.argmax(split))
    return int(free[worst]) if split[worst] > _SPLIT else None
