"""Fair weights from cost per head by age, sex and deprivation fifth."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from locality.foundations import InputRefused, check_frame
from locality.money.cost_curves import explain_curve_weights, weights_from_curves
from locality.money.tables import FAIR_WEIGHTS

CASES = Path(__file__).parents[2] / "cases" / "money"
POOR, RICH = "S01000001", "S01000002"


def people(*rows):
    """zone, sex, age_from, age_to, people"""
    frame = pd.DataFrame(rows, columns=["zone", "sex", "age_from", "age_to", "people"])
    return frame.astype({"age_to": "Int64"})


def curves(*rows, programme="acute"):
    """sex, age_from, age_to, fifth, per_head"""
    frame = pd.DataFrame(rows, columns=["sex", "age_from", "age_to", "deprivation_fifth", "per_head"])
    frame = frame.astype({"age_to": "Int64", "deprivation_fifth": "Int64"})
    return frame.assign(programme=programme, source="Publisher, title, year")


def by_fifth(age_from, age_to, costs, sex="all"):
    return [(sex, age_from, age_to, fifth, cost) for fifth, cost in enumerate(costs, start=1)]


def by_zone(weights, stage, programme="acute"):
    rows = weights[(weights["stage"] == stage) & (weights["programme"] == programme)]
    return rows.groupby("zone")["weighted_people"].sum().to_dict()


FIFTHS = pd.Series({POOR: 1, RICH: 5})
TWO_ZONES = people((POOR, "female", 0, None, 100), (RICH, "female", 0, None, 100))


def test_with_the_same_ages_only_deprivation_moves_money():
    weights = weights_from_curves(TWO_ZONES, curves(*by_fifth(0, None, [300, 0, 0, 0, 100])), FIFTHS)
    assert by_zone(weights, "age_sex") == pytest.approx({POOR: 100, RICH: 100})
    assert by_zone(weights, "need") == pytest.approx({POOR: 150, RICH: 50})


def test_fifths_are_averaged_over_the_partnerships_own_people_or_a_national_mix():
    # Own people: children all in the poor zone (10 a head), adults in both (30 in the poor, 10 in the rich fifth).
    here = people((POOR, "male", 0, 15, 50), (POOR, "male", 16, None, 50), (RICH, "male", 16, None, 150))
    table = curves(*by_fifth(0, 15, [10] * 5), *by_fifth(16, None, [30, 0, 0, 0, 10]))
    own = by_zone(weights_from_curves(here, table, FIFTHS), "age_sex")
    # Adults on average (50 x 30 + 150 x 10) / 200 = 15: poor zone 500 + 750, rich zone 2,250.
    assert own == {POOR: pytest.approx(250 * 1250 / 3500), RICH: pytest.approx(250 * 2250 / 3500)}
    mix = pd.DataFrame(
        {"sex": "male", "age_from": 0, "age_to": pd.NA, "deprivation_fifth": [1, 2, 3, 4, 5], "people": [1, 0, 0, 0, 1]}
    )
    national = by_zone(weights_from_curves(here, table, FIFTHS, national_mix=mix), "age_sex")
    # Adults at (30 + 10) / 2 = 20: poor zone 500 + 1,000, rich zone 3,000.
    assert national == {POOR: pytest.approx(250 * 1500 / 4500), RICH: pytest.approx(250 * 3000 / 4500)}


def test_single_years_of_the_curve_are_averaged_over_the_populations_band():
    here = people((POOR, "male", 0, 1, 10), (RICH, "male", 2, 3, 10))
    table = curves(("male", 0, 0, None, 1.0), ("male", 1, 1, None, 3.0), ("male", 2, 3, None, 6.0))
    assert by_zone(weights_from_curves(here, table, None), "age_sex") == pytest.approx({POOR: 5, RICH: 15})


def test_a_band_of_the_curve_holds_for_every_single_year_in_it_up_to_the_oldest():
    here = people((POOR, "male", 84, 84, 10), (POOR, "male", 85, 85, 5), (RICH, "male", 90, None, 5))
    table = curves(("male", 80, 84, None, 1.0), ("male", 85, None, None, 3.0))
    assert by_zone(weights_from_curves(here, table, None), "age_sex") == pytest.approx({POOR: 12.5, RICH: 7.5})


def test_an_open_band_of_people_that_the_curve_splits_is_split_as_scotlands_are():
    here = people((POOR, "male", 85, None, 100), (RICH, "male", 0, 84, 100))
    table = curves(("male", 0, 84, None, 1.0), ("male", 85, 89, None, 1.0), ("male", 90, None, None, 2.0))
    weights = by_zone(weights_from_curves(here, table, None), "age_sex")
    # 34.5% of people aged 85 and over are 90 and over: 1.345 against 1.
    assert weights[POOR] / weights[RICH] == pytest.approx(1.345, abs=0.001)


def test_a_curve_without_fifths_has_no_need_stage():
    weights = weights_from_curves(TWO_ZONES, curves(("all", 0, None, None, 7.0)), None)
    assert set(weights["stage"]) == {"age_sex"}


def test_rows_keep_the_populations_sex_and_age_unless_zones_are_enough():
    table = curves(*by_fifth(0, None, [3, 0, 0, 0, 1]))
    detailed = weights_from_curves(TWO_ZONES, table, FIFTHS)
    short = weights_from_curves(TWO_ZONES, table, FIFTHS, by_age=False)
    assert list(detailed.columns) == list(short.columns) == list(FAIR_WEIGHTS.names)
    assert set(detailed["sex"]) == {"female"} and set(short["sex"]) == {"all"}
    assert by_zone(detailed, "need") == by_zone(short, "need")
    assert check_frame(FAIR_WEIGHTS, detailed, "fair_weights")[1] == []
    assert check_frame(FAIR_WEIGHTS, short, "fair_weights")[1] == []


@pytest.mark.parametrize(
    ("table", "says"),
    [
        (curves(*by_fifth(0, 64, [1] * 5)), "no rate for female aged 65+"),
        (curves(*by_fifth(0, None, [1] * 5, sex="male")), "no rate for female aged 0+"),
        (curves(*by_fifth(0, None, [1] * 4)), "no rate for female aged 0+"),
        (curves(*by_fifth(0, None, [1] * 5), ("female", 7, 7, 2, 1.0)), "two rates for female aged 7"),
        (curves(*by_fifth(0, None, [1] * 5), ("female", 0, None, None, 1.0)), "with and without a deprivation fifth"),
        (curves(*by_fifth(0, None, [0] * 5)), "nought for everybody"),
        (curves(("all", 9, 5, 1, 1.0)), "the age band 9 to 5 ends before it begins"),
    ],
)
def test_a_curve_with_gaps_is_refused_and_says_which(table, says):
    with pytest.raises(InputRefused, match=says.replace("+", r"\+")):
        weights_from_curves(TWO_ZONES, table, FIFTHS)


def test_an_age_that_nobody_has_needs_no_rate():
    children = people((POOR, "female", 0, 15, 100), (RICH, "female", 0, 15, 100), (RICH, "male", 16, None, 0))
    weights = weights_from_curves(children, curves(*by_fifth(0, 15, [3, 0, 0, 0, 1])), FIFTHS)
    assert by_zone(weights, "need") == pytest.approx({POOR: 150, RICH: 50})


@pytest.mark.parametrize(
    ("fifths", "says"),
    [
        (None, "no zone's fifth is given"),
        (pd.Series({POOR: 1}), f"1 zones have no deprivation fifth from 1 to 5: {RICH}"),
        (pd.Series({POOR: 1, RICH: 6}), f"1 to 5: {RICH}"),
        (pd.Series([1, 2, 5], index=[POOR, POOR, RICH]), f"zone {POOR} has two"),
    ],
)
def test_a_zone_without_a_fifth_is_refused_by_name(fifths, says):
    with pytest.raises(InputRefused, match=says):
        weights_from_curves(TWO_ZONES, curves(*by_fifth(0, None, [1] * 5)), fifths)


@pytest.mark.parametrize(
    ("rows", "code"),
    [
        ([(POOR, "female", 0, None, 1), (POOR, "female", 0, None, 1)], "population-twice"),
        ([(POOR, "other", 0, None, 1)], "population-incomplete"),
        ([(POOR, "female", 0, None, None)], "population-incomplete"),
        ([(POOR, "female", 0, None, 0)], "no-people"),
    ],
)
def test_a_population_that_is_not_one_year_of_people_is_refused(rows, code):
    with pytest.raises(InputRefused) as refused:
        weights_from_curves(people(*rows), curves(*by_fifth(0, None, [1] * 5)), FIFTHS)
    assert [fault.code for fault in refused.value.faults] == [code]


def test_the_sentences_say_over_whom_fifths_were_averaged():
    table = curves(*by_fifth(0, None, [1] * 5))
    assert "this partnership's own population" in explain_curve_weights(table, has_national_mix=False)[1]
    assert "the national population" in explain_curve_weights(table, has_national_mix=True)[1]
    assert "Publisher, title, year" in explain_curve_weights(table, has_national_mix=True)[0]


def test_the_published_acute_curve_weighs_a_woman_of_ninety_as_eighteen_boys_of_ten():
    raw = pd.read_csv(CASES / "nrac_2026_27_acute_cost_per_head.csv")
    band = raw["age_band"].str.extract(r"(\d+)(?:-(\d+)|\+)").astype("Int64")
    table = pd.DataFrame(
        {
            "programme": "acute",
            "sex": raw["sex"].str.lower(),
            "age_from": band[0],
            "age_to": band[1],
            "deprivation_fifth": pd.array([pd.NA] * len(raw), dtype="Int64"),
            "per_head": raw["cost_per_head_gbp"],
        }
    )
    here = people((POOR, "female", 90, None, 1), (RICH, "male", 10, 10, 18))
    weights = by_zone(weights_from_curves(here, table, None), "age_sex")
    assert weights[POOR] / weights[RICH] == pytest.approx(6843.57 / (18 * 387.10))
    # The curve covers every age of both sexes once.
    everybody = people(*((POOR, sex, age, age, 1) for sex in ("female", "male") for age in range(0, 120)))
    assert by_zone(weights_from_curves(everybody, table, None), "age_sex")[POOR] == pytest.approx(240)


@settings(max_examples=60, deadline=None)
@given(
    counts=st.lists(st.floats(0, 1000), min_size=12, max_size=12).filter(lambda rows: sum(rows) > 1),
    costs=st.lists(st.floats(0.1, 50), min_size=10, max_size=10),
    fifths=st.lists(st.integers(1, 5), min_size=3, max_size=3),
)
def test_weighting_moves_money_and_makes_none(counts, costs, fifths):
    zones = [f"S0100000{number}" for number in range(3)]
    cells = [(zone, sex, *ages) for zone in zones for sex in ("female", "male") for ages in ((0, 64), (65, None))]
    here = people(*((*cell, count) for cell, count in zip(cells, counts, strict=True)))
    table = curves(*by_fifth(0, 49, costs[:5]), *by_fifth(50, None, costs[5:]))
    weights = weights_from_curves(here, table, pd.Series(fifths, index=zones))
    for stage in ("age_sex", "need"):
        assert sum(by_zone(weights, stage).values()) == pytest.approx(sum(counts))


@pytest.mark.data
def test_real_curves_weigh_a_real_fife(data_root):
    raw = pd.read_csv(data_root / "cost_weights" / "english_nhs_cost_by_age_sex_imd_quintile.csv")
    raw = raw[raw["year"] == "2011/12"]
    table = pd.DataFrame(
        {
            "programme": "hospital",
            "sex": raw["sex"].str.lower(),
            "age_from": raw["age"],
            "age_to": raw["age"].where(raw["age"] < raw["age"].max()).astype("Int64"),
            "deprivation_fifth": raw["imd_quintile"].str[1].astype("Int64"),
            "per_head": raw["cost_per_person"],
        }
    )
    wide = pd.read_parquet(data_root / "population_dz11" / "sape2021_dz11_single_year.parquet")
    wide = wide[wide["DataZone"].between("S01009040", "S01009240")]
    long = wide.melt(["DataZone", "sex"], var_name="age", value_name="people")
    age = long["age"].str[4:].astype(int)
    here = pd.DataFrame(
        {
            "zone": long["DataZone"],
            "sex": long["sex"].map({"F": "female", "M": "male"}),
            "age_from": age,
            "age_to": age.where(age < 90).astype("Int64"),
            "people": long["people"],
        }
    )
    ranks = pd.read_csv(data_root / "simd2020v2" / "simd2020_ranks_dz11.csv").set_index("dz11_code")["IMD_decile"]
    fifth = np.ceil(ranks / 2)
    weights = weights_from_curves(here, table, fifth, by_age=False)
    need = weights[weights["stage"] == "need"].set_index("zone")["weighted_people"]
    before = weights[weights["stage"] == "age_sex"].set_index("zone")["weighted_people"]
    assert need.sum() == pytest.approx(here["people"].sum())
    index = (need / before).groupby(fifth.reindex(need.index)).mean()
    assert index.is_monotonic_decreasing and index[1.0] > 1.1 and index[5.0] < 0.95
