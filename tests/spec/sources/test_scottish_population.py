"""National population workbooks of both layouts become one row for each zone, sex and age."""

from pathlib import Path

import pandas as pd
import pytest

import locality.sources
import locality.sources.scottish_population  # noqa: F401  (both fill the register of readers)
from factories.asking import ask, rows, said
from factories.workbooks import write_workbook
from locality.foundations import check_frame
from locality.foundations.core_tables import POPULATION
from locality.sources.single_years import age_columns

A, B = "S01006506", "S01006507"
FOLDER = "population_dz11/published/"
MALES, FEMALES, PERSONS = (f"{FOLDER}sape-2021-{sex}.xlsx" for sex in ("males", "females", "persons"))
NOTES = [["Population of data zones, mid-2021"], ["Supplier"]]
HEADER = ["Data zone code", "Data zone name", "Council area code", "Council area name"]
AGES = ["Age 0", "Age 1", "Age 90 and over"]


def new_layout(folder: Path, file: str, sex: str, *zones: tuple[object, ...], column: bool = True) -> str:
    """The layout from mid-2021: zone, total and three ages for each row."""
    head = [*HEADER, *(["Sex"] if column else []), "Total population", *AGES]
    written = [sex.removesuffix("s").title()] if column else []
    body = [[zone, "Culter", "S12000033", "Aberdeen City", *written, *counts] for zone, *counts in zones]
    title = [f"Table 1: Population of data zones by single year of age, {sex}, mid-2021"]
    write_workbook(folder / file, {"General_notes": NOTES, "Table_1": [title, ["One table."], head, *body]})
    return file


def old_layout(folder: Path, file: str, sex: str, *zones: tuple[object, ...], sheet: str = "Table 1a (2020)") -> str:
    """The layout until mid-2020: the header's names stand on two rows, with Scotland between them."""
    rows_above = [
        ["Table 1a: Estimated population by sex, single year of age and 2011 Data Zone area: 30 June 2020"],
        [],
        [None, None, None, None, sex],
        ["Area code", "Area name", "Council area", "All ages", "AGE0", "AGE1", "AGE90+"],
        [None, "SCOTLAND", None, 5466000, 48635, 51062, 43749],
        ["DataZone2011Code", "DataZone2011Name", "CouncilArea2019Name"],
        ["S12000033", "Aberdeen City", None, 229060, 2000, 2100, 1900],
    ]
    body = [[zone, "Culter", "Aberdeen City", *counts] for zone, *counts in zones]
    write_workbook(folder / file, {sheet: [*rows_above, *body, [], ["© Crown Copyright 2021"]]})
    return file


def read(folder: Path, *files: str, **options: object):
    return ask("nrs-small-area-population", folder, *files, **options)


# --- the two layouts --------------------------------------------------------------------------------------------------


def test_the_layout_from_2021_gives_every_age_with_its_row(tmp_path: Path) -> None:
    males = new_layout(tmp_path, "m.xlsx", "males", (A, 7, 1, 2, 4), (B, 5, 0, 5, 0))
    females = new_layout(tmp_path, "f.xlsx", "females", (A, 6, 1, 2, 3), (B, 5, 0, 4, 1))
    male, female = read(tmp_path, males, females)
    assert rows(male.frame[["zone", "year", "sex", "age_from", "age_to", "people"]]) == [
        (4, A, "2021", "male", "0", "0", "1"),
        (4, A, "2021", "male", "1", "1", "2"),
        (4, A, "2021", "male", "90", None, "4"),
        (5, B, "2021", "male", "0", "0", "0"),
        (5, B, "2021", "male", "1", "1", "5"),
        (5, B, "2021", "male", "90", None, "0"),
    ]
    assert set(female.frame["sex"]) == {"female"}
    assert (male.file, female.file, said(male), said(female)) == ("m.xlsx", "f.xlsx", [], [])


def test_the_layout_until_2020_leaves_out_scotland_councils_and_the_copyright(tmp_path: Path) -> None:
    males = old_layout(tmp_path, "m.xlsx", "MALES", (A, 7, 1, 2, 4))
    females = old_layout(tmp_path, "f.xlsx", "FEMALES", (A, 6, 1, 2, 3))
    male, female = read(tmp_path, males, females)
    assert rows(male.frame[["zone", "year", "sex", "age_from", "people"]]) == [
        (8, A, "2020", "male", "0", "1"),
        (8, A, "2020", "male", "1", "2"),
        (8, A, "2020", "male", "90", "4"),
    ]
    assert female.frame["people"].tolist() == ["1", "2", "3"]


def test_one_sheet_may_hold_all_sexes_below_each_other(tmp_path: Path) -> None:
    head = [*HEADER, "Sex", "Total population", *AGES]
    body = [
        [A, "Culter", "S12", "Aberdeen", sex, *counts]
        for sex, *counts in (("Persons", 5, 1, 2, 2), ("Females", 3, 1, 1, 1), ("Males", 2, 0, 1, 1))
    ]
    write_workbook(tmp_path / "p.xlsx", {"T": [["Population of data zones, mid-2022"], head, *body]})
    found = pd.concat([table.frame for table in read(tmp_path, "p.xlsx")])
    assert rows(found[["sex", "year", "people"]]) == [
        (4, "female", "2022", "1"),
        (4, "female", "2022", "1"),
        (4, "female", "2022", "1"),
        (5, "male", "2022", "0"),
        (5, "male", "2022", "1"),
        (5, "male", "2022", "1"),
    ]


def test_two_years_may_stand_side_by_side(tmp_path: Path) -> None:
    files = [
        old_layout(tmp_path, "m20.xlsx", "MALES", (A, 7, 1, 2, 4)),
        old_layout(tmp_path, "f20.xlsx", "FEMALES", (A, 6, 1, 2, 3)),
        new_layout(tmp_path, "m21.xlsx", "males", (A, 7, 1, 2, 4)),
        new_layout(tmp_path, "f21.xlsx", "females", (A, 6, 1, 2, 3)),
    ]
    tables = read(tmp_path, *files)
    assert [(table.frame["year"].iloc[0], table.frame["sex"].iloc[0]) for table in tables] == [
        ("2020", "male"),
        ("2020", "female"),
        ("2021", "male"),
        ("2021", "female"),
    ]


def test_a_workbook_that_does_not_say_sex_and_year_needs_them_in_its_entry(tmp_path: Path) -> None:
    head = ["Area code", "All ages", "AGE0", "AGE90+"]
    write_workbook(tmp_path / "x.xlsx", {"Data": [head, [A, 3, 1, 2]]})
    for options, code in (({"year": 2019}, "no-sex"), ({"sex": "male"}, "no-year")):
        (table,) = read(tmp_path, "x.xlsx", **options)
        assert said(table) == [(code, None)]
    (half,) = read(tmp_path, "x.xlsx", sex="male", year=2019)
    assert half.frame["year"].tolist() == ["2019", "2019"]


def test_a_workbook_that_speaks_of_two_sexes_is_not_guessed(tmp_path: Path) -> None:
    head = ["Area code", "All ages", "AGE0", "AGE90+"]
    write_workbook(tmp_path / "x.xlsx", {"Data": [["Males and females, mid-2021"], head, [A, 3, 1, 2]]})
    (table,) = read(tmp_path, "x.xlsx")
    assert "it speaks of female and male" in table.faults[0].what


# --- persons ----------------------------------------------------------------------------------------------------------


def test_persons_alone_are_refused_because_need_differs_by_sex(tmp_path: Path) -> None:
    (table,) = read(tmp_path, new_layout(tmp_path, "p.xlsx", "persons", (A, 3, 1, 1, 1), column=False))
    assert said(table) == [("no-sex", None)]
    assert str(table.faults[0]) == (
        "p.xlsx: it counts persons of 2021, not women and men. Name the publisher's workbooks of females and of "
        "males; one of them beside this one is enough."
    )


def test_persons_and_one_sex_give_the_other_as_the_difference_and_say_so(tmp_path: Path) -> None:
    persons = new_layout(tmp_path, "p.xlsx", "persons", (A, 13, 2, 4, 7), (B, 10, 0, 9, 1), column=False)
    males = new_layout(tmp_path, "m.xlsx", "males", (B, 5, 0, 5, 0), (A, 7, 1, 2, 4))
    male, female = read(tmp_path, persons, males)
    assert set(male.frame["sex"]) == {"male"}
    assert rows(female.frame[["zone", "sex", "age_from", "people"]]) == [
        (4, A, "female", "0", "1.0"),
        (4, A, "female", "1", "2.0"),
        (4, A, "female", "90", "3.0"),
        (5, B, "female", "0", "0.0"),
        (5, B, "female", "1", "4.0"),
        (5, B, "female", "90", "1.0"),
    ]
    assert female.notes == ("p.xlsx: females of 2021 are persons minus the males of m.xlsx",)


def test_a_sex_with_more_people_than_persons_is_named(tmp_path: Path) -> None:
    persons = new_layout(tmp_path, "p.xlsx", "persons", (A, 3, 1, 1, 1), (B, 3, 1, 1, 1), column=False)
    males = new_layout(tmp_path, "m.xlsx", "males", (A, 3, 1, 1, 1), (B, 4, 2, 1, 1))
    _, female = read(tmp_path, persons, males)
    assert said(female) == [("total-not-parts", 5)]
    assert f"{B} has fewer persons of some age than males in m.xlsx" in female.faults[0].what


def test_persons_of_other_zones_than_the_sex_are_refused(tmp_path: Path) -> None:
    persons = new_layout(tmp_path, "p.xlsx", "persons", (A, 3, 1, 1, 1), column=False)
    males = new_layout(tmp_path, "m.xlsx", "males", (B, 3, 1, 1, 1))
    _, female = read(tmp_path, persons, males)
    assert said(female) == [("total-not-parts", None)]
    assert "its zones or ages are not those of m.xlsx" in female.faults[0].what


def test_one_sex_alone_is_refused(tmp_path: Path) -> None:
    (table,) = read(tmp_path, new_layout(tmp_path, "m.xlsx", "males", (A, 3, 1, 1, 1)))
    assert said(table) == [("no-sex", None)]
    assert "Name the workbook of females, or that of persons, beside it." in str(table.faults[0])


def test_persons_beside_both_sexes_must_be_their_sum(tmp_path: Path) -> None:
    files = [
        new_layout(tmp_path, "p.xlsx", "persons", (A, 6, 2, 2, 2), (B, 5, 1, 2, 2), column=False),
        new_layout(tmp_path, "m.xlsx", "males", (A, 3, 1, 1, 1), (B, 3, 1, 1, 1)),
        new_layout(tmp_path, "f.xlsx", "females", (A, 3, 1, 1, 1), (B, 3, 1, 1, 1)),
    ]
    male, female = read(tmp_path, *files)
    assert (said(male), said(female)) == ([("total-not-parts", 5)], [])
    assert str(male.faults[0]).startswith(f"p.xlsx, row 5: persons of {B} are not the sum of its males and females")


def test_persons_that_are_the_sum_of_both_sexes_are_left_out(tmp_path: Path) -> None:
    files = [
        new_layout(tmp_path, "p.xlsx", "persons", (A, 6, 2, 2, 2), column=False),
        new_layout(tmp_path, "m.xlsx", "males", (A, 3, 1, 1, 1)),
        new_layout(tmp_path, "f.xlsx", "females", (A, 3, 1, 1, 1)),
    ]
    assert [(table.file, said(table)) for table in read(tmp_path, *files)] == [("m.xlsx", []), ("f.xlsx", [])]


# --- faults -----------------------------------------------------------------------------------------------------------


def test_a_total_that_its_ages_do_not_make_is_named_with_row_and_figures(tmp_path: Path) -> None:
    males = new_layout(tmp_path, "m.xlsx", "males", (A, 7, 1, 2, 4), (B, 1500, 0, 5, 0))
    females = new_layout(tmp_path, "f.xlsx", "females", (A, 6, 1, 2, 3), (B, 5, 0, 4, 1))
    male, female = read(tmp_path, males, females)
    assert str(male.faults[0]) == (
        f"m.xlsx, row 5, column Total population: the ages of {B} add up to 5, but the total beside them says 1,500. "
        "Find out which is right, in the publisher's own file."
    )
    assert (said(male), said(female)) == ([("total-not-parts", 5)], [])


def test_many_wrong_totals_are_one_fault_that_names_the_first(tmp_path: Path) -> None:
    zones = [(f"S0100650{place}", 9, 1, 1, 1) for place in range(6, 10)]
    males = new_layout(tmp_path, "m.xlsx", "males", *zones)
    (male,) = read(tmp_path, males)
    wrong = male.faults[0]
    assert (wrong.row, wrong.rows) == (4, 4)
    assert "also S01006507 (row 5), S01006508 (row 6)" in wrong.what


def test_a_cell_that_is_no_number_is_left_to_the_declaration_which_names_it(tmp_path: Path) -> None:
    males = new_layout(tmp_path, "m.xlsx", "males", (A, 7, "x", 2, 4), (B, 4, 1, 1, 2))
    females = new_layout(tmp_path, "f.xlsx", "females", (A, 6, 1, 2, 3), (B, 5, 0, 4, 1))
    male, _ = read(tmp_path, males, females)
    assert said(male) == []
    _, faults = check_frame(POPULATION, male.frame, "m.xlsx")
    assert [(fault.code, fault.row, fault.column) for fault in faults] == [("not-number", 4, "people")]


@pytest.mark.parametrize(
    ("sheet", "code"),
    [
        ([["nothing"]], "not-this-layout"),
        ([["Area code", "All ages", "AGE0"], ["S12000033", 1, 1]], "not-this-layout"),
        ([["Area code", "All ages"], [A, 1]], "not-this-layout"),
        ([["Area code", "AGE0"], [A, 1]], "missing-column"),
    ],
)
def test_a_workbook_of_another_layout_is_refused(tmp_path: Path, sheet: list[list[object]], code: str) -> None:
    write_workbook(tmp_path / "x.xlsx", {"Males mid-2021": sheet})
    (table,) = read(tmp_path, "x.xlsx")
    assert said(table) == [(code, None)]


def test_every_workbook_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    cut = (tmp_path / new_layout(tmp_path, "m.xlsx", "males", (A, 3, 1, 1, 1))).read_bytes()[:900]
    (tmp_path / "cut.xlsx").write_bytes(cut)
    tables = read(tmp_path, "none.xlsx", "cut.xlsx", "m.xlsx")
    assert [(table.file, said(table)) for table in tables] == [
        ("none.xlsx", [("no-such-file", None)]),
        ("cut.xlsx", [("cut-off", None)]),
    ]


def test_only_columns_of_single_ages_count_as_ages() -> None:
    columns = ["All ages", "Age group", "Ages 0-4", "AGE0", "Age 1", "age_2", "AGE90+", "Age 90 and over"]
    assert age_columns(pd.DataFrame(columns=columns)) == {
        "AGE0": (0, 0),
        "Age 1": (1, 1),
        "age_2": (2, 2),
        "AGE90+": (90, None),
        "Age 90 and over": (90, None),
    }


# --- the single-year table --------------------------------------------------------------------------------------------


def write_single_years(folder: Path, file: str) -> None:
    ages = [f"age_{age}" for age in range(91)]
    wide = pd.DataFrame([[A, "F", *range(91)], [A, "M", *([0] * 91)]], columns=["DataZone", "sex", *ages])
    wide.to_parquet(folder / file)


def test_a_table_of_single_years_has_90_and_over_as_its_open_age(tmp_path: Path) -> None:
    write_single_years(tmp_path, "sape2019.parquet")
    (table,) = ask("single-year-population", tmp_path, "sape2019.parquet")
    found = table.frame[["zone", "year", "sex", "age_from", "age_to", "people"]]
    assert len(found) == 182
    assert rows(found.iloc[[0, 89, 90]]) == [
        (2, A, "2019", "female", "0", "0", "0"),
        (2, A, "2019", "female", "89", "89", "89"),
        (2, A, "2019", "female", "90", None, "90"),
    ]
    assert set(found.loc[3, "sex"]) == {"male"}


def test_a_table_of_single_years_without_a_year_in_its_name_needs_one(tmp_path: Path) -> None:
    write_single_years(tmp_path, "people.parquet")
    (table,) = ask("single-year-population", tmp_path, "people.parquet")
    assert said(table) == [("no-year", None)]
    (table,) = ask("single-year-population", tmp_path, "people.parquet", year=2018)
    assert set(table.frame["year"]) == {"2018"}


def test_a_table_of_single_years_without_its_ages_is_refused(tmp_path: Path) -> None:
    pd.DataFrame({"DataZone": [A], "sex": ["F"], "age_0": [1]}).to_parquet(tmp_path / "sape2019.parquet")
    (table,) = ask("single-year-population", tmp_path, "sape2019.parquet")
    assert [(fault.code, fault.column) for fault in table.faults] == [("missing-column", "age_90")]


# --- real files -------------------------------------------------------------------------------------------------------


def people(frame: pd.DataFrame) -> pd.Series:
    """People by zone and age, as whole numbers."""
    counts = pd.to_numeric(frame["people"]).astype(int)
    return counts.groupby([frame["zone"], frame["age_from"]]).sum()


@pytest.mark.data
def test_the_published_workbooks_of_2021_add_up_to_scotland_and_agree_with_the_single_year_table(
    data_root: Path,
) -> None:
    male, female = read(data_root, MALES, FEMALES, PERSONS)
    (both,) = ask("single-year-population", data_root, "population_dz11/sape2021_dz11_single_year.parquet")
    # Persons are given too, and males plus females are persons in every zone at every age: no fault.
    assert (said(male), said(female), said(both)) == ([], [], [])
    assert len(male.frame) == len(female.frame) == 6976 * 91
    for sex, table in (("male", male), ("female", female)):
        same = both.frame[both.frame["sex"] == sex]
        assert people(table.frame).equals(people(same))
    assert people(male.frame).sum() + people(female.frame).sum() == 5_479_900


@pytest.mark.data
def test_the_published_workbook_of_2020_has_the_older_layout_and_agrees_with_the_single_year_table(
    data_root: Path,
) -> None:
    from locality.sources.population_sheets import read_population_sheets
    from locality.sources.single_years import stack_ages

    name = f"{FOLDER}sape-2020-persons.xlsx"
    (sheet,) = read_population_sheets(data_root / name, name, {})
    assert (sheet.sex, sheet.year, len(sheet.zone), sheet.faults) == ("persons", "2020", 6976, ())
    sex = pd.Series("all", index=sheet.zone.index)
    persons = people(stack_ages(sheet.zone, sheet.year, sex, sheet.people, sheet.ages))
    (both,) = ask("single-year-population", data_root, "population_dz11/sape2020_dz11_single_year.parquet")
    assert persons.sum() == 5_466_000
    assert persons.equals(people(both.frame))
