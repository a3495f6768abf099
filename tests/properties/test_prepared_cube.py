"""The prepared way to the cost cube gives the same cube as the expressions, whatever the rows."""

import datetime as dt
import os

import ibis
import numpy as np
import pandas as pd
import pytest

from locality.foundations import FinancialYear, InputRefused
from locality.money.cube import run_cost_cube
from locality.sources import prepared as preparing
from locality.sources.engines import connect
from locality.sources.interning import PersonNumbers
from locality.sources.prepared import is_current, prepare
from locality.sources.prepared_cube import cube_from_prepared, read_cube

YEARS = (FinancialYear(2021), FinancialYear(2022))
PERSON = {"person": "string", "zone": "string", "practice": "string", "sex": "string", "age": "int64"}
ACTIVITY = {
    "person": "string",
    "heading": "string",
    "start": "date",
    "end": "date",
    "units": "float64",
    "cost_pence": "int64",
    "year": "string",
}


def pick(dice, size, *choices):
    return np.array(choices, dtype=object)[dice.integers(0, len(choices), size)]


def made_up(con, seed, people=200, rows=3000):
    """Tables with every gap that real ones have."""
    dice = np.random.default_rng(seed)
    zones = [None, "", *(f"S010{zone:05}" for zone in range(9))]
    persons = pd.DataFrame(
        {
            "person": [f"person-{at:011}" for at in range(people)],
            "zone": pick(dice, people, *zones),
            "practice": pick(dice, people, None, "10001", "10002"),
            "sex": pick(dice, people, None, "female", "male"),
            "age": pd.array(pick(dice, people, None, *range(120)), dtype="Int64"),
        }
    )
    who = [None, "", "stranger", "other stranger", *persons.person]
    start = [dt.date(2021, 3, 20) + dt.timedelta(days=int(day)) for day in dice.integers(0, 760, rows)]
    activity = pd.DataFrame(
        {
            "person": pick(dice, rows, *who),
            "heading": pick(dice, rows, "care", "ward", "telecare"),
            "start": start,
            "end": [
                day + dt.timedelta(days=int(more)) if more else None
                for day, more in zip(start, dice.integers(0, 20, rows), strict=True)
            ],
            "units": pick(dice, rows, None, 0.0, 1.0, 2.5),
            "cost_pence": pd.array(pick(dice, rows, None, 0, *dice.integers(0, 10**7, 50)), dtype="Int64"),
            "year": pick(dice, rows, None, None, "2021/22"),
        }
    )
    return (
        con.create_table(ibis.util.gen_name("a"), ibis.memtable(activity, schema=ACTIVITY)),
        con.create_table(ibis.util.gen_name("p"), ibis.memtable(persons, schema=PERSON)),
    )


@pytest.fixture(scope="module")
def con():
    return connect(threads=1)


def same(one, other):
    pd.testing.assert_frame_equal(one.cells, other.cells, rtol=1e-12)
    pd.testing.assert_frame_equal(one.people_totals, other.people_totals, rtol=1e-12)
    pd.testing.assert_frame_equal(one.unit_squares, other.unit_squares, rtol=1e-12)
    assert one.place_kind == other.place_kind
    return True


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("place_kind", ["zone", "practice"])
def test_both_ways_give_the_same_cube(con, monkeypatch, seed, place_kind):
    monkeypatch.setattr(preparing, "_PERSONS_IN_RANGE", 30)
    activity, persons = made_up(con, seed)
    expected = run_cost_cube(con, activity, persons, years=YEARS, place_kind=place_kind)
    assert same(read_cube(activity, persons, con=con, years=YEARS, place_kind=place_kind), expected)


def test_one_year_may_be_taken_out_of_a_preparation_of_two(con, tmp_path):
    activity, persons = made_up(con, 5)
    prepare(activity, persons, con=con, years=YEARS, folder=tmp_path / "p")
    expected = run_cost_cube(con, activity, persons, years=YEARS[:1])
    assert same(cube_from_prepared(tmp_path / "p", years=YEARS[:1]), expected)


def test_nobody_and_nothing_can_be_prepared(con):
    activity, persons = made_up(con, 6)
    nothing = read_cube(activity.filter(activity.heading == "none"), persons, con=con, years=YEARS)
    assert nothing.cells.empty and nothing.people_totals.empty
    strangers = read_cube(activity, persons.filter(persons.person == "x"), con=con, years=YEARS)
    assert set(strangers.cells.place) == {""}
    assert same(strangers, run_cost_cube(con, activity, persons.filter(persons.person == "x"), years=YEARS))


def test_a_person_who_stands_there_twice_is_refused_by_count(con):
    activity, persons = made_up(con, 7)
    with pytest.raises(InputRefused) as refused:
        read_cube(activity, persons.union(persons.limit(3)), con=con, years=YEARS)
    [fault] = refused.value.faults
    assert (fault.code, fault.rows) == ("repeated-person", 3)


def test_a_preparation_is_used_only_while_its_inputs_are_as_they_were(con, tmp_path):
    activity, persons = made_up(con, 8)
    source, folder = tmp_path / "activity.csv", tmp_path / "cache" / "p"
    source.write_text("as it was")
    inputs = [source]
    assert not is_current(folder, inputs=inputs, years=YEARS)
    prepare(activity, persons, con=con, years=YEARS, folder=folder, inputs=inputs)
    assert is_current(folder, inputs=inputs, years=YEARS)
    assert is_current(folder, inputs=inputs, years=YEARS[:1])
    assert not is_current(folder, inputs=inputs, years=(FinancialYear(2020),))
    assert not is_current(folder, inputs=[source, source], years=YEARS)
    os.utime(source, (1, 1))
    assert is_current(folder, inputs=inputs, years=YEARS), "only the time of change differs"
    source.write_text("not so any")
    assert not is_current(folder, inputs=inputs, years=YEARS)
    source.write_text("as it was, and more")
    assert not is_current(folder, inputs=inputs, years=YEARS)
    source.unlink()
    assert not is_current(folder, inputs=inputs, years=YEARS)


def test_a_preparation_of_an_earlier_layout_is_not_used(con, tmp_path, monkeypatch):
    activity, persons = made_up(con, 9)
    prepare(activity, persons, con=con, years=YEARS, folder=tmp_path / "p")
    monkeypatch.setattr(preparing, "LAYOUT", preparing.LAYOUT + 1)
    assert not is_current(tmp_path / "p", inputs=[], years=YEARS)


def test_a_current_preparation_is_read_instead_of_the_rows(con, tmp_path):
    activity, persons = made_up(con, 10)
    prepare(activity, persons, con=con, years=YEARS, folder=tmp_path / "p")
    expected = cube_from_prepared(tmp_path / "p")
    assert same(read_cube(None, None, con=con, years=YEARS, prepared=tmp_path / "p"), expected)


def test_a_preparation_that_fails_leaves_the_earlier_one(con, tmp_path):
    activity, persons = made_up(con, 11)
    prepare(activity, persons, con=con, years=YEARS, folder=tmp_path / "p")
    with pytest.raises(InputRefused):
        prepare(activity, persons.union(persons), con=con, years=YEARS, folder=tmp_path / "p")
    assert is_current(tmp_path / "p", inputs=[], years=YEARS)
    assert [path.name for path in tmp_path.iterdir()] == ["p"]


def test_every_person_is_found_by_hash_and_no_stranger():
    dice = np.random.default_rng(1)
    hashes = dice.integers(0, 2**64, 5000, dtype=np.uint64)
    hashes[:50] = np.arange(50)  # all in the first bucket
    numbers = PersonNumbers(hashes, np.arange(5000, dtype=np.int32))
    assert (numbers.find(hashes) == np.arange(5000)).all()
    assert (numbers.find(hashes + np.uint64(1))[60:] == -1).all()
