"""The audit page: only the own partnership's events, filtered, in pages, and as a file whose taking is an event."""

from __future__ import annotations

import csv
import io

import pytest

from factories import site
from locality_web.core import jobs
from locality_web.core.audit import record_event
from locality_web.core.models import AuditEvent, Job


@pytest.fixture
def events(fife, argyll):
    lead = site.person("lead", fife, "levenmouth", name="Bo Lee")
    place = site.place(fife, "levenmouth")
    record_event(lead, "plans.opened", "Opened the plan", place=place, subject="plan:levenmouth:2026/27")
    record_event(lead, "plans.edited", "=Changed 3 amounts", place=place, subject="plan:levenmouth:2026/27")
    record_event(None, "plans.opened", "Something elsewhere", place=site.place(argyll))


def shown(browser, query: str = "") -> str:
    return browser.get(f"/fife/audit/{query}").content.decode()


def test_only_the_own_partnership_s_events_are_shown(events, as_role):
    page = shown(as_role("information_governance"))

    assert "2 events, the newest first" in page
    assert page.index("Changed 3 amounts") < page.index("Opened the plan")
    assert "Something elsewhere" not in page


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("?person=lee", 2),
        ("?person=nobody", 0),
        ("?kind=plans.opened", 1),
        ("?subject=plan:levenmouth", 2),
        ("?subject=plan:kirkcaldy", 0),
        ("?first_day=1&first_month=1&first_year=2020", 2),
        ("?last_day=1&last_month=1&last_year=2020", 0),
    ],
)
def test_events_can_be_chosen(events, as_role, query, found):
    assert shown(as_role("administrator"), query).count('<th scope="row">') == found


def test_days_in_the_wrong_order_are_refused(events, as_role):
    query = "?first_day=2&first_month=1&first_year=2026&last_day=1&last_month=1&last_year=2026"

    assert "The last day is before the first. Choose a later one." in shown(as_role("administrator"), query)


def test_a_page_has_fifty_events_and_keeps_the_choice_when_it_is_turned(fife, as_role):
    for number in range(51):
        record_event(None, "test.done", f"Thing {number}", place=site.place(fife))
    browser = as_role("administrator")

    assert 'href="?kind=test.done&amp;page=2">Older' in shown(browser, "?kind=test.done")
    assert shown(browser, "?kind=test.done&page=2").count('<th scope="row">') == 1


def test_the_events_as_a_file_are_safe_to_open_and_the_taking_is_an_event(events, as_role):
    answer = as_role("administrator").get("/fife/audit/events.csv?kind=plans.edited")

    rows = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert [row["what was done"] for row in rows] == ["'=Changed 3 amounts"]
    taken = AuditEvent.objects.order_by("number").last()
    assert (taken.kind, taken.says) == ("core.audit_downloaded", "Downloaded 1 events of the audit record")
    assert taken.detail == {"filters": {"kind": "plans.edited"}}


def test_the_page_asks_the_database_little(events, as_role, django_assert_max_num_queries):
    browser = as_role("administrator")
    with django_assert_max_num_queries(15):
        shown(browser)


@pytest.mark.parametrize("role", ["planner", "finance", "executive", "member"])
def test_other_roles_may_not_read_it(events, as_role, role):
    browser = as_role(role, "levenmouth" if role == "member" else None)

    assert browser.get("/fife/audit/").status_code == 403
    assert browser.get("/fife/audit/events.csv").status_code == 403


def test_the_administrator_finds_the_pages_in_the_menu_and_failed_jobs_on_the_first_page(fife, as_role):
    jobs.start("core.upkeep", place=site.place(fife))
    Job.objects.update(state=Job.State.FAILED)
    browser = as_role("administrator")

    first = browser.get("/today/").content.decode()
    assert "Look at 1 background job that failed" in first
    menu = shown(browser)
    assert all(f'href="/fife/{page}/"' in menu for page in ("people", "audit", "jobs", "settings"))
    assert 'href="/fife/audit/"' not in as_role("planner").get("/fife/").content.decode()
