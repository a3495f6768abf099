"""Scottish lookups of zones and localities are cut to the partnership and cleaned."""

from pathlib import Path

import pytest

import locality.sources  # noqa: F401  (fills the register of readers)
from factories.asking import ask, rows, said
from locality.foundations import check_frame
from locality.foundations.core_tables import LOCALITIES, ZONES
from locality.sources.readers import Partnership

LOOKUP_2011 = "lookups/DataZone2011lookup_2024-12-16.csv"
LOOKUP_2022 = "lookups/DataZone2022lookup_2024-12-16.csv"
PHS_CODES = "lookups/dz2011_codes_and_labels_phs.csv"
PHS_LOCALITIES = "hscp_locality/datazone-to-locality-lookup.csv"
BEST_AVAILABLE = "hscp_locality/dz11_locality_best_available.csv"
COMMUNITY_PARTNERSHIPS = "hscp_locality/nhs_highland_datazone_community_partnership.csv"

GLASGOW = Partnership("S37000034", "Glasgow City", "Scotland")
ARGYLL = Partnership("S37000004", "Argyll and Bute", "Scotland")
HIGHLAND = Partnership("S37000016", "Highland", "Scotland")

LOOKUP = """\
DZ2011_Code,DZ2011_Name,HIA_Code,HIA_Name,UR8_Code
S01008962,Crail and\xa0Boarhills ,S37000032,Fife,6
S01006506,Culter - 01,S37000001,Aberdeen City,1
S01008963,Anstruther,S37000032,Fife,4
"""

PHS = """\
DataZone,SubHSCP,SubHSCPName,CA,HSCP,HB,Country
S01008962,PF0000006,North East Fife ,S12000047,S37000032,S08000029,S92000003
S01008001,PA0000001,Kilmarnock,S12000008,S37000008,S08000015,S92000003
S01012417,PA0000015,Troon,S37000027,S37000008,S08000015,S92000003
"""

BEST = """\
DataZone,Locality,SubHSCP,HSCP,source,confidence
S01009758,Glasgow South,,S37000034,council wards of 2022,approximate
S01009759,Glasgow North,,S37000034,council wards of 2022,approximate
S01008962,North East Fife,PF0000006,S37000032,PHS Open Data,published
"""


def write(folder: Path, text: str, encoding: str = "utf-8") -> None:
    (folder / "lookup.csv").write_bytes(text.encode(encoding))


def test_a_zone_lookup_is_cut_to_the_partnership_and_its_names_are_cleaned(tmp_path: Path) -> None:
    write(tmp_path, LOOKUP, "windows-1252")
    (table,) = ask("scotgov-zone-lookup-2011", tmp_path, "lookup.csv")
    assert list(table.frame.columns) == ["zone", "name", "urban_rural"]
    assert rows(table.frame) == [(2, "S01008962", "Crail and Boarhills", "6"), (4, "S01008963", "Anstruther", "4")]


@pytest.mark.parametrize(
    ("code", "name", "message"),
    [
        ("S37000014", "Fife", "it has no rows of S37000014 (Fife); near to it: S37000032 Fife."),
        ("S3700003", "Fyfe", "it has no rows of S3700003 (Fyfe); near to it: S37000032 Fife."),
        ("S99", "Smallshire", "no rows of S99 (Smallshire); it has: S37000001 Aberdeen City, S37000032 Fife."),
        ("S37000012", "Edinburgh", "(Edinburgh); it has: S37000001 Aberdeen City, S37000032 Fife."),
    ],
)
def test_a_partnership_that_a_lookup_lacks_is_named_with_those_that_are_near(
    tmp_path: Path, code: str, name: str, message: str
) -> None:
    write(tmp_path, LOOKUP)
    (table,) = ask("scotgov-zone-lookup-2011", tmp_path, "lookup.csv", partnership=Partnership(code, name, "Scotland"))
    assert said(table) == [("partnership-not-in-file", None)]
    assert message in str(table.faults[0])


def test_one_file_that_cannot_be_read_does_not_hide_the_next(tmp_path: Path) -> None:
    write(tmp_path, LOOKUP)
    tables = ask("scotgov-zone-lookup-2011", tmp_path, "none.csv", "lookup.csv")
    assert [said(table) for table in tables] == [[("no-such-file", None)], []]


def test_a_zone_lookup_of_the_other_edition_lacks_the_columns(tmp_path: Path) -> None:
    write(tmp_path, LOOKUP)
    (table,) = ask("scotgov-zone-lookup-2022", tmp_path, "lookup.csv")
    assert {fault.column for fault in table.faults} == {"DZ22_Code", "DZ22_Name"}


def test_localities_have_the_publishers_code_and_a_name_without_trailing_spaces(tmp_path: Path) -> None:
    write(tmp_path, PHS)
    (table,) = ask("phs-datazone-locality", tmp_path, "lookup.csv")
    assert rows(table.frame) == [(2, "S01008962", "PF0000006", "North East Fife")]
    assert table.notes == ()


def test_a_partnership_code_that_slipped_into_the_council_column_is_found_there_and_said(tmp_path: Path) -> None:
    write(tmp_path, PHS)
    (east,) = ask(
        "phs-datazone-locality", tmp_path, "lookup.csv", partnership=Partnership("S37000008", "East Ayrshire", "S")
    )
    (south,) = ask(
        "phs-datazone-locality", tmp_path, "lookup.csv", partnership=Partnership("S37000027", "South Ayrshire", "S")
    )
    assert rows(east.frame) == [(3, "S01008001", "PA0000001", "Kilmarnock")]
    assert rows(south.frame) == [(4, "S01012417", "PA0000015", "Troon")]
    assert (len(east.notes), len(south.notes)) == (0, 1)


def test_localities_that_nobody_published_are_refused_unless_accepted(tmp_path: Path) -> None:
    write(tmp_path, BEST)
    (table,) = ask("locality-best-available", tmp_path, "lookup.csv", partnership=GLASGOW)
    assert said(table) == [("locality-not-published", 2)]
    assert 'add accept = ["approximate"] to this entry' in table.faults[0].do
    assert table.notes == ()


def test_accepted_localities_are_spoken_of_in_the_notes_and_coded_by_their_name(tmp_path: Path) -> None:
    write(tmp_path, BEST)
    (table,) = ask(
        "locality-best-available", tmp_path, "lookup.csv", partnership=GLASGOW, accept=["approximate", "rough"]
    )
    assert table.faults == ()
    assert rows(table.frame) == [
        (2, "S01009758", "Glasgow South", "Glasgow South"),
        (3, "S01009759", "Glasgow North", "Glasgow North"),
    ]
    assert table.notes == (
        "lookup.csv: 2 zones are in approximate localities, not in published ones: council wards of 2022",
    )


def test_published_localities_of_the_same_file_need_no_acceptance(tmp_path: Path) -> None:
    write(tmp_path, BEST)
    (table,) = ask("locality-best-available", tmp_path, "lookup.csv")
    assert rows(table.frame) == [(4, "S01008962", "PF0000006", "North East Fife")]
    assert (table.faults, table.notes) == ((), ())


def test_community_partnerships_are_cut_by_the_name_of_the_council(tmp_path: Path) -> None:
    write(
        tmp_path, "DataZone,IntZone,CP_Name,CAName\nS01007284,S02001370,Oban,Argyll and Bute\nS0,S02,Nairn,Highland\n"
    )
    argyll = Partnership("S37000004", "Argyll & Bute", "Scotland")
    (table,) = ask("nhs-highland-partnerships", tmp_path, "lookup.csv", partnership=argyll)
    assert rows(table.frame) == [(2, "S01007284", "Oban", "Oban")]
    (other,) = ask("nhs-highland-partnerships", tmp_path, "lookup.csv")
    assert said(other) == [("partnership-not-in-file", None)]
    assert "it has no rows of Fife; it has: Argyll and Bute, Highland" in other.faults[0].what


@pytest.mark.data
@pytest.mark.parametrize(
    ("reader", "file", "partnership", "count"),
    [
        ("scotgov-zone-lookup-2011", LOOKUP_2011, None, 494),
        ("scotgov-zone-lookup-2022", LOOKUP_2022, None, 511),
        ("phs-geography-codes", PHS_CODES, None, 494),
        ("scotgov-zone-lookup-2011", LOOKUP_2011, GLASGOW, 746),
        ("scotgov-zone-lookup-2011", LOOKUP_2011, ARGYLL, 125),
    ],
)
def test_the_published_lookups_have_each_partnerships_zones(
    data_root: Path, reader: str, file: str, partnership: Partnership | None, count: int
) -> None:
    (table,) = ask(reader, data_root, file, **({"partnership": partnership} if partnership else {}))
    typed, faults = check_frame(ZONES, table.frame, file)
    assert faults == []
    assert len(typed) == count


@pytest.mark.data
def test_fife_has_seven_published_localities(data_root: Path) -> None:
    (table,) = ask("phs-datazone-locality", data_root, PHS_LOCALITIES)
    typed, faults = check_frame(LOCALITIES, table.frame, "lookup")
    assert faults == []
    assert typed["name"].value_counts().to_dict() == {
        "North East Fife": 96,
        "Kirkcaldy": 80,
        "City of Dunfermline": 75,
        "Glenrothes": 70,
        "South West Fife": 68,
        "Cowdenbeath": 54,
        "Levenmouth": 51,
    }


@pytest.mark.data
def test_the_published_localities_give_both_ayrshires_their_own_zones(data_root: Path) -> None:
    for code, name, zones in (("S37000008", "East Ayrshire", 163), ("S37000027", "South Ayrshire", 153)):
        (table,) = ask(
            "phs-datazone-locality", data_root, PHS_LOCALITIES, partnership=Partnership(code, name, "Scotland")
        )
        assert len(table.frame) == zones


@pytest.mark.data
def test_glasgow_is_not_in_the_published_localities_but_in_the_completed_ones(data_root: Path) -> None:
    (published,) = ask("phs-datazone-locality", data_root, PHS_LOCALITIES, partnership=GLASGOW)
    assert said(published) == [("partnership-not-in-file", None)]
    (best,) = ask("locality-best-available", data_root, BEST_AVAILABLE, partnership=GLASGOW, accept="approximate")
    assert (len(best.frame), best.frame["locality"].nunique(), best.faults) == (746, 3, ())


@pytest.mark.data
def test_nhs_highland_has_thirteen_community_partnerships_in_two_partnerships(data_root: Path) -> None:
    (argyll,) = ask("nhs-highland-partnerships", data_root, COMMUNITY_PARTNERSHIPS, partnership=ARGYLL)
    (highland,) = ask("nhs-highland-partnerships", data_root, COMMUNITY_PARTNERSHIPS, partnership=HIGHLAND)
    assert (len(argyll.frame), argyll.frame["locality"].nunique()) == (125, 4)
    assert (len(highland.frame), highland.frame["locality"].nunique()) == (312, 9)


@pytest.mark.data
def test_community_partnership_populations_are_those_that_the_board_published(data_root: Path) -> None:
    """Nine of the thirteen are in Highland, whose zone totals of mid-2022 are published beside them."""
    import pandas as pd

    from locality.sources.files import read_cells

    folder = data_root / "population_dz11/nhs_highland_mid2022"
    (table,) = ask("nhs-highland-partnerships", data_root, COMMUNITY_PARTNERSHIPS, partnership=HIGHLAND)
    totals = read_cells(folder / "highland-datazone-totals.csv", "totals").set_index("Data zone code")["population"]
    people = pd.to_numeric(table.frame["zone"].map(totals)).groupby(table.frame["locality"]).sum()
    published = read_cells(folder / "high-level-CP-pops.csv", "published")
    published = published[published["sheet"] == "Persons"].set_index("CP_Name")["pop"].astype(int)
    assert people.to_dict() == {name: published[name] for name in people.index}
    assert people.sum() == 235710
