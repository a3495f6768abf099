"""Whatever is recorded of a conversation: the level rests on criteria that are met, and more is never claimed."""

import datetime as dt
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from locality.voice.engagement import (
    ChannelUse,
    Evidence,
    Session,
    ShapedOption,
    engagement_levels,
    engagement_record,
    level_reached,
)

TODAY = dt.date(2026, 11, 22)
LEVELS = engagement_levels(TODAY)
CODES = [level.code for level in LEVELS.levels]
DAYS = st.dates(dt.date(2026, 1, 1), dt.date(2026, 12, 31))
COUNTS = st.integers(0, 4)
WORDS = st.sampled_from(["", " ", "Something."])

EVIDENCE = st.builds(
    Evidence,
    aim=st.sampled_from(CODES),
    background_published=st.booleans(),
    scope=WORDS,
    opened=st.none() | DAYS,
    closes=st.none() | DAYS,
    options_fixed=st.none() | DAYS,
    options_open=st.booleans(),
    decided=st.none() | DAYS,
    channels=st.lists(st.builds(ChannelUse, st.sampled_from(["web", "paper"]), COUNTS, st.booleans())).map(tuple),
    sessions=st.lists(
        st.builds(Session, DAYS, st.sampled_from(["heard", "drafted", "decided", "reviewed"]), st.just("workshop"))
    ).map(tuple),
    support_offered=st.sampled_from([(), ("transport",)]),
    needs_named=COUNTS,
    needs_met=COUNTS,
    method_frozen=st.none() | DAYS,
    views=COUNTS,
    answered=COUNTS,
    to_tell=st.none() | COUNTS,
    told=COUNTS,
    options=st.lists(st.builds(ShapedOption, st.just("bus"), COUNTS)).map(tuple),
    changes=st.sampled_from([(), ("bus",)]),
    lessons=WORDS,
)


@given(EVIDENCE)
def test_a_level_rests_on_all_its_criteria_and_on_those_below(evidence):
    found = level_reached(evidence, LEVELS)
    height = LEVELS.height(found.reached.code) if found.reached else 0
    unmet = [LEVELS.height(each.criterion.level) for each in found.found if not each.is_met]
    assert height == min(unmet, default=len(CODES) + 1) - 1
    assert found.meets_duty == (height >= LEVELS.height("involve"))
    assert found.meets_aim == (height >= LEVELS.height(evidence.aim))
    assert all(each.evidence.endswith(".") for each in found.found)


@given(EVIDENCE)
def test_whoever_falls_short_is_always_told_a_next_step(evidence):
    found = level_reached(evidence, LEVELS)
    assert bool(found.next_steps) == (found.reached is None or found.reached.code != CODES[-1])
    assert len(found.next_steps) == len(found.falls_short)


@given(EVIDENCE)
def test_what_is_not_recorded_is_never_met(evidence):
    assert all(each.is_recorded or not each.is_met for each in level_reached(evidence, LEVELS).found)


@given(EVIDENCE)
def test_a_higher_aim_changes_no_evidence(evidence):
    reached = {level_reached(replace(evidence, aim=aim), LEVELS).reached for aim in CODES}
    assert len(reached) == 1


@given(EVIDENCE)
def test_every_entry_of_the_record_says_something(evidence):
    record = engagement_record(evidence, level_reached(evidence, LEVELS), on=TODAY)
    assert all(entry.words.strip() for stage in record.stages for entry in stage.entries)
