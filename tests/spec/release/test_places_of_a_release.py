"""What boundaries are drawn on leaves with a release: open geography, and registers whose publisher is named."""

import datetime as dt
import json

import pandas as pd
import pytest

from factories.release import DAY, MADE_BY, ZONES, sound_content
from locality.foundations import InputFile, InputRefused, ResultRefused
from locality.release import declared_places, places_of, write_release
from locality.release.bundle import pack, unpack
from locality.release.manifest import canonical, release_id
from locality.release.read import read_bytes

ONE, TWO, THREE = ZONES
NEIGHBOURS = pd.DataFrame(
    [(ONE, TWO, "land", 120.5), (TWO, THREE, "crossing", None)], columns=["zone_a", "zone_b", "kind", "metres"]
)
PRACTICES = pd.DataFrame(
    [("10001", "Main Street", "North", ONE, 900)], columns=["practice", "name", "cluster", "zone", "patients"]
)
REGISTRATIONS = pd.DataFrame([(ONE, "10001", 600), (TWO, "10001", 3)], columns=["zone", "practice", "patients"])
TABLES = {"zone_neighbours": NEIGHBOURS, "practices": PRACTICES, "registrations": REGISTRATIONS}


def file_of(table, publisher="NHS Digital"):
    return InputFile(table, f"{table}.csv", "a-reader", "cd" * 32, 10, publisher=publisher)


PUBLISHED = [file_of(name) for name in TABLES]


def written(tmp_path, places):
    content = sound_content(places=places)
    return write_release(content, tmp_path / "a.release.zip", day=DAY, made_by=MADE_BY).path.read_bytes()


def test_published_places_leave_and_come_back_as_they_were(tmp_path):
    places, notes = places_of(TABLES, PUBLISHED, day=DAY)

    back = declared_places(read_bytes(written(tmp_path, places), "a").tables)

    assert notes == []
    assert back["registrations"].to_numpy().tolist() == REGISTRATIONS.to_numpy().tolist()
    assert back["zone_neighbours"]["metres"].iloc[0] == 120.5
    assert back["practices"]["patients"].tolist() == [900]


def test_registrations_of_an_own_register_stay_behind_with_a_sentence():
    files = [file_of("practices"), file_of("registrations", publisher="")]

    places, notes = places_of(TABLES, files, day=DAY)

    assert set(places) == {"zone_neighbours", "practice_lists"}
    assert notes == [
        "The table registrations stays behind: the folder names no publisher of its file, so it may be an own "
        "register. Name the publisher in partnership.toml if it is published."
    ]


def test_of_several_files_each_must_name_its_publisher():
    files = [*PUBLISHED, file_of("registrations", publisher=" ")]

    assert "practice_zones" not in places_of(TABLES, files, day=DAY)[0]


def test_without_neighbours_no_places_leave():
    assert places_of({"practices": PRACTICES}, PUBLISHED, day=DAY) == ({}, [])


def test_only_the_newest_values_of_indicators_that_boundaries_use_leave():
    rows = [(ONE, "simd_rank", "2016", 5.0), (ONE, "simd_rank", "2020", 7.0), (ONE, "own_count", "2020", 3.0)]
    table = pd.DataFrame(rows, columns=["zone", "indicator", "period", "value"]).assign(numerator=1, denominator=2)

    kept = places_of({**TABLES, "indicators": table}, PUBLISHED, day=dt.date(2026, 11, 22))[0]["indicators"]

    assert kept.to_numpy().tolist() == [[ONE, "simd_rank", "2020", 7.0]]


def test_a_release_without_places_is_whole(tmp_path):
    assert "zone_neighbours" not in read_bytes(written(tmp_path, {}), "a").tables


def test_a_release_of_form_2_is_still_read(tmp_path):
    members = unpack(written(tmp_path, {}), "a")
    about = {**json.loads(members["release.json"]), "schema_version": 2}
    about["id"] = release_id(about)

    assert read_bytes(pack({**members, "release.json": canonical(about)}), "a").day == DAY


def test_a_border_of_a_zone_from_elsewhere_does_not_add_up(tmp_path):
    strange = NEIGHBOURS.assign(zone_b=["S01009999", THREE])

    with pytest.raises(ResultRefused, match="table zone_neighbours names zone S01009999"):
        written(tmp_path, {"zone_neighbours": strange})


def test_a_column_about_single_people_never_leaves_with_places(tmp_path):
    with pytest.raises(ResultRefused, match="columns about single people: patients"):
        written(tmp_path, {"zone_neighbours": NEIGHBOURS, "practice_zones": REGISTRATIONS})


def test_places_that_are_not_as_declared_are_refused(tmp_path):
    with pytest.raises(InputRefused):
        written(tmp_path, {"zone_neighbours": NEIGHBOURS.assign(kind="tunnel")})
