"""People comment on the strategic plan while it is open for comments; planners answer; everybody reads both."""

from __future__ import annotations

import json
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from factories import money_site, plans_public, plans_site, site
from factories.plan_pages import open_form, words
from locality_web.core.models import Draft
from locality_web.plans.commenting import comment_on
from locality_web.plans.strategic import take_strategic_step

pytestmark = pytest.mark.django_db
PLAN = "/fife/plan/2026-27/"
COMMENTS, EDIT = f"{PLAN}comments/", f"{PLAN}edit/"


@pytest.fixture
def planner(fife):
    return money_site.officer(fife, "planner")


@pytest.fixture
def opened(fife, planner):
    plans_site.agreed(fife)
    return take_strategic_step(planner, plans_public.begun(fife), "open_for_comments")


@pytest.fixture
def resident(fife):
    return site.signed_in(site.person("participant", fife, name="Rae Resident"))


def test_a_resident_reads_the_plan_in_short_and_comments_and_a_planner_answers(opened, planner, resident):
    shown = words(resident.get(COMMENTS))
    assert "Comments are taken until" in shown
    assert "is planned:" in shown

    answer = open_form(resident, COMMENTS).send(text="What about\r\nbuses?", about="Care at home")
    assert "Your comment is kept." in words(resident.get(answer.url))
    number = opened.plancomments.get().pk
    answer = open_form(site.signed_in(planner), f"{COMMENTS}{number}/answer/").send(answer="We ask the council.")
    assert answer.url == COMMENTS

    shown = words(resident.get(COMMENTS))
    assert "Rae Resident" in shown
    assert "about Care at home What about buses?" in shown
    assert f"Answer by {planner}," in shown
    assert "We ask the council." in shown


def test_everybody_reads_comments_and_answers_on_the_plans_page_without_the_names_of_private_people(
    opened, planner, resident, client
):
    assert "Nobody has commented yet." in words(client.get(PLAN))
    open_form(resident, COMMENTS).send(text="What about buses?")
    open_form(resident, COMMENTS).send(text="Breaks for carers.", on_behalf_of="Carers’ forum")
    first = opened.plancomments.first()
    open_form(site.signed_in(planner), f"{COMMENTS}{first.pk}/answer/").send(answer="We ask the council.")

    shown = words(client.get(PLAN))

    assert re.search(r"One person, \d+ \w+ \d{4} About the whole plan What about buses\? Answer,", shown)
    assert "We ask the council." in shown
    assert "Carers’ forum," in shown
    assert "Not answered yet." in shown
    assert "Rae Resident" not in shown
    assert str(planner) not in shown
    assert f'href="{COMMENTS}"' in client.get(PLAN).content.decode()


def test_after_the_plan_is_agreed_its_comments_stay_on_its_page_and_no_more_are_taken(fife, client, resident):
    money_site.officer(fife, "executive")
    record = plans_public.agreed_strategic(fife)
    record.plancomments.create(text="What about buses?", by_name="Rae", answer="Yes.", answered_at=record.made_at)

    shown = words(client.get(PLAN))

    assert "What about buses?" in shown
    assert "Yes." in shown
    assert f'href="{COMMENTS}"' not in client.get(PLAN).content.decode()
    assert "This plan is not open for comments now." in words(resident.get(COMMENTS))


@pytest.mark.parametrize(
    ("fields", "says"), [({"text": ""}, "Write your comment."), ({"about": "x"}, "Select a valid")]
)
def test_a_comment_that_cannot_be_kept_is_given_back(opened, resident, fields, says):
    answer = open_form(resident, COMMENTS).send(**{"on_behalf_of": "Carers’ forum", **fields})

    assert says in words(answer)
    assert "Carers’ forum" in answer.content.decode()


def test_a_comment_on_a_plan_that_was_taken_back_meanwhile_is_given_back(opened, planner, resident):
    form = open_form(resident, COMMENTS)
    opened.state = "agreed"
    opened.save()

    answer = form.send(text="Too late?")

    assert "This plan is not open for comments now. Write to the partnership's planners instead." in words(answer)
    assert "Too late?" in answer.content.decode()


def test_what_was_typed_is_kept_as_a_draft_until_the_comment_is_sent(opened, resident):
    sent = {"page": COMMENTS, "fields": {"text": ["What about buses?"]}}
    assert resident.post("/drafts/", json.dumps(sent), content_type="application/json").status_code == 204

    form = open_form(resident, f"{COMMENTS}?kept=yes")
    assert form.fields["text"] == "What about buses?"
    resident.post(COMMENTS, form.fields)

    assert not Draft.objects.exists()
    assert opened.plancomments.get().text == "What about buses?"


def test_a_resident_does_not_read_a_draft(fife, resident, planner):
    plans_public.begun(fife)

    shown = words(resident.get(COMMENTS))

    assert "The strategic plan of Fife for 2026/27 is being worked on." in shown
    assert "is planned:" not in shown
    assert "Comments on the strategic plan for 2026/27" in words(site.signed_in(planner).get(COMMENTS))


def test_a_plan_that_cannot_be_put_together_takes_comments_all_the_same(fife, opened, resident):
    fife.services.filter(service="home-care").update(heading="Community nursing")

    assert "The plan cannot be read at the moment" in words(resident.get(COMMENTS))
    open_form(resident, COMMENTS).send(text="What about buses?")
    assert opened.plancomments.count() == 1


def test_the_planners_overview_says_what_is_not_answered(fife, opened, planner):
    comment_on(site.person("participant", fife, name="Rae Resident"), opened, "What about buses?")

    shown = words(site.signed_in(planner).get(EDIT))

    assert "1 comment; 1 has no answer yet. Read the comments" in shown
    assert "Rae Resident, about the whole plan: What about buses?" in shown


def test_a_comment_of_another_year_is_not_answered_here(fife, opened, planner):
    other = fife.strategic_plans.create(year="2030/31", state="open_for_comments", fields={})
    number = other.plancomments.create(text="What about buses?", by_name="Rae").pk

    assert site.signed_in(planner).get(f"{COMMENTS}{number}/answer/").status_code == 404


def test_the_page_of_comments_asks_for_few_queries_however_many_there_are(fife, opened, resident):
    opened.plancomments.bulk_create(
        opened.plancomments.model(strategic=opened, text=f"Comment {n}", by_name="Rae") for n in range(100)
    )
    for where in (COMMENTS, PLAN):
        resident.get(where)
        with CaptureQueriesContext(connection) as queries:
            assert resident.get(where).status_code == 200
        assert len(queries) <= 15, where
