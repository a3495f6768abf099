"""The page on editing a plan in a spreadsheet shows what is refused, in the very words that the program uses."""

import io
import re
import zipfile
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest

from factories.plans import small_plan
from locality.foundations import InputRefused
from locality.plans.workbooks import read_plan_workbook, write_plan_workbook

PAGE = Path(__file__).parents[4] / "docs/do/edit-a-plan-in-a-spreadsheet.md"
SAID = re.findall(r"^\|[^|]+\| `(.+)` \|$", PAGE.read_text(encoding="utf-8"), re.MULTILINE)
PLAN = small_plan()
WRITTEN = write_plan_workbook(PLAN)


def faults(content, plan=PLAN):
    with pytest.raises(InputRefused) as refused:
        read_plan_workbook(content, plan, file="plan.xlsx")
    return [str(fault) for fault in refused.value.faults]


def edited(change):
    book = openpyxl.load_workbook(io.BytesIO(WRITTEN))
    change(book)
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


def with_part(name, content):
    written = io.BytesIO(WRITTEN)
    with zipfile.ZipFile(written, "a", zipfile.ZIP_DEFLATED) as book:
        book.writestr(name, content)
    return written.getvalue()


def spoil_cells(book):
    money = book["Money"]
    money["E2"], money["F2"], money["E3"], money["F3"], money["E6"] = "lots", "=1+1", 1.005, -5, 5
    money.append(["Care at home", "Mine", "mine"])
    money.append(["Care at home", "Home care", "home-care"])
    money.delete_rows(5)
    book["Moves"]["B2"] = "nowhere"


def spoil_rows(book):
    book["Money"].delete_rows(3)
    book["Money"].append(["Care at home", "Home care", "home-care"])


def spoil_heading(book):
    book["Money"]["F1"] = "Mine"


@pytest.fixture(scope="module")
def everything_said():
    return "\n".join(
        [
            *faults(edited(spoil_cells)),
            *faults(edited(spoil_rows)),
            *faults(edited(spoil_heading)),
            *faults(edited(lambda book: book.remove(book["Moves"]))),
            *faults(WRITTEN, small_plan("south")),
            *faults(WRITTEN, replace(PLAN, version=3)),
            *faults(b"no workbook"),
            *faults(b"\xd0\xcf\x11\xe0"),
            *faults(with_part("xl/vbaProject.bin", b"x")),
            *faults(with_part("xl/bomb.xml", b"0" * 30_000_000)),
        ]
    )


def test_the_page_has_a_table():
    assert len(SAID) > 15


@pytest.mark.parametrize("said", SAID)
def test_the_page_says_what_the_program_says(said, everything_said):
    assert said.removeprefix("... ") in everything_said
