"""All zones are simplified together: borders stay shared, and who touches whom stays the same."""

from __future__ import annotations

import numpy as np
import pytest
import shapely

from factories import shapes as drawn
from factories.shapes import feature, geojson, read, square, zone
from locality.areas.shapes import (
    as_svg_paths,
    as_topology,
    borders_of,
    label_point,
    match_borders,
    measure_shapes,
    neighbours_of_shapes,
    read_shapes,
    rings_of,
    simplify_together,
    topology_bytes,
    topology_from_bytes,
    write_geopackage,
    zones_of_topology,
)
from locality.foundations import ResultRefused

# Zones 1 and 2 lie side by side; 3 and 4 above them.
FOUR = drawn.block(2, 2)


def wavy(corners: int = 200) -> bytes:
    """Two zones with a wavy border between them."""
    north = np.linspace(0, 1, corners)
    shift = np.random.default_rng(1).uniform(-0.02, 0.02, corners)
    border = [(1 + float(aside), float(at)) for aside, at in zip(shift, north, strict=True)]
    places = [(drawn.EAST + 1000 * x, drawn.NORTH + 1000 * y) for x, y in border]
    west, east = square(0, 0), square(1, 0)
    left = [west[0], *places, west[3], west[0]]
    right = [*places, east[2], east[1], places[0]]
    return geojson(feature(zone(1), left), feature(zone(2), right))


def test_neighbours_are_pairs_with_the_metres_of_their_border():
    found = neighbours_of_shapes(read(FOUR))

    assert list(zip(found.first, found.second, found.metres, strict=True)) == [
        (0, 1, 1000),
        (0, 2, 1000),
        (1, 3, 1000),
        (2, 3, 1000),
    ]
    assert not found.crossing.any()


def test_zones_that_touch_at_a_corner_are_neighbours_only_where_that_is_asked_for():
    found = neighbours_of_shapes(read(FOUR), at_a_point=True)

    at_a_point = [
        (one, two) for one, two, metres in zip(found.first, found.second, found.metres, strict=True) if not metres
    ]
    assert at_a_point == [(0, 3), (1, 2)]


def test_a_zone_with_a_corner_in_the_middle_of_its_neighbours_border_is_a_neighbour_all_the_same():
    half = geojson(feature(zone(1), square(0, 0)), feature(zone(2), square(1, 0, 0.5)))

    assert neighbours_of_shapes(read(half)).metres.tolist() == [500]


def test_area_perimeter_and_a_point_inside_are_measured():
    measured = measure_shapes(read(drawn.block(1, 1)))

    assert (measured.area.tolist(), measured.perimeter.tolist()) == ([1_000_000], [4_000])
    assert measured.points.tolist() == [[320_500, 700_500]]


def test_a_border_that_is_shared_is_simplified_once():
    simplified = simplify_together(read(wavy()), tolerance=50)

    one, two = simplified.shapes.polygons
    assert shapely.get_num_coordinates(read(wavy()).polygons).sum() > 400
    assert shapely.get_num_coordinates([one, two]).sum() < 100
    assert shapely.coverage_is_valid([one, two])
    assert one.intersection(two).area == 0


def test_the_finest_tolerance_within_the_bytes_is_found():
    whole = simplify_together(read(wavy(600)))

    simplified = simplify_together(read(wavy(600)), target_bytes=900)

    assert (whole.tolerance, len(whole.content) > 1200) == (0, True)
    assert simplified.tolerance > 0
    assert 700 < len(simplified.content) <= 900


def test_what_fits_already_is_not_simplified():
    simplified = simplify_together(read(FOUR), target_bytes=10_000)

    assert simplified.tolerance == 0
    assert shapely.equals(simplified.shapes.polygons, read(FOUR).polygons).all()


def test_bytes_that_no_simplification_keeps_to_are_refused_with_the_least():
    with pytest.raises(ResultRefused, match=r"These 4 zones take \d+ bytes at the least; 100 are allowed"):
        simplify_together(read(FOUR), target_bytes=100)


def test_borders_that_are_nearly_shared_become_shared():
    apart = geojson(feature(zone(1), square(0, 0)), feature(zone(2), square(1.0003, 0, 1)))

    matched = match_borders(read(apart), step=1)

    assert neighbours_of_shapes(matched.shapes).metres.tolist() == [1000]


def test_overlaps_are_said_with_their_size_and_mended():
    over = geojson(feature(zone(1), square(0, 0)), feature(zone(2), square(0.9, 0)))

    matched = match_borders(read(over), step=1)

    assert [(each.first, each.second, each.square_metres) for each in matched.overlaps] == [(zone(1), zone(2), 100_000)]
    assert matched.unmatched == (zone(1), zone(2))
    assert shapely.area(matched.shapes.polygons).sum() == 1_900_000
    assert shapely.coverage_is_valid(matched.shapes.polygons)


def test_a_narrow_gap_is_closed_and_a_wide_one_stays():
    gap = geojson(
        feature(zone(1), square(0, 0, 3)[:4] + square(0, 0, 3)[:1], square(1, 1)[::-1]),
        feature(zone(2), [(x + 1.5 * (x == 321_000), y) for x, y in square(1, 1)]),
    )

    narrow, wide = match_borders(read(gap), step=0.5), match_borders(read(gap), step=0.5, gap_width=1)

    assert shapely.area(narrow.shapes.polygons).sum() == 9_000_000
    assert shapely.area(wide.shapes.polygons).sum() == 9_000_000 - 1_500


def test_every_border_is_written_once_with_the_zones_on_its_sides():
    topology = as_topology(read(drawn.block(2, 1)))

    assert topology["bbox"] == [320_000, 700_000, 322_000, 701_000]
    assert topology["transform"] == {"scale": [1, 1], "translate": [320_000, 700_000]}
    assert zones_of_topology(topology) == (zone(1), zone(2))
    assert topology["objects"]["zones"]["geometries"][0] == {
        "type": "Polygon",
        "id": zone(1),
        "properties": {"name": "Zone 1", "inside": [320_500, 700_500]},
        "arcs": [[0, 1]],
    }
    assert topology["arcs"] == [
        [[1000, 0], [0, 1000]],
        [[1000, 1000], [-1000, 0], [0, -1000], [1000, 0]],
        [[1000, 0], [1000, 0], [0, 1000], [-1000, 0]],
    ]
    assert topology["sides"] == [[0, 1], [0, -1], [1, -1]]


def test_a_zone_inside_another_shares_its_whole_border_with_it():
    ring = geojson(feature(zone(1), square(0, 0, 3), square(1, 1)[::-1]), feature(zone(2), square(1, 1)))

    topology = as_topology(read(ring))

    assert topology["sides"] == [[0, -1], [0, 1]]
    assert [each["arcs"] for each in topology["objects"]["zones"]["geometries"]] == [[[0], [1]], [[-2]]]


def test_the_polygon_of_localities_leaves_out_the_borders_inside_them():
    topology = as_topology(read(FOUR))

    found = rings_of(topology, ["west", "east", "west", "east"])

    assert {area: shapely.Polygon(rings[0]).bounds for area, rings in found.items()} == {
        "east": (321_000, 700_000, 322_000, 702_000),
        "west": (320_000, 700_000, 321_000, 702_000),
    }
    inside = [
        n for n in range(len(topology["arcs"])) if n not in borders_of(topology, ["west", "east", "west", "east"])
    ]
    assert [topology["sides"][n] for n in inside] == [[0, 2], [1, 3]]


def test_a_locality_round_another_has_a_hole():
    found = rings_of(as_topology(read(drawn.block(3, 3))), ["a", "a", "a", "a", "b", "a", "a", "a", "a"])

    assert [len(found["a"]), len(found["b"])] == [2, 1]
    assert sorted(shapely.Polygon(ring).area for ring in found["a"]) == [1_000_000, 9_000_000]


def test_the_same_shapes_give_the_same_bytes_whatever_the_order_of_the_file():
    rows = [feature(zone(at), square(at, 0)) for at in (1, 2, 3)]

    first, second = (as_topology(read(geojson(*each))) for each in (rows, rows[::-1]))

    assert topology_bytes(first) == topology_bytes(second)
    assert topology_from_bytes(topology_bytes(first)) == first


def test_a_zone_smaller_than_the_grid_is_refused_and_not_lost():
    small = geojson(feature(zone(1), square(0, 0)), feature(zone(2), square(1, 0, 0.0004)))

    with pytest.raises(ResultRefused, match=f"nothing is left of zone {zone(2)}"):
        as_topology(read(small))
    assert simplify_together(read(small)).step == 0.1


def test_a_picture_has_a_path_for_every_area_north_up():
    picture = as_svg_paths(as_topology(read(FOUR)), ["south", "south", "north", "north"], width=200)

    assert (picture.width, picture.height, picture.metres) == (200, 200, 10)
    assert picture.paths == {
        "north": "M0 100l100 0l100 0l0 -100l-100 0l-100 0z",
        "south": "M100 100l-100 0l0 100l100 0l100 0l0 -100z",
    }


def test_the_label_of_a_ring_shaped_locality_stands_on_it_and_not_in_its_hole():
    areas = ["a", "a", "a", "a", "b", "a", "a", "a", "a"]

    east, north = label_point(rings_of(as_topology(read(drawn.block(3, 3))), areas)["a"])

    inside = 321_000 < east < 322_000 and 701_000 < north < 702_000
    assert not inside
    assert 320_000 < east < 323_000


def test_files_for_other_programs_carry_further_columns():
    file = write_geopackage(read(FOUR), {"locality": ["A", "A", "B", "B"]})

    assert read_shapes(file, name="zones.gpkg", name_column="locality").names == ("A", "A", "B", "B")
