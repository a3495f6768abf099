"""Appointing, extending and ending on the site."""

import datetime as dt

import pytest

from factories import site
from locality_web.members.models import LeadTerm
from locality_web.members.queries import lead_of

HERE = "/fife/localities/levenmouth/lead/"


@pytest.fixture
def browser(planner):
    return site.signed_in(planner)


def typed(**changes):
    day = {"starts_day": "1", "starts_month": "4", "starts_year": "2025"}
    return {"role": "lead", "name": "Ann Reid", "reason": "Chosen by the group.", **day, **changes}


def test_a_planner_appoints_a_lead_and_everybody_sees_her(browser, client, fife):
    answer = browser.post(f"{HERE}appoint/", typed(is_gp="on", cluster="Levenmouth"), follow=True)

    assert "Ann Reid is appointed." in answer.content.decode()
    text = client.get("/fife/localities/levenmouth/").content.decode()
    assert "<strong>Ann Reid</strong> (GP, Levenmouth cluster) leads Levenmouth until 31 March 2028." in text


def test_a_locality_without_a_lead_says_so_plainly(client, fife):
    text = client.get("/fife/localities/kirkcaldy/").content.decode()

    assert "<strong>Kirkcaldy has no lead at the moment.</strong>" in text


def test_every_fault_is_beside_its_field_and_nothing_typed_is_lost(browser, fife):
    text = browser.post(f"{HERE}appoint/", typed(name="", cluster="Levenmouth", starts_day="31")).content.decode()

    assert "Write the name of the person." in text
    assert "31 4 2025 is not a day of the calendar." in text
    assert "A cluster is named, but the person is not marked as a GP." in text
    assert "Chosen by the group." in text
    assert not LeadTerm.objects.exists()


def test_an_overlap_is_refused_beside_the_first_day(browser, lead):
    text = browser.post(f"{HERE}appoint/", typed(starts_year=str(lead.starts.year + 1))).content.decode()

    assert "Dr Ann Reid is lead from" in text
    assert "a locality has one lead at a time" in text


def test_a_term_is_ended_and_withdrawn_on_the_site(browser, lead, today, levenmouth):
    ends = {"ends_day": today.day, "ends_month": today.month, "ends_year": today.year, "reason": "Retires."}
    browser.post(f"{HERE}{lead.pk}/end/", ends)
    after = today + dt.timedelta(days=1)
    first = {"starts_day": after.day, "starts_month": after.month, "starts_year": after.year}
    browser.post(f"{HERE}appoint/", typed(name="Bo Hay", **first))
    bo = LeadTerm.objects.get(name="Bo Hay")
    assert "Withdraw the appointment" in browser.get(HERE).content.decode()

    browser.post(f"{HERE}{bo.pk}/end/")

    assert [term.name for term in LeadTerm.objects.all()] == ["Dr Ann Reid"]
    assert lead_of(levenmouth.locality).ends == today


def test_a_term_of_another_locality_is_not_found_here(browser, lead):
    assert browser.get(f"/fife/localities/kirkcaldy/lead/{lead.pk}/end/").status_code == 404


@pytest.mark.parametrize("page", ["lead/", "lead/appoint/", "briefing/", "briefing/easy-read/", "briefing/text/", ""])
def test_pages_of_a_locality_ask_the_database_few_questions(browser, lead, page, django_assert_max_num_queries):
    with django_assert_max_num_queries(15):
        assert browser.get(f"/fife/localities/levenmouth/{page}").status_code == 200
