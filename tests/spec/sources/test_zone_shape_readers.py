"""What the outlines of zones tell: where each lies, its settlement, and which touch."""

from __future__ import annotations

import json

import pytest

import locality.sources  # noqa: F401  (fills the register of readers)
from factories.asking import ask, said
from locality.foundations import check_frame
from locality.sources.readers import READERS


def square(code, x, y, side=1_000):
    ring = [[x, y], [x + side, y], [x + side, y + side], [x, y + side], [x, y]]
    shape = {"type": "Polygon", "coordinates": [ring]}
    return {"type": "Feature", "properties": code, "geometry": shape}


SCOTTISH = [
    square({"DataZone": "S01008001", "Name": "One"}, 300_000, 700_000),
    square({"DataZone": "S01008002", "Name": "Two"}, 301_000, 700_000),
    square({"DataZone": "S01008003", "Name": "Three"}, 302_000, 701_000),
]
ENGLISH = [
    square({"lsoa11cd": "E01012571", "lsoa11nm": "Burnley 003A"}, 380_000, 430_000),
    square({"lsoa11cd": "E01012572", "lsoa11nm": "Blackburn with Darwen 010B"}, 381_000, 430_000),
]
PLACES = """\
name,name2,local_type,postcode_district,xmin,ymin,xmax,ymax
Bigtown,,Town,KY1,299000,699000,302000,702000
Kirkton,Baile na h-Eaglaise,Village,KY2,301200,700200,301800,700800
Farm,,Hamlet,KY2,302000,701000,303000,702000
"""
LOOKUP = """\
DZ2011_Code,IZ2011_Name,LA_Name
S01008001,Bigtown East ,Fife
S01008002,Bigtown East,Fife
S01008003,Hills and Glens,Fife
"""


@pytest.fixture
def folder(tmp_path):
    for name, features in (("scottish", SCOTTISH), ("english", ENGLISH)):
        crs = {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::27700"}}
        told = {"type": "FeatureCollection", "crs": crs, "features": features}
        (tmp_path / f"{name}.geojson").write_text(json.dumps(told))
    (tmp_path / "places.csv").write_text(PLACES, encoding="utf-8")
    (tmp_path / "lookup.csv").write_text(LOOKUP)
    return tmp_path


def typed(reader, table):
    frame, faults = check_frame(READERS[reader].table, table.frame, table.file)
    assert faults == []
    return frame


def test_zones_that_share_a_border_are_neighbours_and_those_at_a_corner_are_not(folder):
    (table,) = ask("zone-shapes-neighbours", folder, "scottish.geojson")
    frame = typed("zone-shapes-neighbours", table)
    assert frame.to_numpy().tolist() == [["S01008001", "S01008002", "land", 1_000.0]]


def test_outlines_give_a_point_inside_area_and_perimeter(folder):
    (table,) = ask("scotgov-zone-shapes", folder, "scottish.geojson")
    first = typed("scotgov-zone-shapes", table).iloc[0]
    assert (first["area"], first["perimeter"]) == (1_000_000, 4_000)
    assert 300_000 < first["easting"] < 301_000
    assert table.notes == ("scottish.geojson: no settlements: name a lookup or a file of named places in its entry.",)


def test_a_zone_belongs_to_the_smallest_named_place_in_whose_box_it_lies(folder):
    (table,) = ask("scotgov-zone-shapes", folder, "scottish.geojson", places="places.csv")
    named = typed("scotgov-zone-shapes", table)["settlement"]
    assert named.fillna("-").tolist() == ["Bigtown", "Kirkton (Baile na h-Eaglaise)", "-"]


def test_outside_of_named_places_the_intermediate_zone_stands_for_the_settlement(folder):
    asked = {"places": "places.csv", "lookup": "lookup.csv"}
    (table,) = ask("scotgov-zone-shapes", folder, "scottish.geojson", **asked)
    frame = typed("scotgov-zone-shapes", table)
    assert frame["settlement"].tolist() == ["Bigtown", "Kirkton (Baile na h-Eaglaise)", "Hills and Glens"]
    assert frame["council"].tolist() == ["Fife"] * 3
    assert "outside of these its intermediate zone" in table.notes[0]


def test_the_settlement_of_an_english_zone_is_its_middle_layer_area(folder):
    (table,) = ask("ons-lsoa-shapes", folder, "english.geojson")
    frame = typed("ons-lsoa-shapes", table)
    assert frame["settlement"].tolist() == ["Burnley 003", "Blackburn with Darwen 010"]
    assert frame["council"].tolist() == ["Burnley", "Blackburn with Darwen"]
    assert "a stand-in, not a town" in table.notes[0]


def test_a_box_without_a_number_is_refused(folder):
    (folder / "places.csv").write_text(PLACES.replace("299000", "west"), encoding="utf-8")
    (table,) = ask("scotgov-zone-shapes", folder, "scottish.geojson", places="places.csv")
    assert said(table) == [("not-number", 2)]
