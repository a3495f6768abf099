"""A new lead fills the register from a spreadsheet and sees the gaps close; a gap is worked on by keyboard alone."""

import io

import openpyxl
import pytest

from factories import browsing, register_site, site
from locality_web.members.models import Approach, Member, Seat
from locality_web.members.register_people import add_member
from locality_web.members.register_seats import make_seat

pytestmark = pytest.mark.browser

HERE = "fife/localities/levenmouth"
PEOPLE = (
    ("Ann Reid", "Leven Surgery", "GP practice", "General practice", "ann@example.org", "Name and organisation"),
    ("Bo Hay", "Fife Carers", "Carers' organisation", "Carers", "bo@example.org", "Organisation alone"),
    ("Cy Low", "Leven Pharmacy", "Community pharmacy", "Pharmacists", "cy@example.org", ""),
)


@pytest.fixture
def lead(fife):
    return site.person("lead", fife, "levenmouth", name="Lee Lead")


@pytest.fixture
def planner(fife):
    return site.person("planner", fife, name="Pat Planner")


def fill_in(path, *, group_of_carers="Carers"):
    """Write three people into the empty workbook, as somebody does in a spreadsheet."""
    book = openpyxl.load_workbook(io.BytesIO(path.read_bytes()))
    sheet = book["Register"]
    heads = [cell.value for cell in sheet[1]]
    for row, (name, body, kind, group, email, shown) in enumerate(PEOPLE, start=2):
        said = {"name": name, "organisation": body, "organisation kind": kind, "from": "1/4/2026", "e-mail": email}
        said |= {"group": group_of_carers if group == "Carers" else group, "locality": "Levenmouth"}
        said |= {"how chosen": "Came forward", "what is shown": shown}
        for column, text in said.items():
            sheet.cell(row, heads.index(column) + 1, text)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def be(page, person):
    session = site.signed_in(person).cookies["sessionid"].value
    page.context.add_cookies([{"name": "sessionid", "value": session, "url": page.site}])


@pytest.mark.parametrize("width", [360, 1280])
def test_a_new_lead_fills_the_register_and_sees_the_gaps_close(lead, browser_page, check_axe, tmp_path, width):
    # given a lead whose locality has nobody on the register
    page = browser_page(width)
    be(page, lead)
    page.goto(f"{page.site}/{HERE}/group/")
    page.get_by_text("17 of 17 groups that are to have a voice have none.").wait_for()
    check_axe(page)

    # when the empty workbook is filled in with a group that nobody knows
    page.get_by_role("link", name="Fill it from a spreadsheet").click()
    with page.expect_download() as download:
        page.get_by_role("link", name="XLSX").first.click()
    path, file = download.value.path(), tmp_path / "people.xlsx"
    file.write_bytes(fill_in(path, group_of_carers="Carer people"))
    page.get_by_label("File of the register").set_input_files(file)
    page.get_by_role("button", name="Look at what changes").click()

    # then the fault is named with its row and column, and nothing is loaded
    page.get_by_text("Row 3, column group: “Carer people” is not known here.").first.wait_for()
    check_axe(page)
    assert not Member.objects.exists()

    # when it is mended, looked at and saved
    file.write_bytes(fill_in(path))
    page.get_by_label("File of the register").set_input_files(file)
    page.get_by_role("button", name="Look at what changes").click()
    page.get_by_text("adds 3 people and 3 terms, makes 3 seats").wait_for()
    check_axe(page)
    page.get_by_role("button", name="Save the register").click()
    page.get_by_text("3 people found.").wait_for()
    check_axe(page)

    # then three gaps are closed, one of them through a group within it
    page.get_by_role("link", name="Which groups have a voice").click()
    page.get_by_text("14 of 17 groups that are to have a voice have none.").wait_for()
    page.get_by_text("A voice within it: Pharmacists.").wait_for()
    page.get_by_text("Ann Reid, Leven Surgery – General practice").wait_for()
    page.get_by_text("Fife Carers – Carers").wait_for()
    assert not page.get_by_text("Cy Low –").count()
    check_axe(page)


@pytest.mark.parametrize("width", [360, 1280])
def test_pages_of_the_register_have_no_accessibility_faults(planner, fife, browser_page, check_axe, width):
    place = site.place(fife, "levenmouth")
    member = add_member(
        planner, place, register_site.details(), wanted=register_site.wanted(), interests=["Runs a shop."]
    )
    seat = make_seat(planner, place, group="housing")
    term = member.terms.get()
    page = browser_page(width)
    be(page, planner)
    for address in (
        f"{HERE}/register/?contact=on",
        f"{HERE}/register/add/",
        *(f"{HERE}/register/{member.pk}/{rest}" for rest in ("", "change/", "leave/", "erase/", "interests/")),
        f"{HERE}/register/seats/add/",
        *(f"{HERE}/register/seats/{seat.pk}/{rest}/" for rest in ("appoint", "close")),
        *(f"{HERE}/register/terms/{term.pk}/{rest}/" for rest in ("extend", "end")),
        f"{HERE}/group/routes/add/",
        *(f"fife/groups/{rest}" for rest in ("", "kinds/", "organisations/", "whole/group/", "whole/register/")),
    ):
        page.goto(f"{page.site}/{address}")
        check_axe(page)


def test_a_gap_is_worked_on_by_keyboard_alone(planner, fife, browser_page):
    # given a seat that nobody sits on
    make_seat(planner, site.place(fife, "levenmouth"), group="housing")
    page = browser_page(1280)
    be(page, planner)
    page.goto(f"{page.site}/{HERE}/group/")

    # when the third-sector interface is asked, and somebody is found
    browsing.go(page, "Ask the third-sector interface (Housing)")
    browsing.write(page, "Organisation or office that is asked", "Fife Voluntary Action")
    browsing.tab_to(page, "Note it and write the letter")
    browsing.press(page, "Enter")
    page.get_by_text("At the moment nobody there speaks for this group: Housing.").wait_for()
    browsing.check_axe_at(page, 360, 1280)
    browsing.tab_to(page, "No answer yet")
    browsing.press(page, "ArrowDown")
    browsing.tab_to(page, "Note it")
    browsing.press(page, "Enter")
    page.get_by_text("Somebody came forward.").wait_for()
    browsing.go(page, "Appoint somebody (Housing)")
    browsing.go(page, "Add the person with this seat")
    browsing.write(page, "Name", "Di Orr")
    browsing.tab_to(page, "Day")
    for number in ("1", "4", "2026"):
        page.keyboard.type(number)
        page.keyboard.press("Tab")
    browsing.tab_to(page, "How was the person chosen? (optional)")
    page.keyboard.type("Came")
    browsing.tab_to(page, "By e-mail, each at once")
    browsing.press(page, "ArrowUp")
    browsing.tab_to(page, "Add the person")
    browsing.press(page, "Enter")

    # then the gap is closed
    page.get_by_text("Di Orr is on the register.").wait_for()
    assert Approach.objects.get().outcome == "accepted"
    assert Seat.objects.get().terms.get().member.name == "Di Orr"
    page.goto(f"{page.site}/{HERE}/group/")
    page.get_by_text("16 of 17 groups that are to have a voice have none.").wait_for()
