"""Source Linkage Files: what they are known for, and what becomes of it here."""

import csv
import datetime as dt

import pyarrow.parquet as pq
import pytest

from factories.linkage import FIFE, ask_linkage, write_episodes, write_individuals
from locality.foundations import InputRefused, load_rule
from locality.foundations.core_tables import ACTIVITY, PERSONS
from locality.sources.engines import connect
from locality.sources.linkage_episodes import SLF_EPISODE
from locality.sources.linkage_individuals import SLF_INDIVIDUAL, SLF_INDIVIDUAL_COSTS
from locality.sources.readers import READERS
from locality.sources.row_checks import row_faults


@pytest.fixture(scope="module")
def con():
    return connect(threads=1)


def scanned(reader, con, asked):
    """All rows as plain dictionaries, empty cells as None."""
    return con.to_pyarrow(reader.scan(asked, con)).to_pylist()


def activity(tmp_path, con, *rows, **options):
    return scanned(SLF_EPISODE, con, ask_linkage(write_episodes(tmp_path / "ep.parquet", *rows), **options))


def persons(tmp_path, con, *rows, **options):
    return scanned(SLF_INDIVIDUAL, con, ask_linkage(write_individuals(tmp_path / "ind.parquet", *rows), **options))


def costs(tmp_path, con, *rows, **options):
    found = scanned(SLF_INDIVIDUAL_COSTS, con, ask_linkage(write_individuals(tmp_path / "i.parquet", *rows), **options))
    return {row["heading"]: (row["cost_pence"], row["units"]) for row in found}


def episode_faults(tmp_path, con, *rows):
    asked = ask_linkage(write_episodes(tmp_path / "ep.parquet", *rows))
    return [(fault.code, fault.rows) for fault in SLF_EPISODE.faults(asked, con)]


# --- the shape of what comes out ---------------------------------------------------------------------------------


def test_the_readers_are_known_by_name():
    assert {"slf-episode", "slf-individual", "slf-individual-costs"} <= set(READERS)


def test_an_episode_becomes_one_row_of_activity(tmp_path, con):
    assert activity(tmp_path, con, {"cost_total_net": 123.45, "yearstay": 3.0}) == [
        {
            "person": "ann",
            "heading": "acute",
            "start": dt.date(2023, 6, 1),
            "end": dt.date(2023, 6, 1),
            "units": 3.0,
            "cost_pence": 12345,
            "payer": None,
            "year": "2023/24",
        }
    ]


def test_what_comes_out_passes_the_declarations_own_check(tmp_path, con):
    episodes = ask_linkage(write_episodes(tmp_path / "ep.parquet", {"cost_total_net": 1.0}, {"anon_chi": ""}))
    people = ask_linkage(write_individuals(tmp_path / "ind.parquet", {}, {"anon_chi": "bob", "gender": None}))
    assert row_faults(ACTIVITY, SLF_EPISODE.scan(episodes, con), "ep", con) == []
    assert row_faults(PERSONS, SLF_INDIVIDUAL.scan(people, con), "ind", con) == []


# --- record types ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("recid", "heading", "units"),
    [
        ("00B", "outpatients", 1.0),
        ("01B", "acute", 5.0),
        ("02B", "maternity", 5.0),
        ("04B", "mental_health", 5.0),
        ("GLS", "geriatric_long_stay", 5.0),
        ("AE2", "accident_emergency", 1.0),
        ("PIS", "prescribing", 30.0),
        ("OoH", "gp_out_of_hours", 1.0),
        ("OOH", "gp_out_of_hours", 1.0),
        ("DN", "district_nursing", 7.0),
        ("CMH", "community_mental_health", 1.0),
        ("CH", "care_home", 5.0),
        ("HC", "home_care", 52.5),
        ("AT", "alarms_telecare", 1.0),
        ("SDS", "self_directed_support", 1.0),
    ],
)
def test_each_record_type_has_its_heading_and_what_it_counts(tmp_path, con, recid, heading, units):
    row = {"recid": recid, "yearstay": 5.0, "no_paid_items": 30.0, "total_no_dn_contacts": 7, "hc_hours_annual": 52.5}
    [found] = activity(tmp_path, con, row)
    assert (found["heading"], found["units"]) == (heading, units)


@pytest.mark.parametrize("recid", ["HL1", "DD", "NRS", "NSU"])
def test_a_record_type_that_is_no_care_is_no_activity(tmp_path, con, recid):
    assert activity(tmp_path, con, {"recid": recid, "cost_total_net": 5.0}) == []


def test_an_unknown_record_type_keeps_its_money_and_is_named(tmp_path, con):
    row = {"recid": "XX9", "cost_total_net": 5.0}
    assert activity(tmp_path, con, row)[0]["heading"] == "XX9"
    assert episode_faults(tmp_path, con, row) == [("unknown-record-type", 1)]


def test_every_known_record_type_is_listed_with_its_source():
    assert len(load_rule("locality.sources", "linkage_headings").values[-1].value) == 18


# --- money -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("pounds", "pence"),
    [
        (0.0, 0),
        (1.0, 100),
        (0.125, 12),
        (0.375, 38),
        (12.344999, 1234),
        (12.346, 1235),
        (None, None),
        (float("nan"), None),
    ],
)
def test_pounds_become_whole_pence_half_to_even(tmp_path, con, pounds, pence):
    assert activity(tmp_path, con, {"cost_total_net": pounds})[0]["cost_pence"] == pence


def test_missed_appointments_cost_nothing_unless_asked_for(tmp_path, con):
    kept = {"recid": "00B", "attendance_status": 1.0, "cost_total_net": 90.0, "cost_total_net_inc_dnas": 90.0}
    missed = {"recid": "00B", "attendance_status": 8.0, "cost_total_net": 0.0, "cost_total_net_inc_dnas": 90.0}
    without = activity(tmp_path, con, kept, missed)
    with_missed = activity(tmp_path, con, kept, missed, did_not_attend=True)
    assert sorted((row["cost_pence"], row["units"]) for row in without) == [(0, 0.0), (9000, 1.0)]
    assert [(row["cost_pence"], row["units"]) for row in with_missed] == [(9000, 1.0)] * 2


@pytest.mark.parametrize("status", [5.0, "5", "8"])
def test_both_ways_of_missing_an_appointment_are_known(tmp_path, con, status):
    path = write_episodes(tmp_path / "ep.parquet", {"recid": "00B", "cost_total_net": 0.0})
    table = pq.read_table(path).drop_columns(["attendance_status"])
    pq.write_table(table.append_column("attendance_status", [[status]]), path)
    assert scanned(SLF_EPISODE, con, ask_linkage(path))[0]["units"] == 0.0


def test_an_extract_without_attendance_counts_every_appointment(tmp_path, con):
    path = write_episodes(tmp_path / "ep.parquet", {"recid": "00B", "cost_total_net": 0.0})
    pq.write_table(pq.read_table(path).drop_columns(["attendance_status"]), path)
    assert scanned(SLF_EPISODE, con, ask_linkage(path))[0]["units"] == 1.0


def test_an_earlier_name_of_the_cost_column_is_known(tmp_path, con):
    path = write_episodes(tmp_path / "ep.parquet", {"cost_total_net_inc_dnas": 7.0})
    table = pq.read_table(path)
    names = ["cost_total_net_incdnas" if name == "cost_total_net_inc_dnas" else name for name in table.column_names]
    pq.write_table(table.rename_columns(names), path)
    assert scanned(SLF_EPISODE, con, ask_linkage(path, did_not_attend=True))[0]["cost_pence"] == 700


def test_a_care_home_stay_without_a_price_keeps_its_days(tmp_path, con):
    [under_65] = activity(tmp_path, con, {"recid": "CH", "yearstay": 200.0, "cost_total_net": None})
    assert (under_65["cost_pence"], under_65["units"]) == (None, 200.0)


@pytest.mark.parametrize("recid", ["CMH", "AT", "SDS"])
def test_care_without_any_price_is_still_counted(tmp_path, con, recid):
    [found] = activity(tmp_path, con, {"recid": recid, "cost_total_net": None})
    assert (found["cost_pence"], found["units"]) == (None, 1.0)


def test_an_extract_without_a_unit_column_has_empty_units(tmp_path, con):
    path = write_episodes(tmp_path / "ep.parquet", {"recid": "HC", "cost_total_net": 5.0})
    pq.write_table(pq.read_table(path).drop_columns(["hc_hours_annual"]), path)
    [found] = scanned(SLF_EPISODE, con, ask_linkage(path))
    assert (found["units"], found["cost_pence"]) == (None, 500)


# --- people ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("unlinked", [None, "", "   "])
def test_a_record_without_an_identifier_stays_without_a_person(tmp_path, con, unlinked):
    [found] = activity(tmp_path, con, {"anon_chi": unlinked, "cost_total_net": 5.0})
    assert (found["person"], found["cost_pence"]) == (None, 500)


def test_a_person_has_zone_practice_sex_and_age(tmp_path, con):
    assert persons(tmp_path, con, {}) == [
        {"person": "ann", "zone": "S01009000", "practice": "20001", "sex": "female", "age": 41}
    ]


@pytest.mark.parametrize(("gender", "sex"), [(1.0, "male"), (2.0, "female"), (0.0, None), (9.0, None), (None, None)])
def test_sex_is_read_from_numbers(tmp_path, con, gender, sex):
    assert persons(tmp_path, con, {"gender": gender})[0]["sex"] == sex


def test_the_practice_that_stands_for_all_of_england_is_no_practice(tmp_path, con):
    assert persons(tmp_path, con, {"gpprac": 99995})[0]["practice"] is None


def test_the_zones_may_be_those_of_2022(tmp_path, con):
    assert persons(tmp_path, con, {}, zones=2022)[0]["zone"] == "S01016000"


def test_zones_of_an_unknown_edition_are_refused(tmp_path, con):
    with pytest.raises(InputRefused, match="2011, 2022"):
        persons(tmp_path, con, {}, zones=2001)


def test_everybody_is_kept_whether_or_not_the_publisher_thins_them_out(tmp_path, con):
    rows = ({"keep_population": 0.0, "nsu": 1}, {"anon_chi": "bob", "keep_population": 1.0, "nsu": 0})
    assert len(persons(tmp_path, con, *rows)) == 2


def test_the_publishers_locality_is_not_read(tmp_path, con):
    assert persons(tmp_path, con, {"locality": "No Locality Information"}) == persons(tmp_path, con, {"locality": "X"})


def test_a_row_without_an_identifier_is_nobody(tmp_path, con):
    assert persons(tmp_path, con, {"anon_chi": ""}, {"anon_chi": None}) == []


def test_a_person_who_stands_there_twice_is_counted_but_not_named(tmp_path, con):
    asked = ask_linkage(write_individuals(tmp_path / "ind.parquet", {}, {}, {"anon_chi": "bob"}))
    [fault] = row_faults(PERSONS, SLF_INDIVIDUAL.scan(asked, con), "ind.parquet", con)
    assert (fault.code, fault.rows) == ("repeated-person", 1)
    assert "ann" not in str(fault)


# --- cost columns of the individual file -------------------------------------------------------------------------


def test_cost_columns_become_activity_by_heading(tmp_path, con):
    row = {"acute_cost": 10.0, "acute_inpatient_beddays": 2.0, "op_cost_attend": 3.0, "op_newcons_attendances": 1}
    assert costs(tmp_path, con, row) == {"acute": (1000, 2.0), "outpatients": (300, 1.0)}


def test_totals_and_parts_are_not_counted_again(tmp_path, con):
    row = {"acute_cost": 10.0, "acute_el_inpatient_cost": 10.0, "health_net_cost": 10.0}
    assert costs(tmp_path, con, row) == {"acute": (1000, None)}


def test_missed_appointments_of_the_individual_file_are_added_if_asked_for(tmp_path, con):
    row = {"op_cost_attend": 3.0, "op_newcons_attendances": 1, "op_cost_dnas": 2.0, "op_newcons_dnas": 4}
    assert costs(tmp_path, con, row, did_not_attend=True) == {"outpatients": (500, 5.0)}
    assert costs(tmp_path, con, row) == {"outpatients": (300, 1.0)}


def test_only_missed_appointments_are_activity_if_asked_for(tmp_path, con):
    row = {"op_cost_dnas": 2.0, "op_newcons_dnas": 4}
    assert costs(tmp_path, con, row, did_not_attend=True) == {"outpatients": (200, 4.0)}
    assert costs(tmp_path, con, row) == {}


def test_use_without_a_price_is_activity_too(tmp_path, con):
    row = {"cmh_contacts": 6, "ch_beddays": 30.0, "ch_cost": None}
    assert costs(tmp_path, con, row) == {"community_mental_health": (None, 6.0), "care_home": (None, 30.0)}


def test_an_individual_file_without_cost_columns_is_refused(tmp_path, con):
    path = write_individuals(tmp_path / "ind.parquet", {})
    pq.write_table(pq.read_table(path).select(["anon_chi", "year"]), path)
    with pytest.raises(InputRefused, match="none of the cost columns"):
        SLF_INDIVIDUAL_COSTS.scan(ask_linkage(path), con)


def test_an_individual_file_may_have_one_cost_column_only(tmp_path, con):
    path = write_individuals(tmp_path / "ind.parquet", {"ch_cost": 4.0})
    pq.write_table(pq.read_table(path).select(["anon_chi", "year", "ch_cost"]), path)
    assert [row["cost_pence"] for row in scanned(SLF_INDIVIDUAL_COSTS, con, ask_linkage(path))] == [400]


# --- whose rows --------------------------------------------------------------------------------------------------


def test_a_national_file_is_cut_to_the_partnership(tmp_path, con):
    rows = ({"cost_total_net": 1.0}, {"hscp2019": "S37000001", "hscp2018": "S37000001"}, {"hscp2019": None})
    assert [row["cost_pence"] for row in activity(tmp_path, con, *rows)] == [100]


def test_a_partnerships_own_file_keeps_rows_without_a_partnership(tmp_path, con):
    assert len(activity(tmp_path, con, {}, {"hscp2019": None, "anon_chi": None})) == 2


def test_the_partnership_is_found_under_its_code_of_2018(tmp_path, con):
    rows = ({"hscp2019": "S37000099", "hscp2018": FIFE}, {"hscp2019": "S37000001", "hscp2018": "S37000001"})
    assert len(activity(tmp_path, con, *rows)) == 1
    assert len(activity(tmp_path, con, *rows, partnership_column="hscp2018")) == 1


def test_a_file_of_other_partnerships_is_refused(tmp_path, con):
    with pytest.raises(InputRefused, match="S37000032") as refused:
        activity(tmp_path, con, {"hscp2019": "S37000001", "hscp2018": "S37000001"})
    assert refused.value.faults[0].code == "partnership-not-in-file"


def test_a_partnership_column_that_is_not_there_is_refused(tmp_path, con):
    with pytest.raises(InputRefused, match="hscp2019, hscp2018"):
        activity(tmp_path, con, {}, partnership_column="hscp2016")


def test_a_file_without_partnerships_is_taken_whole(tmp_path, con):
    path = write_episodes(tmp_path / "ep.parquet", {}, {})
    pq.write_table(pq.read_table(path).drop_columns(["hscp2019", "hscp2018"]), path)
    assert len(scanned(SLF_EPISODE, con, ask_linkage(path))) == 2


# --- faults ------------------------------------------------------------------------------------------------------


def test_sound_files_have_no_fault(tmp_path, con):
    rows = (
        {"recid": "PIS", "record_keydate1": dt.date(2024, 3, 31), "record_keydate2": dt.date(2024, 3, 31)},
        {"recid": "01B", "record_keydate1": dt.date(2022, 12, 1), "record_keydate2": dt.date(2023, 4, 1)},
        {"recid": "HC", "record_keydate1": dt.date(2019, 1, 1), "record_keydate2": None, "social_care_id": "1"},
        {"recid": "CH", "record_keydate1": dt.date(2024, 3, 1), "record_keydate2": dt.date(2025, 3, 1)},
        {"recid": "NRS", "record_keydate1": dt.date(2025, 3, 1)},
        {"activity_after_death": 1},
    )
    assert episode_faults(tmp_path, con, *rows) == []
    individual = ask_linkage(write_individuals(tmp_path / "ind.parquet", {}))
    assert SLF_INDIVIDUAL.faults(individual, con) == []


@pytest.mark.parametrize(
    ("recid", "first", "last"),
    [
        ("00B", dt.date(2023, 3, 31), dt.date(2023, 3, 31)),
        ("AE2", dt.date(2024, 4, 1), dt.date(2024, 4, 1)),
        ("01B", dt.date(2022, 3, 1), dt.date(2023, 3, 31)),
        ("01B", dt.date(2024, 4, 1), None),
        ("00B", dt.date(2023, 3, 31), dt.date(2023, 4, 1)),
    ],
)
def test_a_record_outside_its_year_is_counted(tmp_path, con, recid, first, last):
    row = {"recid": recid, "record_keydate1": first, "record_keydate2": last}
    assert episode_faults(tmp_path, con, row, {}) == [("date-outside-year", 1)]


def test_a_file_of_another_year_is_named(tmp_path, con):
    day = dt.date(2022, 6, 1)
    row = {"year": "2223", "record_keydate1": day, "record_keydate2": day}
    assert episode_faults(tmp_path, con, row) == [("wrong-year", 1)]
    assert episode_faults(tmp_path, con, row, {}) == []


def test_a_year_that_is_none_is_counted(tmp_path, con):
    assert episode_faults(tmp_path, con, {"year": "2325"}, {}) == [("not-year", 1)]


def test_one_social_care_client_linked_to_two_persons_is_counted(tmp_path, con):
    rows = [{"recid": "HC", "social_care_id": "7", "anon_chi": person, "cost_total_net": 9.0} for person in ("a", "b")]
    assert episode_faults(tmp_path, con, *rows) == [("repeated-activity", 1)]


def test_a_person_has_one_prescribing_record_a_year(tmp_path, con):
    assert episode_faults(tmp_path, con, *[{"recid": "PIS"}] * 3) == [("repeated-activity", 2)]


def test_two_appointments_on_one_day_are_no_fault(tmp_path, con):
    assert episode_faults(tmp_path, con, *[{"recid": "00B"}] * 2) == []


def test_an_extract_without_social_care_identifiers_can_be_checked(tmp_path, con):
    path = write_episodes(tmp_path / "ep.parquet", {}, {})
    pq.write_table(pq.read_table(path).drop_columns(["social_care_id"]), path)
    assert SLF_EPISODE.faults(ask_linkage(path), con) == []


def test_a_missing_cost_column_is_named(tmp_path, con):
    path = write_episodes(tmp_path / "ep.parquet", {})
    pq.write_table(pq.read_table(path).drop_columns(["cost_total_net"]), path)
    with pytest.raises(InputRefused, match="cost_total_net"):
        SLF_EPISODE.scan(ask_linkage(path), con)


# --- the publisher's derived columns that nothing here stands on ---------------------------------------------------


@pytest.mark.parametrize(
    "derived", ["ooh_covid_other", "preventable_beddays", "hri_lcap", "ur8_2020", "ur8_2022", "simd2020v2_rank"]
)
def test_a_derived_column_changes_nothing(tmp_path, con, derived):
    plain = {"acute_cost": 10.0}
    assert persons(tmp_path, con, plain) == persons(tmp_path, con, plain | {derived: 99.0})
    assert costs(tmp_path, con, plain) == costs(tmp_path, con, plain | {derived: 99.0})


@pytest.mark.data
def test_every_column_that_is_read_stands_in_the_published_list(cases_root):
    listed = {}
    for kind in ("episode", "individual"):
        with (cases_root / "money" / f"slf_{kind}_schema.csv").open() as stream:
            listed[kind] = {row["column"] for row in csv.DictReader(stream)}
    types = load_rule("locality.sources", "linkage_headings").values[-1].value
    columns = load_rule("locality.sources", "linkage_cost_columns").values[-1].value
    units = {what["units"] for what in types.values() if what["heading"]} - {"record"}
    assert units | {"cost_total_net", "cost_total_net_inc_dnas", "attendance_status", "hscp2018"} <= listed["episode"]
    read = {name for heading in columns.values() for name in heading.values() if name}
    assert read | {"datazone2011", "datazone2022", "gpprac", "gender", "age", "anon_chi"} <= listed["individual"]
