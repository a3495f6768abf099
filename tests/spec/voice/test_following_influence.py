"""A view is followed to the pound that it moved, and a pound to those who asked for it, exactly."""

import datetime as dt
from fractions import Fraction

import pytest

from factories.influence import PAIRS, TODAY, draw, ref
from locality.foundations import InputRefused, ResultRefused
from locality.voice.influence import (
    Answer,
    Link,
    Thing,
    check_closing,
    find_orphans,
    join_influence,
    what_became,
    who_asked,
    you_said,
)

BUSES = """
    view 1 -> theme buses
    view 2 -> theme buses
    view 3 -> theme warm rooms
    theme buses -> priority transport
    priority transport -> line community bus
    line community bus -> pounds 2026/27
    pounds 2026/27 -> action two more runs
    action two more runs -> measure missed appointments
"""
MONEY = {
    "line_community bus": {"pence": 10_000_00, "state": "in_progress"},
    "pounds_2026/27": {"pence": 10_000_00, "state": "in_progress"},
    "action_two more runs": {"state": "done"},
}


def codes(refused) -> list[str]:
    return sorted(fault.code for fault in refused.value.faults)


def test_what_became_of_a_view_is_told_step_by_step():
    found = what_became(draw(BUSES, answers="theme buses", **MONEY), "1")

    (path,) = found.paths
    assert [step.words for step in path] == [
        "Your view is part of the theme 'buses': not decided yet.",
        "It led to the priority 'transport': not decided yet.",
        "It is planned in the plan line 'community bus': in progress.",
        "It is paid with the money '2026/27': in progress.",
        "It pays for the action 'two more runs': done.",
        "It is judged by the measure 'missed appointments': not decided yet.",
    ]
    assert found.is_answered
    assert found.words == (
        "Your view led to 3 plan lines, actions or measures: 1 not decided yet, 1 in progress, 1 done. "
        "The last answer is of 22 November 2026."
    )


def test_what_was_not_done_says_why():
    said_no = {"action_night bus": {"state": "not_done", "why": "No driver was found."}}
    found = what_became(draw("view 1 -> action night bus", **said_no), "1")
    assert found.paths[0][-1].words == ("Your view led to the action 'night bus': not done (No driver was found).")
    assert found.words == "Your view led to 1 plan line, action or measure: 1 not done. No answer is given yet."


@pytest.mark.parametrize(
    ("drawn", "words"),
    [
        ("view 1", "Your view is not in a theme yet. No answer is given yet."),
        (
            "view 1 -> theme buses",
            "Your view stands in 1 theme or priority; nothing is planned for it yet. No answer is given yet.",
        ),
    ],
)
def test_a_view_that_led_to_nothing_yet_is_told_so(drawn, words):
    assert what_became(draw(drawn), "1").words == words


def test_a_view_in_two_themes_shows_both_ways_although_they_meet():
    found = what_became(
        draw("""
            view 1 -> theme buses
            view 1 -> theme hills
            theme buses -> priority transport
            theme hills -> priority transport
        """),
        "1",
    )
    assert [[step.thing.words for step in path] for path in found.paths] == [
        ["hills", "transport"],
        ["buses", "transport"],
    ]


def test_a_receipt_for_no_view_is_refused():
    with pytest.raises(ResultRefused, match="There is no view 9"):
        what_became(draw(BUSES), "9")


def test_a_pound_is_shared_by_those_who_asked_for_it_to_the_penny():
    #  £100.00:  1/2 by buses (3 views), 1/3 by warm rooms (1 view), 1/6 that nobody asked for
    found = who_asked(
        draw(
            """
            view 1 -> theme buses
            view 2 -> theme buses
            view 3 -> theme buses
            view 4 -> theme warm rooms
            theme buses -> priority winter = 1/2
            theme warm rooms -> priority winter = 1/3
            priority winter -> line fund
            line fund -> pounds x
            """,
            pounds_x={"pence": 100_00},
        ),
        ref("pounds x"),
    )
    rows = {
        level.kind: [(one.thing.words, str(one.share), one.pence) for one in level.shares] + [level.nobody_pence]
        for level in found.levels
    }
    assert rows == {
        "line": [("fund", "1", 100_00), 0],
        "priority": [("winter", "1", 100_00), 0],
        "theme": [("buses", "1/2", 50_00), ("warm rooms", "1/3", 33_33), 16_67],
        "view": [("4", "1/3", 33_33), ("1", "1/6", 16_67), ("2", "1/6", 16_67), ("3", "1/6", 16_66), 16_67],
    }


def test_a_link_can_claim_an_amount_and_the_others_share_the_rest():
    found = who_asked(
        draw(
            """
            priority a -> line x = £70
            priority b -> line x
            priority c -> line x
            """,
            line_x={"pence": 100_00},
        ),
        ref("line x"),
    )
    assert [(one.thing.words, one.pence) for one in found.level("priority").shares] == [
        ("a", 70_00),
        ("b", 15_00),
        ("c", 15_00),
    ]


def test_a_theme_that_is_part_of_a_wider_one_is_not_counted_twice():
    found = who_asked(
        draw(
            """
            view 1 -> theme night buses
            theme night buses -> theme buses
            view 2 -> theme buses
            theme buses -> line x
            """,
            line_x={"pence": 10_00},
        ),
        ref("line x"),
    )
    assert [(one.thing.words, one.pence) for one in found.level("theme").shares] == [("buses", 10_00)]
    assert [(one.thing.words, one.pence) for one in found.level("view").shares] == [("1", 5_00), ("2", 5_00)]


def test_a_link_can_say_that_something_had_a_part_and_no_claim_on_the_money():
    drawn = draw(
        """
        view 1 -> theme buses
        theme buses -> priority a
        priority a -> line x = 0
        priority b -> line x
        """,
        line_x={"pence": 100},
    )
    found = who_asked(drawn, ref("line x"))
    assert [(one.thing.words, one.pence) for one in found.level("priority").shares] == [("b", 100)]
    assert (found.level("view").shares, found.level("view").nobody_pence) == ((), 100)
    assert [one.words for one in what_became(drawn, "1").reached] == ["buses", "a", "x"]


def test_a_view_in_two_part_themes_is_one_view_of_the_wider_theme():
    (line,) = you_said(
        draw("""
            view 1 -> theme early
            view 1 -> theme late
            theme early -> theme buses
            theme late -> theme buses
        """)
    )
    assert (line.theme.words, line.views) == ("buses", 1)


def test_what_has_no_amount_is_not_asked_for():
    with pytest.raises(ResultRefused, match="The priority transport has no amount"):
        who_asked(draw(BUSES), ref("priority transport"))


def test_the_orphans_at_either_end_are_named():
    found = find_orphans(
        draw(
            """
            view 1 -> theme buses
            view 2 -> theme warm rooms
            view 3
            theme buses -> line bus
            line bus -> pounds asked
            line desks -> pounds unasked
            line mixed -> pounds half
            theme buses -> line mixed = 1/2
            """,
            answers="theme buses",
            pounds_asked={"pence": 500},
            pounds_unasked={"pence": 300},
            pounds_half={"pence": 201},
        )
    )
    assert [one.words for one in found.views] == ["3", "2"]
    assert [one.words for one in found.themes] == ["warm rooms"]
    assert [(one.thing.words, one.pence) for one in found.pounds] == [("unasked", 300), ("half", 100)]
    assert (found.unasked_pence, found.pounds_pence) == (400, 1_001)


def test_a_conversation_does_not_close_while_a_view_waits():
    drawn = "view 1 -> theme buses \n view 2 -> theme part \n theme part -> theme buses \n view 3 \n view 4"

    waiting = check_closing(draw(drawn, answers="theme buses"), ["1", "2", "3", "4"])
    assert (waiting.may_close, [one.words for one in waiting.unanswered]) == (False, ["3", "4"])
    assert waiting.words == "2 of 4 views wait for an answer. Answer them, or a theme that they are in."

    told = check_closing(draw(drawn, answers="theme buses, view 3, view 4"), ["1", "2", "3", "4"])
    assert (told.may_close, told.words) == (True, "Every view has its answer: 4 of 4.")


def test_a_view_that_its_author_withdrew_does_not_wait():
    assert check_closing(draw("view 1", view_1={"needs_answer": False}), ["1"]).may_close


def test_an_answer_to_a_theme_within_does_not_answer_the_wider_theme():
    drawn = draw("view 1 -> theme buses \n theme part -> theme buses", answers="theme part")
    assert not check_closing(drawn, ["1"]).may_close


def test_a_view_that_was_not_handed_in_is_not_called_answered():
    with pytest.raises(ResultRefused, match="There is no view 7"):
        check_closing(draw("view 1"), ["7"])


def test_you_said_we_did_we_did_not_and_why():
    lines = you_said(
        draw(
            """
            view 1 -> theme warm rooms
            view 2 -> theme buses
            view 3 -> theme night buses
            theme night buses -> theme buses
            theme buses -> line bus
            theme buses -> action night bus
            """,
            answers="theme buses",
            line_bus={"state": "in_progress"},
            **{"action_night bus": {"state": "not_done", "why": "No driver."}},
        )
    )
    assert [
        (
            line.theme.words,
            line.views,
            [one.words for one in line.did],
            [one.why for one in line.did_not],
            len(line.answers),
        )
        for line in lines
    ] == [("buses", 2, ["bus"], ["No driver."], 1), ("warm rooms", 1, [], [], 0)]


@pytest.mark.parametrize(
    ("drawn", "changes", "expected"),
    [
        ("measure m -> view 1", {}, ["influence-pair"]),
        ("view 1 -> theme a \n view 1 -> theme a", {}, ["influence-twice"]),
        ("theme a -> theme b \n theme b -> theme a", {}, ["influence-circle"]),
        ("theme a -> theme a", {}, ["influence-circle"]),
        ("view 1 -> theme a = 3/2", {}, ["influence-share"]),
        ("view 1 -> theme a = £5", {}, ["influence-share"]),
        ("priority a -> line x = £5", {"line_x": {"pence": 499}}, ["influence-share"]),
        ("theme a -> priority p = 2/3 \n theme b -> priority p = 1/2", {}, ["influence-too-much"]),
        ("view 1", {"view_1": {"state": "not_done"}}, ["influence-no-reason"]),
        ("view 1", {"view_1": {"state": "lost"}}, ["influence-kind"]),
        ("wish 1 -> theme a", {}, ["influence-kind", "influence-pair"]),
        ("line x", {"line_x": {"pence": -1}}, ["influence-money"]),
    ],
)
def test_what_cannot_be_so_is_refused(drawn, changes, expected):
    with pytest.raises(InputRefused) as refused:
        draw(drawn, **changes)
    assert codes(refused) == expected


def test_a_circle_is_named_without_what_stands_behind_it():
    with pytest.raises(InputRefused) as refused:
        draw("view 1 -> theme a \n theme a -> theme b \n theme b -> theme a \n theme b -> priority p")
    assert str(refused.value.faults[0]) == (
        "influence: links lead round in a circle, among: theme a, theme b (2 rows in all). Take one of the links away."
    )


def test_a_link_says_who_made_it_and_why_and_joins_what_is_there():
    link = Link(ref("view 1"), ref("theme a"), "", TODAY, "")
    with pytest.raises(InputRefused) as refused:
        join_influence([Thing(ref("view 1"), "a"), Thing(ref("theme a"), "b")], [link], pairs=PAIRS)
    assert codes(refused) == ["influence-not-said"]
    with pytest.raises(InputRefused) as refused:
        join_influence([Thing(ref("view 1"), "a"), Thing(ref("view 1"), "b")], [link], pairs=PAIRS)
    assert codes(refused) == ["influence-twice", "influence-unknown"]


def test_a_link_has_a_share_or_an_amount_and_not_both():
    both = Link(ref("priority a"), ref("line x"), "lead", TODAY, "why", Fraction(1, 2), 50)
    with pytest.raises(InputRefused) as refused:
        join_influence([Thing(ref("priority a"), "a"), Thing(ref("line x"), "x", pence=100)], [both], pairs=PAIRS)
    assert codes(refused) == ["influence-share"]


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        (Answer(ref("view 2"), "Yes.", "lead", TODAY, "did"), "influence-unknown"),
        (Answer(ref("priority p"), "Yes.", "lead", TODAY, "did"), "influence-unknown"),
        (Answer(ref("view 1"), " ", "lead", TODAY, "did"), "influence-not-said"),
        (Answer(ref("view 1"), "No.", "lead", TODAY, "did_not"), "influence-no-reason"),
    ],
)
def test_an_answer_stands_with_a_view_or_a_theme_and_a_no_says_why(answer, expected):
    with pytest.raises(InputRefused) as refused:
        join_influence([Thing(ref("view 1"), "a"), Thing(ref("priority p"), "p")], [], [answer], pairs=PAIRS)
    assert codes(refused) == [expected]


def test_answers_stand_in_the_order_of_their_days():
    told = [
        Answer(ref("view 1"), words, "lead", dt.date(2026, month, 1), "doing") for words, month in (("b", 5), ("a", 2))
    ]
    found = what_became(join_influence([Thing(ref("view 1"), "x")], [], told, pairs=PAIRS), "1")
    assert [answer.words for answer in found.answers] == ["a", "b"]
