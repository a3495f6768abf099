"""A lead writes a plan and the group agrees; two editors clash; a finance officer takes the workbook round.

By keyboard alone: every link, button and field is reached by Tab.
"""

import io

import openpyxl
import pytest

from factories import browsing, money_site, plans_site, site
from locality_web.plans.models import LocalityPlanRecord
from locality_web.plans.steps import take_stance, take_step

pytestmark = pytest.mark.browser

PLAN = "/fife/localities/levenmouth/plans/2026-27/"
NOTE = "What changes in Home care against last year (optional)"


@pytest.fixture
def begun(fife):
    """Catalogue, sources and a decided budget; nobody has begun a plan."""
    plans_site.core_source(fife)
    money_site.decided_budget(fife)
    return fife


def test_a_lead_writes_a_plan_by_keyboard(begun, browser_page, check_axe, sign_in):
    # given a lead of a locality with a decided budget
    page = browser_page(1280)
    sign_in(page, plans_site.holder(begun, "lead", "levenmouth"))

    # when the lead begins the plan
    page.goto(f"{page.site}/fife/localities/levenmouth/plans/")
    browsing.go(page, "Begin the plan for 2026/27")
    page.get_by_role("heading", name="Plan of Levenmouth for 2026/27").wait_for()
    check_axe(page)

    # and writes one heading: an amount, whose total moves while it is typed, and a priority
    browsing.go(page, "Write Care at home")
    browsing.write(page, "Home care Core budget", "1,250.50")
    page.get_by_text("£1,250.50 is planned here").wait_for()
    browsing.tab_to(page, "Add a priority")
    browsing.press(page, "Enter")
    browsing.write(page, "What is wanted, in a few words", "Fewer falls")
    check_axe(page)
    browsing.go(page, "Save")

    # then it is saved and in the plan
    page.get_by_text("Saved as version 1: 1 amount and 1 priority.").wait_for()
    check_axe(page)
    plan = LocalityPlanRecord.objects.get()
    assert plan.fields["line/home-care/core"] == 1_250_50
    assert plan.fields["priority/P1/title"] == "Fewer falls"


def test_the_group_agrees_to_a_plan_on_a_phone(fife, browser_page, check_axe, sign_in):
    # given a written plan, and a group of lead and member
    plan = plans_site.written(fife)
    lead, member = (plans_site.holder(fife, role, "levenmouth") for role in ("lead", "member"))

    # when the lead opens it for comments and puts it to the group
    page = browser_page(1280)
    sign_in(page, lead)
    page.goto(f"{page.site}{PLAN}group/")
    browsing.go(page, "Open for comments")
    browsing.go(page, "Put to the group")
    page.get_by_text("The plan is now put to the group.").wait_for()
    check_axe(page)
    plan.refresh_from_db()
    take_stance(lead, plan, "agree")

    # and a member agrees on a phone
    phone = browser_page(360)
    sign_in(phone, member)
    phone.goto(f"{phone.site}{PLAN}group/")
    browsing.go(phone, "Give your answer")
    check_axe(phone)
    browsing.tab_to(phone, "I agree")
    browsing.press(phone, "Space")
    browsing.go(phone, "Send my answer")
    browsing.go(phone, "Record that the plan is agreed")

    # then the plan is kept with its hash
    phone.get_by_text("The plan is agreed. It is kept as it is, with its hash.").wait_for()
    phone.get_by_text(LocalityPlanRecord.objects.get().snapshot.sha256).wait_for()
    check_axe(phone)


@pytest.mark.parametrize("scripts", [True, False])
def test_two_editors_clash_and_neither_loses_a_word(fife, browser_page, sign_in, scripts):
    # given two editors who have the same page open, one of them without scripts in the browser
    plans_site.written(fife)
    mine, theirs = browser_page(360, scripts=scripts), browser_page(1280)
    sign_in(mine, plans_site.holder(fife, "lead", "levenmouth"))
    sign_in(theirs, site.person("planner", fife, name="Pat Planner"))
    for page in (mine, theirs):
        page.goto(f"{page.site}{PLAN}edit/care-at-home/")

    # when both change the same note, and one of them another note too
    browsing.write(theirs, NOTE, "Carers drive electric cars.")
    browsing.go(theirs, "Save")
    browsing.write(mine, "What changes in Day care against last year (optional)", "Three days a week.")
    browsing.write(mine, NOTE, "Two more carers.")
    browsing.go(mine, "Save")

    # then both texts are shown, with who wrote the other
    mine.get_by_role("heading", name="You and somebody else changed the same field").wait_for()
    mine.get_by_text("Carers drive electric cars.").wait_for()
    mine.get_by_text("Two more carers.").first.wait_for()
    mine.get_by_text("Pat Planner").wait_for()
    if scripts:
        browsing.check_axe_at(mine, 1280, 360)

    # and a text made of both settles it, with nothing lost
    browsing.tab_to(mine, "Mine")
    browsing.press(mine, "ArrowDown", "ArrowDown")
    browsing.write(mine, "Note on Home care: something else (optional)", "Two more carers, who drive electric cars.")
    browsing.go(mine, "Save what I chose")
    mine.get_by_text("The clash is settled.").wait_for()
    fields = LocalityPlanRecord.objects.get().fields
    assert fields["note/home-care"] == "Two more carers, who drive electric cars."
    assert fields["note/day-care"] == "Three days a week."


def test_a_finance_officer_takes_the_workbook_round(fife, browser_page, check_axe, sign_in, tmp_path):
    # given a finance officer with the workbook of a plan
    plans_site.written(fife)
    page = browser_page(1280)
    sign_in(page, money_site.officer(fife, "finance"))
    page.goto(f"{page.site}{PLAN}workbook/")
    browsing.tab_to(page, "Download the workbook")
    with page.expect_download() as download:
        page.keyboard.press("Enter")
    content = download.value.path().read_bytes()

    # when a wrong amount is sent, it is named by sheet, row and column
    send_back(page, _book(content, tmp_path / "wrong.xlsx", "lots"))
    page.get_by_text("'lots' is not an amount").wait_for()
    check_axe(page)

    # then the right one is previewed and taken
    send_back(page, _book(content, tmp_path / "right.xlsx", 1234.5))
    page.get_by_text("Home care, Core budget: new, £1,234.50.").wait_for()
    check_axe(page)
    browsing.go(page, "Take these changes")
    page.get_by_text("Saved as version 2: 1 amount.").wait_for()
    assert LocalityPlanRecord.objects.get().fields["line/home-care/core"] == 1_234_50


def send_back(page, path):
    """Reach the field, choose a file and send it; the window for choosing is the browser's own, so it is passed by."""
    browsing.tab_to(page, "Workbook of this plan")
    page.locator(":focus").set_input_files(path)
    browsing.go(page, "See what it changes")


def _book(content, path, typed):
    book = openpyxl.load_workbook(io.BytesIO(content))
    money = book["Money"]
    row = next(row for row in money.iter_rows(min_row=2) if row[2].value == "home-care")
    column = [cell.value for cell in money[1]].index("Core budget (£)") + 1
    money.cell(row[0].row, column).value = typed
    book.save(path)
    return path


def test_pages_of_a_plan_have_no_accessibility_faults(fife, browser_page, sign_in):
    lead, plan = plans_site.holder(fife, "lead", "levenmouth"), plans_site.written(fife)
    take_step(lead, plan, "open_for_comments")
    page = browser_page()
    sign_in(page, lead)
    for address in (
        "edit/",
        "edit/care-at-home/",
        "edit/moves/",
        "edit/priorities/",
        "edit/summary/",
        "edit/clash/",
        "versions/",
        "versions/compare/?from=0&to=1",
        "versions/0/restore/",
        "comments/",
        "group/",
        "workbook/",
    ):
        page.goto(f"{page.site}{PLAN}{address}")
        browsing.check_axe_at(page, 360, 1280)
    here = "/fife/localities/levenmouth/"
    for address in ("/fife/plans/", f"{here}plans/", "/fife/joint/2026-27/", f"{here}joint/2026-27/", here):
        page.goto(f"{page.site}{address}")
        browsing.check_axe_at(page, 360, 1280)
