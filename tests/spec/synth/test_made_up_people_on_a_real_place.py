"""On a real place only the people are made up: where they live, how old they are and their practices are given."""

import pandas as pd
import pyarrow.parquet as pq
import pytest

from factories.made_up import ZONES, small_place
from locality.foundations import FinancialYear, InputRefused
from locality.synth import make_people_on, read_place, write_linked_files

YEAR = FinancialYear(2022)


def _people(place, folder, seed=1, **options):
    make_people_on(place, seed, YEAR, folder, **options)
    people = pq.read_table(folder / "slf-individual-2223.parquet").to_pandas()
    return people[people["datazone2011"].notna()]


def test_it_writes_what_no_publisher_knows_and_no_settings(tmp_path):
    told = make_people_on(small_place(), 1, YEAR, tmp_path)
    assert sorted(told.files) == [
        "README.txt",
        "cost_curves.csv",
        "hosted_use.csv",
        "ledger-nhs.csv",
        "services.csv",
        "slf-episode-2223.parquet",
        "slf-individual-2223.parquet",
        "unit_costs.csv",
    ]
    assert "real zones of Smallplace" in (tmp_path / "README.txt").read_text()


def test_the_ledger_holds_the_health_boards_lines_outside_social_care(tmp_path):
    make_people_on(small_place(), 1, YEAR, tmp_path)
    ledger = pd.read_csv(tmp_path / "ledger-nhs.csv")
    assert set(ledger["source"]) == {"Health board"}
    assert not ledger["service"].isin(["Home care", "Care homes"]).any()


def test_a_fraction_of_a_person_is_carried_to_the_next_age(tmp_path):
    population = small_place().population.assign(people=0.5)
    people = _people(small_place(population=population), tmp_path)
    assert people["datazone2011"].value_counts().tolist() == [19, 19, 19]


def test_the_newest_year_of_the_population_is_used(tmp_path):
    older = small_place().population
    newer = older.assign(year=2023, people=1)
    people = _people(small_place(population=pd.concat([older, newer])), tmp_path)
    assert len(people) == 3 * 38


def test_more_deprived_zones_come_from_the_fifth_or_from_the_tenth(tmp_path):
    tenths = small_place().indicators.assign(indicator="imd_decile", value=[2, 5, 10])
    assert read_place(small_place(indicators=tenths), 1).fifth.tolist() == [1, 3, 5]
    assert read_place(small_place(), 1).fifth.tolist() == [1, 3, 5]


def test_a_zone_whose_deprivation_is_unknown_stands_in_the_middle():
    two = small_place().indicators.iloc[:2]
    assert read_place(small_place(indicators=two), 1).fifth.tolist() == [1, 3, 3]


def test_people_register_where_the_registrations_say(tmp_path):
    registrations = pd.DataFrame(
        {"zone": [ZONES[0], ZONES[0], ZONES[1]], "practice": ["90001", "90002", "90002"], "patients": [30, 10, 5]}
    )
    practices = pd.DataFrame({"practice": ["90001", "90002"], "cluster": ["North", None], "zone": ZONES[:2]})
    people = _people(small_place(registrations=registrations, practices=practices), tmp_path)
    first = people[people["datazone2011"] == ZONES[0]]["gpprac"].value_counts()
    assert first.to_dict() == {90001: 114, 90002: 38}
    assert set(people[people["datazone2011"] == ZONES[1]]["gpprac"]) == {90002}
    assert people[people["datazone2011"] == ZONES[2]]["gpprac"].isna().all()
    assert set(people[people["gpprac"] == 90001]["cluster"]) == {"North"}


def test_without_registrations_people_go_to_near_practices():
    practices = pd.DataFrame({"practice": ["90001", "90002"], "zone": [ZONES[0], ZONES[2]], "patients": [500, 500]})
    place = read_place(small_place(practices=practices), 1)
    assert place.practices == ("90001", "90002")
    near = place.lists[:, 0]
    assert near[0] > 0.9 > near[2]


def test_practices_that_stand_in_no_zone_of_the_place_are_left_out():
    practices = pd.DataFrame({"practice": ["90001"], "zone": ["S01990999"], "patients": [500]})
    assert read_place(small_place(practices=practices), 1).practices == ()


def test_practices_whose_place_is_unknown_are_left_out():
    practices = pd.DataFrame({"practice": ["90001"], "zone": [ZONES[0]], "patients": [500]})
    zones = pd.DataFrame({"zone": ZONES})
    assert read_place(small_place(practices=practices, zones=zones), 1).practices == ()


def test_a_long_drive_lowers_planned_care_and_nothing_else():
    drive = pd.DataFrame({"zone": ZONES, "indicator": "drive_time", "period": "x", "value": [1.0, 2.0, 9.0]})
    place = read_place(small_place(indicators=pd.concat([small_place().indicators, drive])), 1)
    assert place.supply[0] > place.supply[1] > 1 > place.supply[2]
    assert read_place(small_place(), 1).supply.tolist() == [1, 1, 1]


def test_a_place_without_people_is_refused(tmp_path):
    with pytest.raises(InputRefused, match="nobody in the population table"):
        make_people_on(small_place(population=small_place().population.iloc[:0]), 1, YEAR, tmp_path)


def test_a_place_without_deprivation_is_refused(tmp_path):
    nothing = small_place().indicators.iloc[:0]
    with pytest.raises(InputRefused, match="no zone has a deprivation fifth"):
        make_people_on(small_place(indicators=nothing), 1, YEAR, tmp_path)


def test_localities_may_be_missing_or_have_codes_only():
    assert read_place(small_place(localities=pd.DataFrame()), 1).locality == ("", "", "")
    coded = small_place().localities.drop(columns="name")
    assert read_place(small_place(localities=coded), 1).locality == ("L1", "L1", "L2")


def test_in_a_leap_year_the_year_still_ends_on_31_march(tmp_path):
    write_linked_files(read_place(small_place(), 1), 1, FinancialYear(2023), tmp_path)
    rows = pq.read_table(tmp_path / "slf-episode-2324.parquet").to_pandas()
    last = rows.loc[rows["recid"] == "PIS", "record_keydate1"].astype(str).unique().tolist()
    assert last == ["2024-03-31"]
    assert "2024-02-29" not in set(rows["record_keydate1"].astype(str))


def test_english_practice_codes_leave_the_number_column_empty(tmp_path):
    registrations = pd.DataFrame({"zone": ZONES, "practice": ["P81001"] * 3, "patients": [1, 1, 1]})
    people = _people(small_place(registrations=registrations), tmp_path)
    assert people["gpprac"].isna().all()


def test_nothing_stands_under_a_final_name_when_the_work_is_cut_off(tmp_path):
    def cut_off(done: int, of: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        make_people_on(small_place(), 1, YEAR, tmp_path, progress=cut_off)
    assert not list(tmp_path.glob("*.parquet"))
