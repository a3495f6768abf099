"""Borders, compactness, likeness, travel and change."""

from __future__ import annotations

from math import pi

import pytest

from factories.drawn_grounds import divide, draw, rules
from locality.areas.change import flows, match_localities
from locality.areas.measures import measure

SQUARE = """
    10 10
    10 10
"""


def test_the_inner_border_is_what_lies_between_localities():
    """Two of the four borders between zones, each of a kilometre."""
    found = measure(draw(SQUARE), divide("A A\nB B"), rules())
    assert (found.border_metres, found.border_share) == (2_000, 0.5)


def test_a_crossing_has_no_border():
    found = measure(draw("1 . 1", crossings=[(0, 1)]), divide("A . B"), rules())
    assert (found.border_metres, found.border_share) == (0, None)


def test_a_square_locality_is_more_compact_than_a_long_one():
    """A square: 4 pi 4 / 8^2. A strip of two: 4 pi 2 / 6^2."""
    square = measure(draw(SQUARE), divide("A A\nA A"), rules())
    strips = measure(draw(SQUARE), divide("A A\nB B"), rules())
    assert square.compactness == pytest.approx(pi / 4)
    assert [one.compactness for one in strips.localities] == pytest.approx([2 * pi / 9] * 2)


def test_variation_within_is_nought_when_the_zones_of_each_locality_are_alike():
    ground = draw(SQUARE, indicators={"need": "1 1\n-1 -1"})
    assert measure(ground, divide("A A\nB B"), rules()).variation_within == 0
    assert measure(ground, divide("A B\nA B"), rules()).variation_within == 1


def test_balance_is_how_far_the_localities_means_lie_apart_weighted_by_people():
    """A: (1 x 30 - 1 x 10) / 40 = 0.5. B: -1."""
    ground = draw("30 10\n10 10", indicators={"need": "1 -1\n-1 -1"})
    assert measure(ground, divide("A A\nB B"), rules()).balance == {"need": 1.5}


def test_travel_is_the_mean_way_of_people_to_their_localitys_middle():
    """30 people live 0.25 km from the middle of A, 10 live 0.75 km: 0.375 km. B is one zone."""
    found = measure(draw("30 10 40"), divide("A A B"), rules())
    assert [one.travel_km for one in found.localities] == [0.375, 0.0]
    assert found.travel_km == pytest.approx(0.375 / 2)


TODAY = "A A A B B C"
PEOPLE = "10 10 10 10 10 10"


def test_people_moved_are_those_whose_locality_is_another_after_matching():
    """The new B takes the place of today's A, so that only the third zone moves, to today's B."""
    found = measure(draw(PEOPLE), divide("B B A A A C"), rules(), today=divide(TODAY))
    assert found.people_moved == 10


def test_localities_are_matched_so_that_most_people_stay():
    assert match_localities(draw(PEOPLE), divide(TODAY), divide("B B A A A C")).tolist() == [1, 0, 2]


def test_a_locality_that_is_divided_lets_only_one_part_keep_its_place():
    new = "A A D B B C"
    assert measure(draw(PEOPLE), divide(new), rules(), today=divide(TODAY)).people_moved == 10
    assert match_localities(draw(PEOPLE), divide(TODAY), divide(new)).tolist() == [0, 1, 2, -1]


def test_flows_name_who_moves_where_with_most_people_first():
    found = flows(draw("10 20 30 50"), divide("A A B B"), divide("A B A B"))
    assert [(flow.before, flow.after, flow.people, flow.zones) for flow in found] == [(1, 0, 30, 1), (0, 1, 20, 1)]


def test_who_is_in_no_locality_yet_has_moved_when_today_was_in_one():
    found = measure(draw("10 20"), divide("A -"), rules(), today=divide("A B"))
    assert found.people_moved == 20
