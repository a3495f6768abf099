"""The front page of a partnership: who leads each locality, its plan, and how people take part."""

import datetime as dt

from django.utils import timezone

from factories import money_site, site
from locality_web.members.changes import Appointment, appoint
from locality_web.plans.models import LocalityPlanRecord


def open_plan(fife, **changes):
    record = LocalityPlanRecord.objects.create(
        locality=site.locality(fife), year="2027/28", state="open_for_comments", fields={}, **changes
    )
    return record


def front(client):
    return client.get("/fife/").content.decode()


def test_without_a_plan_to_comment_on_the_way_to_all_plans_is_shown(client, fife):
    page = front(client)
    assert "No plan is open for comments now." in page
    assert "Ask the lead of your locality" in page


def test_a_plan_that_is_open_for_comments_comes_first(client, fife):
    open_plan(fife, comments_close=dt.date(2099, 1, 5))
    page = front(client)
    assert "The plan of Levenmouth for 2027/28 is open for comments until 5 January 2099." in page
    assert 'href="/fife/localities/levenmouth/plans/2027-28/comments/">Sign in to read the plan and comment' in page


def test_a_plan_whose_time_is_over_asks_nobody_any_more(client, fife):
    open_plan(fife, comments_close=dt.date(2020, 1, 5))
    assert "No plan is open for comments now." in front(client)


def test_a_participant_is_asked_to_comment_without_signing_in_again(fife):
    open_plan(fife)
    someone = site.signed_in(site.person("participant", fife))
    assert ">Read the plan and comment<" in front(someone)


def test_the_partnerships_address_is_given_where_there_is_one(client, fife):
    fife.contact = "hello@example.org"
    fife.save()
    assert 'Write to <a href="mailto:hello@example.org">' in front(client)


def test_the_menu_leads_there_from_every_page(client, fife):
    assert '<a href="/fife/#take-part">Take part</a>' in client.get("/fife/services/").content.decode()


def test_the_list_of_localities_says_who_leads_and_which_plan_is_newest(client, fife):
    open_plan(fife)
    planner = site.person("planner", fife)
    begins = timezone.localdate()
    appoint(planner, site.place(fife, "levenmouth"), Appointment("lead", "Dr Ann Reid", begins, reason="Chosen."))
    page = front(client)
    row = page.partition(">Levenmouth</a>")[2].partition("</tr>")[0]
    other = page.partition(">Kirkcaldy</a>")[2].partition("</tr>")[0]
    assert ("Dr Ann Reid" in row, ">2027/28: open for comments</a>" in row) == (True, True)
    assert ("nobody yet" in other, "none yet" in other) == (True, True)


def test_a_budget_decision_leads_on_to_plans_and_to_every_line_once_a_plan_is_agreed(client, fife):
    money_site.decided_budget(fife)
    address = "/fife/money/decisions/2026-27/1/"
    before = client.get(address).content.decode().partition("Where the money goes next")[2]
    open_plan(fife)
    LocalityPlanRecord.objects.create(locality=site.locality(fife), year="2026/27", state="agreed", fields={})
    after = client.get(address).content.decode().partition("Where the money goes next")[2]
    assert 'href="/fife/plans/"' in before
    assert ("/fife/follow/2026-27/" in before, "/fife/follow/2026-27/" in after) == (False, True)


def test_the_newest_plan_leads_to_the_plan_itself(client, fife):
    open_plan(fife)
    assert 'href="/fife/localities/levenmouth/plans/2027-28/">2027/28: open for comments' in front(client)


def test_a_strategic_plan_that_is_open_for_comments_is_named_too(client, fife):
    fife.strategic_plans.create(
        year="2027/28", state="open_for_comments", fields={}, comments_close=dt.date(2099, 1, 5)
    )
    page = front(client)
    assert "The strategic plan of Fife for 2027/28 is open for comments until 5 January 2099." in page
    assert 'href="/fife/plan/2027-28/comments/">Sign in to read the plan and comment' in page
