"""The workbook of a plan: out, filled in, back; and every way in which it can be wrong, in the words that are used."""

import io
from dataclasses import replace

import openpyxl
import pytest

from factories.plans import small_plan
from locality.foundations import InputRefused, ResultRefused
from locality.plans import PlanLine
from locality.plans.fields import fields_of
from locality.plans.workbooks import PlanStamp, read_plan_stamp, read_plan_workbook, write_plan_workbook

PLAN = small_plan()
WRITTEN = write_plan_workbook(PLAN)


def edited(change, plan=PLAN):
    """The plan's workbook after somebody changed it in a spreadsheet program."""
    book = openpyxl.load_workbook(io.BytesIO(WRITTEN if plan is PLAN else write_plan_workbook(plan)))
    change(book)
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


def put(**cells):
    """Write into cells, like Money_E2=5."""

    def change(book):
        for place, value in cells.items():
            sheet, cell = place.rsplit("_", 1)
            book[sheet.replace("_", " ")][cell] = value

    return change


def read(change, plan=PLAN):
    return read_plan_workbook(edited(change, plan), plan, file="plan.xlsx")


def changes(change):
    before, after = fields_of(PLAN), read(change)
    return {path: after.get(path) for path in sorted({**before, **after}) if before.get(path) != after.get(path)}


def faults(change, plan=PLAN):
    with pytest.raises(InputRefused) as refused:
        read(change, plan)
    return [str(fault) for fault in refused.value.faults]


#  Money      A             B                 C (code)          D last year   E core   F winter
#  row 2      Care at home  Home care         home-care         not known     500,000  15,000
#  row 3      Care at home  Day care          day-care          120,000       100,000
#  row 4      Care at home  Reablement        reablement        (joint: its share is locked)
#  row 5      Community     District nursing  district-nursing  290,000       290,000
#  row 6      Equipment     Equipment store   equipment         (partnership: locked)


def test_a_workbook_that_nobody_changed_gives_the_fields_of_the_plan():
    assert read(lambda book: None) == fields_of(PLAN)


def test_every_service_has_a_row_and_every_source_a_column():
    sheet = openpyxl.load_workbook(io.BytesIO(WRITTEN))["Money"]
    assert [cell.value for cell in sheet["C"]][1:] == [*(service.service for service in PLAN.services), None]
    assert [cell.value for cell in sheet[1]] == [
        *("Heading", "Service", "Service code", "Last year (£)", "Core budget (£)", "Winter grant (£)"),
        *("Share of joint lines (£)", "Planned (£)", "Change (£)", "Note"),
    ]


def test_only_cells_that_people_fill_in_are_open():
    book = openpyxl.load_workbook(io.BytesIO(WRITTEN))
    assert all(sheet.protection.sheet for sheet in book)
    cells = [cell for row in book["Money"].iter_rows(max_row=7) for cell in row]
    open_cells = {cell.coordinate for cell in cells if not cell.protection.locked}
    assert open_cells == {"E2", "F2", "E3", "F3", "E5", "F5", *(f"J{row}" for row in range(2, 7))}
    assert book["Money"].data_validations.dataValidation[0].sqref.ranges.pop().coord == "E2:F6"


def test_totals_are_formulas_that_check_themselves():
    book = openpyxl.load_workbook(io.BytesIO(WRITTEN))
    money, budget = book["Money"], book["Budget"]
    assert (money["H2"].value, money["I2"].value) == ("=SUM(E2:G2)", '=IF(ISNUMBER(D2),H2-D2,"")')
    assert money["H7"].value == "=SUM(H2:H6)"
    # Core money of Care at home and the locked share of reablement, £80,000, are held against the budget of £700,000.
    assert budget["C2"].value == "=ROUND(SUMPRODUCT(--(Money!$A$2:$A$6=$A2),Money!$E$2:$E$6)+80000.00,2)"
    assert budget["D2"].value == 700_000
    assert budget["F2"].value == '=IF(E2<0,"Over budget","Within budget")'
    assert budget["F5"].value == '=IF(ROUND(B5-Money!H7,2)=0,"Adds up","Does not add up")'


def test_pounds_become_exact_pence():
    assert changes(put(Money_E2=1234.56, Money_E3="£1,234.50", Money_E5=0.29)) == {
        "line/home-care/core": 1_234_56,
        "line/day-care/core": 1_234_50,
        "line/district-nursing/core": 29,
    }


def test_an_empty_cell_is_nought_and_a_new_amount_a_new_line():
    assert changes(put(Money_E2=None, Money_F3=10)) == {"line/home-care/core": 0, "line/day-care/winter": 10_00}


def test_rows_may_be_sorted():
    def swap(book):
        sheet = book["Money"]
        for column in "ABCDEFJ":
            sheet[f"{column}2"].value, sheet[f"{column}3"].value = sheet[f"{column}3"].value, sheet[f"{column}2"].value

    assert read(swap) == fields_of(PLAN)


def test_notes_and_the_summary_are_read():
    assert changes(put(Money_J2="More hours.", Money_J3=None, Read_me_B11="A new summary")) == {
        "note/home-care": "More hours.",
        "note/day-care": None,
        "summary": "A new summary",
    }


def test_a_new_row_gets_the_next_id_and_an_emptied_row_goes():
    new = dict(zip("BCDEFG", (1, "Care at home", "day-care", "New", "Asked for", "more"), strict=True))
    found = changes(
        put(**{f"Priorities_{c}5": v for c, v in new.items()}, **{f"Priorities_{c}2": None for c in "BCDEFGH"})
    )
    assert found["priority/P4/title"] == "New"
    assert found["priority/P4/rank"] == 1
    assert found["priority/P1/title"] is None


def test_moves_and_actions_are_read():
    found = changes(put(Moves_E2=10_000.5, Actions_C2="Hire six carers", Actions_E2="2026-10-31"))
    assert found == {"move/M1/pence": 10_000_50, "action/A1/what": "Hire six carers", "action/A1/by": "2026-10-31"}


def test_every_fault_is_named_by_sheet_row_and_column_at_once():
    assert faults(put(Money_E2="lots", Money_F3="=1+1", Money_E5=1.005, Priorities_B2="first")) == [
        "plan.xlsx, sheet Money, row 2, column E (Core budget (£)): 'lots' is not an amount. "
        "Write pounds as a number, like 1234.56.",
        "plan.xlsx, sheet Money, row 3, column F (Winter grant (£)): a formula stands here. "
        "Write the amount itself (paste it as a value).",
        "plan.xlsx, sheet Money, row 5, column E (Core budget (£)): '1.005' has a part of a penny. "
        "Write pounds with two decimals at most.",
        "plan.xlsx, sheet Priorities, row 2, column B (Rank): 'first' is not a whole number. Write a whole number.",
    ]


@pytest.mark.parametrize("written", ["1,5", "12 34", "1e400", "--5", True, "#REF!", "5 pounds", "1.2.3"])
def test_what_is_no_amount_is_refused(written):
    assert len(faults(put(Money_E2=written))) == 1


def test_what_makes_the_plan_unsound_is_named_where_it_stands():
    assert faults(put(Money_E6=5, Priorities_G2="perhaps", Moves_B2="nowhere", Money_E3=-5)) == [
        "plan.xlsx, sheet Money, row 3, column E (Core budget (£)): -£5.00 is below nought. "
        "Write what is to be spent; put a saving as a move, or plan less than last year.",
        "plan.xlsx, sheet Money, row 6, column E (Core budget (£)): Equipment store is planned once for the whole "
        "partnership; it has no line in a locality's plan. Leave it to the partnership's own lines.",
        "plan.xlsx, sheet Priorities, row 2, column G (Asks for): 'perhaps' is none of more, less, change, keep. "
        "Choose one of them.",
        "plan.xlsx, sheet Moves, row 2, column B (From service): 'nowhere' is no service of the catalogue. "
        "Choose a service of the catalogue.",
    ]


def test_what_was_wrong_with_the_draft_before_is_not_held_against_the_workbook():
    draft = replace(PLAN, lines=(*PLAN.lines, PlanLine("equipment", "core", 7)))
    assert read(put(Money_E2=1), draft)["line/home-care/core"] == 1_00


def test_an_extra_row_and_a_service_that_stands_twice_are_refused():
    def add(book):
        book["Money"].append(["Care at home", "Mine", "mine", None, 5])
        book["Money"].append(["Care at home", "Home care", "home-care", None, 5])
        book["Money"].append(["A remark below"])

    assert faults(add) == [
        "plan.xlsx, sheet Money, row 8, column C (Service code): 'mine' is no service of this plan. "
        "Take the row out; new services are added to the catalogue.",
        "plan.xlsx, sheet Money, row 9, column C (Service code): home-care stands in row 2 already. Keep one row.",
        "plan.xlsx, sheet Money, row 10, column C (Service code): the row names no service. "
        "Take the row out; new services are added to the catalogue.",
    ]


def test_a_missing_service_sheet_or_heading_is_refused():
    assert faults(lambda book: book["Money"].delete_rows(3)) == [
        "plan.xlsx, sheet Money: the row of Day care (day-care) is missing. "
        "Export the workbook anew, and copy your changes into it."
    ]
    assert "the sheet Moves is missing" in faults(lambda book: book.remove(book["Moves"]))[0]
    assert "column F: the heading is 'Mine' instead of 'Winter grant (£)'" in faults(put(Money_F1="Mine"))[0]


def test_an_id_that_the_plan_does_not_have_is_refused():
    (said,) = faults(put(Priorities_A6="P99", Priorities_E6="Mine"))
    assert "sheet Priorities, row 6, column A (Id): this plan has no priority 'P99'" in said
    (said,) = faults(put(Priorities_A3="P1"))
    assert "the id P1 stands there twice" in said


@pytest.mark.parametrize(
    ("plan", "said"),
    [
        (small_plan("south"), "it belongs to another plan: locality north instead of south"),
        (replace(PLAN, year="2027/28"), "it belongs to another plan: year 2026/27 instead of 2027/28"),
        (replace(PLAN, version=3), "it was made from version 1 of the plan, not from version 3"),
    ],
)
def test_the_workbook_of_another_plan_is_refused(plan, said):
    with pytest.raises(InputRefused) as refused:
        read_plan_workbook(write_plan_workbook(PLAN), plan, file="plan.xlsx")
    assert said in str(refused.value)


def test_the_stamp_says_what_the_workbook_was_made_from():
    written = write_plan_workbook(PLAN, plan_id="17", base_version="5")
    assert read_plan_stamp(written, file="plan.xlsx") == PlanStamp("S37000099", "north", "2026/27", "1", "17", "5")
    stranger = io.BytesIO()
    openpyxl.Workbook().save(stranger)
    with pytest.raises(InputRefused, match="not the workbook of a locality plan"):
        read_plan_stamp(stranger.getvalue(), file="mine.xlsx")


def test_text_that_looks_like_a_formula_stays_text():
    plan = small_plan(summary="=1+1", notes=(("day-care", "@SUM(A1)"),))
    assert read(lambda book: None, plan) == fields_of(plan)


def test_a_text_that_no_cell_can_hold_is_not_cut_off():
    with pytest.raises(ResultRefused, match="'summary' does not fit"):
        write_plan_workbook(small_plan(summary="x" * 32_768))
