"""Somebody whose role needs a second step sets it up at the first sign-in, and signs in with it the next time."""

import re

import pytest
from django.core.cache import cache

from factories import site
from factories.browsing import PASSWORD, sign_in, tab_to
from factories.second_step import code_now
from locality_web.core.models import Person

pytestmark = pytest.mark.browser


def send(page, button):
    tab_to(page, button)
    with page.expect_navigation():
        page.keyboard.press("Enter")


@pytest.mark.parametrize("width", [360, 1280])
def test_the_second_step_is_set_up_and_then_asked_for_by_keyboard_alone(fife, browser_page, check_axe, width):
    # given a planner with a password and nothing else
    planner = site.person("planner", fife, name="Pat Planner")
    planner.authenticator_set.all().delete()
    page = browser_page(width)

    # when they sign in, the second step comes before anything else
    sign_in(page, Person.objects.get(pk=planner.pk), PASSWORD)
    page.goto(f"{page.site}/today/")
    page.get_by_role("heading", name="Your second step at sign-in").wait_for()
    check_axe(page)
    send(page, "Set it up")
    # The password was typed a moment ago: nobody is asked for it twice.
    page.get_by_role("heading", name="Your password once more").wait_for(state="detached")
    check_axe(page)

    # when the code is wrong, that is said; when it is right, recovery codes follow
    secret = page.locator("main code").inner_text()
    tab_to(page, page.locator("main form[method=post] label").first.inner_text().strip())
    page.keyboard.type("000000")
    send(page, "Set it up")
    page.get_by_role("heading", name="There is a problem").wait_for()
    check_axe(page)
    cache.clear()
    tab_to(page, page.locator("main form[method=post] label").first.inner_text().strip())
    page.keyboard.press("Control+A")
    page.keyboard.type(code_now(page.locator("main code").inner_text()))
    send(page, "Set it up")
    assert re.search("recovery", page.locator("main").inner_text(), re.IGNORECASE), secret
    check_axe(page)

    # then the next sign-in asks for a code, and what needs them today opens
    page.context.clear_cookies()
    sign_in(page, planner)
    page.goto(f"{page.site}/today/")
    page.get_by_role("heading", name="What needs you today").wait_for()
    check_axe(page)
