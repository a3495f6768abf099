"""Lines of grant-aided expenditure, reproduced to the thousand pounds as the Scottish Government printed them."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from scipy.optimize import linprog

from locality.foundations import InputRefused, ResultRefused
from locality.money.council_lines import line_at_rates, print_thousands, rate_that_prints, share_council_line

CASES = Path(__file__).parents[2] / "cases" / "money"


def read(name):
    return pd.read_csv(CASES / f"{name}.csv", index_col="council")


@pytest.mark.parametrize(
    ("name", "quantum"),
    [("gae_residential_elderly_2022_23", 539_774), ("gae_general_administration_2023_24", 51_899)],
)
def test_one_indicator_gives_every_printed_amount(name, quantum):
    table = read(name)
    line = share_council_line(quantum, table["indicator"])
    assert print_thousands(line.amounts).tolist() == table["gae_k"].tolist()
    assert line.amounts.sum() == pytest.approx(quantum)
    assert line.shares.sum() == pytest.approx(1)


def test_printed_amounts_need_not_add_up_to_the_printed_line():
    table = read("gae_general_administration_2023_24")
    line = share_council_line(51_899, table["indicator"])
    assert print_thousands(line.amounts).sum() == table["gae_k"].sum() == 51_896


def test_a_fixed_amount_for_every_council_comes_first():
    table = read("gae_choose_life_2023_24")
    line = share_council_line(3_298, table["population"], fixed_each=60)
    assert print_thousands(line.effects["population"]).tolist() == table["effect1_k"].tolist()
    assert print_thousands(line.amounts).tolist() == table["gae_k"].tolist()


def test_two_indicators_each_move_their_part_of_the_line():
    indicators = pd.DataFrame({"people": [60, 40], "roads": [1, 3]}, index=["A", "B"])
    line = share_council_line(1000, indicators, weights={"people": 0.8, "roads": 0.2})
    assert line.rates.tolist() == [8.0, 50.0]
    assert line.effects.to_numpy().tolist() == [[480, 50], [320, 150]]
    assert line.amounts.tolist() == [530, 470]


@pytest.mark.parametrize(
    ("name", "first", "second", "floor"),
    [
        ("gae_dual_indicator_street_cleaning_2023_24_partial", "adj_pop", "composite", None),
        ("gae_floor_land_access_2022_23_partial", "pop_excl_parks", "path_m", 70.0),
    ],
)
def test_one_pair_of_rates_gives_every_printed_figure_of_two_indicators(name, first, second, floor):
    # Only the first councils of these tables are kept, so the rates are found rather than computed from the sums.
    table = read(name)
    rates = {first: rate_that_prints(table[first], table["effect1_k"])}
    rates[second] = rate_that_prints(table[second], table["effect2_k"])
    assert all(low < high for low, high in rates.values())
    free = table[table.get("min_adjust_k", table["gae_k"] * 0) == 0]
    both = free[[first, second]].to_numpy()
    # The pair that lies deepest among all that print every total: its distance to the nearest rounding is largest.
    found = linprog(
        [0, 0, -1],
        A_ub=np.column_stack([np.vstack([both, -both]), np.ones(2 * len(free))]),
        b_ub=np.concatenate([free["gae_k"] + 0.5, 0.5 - free["gae_k"]]),
        bounds=[*((low * (1 + 1e-9), high * (1 - 1e-9)) for low, high in rates.values()), (1e-6, None)],
    )
    assert found.success
    line = line_at_rates(table[[first, second]], dict(zip(rates, found.x[:2], strict=True)), floor=floor)
    assert print_thousands(line.effects[first]).tolist() == table["effect1_k"].tolist()
    assert print_thousands(line.effects[second]).tolist() == table["effect2_k"].tolist()
    assert print_thousands(line.amounts).tolist() == table["gae_k"].tolist()
    if floor:
        assert line.top_up.round(1).tolist() == table["min_adjust_k"].tolist()


def test_a_negative_composite_indicator_takes_money_away():
    line = line_at_rates(pd.DataFrame({"people": [10.0], "density": [-2.0]}, index=["A"]), {"people": 5, "density": 3})
    assert line.amounts.tolist() == [44]


def test_a_floor_is_found_within_the_line_by_lower_rates_for_all():
    # At full rates: 10, 30, 60. With a floor of 19 the other two share 81 as 30 : 60.
    line = share_council_line(100, pd.Series({"A": 1.0, "B": 3.0, "C": 6.0}), floor=19)
    assert line.amounts.tolist() == pytest.approx([19, 27, 54])
    assert line.top_up.tolist() == pytest.approx([10, 0, 0])
    assert line.amounts.sum() == pytest.approx(100)


def test_a_floor_that_lifts_nobody_changes_nothing():
    people = pd.Series({"A": 4.0, "B": 6.0})
    assert (
        share_council_line(100, people, floor=40).amounts.tolist() == share_council_line(100, people).amounts.tolist()
    )


def test_a_floor_that_takes_the_whole_line_gives_all_the_same():
    line = share_council_line(30, pd.Series({"A": 1.0, "B": 3.0, "C": 6.0}), floor=10)
    assert line.amounts.tolist() == pytest.approx([10, 10, 10])


def test_floors_and_fixed_amounts_beyond_the_line_are_refused_with_what_is_lacking():
    people = pd.Series({"A": 1.0, "B": 3.0})
    with pytest.raises(ResultRefused, match=r"The floors alone need 20\.00 more than the line has"):
        share_council_line(100, people, floor=60)
    with pytest.raises(ResultRefused, match=r"The fixed amounts need 20\.00 more than the line has"):
        share_council_line(100, people, fixed_each=60)


@pytest.mark.parametrize(
    ("indicators", "weights", "code"),
    [
        (pd.DataFrame({"a": [1.0, None]}), None, "council-gap"),
        (pd.DataFrame({"a": [1.0, 2.0], "b": [1.0, 1.0]}), None, "council-weights"),
        (pd.DataFrame({"a": [1.0, 2.0], "b": [1.0, 1.0]}), {"a": 0.5, "b": 0.4}, "council-weights"),
        (pd.DataFrame({"a": [1.0, -1.0]}), None, "council-nought"),
    ],
)
def test_a_line_that_cannot_be_shared_is_refused(indicators, weights, code):
    with pytest.raises(InputRefused) as refused:
        share_council_line(100, indicators, weights=weights)
    assert [fault.code for fault in refused.value.faults] == [code]


def test_rates_that_print_shows_when_no_single_rate_can():
    low, high = rate_that_prints(pd.Series([100.0, 200.0]), pd.Series([10.0, 30.0]))
    assert low > high
