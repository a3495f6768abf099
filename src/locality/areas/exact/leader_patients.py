"""The patients in the linear program of leaders: who is in the locality of their cluster, and how many can be."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy import sparse

from locality.areas.exact.labels_of_leaders import Labels
from locality.areas.exact.model import CutModel
from locality.areas.exact.program import Term, Writer
from locality.areas.ground import Floats, Ints


@dataclass(frozen=True)
class Patients:
    """Patients by zone and cluster, as their weight in J; clusters in the order of leading."""

    zone: Ints
    cluster: Ints
    weight: Floats


def write_patients(writer: Writer, model: CutModel, labels: Labels) -> float:
    """Count patients who are in the locality of their cluster's leader; give what J is if there are none."""
    count = labels.clusters
    rank = np.full(len(model.people), -1)
    rank[labels.node] = np.arange(count)
    some = rank[model.second] >= 0
    patients = Patients(model.first[some], rank[model.second[some]], model.weight[some])
    own = np.flatnonzero(labels.place[patients.zone, patients.cluster] >= 0)
    kept = [
        (own, labels.place[patients.zone[own], patients.cluster[own]]),
        _write_followers(writer, model, labels, patients),
        _write_far(writer, labels, patients),
    ]
    entry, column = (np.concatenate(part) for part in zip(*kept, strict=True))
    writer.add_cost(column, -patients.weight[entry])
    _write_pairs(writer, model, labels, (patients, entry, column))
    return float(patients.weight.sum())


def _write_followers(writer: Writer, model: CutModel, labels: Labels, patients: Patients) -> tuple[Ints, Ints]:
    """Patients who are led by an earlier cluster that is near: both their zone and their cluster lie with it."""
    zone, cluster, count = patients.zone, patients.cluster, labels.clusters
    entry, leader = np.nonzero((labels.place[zone, :count] >= 0) & (np.arange(count) < cluster[:, None]))
    both = writer.add_columns(len(entry))
    row, inside = np.arange(len(entry)), labels.place[zone[entry], leader]
    follows = labels.leads[cluster[entry], leader]
    writer.add_rows(len(row), [(row, inside, 1.0), (row, both, -1.0)], 0.0)
    writer.add_rows(len(row), [(row, follows, 1.0), (row, both, -1.0)], 0.0)
    # If the cluster follows, its patients' zones are within one upper bound; if not, the leader's others are.
    people = model.people[zone[entry]] / model.most
    pair, number = np.unique(follows, return_inverse=True)
    leads = np.zeros(len(pair), np.int64)
    leads[number] = labels.own[leader]
    each = np.arange(len(pair))
    writer.add_rows(len(pair), [(each, pair, 1.0), (number, both, -people)], 0.0)
    rest: list[Term] = [(each, leads, 1.0), (each, pair, -1.0), (number, inside, -people), (number, both, people)]
    writer.add_rows(len(pair), rest, 0.0)
    return entry, both


def _write_far(writer: Writer, labels: Labels, patients: Patients) -> tuple[Ints, Ints]:
    """Patients whose zone and cluster are both led from far away may be together."""
    zone, cluster, count = patients.zone, patients.cluster, labels.clusters
    far = np.flatnonzero(labels.place[zone, count + 1] >= 0)
    together = writer.add_columns(len(far))
    row = np.arange(len(far))
    writer.add_rows(len(far), [(row, labels.place[zone[far], count + 1], 1.0), (row, together, -1.0)], 0.0)
    known = (labels.place[zone[far], :count] >= 0) & (np.arange(count) <= cluster[far][:, None])
    entry, leader = np.nonzero(known)
    near: Term = (entry, labels.leads[cluster[far][entry], leader], -1.0)
    writer.add_rows(len(far), [near, (row, together, -1.0)], -1.0)
    return far, together


def _write_pairs(writer: Writer, model: CutModel, labels: Labels, kept: tuple[Patients, Ints, Ints]) -> None:
    """Bound what a cluster keeps, and what two keep that lie in one locality, by what one upper bound can hold."""
    patients, entry, column = kept
    count, cluster = labels.clusters, patients.cluster[entry]
    people = model.people[patients.zone[entry]] / model.most
    writer.add_rows(count, [(cluster, column, -people)], -1.0)
    table = sparse.csr_matrix((patients.weight, (patients.cluster, patients.zone)), (count, labels.zones))
    total = np.asarray(table.sum(axis=1)).ravel()
    share = writer.add_columns(count)
    each = np.arange(count)
    writer.add_rows(count, [(each, share, 1.0), (cluster, column, -patients.weight[entry] / total[cluster])], 0.0)
    most = np.array([_most_inside(model, table[[one]]) for one in range(count)])
    writer.add_rows(count, [(each, share, -1.0)], -most / total)
    first, second = np.tril_indices(count, -1)
    both = np.array([_most_inside(model, table[[one, two]]) for one, two in zip(first, second, strict=True)])
    size = np.maximum(total[first], total[second])
    alone, row = most[first] + most[second], np.arange(len(first))
    kept_both: list[Term] = [(row, share[first], -total[first] / size), (row, share[second], -total[second] / size)]
    writer.add_rows(len(first), [*kept_both, (row, labels.leads[first, second], -(alone - both) / size)], -alone / size)


def _most_inside(model: CutModel, rows: sparse.csr_matrix) -> float:
    """The most patients of some clusters that zones with as many people as a locality may have can hold."""
    weight = np.bincount(rows.indices, rows.data, rows.shape[1])
    zone = np.unique(rows.indices)
    zone = zone[np.argsort(-weight[zone] / np.maximum(1e-9, model.people[zone]), kind="stable")]
    people = model.people[zone]
    before = np.cumsum(people) - people
    part = np.clip((model.most - before) / np.maximum(1e-9, people), 0.0, 1.0)
    return float(weight[zone] @ part)
