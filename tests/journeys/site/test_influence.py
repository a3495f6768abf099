"""A lead records by keyboard what a theme led to; anybody follows a pound back to the view that asked for it."""

import pytest
from django.core.cache import cache

from factories import browsing, plans_site, sense_site, site, voice_site

pytestmark = pytest.mark.browser
LINKS = "/fife/localities/levenmouth/influence/links/"


@pytest.fixture(autouse=True)
def nothing_counted(live_site):
    cache.clear()


def _be(page, person):
    session = site.signed_in(person).cookies["sessionid"].value
    page.context.add_cookies([{"name": "sessionid", "value": session, "url": page.site}])


def _look(page):
    browsing.check_axe_at(page, 360, 1280)


def _record(page, end, why):
    """Choose the end and write the reason with the keyboard alone."""
    page.get_by_label("What did it lead to?").focus()
    page.get_by_label("What did it lead to?").select_option(label=end)
    browsing.write(page, "Why do you say so?", why)
    browsing.go(page, "Record it")
    page.get_by_text("It is recorded.").wait_for()


def test_a_view_is_traced_to_a_plan_line_and_back(fife, browser_page):
    # given an agreed plan, and a view that was read into a theme
    plans_site.agreed(fife)
    lead = plans_site.holder(fife, "lead", "levenmouth")
    talk = voice_site.conversation(fife, "levenmouth", slug="talk", title="Care at home", state="being_answered")
    theme = voice_site.theme(talk, "Care on Sundays")
    view = voice_site.opinion(talk, "A carer on Sundays.")
    sense_site.read_into(theme, view)

    # when its lead records what the theme led to, and what the priority led to
    office = browser_page(scripts=False)
    _be(office, lead)
    office.goto(f"{office.site}{LINKS}new/theme:{theme.pk}/")
    browsing.go(office, "Record it")
    office.get_by_role("link", name="What did it lead to? Choose what it led to.").wait_for()
    _record(office, "Levenmouth: Fewer falls", "Most who wrote asked for it.")
    office.goto(f"{office.site}{LINKS}new/plan:levenmouth:{plans_site.YEAR}:P1/")
    _record(office, "Levenmouth: Day care", "The day centre opens on Sundays.")

    # then anybody without JavaScript follows the money back to the view
    reader = browser_page(360, scripts=False)
    reader.goto(f"{reader.site}/fife/follow/2026-27/levenmouth/day-care/core/")
    browsing.go(reader, "Who asked for this pound?")
    reader.get_by_role("heading", name="Who asked for this pound?").wait_for()
    reader.get_by_text("A carer on Sundays.").wait_for()
    reader.get_by_text("Most who wrote asked for it.").wait_for()

    # and every page of it is accessible
    looker = browser_page()
    _be(looker, lead)
    sum_of = f"plan:levenmouth:{plans_site.YEAR}:pounds:day-care:core"
    talk_pages = ("answers", "answers/write", f"answers/view/{view.pk}", "themes", "themes/new", "agreement", "read")
    for address in (
        *(f"/fife/conversations/talk/{each}/" for each in (*talk_pages, f"agreement/{view.pk}", "near-duplicates")),
        *(f"/fife/conversations/talk/{each}/" for each in ("heard", "groups", "answers/close")),
        *("/fife/influence/", f"/fife/influence/asked/{sum_of}/", LINKS, f"{LINKS}new/theme:{theme.pk}/"),
        *("/fife/localities/levenmouth/priorities/", "/fife/localities/levenmouth/priorities/new/"),
    ):
        looker.goto(f"{looker.site}{address}")
        assert looker.url.endswith(address)
        _look(looker)
