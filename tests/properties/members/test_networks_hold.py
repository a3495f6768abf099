"""Whoever is connected with whom: everybody stands in one part or is connected to nobody."""

from hypothesis import given
from hypothesis import strategies as st

from locality.members.network import network_of, places_in_circle

NAMES = st.sampled_from("ABCDEFGH")
LINKS = st.lists(st.tuples(NAMES, NAMES), max_size=12)


@given(st.sets(NAMES), LINKS)
def test_everybody_is_in_one_part_or_alone(those, links):
    found = network_of(sorted(those), links)

    seen = [name for part in found.parts for name in part] + list(found.isolated)
    ends = {end for one, other in links if one != other for end in (one, other)}
    assert sorted(seen) == sorted(those | ends)


@given(LINKS)
def test_no_tie_leads_from_one_part_to_another(links):
    found = network_of([], links)

    part_of = {name: at for at, part in enumerate(found.parts) for name in part}
    assert all(part_of[one] == part_of[other] for one, other in found.ties)
    assert sum(found.degrees.values()) == 2 * len(found.ties)


@given(LINKS)
def test_it_does_not_matter_which_way_round_a_link_is_recorded(links):
    turned = [(other, one) for one, other in links]

    assert {*network_of("ABCDEFGH", links).ties} == {*network_of("ABCDEFGH", turned).ties}


@given(st.sets(st.text(min_size=1), min_size=1, max_size=40))
def test_no_two_stand_in_one_place_of_the_drawing(names):
    places = places_in_circle(sorted(names))

    assert len({(round(x, 6), round(y, 6)) for x, y in places.values()}) == len(names)
    assert all(-1e-9 <= each <= 1 + 1e-9 for place in places.values() for each in place)
