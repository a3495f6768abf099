"""`locality synth`: made-up partnerships, made-up people on real places, and never over a real folder."""

import json
import tomllib

import pandas as pd
import pytest

from factories.command import run_locality
from factories.folder import small_partnership

pytestmark = pytest.mark.xdist_group("command")


SOCIAL_CARE = (
    "Home care",
    "Care homes",
    "Alarms and telecare",
    "Self-directed support",
    "Learning disability services",
)
NOT_THERE_YET = """
services = { file = "made-up/services.csv", made_up = true }
hosted_use = { file = "made-up/hosted_use.csv", made_up = true }
unit_costs = { file = "made-up/unit_costs.csv", made_up = true }
cost_curves = { file = "made-up/cost_curves.csv", made_up = true }
activity = { file = "made-up/slf-episode-2223*.parquet", reader = "slf-episode", made_up = true }
persons = { file = "made-up/slf-individual-2223*.parquet", reader = "slf-individual", made_up = true }
"""


@pytest.fixture
def real(tmp_path):
    """A real place with a council's ledger; its people and what the NHS spends on them are named and not there yet."""
    place = small_partnership().without("persons", "activity", "cost_curves", "services")
    fifths = place.tables["indicators"].assign(indicator="simd_fifth", value=[str(1 + at % 5) for at in range(8)])
    place.tables["indicators"] = pd.concat([place.tables["indicators"], fifths], ignore_index=True)
    lines = [(name, "2022/23", "council", "1000000") for name in SOCIAL_CARE]
    place.tables["ledger"] = pd.DataFrame(lines, columns=["service", "year", "source", "pence"], dtype="string")
    place.entries["ledger"] = '[{ file = "ledger.csv" }, { file = "made-up/ledger-nhs.csv", made_up = true }]'
    place.more = NOT_THERE_YET
    return place.write(tmp_path / "real")


def test_a_made_up_partnership_is_usable_at_once(made):
    assert made.ran.code == 0
    assert made.ran.out.startswith("2,000 made-up people and ")
    assert f"Next: locality check {made.folder}" in made.ran.out
    assert run_locality("check", made.folder).code == 0


def test_a_made_up_partnership_goes_all_the_way_to_a_budget_that_adds_up(made):
    ran = run_locality("money", "budget", made.folder, "--out", made.out, "--growth", "0.03", "--json")
    summary = json.loads(ran.out)
    assert (ran.code, summary["made_up"], summary["totals"]["population"]) == (0, True, 2_000)
    assert summary["reconciliation"]["difference_pence"] == 0
    assert sum(one["budget_pence"] for one in summary["localities"]) == summary["totals"]["budget_pence"]


def test_the_same_seed_may_be_written_over_what_was_made_up_before(made):
    before = (made.folder / "ledger.csv").read_bytes()
    assert run_locality("synth", "--people", 2000, "--seed", 3, "--out", made.folder).code == 0
    assert (made.folder / "ledger.csv").read_bytes() == before


@pytest.mark.parametrize(
    ("options", "code", "said"),
    [
        (("--people", "3"), 1, "3 people are too few for a place"),
        (("--people", "2000", "--year", "2022/24"), 1, "--year: '2022/24' is not a financial year"),
        (("--people", "2000", "--seed", "-1"), 2, "-1 is not in the range x>=0"),
        ((), 2, "Say how many people to make up"),
    ],
)
def test_what_cannot_be_made_up_is_refused_and_nothing_is_written(options, code, said, tmp_path):
    ran = run_locality("synth", "--out", tmp_path / "out", *options)
    assert ran.code == code
    assert said in ran.err
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("with_people", [True, False], ids=["some files made up", "nothing made up"])
def test_a_real_folder_is_never_written_over(with_people, tmp_path, real):
    place = small_partnership() if with_people else small_partnership().without("persons", "activity")
    folder = place.write(tmp_path / "mine")
    before = {file.name: file.read_bytes() for file in folder.iterdir()}
    for options in (("--people", 2000), ("--on", real)):
        ran = run_locality("synth", *options, "--out", folder)
        assert ran.code == 1
        assert "it holds a partnership folder that is not made up" in ran.err
    assert {file.name: file.read_bytes() for file in folder.iterdir()} == before


def test_a_folder_whose_settings_are_not_even_text_is_left_alone(tmp_path):
    (tmp_path / "partnership.toml").write_bytes(b"\xff\xfe")
    assert run_locality("synth", "--people", 2000, "--out", tmp_path).code == 1
    assert (tmp_path / "partnership.toml").read_bytes() == b"\xff\xfe"


def test_people_made_up_on_a_real_place_are_as_many_as_live_there(real, tmp_path):
    out = tmp_path / "out"
    ran = run_locality("synth", "--on", real, "--out", out)
    people = int(small_partnership().tables["population"]["people"].astype(int).sum())
    assert ran.code == 0
    assert ran.out.startswith(f"{people:,} made-up people and ")
    said = tomllib.loads((out / "partnership.toml").read_text(encoding="utf-8"))
    made_up = {name for name, entry in said["tables"].items() if "'made_up': True" in str(entry)}
    assert {"activity", "persons", "ledger", "services"} <= made_up
    assert not {"zones", "localities", "population", "indicators"} & made_up
    zones = pd.read_parquet(out / "population.parquet")
    assert int(zones["people"].sum()) == people
    check = run_locality("check", out)
    assert check.code == 0, check.out


def test_people_made_up_on_a_real_place_may_be_made_again_in_the_same_folder(real, tmp_path):
    for _ in range(2):
        assert run_locality("synth", "--on", real, "--out", tmp_path / "out").code == 0


def test_another_number_of_people_than_live_there_is_refused(real, tmp_path):
    ran = run_locality("synth", "--on", real, "--out", tmp_path / "out", "--people", 10)
    assert ran.code == 1
    assert "10 people were asked for, and" in ran.err and "really live there" in ran.err
    assert not (tmp_path / "out").exists()


def test_a_real_place_whose_files_are_at_fault_is_refused_with_all_faults(tmp_path):
    place = small_partnership().without("persons", "activity")
    place.put("zones", 2, "zone", "x").put("population", 2, "people", "y")
    ran = run_locality("synth", "--on", place.write(tmp_path / "f"), "--out", tmp_path / "out")
    assert ran.code == 1
    assert "zones.csv, row 2" in ran.err and "population.csv, row 2" in ran.err


def test_a_real_place_without_deprivation_is_refused_in_words(tmp_path):
    place = small_partnership().without("persons", "activity", "indicators")
    ran = run_locality("synth", "--on", place.write(tmp_path / "f"), "--out", tmp_path / "out")
    assert ran.code == 1
    assert "people cannot be made up without the table 'indicators'" in ran.err


# ---------------------------------------------------------------- made-up files that a folder names and does not have


def test_missing_made_up_people_are_made_on_first_use_and_said(real):
    first = run_locality("check", real)
    assert first.code == 0, first.out
    assert "people were made up on the real zones of Smallshire (in made-up)." in " ".join(first.err.split())
    assert (real / "made-up" / "services.csv").exists()
    assert run_locality("check", real).err == "", "they are made once"


def test_a_folder_whose_real_part_is_at_fault_gets_no_people_and_is_told_what_is_wrong(real):
    (real / "indicators.csv").unlink()
    ran = run_locality("check", real)
    assert ran.code == 1
    assert "indicators.csv" in ran.out
    assert not (real / "made-up").exists()


def test_a_folder_that_lacks_the_table_that_people_need_is_told_what_is_missing(real):
    settings = real / "partnership.toml"
    lines = settings.read_text(encoding="utf-8").splitlines()
    settings.write_text("\n".join(line for line in lines if not line.startswith("indicators")), encoding="utf-8")
    ran = run_locality("check", real)
    assert ran.code == 1
    assert not (real / "made-up").exists()
