"""Forms on paper: printed with a code, keyed in once, with the standing of the same answers on the site."""

from __future__ import annotations

import datetime as dt

import pytest
from django.utils import timezone

from factories import plans_site, site, taking_part
from locality.foundations import ResultRefused
from locality_web.core.models import AuditEvent, PartnershipSetting
from locality_web.core.permissions import NotAllowed
from locality_web.members import paper_changes as changes
from locality_web.members.agenda_matters import matters
from locality_web.members.models import GroupDecision, Notice, PaperForm, PostedView, ProfessionAsked
from locality_web.members.paper_kinds import kinds_on_paper
from locality_web.members.paper_sheets import sheets_of
from locality_web.plans.models import PlanComment, PlanStance
from locality_web.plans.steps import take_step

HERE = "/fife/localities/levenmouth/paper/"
DAY = dt.timedelta(days=1)


@pytest.fixture
def here(fife):
    return site.place(fife, "levenmouth")


@pytest.fixture
def lead(fife):
    return plans_site.holder(fife, "lead", "levenmouth")


@pytest.fixture
def mary(fife, here):
    who = taking_part.member(fife)
    taking_part.seated(who, here.locality)
    return who


@pytest.fixture
def form(mary, here):
    """A form for Mary about the next meeting, printed ten days ago."""
    return taking_part.paper_form(mary, here.locality)


SAID = {"about": "A bench", "text": "There is nowhere to sit at the surgery."}


def key_in(by, form, answers=SAID, *, days_ago=0):
    return changes.key_in(by, form, answers, received_on=timezone.localdate() - days_ago * DAY)


def test_each_room_says_what_can_be_said_on_paper():
    assert set(kinds_on_paper()) >= {"members.needs", "members.view", "plans.comment", "plans.stance"}


def test_each_form_has_a_code_of_its_own_whether_for_a_member_or_for_anybody(lead, here, mary):
    made = changes.print_forms(lead, here, "members.view", "group", members=[mary], blank=2)

    assert [each.member for each in made] == [mary, None, None]
    assert len({each.code for each in made}) == 3
    assert AuditEvent.objects.last().says == "Printed 3 paper forms: Something for a meeting to talk about"


@pytest.mark.parametrize(
    ("kind", "subject", "blank", "why"),
    [
        ("members.view", "group", 0, "No form is asked for"),
        ("members.view", "group", 201, "more than 200 forms"),
        ("members.view", "999", 1, "Nothing can be said about this"),
        ("members.needs", "needs", 1, "for certain members only"),
    ],
)
def test_what_cannot_be_printed_is_refused(lead, here, kind, subject, blank, why):
    with pytest.raises(ResultRefused, match=why):
        changes.print_forms(lead, here, kind, subject, blank=blank)


def test_only_those_who_may_print_and_key_in_do(fife, here, form):
    for nobody in (plans_site.holder(fife, "member", "levenmouth"), site.person("lead", fife, "kirkcaldy")):
        with pytest.raises(NotAllowed):
            changes.print_forms(nobody, here, "members.view", "group", blank=1)
        with pytest.raises(NotAllowed):
            key_in(nobody, form)
        with pytest.raises(NotAllowed):
            changes.declare_void(nobody, form, why="Lost.")


def test_a_form_is_keyed_in_once_and_a_second_time_is_refused_with_who_and_when(lead, form):
    kept = key_in(lead, form, days_ago=2)

    assert (kept.state, kept.received_on) == ("keyed", timezone.localdate() - 2 * DAY)
    with pytest.raises(ResultRefused, match=r"keyed in already, by Lead of Levenmouth on \d+ \w+ \d{4} at \d\d:\d\d"):
        key_in(lead, form)
    assert PostedView.objects.count() == 1


@pytest.mark.parametrize("days_ago", [11, -1])
def test_a_day_before_the_printing_or_to_come_is_refused(lead, form, days_ago):
    with pytest.raises(ResultRefused, match="cannot have come back"):
        key_in(lead, form, days_ago=days_ago)


def test_a_void_form_does_not_count_and_says_why(lead, form):
    with pytest.raises(ResultRefused, match="not said why"):
        changes.declare_void(lead, form, why=" ")
    changes.declare_void(lead, form, why="Lost in the post.")

    with pytest.raises(ResultRefused, match="void: Lost in the post"):
        key_in(lead, form)
    with pytest.raises(ResultRefused, match="void"):
        changes.declare_void(lead, form, why="Again.")
    assert AuditEvent.objects.last().kind == "members.paper_void"


def test_what_the_site_would_refuse_leaves_the_form_to_be_keyed_in_again(fife, lead, here, mary):
    plan = plans_site.written(fife)
    form = taking_part.paper_form(mary, here.locality, kind="plans.comment", subject=str(plan.pk))

    with pytest.raises(ResultRefused, match="not open for comments"):
        key_in(lead, form, {"text": "More day care."})
    form.refresh_from_db()
    assert form.state == "out"

    take_step(lead, plan, "open_for_comments")
    key_in(lead, form, {"text": "More day care."})
    assert PlanComment.objects.get().paper_code == form.code


def test_nothing_is_half_done(lead, form, monkeypatch):
    monkeypatch.setattr(changes, "record_event", lambda *_, **__: 1 / 0)

    with pytest.raises(ZeroDivisionError):
        key_in(lead, form)
    form.refresh_from_db()
    assert (form.state, PostedView.objects.count()) == ("out", 0)


def test_a_members_stance_is_printed_for_those_whose_agreement_is_asked_for_and_counts(fife, lead, here, mary):
    plan = plans_site.with_group(fife)
    other = taking_part.member(fife, "Otto Other")
    subject = f"{plan.pk}@{plan.version}"
    with pytest.raises(ResultRefused, match="certain members only"):
        changes.print_forms(lead, here, "plans.stance", subject, members=[other])
    (form,) = changes.print_forms(lead, here, "plans.stance", subject, members=[mary])

    key_in(lead, form, {"stance": "object", "reason": "Nothing for carers."})

    kept = PlanStance.objects.get()
    assert (kept.member, kept.stance, kept.version) == (mary, "object", plan.version)


def test_a_form_about_an_earlier_version_does_not_count(fife, lead, here, mary):
    plan = plans_site.with_group(fife)
    form = taking_part.paper_form(mary, here.locality, kind="plans.stance", subject=f"{plan.pk}@{plan.version - 1}")

    with pytest.raises(ResultRefused, match="changed since"):
        key_in(lead, form, {"stance": "agree"})


def test_needs_on_paper_replace_what_was_noted_and_an_empty_form_changes_nothing(lead, here, mary):
    taking_part.need(mary, "transport", "From Buckhaven")
    taking_part.need(mary, "audio")
    forms = [taking_part.paper_form(mary, here.locality, kind="members.needs", subject="needs") for _ in range(2)]

    key_in(lead, forms[0], {"needs": ["large-print", "transport"], "more": "20 point", "shown": "name"})
    key_in(lead, forms[1], {"needs": [], "more": "", "shown": "", "notices": ""})

    mary.refresh_from_db()
    kept = mary.needs.filter(ended_on__isnull=True)
    assert sorted(kept.values_list("kind", "detail", "on_behalf")) == [
        ("large-print", "20 point", True),
        ("transport", "From Buckhaven", False),
    ]
    assert (mary.shown, mary.notices) == ("name", "paper")


def test_a_way_of_being_told_that_cannot_reach_somebody_is_refused_on_paper_too(lead, here, mary):
    form = taking_part.paper_form(mary, here.locality, kind="members.needs", subject="needs")

    with pytest.raises(ResultRefused, match="No e-mail address is known"):
        key_in(lead, form, {"needs": ["audio"], "notices": "daily"})
    assert not mary.needs.exists()


def test_a_view_by_post_is_a_matter_for_the_agenda_until_it_is_answered_and_its_writer_is_told(lead, here, form):
    key_in(lead, form)
    view = PostedView.objects.get()
    assert [each.name for each in matters(here)] == [f"view:{view.pk}"]

    with pytest.raises(ResultRefused, match="nothing written"):
        changes.answer_view(lead, view, " ")
    changes.answer_view(lead, view, "There will be a bench in May.")

    assert matters(here) == []
    told = Notice.objects.get()
    assert (told.member, told.subject) == (form.member, "What became of what you wrote")
    assert "There will be a bench in May." in told.text


def test_a_sheet_has_address_background_questions_with_boxes_and_where_to_send_it(fife, lead, here, mary):
    PartnershipSetting.objects.create(
        partnership=fife,
        name="members.return_address",
        value="Locality planning; Rothesay House; Glenrothes",
        reason="x",
    )
    fife = type(fife).objects.get(pk=fife.pk)
    taking_part.need(mary, "large-print")
    forms = changes.print_forms(lead, site.place(fife, "levenmouth"), "members.needs", "needs", members=[mary])

    (sheet,) = sheets_of(forms)

    assert sheet.address == ["Mary Muir", "3 Shore Street", "Leven", "KY8 4AA"]
    assert sheet.back_to == ["Locality planning", "Rothesay House", "Glenrothes"]
    assert sheet.large
    assert sheet.questions[0].boxes[:2] == ("Large print", "Easy read")
    assert (sheet.questions[1].boxes, sheet.questions[1].lines) == ((), 1)
    assert "<path" in sheet.picture


def test_a_code_is_typed_the_questions_appear_and_the_answers_count(lead, form):
    browser = site.signed_in(lead)
    found = browser.get(HERE, {"code": form.code.lower().replace("-", " ")})
    assert found.headers["Location"] == f"{HERE}{form.pk}/"
    assert "What do you want the meeting to know" in browser.get(found.headers["Location"]).content.decode()

    day = timezone.localdate()
    typed = {"received_on_day": day.day, "received_on_month": day.month, "received_on_year": day.year, **SAID}
    text = browser.post(found.headers["Location"], typed, follow=True).content.decode()

    assert f"Form {form.code} is keyed in." in text
    assert "waits for an answer" in text
    again = browser.get(f"{HERE}{form.pk}/").content.decode()
    assert "This form was keyed in already, by Lead of Levenmouth" in again


@pytest.mark.parametrize(
    ("code", "says"),
    [
        ("FCCC-CCCK", "a character is wrong, or two changed places"),
        ("CCCC-CCCC", "No form with the code CCCC-CCCC was printed for Levenmouth."),
        ("", "Type the code that stands on the form."),
    ],
)
def test_a_code_that_is_none_is_refused_beside_its_field(lead, form, code, says):
    assert says in site.signed_in(lead).get(HERE, {"code": code}).content.decode()


def test_forms_are_printed_on_the_site_and_the_reading_of_addresses_is_recorded(lead, mary):
    browser = site.signed_in(lead)
    assert "Something for a meeting to talk about" in browser.get(HERE).content.decode()

    address = f"{HERE}print/?kind=members.view&subject=group"
    assert "Choose for whom, or how many blank ones." in browser.post(address, {"blank": ""}).content.decode()
    text = browser.post(address, {"members": [mary.pk], "blank": "1"}, follow=True).content.decode()

    assert text.count('<article class="paper') == 2
    assert "3 Shore Street" in text
    assert AuditEvent.objects.filter(kind="members.register_read").count() == 1


def test_a_form_of_another_locality_is_not_found_but_the_partnership_has_all(fife, planner, form):
    browser = site.signed_in(planner)

    assert browser.get(f"/fife/localities/kirkcaldy/paper/{form.pk}/").status_code == 404
    assert browser.get(f"/fife/paper/{form.pk}/").status_code == 200
    assert browser.get(f"{HERE}sheets/?form=0").headers["Location"] == HERE


def test_a_form_is_declared_void_on_the_site(lead, form):
    site.signed_in(lead).post(f"{HERE}{form.pk}/void/", {"why": "Spoilt."})

    assert PaperForm.objects.get().void_why == "Spoilt."


def test_the_list_asks_a_fixed_number_of_questions(lead, here, form, django_assert_max_num_queries):
    browser = site.signed_in(lead)
    for number in range(20):
        who = taking_part.member(here.partnership, f"Member {number}")
        kept = taking_part.paper_form(who, here.locality, state="keyed", keyed_by=lead)
        PostedView.objects.create(
            partnership=here.partnership,
            locality=here.locality,
            form=kept,
            member=who,
            **SAID,
            received_on=kept.printed_at,
        )

    with django_assert_max_num_queries(15):
        assert browser.get(HERE).status_code == 200


def test_a_professions_answer_on_paper_counts_as_by_its_link_and_is_refused_once_the_decision_is_taken(
    fife, lead, here
):
    who = taking_part.member(fife, "Area Pharmacist")
    decision = GroupDecision.objects.create(
        partnership=fife,
        locality=here.locality,
        title="Where repeat prescriptions are collected",
        says="In two places.",
        professions=["pharmacists"],
        state="announced",
        due_on=timezone.localdate() + 30 * DAY,
    )
    asked = ProfessionAsked.objects.create(decision=decision, group="pharmacists", member=who, token_hash="x")
    assert [name for name, _ in kinds_on_paper()["members.answer"].subjects(here)] == [str(asked.pk)]
    (form,) = changes.print_forms(lead, here, "members.answer", str(asked.pk), members=[who])
    late = taking_part.paper_form(who, here.locality, kind="members.answer", subject=str(asked.pk))

    key_in(lead, form, {"text": "Three would be better."})

    asked.refresh_from_db()
    assert asked.answer == "Three would be better."
    decision.state = "taken"
    decision.save()
    with pytest.raises(ResultRefused, match="taken already"):
        key_in(lead, late, {"text": "Too late."})
