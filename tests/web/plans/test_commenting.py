"""Comments on plans of both kinds: who may say something, until when, who answers, and what is recorded."""

from __future__ import annotations

import datetime as dt

import pytest
from django.utils import timezone

from factories import plans_public, plans_site, site
from locality.foundations import ResultRefused
from locality_web.core.models import AuditEvent
from locality_web.core.permissions import NotAllowed
from locality_web.plans.commenting import answer_comment, comment_on
from locality_web.plans.models import StrategicPlanRecord
from locality_web.plans.steps import take_step

pytestmark = pytest.mark.django_db
OPENED = {"year": "2027/28", "state": "open_for_comments", "fields": {}}


@pytest.fixture
def opened(fife):
    """A strategic plan that is open for comments."""
    return StrategicPlanRecord.objects.create(partnership=fife, **OPENED)


def test_a_comment_is_taken_only_while_the_plan_is_open_for_comments(fife):
    record, resident = plans_site.written(fife), site.person("participant", fife)

    with pytest.raises(ResultRefused, match=r"not open for comments now\. Write to the locality's lead instead"):
        comment_on(resident, record, "What about buses?")

    record = take_step(plans_site.holder(fife, "lead", "levenmouth"), record, "open_for_comments")
    assert comment_on(resident, record, "What about buses?").by_name == str(resident)


def test_the_strategic_plan_takes_comments_only_while_it_is_open_for_them(fife):
    record, resident = plans_public.begun(fife), site.person("participant", fife)

    with pytest.raises(ResultRefused, match=r"not open for comments now\. Write to the partnership's planners instead"):
        comment_on(resident, record, "Who decides?")


@pytest.mark.parametrize(("days", "is_taken"), [(1, True), (0, True), (-1, False)])
def test_the_last_day_for_comments_is_a_whole_day(fife, opened, days, is_taken):
    StrategicPlanRecord.objects.update(comments_close=timezone.localdate() + dt.timedelta(days=days))
    resident = site.person("participant", fife)

    if is_taken:
        assert comment_on(resident, opened, "Who decides?").strategic == opened
    else:
        with pytest.raises(ResultRefused, match="not open for comments now"):
            comment_on(resident, opened, "Who decides?")


@pytest.mark.parametrize(
    ("role", "where", "may"),
    [
        ("participant", None, True),
        ("participant", "kirkcaldy", True),
        ("lead", "levenmouth", True),
        ("planner", None, True),
        ("executive", None, True),
        ("finance", None, False),
        ("administrator", None, False),
    ],
)
def test_whoever_may_comment_anywhere_in_the_partnership_may_comment_on_its_strategic_plan(
    fife, opened, role, where, may
):
    person = site.person(role, fife, where)

    if may:
        assert comment_on(person, opened, " Who decides? ", about="Care at home").text == "Who decides?"
    else:
        with pytest.raises(NotAllowed):
            comment_on(person, opened, "Who decides?")


def test_somebody_of_another_partnership_may_not_comment(fife, opened):
    stranger = site.person("planner", site.partnership("moray", "Moray"))

    with pytest.raises(NotAllowed):
        comment_on(stranger, opened, "Who decides?")


def test_planners_answer_comments_on_the_strategic_plan_and_leads_do_not(fife, opened):
    comment = comment_on(site.person("participant", fife), opened, "Who decides?")

    with pytest.raises(NotAllowed):
        answer_comment(site.person("lead", fife, "levenmouth"), comment, "The board.")

    assert answer_comment(site.person("planner", fife, name="Pat"), comment, "The board.").answered_by_name == "Pat"


@pytest.mark.parametrize("text", ["", "  \n"])
def test_nothing_is_neither_a_comment_nor_an_answer(fife, opened, text):
    with pytest.raises(ResultRefused, match="There is nothing written yet"):
        comment_on(site.person("participant", fife), opened, text)

    comment = comment_on(site.person("participant", fife), opened, "Who decides?")
    with pytest.raises(ResultRefused, match="Write what became of the comment, or why not"):
        answer_comment(site.person("planner", fife), comment, text)


def test_a_comment_and_its_answer_are_in_the_audit_record(fife, opened):
    comment = comment_on(site.person("participant", fife), opened, "Who decides?", about="Care at home")
    answer_comment(site.person("planner", fife), comment, "The board.")

    name = "Strategic commissioning plan of Fife for 2027/28"
    assert list(AuditEvent.objects.filter(subject="strategic:fife:2027/28:1").values_list("kind", "says")) == [
        ("plans.strategic_commented", f"Commented on {name}, Care at home"),
        ("plans.strategic_answered", f"Answered a comment on {name}"),
    ]
