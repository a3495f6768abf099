"""How far a fair share for a small place can be trusted."""

import datetime as dt
from pathlib import Path

import pandas as pd

from locality.foundations import load_rule
from locality.money.person_model_fit import say_person_model_fit

CASE = Path(__file__).parents[2] / "cases" / "money" / "pbra_bmj2011_table.csv"
ON = dt.date(2026, 4, 1)


def test_the_rule_holds_the_published_figures():
    table = pd.read_csv(CASE).set_index("model")
    people, practices = "r2_validation_5205747_people", "r2_validation_797_practices_5445559_people"
    rule = load_rule("locality.money", "person_model_fit").at(ON).value
    assert rule["age_sex_between_people"] == table.at[1, people]
    assert rule["age_sex_between_practices"] == table.at[1, practices]
    assert rule["full_between_people"] == table.at[4, people]
    assert rule["full_between_practices"] == table.at[4, practices]
    assert rule["short_between_practices"] == table.at[5, practices]


def test_a_locality_figure_is_said_to_have_an_error_of_that_order():
    said = say_person_model_fit(ON)
    assert "only 12% of the differences in cost between people" in said[0]
    assert said[1] == "Between 797 practices it explains 79%; age and sex alone explain 34%."
    assert "one practice in 3 its figure was 10% or more away" in said[2]
    assert said[-1].startswith("Source: Dixon and others, BMJ 2011")
