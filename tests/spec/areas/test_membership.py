"""Every zone of a partnership is in exactly one locality, on any day that is asked about."""

import datetime as dt

import pandas as pd

from locality.areas import check_membership, localities_on
from locality.foundations import check_frame
from locality.foundations.core_tables import LOCALITIES, ZONES

DAY = dt.date(2022, 4, 1)
A, B, C, D = "S01008001", "S01008002", "S01008003", "S01008004"


def zones(*codes: str) -> pd.DataFrame:
    return check_frame(ZONES, pd.DataFrame({"zone": codes, "name": codes}), "zones.csv")[0]


def localities(text: str) -> pd.DataFrame:
    """One row a line: zone, locality, first day, last day; a dash for an empty cell."""
    rows = [[None if cell == "-" else cell for cell in line.split()] for line in text.strip().splitlines()]
    raw = pd.DataFrame(rows, columns=["zone", "locality", "from", "to"], index=range(2, 2 + len(rows)))
    typed, faults = check_frame(LOCALITIES, raw, "localities.csv")
    assert not faults
    return typed


def faults(there: pd.DataFrame, members: pd.DataFrame) -> list[tuple[str, int | None, int]]:
    return [(one.code, one.row, one.rows) for one in check_membership(there, members, DAY, "localities.csv")]


def test_the_memberships_of_a_day_are_those_begun_and_not_yet_ended() -> None:
    members = localities(
        f"""
        {A}  Old    -           2022-03-31
        {A}  North  2022-04-01  -
        {B}  South  -           2022-04-01
        {C}  South  2022-04-02  -
        """
    )
    in_force = localities_on(members, DAY)
    assert list(in_force.index) == [3, 4]
    assert list(in_force["locality"]) == ["North", "South"]


def test_a_proper_division_has_no_fault() -> None:
    members = localities(f"{A} North - -\n{B} North - -\n{C} South - -")
    assert faults(zones(A, B, C), members) == []


def test_a_zone_in_no_locality_is_named() -> None:
    members = localities(f"{A} North - -\n{B} South - -\n{C} South - 2022-03-31")
    (fault,) = check_membership(zones(A, B, C, D), members, DAY, "localities.csv")
    assert fault.code == "zone-without-locality"
    assert str(fault) == (
        "localities.csv, column zone: 2 of the partnership's 4 zones are in no locality on 2022-04-01: "
        "S01008003, S01008004. Put every zone into one locality."
    )


def test_a_zone_in_two_localities_is_named_with_both() -> None:
    members = localities(f"{A} North 2020-01-01 -\n{B} South - -\n{A} South - -")
    (fault,) = check_membership(zones(A, B), members, DAY, "localities.csv")
    assert (fault.code, fault.row) == ("zone-in-two-localities", 4)
    assert "S01008001 is in North and South on 2022-04-01" in fault.what


def test_a_zone_twice_in_one_locality_is_no_second_membership() -> None:
    members = localities(f"{A} North 2020-01-01 -\n{B} South - -\n{A} North 2021-01-01 -")
    assert faults(zones(A, B), members) == []


def test_a_zone_of_another_partnership_is_named() -> None:
    members = localities(f"{A} North - -\n{B} South - -\n{C} South - -\n{D} South - -")
    assert faults(zones(A, B), members) == [("zone-outside-partnership", 4, 2)]


def test_more_zones_than_can_be_named_are_counted() -> None:
    members = localities(f"{A} North - -\n{B} South - -")
    (fault,) = check_membership(zones(A, B, *[f"S0100900{n}" for n in range(5)]), members, DAY, "localities.csv")
    assert "S01009000, S01009001, S01009002 and 2 more" in fault.what


def test_one_locality_is_too_few() -> None:
    (fault,) = check_membership(zones(A, B), localities(f"{A} North - -\n{B} North - -"), DAY, "localities.csv")
    assert fault.code == "too-few-localities"
    assert "there is only North on 2022-04-01; a partnership has 2 or more" in fault.what


def test_no_locality_at_all_is_said_in_words() -> None:
    members = localities(f"{A} North - 2021-01-01")
    codes = [fault.code for fault in check_membership(zones(A), members, DAY, "localities.csv")]
    assert codes == ["zone-without-locality", "too-few-localities"]


def test_localities_of_another_edition_of_zones_are_named_once() -> None:
    members = localities("S01013482 North - -\nS01013483 South - -")
    (fault,) = check_membership(zones(A, B), members, DAY, "localities.csv")
    assert (fault.code, fault.row, fault.rows) == ("zone-other-vintage", 2, 2)
    assert "'S01013482' is one of the 2022 data zones, but the partnership's zones are 2011 data zones" in fault.what


def test_some_zones_of_another_edition_do_not_hide_other_faults() -> None:
    members = localities(f"{A} North - -\nS01013482 South - -\n{C} South - -")
    assert faults(zones(A, B), members) == [
        ("zone-other-vintage", 3, 1),
        ("zone-outside-partnership", 4, 1),
        ("zone-without-locality", None, 1),
        ("too-few-localities", None, 1),
    ]


def test_a_table_of_several_files_names_the_file_of_the_row() -> None:
    members = localities(f"{A} North - -\n{B} South - -\n{C} South - -")
    members.index = pd.MultiIndex.from_tuples([("one.csv", 2), ("one.csv", 3), ("two.csv", 2)])
    (fault,) = check_membership(zones(A, B), members, DAY, "localities.csv")
    assert (fault.file, fault.row) == ("two.csv", 2)
