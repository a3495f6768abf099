"""Polygons of zones are read from every format that publishers use, and come out the same."""

from __future__ import annotations

import gzip

import pytest
import shapely

from factories import shapes as drawn
from factories.shapes import feature, geojson, read, square, zone
from locality.areas.shapes import as_geojson, read_shapes, simplify_together, write_geopackage

TWO = drawn.block(2, 1)


def test_zones_come_in_order_of_code_with_their_names_and_polygons():
    shapes = read(
        geojson(feature("S01000002", square(1, 0), name="East"), feature("S01000001", square(0, 0), name="West"))
    )

    assert shapes.zones == ("S01000001", "S01000002")
    assert shapes.names == ("West", "East")
    assert [polygon.bounds for polygon in shapes.polygons] == [
        (320_000, 700_000, 321_000, 701_000),
        (321_000, 700_000, 322_000, 701_000),
    ]
    assert shapes.system == "EPSG:27700"
    assert shapes.repairs == ()


WRITTEN = {
    "gzipped GeoJSON": lambda shapes: gzip.compress(TWO),
    "GeoJSON with a mark before it": lambda shapes: b"\xef\xbb\xbf" + TWO,
    "GeoPackage": write_geopackage,
    "GeoParquet": lambda shapes: drawn.parquet(shapes, {"crs": {"id": {"authority": "EPSG", "code": 27700}}}),
    "TopoJSON": lambda shapes: gzip.decompress(simplify_together(shapes).content),
    "zipped shapefile": drawn.shapefile,
}


@pytest.mark.parametrize("form", WRITTEN)
def test_every_format_gives_the_same_shapes(form):
    shapes = read(TWO)

    back = read_shapes(WRITTEN[form](shapes), name="zones")

    assert (back.zones, back.names, back.system) == (shapes.zones, shapes.names, "EPSG:27700")
    assert shapely.equals(back.polygons, shapes.polygons).all()


def test_a_geojson_file_without_a_coordinate_system_is_in_longitude_and_latitude():
    shapes = read(as_geojson(read(TWO)))

    assert shapes.system == "OGC:CRS84"
    assert shapely.hausdorff_distance(shapes.polygons, read(TWO).polygons).max() < 0.1


def test_the_user_may_say_the_coordinate_system_that_the_file_does_not():
    unsaid = drawn.parquet(read(TWO), {"crs": None})

    assert read_shapes(unsaid, name="zones.parquet", crs="EPSG:27700").zones == ("S01000001", "S01000002")


def test_borders_stay_shared_when_the_coordinate_system_changes():
    assert shapely.coverage_is_valid(read(as_geojson(read(drawn.block(5, 5)))).polygons)


def test_the_column_with_most_of_the_partnerships_zones_is_the_column_of_zones():
    rows = [feature(None, square(at, 0), id=str(at), DZ_CODE=zone(at), NAME=f"Place {at}") for at in (1, 2)]

    shapes = read(geojson(*rows), zones={zone(1), zone(2)})

    assert (shapes.zones, shapes.names) == ((zone(1), zone(2)), ("Place 1", "Place 2"))


def test_the_name_column_of_the_office_for_national_statistics_is_found_beside_its_code():
    row = feature(None, square(0, 0), LSOA21CD="E01000001", LSOA21NM="City 001A", OBJECTID=7)

    assert read(geojson(row)).names == ("City 001A",)


def test_without_names_zones_are_called_by_their_codes():
    assert read(geojson(feature("S01000001", square(0, 0)))).names == ("S01000001",)


def test_zones_of_others_are_left_out_where_that_is_asked_for_and_counted():
    shapes = read(drawn.block(3, 1), zones={zone(2)}, only_ours=True)

    assert (shapes.zones, shapes.left_out) == ((zone(2),), 2)


def test_heights_are_left_out():
    lifted = [(east, north, 12.5) for east, north in square(0, 0)]

    assert not shapely.has_z(read(geojson(feature("S01000001", lifted))).polygons).any()


def test_a_bow_tie_is_repaired_and_said_by_zone():
    east, north = drawn.EAST, drawn.NORTH
    bow_tie = [(east, north), (east + 1000, north + 1000), (east + 1000, north), (east, north + 1000), (east, north)]

    shapes = read(geojson(feature("S01000001", bow_tie)))

    assert shapely.area(shapes.polygons).tolist() == [500_000]
    assert [str(repair) for repair in shapes.repairs] == [
        "S01000001: its shape crosses itself near 320500, 700500; repaired, its area changed by 500,000 square metres"
    ]


def test_a_line_that_sticks_out_of_a_zone_is_not_part_of_it():
    spike = [*square(0, 0)[:2], (322_000, 700_000), *square(0, 0)[1:]]

    shapes = read(geojson(feature("S01000001", spike)))

    assert shapely.area(shapes.polygons).tolist() == [1_000_000]
    assert shapes.polygons[0].geom_type == "Polygon"
