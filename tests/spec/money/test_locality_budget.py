"""Locality budgets: what each locality and heading gets next year, and the path to the fair share.

In all tables there are two localities, North and South, and two headings, Hospital and Home care; amounts in pence.
"""

import datetime as dt

import numpy as np
import pandas as pd
import pytest

from locality.foundations import FinancialYear, InputRefused, ResultRefused
from locality.money.budget import Standing, add_budget, set_budget, summarise_budget
from locality.money.pace import PaceRules
from locality.money.presets import Pace, adjust_pace, load_pace, preset_names
from locality.money.spread import spread_to_headings

DAY = dt.date(2026, 4, 1)
NEXT = FinancialYear(2023)
#                   Hospital  Home care
USED_NOW = np.array([[600, 200], [150, 50]])
NORTH_AND_SOUTH = ("North", "South")


def _standing(historic=USED_NOW, fair=(0.5, 0.5)):
    return Standing(("n", "s"), NORTH_AND_SOUTH, ("Hospital", "Home care"), np.array(historic), np.array(fair))


def _pace(name="no-cash-loss", **own):
    return adjust_pace(load_pace(name, DAY), **own)


def _budget(pace=None, standing=None, *, total=1_100, **more):
    return set_budget(standing or _standing(), pace or _pace(), year=NEXT, total_pence=total, **more)


def _commit(*rows):
    return pd.DataFrame([(*row, "a contract") for row in rows], columns=["locality", "heading", "pence", "why"])


# ---------------------------------------------------------------- the first year


def test_growth_goes_to_the_locality_that_is_under_its_fair_share_and_headings_grow_alike():
    budget = _budget()
    # North keeps its 800; the 100 more go to South. Each heading grows by 10%.
    assert budget.budget.pence.tolist() == [800, 300]
    assert budget.table.sum(axis=0).tolist() == [825, 275]
    assert budget.table.tolist() == [[600, 200], [225, 75]]


def test_rows_columns_and_total_agree_to_the_penny():
    budget = _budget(standing=_standing([[333, 334], [111, 221]], (1 / 3, 2 / 3)), total=1_001)
    assert budget.table.sum() == 1_001
    assert budget.table.sum(axis=1).tolist() == budget.budget.pence.tolist()
    # 444 and 555 of 999 pence, grown to 1,001: 444.89 and 556.11.
    assert budget.table.sum(axis=0).tolist() == [445, 556]


def test_the_summary_says_budget_change_growth_and_distance_of_every_locality():
    said = summarise_budget(_budget(total=1_100))
    south = said["localities"]["s"]
    assert (south["budget_pence"], south["budget_change_pence"]) == (300, 100)
    assert south["budget_growth_ratio"] == pytest.approx(0.5)
    assert south["budget_distance_ratio"] == pytest.approx((300 - 550) / 550)
    assert south["headings"] == {"Hospital": 225, "Home care": 75}
    assert said["headings"] == {"Hospital": 825, "Home care": 275}
    assert (said["budget_year"], said["budget_rules"]["total_pence"]) == ("2023/24", 1_100)


def test_a_locality_that_uses_nothing_now_grows_from_nought_by_no_ratio():
    said = summarise_budget(_budget(standing=_standing([[800, 200], [0, 0]]), total=1_100))
    assert said["localities"]["s"]["budget_pence"] == 100
    assert said["localities"]["s"]["budget_growth_ratio"] is None


def test_a_budget_stands_beside_the_shares_of_the_same_locality_and_heading():
    summary = {
        "localities": [
            {"code": code, "headings": [{"heading": "Home care"}, {"heading": "Hospital"}]} for code in ("s", "n")
        ],
        "headings": [{"heading": "Home care"}, {"heading": "Hospital"}],
        "totals": {"historic_pence": 1_000},
        "reconciliation": {"difference_pence": 0},
    }
    joined = add_budget(summary, summarise_budget(_budget()))
    south = joined["localities"][0]
    assert (south["code"], south["budget_pence"]) == ("s", 300)
    assert south["headings"] == [
        {"heading": "Home care", "budget_pence": 75},
        {"heading": "Hospital", "budget_pence": 225},
    ]
    assert joined["headings"][0]["budget_pence"] == 275
    assert joined["totals"]["budget_pence"] == joined["reconciliation"]["budget_pence"] == 1_100
    assert "budget_pence" not in summary["totals"], "the shares' own summary stays as it was"


def test_a_heading_that_earns_more_than_it_costs_stays_income_and_all_still_adds_up():
    budget = _budget(standing=_standing([[900, -50], [250, -100]]), total=1_100)
    assert budget.table.sum(axis=0).tolist() == [1_250, -150]
    assert budget.table.sum(axis=1).tolist() == budget.budget.pence.tolist()


# ---------------------------------------------------------------- committed money


def test_committed_money_does_not_move_and_the_rest_moves_round_it():
    budget = _budget(commitments=_commit(("s", "Hospital", 150)))
    assert budget.table[1, 0] == 150
    assert budget.table.tolist() == [[675, 125], [150, 150]]


def test_a_commitment_of_nought_keeps_a_cell_empty():
    budget = _budget(commitments=_commit(("n", "Home care", 0)))
    assert budget.table.tolist() == [[800, 0], [25, 275]]


def test_no_commitments_are_the_same_as_an_empty_table_of_them():
    assert _budget(commitments=_commit()).table.tolist() == _budget().table.tolist()


def test_commitments_of_unknown_localities_and_headings_are_all_named_at_once():
    wrong = _commit(("east", "Hospital", 1), ("n", "Dentist", 1), ("west", "Optician", 1))
    with pytest.raises(InputRefused) as refused:
        _budget(commitments=wrong)
    assert [fault.what for fault in refused.value.faults] == [
        "there is no locality 'east'",
        "there is no heading 'Dentist'",
        "there is no locality 'west'",
        "there is no heading 'Optician'",
    ]
    assert refused.value.faults[0].do == "Use one of: n, s, or take the row out."
    assert {fault.code for fault in refused.value.faults} == {"unknown-locality", "unknown-heading"}


def test_more_committed_than_a_locality_has_is_refused_by_name_with_the_pounds():
    with pytest.raises(ResultRefused, match=r"South has £4\.00 committed and £3\.00 to spend, £1\.00 too much"):
        _budget(commitments=_commit(("s", "Hospital", 200), ("s", "Home care", 200)))


def test_more_committed_than_a_heading_has_is_refused_by_name_with_the_pounds():
    with pytest.raises(ResultRefused, match=r"Home care has £3\.00 committed and £2\.75 to spend, £0\.25 too much"):
        _budget(commitments=_commit(("n", "Home care", 150), ("s", "Home care", 150)))


def test_every_overcommitment_is_named_at_once():
    with pytest.raises(ResultRefused) as refused:
        spread_to_headings(USED_NOW, [800, 300], [825, 275], committed=[[-1, -1], [400, 300]])
    for name in ("locality 2 has £7.00 committed", "heading 2 has £3.00 committed"):
        assert name in str(refused.value)
    assert "heading 1" not in str(refused.value)


def test_commitments_that_leave_no_table_with_both_totals_are_refused():
    # North may put its 800 into nothing but Hospital (Home care is held at 0) and Hospital is held at 100.
    with pytest.raises(ResultRefused, match=r"leave £7\.00 of North that nothing else may take\. Lower a commitment"):
        _budget(commitments=_commit(("n", "Hospital", 100), ("n", "Home care", 0)))


def test_totals_that_disagree_are_refused():
    with pytest.raises(ResultRefused, match=r"budgets add up to £11\.00 and the headings' totals to £10\.99"):
        spread_to_headings(USED_NOW, [800, 300], [825, 274])


def test_money_of_a_locality_without_any_use_follows_the_headings_totals():
    spread = spread_to_headings([[600, 200], [0, 0]], [800, 400], [900, 300])
    assert spread.tolist() == [[600, 200], [300, 100]]


def test_money_of_a_heading_without_any_use_follows_the_localities_budgets():
    spread = spread_to_headings([[600, 0], [200, 0]], [900, 300], [800, 400])
    assert spread.tolist() == [[600, 300], [200, 100]]


# ---------------------------------------------------------------- the path


def test_a_linear_path_is_at_target_in_exactly_its_years_and_takes_equal_steps():
    budget = _budget(_pace("linear", years=4), total=1_000, path_years=4)
    assert [year.pence.tolist() for year in budget.path] == [[725, 275], [650, 350], [575, 425], [500, 500]]
    assert budget.years_to_target == (4, 4)
    assert [str(year.year) for year in budget.path] == ["2023/24", "2024/25", "2025/26", "2026/27"]


def test_a_path_stays_at_target_once_it_is_there():
    budget = _budget(_pace("linear", years=2), total=1_000, path_years=4)
    assert [year.pence.tolist() for year in budget.path[1:]] == [[500, 500]] * 3


def test_a_half_life_halves_the_gap_in_its_years():
    budget = _budget(_pace("half-life", years=1), total=1_600, standing=_standing(USED_NOW * 100), path_years=3)
    # North has 80% and would fairly have 50%: 30 points over, then 15, 7.5, 3.75.
    assert [year.pence.tolist() for year in budget.path] == [[1_040, 560], [920, 680], [860, 740]]
    two_years = _budget(_pace("half-life", years=2), total=160_000, standing=_standing(USED_NOW * 100), path_years=2)
    assert two_years.path[1].pence.tolist() == [104_000, 56_000]


def test_the_total_grows_every_year_after_the_first():
    budget = _budget(total=1_000, growth=0.1, path_years=3)
    assert [int(year.pence.sum()) for year in budget.path] == [1_000, 1_100, 1_210]
    assert [int(year.target.sum()) for year in budget.path] == [1_000, 1_100, 1_210]


def test_the_year_in_which_target_is_reached_may_lie_beyond_the_path_that_is_shown():
    # Each year's growth of 10% goes to South until it has half: 800 is half of 1,600, which 1.1 ** 5 x 1,000 passes.
    budget = _budget(total=1_100, growth=0.1, path_years=2)
    assert len(budget.path) == 2
    assert budget.years_to_target == (5, 5)


def test_a_target_that_is_not_reached_within_the_horizon_has_no_year():
    budget = _budget(total=1_100, growth=0.1, path_years=2, horizon=4)
    assert budget.years_to_target == (None, None)


def test_the_tolerance_says_what_counts_as_at_target():
    # 575 of 500 is 15% over; 425 is 15% under.
    near = _budget(_pace("linear", years=4, parity_tolerance=0.15), total=1_000)
    assert near.years_to_target == (3, 3)


def test_rules_that_cannot_hold_in_a_later_year_that_is_shown_are_refused_with_that_year():
    rules = Pace("own", "bounds", PaceRules(min_growth=0.02), 0, 0.01, "", "")
    with pytest.raises(ResultRefused) as refused:
        _budget(rules, total=1_020, growth=0.0, path_years=3)
    assert refused.value.reason.startswith("In 2024/25: The minimum growth of 2.00% need")
    assert "£0.20 more than the total of £10.20" in refused.value.reason


def test_rules_that_cannot_hold_beyond_the_path_that_is_shown_are_no_hindrance():
    rules = Pace("own", "bounds", PaceRules(min_growth=0.02), 0, 0.01, "", "")
    budget = _budget(rules, total=1_020, growth=0.0, path_years=1)
    assert len(budget.path) == 1
    assert budget.years_to_target == (None, None)


def test_growth_by_shortfall_gives_all_growth_to_those_below():
    assert _budget(_pace("growth-by-shortfall")).budget.pence.tolist() == [800, 300]
    with pytest.raises(ResultRefused, match=r"In 2023/24: No cash loss needs £0\.50 more"):
        _budget(_pace("growth-by-shortfall"), total=950)


def test_a_locality_without_a_target_has_no_distance_from_it():
    budget = _budget(standing=_standing([[900, 100], [0, 0]], (1.0, 0.0)), total=1_000)
    assert summarise_budget(budget)["localities"]["n"]["budget_distance_ratio"] == 0.0
    assert summarise_budget(budget)["localities"]["s"]["budget_distance_ratio"] is None


# ---------------------------------------------------------------- presets


@pytest.mark.parametrize("name", preset_names())
def test_every_preset_gives_a_budget_that_adds_up(name):
    pace = load_pace(name, DAY, inflation=0.02)
    budget = _budget(pace, _standing(fair=(0.7, 0.3)), total=1_300, growth=0.03)
    assert budget.table.sum() == 1_300
    assert budget.pace.name == name and budget.pace.says and budget.pace.source


def test_inflation_is_the_floor_of_presets_that_promise_real_terms():
    assert load_pace("differential-growth", DAY, inflation=0.02).rules.min_growth == 0.02
    assert load_pace("no-cash-loss", DAY, inflation=0.02).rules.min_growth == 0.0


def test_an_unknown_preset_is_refused_with_the_known_ones():
    with pytest.raises(
        InputRefused, match=r"there is no preset 'fast'\. Use one of: differential-growth, five-percent"
    ):
        load_pace("fast", DAY)


def test_a_partnerships_own_values_stand_over_a_presets_and_the_source_says_so():
    pace = _pace("no-cash-loss", min_growth=-0.01, max_growth=0.2)
    assert pace.rules == PaceRules(-0.01, 0.2, None)
    assert pace.source.endswith("Changed by the user.")
    assert _pace("no-cash-loss", parity_tolerance=0.05).source == load_pace("no-cash-loss", DAY).source


def test_values_that_a_preset_does_not_use_or_that_are_out_of_range_are_all_named():
    with pytest.raises(InputRefused) as bounds:
        _pace("no-cash-loss", min_growth=-1.5, max_growth=float("nan"), max_under_target=2.0, years=3)
    said = [(fault.file, fault.code) for fault in bounds.value.faults]
    assert said == [
        ("--min-growth", "option-range"),
        ("--max-growth", "option-range"),
        ("--max-under-target", "option-range"),
        ("--over-years", "option-not-used"),
    ]
    with pytest.raises(InputRefused) as linear:
        _pace("linear", min_growth=0.0, years=0, parity_tolerance=1.0)
    assert [fault.file for fault in linear.value.faults] == ["--min-growth", "--over-years", "--tolerance"]
