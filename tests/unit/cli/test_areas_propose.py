"""`locality areas propose`: options as lookups and measures.json, beside today's localities."""

from __future__ import annotations

import csv
import json

import pytest

from factories.area_folder import area_partnership
from factories.command import run_locality
from factories.folder import ZONES

ON = ("--on", "2026-11-22")
QUICK = ("--effort", 0.05, *ON)


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """A sound folder with what boundaries need; no test changes it."""
    return area_partnership().write(tmp_path_factory.mktemp("areas") / "small")


def homes(path) -> dict[str, str]:
    with path.open(encoding="utf-8") as lines:
        return {row["zone"]: row["locality"] for row in csv.DictReader(lines)}


def propose(folder, out, *more):
    return run_locality("areas", "propose", folder, "--out", out, *more, *QUICK)


def test_every_option_is_written_as_a_lookup_of_all_zones(folder, tmp_path):
    ran = propose(folder, tmp_path, "--number", 2)
    assert ran.code == 0, ran.err
    told = json.loads((tmp_path / "measures.json").read_text())
    files = sorted(path.name for path in tmp_path.glob("*.csv"))
    assert files == [f"option-{number}.csv" for number in range(1, len(told["best_at"]) + 1)]
    assert set(homes(tmp_path / "option-1.csv")) == set(ZONES)
    assert list(told["options"]) == ["today", *told["best_at"]]
    assert all(not told["options"][name]["faults"] for name in told["best_at"])
    assert "option 1: " in ran.out


def test_the_same_seed_gives_the_same_options(folder, tmp_path):
    for name in ("one", "two"):
        assert propose(folder, tmp_path / name, "--number", 2, "--seed", 5).code == 0
    one, two = ((tmp_path / name / "option-1.csv").read_text() for name in ("one", "two"))
    assert one == two


def test_wishes_are_kept(folder, tmp_path):
    asked = ("--number", 2, "--options", 1, "--together", f"{ZONES[0]},{ZONES[3]}", "--apart", f"{ZONES[0]},{ZONES[7]}")
    assert propose(folder, tmp_path, *asked).code == 0
    found = homes(tmp_path / "option-1.csv")
    assert found[ZONES[0]] == found[ZONES[3]] != found[ZONES[7]]


def test_a_locality_of_today_is_kept_by_its_name(folder, tmp_path):
    assert propose(folder, tmp_path, "--number", 2, "--keep", "North", "--options", 1).code == 0
    found = homes(tmp_path / "option-1.csv")
    assert len({found[zone] for zone in ZONES[:4]}) == 1
    assert found[ZONES[0]] != found[ZONES[4]]


def test_bounds_that_no_division_can_meet_are_refused_with_the_arithmetic(folder, tmp_path):
    ran = propose(folder, tmp_path, "--number", 3, "--least", 150, "--most", 200)
    assert ran.code == 3
    assert "348" in ran.err
    assert not tmp_path.joinpath("measures.json").exists()


def test_wishes_that_name_nothing_end_with_one_and_all_are_named(folder, tmp_path):
    ran = propose(folder, tmp_path, "--number", 2, "--keep", "Norht", "--apart", ZONES[0])
    assert ran.code == 1
    assert "no locality of today is called 'Norht'" in ran.err
    assert "is not a pair of zones" in ran.err
