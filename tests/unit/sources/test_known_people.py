"""Person-level files are scanned once; what was made of them is used while they are as they were."""

import json
import os

import pandas as pd
import pytest

from factories.folder import small_partnership, write_small_partnership
from locality.cli import main
from locality.sources.known_people import people_files, recall, remember


@pytest.fixture
def folder(tmp_path):
    return write_small_partnership(tmp_path / "small")


@pytest.fixture
def cache(tmp_path, folder):
    made = tmp_path / "cache"
    made.mkdir()
    remember(made, people_files(folder, None), {"persons": pd.DataFrame({"zone": ["S01008001"]})}, money=True)
    return made


def test_a_memory_holds_while_the_files_are_as_they_were(folder, cache):
    known = recall(cache, people_files(folder, None), money=True)
    assert known.summaries["persons"]["zone"].tolist() == ["S01008001"]
    assert len(known.hashes) == 2


def test_a_file_that_was_only_touched_is_known_by_its_hash(folder, cache):
    os.utime(folder / "activity.csv", ns=(1, 1))
    assert recall(cache, people_files(folder, None), money=True) is not None


def test_a_changed_file_ends_the_memory(folder, cache):
    with (folder / "activity.csv").open("a") as stream:
        stream.write("P000001,Prescribing,2022-05-01,,1,100,health board\n")
    assert recall(cache, people_files(folder, None), money=True) is None


def test_another_basis_or_other_years_end_the_memory_of_a_cube_but_not_of_a_preparation(folder, cache):
    remember(cache, people_files(folder, None), {}, money=False)
    settings = folder / "partnership.toml"
    settings.write_text(settings.read_text() + '\n[money]\nbasis = "registration"\n')
    assert recall(cache, people_files(folder, None), money=False) is not None
    remember(cache, people_files(folder, None), {}, money=True)
    settings.write_text(settings.read_text().replace('"registration"', '"residence"'))
    assert recall(cache, people_files(folder, None), money=True) is None


def test_a_memory_cut_off_in_the_middle_is_no_memory(folder, cache):
    memory = cache / "made_of.json"
    memory.write_text(memory.read_text()[:40])
    assert recall(cache, people_files(folder, None), money=True) is None


def test_a_folder_without_person_level_files_has_nothing_to_remember(tmp_path):
    bare = small_partnership().without("persons", "activity").write(tmp_path / "bare")
    assert people_files(bare, None) is None
    assert recall(tmp_path, None, money=True) is None


def test_the_second_run_starts_from_the_cube_and_says_the_same(folder, tmp_path, monkeypatch):
    out = tmp_path / "out"
    main(["money", "shares", str(folder), "--out", str(out), "--on", "2026-04-01"])
    first = json.loads((out / "summary.json").read_text())

    def scan(*_args, **_options):
        raise AssertionError("the person-level files were read again")

    monkeypatch.setattr("locality.cli.results.connect", scan)
    main(["money", "budget", str(folder), "--out", str(out), "--on", "2026-04-01", "--growth", "0.01"])
    second = json.loads((out / "summary.json").read_text())
    assert second["inputs"] == first["inputs"]
    assert [one["historic_pence"] for one in second["localities"]] == [
        one["historic_pence"] for one in first["localities"]
    ]


def test_redrawn_localities_start_from_the_cube_too(folder, tmp_path, monkeypatch):
    out = tmp_path / "out"
    main(["money", "shares", str(folder), "--out", str(out)])
    monkeypatch.setattr("locality.cli.results.connect", lambda *_: pytest.fail("scanned again"))
    lookup = folder / "localities.csv"
    lookup.write_text(lookup.read_text().replace("S01008004,north,North", "S01008004,south,South"))
    before = json.loads((out / "summary.json").read_text())["localities"]
    main(["money", "shares", str(folder), "--out", str(out)])
    after = json.loads((out / "summary.json").read_text())["localities"]
    assert after[0]["population"] < before[0]["population"]
    assert sum(one["historic_pence"] for one in after) == sum(one["historic_pence"] for one in before)


def test_a_prepared_folder_gives_the_same_shares_without_a_scan(folder, tmp_path, monkeypatch):
    main(["money", "shares", str(folder), "--out", str(tmp_path / "plain"), "--on", "2026-04-01"])
    main(["check", str(folder), "--prepare"])
    monkeypatch.setattr("locality.cli.results.connect", lambda *_: pytest.fail("scanned again"))
    main(["money", "shares", str(folder), "--out", str(tmp_path / "quick"), "--on", "2026-04-01"])
    assert (tmp_path / "quick/summary.json").read_text() == (tmp_path / "plain/summary.json").read_text()


def test_published_figures_alone_cannot_be_prepared(tmp_path, capsys):
    bare = small_partnership().without("persons", "activity")
    bare.tables["services"]["split_by"] = ["population"] * 4 + [""]
    with pytest.raises(SystemExit) as left:
        main(["check", str(bare.write(tmp_path / "bare")), "--prepare"])
    assert left.value.code == 1
    assert "the folder has no persons and activity" in capsys.readouterr().err
