"""What a release holds, and what is refused before it is written."""

import json
import zipfile

import pandas as pd
import pytest

from factories.release import DAY, MADE_BY, sound_content
from locality.foundations import InputRefused, ResultRefused
from locality.release import RELEASE_TABLES, ReleaseTotals, read_release, release_name, write_release


def write(tmp_path, **changes):
    """Write a release and give its record."""
    return write_release(sound_content(**changes), tmp_path / "a.release.zip", day=DAY, made_by=MADE_BY)


def test_what_was_written_is_read_again(tmp_path):
    record = write(tmp_path)
    release = read_release(record.path, expected_id=record.id)
    assert (release.id, release.day, release.made_up) == (record.id, DAY, True)
    assert release.tables["budget"].to_dict("records")[0] == {
        "locality": "N",
        "heading": "Home care",
        "year": "2024/25",
        "budget_pence": 620,
    }
    assert release.tables["population"]["people"].sum() == 42
    assert release.about["summary"] == {"localities": [{"code": "N", "historic_pence": 900}]}


def test_small_counts_of_service_users_are_hidden_with_enough_others(tmp_path):
    record = write(tmp_path)
    users = read_release(record.path).tables["service_users"].set_index(["locality", "heading"])["people"]
    hidden = users[users.isna()].index.tolist()
    assert ("N", "Podiatry") in hidden
    assert len(hidden) == 4
    assert users[("all", "Wards")] == 500
    assert (record.small, record.further) == (1, 3)


def test_a_release_holds_its_tables_and_release_json_and_nothing_else(tmp_path):
    with zipfile.ZipFile(write(tmp_path).path) as archive:
        names = archive.namelist()
        about = json.loads(archive.read("release.json"))
    assert names == ["release.json", *(f"{table.name}.parquet" for table in RELEASE_TABLES)]
    assert sorted(about) == [
        "day",
        "disclosure",
        "id",
        "inputs",
        "made_by",
        "made_up",
        "members",
        "parameters",
        "partnership",
        "schema",
        "schema_version",
        "summary",
        "totals",
        "vintages",
        "year",
    ]
    assert about["disclosure"]["audit"] == {"passed": True, "hidden": 4, "exposed": []}
    assert about["disclosure"]["rules"][0]["id"] == "small_count"
    assert "open data" in about["disclosure"]["open_tables"]["population"]


def test_the_same_content_and_day_give_the_same_bytes(tmp_path):
    first = write(tmp_path).path.read_bytes()
    shuffled = sound_content().shares.iloc[::-1]
    assert write(tmp_path, shares=shuffled).path.read_bytes() == first


def test_a_folder_gets_the_file_under_its_usual_name(tmp_path):
    record = write_release(sound_content(), tmp_path, day=DAY, made_by=MADE_BY)
    assert record.path.name == release_name("S37000099", DAY) == "S37000099-2026-03-31.release.zip"


def test_money_of_few_people_is_named_to_the_analyst(tmp_path):
    assert write(tmp_path).few_people == (("N", "Podiatry"),)


def test_a_stricter_threshold_of_the_partnership_holds(tmp_path):
    users = read_release(write(tmp_path, threshold=50).path).tables["service_users"]
    shown = users["people"].dropna()
    assert not shown.between(1, 50).any()


def test_without_service_users_and_budget_a_release_still_says_something(tmp_path):
    content = sound_content()
    record = write(
        tmp_path, service_users=content.service_users[:0], budget=content.budget[:0], totals=ReleaseTotals(1500, 1500)
    )
    release = read_release(record.path)
    assert release.tables["service_users"].empty
    assert (record.small, record.few_people) == (0, ())


@pytest.mark.parametrize("column", ["anon_chi", "Postcode", "dob"])
def test_a_column_about_single_people_is_refused_by_name(tmp_path, column):
    shares = sound_content().shares.assign(**{column: "x"})
    with pytest.raises(ResultRefused, match=f"Table shares has columns about single people: {column}"):
        write(tmp_path, shares=shares)
    assert not list(tmp_path.iterdir())


def test_a_column_that_a_release_does_not_hold_is_refused(tmp_path):
    with pytest.raises(ResultRefused, match="columns that a release does not hold: note"):
        write(tmp_path, budget=sound_content().budget.assign(note="x"))


@pytest.mark.parametrize(
    ("part", "place"),
    [
        ({"summary": {"headings": [{"persons": 3}]}}, r"summary.headings\[\].persons"),
        ({"summary": {"localities": [{"headings": [{"people": 3}]}]}}, r"localities\[\].headings\[\].people"),
        ({"parameters": {"CHI": "0101010000"}}, "parameters.CHI"),
    ],
)
def test_values_about_people_in_the_summary_are_refused_with_their_place(tmp_path, part, place):
    with pytest.raises(ResultRefused, match=place) as refused:
        write(tmp_path, **part)
    assert "0101010000" not in str(refused.value)


def test_a_table_about_single_people_can_never_be_declared_as_part_of_a_release(monkeypatch, tmp_path):
    from locality.foundations.core_tables import PERSONS
    from locality.release.guard import refuse_person_level

    with pytest.raises(ResultRefused, match="persons"):
        refuse_person_level([PERSONS], {"persons": pd.DataFrame()}, DAY)


def test_amounts_that_miss_their_totals_by_a_penny_are_refused(tmp_path):
    with pytest.raises(ResultRefused, match=r"historic shares add up to £15.00, not to £15.01"):
        write(tmp_path, totals=ReleaseTotals(1501, 1500, {"2024/25": 1600}))
    with pytest.raises(ResultRefused, match=r"budgets for 2025/26 add up to £0.00, not to £0.07"):
        write(tmp_path, totals=ReleaseTotals(1500, 1500, {"2024/25": 1600, "2025/26": 7}))


def test_steps_that_do_not_explain_the_distance_are_refused(tmp_path):
    shares = sound_content().shares
    shares.loc[0, "step_need_pence"] = 1
    with pytest.raises(ResultRefused, match="in 1 rows of shares the steps"):
        write(tmp_path, shares=shares)


def test_a_locality_or_zone_that_is_not_the_partnerships_is_refused(tmp_path):
    content = sound_content()
    with pytest.raises(ResultRefused, match="table areas names locality X"):
        write(tmp_path, areas=content.areas.assign(locality=["N", "X", "S"]))
    with pytest.raises(ResultRefused, match="zone S01000003 has population but no area"):
        write(tmp_path, areas=content.areas[:2])


def test_all_faults_of_all_tables_are_named_at_once(tmp_path):
    content = sound_content()
    budget = content.budget.assign(budget_pence=[1.5, 440, 320, 220])
    areas = content.areas.assign(zone=["S1", *content.areas["zone"][1:]])
    with pytest.raises(InputRefused) as refused:
        write(tmp_path, areas=areas, budget=budget)
    assert {fault.file for fault in refused.value.faults} == {"table areas", "table budget"}


def test_a_table_that_fails_its_audit_is_not_written(monkeypatch, tmp_path):
    monkeypatch.setattr(
        "locality.disclosure.suppression.choose_complements", lambda layout, counts, small, rules: small
    )
    with pytest.raises(ResultRefused, match="1 hidden counts could be worked out"):
        write(tmp_path)
    assert not list(tmp_path.iterdir())


def test_a_write_that_fails_half_way_leaves_the_old_file_whole(monkeypatch, tmp_path):
    old = write(tmp_path).path.read_bytes()

    def no_room(*_args):
        raise OSError("no space left")

    monkeypatch.setattr("locality.release.write.os.replace", no_room)
    with pytest.raises(OSError, match="no space left"):
        write(tmp_path, parameters={"years": 6})
    assert [path.name for path in tmp_path.iterdir()] == ["a.release.zip"]
    assert (tmp_path / "a.release.zip").read_bytes() == old
