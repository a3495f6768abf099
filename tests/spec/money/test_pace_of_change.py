"""How fast budgets move from what localities have to what would be fair."""

import datetime as dt
import json
from fractions import Fraction
from pathlib import Path

import pytest

from locality.foundations import InputRefused, ResultRefused
from locality.money.pace import PaceRules, allocate_within_rules, move_shares, share_growth_by_shortfall
from locality.money.presets import adjust_pace, load_pace, preset_names

CASES = json.loads((Path(__file__).parents[2] / "cases/money/constructed_pace_of_change.json").read_text())["cases"]


def _number(text: str | None) -> float | None:
    return None if text is None else float(Fraction(text))


def _rules(case: dict) -> PaceRules:
    return PaceRules(_number(case["min_growth"]), _number(case["max_growth"]), _number(case["max_pct_below_target"]))


@pytest.mark.parametrize("case", [case for case in CASES if case["feasible"]], ids=lambda case: case["name"])
def test_allocations_worked_out_in_fractions_are_met(case):
    shares = [float(Fraction(share)) for share in case["target_share"]]
    found = allocate_within_rules(case["current"], shares, float(case["total_next"]), _rules(case))
    assert found.amounts == pytest.approx([float(Fraction(amount)) for amount in case["allocation"]], rel=1e-15)
    assert found.multiplier == pytest.approx(float(Fraction(case["multiplier"])), rel=1e-15)


def test_rules_that_cannot_all_hold_are_refused_by_name_with_the_pounds_by_which_they_miss():
    rules = PaceRules(min_growth=0, max_under_target=0.05)
    with pytest.raises(ResultRefused) as refused:
        allocate_within_rules([300_000, 200_000, 350_000, 150_000], [0.25, 0.25, 0.30, 0.20], 1_020_000, rules)
    assert str(refused.value) == (
        "The minimum growth of 0.00% and the rule that nobody is more than 5.00% under target together need £660.50 "
        "more than the total of £10,200.00. Lower what the rule asks for, or find that much more money."
    )


def test_one_floor_that_alone_asks_too_much_is_named_alone():
    with pytest.raises(ResultRefused, match=r"The minimum growth of 3\.00% needs £10\.00 more"):
        allocate_within_rules([50_000, 50_000], [0.5, 0.5], 102_000, PaceRules(0.03, None, 0.5))


def test_a_cap_that_leaves_money_over_says_how_much():
    with pytest.raises(ResultRefused, match=r"leaves £80\.00 of the total of £1,100\.00 that no locality may take"):
        allocate_within_rules([50_000, 50_000], [0.5, 0.5], 110_000, PaceRules(max_growth=0.02))


def test_a_floor_above_a_cap_names_the_locality():
    rules = PaceRules(max_growth=0.02, max_under_target=0.05)
    with pytest.raises(
        ResultRefused, match=r"for Levenmouth \(at least £475\.00, at most £408\.00, misses by £67\.00\)"
    ):
        allocate_within_rules([40_000, 60_000], [0.5, 0.5], 100_000, rules, names=["Levenmouth", "Dunfermline"])


def test_growth_by_shortfall_keeps_everybody_and_shares_growth_by_pounds_missing():
    #            has  target  missing  share of the 50
    # North       60      75       15               15
    # South       40      75       35               35
    assert share_growth_by_shortfall([60, 40], [0.5, 0.5], 150).tolist() == [75.0, 75.0]
    assert share_growth_by_shortfall([80, 40], [0.5, 0.5], 140).tolist() == [80.0, 60.0]


def test_growth_by_shortfall_is_refused_when_there_is_less_than_before():
    with pytest.raises(ResultRefused, match=r"No cash loss needs £0\.10 more"):
        share_growth_by_shortfall([60, 40], [0.5, 0.5], 90)


def test_a_share_half_way_to_target_is_half_way():
    assert move_shares([60, 40], [0.5, 0.5], 200, closed=0.5) == pytest.approx([110.0, 90.0])


def test_every_preset_has_a_name_a_sentence_and_a_source():
    for name in preset_names():
        pace = load_pace(name, dt.date(2026, 4, 1), inflation=0.02)
        assert pace.says and pace.source
    assert preset_names() == (
        "differential-growth",
        "five-percent",
        "growth-by-shortfall",
        "half-life",
        "linear",
        "no-cash-loss",
    )


def test_differential_growth_promises_growth_with_inflation():
    assert load_pace("differential-growth", dt.date(2026, 4, 1), inflation=0.024).rules.min_growth == 0.024


def test_an_unknown_preset_is_answered_with_those_there_are():
    with pytest.raises(
        InputRefused, match=r"there is no preset 'fast'\. Use one of: differential-growth, five-percent"
    ):
        load_pace("fast", dt.date(2026, 4, 1))


def test_values_that_do_not_fit_a_preset_are_all_refused_at_once():
    linear = load_pace("linear", dt.date(2026, 4, 1))
    with pytest.raises(InputRefused) as refused:
        adjust_pace(linear, min_growth=0.01, years=0, parity_tolerance=2)
    assert [fault.file for fault in refused.value.faults] == ["--min-growth", "--over-years", "--tolerance"]


def test_own_values_replace_those_of_a_preset_and_are_marked():
    own = adjust_pace(load_pace("no-cash-loss", dt.date(2026, 4, 1)), max_growth=0.05, parity_tolerance=0.02)
    assert (own.rules.min_growth, own.rules.max_growth, own.parity_tolerance) == (0.0, 0.05, 0.02)
    assert own.source.endswith("Changed by the user.")


@pytest.mark.parametrize(
    ("own", "say"),
    [
        ({"max_under_target": 5.0}, "5 is not between 0 and 1"),
        ({"min_growth": -2.0}, "-2 would take away more than there is"),
    ],
)
def test_ratios_out_of_range_are_refused(own, say):
    with pytest.raises(InputRefused, match=say):
        adjust_pace(load_pace("five-percent", dt.date(2026, 4, 1)), **own)


def test_a_locality_without_a_fair_share_takes_what_no_other_may_and_no_cap_is_broken():
    found = allocate_within_rules([50, 50], [1, 0], 100, PaceRules(max_growth=0.2))
    assert found.amounts.tolist() == [60, 40]
