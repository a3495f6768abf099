"""Whatever part of the planning record nobody holds: no check is met because of it."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from factories.plans import planning_record
from locality.plans import Entry, check_guidance, load_checks
from locality.plans.record import PARTS

CHECKS = load_checks()
FURTHER = sorted({one.parameters["part"] for one in CHECKS if one.rule_name == "entries_held"})
WHOLE = planning_record(
    further={part: tuple(Entry("", kind, "2026-05-01") for kind in ("met", "involve", "carers")) for part in FURTHER}
)
EMPTY = planning_record(
    localities=(),
    zones=(),
    zone_localities=(),
    residents={},
    leads={},
    briefings={},
    catalogue=(),
    sources=(),
    budgets={},
    plans={},
    joint=(),
    strategic=(),
    further={part: () for part in FURTHER},
)


def outcomes(record):
    return {(one.check.id, one.locality): one.outcome for one in check_guidance(record, CHECKS)}


def without(record, parts):
    kept = {name: entries for name, entries in record.further.items() if name not in parts}
    return replace(record, **{part: None for part in parts if part in PARTS}, further=kept)


@pytest.mark.parametrize("record", [WHOLE, EMPTY], ids=["whole", "empty"])
@settings(max_examples=60, deadline=None)
@given(parts=st.sets(st.sampled_from([*PARTS, *FURTHER])))
def test_taking_a_part_away_never_turns_a_check_to_met(record, parts):
    before, after = outcomes(record), outcomes(without(record, parts))
    assert {key for key, found in after.items() if found == "met"} <= {k for k, v in before.items() if v == "met"}


@pytest.mark.parametrize("part", [*PARTS, *FURTHER])
def test_some_check_reads_each_part_and_says_that_it_is_not_recorded(part):
    before, after = outcomes(WHOLE), outcomes(without(WHOLE, {part}))
    changed = {key for key in before if before[key] != after[key]}
    assert changed
    assert {after[key] for key in changed} == {"not recorded"}


def test_a_record_that_holds_nothing_meets_nothing():
    assert set(outcomes(without(WHOLE, {*PARTS, *FURTHER})).values()) == {"not recorded"}
