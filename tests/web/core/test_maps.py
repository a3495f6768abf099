"""Maps: what is drawn, and the list that says the same."""

from __future__ import annotations

import math
import re
from itertools import combinations

import pytest
from django.template import engines

from locality_web.core.maps import MapPlace, draw_map
from locality_web.core.maps_badges import spread


def square(west: float, south: float, size: float = 100.0):
    return [(west, south), (west + size, south), (west + size, south + size), (west, south + size)]


def paths(drawing: str) -> list[list[tuple[float, float]]]:
    return [
        [(float(x), float(y)) for x, y in re.findall(r"([\d.-]+) ([\d.-]+)", path)]
        for path in re.findall(r' d="([^"]+)"', drawing)
    ]


def test_north_is_up_and_both_directions_have_one_scale():
    #   ┌───┐
    #   │ B │   north
    #   ├───┤
    #   │ A │
    #   └───┘
    drawn = draw_map("Two", [MapPlace("A", [square(0, 0)]), MapPlace("B", [square(0, 100)])])
    south, north = paths(drawn.drawing)
    assert max(y for _, y in north) == pytest.approx(min(y for _, y in south), abs=0.1)
    wide = max(x for x, _ in south) - min(x for x, _ in south)
    tall = max(y for _, y in south) - min(y for _, y in south)
    assert wide == pytest.approx(tall, abs=0.2)


def test_degrees_are_squeezed_as_far_from_the_equator_as_they_are():
    (ring,) = paths(draw_map("Lerwick", [MapPlace("A", [[(-2, 60), (-1, 60), (-1, 61), (-2, 61)]])]).drawing)
    wide = max(x for x, _ in ring) - min(x for x, _ in ring)
    tall = max(y for _, y in ring) - min(y for _, y in ring)
    assert wide / tall == pytest.approx(0.4924, abs=0.002)


def test_the_list_has_every_place_with_its_number_and_its_figure():
    drawn = draw_map(
        "Distance",
        [
            MapPlace("Levenmouth", [square(0, 0)], amount=0.08, address="/fife/localities/levenmouth/"),
            MapPlace("Kirkcaldy", [square(100, 0)], amount=-0.04),
            MapPlace("Clinic", point=(50, 50)),
        ],
        unit="change",
        what="Distance",
    )
    shown = [[cell.text for cell in row] for row in drawn.table.cells()]
    assert shown == [["1", "Levenmouth", "+8.0%"], ["2", "Kirkcaldy", "−4.0%"], ["3", "Clinic", "not known"]]
    assert drawn.summary == "A map of 3 places. Levenmouth is highest with +8.0%; Kirkcaldy is lowest with −4.0%."
    assert re.findall(r"map-area--\w+", drawn.drawing) == ["map-area--5", "map-area--1"]
    assert re.findall(r">(\d+)</text>", drawn.drawing) == ["1", "2", "3"]


def test_a_number_stands_in_the_middle_of_the_largest_part_of_a_place():
    drawn = draw_map("One", [MapPlace("A", [square(900, 900, 10), square(0, 0, 400)])])
    x, y = map(float, re.search(r'<circle cx="([\d.]+)" cy="([\d.]+)"', drawn.drawing).groups())
    mainland = paths(drawn.drawing)[0][4:]
    assert x == pytest.approx(sum(px for px, _ in mainland) / 4, abs=0.2)
    assert y == pytest.approx(sum(py for _, py in mainland) / 4, abs=0.2)


def test_many_places_are_drawn_without_numbers_but_all_are_listed():
    places = [MapPlace(f"Zone {at}", [square(at * 100, 0)]) for at in range(200)]
    drawn = draw_map("Zones", places)
    assert "<text" not in drawn.drawing
    assert len(drawn.table.rows) == 200


def test_a_single_point_and_no_place_at_all_can_be_drawn():
    assert "<circle" in draw_map("One", [MapPlace("Clinic", point=(-3.0, 56.2))]).drawing
    page = engines["django"].from_string("{% show_map map %}").render({"map": draw_map("None", [])})
    assert "A map of 0 places." in page
    assert "<svg" not in page


def test_places_that_are_all_alike_have_one_shade():
    drawn = draw_map(
        "Same", [MapPlace("A", [square(0, 0)], amount=5), MapPlace("B", [square(100, 0)], amount=5)], unit="people"
    )
    assert re.findall(r"map-area--\w+", drawn.drawing) == ["map-area--1", "map-area--1"]
    assert drawn.legend == ()


def badges(drawing: str) -> list[tuple[float, float]]:
    return [(float(x), float(y)) for x, y in re.findall(r'<circle cx="([\d.]+)" cy="([\d.]+)" r="13"', drawing)]


def test_numbers_of_places_in_one_spot_do_not_cover_each_other_and_lines_lead_to_their_places():
    near = [MapPlace(f"Surgery {number}", point=(100 + number / 10, 100)) for number in range(8)]

    drawing = draw_map("A town", [MapPlace("All", [square(0, 0, 300)]), *near]).drawing

    found = badges(drawing)
    apart = [math.dist(one, two) for at, one in enumerate(found) for two in found[:at]]
    assert len(found) == 9
    assert min(apart) >= 26.9
    assert drawing.count("map-leader-end") >= 7
    assert all(14 <= x <= 346 for x, _ in found)


def test_numbers_that_are_apart_stay_in_their_places():
    drawing = draw_map("Two", [MapPlace("A", [square(0, 0)]), MapPlace("B", [square(0, 100)])]).drawing

    assert "map-leader" not in drawing


def test_thirty_places_in_one_spot_are_told_apart():
    assert (
        min(math.dist(one, two) for one, two in combinations(spread([(180, 200)] * 30, width=360, height=500), 2)) > 26
    )
