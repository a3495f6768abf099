"""The best possible division of a small area is found, and is known to be the best."""

import numpy as np
import pytest

from factories.counted_areas import best_by_counting, draw_ground, every_division, rules_for
from locality.areas.exact import Bound, best_possible, gap, say_gap
from locality.areas.measures import measure
from locality.foundations import ResultRefused

TWO_TOWNS = draw_ground(
    [[10, 10, 20], [10, 10, 20], [10, 10, 20]],
    settlements=["AAB", "A.B", "BBB"],
    clusters=["ccd", "ccd", "cdd"],
)


def test_the_best_division_of_a_small_area_is_the_best_of_all_counted_one_by_one():
    rules = rules_for(2, 40, 80)
    best = best_possible(TWO_TOWNS, rules, seconds=20, within=0)
    assert best.proved
    assert best.upper == pytest.approx(best_by_counting(TWO_TOWNS, rules), abs=1e-9)
    assert best.lower == pytest.approx(best.upper, abs=2e-6)
    assert best.division is not None
    assert measure(TWO_TOWNS, best.division, rules).composite == pytest.approx(best.upper, abs=1e-9)


def test_a_settlement_larger_than_a_locality_may_fill_two():
    ground = draw_ground([[30, 30, 30, 30]], settlements=["AAAA"], clusters=["...."])
    best = best_possible(ground, rules_for(2, 60, 60), seconds=20, within=0)
    assert best.upper == pytest.approx(0.20 * 1 / 3)


def test_localities_are_in_one_piece_even_where_two_pieces_would_cost_less():
    ground = draw_ground([[10, 10, 10, 10, 10]], settlements=["AABAA"], clusters=["ccdcc"])
    rules = rules_for(2, 10, 40)
    best = best_possible(ground, rules, seconds=20, within=0)
    assert best.upper == pytest.approx(best_by_counting(ground, rules))
    assert best.division is not None
    assert not measure(ground, best.division, rules).faults


@pytest.mark.parametrize(
    "rule",
    [
        {"together": (("Z00", "Z08"),)},
        {"apart": (("Z00", "Z01"),)},
        {"seeds": ("Z00", "Z01")},
        {"kept": (("Z00", "Z01", "Z02"),)},
    ],
)
def test_further_rules_are_kept(rule):
    rules = rules_for(2, 40, 80, **rule)
    best = best_possible(TWO_TOWNS, rules, seconds=20, within=0)
    assert best.upper == pytest.approx(best_by_counting(TWO_TOWNS, rules), abs=1e-9)


def test_a_known_division_is_measured_against_the_best():
    rules = rules_for(2, 40, 80)
    known = np.array([0, 0, 0, 0, 0, 0, 1, 1, 1], np.int32)
    best = best_possible(TWO_TOWNS, rules, seconds=20, known=known, within=0)
    j = measure(TWO_TOWNS, known, rules).composite
    assert gap(j, best) == pytest.approx(j / best_by_counting(TWO_TOWNS, rules) - 1, abs=1e-4)


def test_a_known_division_that_breaks_the_rules_is_refused():
    with pytest.raises(ResultRefused, match="does not keep the rules"):
        best_possible(TWO_TOWNS, rules_for(2, 40, 80), seconds=5, known=np.array([0] * 8 + [1], np.int32))


def test_bounds_that_no_number_of_people_can_meet_are_refused_with_the_arithmetic():
    with pytest.raises(ResultRefused, match="120 people in 2 localities of 10 to 50 people"):
        best_possible(TWO_TOWNS, rules_for(2, 10, 50), seconds=5)


def test_rules_that_contradict_each_other_are_refused():
    with pytest.raises(ResultRefused, match="No division keeps these rules"):
        best_possible(TWO_TOWNS, rules_for(2, 40, 80, together=(("Z00", "Z01"),), apart=(("Z00", "Z01"),)), seconds=10)


def test_without_time_the_bound_still_holds():
    rules = rules_for(2, 40, 80)
    known = np.array([0, 0, 0, 0, 0, 0, 1, 1, 1], np.int32)
    assert best_possible(TWO_TOWNS, rules, seconds=0, known=known).lower <= best_by_counting(TWO_TOWNS, rules)


def test_the_distance_is_said_in_plain_words():
    bound = Bound(0.123, 0.13, None, False, "")
    said = "No division can be better than J = 0.1230; this one is 0.1300: at most 5.7% above the best possible."
    assert say_gap(0.13, bound) == said
    assert say_gap(0.123, bound) == "No division can be better than this one: J = 0.1230."
    assert "not known" in say_gap(0.13, Bound(0, 0.13, None, False, ""))


def test_a_row_of_four_zones_has_seven_divisions_into_two():
    ground = draw_ground([[10, 10, 10, 10]], settlements=["...."], clusters=["...."])
    assert sum(1 for _ in every_division(ground, 2)) == 7
