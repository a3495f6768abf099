"""A bound for areas with clusters of practices: each locality is led by the first of the clusters that lie in it.

A cluster lies in the locality that holds most of its patients. Clusters are in order; of those that lie in one
locality the first is its leader. So a division says for every cluster who leads it, and for every zone which leader's
locality it is in, if any leads it. Localities have no numbers here, so there are no two ways to write the same
division. With shares in place of yes and no this is a linear program, and its least J is not above the J of any
division.

Leaders far from a zone are not told apart: "some leader far away" is one label. This only leaves rules out.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from locality.areas.exact.labels_of_leaders import Labels, write_labels
from locality.areas.exact.leader_patients import write_patients
from locality.areas.exact.model import CutModel
from locality.areas.exact.program import Program, Term, Writer


def leader_program(model: CutModel, *, near: int | None = None) -> Program:
    """Write the linear program of a model that has clusters.

    Args:
        model: Nodes that lie in one locality each.
        near: How many leaders are told apart at each zone; as many as there is time for when not given.

    Returns:
        A program whose least value is not above the J of any division that keeps the rules.
    """
    writer = Writer()
    labels = write_labels(writer, model, near)
    _write_leading(writer, labels)
    _write_sizes(writer, model, labels)
    patients = write_patients(writer, model, labels)
    _write_cuts(writer, model, labels)
    return writer.program(patients)


def _write_leading(writer: Writer, labels: Labels) -> None:
    """Every cluster has one leader, who leads itself; a zone is led only by those who lead."""
    cluster, leader = np.nonzero(labels.leads >= 0)
    writer.add_rows(labels.clusters, [(cluster, labels.leads[cluster, leader], 1.0)], 1.0, equal=True)
    follows = cluster > leader
    cluster, leader = cluster[follows], leader[follows]
    row = np.arange(len(cluster))
    writer.add_rows(len(row), [(row, labels.own[leader], 1.0), (row, labels.leads[cluster, leader], -1.0)], 0.0)
    zone, leader = np.nonzero(labels.place[: labels.zones, : labels.clusters] >= 0)
    row = np.arange(len(zone))
    writer.add_rows(len(row), [(row, labels.own[leader], 1.0), (row, labels.place[zone, leader], -1.0)], 0.0)


def _write_sizes(writer: Writer, model: CutModel, labels: Labels) -> None:
    """Keep each leader's locality, and those that nobody leads, within the bounds; sizes count in upper bounds."""
    count, zones, own = labels.clusters, labels.zones, labels.own
    people, least = model.people[:zones] / model.most, model.least / model.most
    zone, leader = np.nonzero(labels.place[:zones, :count] >= 0)
    inside, each = labels.place[zone, leader], np.arange(count)
    led: list[Term] = [(leader, inside, people[zone])]
    outer = np.flatnonzero(labels.place[:zones, count + 1] >= 0)
    if len(outer):
        far = writer.add_columns(count)
        led.append((each, far, 1.0))
        nought = np.zeros(len(outer), np.int64)
        together: list[Term] = [(nought, labels.place[outer, count + 1], people[outer]), (0 * each, far, -1.0)]
        writer.add_rows(1, together, 0.0, equal=True)
    writer.add_rows(count, [*_less(led), (each, own, 1.0)], 0.0)
    writer.add_rows(count, [*led, (each, own, -least)], 0.0)
    if model.number is None:
        return
    alone: list[Term] = [(np.zeros(zones, np.int64), labels.place[:zones, count], people)]
    writer.add_rows(1, [(0 * each, own, -1.0)], -float(model.number))
    writer.add_rows(1, [*_less(alone), (0 * each, own, -1.0)], -float(model.number))
    writer.add_rows(1, [*alone, (0 * each, own, least)], least * model.number)


def _less(terms: Sequence[Term]) -> list[Term]:
    return [(row, column, -np.asarray(factor)) for row, column, factor in terms]


def _write_cuts(writer: Writer, model: CutModel, labels: Labels) -> None:
    """Charge every other pair for the share that lies apart: what one end has of a label and the other has not."""
    count = labels.clusters
    plain = ~np.isin(model.second, labels.node)
    first, second, weight = model.first[plain], model.second[plain], model.weight[plain]
    pair, label = np.nonzero(labels.place[first, : count + 1] >= 0)
    here, there = labels.place[first[pair], label], labels.place[second[pair], label]
    there = np.where(there >= 0, there, labels.place[second[pair], count + 1])
    apart = writer.add_columns(len(pair))
    row = np.arange(len(pair))
    writer.add_cost(apart, weight[pair])
    writer.add_rows(len(row), [(row, apart, 1.0), (row, here, -1.0), (row, there, 1.0)], 0.0)
