"""The composite J as a cut: zones, clusters and settlements are nodes, and what is divided costs its weight.

A cluster's node lies in its main locality and a settlement's node in the locality that holds most of it. Then J is
the weight of all pairs whose nodes lie in different localities: patients outside their cluster's main locality, people
outside their settlement's, borders between localities.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from scipy import sparse
from scipy.sparse import csgraph

from locality.areas.exact.rules_as_pairs import groups_together, pairs_apart
from locality.areas.ground import DesignRules, Division, Floats, Ground, Ints, Weights


@dataclass(frozen=True)
class CutModel:
    """What divisions cost and must keep to, as a graph.

    Args:
        people: Residents of each node; 0 for a cluster or a settlement.
        first: One node of each pair.
        second: The other one.
        weight: What J grows by when the pair lies in different localities.
        keeps: In how many localities a node may lie: 1, but more for a settlement that is larger than a locality.
        node_of_zone: Each zone's node; zones that must stay together share one.
        links: Pairs of zones that touch or are joined by a crossing. Shape (pairs, 2).
        clusters: Nodes of clusters.
        apart: Pairs of nodes that may not be in one locality. Shape (pairs, 2).
        least: Fewest people of a locality.
        most: Most people of a locality.
        number: How many localities; None: not settled.
    """

    people: Floats
    first: Ints
    second: Ints
    weight: Floats
    keeps: Ints
    node_of_zone: Ints
    links: Ints
    clusters: Ints
    apart: Ints
    least: float
    most: float
    number: int | None

    @property
    def matrix(self) -> Floats:
        """The weights as a symmetric table of nodes x nodes."""
        table = np.zeros((len(self.people), len(self.people)))
        np.add.at(table, (self.first, self.second), self.weight)
        return np.asarray(table + table.T)


def cut_model(ground: Ground, rules: DesignRules) -> CutModel:
    """Write J and the rules as a graph.

    Rules that cannot be written are left out, which makes the best possible J lower and never higher.
    """
    zones, most = len(ground.zones), float(rules.most)
    groups = groups_together(ground, rules)
    clusters, main = _cluster_pairs(ground, rules.weights, zones)
    homes, parts = _settlement_pairs(ground, rules.weights, zones + clusters)
    borders = _border_pairs(ground, rules.weights)
    first, second, weight = (np.concatenate(part) for part in zip(borders, main, homes, strict=True))
    people = np.concatenate([ground.people.astype(float), np.zeros(clusters + len(parts))])
    kept = [sum(int(ground.people[ground.zones.index(zone)]) for zone in group) for group in rules.kept]
    model = CutModel(
        people=people,
        first=first,
        second=second,
        weight=weight,
        keeps=np.concatenate(
            [np.ones(zones + clusters, np.int64), np.maximum(1, np.ceil(parts / most)).astype(np.int64)]
        ),
        node_of_zone=np.arange(zones),
        links=np.stack([ground.borders.first, ground.borders.second], axis=1).astype(np.int64),
        clusters=np.arange(zones, zones + clusters),
        apart=pairs_apart(ground, rules),
        least=0.0 if rules.islands_alone else float(min([rules.least, *kept])),
        most=float(max([most, *kept])),
        number=rules.number,
    )
    return _merge(model, groups) if groups.max() + 1 < zones else model


def cost(model: CutModel, division: Division) -> float:
    """Work out J of a division: every cluster and every settlement lies where most of it lies."""
    zones = len(model.node_of_zone)
    localities = int(division.max()) + 1
    lies = np.full(len(model.people), -1)
    lies[model.node_of_zone] = division
    plain = (lies[model.first] >= 0) & (lies[model.second] >= 0)
    lost = float(model.weight[plain & (lies[model.first] != lies[model.second])].sum())
    held = np.zeros((len(model.people), localities))
    np.add.at(held, (model.second[~plain], lies[model.first[~plain]]), model.weight[~plain])
    largest = -np.sort(-held, axis=1)
    kept = np.where(np.arange(localities)[None, :] < model.keeps[:, None], largest, 0.0)
    assert len(division) == zones
    return lost + float((held.sum(axis=1) - kept.sum(axis=1)).sum())


def _border_pairs(ground: Ground, weights: Weights) -> tuple[Ints, Ints, Floats]:
    metres = ground.borders.metres
    share = metres / metres.sum() if metres.sum() > 0 else np.zeros(len(metres))
    return ground.borders.first.astype(np.int64), ground.borders.second.astype(np.int64), weights.border * share


def _cluster_pairs(ground: Ground, weights: Weights, start: int) -> tuple[int, tuple[Ints, Ints, Floats]]:
    """Pair every zone with the clusters of its patients."""
    practices = ground.practices
    if practices is None or not (practices.cluster >= 0).any():
        return 0, (np.zeros(0, np.int64), np.zeros(0, np.int64), np.zeros(0))
    inside = np.flatnonzero(practices.cluster >= 0)
    count = len(practices.clusters)
    belongs = sparse.csr_matrix(
        (np.ones(len(inside)), (inside, practices.cluster[inside])), (len(practices.codes), count)
    )
    patients = (practices.patients @ belongs).tocoo()
    share = patients.data / patients.data.sum()
    return count, (patients.row.astype(np.int64), start + patients.col.astype(np.int64), weights.practices * share)


def _settlement_pairs(ground: Ground, weights: Weights, start: int) -> tuple[tuple[Ints, Ints, Floats], Floats]:
    """Pair every zone with its settlement; also give the people of each settlement."""
    inside = np.flatnonzero(ground.settlement >= 0)
    settlement, people = ground.settlement[inside], ground.people[inside].astype(float)
    total = max(1.0, float(people.sum()))
    sizes = np.bincount(settlement, people, len(ground.settlements)).astype(np.float64)
    return (inside, start + settlement.astype(np.int64), weights.communities * people / total), sizes


def _merge(model: CutModel, groups: Ints) -> CutModel:
    """Make one node of the zones of each group."""
    zones, nodes = len(groups), int(groups.max()) + 1
    moved = np.concatenate([groups, nodes + np.arange(len(model.people) - zones)])
    first, second = moved[model.first], moved[model.second]
    differs = first != second
    people = np.bincount(moved, weights=model.people).astype(np.float64)
    apart = moved[model.apart].reshape(-1, 2)
    keeps = np.ones(len(people), np.int64)
    keeps[moved[zones:]] = model.keeps[zones:]
    return replace(
        model,
        people=people,
        first=first[differs],
        second=second[differs],
        weight=model.weight[differs],
        keeps=keeps,
        node_of_zone=groups,
        clusters=moved[model.clusters],
        apart=apart,
    )


def slim(model: CutModel, *, large: bool) -> CutModel:
    """Leave out nodes that cannot change J: settlements of one zone; turn those of two into one pair.

    A settlement of two zones costs its smaller part when they lie apart, which a single pair says as well.
    Unless `large`, settlements larger than a locality are left out, as if they lost nobody: J is never above the truth.
    """
    zones = int(model.node_of_zone.max()) + 1
    table = sparse.csr_matrix((model.weight, (model.second, model.first)), (len(model.people),) * 2)
    degree = np.diff(table.indptr)
    extra = np.arange(len(model.people)) >= zones
    gone = extra & ((degree < 3) & (model.keeps == 1) | (model.keeps > (1 if not large else len(degree))))
    twins = np.flatnonzero(extra & (degree == 2) & (model.keeps == 1))
    ends = np.array([table.indices[table.indptr[node] : table.indptr[node + 1]] for node in twins]).reshape(-1, 2)
    lost = np.array([table.data[table.indptr[node] : table.indptr[node + 1]].min() for node in twins])
    stays = ~gone[model.second] & ~gone[model.first]
    number = np.cumsum(~gone) - 1
    return replace(
        model,
        people=model.people[~gone],
        first=number[np.concatenate([model.first[stays], ends[:, 0]]).astype(np.int64)],
        second=number[np.concatenate([model.second[stays], ends[:, 1]]).astype(np.int64)],
        weight=np.concatenate([model.weight[stays], lost]),
        keeps=model.keeps[~gone],
        clusters=number[model.clusters[~gone[model.clusters]]],
    )


def pieces(model: CutModel, inside: Ints) -> list[Ints]:
    """Split some zones into their connected pieces, the largest first."""
    number = np.full(len(model.node_of_zone), -1)
    number[inside] = np.arange(len(inside))
    ends = number[model.links]
    ends = ends[(ends >= 0).all(axis=1)]
    graph = sparse.csr_matrix((np.ones(len(ends)), (ends[:, 0], ends[:, 1])), (len(inside),) * 2)
    count, label = csgraph.connected_components(graph, directed=False)
    found = [np.asarray(inside[label == piece]) for piece in range(count)]
    return sorted(found, key=lambda piece: -len(piece))
