"""What comes on paper stands as what is said on the site: comments and agreement of people without an account."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from factories import plans_site, site, taking_part
from locality.foundations import ResultRefused
from locality_web.core.models import AuditEvent, PartnershipSetting
from locality_web.core.permissions import NotAllowed
from locality_web.members.models import Notice
from locality_web.plans.commenting import answer_comment, comments_of
from locality_web.plans.models import PlanComment, PlanStance
from locality_web.plans.on_paper import Paper, Said, comment_on_paper, take_stance_on_paper
from locality_web.plans.snapshots import read_snapshot
from locality_web.plans.standing import standing_of
from locality_web.plans.steps import take_stance, take_step

pytestmark = pytest.mark.django_db

CODE = "FCCC-CCCH"


@pytest.fixture
def lead(fife):
    return plans_site.holder(fife, "lead", "levenmouth")


@pytest.fixture
def plan(fife, lead):
    """A plan put to a group of a lead and one member with an account."""
    plans_site.holder(fife, "member", "levenmouth")
    return plans_site.with_group(fife)


@pytest.fixture
def mary(fife):
    """A carer on a voting seat, without account or e-mail, who does not want to be named."""
    who = taking_part.member(fife)
    taking_part.seated(who, site.locality(fife))
    return who


def paper(member=None, days_ago=0):
    return Paper(CODE, timezone.localdate() - dt.timedelta(days=days_ago), member)


def agree(by, plan, who, **said):
    return take_stance_on_paper(by, plan, paper(who), **{"stance": "agree", "version": plan.version, **said})


def test_the_group_that_is_asked_is_the_roles_and_those_on_voting_seats_without_an_account(plan, mary):
    assert [(each.name, each.role) for each in standing_of(plan).not_answered] == [
        ("Lead of Levenmouth", "Lead, Levenmouth"),
        ("Member of Levenmouth", "Member, Levenmouth"),
        ("Carers' seat", "Carers, Levenmouth"),
    ]


@pytest.mark.parametrize(
    ("shown", "stands"),
    [
        ("name", ("Mary Muir", "Carers' seat, Levenmouth")),
        ("organisation", ("Leven Carers", "Carers' seat, Levenmouth")),
        ("nothing", ("Carers' seat", "Carers, Levenmouth")),
    ],
)
def test_a_member_stands_there_as_they_wish_to_be_shown(fife, plan, mary, shown, stands):
    mary.organisation, mary.shown = taking_part.organisation(fife), shown
    mary.save()

    last = standing_of(plan).not_answered[-1]
    assert (last.name, last.role) == stands


def test_each_is_counted_once_and_one_with_an_account_by_the_account_alone(fife, plan, mary):
    member = plans_site.holder(fife, "member", "levenmouth")
    linked = taking_part.member(fife, "Member of Levenmouth", person=member)
    here = site.locality(fife)
    taking_part.seated(linked, here, name="Patients' seat", group="patients")
    taking_part.seated(mary, here, name="Older people's seat", group="older-people")

    assert len(standing_of(plan).not_answered) == 3


@pytest.mark.parametrize("change", ["no vote", "elsewhere", "closed", "term over", "left", "not begun"])
def test_who_has_no_voting_seat_there_today_is_not_asked(fife, plan, mary, change):
    term, today = mary.terms.get(), timezone.localdate()
    seat, day = term.seat, dt.timedelta(days=1)
    if change == "no vote":
        seat.votes = False
    if change == "elsewhere":
        seat.locality = site.locality(fife, "kirkcaldy")
    if change == "closed":
        seat.closed_on = today
    if change == "term over":
        term.ends = today - day
    if change == "not begun":
        term.starts = today + day
    if change == "left":
        mary.left_on = today
    for row in (seat, term, mary):
        row.save()

    assert len(standing_of(plan).not_answered) == 2


def test_where_the_partnership_counts_leads_alone_nobody_is_asked_on_paper(fife, plan, mary):
    PartnershipSetting.objects.create(partnership=fife, name="plans.who_may_agree", value=["lead"], reason="Own rule.")
    plan = type(plan).objects.get(pk=plan.pk)

    assert len(standing_of(plan).not_answered) == 1


def test_two_on_seats_of_one_name_who_are_not_named_are_both_counted(fife, plan, mary, lead):
    other = taking_part.member(fife, "Nan Noble")
    taking_part.seated(other, site.locality(fife))
    agree(lead, plan, other)

    found = standing_of(plan)
    assert (found.answered, len(found.not_answered)) == (1, 3)
    assert {each.role for each in found.not_answered[2:]} | {found.agree[0].role} == {
        "Carers, Levenmouth",
        "Carers, Levenmouth (2)",
    }


def test_an_answer_on_paper_counts_for_the_quorum_and_is_recorded_without_a_name(fife, plan, mary, lead):
    agree(lead, plan, mary)

    kept, event = PlanStance.objects.get(), AuditEvent.objects.last()
    assert standing_of(plan).answered == 1
    assert (kept.name, kept.person, kept.paper_code) == ("Carers' seat", None, CODE)
    assert event.kind == "plans.stance_agree"
    assert event.says == f"Keyed in paper form {CODE}: member {mary.pk} agrees to {plan}, version {plan.version}"
    assert "Mary" not in event.says + str(event.detail)


def test_a_later_answer_on_paper_replaces_an_earlier_one(plan, mary, lead):
    agree(lead, plan, mary)
    agree(lead, plan, mary, stance="object", reason="Nothing for carers.")

    assert [(each.stance, each.reason) for each in PlanStance.objects.all()] == [("object", "Nothing for carers.")]


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ({"stance": "object"}, "An objection needs its reason"),
        ({"stance": "perhaps"}, "Choose whether you agree or object"),
        ({"version": 0}, "This plan was changed since"),
    ],
)
def test_it_is_refused_for_the_reasons_of_the_site(plan, mary, lead, said, why):
    with pytest.raises(ResultRefused, match=why):
        agree(lead, plan, mary, **said)
    assert not PlanStance.objects.exists()


def test_a_plan_that_the_group_does_not_have_takes_no_answer(fife, mary, lead):
    with pytest.raises(ResultRefused, match="not put to the group now"):
        agree(lead, plans_site.written(fife), mary)


def test_nobody_answers_on_paper_whose_agreement_is_not_asked_for(fife, plan, lead):
    for who in (None, taking_part.member(fife, "Otto Other")):
        with pytest.raises(ResultRefused, match="not asked for on paper"):
            agree(lead, plan, who)


def test_only_those_who_may_key_in_paper_do(fife, plan, mary):
    for nobody in (plans_site.holder(fife, "member", "levenmouth"), site.person("lead", fife, "kirkcaldy")):
        with pytest.raises(NotAllowed):
            agree(nobody, plan, mary)


def test_the_agreed_plan_names_those_on_paper_as_they_wish_and_no_other_name(fife, plan, mary, lead):
    named = taking_part.member(fife, "Nan Noble", shown="name")
    taking_part.seated(named, site.locality(fife), name="Older people's seat", group="older-people")
    take_stance(lead, plan, "agree")
    agree(lead, plan, mary, reason="As we asked.")
    agree(lead, plan, named)

    plan = take_step(plans_site.holder(fife, "member", "levenmouth"), plan, "agreed")

    stances = read_snapshot(plan.snapshot).agreement.stances
    assert [(each.name, each.role, each.stance) for each in stances] == [
        ("Lead of Levenmouth", "Lead, Levenmouth", "agree"),
        ("Carers' seat", "Carers, Levenmouth", "agree"),
        ("Nan Noble", "Older people's seat, Levenmouth", "agree"),
    ]
    assert "Mary" not in plan.snapshot.text


def test_a_stance_is_of_a_person_or_of_a_member_and_never_of_both(plan, mary, lead):
    for person, member in ((lead, mary), (None, None)):
        with pytest.raises(IntegrityError), transaction.atomic():
            PlanStance.objects.create(plan=plan, version=1, person=person, member=member, name="x", stance="agree")


@pytest.fixture
def opened(fife, lead):
    return take_step(lead, plans_site.written(fife), "open_for_comments")


def test_a_comment_on_paper_stands_among_the_comments_as_its_writer_wishes(opened, mary, lead):
    kept = comment_on_paper(lead, opened, paper(mary), Said("More day care.", "Care at home", "carers"))

    assert (kept.said_by, kept.text, kept.about) == ("A member of the group", "More day care.", "Care at home")
    mary.shown = "name"
    mary.save()
    assert [each.said_by for each in comments_of(opened)] == ["Mary Muir"]
    assert AuditEvent.objects.last().says == f"Keyed in paper form {CODE}: a comment on {opened}, Care at home"


def test_a_comment_of_somebody_who_is_not_on_the_register_has_the_name_that_they_wrote_or_none(opened, lead):
    comment_on_paper(lead, opened, paper(), Said("A bench.", name="Jo"))
    comment_on_paper(lead, opened, paper(), Said("A bus."))

    assert [each.said_by for each in comments_of(opened)] == ["Jo", "Somebody who wrote on paper"]


def test_what_is_left_of_an_erased_members_comment_has_no_name(opened, mary, lead):
    comment_on_paper(lead, opened, paper(mary), Said("More day care."))
    type(mary).objects.update(
        name="", email="", telephone="", address="", notices="none", erased_at=timezone.now(), shown="name"
    )

    assert [each.said_by for each in comments_of(opened)] == ["A former member"]
    assert PlanComment.objects.get().by_name == "A member of the group"


def test_a_comment_that_came_in_time_counts_though_it_is_keyed_in_later(opened, mary, lead):
    opened.comments_close = timezone.localdate() - dt.timedelta(days=1)
    opened.save()

    with pytest.raises(ResultRefused, match="not open for comments"):
        comment_on_paper(lead, opened, paper(mary), Said("Late."))
    kept = comment_on_paper(lead, opened, paper(mary, days_ago=1), Said("In time."))
    assert timezone.localtime(kept.at).date() == opened.comments_close


def test_an_empty_sheet_is_refused(opened, mary, lead):
    with pytest.raises(ResultRefused, match="nothing written"):
        comment_on_paper(lead, opened, paper(mary), Said("  "))


def test_the_answer_to_a_comment_on_paper_goes_to_its_writer(opened, mary, lead):
    kept = comment_on_paper(lead, opened, paper(mary), Said("More day care."))
    answer_comment(lead, kept, "From May on.")

    told = Notice.objects.get()
    assert (told.member, told.subject, told.way) == (mary, "The answer to your comment", "paper")
    assert "From May on." in told.text
