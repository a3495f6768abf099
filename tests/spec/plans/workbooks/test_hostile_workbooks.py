"""Files that are no workbooks, damaged, or made to do harm: refused in plain words, fast."""

import io
import time
import zipfile

import pytest

from factories.plans import small_plan
from locality.foundations import InputRefused
from locality.plans import fields_of
from locality.plans.workbooks import read_catalogue, read_plan_workbook, write_plan_workbook

PLAN = small_plan()
WRITTEN = write_plan_workbook(PLAN)


def refused(content):
    with pytest.raises(InputRefused) as found:
        read_plan_workbook(content, PLAN, file="plan.xlsx")
    (fault,) = found.value.faults
    return fault


def rewritten(change, *, add=None):
    """The plan's workbook with its parts changed."""
    written = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(WRITTEN)) as old, zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, change(name, old.read(name)))
        for name, content in (add or {}).items():
            new.writestr(name, content)
    return written.getvalue()


def in_sheets(old, new):
    return lambda name, text: text.replace(old, new) if name.startswith("xl/worksheets/sheet") else text


@pytest.mark.parametrize(
    "content",
    [b"", b"hello", b"PK\x03\x04 nothing", b"%PDF-1.7", WRITTEN[:5000], WRITTEN[::-1]],
    ids=["empty", "text", "a zip's beginning", "a PDF's beginning", "cut off", "backwards"],
)
def test_what_is_no_workbook_is_refused(content):
    assert refused(content).code == "workbook-damaged"


def test_a_password_or_an_old_workbook_is_named():
    fault = refused(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600))
    assert str(fault) == (
        "plan.xlsx: it is locked by a password, or of the old kind .xls. Save it as .xlsx without a password."
    )


def test_a_small_file_that_unpacks_to_a_large_one_is_refused_unread():
    bomb = rewritten(lambda _name, text: text, add={"xl/bomb.xml": b"0" * 30_000_000})
    assert len(bomb) < 100_000
    assert refused(bomb).code == "workbook-too-large"


def test_a_sheet_of_a_million_rows_is_refused():
    far = in_sheets(b"</sheetData>", b'<row r="1048576"><c r="A1048576"><v>1</v></c></row></sheetData>')
    begun = time.process_time()
    assert refused(rewritten(far)).code == "workbook-too-large"
    assert time.process_time() - begun < 5


def test_joined_cells_over_the_whole_sheet_do_no_harm():
    joined = in_sheets(
        b"</sheetData>", b'</sheetData><mergeCells count="1"><mergeCell ref="A1:XFD1048576"/></mergeCells>'
    )
    begun = time.process_time()
    assert read_plan_workbook(rewritten(joined), PLAN, file="plan.xlsx") == fields_of(PLAN)
    assert time.process_time() - begun < 5


def test_macros_are_refused():
    fault = refused(rewritten(lambda _name, text: text, add={"xl/vbaProject.bin": b"x"}))
    assert str(fault) == "plan.xlsx: it holds macros. Save it as .xlsx, without macros."


@pytest.mark.parametrize(
    "start",
    [
        b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]>',
        b'<?xml version="1.0"?><!doctype x SYSTEM "file:///etc/passwd">',
        b'<?xml version="1.0" encoding="UTF-7"?>',
        b"\xff\xfe",
    ],
)
def test_xml_that_defines_things_is_refused(start):
    def change(name, text):
        return start + text.split(b"?>", 1)[-1] if name == "xl/workbook.xml" else text

    assert refused(rewritten(change)).code == "workbook-harmful"


def test_a_workbook_with_damaged_parts_is_refused_in_words():
    fault = refused(rewritten(lambda name, text: text[: len(text) // 2] if "sheet2" in name else text))
    assert str(fault) == (
        "plan.xlsx: it is damaged and cannot be read. "
        "Save it again as .xlsx in your spreadsheet program, or export it anew."
    )


def test_a_catalogue_is_guarded_alike():
    with pytest.raises(InputRefused, match="it is not an"):
        read_catalogue(b"PK\x03\x04 nothing", file="services.xlsx")
