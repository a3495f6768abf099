"""`locality check`: are these files usable? All faults at once."""

import json

import pandas as pd
import pytest

from factories.command import run_locality
from factories.folder import small_partnership

pytestmark = pytest.mark.xdist_group("command")


@pytest.fixture(scope="module")
def spoilt(tmp_path_factory):
    place = small_partnership().without("persons", "activity")
    place.put("ledger", 2, "pence", "250000.50").put("zones", 3, "zone", "S0100")
    place.more = '\n[mony]\nbasis = "residence"\n'
    return place.write(tmp_path_factory.mktemp("spoilt") / "folder")


def test_a_sound_folder_is_usable(small):
    ran = run_locality("check", small)
    assert (ran.code, ran.err) == (0, "")
    assert "Smallshire, 2022/23" in ran.out
    assert "Usable: no faults." in ran.out


def test_made_up_people_are_labelled_where_the_files_are_listed(small):
    told = " ".join(run_locality("check", small).out.replace("│", " ").split())
    assert "persons.csv (made up)" in told
    assert "zones.csv (made up)" not in told


def test_every_fault_is_printed_and_the_code_is_one(spoilt):
    ran = run_locality("check", spoilt)
    assert ran.code == 1
    assert "things to mend:" in ran.out
    for said in ("'mony'", "ledger.csv, row 2, column pence", "zones.csv, row 3, column zone"):
        assert said in ran.out
    assert "Usable" not in ran.out


def test_json_has_the_same_faults_and_the_same_code(spoilt):
    ran = run_locality("check", spoilt, "--json")
    told = json.loads(ran.out)
    assert ran.code == 1
    assert told["usable"] is False
    assert {"unknown-setting", "not-pence", "lost-leading-zeros"} & {fault["code"] for fault in told["faults"]}
    printed = run_locality("check", spoilt).out
    assert all(fault["what"] in printed for fault in told["faults"])


def test_json_of_a_sound_folder_is_usable(small):
    told = json.loads(run_locality("check", small, "--json").out)
    assert (told["usable"], told["faults"]) == (True, [])
    assert told["partnership"]["name"] == "Smallshire"


def test_one_fault_is_one_thing_and_where_nothing_was_read_nothing_is_listed(tmp_path):
    ran = run_locality("check", tmp_path)
    assert ran.code == 1
    assert ran.out.startswith("1 thing to mend:\n  partnership.toml: the folder has no such file")


def test_a_folder_that_does_not_say_its_year_is_still_listed(tmp_path):
    place = small_partnership().without("persons", "activity")
    place.settings = place.settings.replace('"2022/23"', "2022")
    told = run_locality("check", place.write(tmp_path / "f")).out
    assert told.startswith("Smallshire\n")
    assert "None" not in told


RANKS = ("IMD", "Income", "Employment", "Health", "Education", "Housing", "Access", "Crime")


@pytest.fixture(scope="module")
def published_reader(tmp_path_factory):
    """A folder with a file of a long name in a publisher's layout."""
    place = small_partnership().without("persons", "activity")
    zones = place.tables["zones"]["zone"]
    ranks = pd.DataFrame({"dz11_code": zones, **{f"{name}_rank": "1396.0" for name in RANKS}})
    name = "deprivation-of-small-areas-as-published-in-2020-with-ranks-of-seven-domains.csv"
    place.entries["indicators"] = f'{{ file = "{name}", reader = "simd2020v2-ranks" }}'
    folder = place.write(tmp_path_factory.mktemp("wide") / "folder")
    ranks.to_csv(folder / name, index=False)
    return folder


@pytest.mark.parametrize("columns", [80, 100, 140])
def test_the_list_of_files_is_never_wider_than_the_terminal(columns, published_reader, monkeypatch):
    monkeypatch.setenv("COLUMNS", str(columns))
    told = run_locality("check", published_reader).out
    listed = [line for line in told.splitlines() if line.startswith("│")]
    assert max(len(line) for line in listed) <= columns
    assert "simd2020v2-ranks" in told, "the reader's name is not broken"
    assert ("reader: simd2020v2-ranks" in told) == (columns < 100), "it stands under its file where there is no room"


def test_a_name_in_square_brackets_is_printed_as_it_is(tmp_path):
    place = small_partnership().without("persons", "activity")
    place.settings = place.settings.replace("Smallshire", "Small[/red]shire")
    assert "Small[/red]shire" in run_locality("check", place.write(tmp_path / "f")).out
