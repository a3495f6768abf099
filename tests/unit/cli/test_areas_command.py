"""`locality areas`: measure, compare and practices, from a folder to tables and JSON."""

from __future__ import annotations

import json

import pytest

from factories.area_folder import area_partnership
from factories.command import run_locality
from factories.folder import ZONES

ON = ("--on", "2026-11-22")
BOUNDS = ("--least", 100, "--most", 250, *ON)


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """A sound folder with what boundaries need; no test changes it."""
    return area_partnership().write(tmp_path_factory.mktemp("areas") / "small")


def option(tmp_path, homes: str, name: str = "option.csv"):
    """A file of a division: one letter for each zone, "-" for a zone that is left out."""
    rows = "".join(f"{zone},{home}\n" for zone, home in zip(ZONES, homes, strict=True) if home != "-")
    path = tmp_path / name
    path.write_text(f"zone,locality\n{rows}")
    return path


def told(*arguments):
    ran = run_locality("areas", *arguments, "--json")
    assert (ran.code, ran.err) == (0, "")
    return json.loads(ran.out)


def test_todays_localities_are_measured(folder):
    found = told("measure", folder, *BOUNDS)["measures"]
    assert [(one["name"], one["people"]) for one in found["localities"]] == [("North", 178), ("South", 170)]
    assert (found["people_moved"], found["faults"]) == (0, [])


def test_a_division_from_a_file_is_measured_with_its_faults(folder, tmp_path):
    found = told("measure", folder, "--division", option(tmp_path, "aabb-abb"), *BOUNDS)["measures"]
    assert [fault["code"] for fault in found["faults"]] == ["zone-without-locality"]


def test_the_table_says_each_measure_in_a_sentence(folder):
    ran = run_locality("areas", "measure", folder, *BOUNDS)
    said = " ".join(ran.out.split())
    assert ran.code == 0
    assert "Communities kept whole" in said
    assert "Nothing keeps it from being final." in said
    assert "Held against: 100 to 250 people each" in said


def test_faults_are_said_with_the_names_of_localities(folder):
    ran = run_locality("areas", "measure", folder, "--least", 175, "--most", 250, *ON)
    assert "South has 170 people, 5 too few. Give it further zones" in ran.out


def test_without_bounds_they_come_from_todays_number(folder):
    rules = told("measure", folder, *ON)["rules"]
    assert (rules["least"], rules["most"], rules["number"]) == (105, 252, None)


def test_options_are_compared_with_todays_localities(folder, tmp_path):
    found = told("compare", folder, "--division", f"west={option(tmp_path, 'aabbaabb')}", *BOUNDS)
    assert list(found["options"]) == ["today", "west"]
    assert found["options"]["west"]["people_moved"] == sum(move["people"] for move in found["moves"])
    assert {move["from"] for move in found["moves"]} == {"North", "South"}
    assert any("inner border" in said for said in found["words"]["west"])


def test_the_comparison_is_printed_side_by_side(folder, tmp_path):
    ran = run_locality("areas", "compare", folder, "--division", f"west={option(tmp_path, 'aabbaabb')}", *BOUNDS)
    assert ran.code == 0
    assert "Side by side" in ran.out
    assert "From today to west:" in ran.out


def test_results_are_written_where_asked(folder, tmp_path):
    told("measure", folder, "--out", tmp_path / "out", *BOUNDS)
    told("compare", folder, "--out", tmp_path / "out", *BOUNDS)
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == ["comparison.json", "measures.json"]
    assert json.loads((tmp_path / "out" / "measures.json").read_text())["measures"]["number"] == 2


def test_clusters_are_set_against_localities(folder):
    found = told("practices", folder, *BOUNDS)
    assert found["clusters"] == ["Hill", "Shore"]
    assert {one["elsewhere"] for one in found["cut_clusters"]} != {0}
    assert found["towards_target"]["is_reached"] is False
    ran = run_locality("areas", "practices", folder, *BOUNDS)
    assert "for discussion" in ran.out


def test_all_faults_of_options_end_with_one(folder, tmp_path):
    wrong = tmp_path / "wrong.csv"
    wrong.write_text("zone,locality\nS01006999,a\n")
    ran = run_locality("areas", "compare", folder, "--division", "nothing", "--division", f"wrong={wrong}", *BOUNDS)
    assert ran.code == 1
    assert "2 things to mend" in ran.err
    assert "'nothing' does not name an option" in ran.err
    assert "S01006999 is no zone of the area" in ran.err


def test_a_file_that_is_not_there_ends_with_one(folder):
    ran = run_locality("areas", "compare", folder, "--division", "a=missing.csv", *BOUNDS)
    assert ran.code == 1
    assert "there is no such file" in ran.err


def test_weights_that_do_not_add_up_end_with_one(folder):
    ran = run_locality("areas", "measure", folder, "--weights", 1, 1, 1, *BOUNDS)
    assert ran.code == 1
    assert "together 1" in ran.err


def test_a_folder_without_practices_cannot_say_anything_about_clusters(tmp_path):
    place = area_partnership().without("practices", "registrations").write(tmp_path / "bare")
    ran = run_locality("areas", "practices", place, *BOUNDS)
    assert ran.code == 3
    assert "none are known" in ran.err


def test_a_folder_without_neighbours_is_refused(tmp_path):
    place = area_partnership().without("zone_neighbours").write(tmp_path / "bare")
    ran = run_locality("areas", "measure", place, *BOUNDS)
    assert ran.code == 1
    assert "no neighbours of zones are given" in ran.err


def test_what_the_folder_sets_holds_until_the_command_says_otherwise(tmp_path):
    place = area_partnership()
    place.more = (
        "[areas]\nnumber = 2\nleast = 90\nmost = 300\nweights = { practices = 1, communities = 0, border = 0 }\n"
    )
    folder = place.write(tmp_path / "own")
    rules = told("measure", folder, "--least", 100, *ON)["rules"]
    assert (rules["number"], rules["least"], rules["most"]) == (2, 100, 300)
    assert rules["weights"] == {"practices": 1, "communities": 0, "border": 0}


def test_slips_in_what_the_folder_sets_are_named_at_once(tmp_path):
    place = area_partnership()
    place.more = '[areas]\nleast = "many"\nbiggest = 3\nislands_alone = 1\n'
    ran = run_locality("areas", "measure", place.write(tmp_path / "own"), *ON)
    assert ran.code == 1
    assert "3 things to mend" in ran.err
    assert "areas.least: it cannot be 'many'. Write it like: least = 20000." in ran.err
    assert "areas.biggest: there is no such setting" in ran.err
