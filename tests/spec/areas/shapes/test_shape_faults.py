"""A file of shapes that cannot be used is refused with everything that is wrong, and what to do."""

from __future__ import annotations

import gzip

import pytest

from factories import shapes as drawn
from factories.shapes import feature, geojson, read, square, zone
from locality.areas.shapes import read_shapes
from locality.foundations import InputRefused


def faults(content: bytes, **options) -> list[str]:
    with pytest.raises(InputRefused) as refused:
        read(content, **options)
    return [f"{fault.code}: {fault.what}" for fault in refused.value.faults]


def test_all_faults_are_said_at_once():
    line = {"type": "LineString", "coordinates": square(0, 0)}
    content = geojson(
        feature(zone(1), square(0, 0)),
        feature(zone(1), square(1, 0)),
        feature(zone(2)) | {"geometry": None},
        feature(zone(3)) | {"geometry": line},
        feature(zone(9), square(3, 0)),
        feature(None, square(4, 0)),
        feature(zone(4), [("a", "b")]),
        system="EPSG::0",
    )

    assert faults(content, zones={zone(number) for number in (1, 2, 3, 4, 5)}) == [
        "shape-no-system: there is no coordinate system 'EPSG:0'",
        "shape-no-code: feature 6 has no code of a zone",
        "shape-zone-twice: 1 zone is in more than one feature: S01000001",
        "shape-zone-missing: 1 of the partnership's 5 zones have no shape: S01000005",
        "shape-zone-unknown: 1 zone is not the partnership's: S01000009",
        "shape-empty: feature 3 (S01000002): it has no shape",
        "shape-no-polygon: feature 4 (S01000003): it is a LineString, not a polygon",
        "shape-not-readable: feature 7 (S01000004): its coordinates are not pairs of numbers",
    ]


def test_a_file_without_a_column_of_zones_is_refused_with_its_columns():
    row = {"type": "Feature", "properties": {"ward": "A", "party": "B"}, "geometry": None}

    assert faults(geojson(row)) == [
        "shape-no-zone-column: no column is known to hold the codes of zones; its columns are: ward, party"
    ]
    assert faults(drawn.block(1, 1), zone_column="area") == [
        "shape-no-zone-column: there is no column 'area'; its columns are: zone, name"
    ]


def test_a_file_of_another_edition_of_the_zones_is_told_apart():
    old = geojson(feature("S01006506", square(0, 0)))
    with pytest.raises(InputRefused) as refused:
        read(old, zones={"S01013482"})

    assert refused.value.faults[0].do == "The file has 2011 data zones; choose the file of 2022 data zones."


def test_a_parquet_file_that_says_no_coordinate_system_is_not_guessed_at():
    with pytest.raises(InputRefused) as refused:
        read_shapes(drawn.parquet(read(drawn.block(1, 1)), {"crs": None}), name="zones.parquet")

    assert str(refused.value) == (
        "zones.parquet: it does not say its coordinate system, or one that is not known. Say which one it is, like "
        "EPSG:27700 (British National Grid) or EPSG:4326 (longitude and latitude)."
    )


def test_metres_that_are_read_as_degrees_lie_outside_great_britain():
    assert faults(drawn.block(1, 1), crs="EPSG:4326") == [
        "shape-outside: 1 zone is not in Great Britain when read as EPSG:4326: S01000001"
    ]


def test_a_zone_without_any_area_has_no_shape():
    flat = [(320_000, 700_000), (321_000, 700_000), (322_000, 700_000), (320_000, 700_000)]

    assert faults(geojson(feature(zone(1), flat))) == ["shape-empty: 1 zone is without any area: S01000001"]


OTHER_FILES = {
    "nothing": (b"", "there is nothing in it"),
    "a table": (b"zone,name\nS01000001,West\n", "its first bytes are those of no format that is read (b'zone,nam')"),
    "other JSON": (b'{"a": 1}', "it is JSON, but neither a GeoJSON FeatureCollection nor a TopoJSON Topology"),
    "a zip": (drawn.zipped({"zones.csv": b"a"}), "the zip holds 0 shapefiles; it must hold one"),
    "half a shapefile": (drawn.zipped({"z.shp": b"a"}), "the shapefile in the zip lacks its part .dbf, .shx"),
    "a database": (b"SQLite format 3\0" + bytes(100), "it begins like a GeoPackage and cannot be read to its end"),
    "half a Parquet": (b"PAR1" + bytes(20), "it begins like a Parquet file and cannot be read to its end"),
    "half a JSON": (b'{"type": "FeatureCollection", ', "it begins like JSON and cannot be read to its end"),
    "deep JSON": (b'{"type":' + b"[" * 200_000, "it begins like JSON and cannot be read to its end"),
    "half a gzip": (gzip.compress(drawn.block(3, 3))[:200], "the compressed file is cut off or damaged"),
    "an empty topology": (b'{"type": "Topology"}', "it is TopoJSON without a collection of geometries"),
}


@pytest.mark.parametrize("kind", OTHER_FILES)
def test_what_is_no_file_of_shapes_is_refused_in_one_sentence(kind):
    content, what = OTHER_FILES[kind]

    assert [said.partition(": ")[2] for said in faults(content)] == [what]


def test_a_topology_that_names_an_arc_that_is_not_there_is_refused():
    topology = (
        b'{"type":"Topology","arcs":[[[0,0],[1,1]]],"objects":{"z":{"geometries":'
        b'[{"type":"Polygon","id":"S01000001","arcs":[[7]]}]}}}'
    )

    assert faults(topology) == ["shape-not-readable: feature 1 (S01000001): it names an arc that there is not"]
