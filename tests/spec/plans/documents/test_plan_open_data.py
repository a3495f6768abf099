"""Open data: the canonical JSON, and CSV files whose columns are declared and whose cells are harmless."""

import csv
import hashlib
import io
import json

import openpyxl
import pytest
from jsonschema import validate

from factories.plans import agreed_plan, pounds, small_plan, strategic_plan
from locality.plans import LocalityPlan, Priority, hash_plan, plan_from_json
from locality.plans.documents import OPEN_TABLES, open_data, outline_of, write_sheets


def rows(plan, name):
    return list(csv.DictReader(io.StringIO(open_data(plan)[name].decode())))


def test_the_json_is_what_the_hash_is_of_and_reads_back():
    plan = agreed_plan()
    written = open_data(plan)["plan.json"]
    assert hashlib.sha256(written).hexdigest() == hash_plan(plan)
    assert plan_from_json(json.loads(written), LocalityPlan, file="plan.json") == plan


def test_the_schema_that_is_published_fits_the_json():
    for plan in (small_plan(), strategic_plan()):
        written = open_data(plan)
        validate(json.loads(written["plan.json"]), json.loads(written["plan.schema.json"]))


def test_every_line_has_a_row():
    found = [
        (each["service"], each["source"], each["kind"], each["planned_pence"])
        for each in rows(small_plan(), "lines.csv")
    ]
    assert found == [
        ("home-care", "core", "own", str(pounds(500))),
        ("day-care", "core", "own", str(pounds(100))),
        ("district-nursing", "core", "own", str(pounds(290))),
        ("home-care", "winter", "own", str(pounds(15))),
        ("reablement", "core", "joint", str(pounds(80))),
    ]
    assert rows(small_plan(), "lines.csv")[3]["last_year_pence"] == ""


def test_the_strategic_plan_has_the_lines_of_all():
    found = rows(strategic_plan(), "lines.csv")
    assert {(each["locality"], each["kind"]) for each in found} >= {
        ("north", "own"),
        ("south", "joint"),
        ("", "partnership"),
    }


def test_every_file_has_its_declared_columns():
    for plan in (small_plan(), strategic_plan()):
        written = open_data(plan)
        assert set(written) == {"plan.json", "plan.schema.json", *(f"{table.name}.csv" for table in OPEN_TABLES)}
        for table in OPEN_TABLES:
            (head, *_) = csv.reader(io.StringIO(written[f"{table.name}.csv"].decode()))
            assert head == [column.name for column in table.columns]


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t=", " =", "'="])
def test_no_cell_of_a_person_starts_a_formula(start):
    text = f"{start}HYPERLINK(1)"
    plan = small_plan(priorities=(Priority("P1", "Care at home", "", 1, text, text, "more", text),))
    (row,) = rows(plan, "priorities.csv")
    assert [row[name] for name in ("title", "why", "raised_by")] == [f"'{text}"] * 3
    book = openpyxl.load_workbook(io.BytesIO(write_sheets(outline_of(plan), plan)))
    cells = [cell for sheet in book for line in sheet.iter_rows() for cell in line]
    assert [cell.coordinate for cell in cells if cell.data_type == "f"] == []
    assert text in [cell.value for cell in cells]


def test_the_workbook_says_what_it_is_and_repeats_its_header_rows():
    plan = agreed_plan()
    book = openpyxl.load_workbook(io.BytesIO(write_sheets(outline_of(plan), plan)))
    assert book.sheetnames == ["About", *(table.name.capitalize() for table in OPEN_TABLES)]
    assert "This is an example." in book["About"]["A3"].value
    assert book["Lines"].freeze_panes == "A2"
    assert book["Lines"].print_title_rows == "$1:$1"
    assert book.properties.title == "Locality plan for North, 2026/27"
