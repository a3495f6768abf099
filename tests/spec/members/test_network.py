"""A locality's network: who can reach whom over connections, and who is connected to nobody.

|        | was connected with |
|--------|--------------------|
| Ann    | Bo                 |
| Bo     | Cy, Ann            |
| Dee    | Eve                |
| Flo    |                    |
"""

from locality.members.network import network_of, places_in_circle

THOSE = ["Ann", "Bo", "Cy", "Dee", "Eve", "Flo"]
LINKS = [("Ann", "Bo"), ("Bo", "Cy"), ("Bo", "Ann"), ("Dee", "Eve")]


def test_it_falls_into_parts_the_largest_first():
    assert network_of(THOSE, LINKS).parts == (("Ann", "Bo", "Cy"), ("Dee", "Eve"))


def test_who_is_connected_to_nobody_is_named():
    assert network_of(THOSE, LINKS).isolated == ("Flo",)


def test_a_pair_counts_once_however_often_it_was_connected():
    found = network_of(THOSE, LINKS)

    assert found.ties == (("Ann", "Bo"), ("Bo", "Cy"), ("Dee", "Eve"))
    assert found.degrees == {"Ann": 1, "Bo": 2, "Cy": 1, "Dee": 1, "Eve": 1, "Flo": 0}


def test_somebody_connected_with_themselves_is_connected_to_nobody():
    assert network_of(["Ann"], [("Ann", "Ann")]).isolated == ("Ann",)


def test_an_end_that_is_no_more_among_those_who_take_part_is_still_shown():
    assert network_of(["Ann"], [("Ann", "Old Forum")]).parts == (("Ann", "Old Forum"),)


def test_a_place_without_anybody_has_an_empty_network():
    found = network_of([], [])

    assert (found.parts, found.isolated, found.ties) == ((), (), ())


def test_four_stand_on_the_circle_at_the_top_right_bottom_and_left():
    places = places_in_circle(["top", "right", "bottom", "left"])

    assert {name: (round(x, 3), round(y, 3)) for name, (x, y) in places.items()} == {
        "top": (0.5, 0.0),
        "right": (1.0, 0.5),
        "bottom": (0.5, 1.0),
        "left": (0.0, 0.5),
    }
