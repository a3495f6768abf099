"""The arithmetic of the need model against an established library and against its own formulas."""

import numpy as np
import pytest
import statsmodels.api as sm

from locality.money.need_fit import fit_pseudo_poisson, refit, robust_covariance, shrink


def drawn(zones=80, seed=11):
    rng = np.random.default_rng(seed)
    scores = rng.normal(size=(zones, 2))
    expected = rng.uniform(500, 1500, zones)
    cost = expected * np.exp(scores @ [0.1, -0.05]) * rng.lognormal(0, 0.2, zones)
    return cost, expected, scores


def test_the_score_of_the_fit_is_nought():
    cost, expected, scores = drawn()
    fit = fit_pseudo_poisson(cost, expected, scores)
    design = np.column_stack([np.ones(80), scores])
    left = cost - expected * np.exp(design @ fit.effects)
    assert design.T @ left == pytest.approx(np.zeros(3), abs=1e-5)


def test_without_leverages_the_covariance_is_the_librarys_and_with_them_it_is_larger():
    cost, expected, scores = drawn()
    design = np.column_stack([np.ones(80), scores])
    library = sm.GLM(cost, design, family=sm.families.Poisson(), offset=np.log(expected)).fit(cov_type="HC0")
    mean = np.asarray(library.mu)
    ours = robust_covariance(cost, mean, design)
    bread = np.linalg.inv(design.T @ (design * mean[:, None]))
    plain = bread @ (design.T * (cost - mean) ** 2) @ design @ bread
    assert plain == pytest.approx(np.asarray(library.cov_params()))
    assert (np.diag(ours) > np.diag(plain)).all()
    assert np.diag(ours) == pytest.approx(np.diag(plain), rel=0.4)


def test_a_refit_on_every_zone_once_changes_nothing_and_on_a_resample_agrees_with_the_library():
    cost, expected, scores = drawn()
    start = fit_pseudo_poisson(cost, expected, scores).effects
    counts = np.vstack([np.ones(80, dtype=int), np.random.default_rng(1).multinomial(80, np.full(80, 1 / 80))])
    again = refit(cost, expected, scores, start, counts)
    assert again[0] == pytest.approx(start, abs=1e-7)
    rows = np.repeat(np.arange(80), counts[1])
    library = sm.GLM(
        cost[rows],
        np.column_stack([np.ones(80), scores[rows]]),
        family=sm.families.Poisson(),
        offset=np.log(expected[rows]),
    ).fit()
    assert again[1] == pytest.approx(np.asarray(library.params), abs=1e-6)


def test_a_resample_in_which_an_indicator_does_not_vary_stays_finite():
    cost, expected, scores = drawn()
    counts = np.zeros((1, 80), dtype=int)
    counts[0, 5] = 80
    assert np.isfinite(refit(cost, expected, scores, np.zeros(3), counts)).all()


def test_shrinkage_is_the_exact_normal_update():
    effects, prior = np.array([0.3, -0.1]), np.array([0.1, 0.0])
    covariance, variance = np.array([[0.04, 0.01], [0.01, 0.09]]), np.array([0.02, 0.05])
    both = shrink(effects, covariance, prior, variance)
    local, before = np.linalg.inv(covariance), np.diag(1 / variance)
    after = np.linalg.inv(local + before)
    assert both.covariance == pytest.approx(after)
    assert both.effects == pytest.approx(after @ (local @ effects + before @ prior))
    assert ((both.local_weight >= 0) & (both.local_weight <= 1)).all()
