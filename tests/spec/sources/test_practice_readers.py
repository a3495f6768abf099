"""GP practices, Scottish and English: list sizes, networks, registrations."""

import pandas as pd
import pytest

from factories.reading import ask, codes, typed, write
from locality.foundations import InputRefused
from locality.sources.practices import check_practice_lists

PENNINE = "england_pennine_gp_pcn"


def test_a_scottish_practice_file_gives_codes_and_lists_but_no_zone(tmp_path):
    file = write(tmp_path, "gps.csv", "practice_code,list_size,postcode\n01234,8102,ZZ1 1ZZ")
    practices, faults = typed("scottish-gp-practices", file, root=tmp_path)
    assert (practices.practice.item(), practices.patients.item(), faults) == ("01234", 8102, [])
    assert practices.zone.isna().all()


def test_practices_with_zones_are_cut_to_the_partnership(tmp_path):
    text = "practice_code,list_size,DataZone,HSCP\n1,50,S01009264,S37000032\n2,70,S01010360,S37000034"
    practices, _ = typed("gp-practices-with-zones", write(tmp_path, "gps.csv", text), root=tmp_path)
    assert practices[["practice", "zone"]].values.tolist() == [["1", "S01009264"]]


def test_a_practice_file_without_the_partnership_is_refused(tmp_path):
    file = write(tmp_path, "gps.csv", "practice_code,list_size,DataZone,HSCP\n2,70,S01010360,S37000034")
    with pytest.raises(InputRefused, match="no practice has the partnership code S37000032"):
        ask("gp-practices-with-zones", file, root=tmp_path)


def test_a_file_of_another_layout_names_every_missing_column(tmp_path):
    file = write(tmp_path, "gps.csv", "code,size\n2,70")
    with pytest.raises(InputRefused) as refused:
        ask("scottish-gp-practices", file, root=tmp_path)
    assert [fault.column for fault in refused.value.faults] == ["practice_code", "list_size"]


def _lists(*patients):
    codes = [str(number) for number in range(10, 10 + len(patients))]
    return pd.DataFrame({"practice": codes, "patients": pd.array(patients, "Int64")}, index=range(2, 2 + len(patients)))


def test_a_list_of_fifty_thousand_among_thousands_is_questioned():
    (fault,) = check_practice_lists(_lists(5000, 6000, 55_163, 7000), "gps.csv")
    assert str(fault) == (
        "gps.csv, row 4, column patients: practice 12 has 55,163 patients, 8 times the median of 6,500. "
        'Correct it; if the list is right, add accept = ["12"] to the entry of practices in partnership.toml.'
    )


def test_a_questioned_list_that_somebody_knows_to_be_right_is_accepted():
    assert check_practice_lists(_lists(5000, 6000, 55_163, 7000), "gps.csv", accept=["12"]) == []


def test_a_town_practice_among_islands_is_not_questioned():
    assert check_practice_lists(_lists(900, 1300, 1300, 11_182), "gps.csv") == []


def test_lists_that_are_not_known_are_not_questioned():
    assert check_practice_lists(_lists(None, None), "gps.csv") == []


REGISTRATIONS = """
"","PRACTICE_CODE","LSOA_CODE","SEX","Number.of.Patients"
"1","P1","E01012571","ALL",40
"2","P1","E01012572","ALL",60
"3","P1","NO2011","ALL",5
"4","P2","E01012571","ALL",7
"5","P2","E01012571","MALE",3
"""


def test_registrations_are_read_once_for_both_sexes_and_those_without_an_lsoa_are_named(tmp_path):
    file = write(tmp_path, "reg.csv", REGISTRATIONS)
    (raw,) = ask("nhs-practice-lsoa-registrations", file, root=tmp_path)
    assert raw.frame.values.tolist() == [["E01012571", "P1", "40"], ["E01012572", "P1", "60"], ["E01012571", "P2", "7"]]
    assert list(raw.frame.index) == [2, 3, 5]
    assert raw.notes == ("reg.csv: 5 patients have no LSOA (NO2011, 1 rows) and are left out.",)


def test_registrations_that_all_have_an_lsoa_need_no_note(tmp_path):
    file = write(tmp_path, "reg.csv", "PRACTICE_CODE,LSOA_CODE,SEX,Number.of.Patients\nP1,E01012571,ALL,4")
    assert ask("nhs-practice-lsoa-registrations", file, root=tmp_path)[0].notes == ()


def test_the_primary_care_network_is_the_cluster_and_registrations_give_the_list(tmp_path):
    write(tmp_path, "reg.csv", REGISTRATIONS)
    file = write(
        tmp_path, "pcn.csv", "PCode,Practice Name,PCN\nP1,HILL SURGERY (EAST),EAST PCN\nP9,NEW SURGERY,EAST PCN"
    )
    practices, faults = typed("nhs-practice-pcn", file, root=tmp_path, registrations="reg.csv")
    assert practices[["practice", "cluster"]].values.tolist() == [["P1", "EAST PCN"], ["P9", "EAST PCN"]]
    assert practices.patients.fillna(-1).tolist() == [105, -1]
    assert faults == []


def test_without_a_registrations_file_the_list_is_not_known(tmp_path):
    file = write(tmp_path, "pcn.csv", "PCode,Practice Name,PCN\nP1,HILL SURGERY,EAST PCN")
    practices, _ = typed("nhs-practice-pcn", file, root=tmp_path)
    assert practices.patients.isna().all()


def test_a_gap_in_the_registrations_is_named_before_they_are_added_up(tmp_path):
    write(tmp_path, "reg.csv", "PRACTICE_CODE,LSOA_CODE,SEX,Number.of.Patients\nP1,E01012571,ALL,n/a")
    file = write(tmp_path, "pcn.csv", "PCode,Practice Name,PCN\nP1,HILL SURGERY,EAST PCN")
    with pytest.raises(InputRefused, match=r"reg.csv, row 2, column Number.of.Patients: 'n/a' is not a number"):
        ask("nhs-practice-pcn", file, root=tmp_path, registrations="reg.csv")


AGES = "ORG_CODE,SEX,AGE,POP\nP1,MALE,0,-4\nP1,FEMALE,0,5\nP2,FEMALE,0,6\nP1,MALE,95+,-1"


def test_men_stored_below_zero_are_a_fault(tmp_path):
    _, faults = typed("nhs-practice-age-sex", write(tmp_path, "ages.csv", AGES), root=tmp_path)
    assert str(faults[0]) == (
        "ages.csv, row 2, column POP: people of sex MALE are stored as negative numbers ('-4'), as for a pyramid chart "
        "(2 rows in all). If that is why, add absolute = true to this entry; otherwise correct the numbers."
    )
    assert codes(faults) == ["negative-males"]


def test_men_stored_below_zero_are_counted_when_the_entry_says_so(tmp_path):
    file = write(tmp_path, "ages.csv", AGES)
    practices, faults = typed("nhs-practice-age-sex", file, root=tmp_path, absolute=True)
    assert practices[["practice", "patients"]].values.tolist() == [["P1", 10], ["P2", 6]]
    assert faults == []


def test_an_empty_count_is_named_before_ages_are_added_up(tmp_path):
    file = write(tmp_path, "ages.csv", "ORG_CODE,SEX,AGE,POP\nP1,MALE,0,")
    with pytest.raises(InputRefused, match="row 2, column POP: the cell is empty"):
        ask("nhs-practice-age-sex", file, root=tmp_path)


@pytest.mark.data
def test_scotland_has_907_practices_and_one_list_is_questioned(data_root):
    practices, faults = typed("scottish-gp-practices", "gp_practices/scottish-gp-locations.tsv", root=data_root)
    assert (len(practices), int(practices.patients.sum()), faults) == (907, 5_855_311, [])
    (fault,) = check_practice_lists(practices, "gps")
    assert "practice 43576 has 55,163 patients, 9 times the median of 5,998" in fault.what


@pytest.mark.data
@pytest.mark.parametrize(
    ("code", "count", "patients", "questioned"),
    [("S37000032", 53, 390_295, 0), ("S37000004", 31, 89_396, 0), ("S37000034", 141, 753_264, 1)],
    ids=["Fife", "Argyll and Bute", "Glasgow City"],
)
def test_a_partnership_keeps_its_own_practices(data_root, code, count, patients, questioned):
    file = "gp_practices/gp_practices_with_zones.csv"
    practices, faults = typed("gp-practices-with-zones", file, root=data_root, code=code)
    assert (len(practices), int(practices.patients.sum()), faults) == (count, patients, [])
    assert len(check_practice_lists(practices, file)) == questioned


@pytest.mark.data
def test_the_lists_of_74_pennine_practices_agree_between_three_files(data_root):
    registered = f"{PENNINE}/practice_lsoa_registrations_2020-04.csv.gz"
    practices, faults = typed("nhs-practice-pcn", f"{PENNINE}/PCNdefs.csv", root=data_root, registrations=registered)
    aged, more = typed(
        "nhs-practice-age-sex", f"{PENNINE}/practice_age_sex_2020-04.csv.gz", root=data_root, absolute=True
    )
    assert (len(practices), practices.cluster.nunique(), faults + more) == (74, 13, [])
    assert int(practices.patients.sum()) == int(aged.patients.sum()) == 567_471


@pytest.mark.data
def test_pennine_registrations_cross_the_border(data_root):
    file = f"{PENNINE}/practice_lsoa_registrations_2020-04.csv.gz"
    registrations, faults = typed("nhs-practice-lsoa-registrations", file, root=data_root)
    assert faults == []
    assert (registrations.practice.nunique(), int(registrations.patients.sum())) == (262, 589_463 - 103)
