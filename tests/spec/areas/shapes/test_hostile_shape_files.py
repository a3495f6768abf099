"""A file that somebody sends reads no other file, asks no server, and does not use up the machine."""

from __future__ import annotations

import gzip
import sqlite3

import pytest

from factories import shapes as drawn
from factories.shapes import read
from locality.areas.shapes import features, read_shapes, write_geopackage
from locality.foundations import InputRefused


def refusal(content: bytes) -> str:
    with pytest.raises(InputRefused) as refused:
        read_shapes(content, name="zones")
    return refused.value.faults[0].what


def test_a_file_that_names_another_file_as_its_source_is_not_read(tmp_path):
    other = tmp_path / "other.json"
    other.write_bytes(drawn.block(1, 1))
    layer = f"<OGRVRTLayer name='a'><SrcDataSource>{other}</SrcDataSource></OGRVRTLayer>"

    assert "no format that is read" in refusal(f"<OGRVRTDataSource>{layer}</OGRVRTDataSource>".encode())


def test_a_file_that_gives_commands_to_a_geographic_program_is_not_run(tmp_path):
    commands = f'{{"type": "gdal_streamed_alg", "command_line": "gdal vector convert {tmp_path}/a {tmp_path}/b"}}'

    assert "neither a GeoJSON" in refusal(commands.encode())


def test_a_zip_with_another_format_under_the_name_of_a_shapefile_is_not_opened():
    disguised = {f"zones{suffix}": b"<OGRVRTDataSource/>" for suffix in (".shp", ".shx", ".dbf")}

    assert refusal(drawn.zipped(disguised)) == "its part .shp is not one of a shapefile"


def changed_geopackage(tmp_path, *statements: str) -> bytes:
    file = tmp_path / "zones.gpkg"
    file.write_bytes(write_geopackage(read(drawn.block(2, 1))))
    with sqlite3.connect(file) as connection:
        for statement in statements:
            connection.execute(statement)
    connection.close()
    return file.read_bytes()


def test_a_view_in_a_geopackage_is_never_run(tmp_path):
    endless = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT i AS fid, i AS geom FROM n"
    content = changed_geopackage(
        tmp_path,
        f"CREATE VIEW trap AS {endless}",
        "UPDATE gpkg_geometry_columns SET table_name = 'trap'",
    )

    assert refusal(content) == "it is a GeoPackage without a layer of features"


def test_a_geopackage_that_was_written_with_a_log_beside_it_is_read(tmp_path):
    content = bytearray(changed_geopackage(tmp_path))
    content[18:20] = b"\x02\x02"

    assert len(read_shapes(bytes(content), name="zones")) == 2


def test_a_small_file_that_unpacks_to_a_huge_one_is_stopped(monkeypatch):
    monkeypatch.setitem(features.MOST_BYTES, "json", 2**20)

    assert refusal(gzip.compress(bytes(2**22))) == "unpacked it has more than 1 MB"


def test_more_positions_than_a_map_needs_are_refused(monkeypatch):
    monkeypatch.setattr("locality.areas.shapes.checking.MOST_COORDINATES", 5)

    assert refusal(drawn.block(2, 1)) == "its shapes have more than 5 positions"


def test_more_features_than_a_nation_has_zones_are_refused(monkeypatch):
    monkeypatch.setattr(features, "MOST_FEATURES", 3)

    assert refusal(drawn.block(2, 2)) == "it has 4 features; at most 3 are read"


def test_a_coordinate_system_is_taken_by_its_code_alone():
    grids = b"+proj=longlat +nadgrids=/etc/hostname"
    named = drawn.block(1, 1).replace(b"urn:ogc:def:crs:EPSG::27700", grids)

    assert "does not say its coordinate system" in refusal(named)
