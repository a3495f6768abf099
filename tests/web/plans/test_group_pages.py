"""Comments and their answers, the group's answers, the steps of a plan's life, and the hash of what was agreed."""

from __future__ import annotations

import hashlib

import pytest

from factories import plans_site, site
from factories.plan_pages import PLAN, open_form, words
from locality_web.core.partnership_settings import change_setting
from locality_web.plans.models import LocalityPlanRecord, PlanStance
from locality_web.plans.steps import take_step

pytestmark = pytest.mark.django_db
GROUP, COMMENTS = f"{PLAN}group/", f"{PLAN}comments/"


@pytest.fixture
def opened(lead, fife):
    record = LocalityPlanRecord.objects.get(locality__slug="levenmouth")
    return take_step(plans_site.holder(fife, "lead", "levenmouth"), record, "open_for_comments")


@pytest.fixture
def member(fife):
    return site.signed_in(plans_site.holder(fife, "member", "levenmouth"))


@pytest.fixture
def asked(opened, fife, member):
    return take_step(plans_site.holder(fife, "lead", "levenmouth"), opened, "put_to_group")


def test_a_lead_opens_the_plan_for_comments_and_puts_it_to_the_group(lead):
    answer = lead.post(f"{GROUP}step/", {"to": "open_for_comments"}, follow=True)
    assert "The plan is now open for comments." in words(answer)

    answer = lead.post(f"{GROUP}step/", {"to": "put_to_group"}, follow=True)
    assert "The plan is now put to the group." in words(answer)


def test_what_still_stops_the_next_step_is_named_with_who_may_take_it(lead, opened, member):
    open_form(lead, f"{PLAN}edit/care-at-home/").send(**{"line__home-care__core": "99,000,000"})

    shown = words(member.get(GROUP))

    assert "Put to the group Who may take this step: lead or planner." in shown
    assert "What must hold first: Care at home: £99,078,203.70 is planned" in shown.replace("203.71", "203.70")


def test_a_step_that_is_not_possible_is_refused_in_words(lead):
    answer = lead.post(f"{GROUP}step/", {"to": "put_to_group"})

    assert "cannot become 'put to the group'" in words(answer)


def test_taking_a_plan_back_needs_a_reason(lead, asked):
    form = open_form(lead, f"{GROUP}take-back/")
    assert "Fill this in." in words(form.send())

    form.send(reason="A figure was wrong.")
    asked.refresh_from_db()
    assert asked.state == "draft"


def test_a_resident_reads_the_plan_and_comments_and_an_editor_answers(opened, lead, fife):
    resident = site.signed_in(site.person("participant", fife, name="Rae Resident"))

    answer = open_form(resident, COMMENTS).send(text="What about\r\nbuses?", about="Care at home")
    assert "Your comment is kept." in words(resident.get(answer.url))
    number = opened.plancomments.get().pk
    open_form(lead, f"{COMMENTS}{number}/answer/").send(answer="We ask the council.")

    shown = words(resident.get(COMMENTS))
    assert "Rae Resident" in shown
    assert "about Care at home What about buses?" in shown
    assert "Answer by Lead of Levenmouth," in shown
    assert "We ask the council." in shown


@pytest.mark.parametrize(
    ("fields", "says"), [({"text": ""}, "Write your comment."), ({"about": "x"}, "Select a valid")]
)
def test_a_comment_that_cannot_be_kept_is_given_back(opened, fife, fields, says):
    resident = site.signed_in(site.person("participant", fife))

    answer = open_form(resident, COMMENTS).send(**{"on_behalf_of": "Carers’ forum", **fields})

    assert says in words(answer)
    assert "Carers’ forum" in answer.content.decode()


def test_a_resident_does_not_read_a_draft(lead, fife):
    resident = site.signed_in(site.person("participant", fife))

    shown = words(resident.get(COMMENTS))

    assert "This plan is not open for comments now" in shown
    assert "Fewer falls" not in shown


def test_a_comment_on_a_plan_that_was_closed_meanwhile_is_given_back(opened, lead, fife):
    resident = site.signed_in(site.person("participant", fife))
    form = open_form(resident, COMMENTS)
    lead.post(f"{GROUP}step/", {"to": "put_to_group"})

    assert "This plan is not open for comments now" in words(form.send(text="Too late?"))


def test_a_member_agrees_and_the_page_says_who_has_and_has_not_answered(asked, member):
    form = open_form(member, f"{GROUP}stance/")

    answer = form.send(stance="agree", reason="It says what we asked for.")

    shown = words(member.get(answer.url))
    assert "You agree to this plan." in shown
    assert "Agree Member of Levenmouth (Member, Levenmouth): It says what we asked for." in shown
    assert "Not answered yet Lead of Levenmouth (Lead, Levenmouth)" in shown


def test_an_objection_without_a_reason_is_refused_and_with_one_it_is_kept_by_name(asked, member):
    sent = {"stance": "object", "version": asked.version}
    assert "An objection needs its reason." in words(member.post(f"{GROUP}stance/", sent))

    member.post(f"{GROUP}stance/", {**sent, "reason": "Nothing for carers."})

    assert PlanStance.objects.get().reason == "Nothing for carers."
    assert "an objection does not stop a plan by itself" in words(member.get(GROUP))


def test_where_one_objection_is_enough_the_page_says_so(asked, member, fife):
    planner = site.person("planner", fife)
    change_setting(planner, site.place(fife), "plans.objection_blocks", value=True, reason="Our rule.")

    assert "one objection is enough to keep a plan from being agreed" in words(member.get(GROUP))


def test_somebody_who_read_an_older_version_is_asked_to_read_the_new_one(asked, member):
    answer = member.post(f"{GROUP}stance/", {"stance": "agree", "version": 0})

    assert "This plan was changed since you opened it." in words(answer)


def test_the_plan_is_not_agreed_before_enough_have_answered(asked, member):
    answer = member.post(f"{GROUP}agree/")

    assert "“Agree” is not possible yet." in words(answer)


def test_after_the_agreement_anybody_can_work_the_hash_out(asked, member, client):
    member.post(f"{GROUP}stance/", {"stance": "agree", "version": asked.version})

    answer = member.post(f"{GROUP}agree/", follow=True)

    asked.refresh_from_db()
    assert "The plan is agreed." in words(answer)
    assert asked.snapshot.sha256 in words(answer)
    text = client.get(f"{PLAN}snapshot.json").content
    assert hashlib.sha256(text).hexdigest() == asked.snapshot.sha256


def test_a_plan_that_is_not_agreed_has_no_agreed_text(lead, client):
    assert client.get(f"{PLAN}snapshot.json").status_code == 404
