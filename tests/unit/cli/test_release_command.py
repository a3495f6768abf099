"""`locality release`: the bundle that leaves, and its verification."""

import json
import shutil

import pandas as pd
import pytest

from factories.command import run_locality
from factories.folder import small_partnership

pytestmark = pytest.mark.xdist_group("command")
DAY = ("--on", "2026-04-01")


@pytest.fixture(scope="module")
def bundle(budget, tmp_path_factory):
    """A release of the small folder's budget, and what was said about it."""
    file = tmp_path_factory.mktemp("release") / "small.release.zip"
    ran = run_locality("release", "write", budget.out, "--out", file, "--json", *DAY)
    assert ran.code == 0, ran.err
    return file, json.loads(ran.out)


def test_a_release_of_results_is_written_and_read_back(bundle, budget, tmp_path):
    file, told = bundle
    ran = run_locality("release", "read", file, "--id", told["id"], "--out", tmp_path)
    assert ran.code == 0
    assert "Whole and unchanged since it was written." in ran.out
    assert f"Release id: {told['id']}" in ran.out
    shares = pd.read_parquet(tmp_path / "shares.parquet")
    assert shares["historic_pence"].sum() == 36_500_001
    given = pd.read_parquet(budget.out / "budget.parquet")["budget_pence"].tolist()
    assert sorted(pd.read_parquet(tmp_path / "budget.parquet")["budget_pence"]) == sorted(given)
    assert json.loads((tmp_path / "release.json").read_text(encoding="utf-8"))


def test_what_is_printed_says_size_id_and_what_is_hidden(budget, tmp_path):
    ran = run_locality("release", "write", budget.out, "--out", tmp_path, *DAY)
    assert ran.code == 0
    assert "S37999999-2026-04-01.release.zip" in ran.out
    assert "small counts of people are hidden" in ran.out
    assert "a hash is not a signature" in ran.out


def released(made, tmp_path, *more):
    """Write a release of the 2,000 made-up people."""
    run_locality("money", "shares", made.folder, "--out", tmp_path / "results", *DAY)
    ran = run_locality("release", "write", tmp_path / "results", "--out", tmp_path / "made.release.zip", *more, *DAY)
    assert ran.code == 0, ran.err
    return ran.out


def test_many_amounts_with_few_people_behind_them_are_one_line_and_all_in_json(made, tmp_path):
    few = json.loads(released(made, tmp_path, "--json"))["few_people"]
    names = [f"{one['heading']} in {one['name']}" for one in few]
    assert len(names) > 5
    assert not any(one["name"] == one["locality"] for one in few), "a name, not a code"
    (line,) = [line for line in released(made, tmp_path).splitlines() if line.startswith("Look at")]
    start = f"Look at {len(few)} amounts behind which few people stand: "
    assert line == start + "; ".join(names[:5]) + "; and others (--json names all)."


def test_made_up_people_are_labelled_in_the_release(bundle, published, tmp_path):
    file, _ = bundle
    assert "Its people are made up." in run_locality("release", "read", file).out
    assert "made_up" in run_locality("release", "read", file, "--json").out
    plain = tmp_path / "plain.zip"
    run_locality("release", "write", published.out, "--out", plain, *DAY)
    assert "made up" not in run_locality("release", "read", plain).out


def test_without_the_id_the_reader_is_told_to_compare_it(bundle):
    file, _ = bundle
    assert "Whole; compare the id with the analyst's." in run_locality("release", "read", file).out


def test_json_of_a_release_is_what_it_says_about_itself(bundle):
    file, _ = bundle
    about = json.loads(run_locality("release", "read", file, "--json").out)
    assert about["partnership"]["code"] == "S37999999"
    assert "notes" not in about["summary"], "notes may count records and stay behind"


def test_a_release_may_be_written_straight_from_a_partnership_folder(published, tmp_path):
    from_folder, from_results = tmp_path / "a.zip", tmp_path / "b.zip"
    assert run_locality("release", "write", published.folder, "--out", from_folder, *DAY).code == 0
    assert run_locality("release", "write", published.out, "--out", from_results, *DAY).code == 0
    assert from_folder.read_bytes() == from_results.read_bytes()


def test_a_stricter_threshold_hides_more_and_a_laxer_one_is_refused(budget, tmp_path):
    told = {}
    for threshold in ("4", "60"):
        ran = run_locality(
            "release", "write", budget.out, "--out", tmp_path / threshold, "--threshold", threshold, "--json"
        )
        told[threshold] = json.loads(ran.out)["small"]
    assert told["60"] > told["4"]
    ran = run_locality("release", "write", budget.out, "--out", tmp_path / "x", "--threshold", "2")
    assert ran.code == 1
    assert "a threshold of 2 is laxer than the rule" in ran.err


@pytest.mark.parametrize("end", [0, 10, -1])
def test_a_release_that_was_cut_off_is_refused(end, bundle, tmp_path):
    cut = tmp_path / "cut.release.zip"
    cut.write_bytes(bundle[0].read_bytes()[:end])
    ran = run_locality("release", "read", cut, "--out", tmp_path / "out")
    assert ran.code == 1
    assert "cut.release.zip" in ran.err
    assert not (tmp_path / "out").exists(), "nothing of it is unpacked"


def test_a_release_in_which_one_byte_was_changed_is_refused(bundle, tmp_path):
    content = bytearray(bundle[0].read_bytes())
    content[len(content) // 2] ^= 1
    changed = tmp_path / "changed.release.zip"
    changed.write_bytes(content)
    assert run_locality("release", "read", changed).code == 1


def test_another_id_than_the_analysts_is_refused(bundle):
    ran = run_locality("release", "read", bundle[0], "--id", "0" * 64)
    assert ran.code == 1
    assert "not the one that you were given" in ran.err


@pytest.mark.parametrize("name", ["nothing.zip", "."])
def test_what_is_no_file_is_refused_in_words(name, tmp_path):
    ran = run_locality("release", "read", tmp_path / name)
    assert ran.code == 1
    assert "it cannot be opened" in ran.err


def test_a_folder_that_holds_no_results_is_told_so(tmp_path):
    ran = run_locality("release", "write", tmp_path, "--out", tmp_path / "x.zip")
    assert ran.code == 1
    assert "it holds no summary.json, so it is not a folder of results" in ran.err


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("summary.json", b'{"cut', "it is cut off or was changed"),
        ("summary.json", b"\xff\xfe", "it is cut off or was changed"),
        ("summary.json", b"{}", "it is cut off or was changed"),
        ("summary.json", b"[]", "it is cut off or was changed"),
        ("areas.parquet", b"PAR1", "it is cut off or was changed"),
        ("areas.parquet", None, "it holds no areas.parquet"),
        ("population.parquet", b"", "it is cut off or was changed"),
        ("cube/cube_cells.parquet", b"PAR1", "it is cut off or was changed"),
        ("cube/cube_cells.parquet", None, "it is cut off or was changed"),
    ],
)
def test_results_that_are_not_whole_are_refused_in_words(name, content, said, budget, tmp_path):
    folder = shutil.copytree(budget.out, tmp_path / "results")
    (folder / name).unlink()
    if content is not None:
        (folder / name).write_bytes(content)
    ran = run_locality("release", "write", folder, "--out", tmp_path / "x.zip")
    assert ran.code == 1
    assert said in ran.err
    assert not (tmp_path / "x.zip").exists()


def test_people_counted_where_they_are_registered_are_not_released_by_residence(tmp_path):
    place = small_partnership()
    place.tables["practices"]["zone"] = ["S01008001", "S01008002", "S01008005"]
    place.more = '\n[money]\nbasis = "registration"\n'
    file = tmp_path / "r.zip"
    ran = run_locality("release", "write", place.write(tmp_path / "f"), "--out", file, *DAY)
    assert ran.code == 0, ran.err
    assert run_locality("release", "read", file, "--out", tmp_path / "un").code == 0
    assert pd.read_parquet(tmp_path / "un" / "service_users.parquet").empty
