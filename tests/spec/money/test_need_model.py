"""Need estimated from local cost: what moves money, what does not, and how little a small place is believed."""

import datetime as dt
import time

import numpy as np
import pandas as pd
import pytest

from locality.foundations import InputRefused, check_frame
from locality.money.need_model import NationalFigures, draw_zones, fit_need_model, need_index_at
from locality.money.need_variables import NeedVariables
from locality.money.tables import FAIR_WEIGHTS

ON = dt.date(2026, 4, 1)
EFFECT = {"poverty": 0.010, "beds": 0.020}
BANDS = ((0, 64, 20_000), (65, None, 100_000))


def made_up(zones, *, noise=0.1, seed=1, effect=EFFECT):
    """Zones of 1,000 people whose cost really is age x exp(effects); poverty and beds are in per cent and places."""
    rng = np.random.default_rng(seed)
    names = [f"S01{number:06d}" for number in range(zones)]
    indicators = pd.DataFrame(
        {"poverty": rng.uniform(2, 40, zones), "beds": rng.uniform(0, 20, zones)}, index=pd.Index(names, name="zone")
    )
    old = rng.uniform(0.1, 0.3, zones)
    rows, costs = [], []
    ratio = np.exp(indicators.mul(pd.Series(effect)).sum(axis=1).to_numpy()) * rng.lognormal(0, noise, zones)
    for zone, share, much in zip(names, old, ratio, strict=True):
        for sex in ("female", "male"):
            for (low, high, cost), people in zip(BANDS, (500 * (1 - share), 500 * share), strict=True):
                rows.append((zone, sex, low, high, people))
                costs.append((zone, sex, low, high, round(people * cost * much)))
    population = pd.DataFrame(rows, columns=["zone", "sex", "age_from", "age_to", "people"])
    spent = pd.DataFrame(costs, columns=["zone", "sex", "age_from", "age_to", "pence"])
    return spent.astype({"age_to": "Int64"}), population.astype({"age_to": "Int64"}), indicators


BOTH = NeedVariables(["poverty"], ["beds"])


def fit(zones=300, variables=BOTH, indicators=None, national=None, **made):
    costs, population, known = made_up(zones, **made)
    given = {} if national is None else {"national": NationalFigures(coefficients=national)}
    return fit_need_model(
        costs, population, known if indicators is None else indicators, variables, programme="acute", on=ON, **given
    )


def nationally(coefficient, standard_error, indicator="poverty"):
    return pd.DataFrame(
        {"programme": ["acute"], "indicator": [indicator], "coefficient": coefficient, "standard_error": standard_error}
    )


def test_the_effects_that_made_the_costs_are_found():
    # Age-sex rates are the partnership's own, so a little of the effect is in them; ten per cent noise for each zone.
    found = fit().coefficients
    assert found["estimate"].to_dict() == pytest.approx(EFFECT, rel=0.12)
    assert (found["low"] < found["estimate"]).all() and (found["estimate"] < found["high"]).all()
    assert found.loc["poverty", "effect_of_one_spread"] == pytest.approx(np.exp(0.01 * 11), rel=0.02)


def test_need_moves_money_and_makes_none():
    model = fit()
    zones, people = model.zones, model.zones["people"].sum()
    assert (zones["expected"] * zones["need_index"]).sum() == pytest.approx(zones["expected"].sum())
    assert model.weights.groupby("stage")["weighted_people"].sum().to_dict() == pytest.approx(
        {"age_sex": people, "need": people}
    )
    assert check_frame(FAIR_WEIGHTS, model.weights, "fair_weights")[1] == []


def test_nobody_is_paid_for_having_had_more_service():
    model = fit()
    poverty = made_up(300)[2]["poverty"]
    # Ordering zones by need index is ordering them by poverty alone, however many beds they have.
    assert model.zones["need_index"].rank().tolist() == poverty.rank().tolist()
    without = fit(variables=NeedVariables(["poverty"]))
    assert "beds" not in without.coefficients.index
    assert any("held at its mean" in sentence for sentence in model.sentences)
    assert any("No indicator of supply was given" in sentence for sentence in without.sentences)


def test_a_large_partnership_keeps_what_its_data_say_and_a_small_one_keeps_part_of_it():
    weight = {zones: fit(zones, noise=0.6).coefficients.loc["poverty", "local_weight"] for zones in (30, 120, 600)}
    assert weight[30] < weight[120] < weight[600]
    assert weight[600] > 0.9 > weight[30]
    small = fit(30, noise=0.6).coefficients.loc["poverty"]
    assert abs(small["shrunk"]) < abs(small["estimate"])
    assert small["prior_kind"] == "none" and small["prior"] == 0


def test_one_more_zone_moves_little_at_any_number_of_zones():
    steps = []
    for zones in range(195, 206):
        weight = fit(zones, noise=0.4).coefficients.loc["poverty", "local_weight"]
        steps.append(weight)
    assert np.abs(np.diff(steps)).max() < 0.03


def test_national_coefficients_are_combined_by_precision():
    alone = fit(60, noise=0.4, variables=NeedVariables(["poverty"])).coefficients.loc["poverty"]
    both = fit(60, noise=0.4, variables=NeedVariables(["poverty"]), national=nationally(0.02, 0.003))
    row = both.coefficients.loc["poverty"]
    local, nation = 1 / alone["standard_error"] ** 2, 1 / 0.003**2
    assert row["shrunk"] == pytest.approx((local * alone["estimate"] + nation * 0.02) / (local + nation))
    assert row["shrunk_error"] == pytest.approx((local + nation) ** -0.5)
    assert row["local_weight"] == pytest.approx(local / (local + nation))
    assert row["prior_kind"] == "national"
    assert any("combined with national ones, each by its precision." in sentence for sentence in both.sentences)


@pytest.mark.parametrize("gap", [nationally(None, 0.01), nationally(0.01, None), nationally(0.01, 0.0)])
def test_a_national_coefficient_without_its_error_counts_as_none(gap):
    gap = gap.astype({"coefficient": "Float64", "standard_error": "Float64"})
    model = fit(60, national=gap)
    assert set(model.coefficients["prior_kind"]) == {"none"}


def test_indicators_without_a_national_coefficient_are_said_to_be_drawn_to_nothing():
    model = fit(60, national=nationally(0.01, 0.01))
    assert model.coefficients["prior_kind"].to_dict() == {"poverty": "national", "beds": "none"}
    assert any("Local effects of poverty are combined" in sentence for sentence in model.sentences)


def test_units_of_an_indicator_do_not_matter():
    costs, population, indicators = made_up(100)
    ratio = indicators.assign(poverty=indicators["poverty"] / 100)
    given = {"programme": "acute", "on": ON}
    variables = NeedVariables(["poverty"], ["beds"])
    percent = fit_need_model(costs, population, indicators, variables, **given)
    share = fit_need_model(costs, population, ratio, variables, **given)
    assert share.zones["need_index"].tolist() == pytest.approx(percent.zones["need_index"].tolist())
    assert share.coefficients.loc["poverty", "shrunk"] == pytest.approx(
        100 * percent.coefficients.loc["poverty", "shrunk"]
    )


def test_fit_is_reported_and_what_nobody_may_conclude_is_said():
    model = fit(60)
    assert 0.5 < model.fit["deviance_explained"] < 1
    assert 0 < model.fit["ratio_r2"] < 1
    assert model.fit["zones"] == 60 and model.fit["level"] == 0.95
    words = " ".join(model.sentences)
    for said in ("never reached a service", "not why", "any one person", "small model", "own."):
        assert said in words
    assert "small model" not in " ".join(fit(250).sentences)


def test_dispersion_is_in_average_persons_cost():
    # Costs that are exactly a whole number of average persons' costs, drawn as counts, have variance equal to mean.
    rng = np.random.default_rng(3)
    costs, population, indicators = made_up(200)
    costs = costs[costs["sex"].eq("female") & costs["age_from"].eq(0)].assign(pence=lambda rows: rng.poisson(1000, 200))
    model = fit_need_model(costs, population, indicators, NeedVariables(["poverty"]), programme="x", on=ON)
    average = costs["pence"].sum() / population["people"].sum()
    people = population[population["age_from"].eq(0) & population["sex"].eq("female")]["people"]
    ratio = costs["pence"].to_numpy() / people.to_numpy()
    assert average > 0 and model.fit["dispersion"] == pytest.approx(
        model.zones["expected"].mean() / average * np.var(ratio / ratio.mean()), rel=0.2
    )


def test_national_rates_replace_the_partnerships_own():
    costs, population, indicators = made_up(60)
    rates = pd.DataFrame({"sex": "all", "age_from": [0, 65], "age_to": [64, pd.NA], "per_head": [1.0, 5.0]})
    model = fit_need_model(
        costs,
        population,
        indicators,
        NeedVariables(["poverty"]),
        programme="x",
        on=ON,
        national=NationalFigures(rates=rates),
    )
    assert "Age-sex rates are national." in model.sentences
    assert model.zones["expected"].sum() == pytest.approx(costs["pence"].sum())


def test_missing_values_are_refused_by_zone_or_taken_as_the_mean_when_asked():
    costs, population, indicators = made_up(40)
    indicators.loc["S01000007", "poverty"] = np.nan
    given = {"programme": "acute", "on": ON}
    with pytest.raises(InputRefused, match="1 zones have no poverty: S01000007"):
        fit_need_model(costs, population, indicators, NeedVariables(["poverty"]), **given)
    model = fit_need_model(costs, population, indicators, NeedVariables(["poverty"]), missing="mean", **given)
    assert any("1 missing values of poverty were taken as the mean" in sentence for sentence in model.sentences)


def test_indicators_that_say_the_same_are_refused_with_their_names():
    costs, population, indicators = made_up(100)
    indicators["wealth"] = 100 - 2 * indicators["poverty"]
    with pytest.raises(InputRefused, match=r"100\.0% of poverty is already said by wealth") as refused:
        fit_need_model(
            costs, population, indicators, NeedVariables(["poverty", "wealth"], ["beds"]), programme="acute", on=ON
        )
    assert {fault.column for fault in refused.value.faults} == {"poverty", "wealth"}


def test_indicators_that_say_nearly_the_same_are_warned_of():
    costs, population, indicators = made_up(100)
    indicators["income"] = indicators["poverty"] + np.random.default_rng(2).normal(0, 2, 100)
    model = fit_need_model(
        costs, population, indicators, NeedVariables(["poverty", "income"]), programme="acute", on=ON
    )
    assert sum("is said by the other indicators" in sentence for sentence in model.sentences) == 2


@pytest.mark.parametrize(
    ("variables", "says"),
    [
        (NeedVariables(["wealth"]), "there is no indicator wealth"),
        (NeedVariables([], ["beds"]), "no indicator of need is named"),
        (NeedVariables(["flat"]), "flat is the same in every zone"),
        (NeedVariables(["poverty"], ["beds"]), "19 zones with residents are too few for 2 variables; 20 are needed"),
    ],
)
def test_a_model_that_cannot_be_carried_is_refused(variables, says):
    costs, population, indicators = made_up(19)
    with pytest.raises(InputRefused, match=says):
        fit_need_model(costs, population, indicators.assign(flat=3.0), variables, programme="acute", on=ON)


def test_cost_where_nobody_lives_is_refused():
    costs, population, indicators = made_up(30)
    astray = pd.concat([costs, costs.head(1).assign(zone="S01999999")])
    with pytest.raises(InputRefused, match="cost in 1 zones that have no population: S01999999"):
        fit_need_model(astray, population, indicators, NeedVariables(["poverty"]), programme="acute", on=ON)
    with pytest.raises(InputRefused, match="there is no cost to estimate from"):
        fit_need_model(costs.assign(pence=0), population, indicators, NeedVariables(["poverty"]), programme="x", on=ON)


def test_an_empty_zone_takes_no_part_in_the_fit_and_gets_nothing():
    costs, population, indicators = made_up(40)
    empty = population["zone"] == "S01000003"
    model = fit_need_model(
        costs[costs["zone"] != "S01000003"],
        population.assign(people=population["people"].mask(empty, 0.0)),
        indicators,
        NeedVariables(["poverty"]),
        programme="acute",
        on=ON,
    )
    assert model.fit["zones"] == 39
    assert model.weights[model.weights["zone"] == "S01000003"]["weighted_people"].tolist() == [0, 0]


def test_an_empty_zone_needs_no_indicator():
    costs, population, indicators = made_up(40)
    empty = population["zone"] == "S01000003"
    indicators.loc["S01000003"] = np.nan
    model = fit_need_model(
        costs[costs["zone"] != "S01000003"],
        population.assign(people=population["people"].mask(empty, 0.0)),
        indicators,
        BOTH,
        programme="acute",
        on=ON,
    )
    assert not any("missing values" in sentence for sentence in model.sentences)


def test_cost_that_was_spread_by_population_cannot_show_need_and_is_refused():
    _, population, indicators = made_up(40)
    costs = population.assign(pence=population["people"] * 123).drop(columns="people")
    with pytest.raises(InputRefused, match="it was spread by population, not measured"):
        fit_need_model(costs, population, indicators, BOTH, programme="acute", on=ON)


def test_redrawn_zones_give_intervals_fast_and_each_draw_makes_no_money():
    model = fit(600, noise=0.4)
    start = time.process_time()
    draws = model.draw_weights(500, np.random.default_rng(5))
    assert time.process_time() - start < 5
    assert draws.shape == (500, 600)
    assert draws.sum(axis=1) == pytest.approx(np.full(500, model.zones["people"].sum()))
    need = model.weights[model.weights["stage"] == "need"]["weighted_people"].to_numpy()
    low, high = np.quantile(draws, [0.025, 0.975], axis=0)
    assert ((low < need) & (need < high)).mean() > 0.95


def test_draws_spread_as_wide_as_prior_and_data_together_say():
    for zones, noise in ((25, 0.8), (400, 0.4)):
        model = fit(zones, noise=noise, variables=NeedVariables(["poverty"]))
        rng = np.random.default_rng(7)
        index = model.refit(draw_zones(zones, 2000, rng), rng)
        poverty = made_up(zones)[2]["poverty"].to_numpy()
        top, bottom = poverty.argmax(), poverty.argmin()
        effect = np.log(index[:, top] / index[:, bottom]) / (poverty[top] - poverty[bottom])
        row = model.coefficients.loc["poverty"]
        assert effect.mean() == pytest.approx(row["shrunk"], abs=0.35 * row["shrunk_error"])
        assert effect.std() == pytest.approx(row["shrunk_error"], rel=0.25)


def test_known_coefficients_give_an_index_without_any_local_cost():
    expected = pd.Series([100.0, 100.0, 200.0], index=["a", "b", "c"])
    indicators = pd.DataFrame({"poverty": [0.0, 10.0, 10.0]}, index=["a", "b", "c"])
    index = need_index_at(expected, indicators, pd.Series({"poverty": np.log(2) / 10}))
    # b and c cost twice what a does: 100 k + 200 k + 400 k = 400.
    assert index.tolist() == pytest.approx([4 / 7, 8 / 7, 8 / 7])
