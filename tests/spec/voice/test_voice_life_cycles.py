"""The life of a conversation and of a view: which state may follow which, and why another may not."""

import pytest

from locality.foundations import find_step, life_cycles_in, load_life_cycle, refuse_move

CONVERSATION = load_life_cycle("locality.voice", "conversation")
VIEW = load_life_cycle("locality.voice", "opinion")

#                       draft open closed being answered withdrawn
CONVERSATION_TABLE = {
    "draft":           ". x . . . x",
    "open":            ". . x . . x",
    "closed_to_views": ". x . x . x",
    "being_answered":  ". . . . x .",
    "answered":        ". . . x . .",
    "withdrawn":       ". . . . . .",
}  # fmt: skip
#                 held shown hidden appealed themed answered withdrawn
VIEW_TABLE = {
    "held":      ". x x . . . x",
    "shown":     ". . x . x x x",
    "hidden":    ". x . x . . x",
    "appealed":  ". x x . . . x",
    "themed":    ". x x . . x x",
    "answered":  ". . x . x . x",
    "withdrawn": ". . . . . . .",
}  # fmt: skip


@pytest.mark.parametrize(("cycle", "table"), [(CONVERSATION, CONVERSATION_TABLE), (VIEW, VIEW_TABLE)])
def test_a_thing_goes_only_from_a_state_to_those_that_the_table_allows(cycle, table):
    assert [one.state for one in cycle.states] == list(table)
    for start, row in table.items():
        for end, mark in zip(table, row.split(), strict=True):
            assert (refuse_move(cycle, start, end) is None) == (mark == "x"), (start, end)


def test_a_conversation_does_not_close_while_a_view_is_unanswered():
    assert refuse_move(CONVERSATION, "being_answered", "answered", unmet=["every_view_answered"]) == (
        "This must hold first: Every view is answered, itself or through a theme."
    )
    ways_to_the_end = {step.start for step in CONVERSATION.steps if step.end == "answered"}
    assert ways_to_the_end == {"being_answered"}


def test_once_answers_are_being_written_a_conversation_cannot_be_withdrawn_any_more():
    assert find_step(CONVERSATION, "being_answered", "withdrawn") is None


def test_a_view_is_hidden_only_with_a_reason_that_its_author_can_read():
    for step in VIEW.steps:
        if step.end == "hidden":
            assert {"reason_given", "author_told"} <= set(step.needs)
            assert "why" in step.records


def test_an_appeal_is_decided_by_somebody_else():
    for end in ("shown", "hidden"):
        assert "somebody_else" in find_step(VIEW, "appealed", end).needs


def test_its_author_can_withdraw_a_view_from_every_state_and_nobody_records_who_asked():
    for state in VIEW.states[:-1]:
        step = find_step(VIEW, state.state, "withdrawn")
        assert (step.permission, step.records) == ("voice.own_view", ("when",))
    assert "No role gives the right voice.own_view: that code does." in VIEW.about


def test_a_conversation_opens_only_with_its_methods_frozen_and_its_aim_declared():
    assert {"methods_frozen", "aim_declared", "scope_written"} <= set(find_step(CONVERSATION, "draft", "open").needs)


def test_who_may_take_each_step():
    rights = {step.permission for cycle in life_cycles_in("locality.voice") for step in cycle.steps}
    assert rights == {"voice.hold", "voice.answer", "voice.moderate", "voice.read", "voice.own_view"}


@pytest.mark.parametrize("cycle", [CONVERSATION, VIEW], ids=lambda cycle: cycle.id)
def test_every_life_cycle_explains_itself_in_sentences(cycle):
    sentences = [cycle.about, *(one.means for one in cycle.states), *(words for _, words in cycle.conditions)]
    assert [said for said in sentences if not said.endswith(".")] == []
