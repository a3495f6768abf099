"""Which clusters cut across localities, and which move would mend most and break what."""

from __future__ import annotations

import pytest

from factories.drawn_grounds import divide, draw, practices_with, rules
from locality.areas.measures import measure
from locality.areas.practices import cut_clusters, moves_to_target, practice_moves
from locality.areas.zone_moves import zone_moves
from locality.foundations import ResultRefused

FOUR = "100 100 100 100"
HALVES = divide("A A B B")


def town(**clusters: str):
    """Three practices in the west, two in the east; by default the mill is in the west's cluster."""
    where = {"hill": "50 40 0 0", "kirk": "30 20 0 0", "mill": "0 10 30 20", "shore": "0 0 40 30", "quay": "0 0 10 30"}
    named = {"hill": "west", "kirk": "west", "mill": "west", "shore": "east", "quay": "east", **clusters}
    return draw(FOUR, practices=practices_with(where, named))


def test_a_cluster_cuts_across_when_patients_live_outside_its_main_locality():
    """West has 150 patients in A and 50 of the mill's in B; all of east live in B."""
    ground = town()
    (cut,) = cut_clusters(ground, HALVES)
    assert (ground.practices.clusters[cut.cluster], cut.practices, cut.patients) == ("west", 3, 200)
    assert (cut.main, cut.elsewhere, cut.by_locality) == (0, 50, ((0, 150), (1, 50)))


def test_the_move_that_mends_most_is_named_with_what_it_breaks():
    """The mill's 50 patients in B gain; its 10 in A, who were in the west's main locality, lose."""
    ground = town()
    (move,) = practice_moves(ground, HALVES)
    assert ground.practices.codes[move.practice] == "mill"
    assert [ground.practices.clusters[one] for one in (move.before, move.after)] == ["west", "east"]
    assert (move.patients, move.gains, move.loses, move.mends) == (60, 50, 10, 40)
    assert (move.own_before, move.own_after) == (10, 50)
    assert (move.practices_left, move.patients_left) == (2, 140)
    assert (move.practices_there, move.patients_there) == (3, 170)
    assert move.containment == 300 / 310


def test_nothing_is_proposed_where_every_move_would_break_more():
    assert practice_moves(town(mill="east"), HALVES) == ()


def test_a_cluster_keeps_as_many_practices_as_it_must():
    assert practice_moves(town(), HALVES, fewest=3) == ()
    assert len(practice_moves(town(), HALVES, fewest=2)) == 1


def test_moves_are_listed_until_the_target_is_reached():
    """Hill and mill are both in the wrong cluster; the hill has more patients, so it goes first."""
    ground = town(hill="east")
    found = moves_to_target(ground, HALVES, 0.96)
    assert [ground.practices.codes[move.practice] for move in found.moves] == ["hill", "mill"]
    assert (found.before, found.after, found.is_reached) == (170 / 310, 300 / 310, True)


def test_a_target_that_is_reached_already_needs_no_move():
    found = moves_to_target(town(), HALVES, 0.5)
    assert (found.moves, found.is_reached) == ((), True)


def test_a_target_out_of_reach_is_said_to_be_missed():
    found = moves_to_target(town(), HALVES, 1.0)
    assert (len(found.moves), found.after, found.is_reached) == (1, 300 / 310, False)


def test_without_clusters_nothing_can_be_said():
    with pytest.raises(ResultRefused, match="none are known"):
        cut_clusters(draw(FOUR), HALVES)


EAST_IN_THE_MIDDLE = {"hill": "50 0 0 0", "shore": "0 40 30 30"}


def test_a_border_zone_may_move_to_where_its_patients_cluster_lives():
    """Of the shore's 100 patients 60 live in B; with the second zone all do, and with the third out of it 70 in A."""
    ground = draw(FOUR, practices=practices_with(EAST_IN_THE_MIDDLE, {"hill": "west", "shore": "east"}))
    found = [
        (move.zone, move.before, move.after, move.people, move.mends) for move in zone_moves(ground, HALVES, rules())
    ]
    assert found == [(1, 0, 1, 100, 40), (2, 1, 0, 100, 10)]
    after = measure(ground, divide("A B B B"), rules())
    assert after.practice_containment == 1.0


def test_a_zone_move_that_makes_a_locality_too_small_is_not_proposed():
    ground = draw(FOUR, practices=practices_with(EAST_IN_THE_MIDDLE, {"hill": "west", "shore": "east"}))
    assert zone_moves(ground, HALVES, rules(least=150)) == ()


def test_a_zone_move_that_cuts_a_locality_in_two_is_not_proposed():
    """The middle zone belongs with the south by its patients, but without it the north falls apart."""
    where = {"hill": "50 0 50\n0 0 0", "shore": "0 40 0\n30 30 30"}
    ground = draw("100 100 100\n100 100 100", practices=practices_with(where, {"hill": "west", "shore": "east"}))
    assert zone_moves(ground, divide("A A A\nB B B"), rules()) == ()


def test_a_zone_move_says_what_it_does_to_communities():
    clusters = {"hill": "west", "shore": "east"}
    ground = draw(FOUR, settlements="S S T T", practices=practices_with(EAST_IN_THE_MIDDLE, clusters))
    assert [move.communities for move in zone_moves(ground, HALVES, rules())] == [-100 / 400] * 2
