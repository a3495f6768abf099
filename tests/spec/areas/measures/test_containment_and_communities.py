"""How far localities follow clusters of practices and keep settlements whole."""

from __future__ import annotations

import numpy as np
import pytest

from factories.drawn_grounds import divide, draw, practices_with, rules
from locality.areas.communities import split_settlements
from locality.areas.measures import measure

HALVES = "A A B B"
PRACTICES = practices_with(
    {"hill": "10 10 0 0", "mill": "0 5 15 0", "shore": "0 0 0 20", "alone": "8 0 0 2"},
    {"hill": "west", "mill": "west", "shore": "east", "alone": ""},
)


def test_patients_count_whose_cluster_has_its_main_locality_where_they_live():
    """West: 25 of its 40 patients live in A, its main locality; east: all 20 in B. 45 of 60."""
    found = measure(draw("10 10 10 10", practices=PRACTICES), divide(HALVES), rules())
    assert found.practice_containment == 45 / 60


def test_by_practice_every_practice_counts_in_its_own_main_locality():
    """Hill 20, mill 15 in B, shore 20, alone 8 in A: 63 of 70."""
    found = measure(draw("10 10 10 10", practices=PRACTICES), divide(HALVES), rules())
    assert found.by_practice == 63 / 70


def test_each_locality_says_how_many_of_its_people_belong_to_its_clusters():
    """A: 25 of west and none of east. B: 15 of west, 20 of east, which is its own."""
    found = measure(draw("10 10 10 10", practices=PRACTICES), divide(HALVES), rules())
    assert [one.practice_containment for one in found.localities] == [1.0, 20 / 35]


def test_patients_in_no_locality_are_not_contained():
    found = measure(draw("10 10 10 10", practices=PRACTICES), divide("A A B -"), rules())
    assert found.practice_containment == 25 / 60


def test_without_practices_nothing_is_said_of_them():
    found = measure(draw("10 10 10 10"), divide(HALVES), rules())
    assert (found.practice_containment, found.by_practice) == (None, None)


TOWNS = """
    S S T
    S - T
"""


def test_a_settlement_counts_the_people_of_its_largest_part():
    """S has 60 people, of whom 40 are in A; T has 30, all in B; the zone between is in no settlement."""
    ground = draw("20 20 10\n20 99 20", settlements=TOWNS)
    assert measure(ground, divide("A A B\nB B B"), rules()).communities_kept == 70 / 90


def test_a_settlement_larger_than_a_locality_may_be_counts_as_many_parts_as_it_needs():
    """S has 60 people; localities of at most 30 need two of it, and its two largest parts have 40 and 20."""
    ground = draw("20 20 10\n20 99 20", settlements=TOWNS)
    assert measure(ground, divide("A A B\nB B B"), rules(most=30)).communities_kept == 1.0


def test_split_settlements_are_named_with_those_who_are_cut_off():
    ground = draw("20 20 10\n20 99 20", settlements=TOWNS)
    (split,) = split_settlements(ground, divide("A A B\nB B B"), 1_000)
    assert (ground.settlements[split.settlement], split.people, split.kept, split.parts) == ("S", 60, 40, 2)


def test_without_settlements_nothing_is_said_of_them():
    assert measure(draw("1 1"), divide("A B"), rules()).communities_kept is None


def test_the_composite_weighs_what_is_not_reached():
    """0.45 x 15/60 of practices, 0.35 x 20/80 of communities, 0.20 x 1/3 of borders."""
    ground = draw("20 20 20 20", practices=PRACTICES, settlements="S T T T")
    found = measure(ground, divide(HALVES), rules())
    assert found.composite == pytest.approx(0.45 * 15 / 60 + 0.35 * 20 / 80 + 0.20 / 3, abs=1e-12)


def test_a_division_of_another_length_is_a_mistake():
    with pytest.raises(ValueError, match="3 numbers on 4 zones"):
        measure(draw("1 1 1 1"), np.zeros(3), rules())
