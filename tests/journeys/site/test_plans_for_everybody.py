"""A planner consolidates, the board agrees, and it is published; a resident follows the money. By keyboard alone."""

import pytest

from factories import browsing, money_site, plans_public, plans_site, site

pytestmark = pytest.mark.browser

PUBLIC = (
    "localities/levenmouth/plans/2026-27/",
    "localities/levenmouth/plans/2026-27/compare/",
    "plan/",
    "plan/2026-27/",
    "plan/2026-27/compare/",
    "follow/2026-27/",
    "follow/2026-27/levenmouth/home-care/core/",
    "follow/2026-27/levenmouth/priorities/P1/",
    "verify/",
)
FOR_PLANNERS = (
    "readiness/?year=2026-27",
    "localities/levenmouth/readiness/?year=2026-27",
    "plan/2026-27/edit/",
    "plan/2027-28/edit/",
    "plan/2027-28/edit/narrative/",
    "plan/2027-28/edit/lines/",
    "plan/2027-28/edit/board/",
)


@pytest.fixture
def planned(fife):
    """Plans of every locality agreed; somebody of the board and a planner are there."""
    money_site.officer(fife, "executive")
    plans_public.agreed_everywhere(fife)
    return fife


def be(page, person):
    """Open pages as somebody who signed in before; signing in itself has its own journeys."""
    session = site.signed_in(person).cookies["sessionid"].value
    page.context.add_cookies([{"name": "sessionid", "value": session, "url": page.site}])


def test_pages_have_no_accessibility_faults(planned, browser_page):
    plans_public.published_strategic(planned)
    plans_public.begun(planned, "2027/28")
    page = browser_page()
    for address in PUBLIC:
        page.goto(f"{page.site}/fife/{address}")
        browsing.check_axe_at(page, 360, 1280)
    be(page, money_site.officer(planned, "planner"))
    for address in FOR_PLANNERS:
        page.goto(f"{page.site}/fife/{address}")
        browsing.check_axe_at(page, 360, 1280)


def test_a_planner_consolidates_the_board_agrees_and_it_is_published(planned, browser_page, check_axe):
    # given a planner, and agreed plans of all localities
    page = browser_page(1280)
    be(page, money_site.officer(planned, "planner"))
    page.goto(f"{page.site}/fife/plan/2026-27/edit/")
    browsing.go(page, "Begin the strategic plan for 2026/27")
    page.get_by_text("Nothing: every locality’s plan is agreed").wait_for()
    check_axe(page)

    # when the planner writes why, and puts it to the board
    browsing.go(page, "Our own words")
    page.get_by_role("heading", name="Our own words in the strategic plan").wait_for()
    browsing.tab_to(page, "Why this plan (optional)")
    page.keyboard.type("Care nearer home.")
    browsing.go(page, "Save")
    page.get_by_text("Saved as version 1.").wait_for()
    browsing.go(page, "The board")
    page.get_by_role("heading", name="The board and the strategic plan").wait_for()
    browsing.go(page, "Open for comments")
    page.get_by_text("The plan is now: open for comments.").wait_for()
    browsing.go(page, "Put to the board")
    page.get_by_text("The plan is now: put to the board.").wait_for()
    check_axe(page)

    # and the board agrees
    board = browser_page(360)
    be(board, money_site.officer(planned, "executive"))
    board.goto(f"{board.site}/fife/plan/2026-27/edit/board/")
    browsing.tab_to(board, "I agree")
    browsing.press(board, "Space")
    browsing.go(board, "Send my answer")
    board.get_by_text("You agree to this plan.").wait_for()
    browsing.go(board, "Record that the plan is agreed")
    board.get_by_text("The strategic plan is agreed.").wait_for()
    check_axe(board)

    # then the planner publishes it, and everybody can read and download it
    page.goto(f"{page.site}/fife/plan/2026-27/")
    browsing.go(page, "Publish this plan")
    page.get_by_text("This plan is being published.").wait_for()
    plans_site.work_until_done()
    resident = browser_page(360)
    resident.goto(f"{resident.site}/fife/plan/latest/")
    resident.get_by_text("Care nearer home.").wait_for()
    resident.get_by_role("link", name="PDF", exact=True).wait_for()
    check_axe(resident)


def test_a_resident_follows_the_money(planned, browser_page, check_axe):
    # given a resident who reads the plan of the own locality
    plans_public.agreed_strategic(planned)
    page = browser_page(360)
    page.goto(f"{page.site}/fife/localities/levenmouth/plans/2026-27/")

    # when they open a line
    browsing.go(page, "Home care")
    page.get_by_role("heading", name="Home care in Levenmouth, 2026/27").wait_for()
    check_axe(page)

    # then they see which priority it answers and who raised that
    page.get_by_text("Raised by: Carers' forum").wait_for()
    browsing.go(page, "priority 1, Fewer falls")
    page.get_by_text("Falls are the first cause of admission.").wait_for()
    page.go_back(wait_until="load")

    # and who decided, and that the plan is what was agreed
    browsing.go(page, "decision 2026/27-1")
    page.get_by_role("heading", name="Budget decision 2026/27-1").wait_for()
    page.go_back()
    sha256 = planned.localities.get(slug="levenmouth").plans.get().snapshot.sha256
    browsing.go(page, sha256)
    page.get_by_text("Yes: it is what was agreed").wait_for()
    check_axe(page)
