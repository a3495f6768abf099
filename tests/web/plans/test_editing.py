"""Several people write one plan at once: no update is lost, and every version can be had again."""

from __future__ import annotations

import pytest

from factories import site
from locality.foundations import ResultRefused
from locality_web.plans.editing import begin_plan, fields_at, merge_edits
from locality_web.plans.models import LocalityPlanRecord


@pytest.fixture
def plan(fife) -> LocalityPlanRecord:
    record = LocalityPlanRecord(locality=site.locality(fife), year="2026/27")
    begin_plan(record, {"summary": "Care near home", "line/home-care/core": 100_00}, None, "begun")
    return record


@pytest.fixture
def ann(fife):
    return site.person("lead", fife, "levenmouth", name="Ann")


@pytest.fixture
def ben(fife):
    return site.person("planner", fife, name="Ben")


def test_two_people_who_change_different_fields_both_keep_what_they_wrote(plan, ann, ben):
    merge_edits(plan, {"line/home-care/core": 120_00}, ann, base_version=0)
    saved = merge_edits(plan, {"summary": "Care at home"}, ben, base_version=0)

    assert saved.clashes == ()
    assert plan.fields == {"summary": "Care at home", "line/home-care/core": 120_00}


def test_of_two_texts_for_one_field_the_first_stands_until_the_second_writer_has_chosen(plan, ann, ben):
    merge_edits(plan, {"summary": "Ann's words"}, ann, base_version=0)
    saved = merge_edits(plan, {"summary": "Ben's words", "line/home-care/core": 90_00}, ben, base_version=0)

    assert [(each.path, each.theirs, each.mine) for each in saved.clashes] == [
        ("summary", "Ann's words", "Ben's words")
    ]
    assert plan.fields == {"summary": "Ann's words", "line/home-care/core": 90_00}

    merge_edits(plan, {"summary": "Ben's words"}, ben, base_version=saved.version)
    assert plan.fields["summary"] == "Ben's words"


def test_two_priorities_added_at_the_same_time_are_two_priorities(plan, ann, ben):
    merge_edits(plan, {"priority/P1/title": "Falls", "priority/P1/rank": 1}, ann, base_version=0)
    merge_edits(plan, {"priority/P1/title": "Carers", "priority/P1/rank": 2}, ben, base_version=0)

    titles = {plan.fields[path] for path in plan.fields if path.endswith("/title")}
    assert titles == {"Falls", "Carers"}


def test_every_version_can_be_had_again_exactly(plan, ann):
    seen = {0: dict(plan.fields)}
    for amount in (110_00, 120_00, None, 5):
        saved = merge_edits(plan, {"line/home-care/core": amount}, ann, base_version=plan.version)
        seen[saved.version] = dict(plan.fields)

    plan.refresh_from_db()
    assert {number: fields_at(plan, number) for number in seen} == seen


def test_saving_what_is_already_there_makes_no_version(plan, ann):
    saved = merge_edits(plan, {"summary": "Care near home"}, ann, base_version=0)

    assert (saved.version, saved.changed) == (0, ())


def test_a_version_that_never_was_is_refused(plan, ann):
    with pytest.raises(ResultRefused, match="This plan has no version 7"):
        merge_edits(plan, {"summary": "x"}, ann, base_version=7)
