"""Every file that a table may come in is read as text, or refused in words that help."""

import datetime as dt
import gzip
import io
import random
from decimal import Decimal
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from factories.workbooks import write_workbook
from locality.foundations import InputRefused
from locality.sources.files import read_cells

PRACTICES = "practice,name\n08012,Càrnan\n10002,Ardblair\n"


def write(folder: Path, name: str, content: bytes | str) -> Path:
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def workbook(folder: Path, name: str = "book.xlsx", **sheets: list[list[object]]) -> Path:
    return write_workbook(folder / name, sheets)


def parquet_bytes(table: pa.Table) -> bytes:
    buffer = io.BytesIO()
    pq.write_table(table, buffer)
    return buffer.getvalue()


def refused(path: Path, **how: object) -> list[tuple[str, int | None]]:
    """The codes and rows of the faults for which a file is refused."""
    with pytest.raises(InputRefused) as refusal:
        read_cells(path, path.name, **how)
    return [(fault.code, fault.row) for fault in refusal.value.faults]


def rows(frame: pd.DataFrame) -> dict[int, list[object]]:
    return {number: [None if pd.isna(cell) else cell for cell in row] for number, *row in frame.itertuples()}


# --- what is kept -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "content",
    [
        PRACTICES.encode("utf-8"),
        PRACTICES.encode("utf-8-sig"),
        PRACTICES.encode("windows-1252"),
        gzip.compress(PRACTICES.encode("utf-8"), mtime=0),
        gzip.compress(PRACTICES.encode("windows-1252"), mtime=0),
        PRACTICES.replace("\n", "\r\n").encode(),
        PRACTICES.replace(",", ";").encode(),
        PRACTICES.replace(",", "\t").encode(),
        PRACTICES.rstrip("\n").encode(),
    ],
)
def test_a_text_file_reads_the_same_in_every_encoding_and_with_every_delimiter(tmp_path: Path, content: bytes) -> None:
    frame = read_cells(write(tmp_path, "practices.csv", content), "practices.csv")
    assert list(frame.columns) == ["practice", "name"]
    assert rows(frame) == {2: ["08012", "Càrnan"], 3: ["10002", "Ardblair"]}
    assert set(map(str, frame.dtypes)) == {"string"}


def test_a_tsv_file_is_divided_by_tabs_even_when_its_header_holds_commas(tmp_path: Path) -> None:
    path = write(tmp_path, "a.tsv", "name, first, last\tage\nBlair\t40\n")
    assert list(read_cells(path, "a.tsv").columns) == ["name, first, last", "age"]


def test_a_stated_delimiter_is_used(tmp_path: Path) -> None:
    path = write(tmp_path, "a.csv", "a|b,c\n1|2\n")
    assert rows(read_cells(path, "a.csv", delimiter="|")) == {2: ["1", "2"]}


def test_column_names_lose_spaces_and_marks_and_a_nameless_one_is_named_by_its_place(tmp_path: Path) -> None:
    path = write(tmp_path, "a.csv", "\ufeff zone , \xa0people\xa0,\nS1,2,x\n")
    assert list(read_cells(path, "a.csv").columns) == ["zone", "people", "column 3"]


def test_rows_keep_the_numbers_that_a_spreadsheet_shows(tmp_path: Path) -> None:
    text = 'Title\n\nzone,note\nS1,"two\nlines"\n\nS2,\n,\n'
    frame = read_cells(write(tmp_path, "a.csv", text), "a.csv", header_row=3)
    assert rows(frame) == {4: ["S1", "two\nlines"], 6: ["S2", None]}


def test_a_header_without_rows_gives_an_empty_table(tmp_path: Path) -> None:
    frame = read_cells(write(tmp_path, "a.csv", "zone,people"), "a.csv")
    assert list(frame.columns) == ["zone", "people"]
    assert frame.empty


def test_a_workbook_gives_whole_numbers_without_a_point_and_text_as_it_stands(tmp_path: Path) -> None:
    path = workbook(
        tmp_path,
        Notes=[["nothing"]],
        People=[
            ["Table 1", None, None, None, None],
            ["code", "people", "rate", "day", "sure"],
            ["08012", 12, 0.25, dt.datetime(2024, 3, 31, tzinfo=dt.UTC), True],
            [None, None, None, None, None],
            ["10002", 12.0, 3, dt.datetime(2024, 3, 31, 9, 30, tzinfo=dt.UTC), False],
        ],
    )
    assert rows(read_cells(path, "book.xlsx", sheet="People", header_row=2)) == {
        3: ["08012", "12", "0.25", "2024-03-31", "true"],
        5: ["10002", "12", "3", "2024-03-31T09:30:00", "false"],
    }


def test_without_a_sheets_name_the_first_sheet_is_read(tmp_path: Path) -> None:
    path = workbook(tmp_path, A=[["x"], [1]], B=[["y"], [2]])
    assert rows(read_cells(path, "book.xlsx")) == {2: ["1"]}


def test_a_sheet_with_a_header_alone_gives_an_empty_table(tmp_path: Path) -> None:
    assert list(read_cells(workbook(tmp_path, A=[["x", "y"]]), "book.xlsx").columns) == ["x", "y"]


def test_a_workbook_that_is_called_csv_is_still_read_as_a_workbook(tmp_path: Path) -> None:
    path = workbook(tmp_path, "practices.csv", A=[["x"], ["08"]])
    assert rows(read_cells(path, "practices.csv")) == {2: ["08"]}


def test_parquet_gives_whole_numbers_without_a_point_and_gaps_as_gaps(tmp_path: Path) -> None:
    table = pa.table(
        {
            "zone": ["S1", "", None],
            "people": [12.0, float("nan"), 3.0],
            "rate": [0.25, None, 1e18],
            "count": [7, None, 8],
            "day": [dt.date(2024, 3, 31), None, None],
        }
    )
    assert rows(read_cells(write(tmp_path, "a.parquet", parquet_bytes(table)), "a.parquet")) == {
        2: ["S1", "12", "0.25", "7", "2024-03-31"],
        4: [None, "3", "1e+18", "8", None],
    }


@pytest.mark.parametrize(
    ("cells", "text"),
    [
        (pa.array(["a", "b"]).dictionary_encode(), ["a", "b"]),
        (pa.array(["x", "08"], pa.large_string()), ["x", "08"]),
        (pa.array([Decimal("1.50"), Decimal("2.00")]), ["1.50", "2.00"]),
        (pa.array([True, False]), ["true", "false"]),
        (pa.array([0.1, 2.0], pa.float32()), ["0.1", "2"]),
        (pa.array([1.0, 2.0]).dictionary_encode(), ["1", "2"]),
        (pa.nulls(2), []),
    ],
)
def test_parquet_columns_of_every_plain_type_become_text(tmp_path: Path, cells: pa.Array, text: list[str]) -> None:
    path = write(tmp_path, "a.parquet", parquet_bytes(pa.table({"column": cells})))
    assert read_cells(path, "a.parquet")["column"].tolist() == text


# --- what is refused --------------------------------------------------------------------------------------------------


def test_an_absent_file_is_named(tmp_path: Path) -> None:
    assert refused(tmp_path / "none.csv") == [("no-such-file", None)]


@pytest.mark.parametrize("content", [b"", b"\n \r\n", gzip.compress(b"", mtime=0)])
def test_a_file_that_holds_nothing_is_refused(tmp_path: Path, content: bytes) -> None:
    assert refused(write(tmp_path, "a.csv", content)) == [("empty-file", None)]


@pytest.mark.parametrize("content", [b"", b"PAR1", b"PAR1PAR1"])
def test_a_parquet_file_that_holds_no_table_is_refused(tmp_path: Path, content: bytes) -> None:
    assert refused(write(tmp_path, "a.parquet", content)) == [("empty-parquet", None)]


def test_a_parquet_file_cut_in_the_middle_is_refused(tmp_path: Path) -> None:
    whole = parquet_bytes(pa.table({"zone": ["S1", "S2"]}))
    assert refused(write(tmp_path, "a.parquet", whole[:-20])) == [("cut-off", None)]


def test_a_parquet_file_with_a_damaged_inside_is_refused(tmp_path: Path) -> None:
    assert refused(write(tmp_path, "a.parquet", b"PAR1" + bytes(40) + b"PAR1")) == [("cut-off", None)]


def test_a_csv_that_is_called_parquet_is_refused(tmp_path: Path) -> None:
    assert refused(write(tmp_path, "a.parquet", PRACTICES)) == [("not-a-table", None)]


@pytest.mark.parametrize("cells", [[[1, 2], [3]], [b"x", b"y"]])
def test_parquet_cells_that_hold_more_than_one_value_are_refused(tmp_path: Path, cells: list[object]) -> None:
    path = write(tmp_path, "a.parquet", parquet_bytes(pa.table({"list": cells})))
    assert refused(path) == [("not-a-table", None)]


@pytest.mark.parametrize("damage", [lambda whole: whole[:-12], lambda whole: whole[:20] + b"\xff" * 9 + whole[29:]])
def test_a_gzip_file_that_is_cut_or_damaged_is_refused(tmp_path: Path, damage) -> None:
    dice = random.Random(1)
    text = "".join(f"{dice.random()},{dice.random()}\n" for _ in range(100))
    assert refused(write(tmp_path, "a.csv.gz", damage(gzip.compress(text.encode())))) == [("cut-off", None)]


def test_a_workbook_cut_in_the_middle_is_refused(tmp_path: Path) -> None:
    whole = workbook(tmp_path, A=[["x"], [1]]).read_bytes()
    assert refused(write(tmp_path, "a.xlsx", whole[: len(whole) // 2])) == [("cut-off", None)]


def test_a_file_that_ends_inside_a_row_is_cut_off(tmp_path: Path) -> None:
    assert refused(write(tmp_path, "a.csv", "zone,sex,people\nS1,male,2\nS2,fem")) == [("cut-off", 3)]


def test_a_file_that_ends_inside_a_character_is_cut_off(tmp_path: Path) -> None:
    assert refused(write(tmp_path, "a.csv", "zone,name\nS1,Càrnan\nS2,C\xe0".encode()[:-1])) == [("cut-off", None)]


def test_a_quote_that_is_never_closed_is_refused_because_it_would_swallow_the_rest(tmp_path: Path) -> None:
    assert refused(write(tmp_path, "a.csv", 'zone,name\nS1,A\nS2,"B\nS3,C\n')) == [("open-quote", 3)]
    assert refused(write(tmp_path, "b.csv", '"zone,name\nS1,A\n')) == [("open-quote", 1)]


def test_a_file_that_ends_inside_a_quoted_cell_is_cut_off(tmp_path: Path) -> None:
    assert refused(write(tmp_path, "a.csv", 'zone,name\nS1,A\nS2,"B')) == [("cut-off", 3)]


@pytest.mark.parametrize("cell", ['5" pipe', '"5"" pipe"', '"5" pipe"'])
def test_quotes_inside_a_cell_do_no_harm(tmp_path: Path, cell: str) -> None:
    frame = read_cells(write(tmp_path, "a.csv", f"zone,name\nS1,{cell}\nS2,B\n"), "a.csv")
    assert frame["zone"].tolist() == ["S1", "S2"]


def test_rows_longer_or_shorter_than_the_header_are_named(tmp_path: Path) -> None:
    path = write(tmp_path, "a.csv", "zone,people\nS1,2\nS2,1,234\nS3\nS4,5\nS5,6,7\nS6,7,8\n")
    with pytest.raises(InputRefused) as refusal:
        read_cells(path, "a.csv")
    assert str(refusal.value) == (
        "a.csv, row 3: the row has 3 cells and the header has 2; also row 4, 6 (4 rows in all). "
        "A cell that holds the delimiter itself must stand in quotes; export the file again."
    )


def test_an_uneven_row_and_a_cut_end_are_both_named(tmp_path: Path) -> None:
    assert refused(write(tmp_path, "a.csv", "a,b\n1,2,3\n4")) == [("cut-off", 3), ("uneven-row", 2)]


def test_an_uneven_last_row_with_too_many_cells_is_not_a_cut(tmp_path: Path) -> None:
    assert refused(write(tmp_path, "a.csv", "a,b\n1,2,3")) == [("uneven-row", 2)]


@pytest.mark.parametrize(
    ("content", "row"),
    [
        ("a,b\n1,2\n".encode("utf-16"), None),
        (b"a,b\n1,\x81\n", 2),
        ("a,b\n1,Càrnan\n".encode() + "2,Càrnan\n".encode("windows-1252"), 3),
    ],
)
def test_an_unknown_or_mixed_encoding_is_refused_and_never_guessed(tmp_path: Path, content: bytes, row) -> None:
    assert refused(write(tmp_path, "a.csv", content)) == [("unknown-encoding", row)]


@pytest.mark.parametrize("content", [b"%PDF-1.7 ...", b"\n<!DOCTYPE html>", b'{"error": 404}', b"a,b\n\x00\x01,2\n"])
def test_what_is_not_a_table_is_refused(tmp_path: Path, content: bytes) -> None:
    assert refused(write(tmp_path, "a.csv", content)) == [("not-a-table", None)]


def test_a_text_file_without_the_header_row_is_refused(tmp_path: Path) -> None:
    assert refused(write(tmp_path, "a.csv", "a,b\n"), header_row=4) == [("not-a-table", None)]


def test_a_sheet_without_the_header_row_is_refused(tmp_path: Path) -> None:
    assert refused(workbook(tmp_path, A=[["x"]]), header_row=4) == [("not-a-table", None)]


def test_a_name_that_only_looks_like_a_workbook_is_refused(tmp_path: Path) -> None:
    assert refused(write(tmp_path, "a.xlsx", PRACTICES)) == [("not-a-table", None)]


def test_a_sheet_that_is_not_there_is_refused_with_the_names_of_those_that_are(tmp_path: Path) -> None:
    path = workbook(tmp_path, Notes=[["x"]], People=[["y"]])
    with pytest.raises(InputRefused, match="no sheet 'Persons'; the sheets are: Notes, People"):
        read_cells(path, "book.xlsx", sheet="Persons")


def test_a_column_name_that_stands_twice_is_refused(tmp_path: Path) -> None:
    assert refused(write(tmp_path, "a.csv", "zone,people,people\nS1,2,3\n")) == [("repeated-column", 1)]


# --- real files -------------------------------------------------------------------------------------------------------


@pytest.mark.data
def test_the_data_zone_lookup_is_read_as_windows_1252(data_root: Path) -> None:
    frame = read_cells(data_root / "lookups/DataZone2011lookup_2024-12-16.csv", "lookup")
    assert frame.shape == (6976, 38)
    assert "Annandale East and Eskdale\xa0" in set(frame["MMWard_Name"])


@pytest.mark.data
def test_a_population_workbook_is_read_below_its_title(data_root: Path) -> None:
    path = data_root / "population_dz11/published/sape-2021-males.xlsx"
    frame = read_cells(path, path.name, sheet="Population_male_2021", header_row=3)
    assert frame.shape == (6976, 97)
    assert frame.loc[4].head(8).tolist() == [
        "S01006506", "Culter - 01", "S12000033", "Aberdeen City", "Male", "400", "0", "2",
    ]  # fmt: skip
