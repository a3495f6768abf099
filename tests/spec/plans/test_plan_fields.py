"""The fields that people edit: a plan as paths and plain values, the plan made of them, and what is wrong with them.

The plan is Exampleshire's North for 2026/27 (`tests/factories/plans.py`): it plans home care, day care and district
nursing alone, reablement jointly; equipment is planned by the partnership.
"""

from dataclasses import replace

import pytest

from factories.plans import SERVICES, agreed_plan, pounds, small_plan
from locality.foundations import InputRefused
from locality.plans import check_fields, complete_fields, fields_of, frame_of, hash_plan, next_id, plan_of_fields

NORTH = small_plan()
FRAME = frame_of(NORTH)


def _with(**changes):
    return {**fields_of(NORTH), **changes}


# ---------------------------------------------------------------- a plan as fields, and back


def test_a_plan_is_a_flat_mapping_of_paths_to_texts_and_pence():
    fields = fields_of(NORTH)
    assert fields["summary"] == "What North will do in 2026/27."
    assert fields["line/home-care/core"] == pounds(500)
    assert fields["note/day-care"] == "One centre opens three days instead of five."
    assert {path: fields[path] for path in fields if path.startswith("move/")} == {
        "move/M1/from_service": "day-care",
        "move/M1/to_service": "home-care",
        "move/M1/source": "core",
        "move/M1/pence": pounds(20),
        "move/M1/why": "Fewer use it.",
    }
    assert fields["priority/P1/rank"] == 1
    assert fields["action/A1/who"] == "Home care manager"
    assert {type(value) for value in fields.values()} == {str, int}


def test_fields_and_frame_give_the_plan_again_with_the_same_hash():
    plan = plan_of_fields(fields_of(NORTH), FRAME)
    # Of the winter grant nothing is recorded for last year; home care is, so that it had nothing from the grant.
    winter = next(line for line in plan.lines if line.source == "winter")
    assert winter.last_year_pence == 0
    assert hash_plan(plan_of_fields(fields_of(plan), frame_of(plan))) == hash_plan(plan)
    assert (plan.priorities, plan.actions, plan.moves, plan.notes) == (
        NORTH.priorities,
        NORTH.actions,
        NORTH.moves,
        NORTH.notes,
    )


def test_the_order_in_which_fields_are_stored_makes_no_difference():
    fields = fields_of(NORTH)
    assert hash_plan(plan_of_fields(dict(reversed(fields.items())), FRAME)) == hash_plan(plan_of_fields(fields, FRAME))


def test_a_plan_made_of_fields_is_never_agreed():
    assert plan_of_fields(fields_of(agreed_plan()), FRAME).agreement is None


def test_two_lines_of_one_service_and_source_are_one_field_with_the_money_of_both():
    twice = replace(NORTH, lines=(*NORTH.lines, NORTH.lines[0]))
    assert fields_of(twice)["line/home-care/core"] == pounds(1_000)


def test_priorities_stand_by_rank_and_the_tenth_comes_after_the_ninth():
    tenth = {f"priority/P10/{part}": value for part, value in {"rank": 9, "title": "Ten"}.items()}
    ninth = {f"priority/P9/{part}": value for part, value in {"rank": 9, "title": "Nine"}.items()}
    plan = plan_of_fields({**tenth, **ninth, "priority/P1/rank": 11}, FRAME)
    assert [one.id for one in plan.priorities] == ["P9", "P10", "P1"]


# ---------------------------------------------------------------- no service can be dropped


def test_every_service_planned_in_the_locality_has_a_line_even_when_nobody_wrote_one():
    empty = plan_of_fields({}, replace(FRAME, last_year={}))
    assert [(line.service, line.source, line.pence, line.last_year_pence) for line in empty.lines] == [
        ("home-care", "core", 0, None),
        ("day-care", "core", 0, None),
        ("district-nursing", "core", 0, None),
    ]


def test_a_service_that_comes_new_into_the_catalogue_gets_a_line():
    new = replace(SERVICES[0], service="night-care", name="Night care")
    assert complete_fields({}, replace(FRAME, services=(*SERVICES, new)))["line/night-care/core"] == 0


def test_money_that_a_service_had_last_year_from_a_source_keeps_its_line_so_that_its_end_is_seen():
    frame = replace(FRAME, last_year={("home-care", "winter"): 500})
    line = next(one for one in plan_of_fields({"line/home-care/core": 7}, frame).lines if one.source == "winter")
    assert (line.pence, line.last_year_pence) == (0, 500)


def test_a_line_of_nought_on_a_service_that_has_left_the_locality_is_left_out_but_money_stays_to_be_seen():
    #                      equipment is planned by the partnership; nobody knows the lottery
    stray = _with(**{"line/equipment/core": 0, "line/teleport/core": 0, "line/day-care/lottery": 0})
    assert check_fields(stray, FRAME) == ()
    assert complete_fields(stray, FRAME) == complete_fields(fields_of(NORTH), FRAME)
    assert "line/equipment/core" in complete_fields(_with(**{"line/equipment/core": 1}), FRAME)


def test_a_draft_that_is_not_sound_makes_a_plan_so_that_its_totals_can_be_shown():
    plan = plan_of_fields({"priority/P1/title": "Half written", "line/teleport/core": 100}, FRAME)
    assert plan.priorities[0].heading == ""
    assert sum(line.pence for line in plan.lines) == 100


@pytest.mark.parametrize(
    "path", ["colour", "line/home-care", "priority/P1/age", "line//core", "note/a/b", "summary/x", ""]
)
def test_a_field_that_no_plan_has_is_refused(path):
    with pytest.raises(InputRefused):
        plan_of_fields({path: 1}, FRAME)


@pytest.mark.parametrize(
    ("path", "value"), [("line/home-care/core", "12"), ("summary", 3), ("line/home-care/core", True)]
)
def test_text_in_the_place_of_an_amount_is_refused_and_the_reverse(path, value):
    with pytest.raises(InputRefused) as refused:
        plan_of_fields({path: value}, FRAME)
    assert [(one.column, one.code) for one in refused.value.faults] == [(path, "plan-field-type")]


def test_a_new_priority_gets_the_number_after_the_highest():
    fields = {"priority/P9/title": "", "priority/P10/title": "", "priority/own/title": ""}
    assert (next_id(fields, "priority"), next_id(fields, "move")) == ("P11", "M1")


# ---------------------------------------------------------------- what is wrong with a draft


def test_a_sound_draft_has_no_fault():
    assert check_fields(fields_of(NORTH), FRAME) == ()


@pytest.mark.parametrize(
    ("path", "value", "code"),
    [
        ("line/teleport/core", 1, "plan-service-unknown"),
        ("line/home-care/lottery", 1, "plan-source-unknown"),
        ("line/home-care/core", -1, "plan-amount-negative"),
        ("line/home-care/core", 2**53, "plan-amount-too-large"),
        ("line/home-care/core", "much", "plan-field-type"),
        ("line/reablement/core", 1, "plan-service-elsewhere"),
        ("line/equipment/core", 1, "plan-service-elsewhere"),
        ("note/teleport", "Why not", "plan-service-unknown"),
        ("colour", "red", "plan-field-unknown"),
        ("summary", "a\x07b", "plan-text-unprintable"),
        ("summary", "\ud800", "plan-text-unprintable"),
        ("priority/P1/title", "  ", "plan-text-empty"),
        ("priority/P1/heading", "Magic", "plan-heading-unknown"),
        ("priority/P1/direction", "up", "plan-direction-unknown"),
        ("priority/P1/service", "teleport", "plan-service-unknown"),
        ("priority/P1/service", "district-nursing", "plan-service-other-heading"),
        ("priority/P1/rank", 0, "plan-rank-missing"),
        ("action/A1/what", "", "plan-text-empty"),
        ("action/A1/service", "", "plan-service-unknown"),
        ("move/M1/why", "", "plan-text-empty"),
        ("move/M1/source", "lottery", "plan-source-unknown"),
        ("move/M1/pence", 0, "plan-move-of-nothing"),
        ("move/M1/to_service", "day-care", "plan-move-to-itself"),
        ("move/M1/to_service", "equipment", "plan-service-elsewhere"),
        ("move/M1/pence", pounds(120) + 1, "plan-move-too-much"),
    ],
)
def test_each_fault_stands_beside_its_field(path, value, code):
    assert [(fault.column, fault.code) for fault in check_fields(_with(**{path: value}), FRAME)] == [(path, code)]


def test_all_faults_are_named_at_once():
    faults = check_fields(
        _with(**{"line/home-care/core": -1, "line/teleport/lottery": 5, "priority/P1/title": "", "move/M1/pence": 0}),
        FRAME,
    )
    assert [(fault.column, fault.code) for fault in faults] == [
        ("line/home-care/core", "plan-amount-negative"),
        ("line/teleport/lottery", "plan-service-unknown"),
        ("line/teleport/lottery", "plan-source-unknown"),
        ("priority/P1/title", "plan-text-empty"),
        ("move/M1/pence", "plan-move-of-nothing"),
    ]


def test_two_priorities_with_one_rank_are_both_named_each_with_the_title_of_the_other():
    faults = check_fields(_with(**{"priority/P2/rank": 1}), FRAME)
    assert [(fault.column, fault.what) for fault in faults] == [
        ("priority/P1/rank", "rank 1 is also that of Keep nurses local"),
        ("priority/P2/rank", "rank 1 is also that of More help at home"),
    ]


def test_a_priority_of_which_only_a_part_is_left_is_named():
    assert ("priority/P7/title", "plan-text-empty") in [
        (fault.column, fault.code) for fault in check_fields(_with(**{"priority/P7/rank": 4}), FRAME)
    ]


def test_two_moves_together_cannot_take_more_than_last_year_had():
    second = {
        "move/M2/from_service": "day-care",
        "move/M2/to_service": "district-nursing",
        "move/M2/source": "core",
        "move/M2/pence": pounds(101),
        "move/M2/why": "Nurses.",
    }
    (fault,) = check_fields(_with(**second), FRAME)
    assert fault.column == "move/M2/pence"
    assert fault.what == "£121,000.00 is taken from Day care, but last year it had £120,000.00"
    assert fault.do == "Take no more than it had from Core budget."


def test_where_last_year_is_not_known_a_move_is_not_judged_by_it():
    assert check_fields(_with(**{"move/M1/pence": pounds(999)}), replace(FRAME, last_year={})) == ()


def test_money_can_be_moved_to_a_joint_service_in_which_the_locality_has_a_part():
    moved = _with(**{"move/M1/to_service": "reablement"})
    assert check_fields(moved, FRAME) == ()
    assert [one.code for one in check_fields(moved, replace(FRAME, joint=()))] == ["plan-service-elsewhere"]


def test_a_fault_says_which_plan_and_what_to_do():
    (fault,) = check_fields(_with(**{"line/equipment/core": 1}), FRAME)
    assert str(fault) == (
        "Plan of North for 2026/27, column line/equipment/core: Equipment store is planned once for the whole "
        "partnership; it has no line in a locality's plan. Leave it to the partnership's own lines."
    )
