import numpy as np
import pytest
from scipy.special import ndtr

from locality.foundations import rules_in
from locality.synth.calibrate import find_stay_spread, top_share
from locality.synth.national import (
    care_home_days,
    condition_lean,
    frailty_mean,
    level_for_days,
    mean_of,
    national,
    programme_costs,
)
from locality.synth.published import by_age, rows, rule, spend_curve, standard_people

FACTS = rule("published_facts")


def test_programmes_add_up_to_the_published_curve_in_every_cell():
    assert sum(programme_costs().values()) == pytest.approx(spend_curve())


def test_every_programme_has_its_declared_share_of_all_cost():
    whole = mean_of(spend_curve())
    for name, cost in programme_costs().items():
        assert mean_of(cost) / whole == pytest.approx(rule("programmes")[name]["share"], abs=1e-6)


def test_declared_shares_of_programmes_add_up_to_one():
    assert sum(terms["share"] for terms in rule("programmes").values()) == pytest.approx(1.0)


def test_only_women_of_childbearing_age_use_maternity_care():
    maternity = national().programmes["maternity"]
    assert maternity.cost[1].sum() == 0
    assert maternity.cost[0, :3].sum() == 0
    assert maternity.cost[0, 5].min() > 0


def test_one_in_eight_is_admitted_and_sixty_nine_percent_of_them_once():
    programmes = national().programmes
    every = sum(programmes[name].rate for name in ("acute_emergency", "acute_planned", "geriatric", "mental_health"))
    spread = programmes["acute_emergency"].spread
    assert 1 - mean_of(frailty_mean(every, spread, "none")) == pytest.approx(FACTS["any_admission"]["published"])
    once = mean_of(frailty_mean(every, spread, "one")) / FACTS["any_admission"]["published"]
    assert once == pytest.approx(FACTS["one_admission"]["published"], abs=1e-6)


def test_the_published_share_has_an_emergency_admission():
    emergency = national().programmes["acute_emergency"]
    any_emergency = 1 - mean_of(frailty_mean(emergency.rate, emergency.spread, "none"))
    assert any_emergency == pytest.approx(FACTS["any_emergency"]["published"])


def test_the_published_shares_have_long_term_conditions():
    one, two = national().condition_steps[:2]
    assert mean_of(ndtr(condition_lean() - one)) == pytest.approx(FACTS["one_condition"]["published"])
    assert mean_of(ndtr(condition_lean() - two)) == pytest.approx(FACTS["two_conditions"]["published"])


def test_the_most_deprived_have_conditions_years_earlier():
    lean = condition_lean()
    years = (lean[0, 8, 0] - lean[0, 8, 4]) / rule("long_term_conditions")["age_step"]
    assert years == pytest.approx(rule("long_term_conditions")["years_earlier"])


def test_home_care_reaches_the_published_share_of_people():
    fact = FACTS["home_care"]
    assert mean_of(national().home_care.chance) == pytest.approx(fact["published"], abs=fact["tolerance"] / 3)


def test_intensity_gives_back_the_published_chance_of_care():
    care = national().care_home
    any_care = 1 - frailty_mean(care.intensity, rule("social_care")["frailty_spread"], "none")
    assert any_care == pytest.approx(care.chance, abs=2e-4)


def test_care_homes_cost_nothing_in_the_files_before_the_age_from_which_it_is_known():
    young = rule("social_care")["care_home_cost_from_age"] // 5
    assert national().care_home.cost[:, :young].sum() == 0
    assert national().care_home.cost[:, young:].min() > 0


def test_mean_days_in_a_care_home_lie_between_half_a_year_and_a_year():
    assert 183 < care_home_days() < 365


@pytest.mark.parametrize("wanted", [1.5, 4.0, 20.0])
def test_stays_of_the_level_found_have_the_mean_length_wanted(wanted):
    level = level_for_days(np.array([wanted]), 1.05)[0]
    drawn = np.exp(level + 1.05 * np.random.default_rng(1).standard_normal(400_000))
    assert np.clip(np.ceil(drawn), 1, 365).mean() == pytest.approx(wanted, rel=0.02)


def test_values_given_from_an_age_on_hold_until_the_next():
    assert by_age({0: 1.0, 65: 2.0, 85: 3.0})[[0, 12, 13, 16, 17, 18]].tolist() == [1, 1, 2, 2, 3, 3]


def test_the_standard_population_is_that_of_scotland():
    assert standard_people().sum() == 5_479_900


def test_the_curve_costs_more_in_the_most_deprived_fifth_at_equal_age_and_sex():
    people = standard_people().sum(axis=2)
    by_fifth = (spend_curve() * people[..., None]).sum(axis=(0, 1))
    assert by_fifth[0] / by_fifth[4] == pytest.approx(FACTS["cost_gradient"]["published"], abs=0.005)


def test_the_dearest_quarter_of_four_people_is_one_of_them():
    assert top_share(np.array([1.0, 6.0, 2.0, 1.0]), 0.25) == 0.6


def test_the_spread_of_stays_in_the_rule_is_the_root():
    assert find_stay_spread(people=60_000) == pytest.approx(rule("stay_shape")["acute_spread"], abs=0.15)


def test_every_rule_of_the_room_has_its_source_and_checker():
    assert {"published_facts", "programmes", "social_care"} <= {rule.id for rule in rules_in("locality.synth")}


def test_layouts_have_as_many_columns_as_the_published_files():
    assert (len(rows("episode_columns")), len(rows("individual_columns"))) == (266, 206)
