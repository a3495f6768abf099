"""A planner works out budgets and saves an option; the board's decision makes it public. By keyboard alone."""

import pytest

from factories import money_site, site
from factories.browsing import focused, press, tab_to

pytestmark = pytest.mark.browser
BUDGETS = "/fife/money/budgets/2026-27/"


@pytest.fixture
def ready(fife):
    """Fife with its services and a release of £10 million, the first locality over and the last under its share."""
    money_site.catalogue(fife)
    money_site.loaded_release(fife)
    return fife


def be(page, person):
    """Open pages as somebody who signed in before; signing in itself has its own journeys."""
    session = site.signed_in(person).cookies["sessionid"].value
    page.context.add_cookies([{"name": "sessionid", "value": session, "url": page.site}])


def follow(page, name):
    """Reach a link or button by Tab, press it, and wait for the page it leads to."""
    tab_to(page, name)
    with page.expect_navigation():
        page.keyboard.press("Enter")


def type_into(page, label, text):
    tab_to(page, label)
    page.keyboard.type(text)


@pytest.mark.parametrize("width", [360, 1280])
def test_a_planner_sets_budgets_and_the_board_decides(ready, browser_page, check_axe, width):
    # given a planner on the page of the partnership's money
    page = browser_page(width)
    be(page, site.person("planner", ready, name="Pat Planner"))
    page.goto(f"{page.site}/fife/money/")
    check_axe(page)
    follow(page, "Set budgets")
    check_axe(page)
    page.goto(page.site + BUDGETS)
    check_axe(page)

    # when the total is forgotten, the fault is named, and its link leads into the field
    tab_to(page, "Total for the year (optional)")
    press(page, "Control+A", "Delete")
    follow(page, "Work out")
    assert focused(page).startswith("There is a problem")
    check_axe(page)
    tab_to(page, "Total for the year: Give the total for the year, or its growth.")
    press(page, "Enter")
    assert focused(page) == "Total for the year (optional)"

    # when rules are chosen and worked out, what comes of them is shown
    page.keyboard.type("10,300,000")
    follow(page, "Work out")
    page.get_by_text("£10,300,000 of £10,300,000").or_(
        page.get_by_text("is shared out to 4 localities")
    ).first.wait_for()
    check_axe(page)

    # and when the option is saved, it stands among the saved options
    type_into(page, "Name of the option (optional)", "Closer in ten years")
    follow(page, "Save as an option")
    page.get_by_role("link", name="Closer in ten years").first.wait_for()
    check_axe(page)

    # when the board's decision is recorded by somebody who may
    page.context.clear_cookies()
    be(page, site.person("executive", ready, name="Bo Board"))
    page.goto(page.site + BUDGETS)
    follow(page, "Closer in ten years")
    check_axe(page)
    type_into(page, "Who decided", "The integration joint board")
    for label, number in (("Day", "20"), ("Month", "3"), ("Year", "2026")):
        type_into(page, label, number)
    type_into(page, "Why", "It brings every locality closer to its fair share.")
    follow(page, "Record the decision")

    # then everybody can read who decided what, and why
    page.context.clear_cookies()
    page.goto(f"{page.site}/fife/money/decisions/2026-27/1/")
    page.get_by_text("It brings every locality closer to its fair share.").wait_for()
    assert page.get_by_text("20 March 2026").is_visible()
    check_axe(page)


def test_budgets_are_worked_out_without_scripts(ready, browser_page):
    page = browser_page(360, scripts=False)
    be(page, site.person("finance", ready, name="Fin Officer"))
    page.goto(page.site + BUDGETS)
    follow(page, "Work out")
    assert page.get_by_role("table", name="Budget of each locality").first.is_visible()
