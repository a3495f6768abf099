"""A zone's code tells which edition of the small areas it belongs to."""

from pathlib import Path

import pandas as pd
import pytest

from locality.areas import check_vintage, is_other_vintage, vintages_of, zone_vintage, zone_vintages
from locality.sources.files import read_cells


@pytest.mark.parametrize(
    ("zone", "vintage"),
    [
        ("S01000001", "2001 data zones"),
        ("S01006505", "2001 data zones"),
        ("S01006506", "2011 data zones"),
        ("S01013481", "2011 data zones"),
        ("S01013482", "2022 data zones"),
        ("S01020873", "2022 data zones"),
        ("S01020874", None),
        ("E01012571", "English LSOAs"),
        ("S12000047", None),
        ("A01000000", None),
        ("S0100650", None),
        ("S010065061", None),
        ("", None),
    ],
)
def test_the_code_ranges_tell_the_edition(zone: str, vintage: str | None) -> None:
    assert zone_vintage(zone) == vintage


def test_a_column_of_codes_is_told_at_once_and_gaps_stay_gaps() -> None:
    codes = pd.Series(["S01006506", None, "x", "S01013482"], index=[2, 3, 4, 5], dtype="string")
    assert vintages_of(codes).fillna("-").to_dict() == {2: "2011 data zones", 3: "-", 4: "-", 5: "2022 data zones"}


def test_codes_of_no_known_edition_are_never_called_another_edition() -> None:
    ours = pd.Series(["S01006506"], dtype="string")
    codes = pd.Series(["S01006507", "S01013482", "W01000001", None], dtype="string")
    assert is_other_vintage(codes, ours).tolist() == [False, True, False, False]
    assert check_vintage(codes, pd.Series(["W01000001"], dtype="string"), "a.csv") == []


def test_each_other_edition_is_named_with_its_first_row() -> None:
    codes = pd.Series(["S01006506", "S01013482", "S01013483", "E01000001"], index=[2, 3, 4, 5], dtype="string")
    found = check_vintage(codes, codes.head(1), "population.csv")
    assert [(fault.row, fault.rows, fault.code) for fault in found] == [
        (3, 2, "zone-other-vintage"),
        (5, 1, "zone-other-vintage"),
    ]


@pytest.mark.data
@pytest.mark.parametrize(
    ("file", "column", "name"),
    [
        ("lookups/dz01_to_dz11.csv", "dz01_code", "2001 data zones"),
        ("lookups/DataZone2011lookup_2024-12-16.csv", "DZ2011_Code", "2011 data zones"),
        ("lookups/DataZone2022lookup_2024-12-16.csv", "DZ22_Code", "2022 data zones"),
    ],
)
def test_the_published_lookups_have_exactly_these_codes(data_root: Path, file: str, column: str, name: str) -> None:
    codes = read_cells(data_root / file, file)[column].drop_duplicates()
    vintage = next(one for one in zone_vintages() if one.name == name)
    assert (codes.min(), codes.max(), len(codes)) == (vintage.first, vintage.last, vintage.zones)
