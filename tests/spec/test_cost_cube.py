"""The cost cube: what was spent on whom, by place, heading, year, sex and age band."""

import datetime as dt

import ibis
import pandas as pd
import pytest

from locality.foundations import FinancialYear
from locality.money.cube import CostCube, run_cost_cube
from locality.money.cube_redraw import cube_by_locality

YEAR = FinancialYear.parse("2022/23")
DAY = dt.date(2022, 6, 1)

PERSONS = [
    # person, zone, practice, sex, age
    ("ann", "S01000001", "10001", "female", 93),
    ("bob", "S01000001", "10002", "male", 42),
    ("cat", "S01000002", "10002", "female", 44),
    ("dan", None, "10002", None, None),
]


def people(rows=PERSONS):
    frame = pd.DataFrame(rows, columns=["person", "zone", "practice", "sex", "age"]).astype({"age": "Int64"})
    return ibis.memtable(
        frame, schema=dict(person="string", zone="string", practice="string", sex="string", age="int64")
    )


def records(*rows):
    """Rows of person, heading, pence and, if given, first day, last day, units."""
    full = [(*row, *(DAY, None, 1.0)[len(row) - 3 :]) for row in rows]
    frame = pd.DataFrame(full, columns=["person", "heading", "cost_pence", "start", "end", "units"])
    frame = frame.astype({"cost_pence": "Int64"})
    kinds = dict(person="string", heading="string", cost_pence="int64", start="date", end="date", units="float64")
    return ibis.memtable(frame, schema=kinds)


def cube(*rows, years=(YEAR,), place_kind="zone", persons=PERSONS):
    return run_cost_cube(ibis.duckdb.connect(), records(*rows), people(persons), years=years, place_kind=place_kind)


def cells(made, *columns):
    plain = made.cells[list(columns)].astype(object)
    return list(plain.where(plain.notna(), None).itertuples(index=False, name=None))


def totals(made):
    return {(row.place, row.year): row.pence_squared for row in made.people_totals.itertuples()}


def test_a_record_is_counted_where_its_person_lives():
    made = cube(("ann", "care", 100), ("cat", "care", 30))
    assert cells(made, "place", "heading", "year", "pence") == [
        ("S01000001", "care", "2022/23", 100),
        ("S01000002", "care", "2022/23", 30),
    ]


def test_a_record_is_counted_where_its_person_is_registered_if_so_asked():
    made = cube(("ann", "care", 100), ("bob", "care", 20), ("cat", "care", 30), place_kind="practice")
    assert made.place_kind == "practice"
    assert cells(made, "place", "sex", "pence") == [
        ("10001", "female", 100),
        ("10002", "female", 30),
        ("10002", "male", 20),
    ]


def test_ages_are_banded_by_five_years_and_the_last_band_is_90_and_over():
    made = cube(("ann", "care", 1), ("bob", "care", 2), ("cat", "care", 3), ("dan", "care", 4))
    assert sorted(cells(made, "pence", "age_from", "sex")) == [
        (1, 90, "female"),
        (2, 40, "male"),
        (3, 40, "female"),
        (4, None, None),
    ]


def test_activity_of_an_unknown_person_is_kept_without_a_place():
    made = cube(
        ("ann", "care", 100), ("nobody knows", "care", 7), (None, "care", 5), ("", "care", 3), ("dan", "care", 1)
    )
    assert made.cells.pence.sum() == 116
    assert sum(cell[1] for cell in cells(made, "place", "pence") if cell[0] == "") == 16


def test_squares_are_of_a_persons_whole_cost_in_a_heading_not_of_each_record():
    made = cube(("ann", "care", 30), ("ann", "care", 40), ("ann", "ward", 10), ("bob", "care", 5))
    assert sorted(cells(made, "heading", "sex", "pence_squared", "people", "units")) == [
        ("care", "female", 4900.0, 1, 2.0),
        ("care", "male", 25.0, 1, 1.0),
        ("ward", "female", 100.0, 1, 1.0),
    ]


def test_total_squares_are_of_a_persons_cost_over_all_headings():
    made = cube(("ann", "care", 30), ("ann", "ward", 10), ("bob", "care", 5))
    assert totals(made) == {("S01000001", "2022/23"): 1600.0 + 25.0}


def test_records_that_were_never_linked_are_not_one_giant_person():
    made = cube((None, "care", 3), (None, "ward", 4), ("", "ward", None))
    assert totals(made) == {("", "2022/23"): 9.0 + 16.0}
    assert cells(made, "heading", "pence", "pence_squared", "people") == [("care", 3, 9.0, 1), ("ward", 4, 16.0, 2)]


def test_a_record_without_a_cost_still_counts_its_units():
    made = cube(("ann", "telecare", None, DAY, None, 12.5), ("ann", "telecare", None, DAY, None, None))
    assert cells(made, "pence", "units", "people") == [(0, 12.5, 1)]


def test_a_record_belongs_to_the_year_of_its_last_day():
    stays = (
        ("ann", "care", 1, dt.date(2022, 3, 25), dt.date(2022, 4, 1)),
        ("ann", "care", 2, dt.date(2023, 3, 25), dt.date(2023, 4, 1)),
        ("ann", "care", 4, dt.date(2023, 3, 31)),
        ("ann", "care", 8, dt.date(2022, 3, 31)),
    )
    made = cube(*stays, years=(YEAR, YEAR.next()))
    assert cells(made, "year", "pence") == [("2022/23", 5), ("2023/24", 2)]


def test_a_record_that_says_its_year_belongs_to_that_year():
    said = records(("ann", "care", 6, dt.date(2021, 4, 1), dt.date(2025, 4, 1)), ("ann", "care", 9)).mutate(
        year=ibis.ifelse(ibis._.cost_pence == 6, "2022/23", "2023/24")
    )
    made = run_cost_cube(ibis.duckdb.connect(), said, people(), years=(YEAR,))
    assert cells(made, "year", "pence") == [("2022/23", 6)]


def test_no_activity_gives_an_empty_cube():
    made = cube(("ann", "care", 1, dt.date(1999, 1, 1)))
    assert made.cells.empty and made.people_totals.empty


def test_a_redrawn_cube_holds_the_same_money_under_the_new_localities():
    made = cube(("ann", "care", 30), ("ann", "ward", 10), ("bob", "care", 5), ("cat", "care", 2), ("dan", "care", 1))
    redrawn = cube_by_locality(made, {"S01000001": "North", "S01000002": "South"})
    assert cells(redrawn, "place", "heading", "pence", "pence_squared", "people", "age_from", "sex") == [
        ("", "care", 1, 1.0, 1, None, None),
        ("North", "care", 35, 925.0, 2, None, None),
        ("North", "ward", 10, 100.0, 1, None, None),
        ("South", "care", 2, 4.0, 1, None, None),
    ]
    assert totals(redrawn) == {("", "2022/23"): 1.0, ("North", "2022/23"): 1625.0, ("South", "2022/23"): 4.0}
    assert redrawn.place_kind == "locality"


def test_a_redrawn_cube_may_keep_age_and_sex():
    made = cube(("ann", "care", 30), ("bob", "care", 5), ("cat", "care", 2), ("dan", "care", 1))
    redrawn = cube_by_locality(made, {"S01000001": "All", "S01000002": "All"}, by_age_and_sex=True)
    assert cells(redrawn, "place", "sex", "age_from", "pence") == [
        ("", None, None, 1),
        ("All", "female", 40, 2),
        ("All", "female", 90, 30),
        ("All", "male", 40, 5),
    ]


def test_a_cube_of_plain_text_columns_can_be_redrawn_too():
    made = cube(("ann", "care", 30))
    plain = CostCube(made.cells.astype({"place": "string", "heading": "string"}), made.people_totals, "zone")
    assert cells(cube_by_locality(plain, {}), "place", "pence") == [("", 30)]


@pytest.mark.parametrize("place_kind", ["zone", "practice"])
def test_a_cube_is_read_back_as_it_was_written(tmp_path, place_kind):
    made = cube(("ann", "care", 30), ("dan", "care", 5), ("bob", "ward", 1), place_kind=place_kind)
    made.write(tmp_path / "cube")
    again = CostCube.read(tmp_path / "cube")
    pd.testing.assert_frame_equal(again.cells, made.cells)
    pd.testing.assert_frame_equal(again.people_totals, made.people_totals)
    assert again.place_kind == place_kind


def test_bed_days_are_squared_person_by_person():
    #            bed days  squared
    # one person     3 + 4      49
    # another            2       4
    made = cube(
        ("ann", "acute", 100, DAY, None, 3.0),
        ("ann", "acute", 100, DAY, None, 4.0),
        ("bob", "acute", 100, DAY, None, 2.0),
    )
    assert made.unit_squares["units_squared"].sum() == 53.0
