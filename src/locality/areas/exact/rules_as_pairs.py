"""The rules of a division as zones that stay together and pairs that lie apart."""

from __future__ import annotations

from itertools import combinations

import numpy as np
from scipy import sparse
from scipy.sparse import csgraph

from locality.areas.ground import DesignRules, Ground, Ints


def groups_together(ground: Ground, rules: DesignRules) -> Ints:
    """Number the groups of zones that must stay in one locality; a zone without such a rule is a group of its own."""
    place = {zone: number for number, zone in enumerate(ground.zones)}
    pairs = [(place[group[0]], place[zone]) for group in (*rules.together, *rules.kept) for zone in group[1:] if group]
    ends = np.array(pairs, np.int64).reshape(-1, 2)
    graph = sparse.csr_matrix((np.ones(len(ends)), (ends[:, 0], ends[:, 1])), (len(place),) * 2)
    _, label = csgraph.connected_components(graph, directed=False)
    return np.asarray(label, np.int64)


def pairs_apart(ground: Ground, rules: DesignRules) -> Ints:
    """List pairs of zones that may not share a locality.

    A locality in one piece that crossed a council border, or reached beyond a locality that stays as it is, would hold
    two neighbours from both sides: so it is enough to part the neighbours.
    """
    place = {zone: number for number, zone in enumerate(ground.zones)}
    pairs = [(place[one], place[other]) for one, other in rules.apart]
    pairs += [(place[one], place[other]) for one, other in combinations(rules.seeds, 2)]
    side = np.zeros(len(place), np.int64)
    for number, group in enumerate(rules.kept, start=1):
        side[[place[zone] for zone in group]] = number
    first, second = ground.borders.first, ground.borders.second
    parted = side[first] != side[second]
    if rules.within_councils and ground.council is not None:
        parted |= ground.council[first] != ground.council[second]
    neighbours = np.stack([first[parted], second[parted]], axis=1)
    return np.concatenate([np.array(pairs, np.int64).reshape(-1, 2), neighbours.astype(np.int64)])
