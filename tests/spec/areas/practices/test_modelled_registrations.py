"""Registrations and clusters that nobody publishes are worked out in a stated way."""

from __future__ import annotations

import datetime as dt

import numpy as np
import pytest

from factories.grounds import instance
from locality.areas.clusters_model import model_clusters
from locality.areas.registrations_model import model_registrations

ON = dt.date(2026, 11, 22)
KM = 1_000.0


def place(*east: float) -> np.ndarray:
    return np.array([(x * KM, 0.0) for x in east])


def model(people, zones, lists, surgeries):
    found = model_registrations(np.array(people), zones, np.array(lists), surgeries, day=ON)
    return found.toarray().tolist()


def test_a_practice_alone_has_everybody():
    assert model([60, 40], place(0, 5), [100], place(0)) == [[60], [40]]


def test_people_choose_the_nearer_of_two_practices_alike():
    """Each practice has the zone in which it stands, but for the few to whom ten kilometres are not too far."""
    found = model([100, 100], place(0, 10), [100, 100], place(0, 10))
    assert found == [[100, 0], [0, 100]]


def test_halfway_between_two_alike_practices_people_divide_evenly():
    assert model([100], place(5), [50, 50], place(0, 10)) == [[50, 50]]


def test_longer_lists_than_residents_are_brought_down_in_proportion():
    assert model([90], place(0), [100, 50], place(0, 0)) == [[60, 30]]


def test_fewer_patients_than_residents_leave_the_rest_elsewhere():
    assert model([100, 100], place(0, 0), [100], place(0)) == [[50], [50]]


def test_a_practice_whose_place_is_not_known_has_no_patients():
    assert model([100], place(0), [50, 50], np.array([[0.0, 0.0], [np.nan, np.nan]])) == [[50, 0]]


def test_every_list_is_met_to_the_patient():
    random = np.random.default_rng(3)
    people, lists = random.integers(100, 900, 40), random.integers(500, 4_000, 7)
    found = model_registrations(people, random.random((40, 2)) * 9 * KM, lists, random.random((7, 2)) * 9 * KM, day=ON)
    total = min(people.sum(), lists.sum())
    assert found.sum() == total
    assert np.abs(found.sum(axis=0) - lists / lists.sum() * total).max() < 1
    assert np.abs(np.asarray(found.sum(axis=1)).ravel() - people / people.sum() * total).max() < 7


def test_clusters_are_made_of_neighbours():
    points = place(0, 1, 2, 50, 51, 52)
    assert model_clusters(points, np.full(6, 1_000), 3).tolist() == [0, 0, 0, 1, 1, 1]


def test_clusters_do_not_hang_on_the_order_of_practices():
    order = [3, 0, 5, 1, 4, 2]
    points = place(0, 1, 2, 50, 51, 52)[order]
    assert model_clusters(points, np.full(6, 1_000), 3).tolist() == [1, 0, 1, 0, 1, 0]


def test_a_practice_whose_place_is_not_known_is_in_no_cluster():
    points = np.array([(0.0, 0.0), (np.nan, np.nan)])
    assert model_clusters(points, np.array([10, 10]), 6).tolist() == [0, -1]


@pytest.mark.data
def test_against_real_registrations_the_model_misplaces_about_a_quarter_of_patients(cases_root):
    """Pennine Lancashire, its practices taken to stand in the middle of their patients."""
    ground, _ = instance(cases_root / "boundaries" / "instances", "penn343")
    real = ground.practices.patients
    residents = np.asarray(real.sum(axis=1)).ravel()
    lists = np.asarray(real.sum(axis=0)).ravel()
    found = model_registrations(residents, ground.points, lists, ground.practices.points, day=ON)
    misplaced = abs(found - real).sum() / 2 / real.sum()
    assert 0.20 < misplaced < 0.28
