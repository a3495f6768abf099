"""What needs people today who do not write plans: to comment, and to answer for the board."""

import datetime as dt

import pytest

from factories import site
from locality_web.plans.models import LocalityPlanRecord, PlanComment, PlanStance, StrategicPlanRecord
from locality_web.plans.today import due_for

COMMENT, ANSWER = "Comment on the plan of Levenmouth for 2027/28", "Answer on the strategic plan for 2027/28"


def due(person):
    return {each.title: each for each in due_for(person, list(person.roles.select_related("partnership", "locality")))}


@pytest.fixture
def opened(fife):
    return LocalityPlanRecord.objects.create(
        locality=site.locality(fife), year="2027/28", state="open_for_comments", fields={}
    )


@pytest.mark.parametrize(
    ("role", "where", "is_asked"),
    [
        ("participant", None, True),
        ("member", "levenmouth", True),
        ("member", "kirkcaldy", True),
        ("executive", None, True),
        ("planner", None, False),
        ("lead", "levenmouth", False),
        ("administrator", None, False),
    ],
)
def test_those_who_do_not_write_plans_are_asked_to_comment(fife, opened, role, where, is_asked):
    found = due(site.person(role, fife, where))
    assert (COMMENT in found) is is_asked
    if is_asked:
        assert found[COMMENT].address == "/fife/localities/levenmouth/plans/2027-28/comments/"


def test_who_has_commented_is_not_asked_again(fife, opened):
    resident = site.person("participant", fife)
    PlanComment.objects.create(plan=opened, by=resident, by_name="R", text="Good.")
    assert due(resident) == {}


def test_nobody_is_asked_when_the_time_is_over(fife, opened):
    opened.comments_close = dt.date(2020, 1, 1)
    opened.save()
    assert due(site.person("participant", fife)) == {}


def test_the_board_is_asked_once_for_each_version(fife):
    record = StrategicPlanRecord.objects.create(partnership=fife, year="2027/28", state="put_to_board", fields={})
    board = site.person("executive", fife)
    assert due(board)[ANSWER].address == "/fife/plan/2027-28/edit/board/"
    assert due(site.person("participant", fife)) == {}
    PlanStance.objects.create(strategic=record, version=record.version, person=board, stance="agree")
    assert due(board) == {}


COMMENT_ON_ALL, ANSWER_ON_ALL = (
    "Comment on the strategic plan for 2027/28",
    "Answer comments on the strategic plan for 2027/28",
)


@pytest.fixture
def strategic(fife):
    return StrategicPlanRecord.objects.create(partnership=fife, year="2027/28", state="open_for_comments", fields={})


@pytest.mark.parametrize(
    ("role", "where", "is_asked"),
    [
        ("participant", None, True),
        ("participant", "kirkcaldy", True),
        ("member", "levenmouth", True),
        ("lead", "levenmouth", True),
        ("executive", None, True),
        ("planner", None, False),
        ("finance", None, False),
    ],
)
def test_all_but_those_who_make_the_strategic_plan_are_asked_to_comment_on_it(fife, strategic, role, where, is_asked):
    found = due(site.person(role, fife, where))
    assert (COMMENT_ON_ALL in found) is is_asked
    if is_asked:
        assert found[COMMENT_ON_ALL].address == "/fife/plan/2027-28/comments/"


def test_who_has_commented_on_the_strategic_plan_is_not_asked_again(fife, strategic):
    resident = site.person("participant", fife)
    PlanComment.objects.create(strategic=strategic, by=resident, by_name="R", text="Good.")
    assert due(resident) == {}


def test_planners_are_asked_to_answer_comments_until_each_has_its_answer(fife, strategic):
    planner = site.person("planner", fife)
    assert ANSWER_ON_ALL not in due(planner)

    comment = PlanComment.objects.create(strategic=strategic, by_name="R", text="Good.")
    found = due(planner)[ANSWER_ON_ALL]
    assert (found.why, found.address) == ("1 comment has no answer yet.", "/fife/plan/2027-28/comments/")

    comment.answer = "Thank you."
    comment.save()
    assert ANSWER_ON_ALL not in due(planner)


def test_planners_are_told_when_the_time_for_comments_is_over(fife, strategic):
    planner = site.person("planner", fife)
    title = "Put the strategic plan for 2027/28 to the board"
    assert title not in due(planner)

    strategic.comments_close = dt.date(2020, 1, 1)
    strategic.save()

    assert due(planner)[title].address == "/fife/plan/2027-28/edit/board/"
    assert due(site.person("participant", fife)) == {}
