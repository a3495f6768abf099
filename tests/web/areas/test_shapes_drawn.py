"""Once shapes are loaded, localities and zones are drawn from them; before that all is as it was."""

from __future__ import annotations

import datetime as dt
import re

import pytest

from factories import areas, site
from factories.shapes import feature, geojson, square
from factories.zone_shapes import LINE, load, shapes
from locality.areas.shapes import as_topology, read_shapes
from locality.foundations import InputRefused
from locality_web.areas.shape_map import areas_for_map

pytestmark = pytest.mark.django_db
PAGE = "/fife/localities/"


def test_the_localities_are_drawn_with_a_number_a_name_and_a_list(client, divided, planner):
    load(divided, planner)

    text = client.get(PAGE).content.decode()

    assert text.count('class="map-area map-area--plain"') == 4
    assert re.findall(r'class="map-badge-text">(\d)</text>', text) == ["1", "2", "3", "4"]
    assert 'role="img"' in text
    assert ">The localities of Fife on a map</title>" in text
    assert '<a href="/fife/localities/dunfermline/">Dunfermline</a>' in text
    assert LINE in text


def test_before_shapes_are_loaded_the_page_has_no_map(client, divided):
    text = client.get(PAGE).content.decode()

    assert "<svg" not in text.partition("<main")[2]
    assert "Levenmouth" in text


def test_the_zones_of_a_locality_are_drawn_with_their_residents(client, divided, planner):
    load(divided, planner)

    text = client.get("/fife/localities/levenmouth/").content.decode()

    assert text.count('class="map-area map-area--1"') == 2
    assert "A map of 2 places" in text
    assert LINE in text


def test_a_release_on_other_zones_waits_and_the_map_stays_as_it_was(client, divided, planner):
    load(divided, planner)
    other = areas.release({"a": (1, 2, 3, 4), "b": (5, 6, 7, 8, 9)}, day=dt.date(2026, 11, 1), id="b" * 64)

    with pytest.raises(InputRefused, match="carry-over"):
        areas.load(divided, other)

    assert client.get(PAGE).content.decode().count("map-area--plain") == 4


def test_the_map_follows_the_localities_when_they_change(client, divided, planner):
    load(divided, planner)
    browser = site.signed_in(planner)
    assert browser.get(PAGE).content.decode().count("map-area--plain") == 4

    areas.load(
        divided, areas.release({"east": (1, 3, 5, 7), "west": (2, 4, 6, 8)}, day=dt.date(2026, 11, 1), id="c" * 64)
    )

    assert browser.get(PAGE).content.decode().count("map-area--plain") == 2


def test_only_who_may_change_localities_is_led_to_the_page_of_shapes(client, divided, planner):
    assert "/fife/areas/shapes/" in site.signed_in(planner).get(PAGE).content.decode()
    assert "/fife/areas/shapes/" not in client.get(PAGE).content.decode()


def test_an_island_too_small_to_be_seen_is_not_drawn_but_a_locality_always_is():
    rows = [feature("S01000001", square(0, 0, 200)), feature("S01000002", square(250, 0, 0.01))]
    topology = as_topology(read_shapes(geojson(*rows), name="zones"))

    found = areas_for_map(topology, {"S01000001": "a", "S01000002": "b"})

    assert {area: len(shape.rings) for area, shape in found.items()} == {"a": 1, "b": 1}
    assert len(areas_for_map(topology, {"S01000001": "a", "S01000002": "a"})["a"].rings) == 1


def test_a_map_with_a_hole_is_not_drawn():
    topology = as_topology(read_shapes(shapes(2), name="zones"))

    assert areas_for_map(topology, {areas.zone(1): "a", areas.zone(99): "a"}) == {}
