"""The formula's chain: people, then age and sex, then need, then the excess cost of supply; in exact fractions."""

import json
from fractions import Fraction as F
from pathlib import Path

import numpy as np
import pytest

from locality.foundations import InputRefused
from locality.money.formula_chain import ProgrammeInputs, weight_by_formula

CASE = Path(__file__).parents[2] / "cases" / "money" / "constructed_nrac_chain.json"
AREAS = ("A", "B", "C")


def fractions(numbers):
    return np.array([F(number) for number in numbers], dtype=object)


def run_case(exact=True):
    case = json.loads(CASE.read_text())
    turn = fractions if exact else lambda numbers: np.array([float(F(number)) for number in numbers])
    population = np.array([turn(case["populations"][area]) for area in AREAS])
    inputs = {
        name: ProgrammeInputs(
            cost_weights=turn(weights),
            need_index=turn(case["mlc_raw"][name][area] for area in AREAS),
            supply_index=turn(case["excess_raw"][name][area] for area in AREAS),
            expenditure=turn([case["programme_weights"][name]])[0],
        )
        for name, weights in case["age_cost_weights"].items()
    }
    return case, weight_by_formula(AREAS, population, inputs)


def one_programme(**changes):
    """Two areas of 100 people; the second is twice as old; 10 and 30 pounds a head."""
    given = dict(cost_weights=[10, 30], need_index=[1, 1], supply_index=[1, 1], expenditure=1) | changes
    return weight_by_formula(["north", "south"], [[75, 25], [50, 50]], {"acute": ProgrammeInputs(**given)})


def test_older_people_count_more_and_nobody_is_made_up():
    # north: 75 x 10 + 25 x 30 = 1,500; south: 50 x 10 + 50 x 30 = 2,000; together 3,500 for 200 people.
    acute = one_programme().programmes["acute"]
    assert acute.as_pop.tolist() == pytest.approx([200 * 1500 / 3500, 200 * 2000 / 3500])
    assert acute.as_index.tolist() == pytest.approx([6 / 7, 8 / 7])
    assert acute.as_pop.sum() == pytest.approx(200)


def test_need_then_supply_move_shares_and_each_is_scaled_to_everybody():
    acute = one_programme(need_index=[2, 1], supply_index=[1, 3]).programmes["acute"]
    # 1,500 x 2 = 3,000 against 2,000; then 3,000 against 6,000.
    assert acute.mlc_pop.tolist() == pytest.approx([120, 80])
    assert acute.share.tolist() == pytest.approx([1 / 3, 2 / 3])


@pytest.mark.parametrize("programme", ["HCHS", "GPP"])
def test_every_figure_of_the_worked_case_comes_out(programme):
    case, result = run_case()
    stages = result.programmes[programme]
    for row, area in enumerate(AREAS):
        said = case["steps"][programme][area]
        assert stages.share[row] == F(said["share"])
        for name in ("as_pop", "mlc_pop", "xs_pop", "as_index", "mlc_index", "xs_index"):
            assert float(getattr(stages, name)[row]) == pytest.approx(said[name], rel=1e-15)


def test_programmes_are_combined_by_what_is_spent_on_them_exactly():
    case, result = run_case()
    assert dict(zip(AREAS, result.combined.share, strict=True)) == {
        area: F(said) for area, said in case["combined_share"].items()
    }
    assert sum(result.combined.share) == 1


def test_combined_indices_are_ratios_of_consecutive_combined_shares():
    _, result = run_case()
    together, everybody = result.combined, 4500
    assert together.mlc_index[0] == (together.mlc_pop[0] / everybody) / (together.as_pop[0] / everybody)
    assert together.as_index[0] * together.mlc_index[0] * together.xs_index[0] * F(1000, 4500) == together.share[0]


def test_floats_give_the_same_as_fractions():
    _, exact = run_case()
    _, floats = run_case(exact=False)
    assert floats.combined.share.tolist() == pytest.approx([float(share) for share in exact.combined.share], rel=1e-14)


def test_expenditure_may_be_in_any_unit():
    _, result = run_case()
    case = json.loads(CASE.read_text())
    assert result.combined.share[0] == F(case["combined_share"]["A"])
    doubled = one_programme(expenditure=123_456_789)
    assert doubled.combined.share.tolist() == doubled.programmes["acute"].share.tolist()


def test_an_area_without_people_has_no_index_rather_than_an_average_one():
    result = weight_by_formula(
        ["empty", "full"], [[0, 0], [1, 1]], {"acute": ProgrammeInputs([1, 2], [1, 1], [1, 1], 1)}
    )
    assert np.isnan(result.programmes["acute"].as_index[0])
    assert result.programmes["acute"].share.tolist() == [0, 1]


def test_the_result_is_a_table_of_fair_weights():
    result = weight_by_formula(
        ["S01000001", "S01000002"], [[75, 25], [50, 50]], {"acute": ProgrammeInputs([10, 30], [2, 1], [1, 3], 1)}
    )
    weights = result.fair_weights()
    assert weights["stage"].tolist() == ["age_sex"] * 2 + ["need"] * 2 + ["supply"] * 2
    assert weights["weighted_people"].tolist() == pytest.approx([600 / 7, 800 / 7, 120, 80, 200 / 3, 400 / 3])


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"need_index": [1]}, "chain-length"),
        ({"cost_weights": [1, 2, 3]}, "chain-length"),
        ({"supply_index": [1, -1]}, "chain-number"),
        ({"supply_index": [1, float("nan")]}, "chain-number"),
        ({"cost_weights": [0, 0]}, "chain-number"),
        ({"expenditure": -1}, "chain-expenditure"),
        ({"expenditure": 0}, "chain-expenditure"),
    ],
)
def test_a_chain_that_cannot_be_run_is_refused_by_name(changes, code):
    with pytest.raises(InputRefused) as refused:
        one_programme(**changes)
    assert [fault.code for fault in refused.value.faults] == [code]
