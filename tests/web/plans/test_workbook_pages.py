"""The workbook of a plan on the site: out, back, all faults at once, a preview, and nothing lost meanwhile."""

from __future__ import annotations

import io

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from factories import money_site, site
from factories.plan_pages import PLAN, open_form, words
from locality_web.plans.models import LocalityPlanRecord

pytestmark = pytest.mark.django_db
WORKBOOK = f"{PLAN}workbook/"


def the_plan() -> LocalityPlanRecord:
    return LocalityPlanRecord.objects.get(locality__slug="levenmouth")


@pytest.fixture
def finance(lead, fife):
    return site.signed_in(money_site.officer(fife, "finance"))


def changed_book(client, **cells) -> SimpleUploadedFile:
    """Download the workbook and write into cells of its sheet of money: `home_care="12.50"`, or notes as a pair."""
    book = openpyxl.load_workbook(io.BytesIO(client.get(f"{WORKBOOK}plan.xlsx").content))
    money = book["Money"]
    heads = [cell.value for cell in money[1]]
    for name, typed in cells.items():
        code, _, head = name.partition("__")
        column = heads.index("Note" if head == "note" else "Core budget (£)") + 1
        row = next(row for row in money.iter_rows(min_row=2) if row[2].value == code.replace("_", "-"))
        money.cell(row[0].row, column).value = typed
    out = io.BytesIO()
    book.save(out)
    return SimpleUploadedFile("plan.xlsx", out.getvalue())


def test_the_workbook_comes_back_with_a_preview_and_is_taken_on_confirmation(finance):
    answer = finance.post(WORKBOOK, {"file": changed_book(finance, home_care=1234.5)})

    assert "Home care, Core budget: new, £1,234.50." in words(answer)
    assert the_plan().version == 1
    finance.post(f"{WORKBOOK}confirm/", {"kept": answer.context["kept"]})

    plan = the_plan()
    assert (plan.version, plan.fields["line/home-care/core"]) == (2, 123450)
    assert plan.planversions.first().says == "from the workbook plan.xlsx"


def test_all_faults_are_named_by_sheet_row_and_column_and_nothing_is_taken(finance):
    answer = finance.post(WORKBOOK, {"file": changed_book(finance, home_care="lots", day_care=-5)})

    shown = words(answer)
    assert "'lots' is not an amount" in shown
    assert "-£5.00 is below nought" in shown
    assert "plan.xlsx, sheet Money" in shown
    assert the_plan().version == 1


def test_of_a_finance_officer_s_workbook_only_amounts_and_moves_are_taken(finance):
    answer = finance.post(WORKBOOK, {"file": changed_book(finance, home_care=5, home_care__note="Words")})
    assert "These are not taken, because you may change amounts and moves only: Note on Home care." in words(answer)

    finance.post(f"{WORKBOOK}confirm/", {"kept": answer.context["kept"]})

    assert the_plan().fields["line/home-care/core"] == 500
    assert "note/home-care" not in the_plan().fields


def test_what_changed_meanwhile_is_kept_and_the_same_amount_is_a_clash(finance, lead):
    book = changed_book(finance, home_care=5, district_nursing=7)
    open_form(lead, f"{PLAN}edit/care-at-home/").send(**{"line__home-care__core": "6"})

    answer = finance.post(WORKBOOK, {"file": book})
    assert "Somebody changed the same fields meanwhile." in words(answer)
    answer = finance.post(f"{WORKBOOK}confirm/", {"kept": answer.context["kept"]})

    assert answer.url.startswith(f"{PLAN}edit/clash/")
    assert (the_plan().fields["line/home-care/core"], the_plan().fields["line/district-nursing/core"]) == (600, 700)
    assert "£5.00" in words(finance.get(answer.url))


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("plan.xlsx", b"no workbook", "it is not an .xlsx workbook"),
        ("plan.csv", b"a,b", "'plan.csv' is not a file of the right kind."),
    ],
)
def test_any_other_file_is_refused_in_words(finance, name, content, says):
    answer = finance.post(WORKBOOK, {"file": SimpleUploadedFile(name, content)})

    assert says in words(answer)


def test_another_year_s_workbook_is_refused(finance, fife):
    from factories import plans_site

    plans_site.written(fife, year="2027/28")
    book = finance.get("/fife/localities/levenmouth/plans/2027-28/workbook/plan.xlsx").content

    answer = finance.post(WORKBOOK, {"file": SimpleUploadedFile("plan.xlsx", book)})

    assert "belongs to another plan" in words(answer)


def test_a_preview_that_somebody_changed_is_not_taken(finance):
    answer = finance.post(f"{WORKBOOK}confirm/", {"kept": "made:up"}, follow=True)

    assert "The preview is too old or was changed." in words(answer)


def test_a_workbook_that_changes_nothing_takes_nothing(finance):
    answer = finance.post(WORKBOOK, {"file": changed_book(finance)})

    assert "There is nothing to take." in words(answer)
