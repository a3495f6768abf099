"""`locality money`: results on a terminal, as JSON and as files; whole or not at all."""

import json
import shutil

import pandas as pd
import pytest

from factories.command import run_locality
from factories.folder import small_partnership

pytestmark = pytest.mark.xdist_group("command")
DAY = ("--on", "2026-04-01")


def _summary(out):
    return json.loads((out / "summary.json").read_text(encoding="utf-8"))


def _files(folder):
    return {file.name: file.read_bytes() for file in folder.iterdir() if file.is_file()}


@pytest.fixture
def earlier(budget, tmp_path):
    """A copy of earlier results, which a test may try to write over."""
    return shutil.copytree(budget.out, tmp_path / "earlier")


def test_shares_are_written_beside_each_other(shares):
    assert shares.ran.code == 0
    assert {"areas.parquet", "population.parquet", "report.html", "shares.parquet", "summary.json"} <= set(
        _files(shares.out)
    )
    assert not list(shares.out.glob(".*.part"))


def test_the_terminal_shows_every_locality_and_names_the_files(shares):
    for said in (
        "Smallshire, 2022/23",
        "North",
        "South",
        "£365,000",
        "By service heading",
        "report.html",
        "summary.json",
    ):
        assert said in shares.ran.out


def test_the_summary_adds_up_and_says_what_it_was_made_of(shares):
    summary = _summary(shares.out)
    assert summary["totals"]["historic_pence"] == summary["totals"]["fair_pence"] == 36_500_001
    assert summary["reconciliation"]["difference_pence"] == 0
    assert summary["made_on"] == "2026-04-01"
    assert {one["table"] for one in summary["inputs"]} >= {"ledger", "services", "persons", "activity"}
    assert all(len(one["sha256"]) == 64 for one in summary["inputs"])


def test_the_table_of_shares_holds_the_summarys_figures(shares):
    table = pd.read_parquet(shares.out / "shares.parquet")
    assert len(table) == 10
    assert table["historic_pence"].sum() == table["fair_pence"].sum() == 36_500_001
    for locality in _summary(shares.out)["localities"]:
        rows = table[table["locality"] == locality["code"]]
        assert rows["historic_pence"].tolist() == [line["historic_pence"] for line in locality["headings"]]
        assert rows["grade"].tolist() == [line["grade"] for line in locality["headings"]]


def test_json_is_the_summary_itself(budget):
    assert budget.ran.code == 0
    assert json.loads(budget.ran.out) == _summary(budget.out)


def test_the_table_of_budgets_holds_the_summarys_figures(budget):
    table = pd.read_parquet(budget.out / "budget.parquet")
    summary = _summary(budget.out)
    assert set(table["year"]) == {"2023/24"}
    assert table["budget_pence"].sum() == summary["totals"]["budget_pence"] == round(36_500_001 * 1.03)
    assert (table["change_pence"] == table["budget_pence"] - table["historic_pence"]).all()
    by_heading = table.groupby("heading")["budget_pence"].sum().to_dict()
    assert by_heading == {one["heading"]: one["budget_pence"] for one in summary["headings"]}
    by_locality = table.groupby("locality")["budget_pence"].sum().to_dict()
    assert by_locality == {one["code"]: one["budget_pence"] for one in summary["localities"]}


def test_the_same_folder_gives_the_same_figures_on_another_day(shares, tmp_path):
    run_locality("money", "shares", shares.folder, "--out", tmp_path, "--on", "2026-04-02")
    again, before = _summary(tmp_path), _summary(shares.out)
    assert (again.pop("made_on"), before.pop("made_on")) == ("2026-04-02", "2026-04-01")
    assert again == before
    for name in ("shares", "areas", "population"):
        pd.testing.assert_frame_equal(
            pd.read_parquet(tmp_path / f"{name}.parquet"), pd.read_parquet(shares.out / f"{name}.parquet")
        )


def test_working_out_shares_again_in_the_same_place_gives_the_same_bytes(shares, tmp_path):
    out = shutil.copytree(shares.out, tmp_path / "again")
    assert run_locality("money", "shares", shares.folder, "--out", out, *DAY).code == 0
    assert _files(out)["summary.json"] == _files(shares.out)["summary.json"]
    assert _files(out)["report.html"] == _files(shares.out)["report.html"]


def test_shares_that_follow_a_budget_take_its_file_away(earlier, small):
    assert run_locality("money", "shares", small, "--out", earlier, *DAY).code == 0
    assert not (earlier / "budget.parquet").exists()
    assert "budget_year" not in _summary(earlier)


def test_the_out_folder_is_made_with_all_folders_above_it(small, tmp_path):
    out = tmp_path / "a" / "b" / "c"
    assert run_locality("money", "shares", small, "--out", out, *DAY).code == 0
    assert (out / "summary.json").exists()


# ---------------------------------------------------------------- made-up people


def test_made_up_people_are_labelled_wherever_figures_show(shares):
    note = "The people behind these figures are made up"
    assert "Made up." in shares.ran.out and note in shares.ran.out
    page = (shares.out / "report.html").read_text(encoding="utf-8")
    assert note in page and 'aria-label="Made-up people"' in page
    summary = _summary(shares.out)
    assert summary["made_up"] is True and note in summary["made_up_note"]
    assert {one["table"] for one in summary["inputs"] if one["made_up"]} == {"persons", "activity"}


def test_results_of_published_figures_alone_carry_no_such_label(published):
    summary = _summary(published.out)
    assert published.ran.code == 0
    assert (summary["made_up"], summary["made_up_note"]) == (False, "")
    page = (published.out / "report.html").read_text(encoding="utf-8")
    assert "made up" not in published.ran.out.lower()
    # The page still has its rule for the label's looks, and a column that says of each file that it is not made up.
    assert 'aria-label="Made-up people"' not in page and "are made up" not in page


def test_published_figures_alone_leave_no_cube_and_no_person_level_cost(published):
    assert not (published.out / "cube").exists()
    assert _summary(published.out)["totals"]["grades"]["A"] == 0


# ---------------------------------------------------------------- refusals


def test_rules_that_cannot_hold_are_refused_with_the_pounds_and_earlier_results_stay(earlier, small):
    before = _files(earlier)
    ran = run_locality("money", "budget", small, "--out", earlier, "--min-growth", "0.1", *DAY)
    assert (ran.code, ran.out) == (3, "")
    assert ran.err.startswith("Refused. In 2023/24: The minimum growth of 10.00% need")
    assert "£36,500.00 more than the total of £365,000.01" in ran.err
    assert _files(earlier) == before


def test_a_refused_budget_leaves_no_results_that_look_whole(small, tmp_path):
    assert run_locality("money", "budget", small, "--out", tmp_path, "--min-growth", "0.1").code == 3
    assert not {"summary.json", "report.html", "shares.parquet", "budget.parquet"} & set(_files(tmp_path))


def test_a_faulty_folder_is_refused_with_all_faults_and_earlier_results_stay(earlier, tmp_path):
    place = small_partnership().without("persons", "activity")
    place.put("ledger", 2, "pence", "x").put("population", 2, "people", "y")
    before = _files(earlier)
    ran = run_locality("money", "shares", place.write(tmp_path / "f"), "--out", earlier)
    assert (ran.code, ran.out) == (1, "")
    assert "2 things to mend before this can be done:" in ran.err
    assert "ledger.csv, row 2, column pence" in ran.err and "population.csv, row 2, column people" in ran.err
    assert _files(earlier) == before


def test_wrong_settings_of_money_are_all_named(tmp_path):
    place = small_partnership().without("persons", "activity")
    place.more = '\n[money]\nbasis = "home"\nintervall = 0.9\n'
    ran = run_locality("money", "shares", place.write(tmp_path / "f"), "--out", tmp_path / "o")
    assert ran.code == 1
    assert "money.basis: 'home' is not a choice" in ran.err
    assert "money.intervall: there is no such setting. Did you mean 'interval'? Otherwise take it out." in ran.err


@pytest.mark.parametrize("table", ["services", "ledger"])
def test_shares_without_a_table_that_they_need_are_refused_by_its_name(table, tmp_path):
    place = small_partnership().without("persons", "activity", *{table, "ledger"})
    ran = run_locality("money", "shares", place.write(tmp_path / "f"), "--out", tmp_path / "o")
    assert ran.code == 1
    assert f"shares need the table '{table}'" in ran.err


def test_all_tables_that_a_basis_of_registration_lacks_are_named(tmp_path):
    place = small_partnership().without("persons", "activity", "practices", "registrations")
    place.more = '\n[money]\nbasis = "registration"\n'
    ran = run_locality("money", "shares", place.write(tmp_path / "f"), "--out", tmp_path / "o")
    assert ran.code == 1
    assert "shares need the table 'practices'" in ran.err and "shares need the table 'registrations'" in ran.err


def test_results_in_a_place_that_is_a_file_are_wrong_usage(small, tmp_path):
    (tmp_path / "file").write_text("x")
    assert run_locality("money", "shares", small, "--out", tmp_path / "file").code == 2


def test_results_in_a_place_that_cannot_be_written_are_refused_in_words(small, tmp_path):
    (tmp_path / "file").write_text("x")
    ran = run_locality("money", "shares", small, "--out", tmp_path / "file" / "below")
    assert ran.code == 1
    assert "cannot be read or written: Not a directory" in ran.err
    assert "Check that the place is there" in ran.err


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--preset", "fast"), "there is no preset 'fast'. Use one of: differential-growth"),
        (("--total", "much"), "--total: 'much' is not a sum of money"),
        (("--total", "NaN"), "--total: 'NaN' is not a sum of money"),
        (("--total=-1",), "--total: '-1' is not a sum of money"),
        (("--total", "1e20"), "--total: '1e20' is not a sum of money"),
        (("--growth", "3", "--inflation", "nan"), "--growth: 3 is not between -1 and 1. Write 0.03 for 3%."),
        (("--growth", "3", "--inflation", "nan"), "--inflation: nan is not between -1 and 1"),
        (("--min-growth", "nan"), "--min-growth: nan would take away more than there is"),
        (("--over-years", "3"), "--over-years: 3 does not fit the preset 'no-cash-loss'"),
        (("--preset", "linear", "--max-growth", "0.1"), "the preset 'linear' does not use it"),
        (("--tolerance", "1"), "--tolerance: 1 is not between 0 and 1"),
    ],
)
def test_a_wrong_option_of_a_budget_is_told_before_any_work(options, said, tmp_path):
    ran = run_locality("money", "budget", tmp_path, "--out", tmp_path / "out", *options)
    # A total is read only once the folder is open.
    if "--total" in options[0]:
        place = small_partnership().without("persons", "activity")
        ran = run_locality("money", "budget", place.write(tmp_path / "f"), "--out", tmp_path / "out", *options)
    assert ran.code == 1
    assert said in ran.err
    assert not (tmp_path / "out" / "summary.json").exists()


def test_a_total_in_pounds_is_shared_out_to_the_penny(small, tmp_path):
    ran = run_locality("money", "budget", small, "--out", tmp_path, "--total", "£400,000.07", "--json", *DAY)
    assert ran.code == 0
    assert json.loads(ran.out)["totals"]["budget_pence"] == 40_000_007


def test_commitments_of_the_folder_hold_in_the_budget(tmp_path):
    place = small_partnership().without("persons", "activity")
    place.tables["commitments"] = pd.DataFrame(
        [("north", "Community", "500000", "A lease")], columns=["locality", "heading", "pence", "why"], dtype="string"
    )
    out = tmp_path / "out"
    assert run_locality("money", "budget", place.write(tmp_path / "f"), "--out", out, *DAY).code == 0
    table = pd.read_parquet(out / "budget.parquet").set_index(["locality", "heading"])["budget_pence"]
    assert table["north", "Community"] == 500_000
    assert table.sum() == 36_500_001
