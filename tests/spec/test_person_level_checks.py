"""Person-level tables are checked inside the engine: every fault at once, counts only, nobody named."""

import gzip

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from locality.foundations import FinancialYear, InputRefused
from locality.foundations.core_tables import ACTIVITY, PERSONS
from locality.sources.engines import connect
from locality.sources.row_checks import row_faults, scan_declared

YEAR = FinancialYear.parse("2022/23")
PERSON_HEADER = "person,zone,practice,sex,age\n"
ACTIVITY_HEADER = "person,heading,start,end,units,cost_pence\n"


@pytest.fixture(scope="module")
def con():
    return connect(threads=1)


def written(tmp_path, text, name="rows.csv"):
    path = tmp_path / name
    path.write_text(text)
    return path


def faults_of(table, path, con, **more):
    """Codes, columns and counts of all faults, whether met on opening or on checking."""
    try:
        found = row_faults(table, scan_declared(table, [path], con), path.name, con, **more)
    except InputRefused as refused:
        found = refused.faults
    return [(fault.code, fault.column, fault.rows) for fault in found]


def test_sound_persons_have_no_fault(tmp_path, con):
    path = written(tmp_path, PERSON_HEADER + "ann,S01000001,08100,female,4\nbob,,,,\n")
    assert faults_of(PERSONS, path, con) == []


def test_every_fault_of_persons_is_named_at_once(tmp_path, con):
    rows = "ann,S01000001,1,female,4\nann,1000001,1,male,4\n,S01000001,1,f,200\n"
    assert faults_of(PERSONS, written(tmp_path, PERSON_HEADER + rows), con) == [
        ("empty-cell", "person", 1),
        ("wrong-code", "zone", 1),
        ("not-allowed", "sex", 1),
        ("too-large", "age", 1),
        ("repeated-person", "person", 1),
    ]


def test_a_cell_of_the_wrong_kind_does_not_hide_other_faults(tmp_path, con):
    rows = "ann,S01000001,1,female,four\nann,S01000001,1,x,5\n"
    assert faults_of(PERSONS, written(tmp_path, PERSON_HEADER + rows), con) == [
        ("not-whole", "age", 1),
        ("not-allowed", "sex", 1),
        ("repeated-person", "person", 1),
    ]


def test_no_message_holds_a_persons_identifier_or_value(tmp_path, con):
    path = written(tmp_path, PERSON_HEADER + "0101010101,secret,1,secret,secret\n0101010101,secret,1,secret,9\n")
    with pytest.raises(InputRefused) as refused:
        scan_declared(PERSONS, [path], con)
    assert "0101010101" not in str(refused.value) and "secret" not in str(refused.value)


def test_pounds_where_pence_are_declared_are_named(tmp_path, con):
    rows = "ann,care,2022-05-01,,1,12.34\nann,care,2022-05-01,,1,12.00\n"
    assert faults_of(ACTIVITY, written(tmp_path, ACTIVITY_HEADER + rows), con) == [("not-pence", "cost_pence", 1)]


def test_pounds_in_a_parquet_column_of_fractions_are_named(tmp_path, con):
    table = pa.table(
        {"person": ["a", "b"], "heading": ["x", "x"], "start": ["2022-05-01"] * 2, "cost_pence": [1.5, 2.0]}
    )
    pq.write_table(table, tmp_path / "a.parquet")
    assert faults_of(ACTIVITY, tmp_path / "a.parquet", con) == [("not-pence", "cost_pence", 1)]


def test_activity_has_dates_amounts_and_years_that_make_sense(tmp_path, con):
    rows = (
        "ann,care,2022-05-02,2022-05-01,1,5\n"  # ends before it starts
        "ann,care,2022-03-01,2022-04-01,1,5\n"  # ends in the year
        "ann,,2023-04-01,,-1,-5\n"  # after the year
        "ann,care,1 May,,x,5\n"
    )
    assert sorted(faults_of(ACTIVITY, written(tmp_path, ACTIVITY_HEADER + rows), con, years=(YEAR,))) == [
        ("empty-cell", "heading", 1),
        ("end-before-start", "end", 1),
        ("negative", "cost_pence", 1),
        ("not-date", "start", 1),
        ("not-number", "units", 1),
    ]


def test_activity_outside_the_years_is_counted(tmp_path, con):
    header = "person,heading,start,end,cost_pence,year\n"
    rows = (
        "ann,care,2022-03-01,2022-04-01,5,\n"
        "ann,care,2022-03-01,,5,\n"
        "ann,care,2021-03-01,,5,2022-23\n"
        "ann,care,2022-05-01,,5,2324\n"
    )
    path = written(tmp_path, header + rows)
    assert faults_of(ACTIVITY, path, con, years=(YEAR,)) == [("date-outside-year", "start", 2)]
    assert faults_of(ACTIVITY, path, con, years=(YEAR, YEAR.next())) == [("date-outside-year", "start", 1)]


@pytest.mark.parametrize(("said", "is_year"), [("2022/2023", True), ("2223", True), ("2224", False), ("22", False)])
def test_a_financial_year_may_be_written_in_four_ways(tmp_path, con, said, is_year):
    path = written(tmp_path, f"person,heading,start,cost_pence,year\nann,care,2022-05-01,5,{said}\n")
    assert faults_of(ACTIVITY, path, con) == ([] if is_year else [("not-year", "year", 1)])


def test_a_missing_column_is_named(tmp_path, con):
    assert faults_of(PERSONS, written(tmp_path, "person,zone\nann,S01000001\n"), con) == [
        ("missing-column", "practice", 1),
        ("missing-column", "sex", 1),
        ("missing-column", "age", 1),
    ]


def test_a_table_without_rows_is_named(tmp_path, con):
    assert faults_of(PERSONS, written(tmp_path, PERSON_HEADER), con)[0][0] == "empty-table"


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("rows.parquet", b"", "empty-parquet"),
        ("rows.parquet", b"PAR1" + b"x" * 20, "cut-off"),
        ("rows.parquet", b"person,zone,practice\n", "not-a-table"),
        ("rows.csv", b"", "empty-file"),
        ("rows.csv.gz", gzip.compress(b"person,zone\n" * 1000, mtime=0)[:-20], "cut-off"),
        ("rows.csv", b"person,zone,practice,sex,age\nann,S01000001,1,female,4\nbob,S010", "cut-off"),
    ],
)
def test_a_file_that_is_empty_cut_off_or_something_else_is_named(tmp_path, con, name, content, code):
    (tmp_path / name).write_bytes(content)
    assert [fault[0] for fault in faults_of(PERSONS, tmp_path / name, con)] == [code]


def test_a_file_that_does_not_exist_is_named(tmp_path, con):
    assert [fault[0] for fault in faults_of(PERSONS, tmp_path / "none.csv", con)] == ["no-such-file"]


def test_several_files_are_read_as_one_table(tmp_path, con):
    first = written(tmp_path, PERSON_HEADER + "ann,S01000001,1,female,4\n", "a.csv")
    second = tmp_path / "b.csv.gz"
    second.write_bytes(gzip.compress((PERSON_HEADER + "bob,S01000002,00123,male,5\n").encode()))
    rows = scan_declared(PERSONS, [first, second], con)
    assert sorted(con.execute(rows).practice) == ["00123", "1"]


def test_text_and_parquet_files_are_not_mixed_in_one_entry(tmp_path, con):
    first = written(tmp_path, PERSON_HEADER + "ann,S01000001,1,female,4\n", "a.csv")
    pq.write_table(pa.table({"person": ["a"]}), tmp_path / "b.parquet")
    with pytest.raises(InputRefused, match="mixed"):
        scan_declared(PERSONS, [first, tmp_path / "b.parquet"], con)


def test_codes_that_were_stored_as_numbers_are_read_as_codes(tmp_path, con):
    table = pa.table({"person": ["a"], "zone": ["S01000001"], "practice": [10001.0], "sex": ["male"], "age": [41.0]})
    pq.write_table(table, tmp_path / "p.parquet")
    row = con.execute(scan_declared(PERSONS, [tmp_path / "p.parquet"], con)).iloc[0]
    assert (row.practice, row.age) == ("10001", 41)


def test_semicolons_between_cells_are_understood(tmp_path, con):
    path = written(tmp_path, PERSON_HEADER.replace(",", ";") + "ann;S01000001;1;female;4\n")
    assert faults_of(PERSONS, path, con) == []


def test_spaces_around_a_code_are_named(tmp_path, con):
    path = written(tmp_path, PERSON_HEADER + "ann ,S01000001,1,female,4\n bob,S01000001,1,male,4\n")
    assert faults_of(PERSONS, path, con) == [("spaces-around", "person", 2)]
