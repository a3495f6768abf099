"""How large localities are, and whether each lies in one piece."""

from __future__ import annotations

from factories.drawn_grounds import divide, draw, rules
from locality.areas.measures import measure

ISLES = """
    10 20 .  30
    40 50 .  60
"""
APART = """
    A A . B
    A A . B
"""
OVER_THE_WATER = """
    A A . A
    B B . A
"""


def faults(ground, drawing, asked):
    return {fault.code: fault for fault in measure(ground, divide(drawing), asked).faults}


def test_people_of_each_locality_are_added_up():
    found = measure(draw(ISLES), divide(APART), rules())
    assert [(one.people, one.zones, one.pieces) for one in found.localities] == [(120, 4, 1), (90, 2, 1)]
    assert (found.number, found.smallest, found.largest, found.pieces) == (2, 90, 120, 0)
    assert found.is_valid


def test_a_locality_over_the_water_is_in_two_pieces():
    found = measure(draw(ISLES), divide(OVER_THE_WATER), rules())
    assert [one.pieces for one in found.localities] == [2, 1]
    assert found.pieces == 1
    assert [fault.code for fault in found.faults] == ["locality-in-pieces"]
    assert found.faults[0].what == "locality 1 is in 2 pieces"


def test_a_declared_crossing_joins_what_the_water_parts():
    found = measure(draw(ISLES, crossings=[(1, 2)]), divide(OVER_THE_WATER), rules())
    assert found.pieces == 0
    assert found.is_valid


def test_zones_that_meet_at_a_corner_do_not_touch():
    found = measure(draw("1 1\n1 1"), divide("A B\nB A"), rules())
    assert found.pieces == 2


def test_a_zone_in_no_locality_is_named():
    found = measure(draw(ISLES), divide("A A . B\nA - . B"), rules())
    (fault,) = found.faults
    assert (fault.code, fault.zones) == ("zone-without-locality", (4,))
    assert fault.what == "1 zone is in no locality, with 50 people: Z04"


def test_too_few_and_too_many_people_are_named_with_by_how_many():
    found = faults(draw(ISLES), APART, rules(least=100, most=110))
    assert found["locality-too-small"].what == "locality 2 has 90 people, 10 too few"
    assert found["locality-too-large"].what == "locality 1 has 120 people, 10 too many"


def test_an_island_may_be_small_when_islands_may_stand_alone():
    assert faults(draw(ISLES), APART, rules(least=100, islands_alone=True)) == {}


def test_half_an_island_may_not_be_small():
    halves = "A A . B\nA A . C"
    assert set(faults(draw(ISLES), halves, rules(least=100, islands_alone=True))) == {"locality-too-small"}


def test_an_island_with_a_bridge_does_not_stand_alone():
    joined = draw(ISLES, crossings=[(1, 2)])
    assert set(faults(joined, APART, rules(least=100, islands_alone=True))) == {"locality-too-small"}


def test_another_number_of_localities_than_asked_for_is_named():
    found = faults(draw(ISLES), APART, rules(number=3))
    assert found["other-number-of-localities"].what == "there are 2 localities; 3 were asked for"


def test_a_number_without_a_zone_is_named():
    found = measure(draw("1 1 1"), [0, 2, 2], rules())
    assert [fault.code for fault in found.faults] == ["locality-empty"]
    assert found.number == 2


def test_wishes_that_are_not_kept_are_named():
    ground = draw("1 1 1 1")
    asked = rules(together=(("Z00", "Z03"),), apart=(("Z00", "Z01"),), seeds=("Z02", "Z03"), kept=(("Z01", "Z02"),))
    assert set(faults(ground, "A A B B", asked)) == {
        "zones-parted",
        "zones-joined",
        "seeds-share-locality",
        "kept-locality-changed",
    }


def test_wishes_that_are_kept_are_no_fault():
    asked = rules(together=(("Z00", "Z01"),), apart=(("Z00", "Z02"),), seeds=("Z00", "Z03"), kept=(("Z02", "Z03"),))
    assert faults(draw("1 1 1 1"), "A A B B", asked) == {}


def test_a_locality_in_two_councils_is_named_only_when_that_is_forbidden():
    ground = draw("1 1 1 1", councils="1 1 1 2")
    assert faults(ground, "A A B B", rules()) == {}
    (fault,) = faults(ground, "A A B B", rules(within_councils=True)).values()
    assert (fault.code, fault.localities) == ("council-border-crossed", (1,))
