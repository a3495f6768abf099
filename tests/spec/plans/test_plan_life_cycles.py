"""The life of a plan and of a budget option: which state may follow which, and why another may not."""

import pytest

from locality.foundations import find_step, life_cycles_in, load_life_cycle, refuse_move
from locality.foundations.life_cycles import parse_life_cycle

PLAN = load_life_cycle("locality.plans", "locality_plan")
STRATEGIC = load_life_cycle("locality.plans", "strategic_plan")
OPTION = load_life_cycle("locality.plans", "budget_option")

# rows: from, columns: to; x: allowed
#                    draft open put agreed superseded
PLAN_TABLE = {
    "draft":             ". x . . .",
    "open_for_comments": "x . x . .",
    "put_to_group":      "x . . x .",
    "agreed":            ". . . . x",
    "superseded":        ". . . . .",
}  # fmt: skip
#                    draft decided superseded
OPTION_TABLE = {
    "draft":      ". x .",
    "decided":    ". . x",
    "superseded": ". . .",
}  # fmt: skip
STRATEGIC_TABLE = {state.replace("group", "board"): row for state, row in PLAN_TABLE.items()}


@pytest.mark.parametrize(("cycle", "table"), [(PLAN, PLAN_TABLE), (STRATEGIC, STRATEGIC_TABLE), (OPTION, OPTION_TABLE)])
def test_a_thing_goes_only_from_a_state_to_those_that_the_table_allows(cycle, table):
    assert [one.state for one in cycle.states] == list(table)
    assert cycle.starts == "draft"
    for start, row in table.items():
        for end, mark in zip(table, row.split(), strict=True):
            assert (refuse_move(cycle, start, end) is None) == (mark == "x"), (start, end)


def test_a_refusal_says_what_can_be_done_instead():
    assert refuse_move(PLAN, "draft", "agreed") == (
        "Locality plan: what is 'draft' cannot become 'agreed'. From there it can become: open for comments."
    )
    assert refuse_move(PLAN, "superseded", "draft") == (
        "Locality plan: what is 'superseded' cannot become 'draft'. From there it can become nothing else."
    )
    assert refuse_move(PLAN, "draft", "lost") == "Locality plan: there is no state 'lost'."
    assert refuse_move(PLAN, "lost", "draft") == "Locality plan: there is no state 'lost'."


def test_a_step_whose_conditions_do_not_hold_is_refused_with_their_words():
    assert refuse_move(PLAN, "open_for_comments", "put_to_group", unmet=["within_budget", "reason_given"]) == (
        "This must hold first: The plan keeps within its budget, under every heading and in total."
    )


def test_to_take_a_plan_back_needs_a_reason_and_records_it():
    for start in ("open_for_comments", "put_to_group"):
        step = find_step(PLAN, start, "draft")
        assert step.needs == ("reason_given",)
        assert "why" in step.records


def test_an_agreed_plan_records_its_stances_and_its_hash():
    assert find_step(PLAN, "put_to_group", "agreed").records == ("who", "when", "stances", "sha256")
    assert find_step(PLAN, "draft", "agreed") is None


def test_who_may_take_each_step():
    rights = {step.permission for cycle in life_cycles_in("locality.plans") for step in cycle.steps}
    assert rights == {"plans.open", "plans.agree", "plans.agree_strategic", "plans.consolidate", "money.decide"}
    assert find_step(OPTION, "draft", "decided").permission == "money.decide"


def test_a_state_says_its_name_and_what_it_means():
    state = PLAN.state("put_to_group")
    assert state.name == "Put to the group"
    assert state.means == "The locality's group is asked to agree; the text does not change meanwhile."


def test_a_room_without_life_cycles_gives_none():
    assert life_cycles_in("locality.areas") == ()


@pytest.mark.parametrize("cycle", life_cycles_in("locality.plans"), ids=lambda cycle: cycle.id)
def test_every_life_cycle_explains_itself_in_sentences(cycle):
    sentences = [cycle.about, *(one.means for one in cycle.states), *(words for _, words in cycle.conditions)]
    assert [said for said in sentences if not said.endswith(".")] == []


def _raw(**changes):
    states = {"draft": {"name": "Draft", "means": "New."}, "done": {"name": "Done", "means": "Old."}}
    step = {"from": "draft", "to": "done", "name": "Do", "permission": "a.b", "records": [], "needs": []}
    whole = {"id": "x", "name": "X", "about": "An x.", "starts": "draft", "states": states, "conditions": None}
    return {**whole, "steps": [step | changes.pop("step", {})], **changes}


def test_a_sound_file_is_read():
    assert parse_life_cycle(_raw(), "x").steps[0].end == "done"


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"id": "y"}, "its id"),
        ({"colour": "red"}, "colour"),
        ({"step": {"to": "lost"}}, "no state lost; nothing leads to done"),
        ({"step": {"needs": ["money"]}}, "condition money is needed or explained, not both"),
        ({"conditions": {"money": "There is money."}}, "condition money is needed or explained, not both"),
        ({"step": {"colour": "red"}}, "a step lacks or misnames colour"),
    ],
)
def test_a_file_that_lacks_something_or_contradicts_itself_is_refused(changes, says):
    with pytest.raises(ValueError, match=says):
        parse_life_cycle(_raw(**changes), "x")
