"""An agreed plan as JSON: it comes back as it was, has one hash everywhere, and a broken one names every fault.

The plan is Exampleshire's North for 2026/27 (`tests/factories/plans.py`).
"""

import json
import subprocess
import sys
from dataclasses import replace

import pytest

from factories.plans import agreed_plan, budget_of, small_plan
from locality.foundations import InputRefused
from locality.plans import (
    HeadingMoney,
    LocalityPlan,
    Place,
    SnapshotName,
    StrategicPlan,
    canonical_bytes,
    hash_plan,
    plan_as_json,
    plan_from_json,
    plan_schema,
)


def _strategic(**facts):
    plan = agreed_plan()
    name = SnapshotName(plan.locality, plan.version, "2026-02-28", hash_plan(plan))
    return StrategicPlan(Place("x", "Exampleshire"), "2026/27", 1, (name,), (plan,), (), (), (), facts)


def _read(content, kind=LocalityPlan):
    return plan_from_json(content, kind, file="north.json")


def _faults(content, kind=LocalityPlan):
    with pytest.raises(InputRefused) as refused:
        _read(content, kind)
    assert {fault.code for fault in refused.value.faults} == {"plan-shape"}
    return [fault.what for fault in refused.value.faults]


def _broken(**changes):
    return {**plan_as_json(small_plan()), **changes}


# ---------------------------------------------------------------- there and back


@pytest.mark.parametrize("plan", [small_plan(), agreed_plan(objections=["Too little."]), small_plan(budget=None)])
def test_a_plan_that_is_written_as_json_and_read_again_is_the_same_plan(plan):
    assert _read(json.loads(json.dumps(plan_as_json(plan)))) == plan


def test_a_strategic_plan_comes_back_with_its_facts():
    plan = _strategic(common=[{"service": "home-care", "localities": ["north", "south"]}])
    assert _read(json.loads(json.dumps(plan_as_json(plan))), StrategicPlan) == plan


# ---------------------------------------------------------------- one hash everywhere


def test_the_hash_is_that_of_the_canonical_text_whatever_the_order_and_the_spaces_of_the_file():
    plan = agreed_plan()
    jumbled = dict(reversed(json.loads(json.dumps(plan_as_json(plan), indent=4)).items()))
    assert hash_plan(_read(jumbled)) == hash_plan(plan)


def test_the_canonical_text_has_sorted_keys_no_spaces_and_letters_as_they_are():
    assert (
        canonical_bytes({"b": [1, True, None], "a": "Ærøskøbing £"})
        == '{"a":"Ærøskøbing £","b":[1,true,null]}'.encode()
    )


def test_another_process_with_other_seeds_gives_the_same_hash():
    code = (
        "from factories.plans import agreed_plan; from locality.plans import hash_plan; print(hash_plan(agreed_plan()))"
    )
    for seed in ("1", "2"):
        path = ":".join(sys.path)
        said = subprocess.run(
            [sys.executable, "-c", code],
            env={"PYTHONHASHSEED": seed, "PYTHONPATH": path},
            capture_output=True,
            check=True,
        )
        assert said.stdout.decode().strip() == hash_plan(agreed_plan())


def test_one_penny_more_is_another_hash():
    plan = small_plan()
    more = plan_as_json(plan)
    more["lines"][0]["pence"] += 1
    assert hash_plan(_read(json.loads(json.dumps(more)))) != hash_plan(plan)


# ---------------------------------------------------------------- what is refused


def test_every_fault_of_a_file_is_named_at_once_with_its_place():
    content = _broken(year=2026, colour="red", version="one")
    content["lines"][0]["pence"] = 12.5
    content["lines"][1]["last_year_pence"] = "120"
    content["priorities"][0]["direction"] = "up"
    del content["summary"], content["locality"]["name"]
    assert _faults(content) == [
        "the whole file: the field 'summary' is missing",
        'the whole file: a plan has no field "colour"',
        "lines.0.pence: a whole number is needed, not 12.5",
        'lines.1.last_year_pence: a whole number or nothing is needed, not "120"',
        "locality: the field 'name' is missing",
        'priorities.0.direction: "up" is none of more, less, change, keep',
        'version: a whole number is needed, not "one"',
        "year: text is needed, not 2026",
    ]


def test_a_fault_inside_a_part_that_may_be_empty_is_named_where_it_is():
    content = _broken()
    content["budget"]["headings"][0]["budget_pence"] = None
    assert _faults(content) == ["budget.headings.0.budget_pence: a whole number is needed, not null"]


def test_a_whole_number_written_with_a_point_is_refused_because_its_hash_would_differ():
    assert _faults(_broken(version=1.0)) == ["version: a whole number is needed, not 1.0"]


def test_yes_is_not_the_number_one():
    assert _faults(_broken(version=True)) == ["version: a whole number is needed, not true"]


def test_a_note_has_a_service_and_a_text():
    assert _faults(_broken(notes=[["home-care"]])) == ["notes.0: 2 entries are needed, not 1"]


@pytest.mark.parametrize("content", [None, [], "plan", 7])
def test_what_is_no_plan_at_all_is_refused_in_words(content):
    assert len(_faults(content)) == 1


def test_a_plan_of_the_other_kind_is_refused():
    assert 'schema: it says "locality-plan/1" where strategic-plan/1 is needed' in _faults(
        plan_as_json(small_plan()), StrategicPlan
    )


def test_text_that_cannot_be_written_again_is_refused_and_not_met_later_as_a_breakdown():
    assert _faults(json.loads(json.dumps(_broken(summary="\ud800"))))
    endless = json.loads("[" * 900 + "]" * 900)
    nan = plan_as_json(_strategic(ratio=float("nan")))
    assert _faults(nan, StrategicPlan)
    assert _faults(_broken(lines=endless))


def test_the_schema_allows_nothing_but_the_declared_fields():
    schema = plan_schema(LocalityPlan)
    assert schema["additionalProperties"] is False
    assert schema["properties"]["lines"]["items"]["properties"]["last_year_pence"] == {
        "anyOf": [{"type": "integer"}, {"type": "null"}]
    }


def test_a_field_that_came_later_leaves_the_hash_of_plans_that_do_not_have_it():
    plan = agreed_plan("north")
    assert plan.neighbours == () and "neighbours" not in plan_as_json(plan)
    later = replace(plan, neighbours=(Place("south", "South"),))
    assert hash_plan(later) != hash_plan(plan)
    for one in (plan, later):
        assert plan_from_json(plan_as_json(one), LocalityPlan, file="plan.json") == one


def test_a_target_of_nought_is_not_taken_for_one_that_is_not_known():
    row = HeadingMoney("Care at home", 0, target_pence=0)
    plan = agreed_plan("north", lines=(), joint=(), budget=budget_of("north", headings=(row,)))
    back = plan_from_json(plan_as_json(plan), LocalityPlan, file="plan.json")
    assert back.budget.headings[0].target_pence == 0
