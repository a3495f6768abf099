"""People comment on the strategic plan, a planner answers, and everybody reads both. By keyboard alone."""

import pytest
from django.utils import timezone

from factories import browsing, money_site, plans_public, plans_site, site
from locality_web.plans.strategic import take_strategic_step

pytestmark = pytest.mark.browser
PLAN = "/fife/plan/2026-27/"


@pytest.fixture
def planner(fife):
    return money_site.officer(fife, "planner")


@pytest.fixture
def opened(fife, planner):
    """A strategic plan that is open for comments."""
    plans_site.agreed(fife)
    return take_strategic_step(planner, plans_public.begun(fife), "open_for_comments")


def be(page, person):
    """Open pages as somebody who signed in before; signing in itself has its own journeys."""
    session = site.signed_in(person).cookies["sessionid"].value
    page.context.add_cookies([{"name": "sessionid", "value": session, "url": page.site}])


def test_a_resident_comments_a_planner_answers_and_everybody_reads_both(fife, opened, planner, browser_page):
    # given a resident who reads on the front page that the strategic plan is open for comments
    page = browser_page(360)
    be(page, site.person("participant", fife, name="Rae Resident"))
    page.goto(f"{page.site}/fife/")
    browsing.check_axe_at(page, 360, 1280)
    browsing.go(page, "Read the plan and comment: The strategic plan of Fife")
    browsing.check_axe_at(page, 360, 1280)

    # when the resident comments on it
    browsing.write(page, "Your comment", "Please say how people without the internet can take part.")
    browsing.write(page, "If you speak for a group, which one? (optional)", "Community council")
    browsing.go(page, "Send the comment")
    page.get_by_text("Your comment is kept.").wait_for()
    browsing.check_axe_at(page, 360, 1280)

    # and a planner finds it among what waits today, and answers
    desk = browser_page(1280)
    be(desk, planner)
    desk.goto(f"{desk.site}/today/")
    browsing.check_axe_at(desk, 360, 1280)
    browsing.go(desk, "Answer comments on the strategic plan for 2026/27")
    browsing.go(desk, f"Answer to the comment of Rae Resident, {timezone.localdate():%-d %B %Y}")
    browsing.check_axe_at(desk, 360, 1280)
    browsing.write(desk, "What became of it, or why not", "Every library has the plan on paper from May.")
    browsing.go(desk, "Save the answer")
    desk.get_by_text("The answer is kept beside the comment.").wait_for()
    browsing.check_axe_at(desk, 360, 1280)
    desk.goto(f"{desk.site}{PLAN}edit/")
    browsing.check_axe_at(desk, 360, 1280)

    # then everybody reads both on the plan's own page, also without scripts, and nobody's name
    reader = browser_page(360, scripts=False)
    reader.goto(f"{reader.site}{PLAN}")
    reader.get_by_text("Every library has the plan on paper from May.").wait_for()
    assert not reader.get_by_text("Rae Resident").count()
    page.goto(f"{page.site}{PLAN}")
    browsing.check_axe_at(page, 360, 1280)
