"""What a planner may ask of a proposed division, on places small enough to see the answer."""

from __future__ import annotations

import numpy as np
import pytest

from factories.small_grounds import bounds, drawn_ground, drawn_localities
from locality.areas.measures import measure
from locality.areas.propose import improve, propose

TWO_TOWNS = """
AAA.BBB
AAA.BBB
"""


def best(picture, rules, crossings=()):
    ground = drawn_ground(picture, crossings=crossings)
    option = propose(ground, rules, effort=0.02, options=1)[0]
    assert measure(ground, option.division, rules).faults == ()
    return ground, drawn_localities(ground, option.division), option


def home_of(localities, zone):
    return next(place for place, zones in enumerate(localities) if zone in zones)


def test_two_towns_become_two_localities():
    _, localities, option = best(TWO_TOWNS, bounds(5000, 9000, 2))
    towns = [{"r0c0", "r0c1", "r0c2", "r1c0", "r1c1", "r1c2"}, {"r0c4", "r0c5", "r0c6", "r1c4", "r1c5", "r1c6"}]
    assert [home_of(localities, min(town)) for town in towns] == [0, 1]
    assert all(any(town <= zones for zones in localities) for town in towns)
    assert option.measures.communities_kept == 1.0


def test_a_bridge_joins_two_banks_into_one_locality():
    _, localities, _ = best("AA BB", bounds(3000, 4000, 1), crossings=("r0c1-r0c3",))
    assert localities == [{"r0c0", "r0c1", "r0c3", "r0c4"}]


def test_without_the_bridge_each_bank_is_a_locality():
    _, localities, _ = best("AA BB", bounds(1000, 4000))
    assert localities == [{"r0c0", "r0c1"}, {"r0c3", "r0c4"}]


def test_an_island_may_stand_alone_below_the_least_size():
    _, localities, _ = best("AAABBB C", bounds(3000, 4000, 3, islands_alone=True))
    assert localities == [{"r0c0", "r0c1", "r0c2"}, {"r0c3", "r0c4", "r0c5"}, {"r0c7"}]


def test_zones_that_stay_together_stay_together_even_when_far_apart():
    _, localities, _ = best("AAABBB\nAAABBB", bounds(4000, 8000, 2, together=(("r0c0", "r0c5"),)))
    assert home_of(localities, "r0c0") == home_of(localities, "r0c5")


def test_zones_that_are_to_be_apart_are_apart():
    _, localities, _ = best("AABB\nAABB", bounds(2000, 6000, 2, apart=(("r0c0", "r1c1"),)))
    assert home_of(localities, "r0c0") != home_of(localities, "r1c1")


def test_a_locality_that_is_kept_stays_as_it_is():
    kept = ("r0c0", "r1c0")
    _, localities, _ = best("AABB\nAABB", bounds(2000, 6000, 2, kept=(kept,)))
    assert set(kept) in localities


def test_each_seed_is_in_a_locality_of_its_own():
    seeds = ("r0c0", "r0c1", "r0c2")
    _, localities, _ = best("AAABBB\nAAABBB", bounds(2000, 8000, 3, seeds=seeds))
    assert len({home_of(localities, seed) for seed in seeds}) == 3


def test_no_locality_crosses_a_council_border_when_that_is_asked_for():
    ground = drawn_ground("AAAABB\nAAAABB")
    council = np.array([0 if int(code[3]) < 3 else 1 for code in ground.zones])
    ground = type(ground)(**{**ground.__dict__, "council": council})
    rules = bounds(4000, 8000, 2, within_councils=True)
    division = propose(ground, rules, effort=0.02, options=1)[0].division
    assert [set(council[division == one]) for one in (0, 1)] == [{0}, {1}]


def test_the_number_of_localities_follows_the_bounds_when_it_is_free():
    assert len(best("AAAA\nBBBB\nCCCC", bounds(3000, 5000))[1]) == 3


def test_sizes_are_kept_when_only_equal_halves_will_do():
    _, localities, _ = best("AAAAA\nBBB..", bounds(5000, 5000, 2))
    assert sorted(len(zones) for zones in localities) == [5, 5]


def test_the_same_seed_gives_the_same_options():
    ground, rules = drawn_ground("AABBCC\nAABBCC\n..DD.."), bounds(3000, 8000, 3)
    first, second = (propose(ground, rules, seed=7, effort=0.05) for _ in range(2))
    assert [one.division.tolist() for one in first] == [one.division.tolist() for one in second]
    assert [one.best_at for one in first] == [one.best_at for one in second]


def test_options_differ_and_the_lowest_composite_comes_first():
    ground, rules = drawn_ground("AABBCC\nAABBCC\n..DD.."), bounds(3000, 8000, 3)
    options = propose(ground, rules, effort=0.1)
    assert len(options) > 1
    assert [one.measures.composite for one in options] == sorted(one.measures.composite for one in options)
    assert len({one.division.tobytes() for one in options}) == len(options)
    assert all(one.best_at for one in options)


def test_options_say_how_many_people_they_move_from_today():
    ground, rules = drawn_ground(TWO_TOWNS), bounds(5000, 9000, 2)
    today = np.array([1, 1, 1, 1, 0, 0, 0, 1, 1, 1, 0, 0, 0, 0], np.int32)
    option = propose(ground, rules, effort=0.02, options=1, start=today)[0]
    assert option.moved_ratio == pytest.approx(round(option.moved_ratio * 14) / 14)
    assert option.moved_ratio <= 1 / 14
    # Localities keep the numbers that they have today.
    assert option.division[0] == 1


def test_a_division_changed_by_hand_is_bettered_and_held_zones_stay():
    ground, rules = drawn_ground(TWO_TOWNS), bounds(5000, 9000, 2)
    by_hand = np.array([0, 0, 1, 1, 1, 1, 1, 0, 0, 0, 1, 1, 1, 1], np.int32)
    free, held = improve(ground, rules, by_hand), improve(ground, rules, by_hand, hold=("r0c2",))
    assert free.division[2] == free.division[0]
    assert held.division[2] == held.division[6]
    assert measure(ground, held.division, rules).faults == ()


def test_a_drawing_in_pieces_is_put_in_one_piece():
    ground, rules = drawn_ground("AAABBB\nAAABBB"), bounds(4000, 8000, 2)
    in_pieces = np.array([0, 0, 0, 1, 1, 0, 0, 0, 0, 1, 1, -1], np.int32)
    assert measure(ground, improve(ground, rules, in_pieces).division, rules).faults == ()
