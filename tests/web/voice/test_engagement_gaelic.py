"""Every sentence that the library says of a criterion is there in Gaelic; no fluent reader has checked it yet."""

import datetime as dt
from dataclasses import replace

import pytest

from locality.voice.engagement import ChannelUse, Evidence, Session, ShapedOption, engagement_levels, level_reached
from locality_web.core.languages import speaking, words_of
from locality_web.core.languages_kept import show_kept, tell_kept
from locality_web.voice.conversations.said import Contribution

LEVELS = engagement_levels(dt.date(2026, 11, 23))
MARCH = dt.date(2026, 3, 2)
BARE = Evidence(aim="involve")
SOME = replace(
    BARE,
    background_published=True,
    scope="Buses.",
    opened=MARCH,
    closes=dt.date(2026, 3, 29),
    channels=(ChannelUse("Air an làrach seo", 1, needs_computer=True),),
    support_offered=("clò mòr",),
    needs_named=1,
    views=1,
    to_tell=0,
    options=(ShapedOption("Bus", 0),),
    options_open=True,
    sessions=(Session(dt.date(2026, 3, 9), "drafted", "x"),),
    method_frozen=dt.date(2026, 3, 3),
)


def session(part: str, *days: int) -> tuple[Session, ...]:
    return tuple(Session(dt.date(2026, 4, each), part, "x") for each in days)


KNOWN = [
    BARE,
    SOME,
    replace(SOME, options_open=False, views=0),
    replace(SOME, channels=(), opened=None),
    replace(SOME, channels=(*SOME.channels, ChannelUse("Air pàipear", 12)), needs_named=0, views=60, answered=52),
    replace(SOME, decided=MARCH, options_fixed=MARCH, to_tell=3, told=1, changes=("Bus", "Taxi")),
    replace(SOME, decided=dt.date(2026, 3, 3), options_fixed=dt.date(2026, 3, 3), method_frozen=MARCH),
    replace(SOME, decided=dt.date(2026, 3, 1), options_fixed=dt.date(2026, 3, 1)),
    replace(SOME, decided=dt.date(2026, 4, 20), options_fixed=dt.date(2026, 4, 20), sessions=session("drafted", 1, 8)),
    replace(SOME, decided=dt.date(2026, 2, 1), options_fixed=dt.date(2026, 2, 1), sessions=session("decided", 1)),
    replace(SOME, sessions=session("drafted", 1, 2, 3), lessons="Much."),
    replace(SOME, sessions=session("reviewed", 9), options=(ShapedOption("Bus", 9), ShapedOption("Taxi", 1))),
    replace(SOME, sessions=session("reviewed", 9), lessons="Much.", options=(ShapedOption("Bus", 9),)),
    replace(SOME, options=(ShapedOption("Bus", 0), ShapedOption("Taxi", 0)), closes=None),
]


@pytest.mark.parametrize("evidence", KNOWN)
def test_what_is_found_is_told_in_gaelic_with_nothing_left_in_english(evidence):
    with speaking("gd"):
        left = [
            each.evidence
            for each in level_reached(evidence, LEVELS).found
            if "lang=" in show_kept(each.evidence) or tell_kept(each.evidence) == each.evidence
        ]
    assert left == []


def test_days_and_numbers_stay_what_they_are():
    found = level_reached(replace(SOME, decided=dt.date(2026, 4, 20)), LEVELS).found
    with speaking("gd"):
        said = tell_kept(next(each.evidence for each in found if each.criterion.code == "asked_before_decision"))
    assert said == "Dh'fhosgail e air 2 am Màrt 2026, 49 latha ron cho-dhùnadh."


def test_levels_criteria_and_channels_are_there_in_gaelic():
    said = [text for each in LEVELS.levels for text in (each.name, each.means)]
    said += [text for each in LEVELS.criteria for text in (each.asks, each.lift)]
    said += [str(each.label) for each in Contribution.Channel]
    assert [each for each in said if each not in words_of("gd")] == []
