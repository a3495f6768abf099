"""A resident reads about a locality; a planner appoints its lead and moves a zone."""

import datetime as dt

import pytest

from factories import areas, browsing, site
from locality_web.members.changes import Appointment, appoint

pytestmark = pytest.mark.browser

PUBLIC = (
    "",
    "localities/",
    "localities/levenmouth/",
    "localities/kirkcaldy/",
    "areas/history/",
    "localities/levenmouth/briefing/",
    "localities/levenmouth/briefing/?size=large",
    "localities/levenmouth/briefing/easy-read/",
)
FOR_PLANNERS = ("areas/change/", "areas/names/", "localities/levenmouth/lead/", "localities/levenmouth/lead/appoint/")


@pytest.fixture
def divided(fife):
    areas.load(fife, areas.release(areas.FOUR, people=8000))
    planner = site.person("planner", fife, name="Pat Planner")
    here = site.place(fife, "levenmouth")
    ann = Appointment("lead", "Dr Ann Reid", dt.date(2026, 4, 1), is_gp=True, cluster="Levenmouth", reason="Chosen.")
    appoint(planner, here, ann)
    return planner


@pytest.mark.parametrize("width", [360, 1280])
def test_public_pages_have_no_accessibility_faults(divided, browser_page, check_axe, width):
    page = browser_page(width)
    for address in PUBLIC:
        page.goto(f"{page.site}/fife/{address}")
        check_axe(page)
        _fits(page, width)


@pytest.mark.parametrize("width", [360, 1280])
def test_planners_pages_have_no_accessibility_faults(divided, browser_page, check_axe, width):
    page = browser_page(width)
    _be(page, divided)
    for address in FOR_PLANNERS:
        page.goto(f"{page.site}/fife/{address}")
        assert page.url.endswith(address)
        check_axe(page)
        _fits(page, width)


def _be(page, person):
    """Open pages as somebody who signed in before; signing in itself has its own journeys."""
    session = site.signed_in(person).cookies["sessionid"].value
    page.context.add_cookies([{"name": "sessionid", "value": session, "url": page.site}])


def _fits(page, width):
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_a_planner_moves_a_zone_by_a_file(divided, browser_page, check_axe, tmp_path):
    # given a planner with the zones of today
    page = browser_page(360)
    _be(page, divided)
    page.goto(f"{page.site}/fife/areas/change/")
    with page.expect_download() as download:
        page.get_by_role("link", name="Download the zones of today").click()
    changed = tmp_path / "zones.csv"
    changed.write_bytes(
        download.value.path()
        .read_bytes()
        .replace(b"S01000002,Zone 2,levenmouth,Levenmouth", b"S01000002,Zone 2,kirkcaldy,")
    )

    # when a file with another locality is chosen and looked at
    page.get_by_label("File of zones").set_input_files(changed)
    for part, number in (("Day", "1"), ("Month", "4"), ("Year", "2027")):
        page.get_by_label(part, exact=True).fill(number)
    page.get_by_label("Why?").fill("The new bridge joins the zone to Kirkcaldy.")
    page.get_by_role("button", name="Look at what changes").click()
    page.get_by_text("1 zone moves to another locality, with 8,000 residents.").wait_for()
    check_axe(page)

    # then it is saved, and everybody can see since when
    page.get_by_role("button", name="Save the change").click()
    page.get_by_role("heading", name="Localities from 1 April 2027").wait_for()
    check_axe(page)


def test_a_planner_appoints_a_lead_by_keyboard_alone(divided, browser_page, check_axe):
    # given a locality without a lead
    page = browser_page(1280)
    _be(page, divided)
    page.goto(f"{page.site}/fife/localities/kirkcaldy/lead/appoint/")

    # when a name is forgotten, the fault is named and reached
    browsing.tab_to(page, "Appoint")
    browsing.press(page, "Enter")
    page.get_by_role("link", name="Write the name of the person.").wait_for()
    check_axe(page)
    for label, text in (("Name of the person", "Bo Hay"), ("How was the person chosen?", "By the group.")):
        browsing.tab_to(page, label)
        page.keyboard.type(text)
        if label.startswith("Name"):
            for number in ("1", "4", "2026"):
                page.keyboard.press("Tab")
                page.keyboard.type(number)
    browsing.tab_to(page, "Appoint")
    browsing.press(page, "Enter")

    # then everybody reads it
    page.get_by_text("Bo Hay is appointed.").wait_for()
    page.goto(f"{page.site}/fife/localities/kirkcaldy/")
    page.get_by_text("leads Kirkcaldy until 31 March 2029").wait_for()
