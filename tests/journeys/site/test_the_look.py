"""The look of the site as people meet it: on a phone, on a desk, by keyboard, without scripts."""

import pytest

from factories import site
from factories.browsing import focused, press, tab_to

pytestmark = [pytest.mark.browser, pytest.mark.urls("factories.look_page")]
LOOK = "/fife/look/"


@pytest.mark.parametrize("width", [320, 360, 1280])
def test_every_part_of_the_look_is_free_of_accessibility_faults(fife, browser_page, check_axe, width):
    page = browser_page(width)
    page.goto(page.site + LOOK)
    for summary in page.locator("details > summary:visible").all():
        summary.click()
    check_axe(page)


@pytest.mark.parametrize("width", [320, 1280])
def test_a_form_with_errors_is_free_of_accessibility_faults(fife, browser_page, check_axe, width):
    page = browser_page(width)
    page.goto(page.site + LOOK)
    page.get_by_role("button", name="Save and go on").click()
    page.get_by_role("heading", name="There is a problem").wait_for()
    assert page.title().startswith("Error: Every part")
    assert focused(page).startswith("There is a problem")
    check_axe(page)


def test_a_link_of_the_error_summary_puts_the_keyboard_into_its_field(fife, browser_page):
    page = browser_page(360)
    page.goto(page.site + LOOK)
    page.get_by_role("button", name="Save and go on").click()
    page.get_by_role("heading", name="There is a problem").wait_for()
    tab_to(page, "Amount: Fill this in.")
    press(page, "Enter")
    assert focused(page) == "Amount"
    tab_to(page, "Day")
    tab_to(page, "In one locality")


def test_the_skip_link_is_first_and_leads_to_the_main_part(fife, browser_page):
    page = browser_page(1280)
    page.goto(page.site + LOOK)
    press(page, "Tab")
    assert focused(page) == "Skip to main content"
    press(page, "Enter")
    assert page.evaluate("document.activeElement.id") == "main"


def test_the_page_works_without_scripts(fife, browser_page):
    page = browser_page(360, scripts=False)
    page.goto(page.site + LOOK)
    page.get_by_role("button", name="Save and go on").click()
    assert page.get_by_role("heading", name="There is a problem").is_visible()
    page.get_by_role("link", name="Amount: Fill this in.").click()
    assert page.url.endswith("#id_amount")


def test_a_partnership_has_its_own_colour(fife, browser_page):
    fife.accent = "#7a0045"
    fife.save()
    page = browser_page(1280)
    page.goto(page.site + LOOK)
    header = "getComputedStyle(document.querySelector('.lp-header'))"
    assert page.evaluate(f"{header}.backgroundColor") == "rgb(122, 0, 69)"
    assert page.evaluate(f"{header}.color") == "rgb(255, 255, 255)"


@pytest.mark.parametrize(("role", "width"), [("planner", 320), ("finance", 1280)])
def test_somebody_signs_in_by_the_sites_own_forms_and_signs_out_by_keyboard(
    fife, browser_page, check_axe, sign_in, role, width
):
    page = browser_page(width)
    sign_in(page, site.person(role, fife, name="Ann Example"))
    check_axe(page)
    tab_to(page, "Sign out")
    press(page, "Enter")
    page.get_by_role("link", name="Sign in").first.wait_for()


def test_on_a_phone_the_menu_opens_by_keyboard_and_without_scripts(fife, browser_page):
    page = browser_page(320, scripts=False)
    page.goto(page.site + LOOK)
    link = page.locator(".lp-menu__phone a", has_text="Localities")
    assert not link.is_visible()
    page.locator("summary", has_text="Menu").focus()
    press(page, "Enter")
    assert link.is_visible()


def test_on_paper_there_is_no_navigation_and_no_table_is_cut(fife, browser_page):
    page = browser_page(700)
    page.goto(page.site + LOOK)
    page.emulate_media(media="print")
    assert not page.locator("nav").first.is_visible()
    assert not page.get_by_role("link", name="Skip to main content").is_visible()
    cut = (
        "[...document.querySelectorAll('.lp-scroll')].filter((each) => getComputedStyle(each).overflowX !== 'visible')"
    )
    assert page.evaluate(f"{cut}.length") == 0
