"""Which level of engagement a conversation reached: computed from evidence, and never claimed."""

import datetime as dt
from dataclasses import replace

import pytest

from locality.foundations import InputRefused
from locality.voice.engagement import (
    ChannelUse,
    Evidence,
    Session,
    ShapedOption,
    engagement_levels,
    engagement_record,
    level_reached,
)
from locality.voice.engagement.criteria import CRITERIA

TODAY = dt.date(2026, 11, 22)
LEVELS = engagement_levels(TODAY)


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


BARE = Evidence(aim="involve")
INFORM = replace(BARE, background_published=True, scope="The times of buses, not their number.")
CONSULT = replace(
    INFORM,
    opened=day("2026-03-02"),
    closes=day("2026-03-29"),
    decided=day("2026-06-01"),
    channels=(ChannelUse("web", 40, needs_computer=True),),
    views=40,
)
ENGAGE = replace(
    CONSULT,
    channels=(*CONSULT.channels, ChannelUse("paper", 12)),
    support_offered=("large print",),
    needs_named=2,
    needs_met=2,
    views=52,
    answered=52,
)
INVOLVE = replace(
    ENGAGE,
    options_fixed=day("2026-04-20"),
    options=(ShapedOption("evening bus", 9), ShapedOption("no change", 0)),
    changes=("community bus: £10,000",),
    to_tell=30,
    told=30,
)
CO_DESIGN = replace(
    INVOLVE,
    sessions=(
        Session(day("2026-04-01"), "drafted", "workshop", 14),
        Session(day("2026-04-08"), "drafted", "workshop", 11),
        Session(day("2026-06-01"), "decided", "meeting of the group"),
        Session(day("2026-07-01"), "reviewed", "supper", 9),
    ),
    lessons="Begin earlier.",
)


def level_of(evidence: Evidence) -> str | None:
    level = level_reached(evidence, LEVELS).reached
    return level.code if level else None


def says(evidence: Evidence, code: str) -> tuple[bool, bool, str]:
    found = next(each for each in level_reached(evidence, LEVELS).found if each.criterion.code == code)
    return found.is_met, found.is_recorded, found.evidence


@pytest.mark.parametrize(
    ("evidence", "level", "duty"),
    [
        (BARE, None, False),
        (INFORM, "inform", False),
        (CONSULT, "consult", False),
        (ENGAGE, "engage", False),
        (INVOLVE, "involve", True),
        (CO_DESIGN, "co-design", True),
    ],
)
def test_each_level_is_reached_by_its_evidence_and_to_consult_falls_short_of_the_duty(evidence, level, duty):
    assert level_of(evidence) == level
    assert level_reached(evidence, LEVELS).meets_duty == duty


def test_a_level_counts_only_with_every_level_below_it():
    assert level_of(replace(CO_DESIGN, scope="")) is None
    assert level_of(replace(CO_DESIGN, answered=51)) == "consult"


def test_a_conversation_that_falls_short_says_why_and_what_would_lift_it():
    found = level_reached(replace(INVOLVE, told=12, options=(ShapedOption("no change", 0),)), LEVELS)

    assert found.words == "It aims at 'Involve' and reached 'Engage': 2 criteria are not met."
    assert [each.evidence for each in found.falls_short] == [
        "0 of 1 option can be followed back to views.",
        "12 of 30 people who chose a means of being told were told.",
    ]
    assert found.next_steps == (
        "Link each option to the views or themes that it came from; where there are none, draft one from them.",
        "Send what became of the views to everybody who waits for it, by the means they chose.",
    )


def test_a_conversation_that_reached_its_aim_is_told_the_step_beyond():
    found = level_reached(INVOLVE, LEVELS)
    assert found.meets_aim
    assert [each.criterion.level for each in found.falls_short] == ["co-design"] * 3
    assert found.words == "It aims at 'Involve' and reached 'Involve': 3 criteria are between it and the next level."


def test_at_the_highest_level_there_is_no_further_step():
    found = level_reached(CO_DESIGN, LEVELS)
    assert (found.next_steps, found.words) == ((), "It aims at 'Involve' and reached 'Co-design', the highest level.")


@pytest.mark.parametrize(
    ("change", "code", "expected"),
    [
        #  what is different                       criterion                is it met, is it recorded, what is read
        (
            {"options_fixed": day("2026-02-28")},
            "involved_before_options",
            (False, True, "People have taken part since 2 March 2026, 2 days after options were fixed."),
        ),
        (
            {"options_fixed": day("2026-03-03")},
            "involved_before_options",
            (True, True, "People have taken part since 2 March 2026, 1 day before options were fixed."),
        ),
        (
            {"options_fixed": day("2026-03-02")},
            "involved_before_options",
            (False, True, "People have taken part since 2 March 2026, on the day on which options were fixed."),
        ),
        (
            {"options_fixed": None},
            "involved_before_options",
            (False, False, "Not recorded: the day on which options were fixed."),
        ),
        (
            {"options_fixed": None, "options_open": True},
            "involved_before_options",
            (True, True, "People have taken part since 2 March 2026; no option is fixed yet."),
        ),
        (
            {"channels": (ChannelUse("web", 9, needs_computer=True), ChannelUse("app", 1, needs_computer=True))},
            "several_channels",
            (
                False,
                True,
                "Channels by which something came in: web, app. None of them works without a computer.",
            ),
        ),
        (
            {"channels": (ChannelUse("web", 9, needs_computer=True), ChannelUse("paper", 0))},
            "several_channels",
            (
                False,
                True,
                "Channels by which something came in: web. None of them works without a computer.",
            ),
        ),
        (
            {"decided": day("2026-03-02")},
            "asked_before_decision",
            (False, True, "It opened on 2 March 2026, on the day of the decision."),
        ),
        (
            {"decided": None},
            "asked_before_decision",
            (True, True, "It opened on 2 March 2026; nothing is decided yet."),
        ),
        (
            {"closes": day("2026-03-28")},
            "open_long_enough",
            (False, True, "It is open for 27 days; 28 are asked for."),
        ),
        (
            {"needs_named": 3},
            "support_given",
            (False, True, "Offered: large print. 2 of 3 needs that were named were met."),
        ),
        (
            {"needs_named": 0, "needs_met": 0},
            "support_given",
            (True, True, "Offered: large print. No need was named."),
        ),
        (
            {"options": (ShapedOption("evening bus", 9), ShapedOption("no change", 0))},
            "shaped_options",
            (
                True,
                True,
                "1 of 2 options can be followed back to views (how many views lead to each is in brackets): "
                "'evening bus' (9).",
            ),
        ),
        (
            {"to_tell": None},
            "people_told",
            (False, False, "Not recorded: by which means people want to be told."),
        ),
        (
            {"to_tell": 0, "told": 0},
            "people_told",
            (True, True, "Nobody chose a means of being told; who holds a receipt code can read the answer."),
        ),
        (
            {"to_tell": 0, "told": 0, "answered": 51},
            "people_told",
            (False, True, "Nobody chose a means of being told; who holds a receipt code can read the answer."),
        ),
        ({"views": 0, "answered": 0}, "views_answered", (False, True, "There is no view to answer.")),
        (
            {"method_frozen": day("2026-03-01")},
            "decided_together",
            (True, True, "Residents decided by a method that was frozen on 1 March 2026."),
        ),
        (
            {"method_frozen": day("2026-03-03")},
            "decided_together",
            (False, True, "The method was frozen on 3 March 2026, after people could take part."),
        ),
        (
            {"sessions": (Session(day("2026-04-20"), "drafted", "workshop"),)},
            "drafted_together",
            (False, False, "Not recorded: a day on which residents drafted options before they were fixed."),
        ),
        (
            {"sessions": (Session(day("2026-03-30"), "reviewed", "supper"),)},
            "reviewed_together",
            (False, True, "Residents looked back on 30 March 2026; what was learnt is not written down."),
        ),
        (
            {"sessions": (Session(day("2026-03-29"), "reviewed", "supper"),), "lessons": "Begin earlier."},
            "reviewed_together",
            (False, False, "Not recorded: a day on which residents looked back after it closed."),
        ),
    ],
)
def test_what_the_evidence_shows_is_said_in_words(change, code, expected):
    assert says(replace(INVOLVE, **change), code) == expected


def test_nothing_that_is_not_recorded_counts_as_met():
    assert [each.criterion.code for each in level_reached(BARE, LEVELS).found if each.is_met] == []


def test_an_aim_that_is_no_level_is_refused():
    with pytest.raises(InputRefused) as refused:
        level_reached(replace(BARE, aim="delight"), LEVELS)
    assert str(refused.value) == (
        "engagement: 'delight' is no level of engagement. Choose one of: inform, consult, engage, involve, co-design."
    )


def test_every_criterion_of_the_rule_has_its_function_and_names_its_number():
    assert [each.code for each in LEVELS.criteria] == list(CRITERIA)
    said = {2: "two", 28: "28"}
    for each in LEVELS.criteria:
        assert not each.least or said[each.least] in each.asks, each.code
        assert each.level in [level.code for level in LEVELS.levels]


def test_the_record_has_four_stages_and_says_what_is_not_recorded():
    evidence = replace(CO_DESIGN, purpose="To decide on buses.", heard=("40 of 100 did not say.",))
    record = engagement_record(evidence, level_reached(evidence, LEVELS), on=TODAY)

    assert [stage.name for stage in record.stages] == ["Analyse", "Plan", "Do", "Review"]
    words = {entry.code: entry.words for stage in record.stages for entry in stage.entries}
    assert words["purpose"] == "To decide on buses."
    assert words["affected"] == "Not yet recorded"
    assert words["dates"] == "From 2 March 2026 to 29 March 2026"
    assert words["took_part"] == "web: 40, paper: 12"
    assert words["sessions"].startswith("1 April 2026: workshop (drafted, 14 people).")
    assert words["support_met"] == "2 of 2 needs that were named were met."
    assert words["level"] == "Co-design: People draft, decide and review together with those who plan."
    assert words["method"] == "Not yet recorded"


def test_each_of_the_seven_national_standards_has_its_evidence_or_says_that_it_has_none():
    standards = {each.name: each for each in engagement_record(BARE, level_reached(BARE, LEVELS), on=TODAY).standards}
    assert list(standards) == [
        "Inclusion",
        "Support",
        "Planning",
        "Working together",
        "Methods",
        "Communication",
        "Impact",
    ]
    assert [name for name, each in standards.items() if each.is_recorded] == ["Working together"]
    full = {
        each.code: each for each in engagement_record(CO_DESIGN, level_reached(CO_DESIGN, LEVELS), on=TODAY).standards
    }
    assert [each.code for each in full["impact"].shown_by] == ["changed", "level", "lessons"]
    assert [each.code for each in full["methods"].lacking] == ["method"]


def test_a_method_that_is_frozen_says_since_when():
    evidence = replace(CO_DESIGN, method="ranked pairs", method_frozen=day("2026-03-01"))
    record = engagement_record(evidence, level_reached(evidence, LEVELS), on=TODAY)
    entry = next(each for each in record.stages[1].entries if each.code == "method")
    assert entry.words == "ranked pairs (frozen on 1 March 2026)"
