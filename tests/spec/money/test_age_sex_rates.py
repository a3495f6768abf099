"""Cost per head by age and sex, from a partnership's own costs."""

import pandas as pd
import pytest

from locality.foundations import InputRefused
from locality.money.age_sex_rates import age_sex_rates, expected_cost


def people(*rows):
    frame = pd.DataFrame(rows, columns=["zone", "sex", "age_from", "age_to", "people"])
    return frame.astype({"age_to": "Int64"})


def costs(*rows):
    frame = pd.DataFrame(rows, columns=["sex", "age_from", "age_to", "pence"])
    return frame.astype({"age_from": "Int64", "age_to": "Int64"})


HERE = people(
    ("S01000001", "female", 0, 64, 60),
    ("S01000001", "female", 65, None, 40),
    ("S01000002", "female", 0, 64, 100),
    ("S01000002", "male", 0, None, 50),
)


def test_a_rate_is_cost_over_people_and_a_zone_is_expected_to_cost_its_ages():
    rates = age_sex_rates(costs(("female", 0, 64, 1600), ("female", 65, None, 2000), ("male", 0, None, 500)), HERE)
    assert rates["per_head"].tolist()[:3] == pytest.approx([10, 50, 10])
    assert expected_cost(HERE, rates).to_dict() == {
        "S01000001": pytest.approx(60 * 10 + 40 * 50),
        "S01000002": pytest.approx(100 * 10 + 50 * 10),
    }


def test_cost_without_age_or_sex_is_spread_over_all_rates_in_proportion():
    rates = age_sex_rates(
        costs(
            ("female", 0, 64, 1600), ("female", 65, None, 2000), (None, None, None, 1800), ("male", None, None, 1800)
        ),
        HERE,
    )
    assert (rates["per_head"] * rates["people"]).sum() == pytest.approx(7200)
    assert rates["per_head"].tolist()[:2] == pytest.approx([20, 100])


def test_ages_that_cost_nothing_have_a_rate_of_nought():
    rates = age_sex_rates(costs(("female", 15, 44, 300)), HERE)
    assert rates[["sex", "age_from", "age_to", "per_head"]].fillna(-1).to_numpy().tolist() == [
        ["female", 15, 44, pytest.approx(300 / (160 * 30 / 65))],
        ["female", 0, 14, 0],
        ["female", 45, 130, 0],
        ["male", 0, 130, 0],
    ]


def test_bands_may_be_named_by_their_youngest_age_alone():
    table = costs(("female", 0, None, 1600), ("female", 65, None, 2000)).drop(columns="age_to")
    rates = age_sex_rates(table, HERE)
    assert rates["age_to"].tolist()[0] == 64 and pd.isna(rates["age_to"].tolist()[1])
    assert rates["per_head"].tolist()[:2] == pytest.approx([10, 50])


def test_cost_of_an_age_that_nobody_has_is_refused():
    with pytest.raises(InputRefused, match="cost for male aged 65 and over, but nobody of that age"):
        age_sex_rates(costs(("male", 65, None, 1)), HERE[HERE["sex"] == "female"])


def test_cost_without_any_age_is_refused():
    with pytest.raises(InputRefused, match="no cost has both a sex and an age"):
        age_sex_rates(costs(("male", None, None, 1)), HERE)
