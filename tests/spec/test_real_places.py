"""The example places with their real files: Fife, Argyll and Bute, Glasgow, Pennine Lancashire.

Fife stands there twice: with people made up, and by published figures alone.

People are made up on the real zones on first use. Every test works on a copy; each place is worked out once.
"""

from __future__ import annotations

import datetime as dt
import gzip
import json
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from factories.command import Ran, run_locality
from locality.money.settings import read_settings
from locality.money.statement import state_money
from locality.sources import connect, open_folder
from locality.sources.money_inputs import gather_money

pytestmark = pytest.mark.data
EXAMPLES = Path(__file__).parents[2] / "examples"
ON = dt.date(2026, 4, 1)


@dataclass(frozen=True)
class Place:
    """An example that was worked out: its folder, what its check said, its summary with a budget, and its tables."""

    folder: Path
    check: dict[str, Any]
    ran: Ran
    summary: dict[str, Any]
    shares: pd.DataFrame
    budget: pd.DataFrame
    page: str


def _work_out(name: str, data_root: Path, work: Path) -> Place:
    folder, out = work / name, work / "results"
    folder.mkdir()
    for file in (path for path in (EXAMPLES / name).iterdir() if path.is_file()):
        shutil.copy(file, folder)
    check = run_locality("check", folder, "--data", data_root, "--json")
    asked = ("--out", out, "--data", data_root, "--on", ON, "--growth", "0.03")
    ran = run_locality("money", "budget", folder, *asked)
    assert ran.code == 0, ran.err
    return Place(
        folder,
        json.loads(check.out),
        ran,
        json.loads((out / "summary.json").read_text(encoding="utf-8")),
        pd.read_parquet(out / "shares.parquet"),
        pd.read_parquet(out / "budget.parquet"),
        (out / "report.html").read_text(encoding="utf-8"),
    )


PLACES = ("argyll-and-bute", "fife", "fife-published", "glasgow-city", "pennine-lancashire")
_KNOWN: dict[str, Place] = {}


def _groups(*names: str) -> list[Any]:
    """Keep the tests of one place in one process, so that it is worked out once."""
    return [pytest.param(name, marks=pytest.mark.xdist_group(f"place {name}")) for name in names]


@pytest.fixture
def place(request, data_root, tmp_path_factory) -> Place:
    """The place that the test names."""
    name = request.param
    if name not in _KNOWN:
        _KNOWN[name] = _work_out(name, data_root, tmp_path_factory.mktemp("real"))
    return _KNOWN[name]


def about(*names: str) -> Any:
    """Run a test on these places."""
    return pytest.mark.parametrize("place", _groups(*names), indirect=True)


# ---------------------------------------------------------------- every place


@about(*PLACES)
def test_the_real_files_have_no_fault(place):
    assert place.check["faults"] == []
    assert place.check["usable"] is True


@about(*PLACES)
def test_shares_add_up_from_the_ledger_to_the_localities(place):
    totals, walk = place.summary["totals"], place.summary["reconciliation"]
    assert walk["difference_pence"] == 0
    assert walk["resources_pence"] == walk["ledger_pence"] - walk["hosted_out_pence"] + walk["hosted_in_pence"]
    assert totals["historic_pence"] == totals["fair_pence"] == walk["resources_pence"] - walk["apart_pence"] > 0
    assert sum(walk["by_source"].values()) == walk["ledger_pence"]
    assert sum(totals["grades"].values()) == totals["historic_pence"]
    by_heading = place.shares.groupby("heading")[["historic_pence", "fair_pence"]].sum()
    assert (by_heading["historic_pence"] == by_heading["fair_pence"]).all()
    assert by_heading["historic_pence"].to_dict() == {
        line["heading"]: line["resources_pence"] - line["apart_pence"] for line in walk["lines"]
    }
    for locality in place.summary["localities"]:
        assert sum(locality["steps"].values()) == sum(locality["shapley"].values()) == -locality["distance_pence"]


@about(*PLACES)
def test_budgets_add_up_by_locality_by_heading_and_in_all(place):
    total = place.summary["totals"]["budget_pence"]
    assert total == round(place.summary["totals"]["historic_pence"] * 1.03) == place.budget["budget_pence"].sum()
    rows = place.budget.groupby("locality")["budget_pence"].sum().to_dict()
    assert rows == {one["code"]: one["budget_pence"] for one in place.summary["localities"]}
    columns = place.budget.groupby("heading")["budget_pence"].sum().to_dict()
    assert columns == {one["heading"]: one["budget_pence"] for one in place.summary["headings"]}
    for year in range(5):
        path = [locality["path"][year] for locality in place.summary["localities"]]
        assert sum(step["pence"] for step in path) == sum(step["target_pence"] for step in path)


@about(*PLACES)
def test_nobody_gets_less_than_now(place):
    for locality in place.summary["localities"]:
        assert locality["budget_pence"] >= locality["historic_pence"]


@about(*PLACES)
def test_every_share_lies_in_its_interval(place):
    shares = place.shares
    assert (shares["fair_low_pence"] <= shares["fair_pence"]).all()
    assert (shares["fair_pence"] <= shares["fair_high_pence"]).all()
    known = shares.dropna(subset=["historic_low_pence"])
    assert (known["historic_low_pence"] <= known["historic_pence"]).all()
    assert (known["historic_pence"] <= known["historic_high_pence"]).all()


@about(*(name for name in PLACES if name != "fife-published"))
def test_made_up_people_are_labelled_wherever_figures_show(place):
    note = "The people behind these figures are made up"
    assert place.summary["made_up"] is True
    assert note in place.ran.out and note in place.page and note in place.summary["made_up_note"]
    made_up = {one["table"] for one in place.summary["inputs"] if one["made_up"]}
    assert {"persons", "activity", "ledger"} <= made_up
    assert not {"zones", "localities", "population", "indicators", "services"} & made_up


@about(*(name for name in PLACES if name != "fife-published"))
def test_most_of_the_money_is_placed_by_what_persons_used(place):
    totals = place.summary["totals"]
    assert totals["grades"]["A"] + totals["grades"]["B"] > totals["historic_pence"] / 2
    assert 0 < place.summary["totals"]["grade_d_ratio"] < 0.5


# ---------------------------------------------------------------- each place


def _zones(place):
    return {one["table"]: one["rows"] for one in place.check["read"]}["zones"]


@about("fife")
def test_fife_has_494_zones_7_localities_and_374730_people(place):
    assert _zones(place) == 494
    assert len(place.summary["localities"]) == 7
    assert place.summary["totals"]["population"] == 374_730
    assert {one["name"] for one in place.summary["localities"]} >= {"Kirkcaldy", "Levenmouth", "Cowdenbeath"}


@about("argyll-and-bute")
def test_argyll_and_bute_has_125_zones_on_islands_and_land(place):
    assert _zones(place) == 125
    assert len(place.summary["localities"]) == 8
    assert place.summary["totals"]["population"] == 86_220


@about("glasgow-city")
def test_glasgow_has_746_zones_in_three_approximate_localities(place):
    assert _zones(place) == 746
    assert len(place.summary["localities"]) == 3
    assert place.summary["totals"]["population"] == 635_130


@about("pennine-lancashire")
def test_pennine_lancashire_has_six_districts(place):
    assert {one["name"] for one in place.summary["localities"]} == {
        "Blackburn with Darwen",
        "Burnley",
        "Hyndburn",
        "Pendle",
        "Ribble Valley",
        "Rossendale",
    }
    assert place.summary["partnership"]["nation"] == "England"


@about("argyll-and-bute", "fife", "fife-published", "glasgow-city")
def test_the_councils_published_spend_stands_in_the_reconciliation_by_source(place):
    by_source = place.summary["reconciliation"]["by_source"]
    published = {one["file"]: one for one in place.summary["inputs"]}["lgbf/LGBF_ScotDataCash_ISSpatialHub.csv.gz"]
    assert not published["made_up"]
    council = {source: pence for source, pence in by_source.items() if " council, " in source}
    lines = {line["heading"]: line for line in place.summary["reconciliation"]["lines"]}
    assert council and all(pence > 0 for pence in council.values())
    assert sum(council.values()) == lines["Social care"]["ledger_pence"]


# ---------------------------------------------------------------- Fife by published figures alone


@about("fife-published")
def test_fife_by_published_figures_holds_nobody_made_up(place):
    assert (place.summary["made_up"], place.summary["made_up_note"]) == (False, "")
    assert not any(one["made_up"] for one in place.summary["inputs"])
    assert "made up" not in place.ran.out.lower()
    assert 'aria-label="Made-up people"' not in place.page
    assert not (place.folder / "made-up").exists()


@about("fife-published")
def test_fife_by_published_figures_has_nothing_of_grade_a_and_says_how_much_is_of_grade_d(place):
    totals = place.summary["totals"]
    assert totals["grades"]["A"] == totals["grades"]["C"] == 0
    assert totals["grades"]["B"] > 0 and totals["grade_d_ratio"] == totals["grades"]["D"] / totals["historic_pence"]
    assert totals["population"] == 374_730


def _plain(name):
    return " ".join(name.replace("&", " and ").casefold().split())


@pytest.mark.xdist_group("place fife-published")
def test_home_care_of_fife_follows_the_published_hours_within_the_penny(data_root):
    with gzip.open(data_root / "phs_social_care" / "homecare_locality_201920_202021.csv.gz", "rt") as file:
        cells = pd.read_csv(file)
    year = cells["financial_quarter"].str.startswith("2019/20")
    fife = year & cells["sending_location"].eq("Fife") & cells["age_group"].eq("All Ages")
    hours = cells[fife & cells["measure"].eq("Number of Hours")].groupby("locality")["value"].sum()
    hours.index = [_plain(name) for name in hours.index]
    hours = hours.drop("outside partnership")

    opened = open_folder(EXAMPLES / "fife-published", data_root=data_root, connection=connect("duckdb"))
    settings = read_settings(opened.money)
    statement = state_money(gather_money(opened, settings, cube=None, on=ON).inputs, settings)
    share = next(service.share for service in statement.services if service.money.service == "Home care")

    assert share.use.grade == "B"
    assert len(hours) == 7 and share.pence.sum() == share.money.ledger_pence > 3_000_000_000
    expected = [hours[_plain(name)] / hours.sum() * int(share.pence.sum()) for name in statement.localities.names]
    assert [abs(int(got) - hoped) < 1 for got, hoped in zip(share.pence, expected, strict=True)] == [True] * 7
