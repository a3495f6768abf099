"""Bounds and wishes that no division can meet are refused with the arithmetic, all reasons at once."""

from __future__ import annotations

import pytest

from factories.small_grounds import bounds, drawn_ground
from locality.areas.propose import propose
from locality.foundations import ResultRefused

SIX = "AAABBB"


@pytest.mark.parametrize(
    ("picture", "rules", "reason"),
    [
        (SIX, bounds(1000, 2000, 2), "6,000 people do not fit: 2 localities x at most 2,000 = 4,000."),
        (SIX, bounds(4000, 6000, 2), "6,000 people are too few: 2 localities x at least 4,000 = 8,000."),
        (SIX, bounds(4000, 5000), "1 locality holds at most 1 x 5,000 = 5,000; 2 need at least 2 x 4,000 = 8,000."),
        (SIX, bounds(100, 900), "Zone r0c0 has 1,000 people, more than the most of 900."),
        ("AAAAA B", bounds(2000, 3000), "nothing joins to the rest has 1,000 people. That is 1,000 fewer than"),
        ("AA BBB", bounds(1500, 6000, 1), "1 locality is asked for; the 2 parts of the area can have 2 to 3 in all."),
        (SIX, bounds(1000, 3000, 2, kept=(("r0c0", "r0c1", "r0c2", "r0c3"),)), "has 4,000 people, outside 1,000 to"),
        (SIX, bounds(1000, 5000, 2, seeds=("r0c0", "r0c1", "r0c2")), "There are 3 seeds for 2 localities."),
        (
            SIX,
            bounds(1000, 5000, 2, together=(("r0c0", "r0c1"),), apart=(("r0c0", "r0c1"),)),
            "r0c0, r0c1 are to be both apart and together.",
        ),
        ("AA BB", bounds(1000, 4000, 2, together=(("r0c0", "r0c3"),)), "No way leads between r0c0, r0c3"),
        (
            SIX,
            bounds(1000, 5000, 2, together=(("r0c0", "r0c1"),), seeds=("r0c0", "r0c1")),
            "The seeds r0c0, r0c1 are to stay together.",
        ),
        (SIX, bounds(1000, 5000, 2, seeds=("nowhere",)), "zones that the area does not have: nowhere."),
    ],
)
def test_the_refusal_shows_the_arithmetic(picture, rules, reason):
    with pytest.raises(ResultRefused) as refused:
        propose(drawn_ground(picture), rules, effort=0.01, options=1)
    assert reason in refused.value.reason
    assert refused.value.do


def test_all_reasons_are_said_at_once():
    rules = bounds(100, 900, 2, seeds=("r0c0", "r0c1", "r0c2"))
    with pytest.raises(ResultRefused) as refused:
        propose(drawn_ground(SIX), rules, effort=0.01, options=1)
    assert "Zone r0c5 has 1,000 people" in refused.value.reason
    assert "There are 3 seeds for 2 localities." in refused.value.reason
    assert "6,000 people do not fit" in refused.value.reason


def test_what_cannot_be_found_is_refused_and_not_given_in_pieces():
    # Counting allows it, the map does not: the zones of the middle are needed on both sides.
    rules = bounds(3000, 3000, 2, apart=(("r0c0", "r0c1"),))
    with pytest.raises(ResultRefused, match="No division was found"):
        propose(drawn_ground(SIX), rules, effort=0.01, options=1)
