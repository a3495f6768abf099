"""Social care: need after the council formula's variables, and a council's line taken down to localities."""

import datetime as dt

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from locality.foundations import InputRefused, ResultRefused
from locality.money.social_care_need import (
    choose_social_care_variables,
    council_line_to_localities,
    social_care_need,
)

ON = dt.date(2026, 4, 1)
ZONES = ["S01000001", "S01000002", "S01000003"]


def made_up(zones=60):
    rng = np.random.default_rng(4)
    names = pd.Index([f"S01{number:06d}" for number in range(zones)], name="zone")
    indicators = pd.DataFrame({"SMR": rng.uniform(60, 160, zones), "CIF": rng.uniform(50, 150, zones)}, index=names)
    population = pd.DataFrame({"zone": names, "sex": "female", "age_from": 65, "age_to": pd.NA, "people": 100})
    pence = 1e5 * np.exp(0.004 * indicators["SMR"].to_numpy()) * rng.lognormal(0, 0.1, zones)
    costs = population.assign(pence=pence.round()).drop(columns="people")
    return costs, population, indicators


def test_the_best_indicator_at_hand_stands_for_each_variable():
    chosen = choose_social_care_variables(pd.DataFrame(columns=["SMR", "CIF", "activity_limited"]), on=ON)
    assert chosen.stands_for == {"mortality": "SMR", "limiting long-term illness": "activity_limited"}
    assert chosen.absent == ("people who live alone", "council tax")
    assert "Green Book" in chosen.source


def test_without_any_indicator_the_model_is_refused_and_says_what_to_add():
    with pytest.raises(
        InputRefused, match="Add one or more of: simd_mortality, limiting_long_term_illness, living_alone"
    ):
        choose_social_care_variables(pd.DataFrame(columns=["crime"]), on=ON)


def test_the_model_names_its_variables_its_source_and_what_it_lacks():
    costs, population, indicators = made_up()
    model = social_care_need(costs, population, indicators, programme="older people", on=ON)
    assert model.coefficients["role"].to_dict() == {"SMR": "need", "CIF": "need"}
    assert model.coefficients.loc["SMR", "low"] < 0.004 < model.coefficients.loc["SMR", "high"]
    assert model.sentences[0].startswith("Variables after the council formula (mortality: SMR;")
    assert model.sentences[1] == "Without an indicator here, and so left out: people who live alone, council tax."
    full = indicators.assign(living_alone=indicators["SMR"] % 7, simd_income_rate=indicators["CIF"] % 5)
    complete = social_care_need(costs, population, full, programme="older people", on=ON)
    assert not any(sentence.startswith("Without an indicator") for sentence in complete.sentences)


def line(pence, people=(50, 50, 100), index=(1.5, 0.5, 1.0), localities=("north", "south", "south")):
    return council_line_to_localities(
        pence,
        pd.Series(people, ZONES),
        pd.Series(index, ZONES),
        pd.Series(localities, ZONES),
        line="Home care",
    )


def test_a_councils_line_goes_down_by_people_and_need_and_says_that_this_is_modelled():
    split = line(100_000)
    assert split.pence.to_dict() == {"north": 37_500, "south": 62_500}
    assert split.sentence.startswith("Home care: the council's £1,000 is published for the whole council; its split")
    assert "modelled" in split.sentence


@given(st.integers(-(10**12), 10**12), st.lists(st.floats(0.01, 9), min_size=3, max_size=3))
def test_a_line_adds_up_to_the_penny(pence, index):
    assert line(pence, index=index, localities=("a", "b", "c")).pence.sum() == pence


def test_a_zone_without_need_or_locality_is_refused_unless_nobody_lives_there():
    with pytest.raises(InputRefused, match="1 zones with people have no need index: S01000002"):
        line(100, index=(1.0, None, 1.0))
    with pytest.raises(InputRefused, match="1 zones with people have no locality: S01000003"):
        line(100, localities=("north", "north", None))
    assert line(100, people=(1, 1, 0), index=(1.0, 1.0, None), localities=("a", "b", None)).pence.sum() == 100


def test_money_that_nobody_can_carry_is_refused():
    with pytest.raises(ResultRefused, match="every weight is nought"):
        line(100, index=(0.0, 0.0, 0.0))
