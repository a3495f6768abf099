"""`locality areas carry-over`: from a folder and an overlap table to a lookup on the new zones."""

from __future__ import annotations

import csv
import json

import pytest

from factories.area_folder import area_partnership
from factories.command import run_locality
from factories.folder import ZONES

ON = ("--on", "2026-11-22")
NEW = [f"S010135{number}" for number in range(10, 18)]


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """A sound folder: zones 1 to 4 are North, 5 to 8 South; no test changes it."""
    return area_partnership().write(tmp_path_factory.mktemp("areas") / "small")


def people_of(folder):
    """Residents of each zone as the folder has them."""
    with (folder / "population.csv").open() as lines:
        rows = list(csv.DictReader(lines))
    return {zone: sum(int(row["people"]) for row in rows if row["zone"] == zone) for zone in ZONES}


@pytest.fixture
def overlaps(folder, tmp_path):
    """Each zone is a new zone, but that ten people of the fifth live in what is now with the fourth."""
    rows = [(old, new, people) for (old, people), new in zip(people_of(folder).items(), NEW, strict=True)]
    rows[4] = (*rows[4][:2], rows[4][2] - 10)
    return write(tmp_path, [*rows, (ZONES[4], NEW[3], 10)])


def write(tmp_path, rows):
    path = tmp_path / "overlaps.csv"
    path.write_text("zone,new_zone,people\n" + "".join(f"{old},{new},{people}\n" for old, new, people in rows))
    return path


def told(*arguments):
    ran = run_locality("areas", "carry-over", *arguments, *ON, "--json")
    assert (ran.code, ran.err) == (0, "")
    return json.loads(ran.out)


def test_people_before_and_after_and_every_split_zone_are_told(folder, overlaps):
    found = told(folder, "--overlaps", overlaps)

    assert found["moving"] == 10
    assert [one["after"] - one["before"] for one in found["localities"]] == [10, -10]
    assert [(one["zone"], one["locality"], one["chosen"]) for one in found["split"]] == [(NEW[3], "north", "most")]
    assert len(found["overlaps"]["sha256"]) == 64


def test_the_lookup_and_the_split_zones_are_written(folder, overlaps, tmp_path):
    told(folder, "--overlaps", overlaps, "--out", tmp_path / "out")

    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == [
        "carried-over.json",
        "localities.csv",
        "split-zones.csv",
    ]
    assert (tmp_path / "out/localities.csv").read_text().splitlines()[:2] == [
        "zone,zone_name,locality,name",
        f"{NEW[0]},,north,North",
    ]
    assert f"{NEW[3]},,south,South,10,north,most" in (tmp_path / "out/split-zones.csv").read_text()


def test_a_split_zone_is_decided_by_hand(folder, overlaps):
    found = told(folder, "--overlaps", overlaps, "--settle", f"{NEW[3]}=south")

    assert {one["zone"]: one["locality"] for one in found["zones"]}[NEW[3]] == "south"


def test_it_is_printed_in_words(folder, overlaps):
    ran = run_locality("areas", "carry-over", folder, "--overlaps", overlaps, *ON)

    assert ran.code == 0
    assert "10 people come to another locality" in ran.out
    assert "1 zone lies in several localities" in ran.out
    assert "most live there" in ran.out


def test_another_division_and_the_new_zones_may_be_given(folder, overlaps, tmp_path):
    division, zones = tmp_path / "division.csv", tmp_path / "zones.csv"
    homes = zip(ZONES, "aabbaabb", strict=True)
    division.write_text("zone,locality\n" + "".join(f"{zone},{home}\n" for zone, home in homes))
    zones.write_text("zone,name\n" + "".join(f"{zone},\n" for zone in NEW))

    found = told(folder, "--overlaps", overlaps, "--division", division, "--zones", zones)

    assert [one["locality"] for one in found["localities"]] == ["a", "b"]


def test_all_faults_are_said_at_once_and_leave_with_one(folder, overlaps, tmp_path):
    zones = tmp_path / "zones.csv"
    zones.write_text(f"zone,name\n{NEW[0]},\nS01020000,\n")
    lacking = write(tmp_path, [(zone, new, 500) for zone, new in zip(ZONES[1:], NEW[1:], strict=True)])

    ran = run_locality("areas", "carry-over", folder, "--overlaps", lacking, "--zones", zones, *ON)

    assert ran.code == 1
    for said in ("1 of the 8 zones of the localities are not in it", "S01020000", "residents otherwise"):
        assert said in ran.err


def test_what_is_settled_must_name_zone_and_locality(folder, overlaps):
    ran = run_locality("areas", "carry-over", folder, "--overlaps", overlaps, "--settle", "south", *ON)

    assert (ran.code, "'south' decides nothing" in ran.err) == (1, True)


def test_too_few_localities_are_refused_with_three(folder, tmp_path):
    one_zone = write(tmp_path, [(zone, NEW[0], people) for zone, people in people_of(folder).items()])

    ran = run_locality("areas", "carry-over", folder, "--overlaps", one_zone, *ON)

    assert ran.code == 3
    assert "would have zones; a partnership has 2 localities or more" in ran.err
