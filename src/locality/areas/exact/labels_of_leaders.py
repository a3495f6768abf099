"""Which leaders are told apart at each zone, and the columns that say where zones and clusters lie."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy import sparse

from locality.areas.exact.model import CutModel
from locality.areas.exact.program import Writer
from locality.areas.ground import Flags, Ints

# How many leaders are told apart at each zone: all where zones times clusters are few, else so many. More is stronger
# and slower; it never decides whether a bound holds.
_PLACES, NEAR = 60_000, 16


@dataclass(frozen=True)
class Labels:
    """The columns that say where nodes lie.

    Args:
        leads: Column for cluster and leader, -1 where the leader comes later. Shape (clusters, clusters).
        place: Column for node and label, -1 where there is none: the clusters, then "nobody leads it", then "a leader
            far away". Shape (nodes, clusters + 2).
        node: Number of each cluster's node in the model, in the order of leading.
        zones: How many nodes are zones.
    """

    leads: Ints
    place: Ints
    node: Ints
    zones: int

    @property
    def clusters(self) -> int:
        """How many clusters there are."""
        return len(self.node)

    @property
    def own(self) -> Ints:
        """The column of each cluster that says whether it leads."""
        return np.asarray(self.leads.diagonal())


def write_labels(writer: Writer, model: CutModel, near: int | None) -> Labels:
    """Add the columns that say where nodes lie; every node lies in one place."""
    zones, count = int(model.node_of_zone.max()) + 1, len(model.clusters)
    near = near or (count if zones * count <= _PLACES else NEAR)
    weight = np.bincount(model.second, model.weight, len(model.people))[model.clusters]
    node = model.clusters[np.argsort(-weight, kind="stable")]
    leads = np.full((count, count), -1)
    lower = np.tril_indices(count)
    leads[lower] = writer.add_columns(len(lower[0]))
    known = np.zeros((len(model.people), count + 2), bool)
    known[:, :count] = _near(model, node, near)
    known[:, count] = True
    known[:, count + 1] = ~known[:, :count].all(axis=1)
    known[node] = False
    place = np.full(known.shape, -1)
    place[known] = writer.add_columns(int(known.sum()))
    row, label = np.nonzero(known)
    each, number = np.unique(row, return_inverse=True)
    writer.add_rows(len(each), [(number, place[row, label], 1.0)], 1.0, equal=True)
    return Labels(leads, place, node, zones)


def _near(model: CutModel, node: Ints, near: int) -> Flags:
    """Choose the leaders that are told apart at each node: where its patients and its neighbours' patients are."""
    nodes, count = len(model.people), len(node)
    if count <= near:
        return np.ones((nodes, count), bool)
    weights = sparse.csr_matrix((model.weight, (model.first, model.second)), (nodes, nodes))
    with_all = weights + weights.T
    plain = np.ones(nodes, bool)
    plain[node] = False
    beside = sparse.diags(plain.astype(float)) @ with_all @ sparse.diags(plain.astype(float))
    beside.data[:] = 1.0
    steps = sparse.diags(1 / np.maximum(1.0, np.asarray(beside.sum(axis=1)).ravel())) @ beside
    patients = np.asarray(with_all[:, node].todense())
    for _ in range(4):
        patients = patients + steps @ patients
    best = np.argsort(-patients, axis=1, kind="stable")[:, :near]
    chosen = np.zeros((nodes, count), bool)
    np.put_along_axis(chosen, best, values=True, axis=1)
    settled = model.second[~np.isin(model.second, node) & (model.second > model.node_of_zone.max())]
    for home in np.unique(settled):
        chosen[home] |= chosen[model.first[model.second == home]].any(axis=0)
    return chosen & plain[:, None]
