"""Each thing that can be wrong with a folder is named: where it is, what it is and what to do."""

import gzip

import pandas as pd
import pytest


def test_a_sound_folder_has_no_fault(check, place):
    report = check(place)
    assert report.faults == ()
    assert report.notes == ()
    assert report.skipped == ()
    assert report.is_usable


# --- zones


def test_a_zone_of_the_other_edition(only_fault, areas):
    fault = only_fault(areas.put("population", 5, "zone", "S01013500"))
    assert (fault.file, fault.row, fault.column, fault.code) == ("population.csv", 5, "zone", "zone-other-vintage")
    assert "2022 data zones" in fault.what
    assert "2011 data zones" in fault.what


def test_a_whole_table_of_the_other_edition(only_fault, areas):
    zones = areas.tables["indicators"]["zone"]
    areas.tables["indicators"]["zone"] = zones.str.replace("S010080", "S010135")
    fault = only_fault(areas)
    assert (fault.file, fault.code, fault.rows) == ("indicators.csv", "zone-other-vintage", 8)


def test_localities_of_the_other_edition(only_fault, areas):
    zones = areas.tables["localities"]["zone"]
    areas.tables["localities"]["zone"] = zones.str.replace("S010080", "S010135")
    fault = only_fault(areas)
    assert (fault.file, fault.code, fault.rows) == ("localities.csv", "zone-other-vintage", 8)


def test_persons_in_zones_of_the_other_edition(only_fault, place):
    place.tables["persons"]["zone"] = place.tables["persons"]["zone"].str.replace("S010080", "S010135")
    fault = only_fault(place)
    assert (fault.file, fault.row, fault.code, fault.rows) == ("persons.csv", None, "zone-other-vintage", 348)


def test_a_zone_stands_twice(only_fault, areas):
    areas.tables["zones"] = areas.tables["zones"].iloc[[0, 1, 2, 3, 4, 5, 6, 7, 2]]
    fault = only_fault(areas)
    assert str(fault) == (
        "zones.csv, row 10: zone S01008003 stands here a second time. "
        "Keep one row for each; if they differ, find out which is right."
    )


def test_a_zone_stands_in_two_localities(only_fault, areas):
    more = areas.tables["localities"].iloc[[0]].assign(locality="south", name="South")
    areas.tables["localities"] = pd.concat([areas.tables["localities"], more])
    fault = only_fault(areas)
    assert (fault.file, fault.row, fault.code) == ("localities.csv", 10, "repeated-key")


def test_a_zone_is_missing_from_the_localities(only_fault, areas):
    areas.tables["localities"] = areas.tables["localities"].iloc[1:]
    fault = only_fault(areas)
    assert (fault.file, fault.column, fault.code) == ("localities.csv", "zone", "zone-without-locality")
    assert "S01008001" in fault.what


@pytest.mark.parametrize("table", ["population", "indicators"])
def test_a_zone_is_missing_from_a_table(only_fault, areas, table):
    frame = areas.tables[table]
    areas.tables[table] = frame[frame["zone"] != "S01008004"]
    fault = only_fault(areas)
    assert (fault.file, fault.column, fault.code) == (f"{table}.csv", "zone", "zone-missing")
    assert "S01008004" in fault.what


def test_a_zone_outside_the_partnership(only_fault, areas):
    more = areas.tables["population"].iloc[[0]].assign(zone="S01012000")
    areas.tables["population"] = pd.concat([areas.tables["population"], more])
    fault = only_fault(areas)
    assert str(fault) == (
        "population.csv, row 66, column zone: S01012000 is not a zone of Smallshire. "
        "Take the row out, correct the code, or add the zone to the zones table."
    )


def test_a_locality_outside_the_partnership(only_fault, areas):
    more = areas.tables["localities"].iloc[[0]].assign(zone="S01012000")
    areas.tables["localities"] = pd.concat([areas.tables["localities"], more])
    fault = only_fault(areas)
    assert (fault.file, fault.row, fault.code) == ("localities.csv", 10, "zone-outside-partnership")


# --- people


@pytest.mark.parametrize("mark", ["*", "c", "-", ":"])
def test_hidden_counts_of_people(only_fault, areas, mark):
    fault = only_fault(areas.put("population", 7, "people", mark))
    assert (fault.file, fault.row, fault.column) == ("population.csv", 7, "people")
    assert fault.code == "suppressed-people"
    assert f"the mark '{mark}' stands instead" in fault.what


def test_negative_people(only_fault, areas):
    fault = only_fault(areas.put("population", 3, "people", "-4"))
    assert str(fault) == "population.csv, row 3, column people: '-4' is negative. It must be 0 or more."


def test_males_stored_as_negatives(only_fault, areas):
    population = areas.tables["population"]
    areas.tables["population"] = population.assign(
        people=population["people"].mask(population["sex"] == "male", "-" + population["people"])
    )
    fault = only_fault(areas)
    assert (fault.file, fault.row, fault.column, fault.rows) == ("population.csv", 6, "people", 32)
    assert fault.code == "negative-males"
    assert "Take the minus sign away" in fault.do


def test_a_total_of_both_sexes_that_disagrees(only_fault, areas):
    total = pd.DataFrame([("S01008001", "2022", "all", "0", "15", "99")], columns=areas.tables["population"].columns)
    areas.tables["population"] = pd.concat([areas.tables["population"], total])
    fault = only_fault(areas)
    assert str(fault) == (
        "population.csv, row 66, column people: the total of S01008001 says 99 people, but its parts add up to 7. "
        "Find out which is right; rows of totals may also be left out."
    )


def test_a_total_of_all_ages_that_disagrees(only_fault, areas):
    total = pd.DataFrame([("S01008001", "2022", "female", "all", "", "21")], columns=areas.tables["population"].columns)
    areas.tables["population"] = pd.concat([areas.tables["population"], total])
    fault = only_fault(areas)
    assert (fault.row, fault.code) == (66, "total-not-parts")
    assert "says 21 people, but its parts add up to 18" in fault.what


def test_totals_that_agree_are_left_out_with_a_note(check, areas):
    total = pd.DataFrame([("S01008001", "2022", "female", "all", "", "18")], columns=areas.tables["population"].columns)
    areas.tables["population"] = pd.concat([areas.tables["population"], total])
    report = check(areas)
    assert report.faults == ()
    assert report.notes == ("population.csv: 1 rows of totals agree with their parts and were left out",)


def test_an_old_population_is_noted(check, areas):
    areas.tables["population"]["year"] = "2018"
    report = check(areas)
    assert report.faults == ()
    assert report.notes == ("population: the nearest year is 2018, 4 years from 2022/23",)


# --- practices


def test_a_list_of_55163_among_hundreds(only_fault, areas):
    del areas.tables["registrations"]
    fault = only_fault(areas.put("practices", 3, "patients", "55163"))
    assert (fault.file, fault.row, fault.column, fault.code) == ("practices.csv", 3, "patients", "implausible-list")
    assert "practice 10026 has 55,163 patients" in fault.what


def test_a_long_list_that_is_accepted_by_name(check, areas):
    del areas.tables["registrations"]
    areas.entries["practices"] = '{ file = "practices.csv", accept = ["10026"] }'
    assert check(areas.put("practices", 3, "patients", "55163")).faults == ()


def test_a_list_that_disagrees_with_its_registrations(only_fault, areas):
    fault = only_fault(areas.put("practices", 3, "patients", "140"))
    assert (fault.file, fault.row, fault.column, fault.code) == ("practices.csv", 3, "patients", "total-not-parts")
    assert fault.what == "practice 10026 has 140 patients, but its registrations add up to 116"


def test_lists_with_patients_elsewhere_are_noted(check, areas):
    areas.tables["practices"]["patients"] = ["200", "300", "116"]
    report = check(areas)
    assert report.faults == ()
    assert report.notes == (
        "practices: the lists have 500 patients, their registrations in the partnership's zones 232; "
        "the rest live outside it or were not counted",
    )


def test_registrations_of_an_unknown_practice(only_fault, areas):
    more = pd.DataFrame([("S01008001", "99999", "1")], columns=areas.tables["registrations"].columns)
    areas.tables["registrations"] = pd.concat([areas.tables["registrations"], more])
    fault = only_fault(areas)
    assert (fault.file, fault.row, fault.column, fault.code) == (
        "registrations.csv",
        26,
        "practice",
        "practice-unknown",
    )


def test_leading_noughts_lost_in_another_table(only_fault, areas):
    for table in ("practices", "registrations"):
        areas.tables[table]["practice"] = areas.tables[table]["practice"].replace("10011", "00117")
    codes = areas.tables["registrations"]["practice"]
    areas.tables["registrations"]["practice"] = codes.str.lstrip("0")
    fault = only_fault(areas)
    assert (fault.file, fault.row, fault.rows) == ("registrations.csv", 2, 8)
    assert fault.code == "lost-leading-zeros"
    assert fault.what == "the practice code '117' has lost its leading noughts: another table has '00117'"


def test_leading_noughts_lost_among_persons(only_fault, place):
    for table in ("practices", "registrations", "persons"):
        place.tables[table]["practice"] = place.tables[table]["practice"].replace("10011", "00117")
    place.tables["persons"]["practice"] = place.tables["persons"]["practice"].str.lstrip("0")
    fault = only_fault(place)
    assert (fault.file, fault.column, fault.code, fault.rows) == ("persons.csv", "practice", "lost-leading-zeros", 116)


# --- localities


@pytest.mark.parametrize(("one", "other"), [("North & West", "North and West"), ("North", "NORTH"), ("N W", "N  W")])
def test_two_localities_that_differ_only_in_spelling(only_fault, areas, one, other):
    areas.tables["localities"]["name"] = [one] * 4 + [other] * 4
    fault = only_fault(areas)
    assert (fault.file, fault.row, fault.column, fault.code) == ("localities.csv", 6, "name", "localities-alike")
    assert f"'{other}'" in fault.what


def test_two_localities_of_one_name(only_fault, areas):
    areas.tables["localities"]["name"] = "North"
    assert only_fault(areas).what == "two localities, north and south, are both called 'North'"


def test_spaces_around_a_locality_code(only_fault, areas):
    fault = only_fault(areas.put("localities", 4, "locality", "north "))
    assert (fault.file, fault.row, fault.column, fault.code) == ("localities.csv", 4, "locality", "spaces-around")


def test_one_locality_only(only_fault, areas):
    areas.tables["localities"] = areas.tables["localities"].assign(locality="all", name="All")
    assert only_fault(areas).code == "too-few-localities"


# --- files


def test_text_in_a_number_column(only_fault, areas):
    fault = only_fault(areas.put("population", 9, "people", "about 5"))
    assert str(fault) == (
        "population.csv, row 9, column people: 'about 5' is not a number. "
        "Write a number; put notes into another column."
    )


def test_a_lookup_in_windows_1252_is_read(check, areas):
    areas.tables["zones"]["name"] = "Côte-des-Îles"
    areas.tables["localities"]["name"] = ["Nòrd"] * 4 + ["Süd"] * 4

    def spoil(folder):
        for name in ("zones.csv", "localities.csv"):
            path = folder / name
            path.write_bytes(path.read_text("utf-8").encode("cp1252"))

    assert check(areas, spoil).faults == ()


def test_a_lookup_in_an_unknown_encoding(only_fault, areas):
    def spoil(folder):
        path = folder / "indicators.csv"
        path.write_bytes(path.read_text("utf-8").encode("utf-16"))

    fault = only_fault(areas, spoil)
    assert (fault.file, fault.code) == ("indicators.csv", "unknown-encoding")


def test_a_file_cut_off_in_the_middle(only_fault, areas):
    def spoil(folder):
        path = folder / "indicators.csv"
        path.write_bytes(path.read_bytes()[:-12])

    fault = only_fault(areas, spoil)
    assert (fault.file, fault.row, fault.code) == ("indicators.csv", 9, "cut-off")


def test_a_compressed_file_cut_off_in_the_middle(only_fault, areas):
    areas.entries["indicators"] = '{ file = "indicators.csv.gz" }'

    def spoil(folder):
        packed = gzip.compress((folder / "indicators.csv").read_bytes())
        (folder / "indicators.csv.gz").write_bytes(packed[: len(packed) // 2])

    fault = only_fault(areas, spoil)
    assert (fault.file, fault.code) == ("indicators.csv.gz", "cut-off")


def test_an_empty_file(only_fault, areas):
    fault = only_fault(areas, lambda folder: (folder / "indicators.csv").write_bytes(b""))
    assert (fault.file, fault.code) == ("indicators.csv", "empty-file")


def test_a_header_without_rows(only_fault, areas):
    areas.tables["indicators"] = areas.tables["indicators"].iloc[:0]
    fault = only_fault(areas)
    assert (fault.file, fault.code) == ("indicators.csv", "empty-table")


@pytest.mark.parametrize("table", ["cost_curves", "activity"])
def test_a_parquet_file_of_no_bytes(only_fault, place, table):
    place.entries[table] = f'{{ file = "{table}.parquet" }}'
    fault = only_fault(place, lambda folder: (folder / f"{table}.parquet").write_bytes(b""))
    assert (fault.file, fault.code) == (f"{table}.parquet", "empty-parquet")


# --- money and activity


def test_a_heading_of_activity_that_no_service_has(only_fault, place):
    place.tables["activity"]["heading"] = place.tables["activity"]["heading"].replace("Acute", "Acutes")
    faults = only_fault(place.put("services", 2, "split_by", "population"))
    assert (faults.file, faults.column, faults.code) == ("activity.csv", "heading", "heading-not-in-ledger")
    assert faults.what == "no service has the heading 'Acutes'"
    assert "Did you mean 'Acute'?" in faults.do


def test_a_heading_of_activity_that_the_ledger_lacks(only_fault, place):
    place.tables["ledger"] = place.tables["ledger"].iloc[1:]
    fault = only_fault(place)
    assert (fault.file, fault.code) == ("activity.csv", "heading-not-in-ledger")
    assert fault.what == (
        "the ledger has no amount in 2022/23 for 'Hospital stays', which the activity heading 'Acute' shows"
    )


def test_a_service_in_the_ledger_without_activity(only_fault, place):
    activity = place.tables["activity"]
    place.tables["activity"] = activity[activity["heading"] != "Home care"]
    fault = only_fault(place)
    assert (fault.file, fault.row, fault.column) == ("ledger.csv", 4, "service")
    assert fault.code == "heading-without-activity"
    assert fault.what == "'Care at home' has money, but there is no activity under 'Home care' to split it by"


def test_a_service_that_is_split_by_population_needs_no_activity(check, place):
    activity = place.tables["activity"]
    place.tables["activity"] = activity[activity["heading"] != "Home care"]
    assert check(place.put("services", 4, "split_by", "population")).faults == ()


def test_a_service_of_the_ledger_that_is_unknown(only_fault, areas):
    fault = only_fault(areas.put("ledger", 3, "service", "GP prescribings"))
    assert (fault.file, fault.row, fault.column, fault.code) == ("ledger.csv", 3, "service", "service-unknown")
    assert "Did you mean 'GP prescribing'?" in fault.do


def test_a_heading_with_two_services_cannot_stand_for_one(only_fault, areas):
    areas.put("services", 3, "heading", "Acute").put("ledger", 2, "service", "Acute")
    assert only_fault(areas).what == "the heading 'Acute' has 2 services, so its money belongs to none of them"


def test_a_ledger_of_other_years_only(only_fault, areas):
    areas.tables["ledger"]["year"] = "2021/22"
    fault = only_fault(areas)
    assert (fault.file, fault.column, fault.code) == ("ledger.csv", "year", "ledger-without-year")
    assert fault.what == "it has no amount for 2022/23, only for 2021/22"


def test_pounds_with_fractions_where_pence_are_declared(only_fault, areas):
    fault = only_fault(areas.put("ledger", 2, "pence", "250000.50"))
    assert (fault.file, fault.row, fault.column, fault.code) == ("ledger.csv", 2, "pence", "not-pence")


def test_whole_pounds_in_the_activity(only_fault, place):
    pence = place.tables["activity"]["cost_pence"].astype(int)
    place.tables["activity"]["cost_pence"] = (pence // 100).astype("string")
    fault = only_fault(place)
    assert (fault.file, fault.column, fault.code) == ("activity.csv", "cost_pence", "pounds-not-pence")
    assert fault.what.startswith("it adds up to £3,320, but the ledger for the same services to £350,000")


def test_whole_pounds_in_the_ledger(only_fault, place):
    pence = place.tables["ledger"]["pence"].astype(int)
    place.tables["ledger"]["pence"] = (pence // 100).astype("string")
    fault = only_fault(place)
    assert (fault.file, fault.column, fault.code) == ("ledger.csv", "pence", "pounds-not-pence")


def test_repeated_persons_are_counted_and_not_named(only_fault, place):
    persons = place.tables["persons"]
    place.tables["persons"] = pd.concat([persons, persons.iloc[:3]])
    fault = only_fault(place)
    assert (fault.file, fault.row, fault.code, fault.rows) == ("persons.csv", None, "repeated-person", 3)
    assert "P0000" not in str(fault)


def test_activity_outside_the_year(only_fault, place):
    place.put("activity", 2, "start", "2021-01-05").put("activity", 4, "start", "2023-04-01")
    fault = only_fault(place)
    assert (fault.file, fault.code, fault.rows) == ("activity.csv", "date-outside-year", 2)


def test_activity_of_a_named_earlier_year(check, place):
    place.settings = place.settings.replace('= "2022/23"', '= "2022/23"\nearlier = ["2021/22"]')
    assert check(place.put("activity", 2, "start", "2021-05-01")).faults == ()


def test_persons_elsewhere_and_nowhere_are_noted(check, place):
    place.put("persons", 2, "zone", "S01012000").put("persons", 3, "zone", "")
    report = check(place)
    assert report.faults == ()
    assert report.notes == (
        "persons.csv: 1 persons live in a zone outside the partnership",
        "persons.csv: 1 persons have no zone",
    )


def test_a_locality_name_with_a_trailing_space(only_fault, areas):
    fault = only_fault(areas.put("localities", 6, "name", "South "))
    assert str(fault) == (
        "localities.csv, row 6, column name: 'South ' has spaces around it, so it does not match the same name "
        "elsewhere. Take the spaces away."
    )


def test_a_space_where_nothing_is_matched_does_no_harm(check, areas):
    assert check(areas.put("ledger", 2, "source", "health board ")).faults == ()


def test_use_of_an_area_that_is_no_locality(only_fault, areas):
    areas.tables["area_activity"] = pd.DataFrame(
        [("North", "Home care", "2022/23", "hours", "5"), ("Suoth", "Home care", "2022/23", "hours", "6")],
        columns=["area", "heading", "year", "unit", "units"],
    )
    fault = only_fault(areas)
    assert (fault.file, fault.row, fault.column, fault.code) == ("area_activity.csv", 3, "area", "area-unknown")
    assert "Did you mean 'South'?" in fault.do


def test_published_use_by_area_counts_as_activity(check, place):
    activity = place.tables["activity"]
    place.tables["activity"] = activity[activity["heading"] != "Home care"]
    place.tables["area_activity"] = pd.DataFrame(
        [("North", "Home care", "2022/23", "hours", "5"), ("south", "Home care", "2022/23", "hours", "6")],
        columns=["area", "heading", "year", "unit", "units"],
    )
    assert check(place).faults == ()


def test_persons_who_stand_in_two_files(only_fault, place):
    persons = place.tables["persons"]
    place.entries["persons"] = '[{ file = "persons.csv" }, { file = "again.csv" }]'
    fault = only_fault(place, lambda folder: persons[:4].to_csv(folder / "again.csv", index=False))
    assert (fault.file, fault.code, fault.rows) == ("persons.csv, again.csv", "repeated-person", 4)


def test_what_others_pay_for_needs_no_money_in_our_ledger(check, place):
    place.tables["ledger"] = place.tables["ledger"].iloc[1:]
    assert check(place.put("services", 2, "scope", "hosted_elsewhere")).faults == ()


@pytest.mark.parametrize("cell", ["inf", "nan", "1e30"])
def test_a_number_that_counts_nothing(only_fault, areas, cell):
    fault = only_fault(areas.put("population", 4, "people", cell))
    assert (fault.file, fault.row, fault.column, fault.code) == ("population.csv", 4, "people", "not-number")
