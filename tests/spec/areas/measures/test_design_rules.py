"""What a partnership sets, and what stands in for what it does not."""

from __future__ import annotations

import datetime as dt

import pytest

from factories.drawn_grounds import draw
from locality.areas import design_rules, load_weights
from locality.foundations import InputRefused

ON = dt.date(2026, 11, 22)
GROUND = draw("100 100 100 100")


def codes(**asked):
    with pytest.raises(InputRefused) as error:
        design_rules(GROUND, ON, **asked)
    return [fault.code for fault in error.value.faults]


def test_without_bounds_they_follow_from_the_mean():
    """Two localities of 200 people on average: from 0.6 to 1.45 times as many."""
    made = design_rules(GROUND, ON, number=2)
    assert (made.least, made.most, made.number) == (120, 290, 2)


def test_bounds_of_the_partnership_go_first():
    made = design_rules(GROUND, ON, number=2, least=50)
    assert (made.least, made.most) == (50, 290)


def test_with_both_bounds_the_number_may_be_free():
    made = design_rules(GROUND, ON, least=50, most=200)
    assert (made.least, made.most, made.number) == (50, 200, None)


def test_weights_are_the_partnerships_own_when_they_add_up_to_one():
    own = load_weights(ON, {"practices": 0.5, "communities": 0.5, "border": 0.0})
    assert (own.practices, own.communities, own.border) == (0.5, 0.5, 0.0)
    assert load_weights(ON).practices == 0.45


@pytest.mark.parametrize(
    "own",
    [
        {"practices": 0.5, "communities": 0.6, "border": 0.0},
        {"practices": 1.5, "communities": -0.5, "border": 0.0},
        {"practices": 1.0},
        {"practices": float("nan"), "communities": 0.5, "border": 0.5},
    ],
)
def test_weights_that_do_not_add_up_are_refused(own):
    with pytest.raises(InputRefused, match="together 1"):
        load_weights(ON, own)


def test_every_slip_is_named_at_once():
    assert codes(number=0, least=300, most=200, together=(("Z00", "Z99"),), seeds=("X",)) == [
        "size-out-of-range",
        "least-above-most",
        "zone-outside-partnership",
        "zone-outside-partnership",
    ]


def test_neither_number_nor_bounds_is_too_little():
    assert codes(least=50) == ["size-not-given"]
