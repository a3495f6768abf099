"""The arithmetic of the need model: fit, robust covariance, shrinkage, and many fast refits.

The model is log E[cost] = log(expected cost) + intercept + effects, fitted by Poisson pseudo-likelihood: consistent
whenever the mean is right, whatever the distribution of costs (Gourieroux, Monfort and Trognon 1984). The covariance
is a sandwich with leverages (the HC3 form of MacKinnon and White 1985), because costs vary far more than counts do.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from locality.money.age_bands import Floats

_STEPS = 50
_SETTLED = 1e-10
# A resample may leave an indicator without variation; this keeps its step finite and changes no other.
_RIDGE = 1e-9


@dataclass(frozen=True)
class Fit:
    """A pseudo-likelihood fit.

    Args:
        effects: Intercept first, then one for each variable.
        covariance: Robust covariance of the effects.
        dispersion: Pearson chi-squared over degrees of freedom, in units of one average person's cost.
        deviance_explained: Part of the deviance that the variables explain beyond age and sex.
    """

    effects: Floats
    covariance: Floats
    dispersion: float
    deviance_explained: float


def fit_pseudo_poisson(cost: Floats, expected: Floats, scores: Floats) -> Fit:
    """Fit the model on all zones.

    Args:
        cost: Actual cost of each zone, in average persons' cost.
        expected: Expected cost, in the same unit; above nought.
        scores: Zone by variable, standardised.
    """
    # Imported here: it takes a second and 100 MB that most runs, which apply published weights, can do without.
    from statsmodels.genmod.families import Poisson  # noqa: PLC0415
    from statsmodels.genmod.generalized_linear_model import GLM  # noqa: PLC0415

    design = np.column_stack([np.ones(cost.size), scores])
    model = GLM(cost, design, family=Poisson(), offset=np.log(expected))
    fitted = model.fit(tol=_SETTLED, maxiter=100)
    effects = np.asarray(fitted.params, dtype=np.float64)
    covariance = robust_covariance(cost, expected * np.exp(design @ effects), design)
    explained = 1.0 - float(fitted.deviance / fitted.null_deviance)
    return Fit(effects, covariance, float(fitted.pearson_chi2 / fitted.df_resid), explained)


def robust_covariance(cost: Floats, mean: Floats, design: Floats) -> Floats:
    """Give the leverage-corrected sandwich covariance of a Poisson pseudo-likelihood fit.

    The statistics library accepts the names HC1 to HC3 for such models but gives HC0 for each of them, which is too
    small when zones are few; hence our own.
    """
    bread = np.linalg.inv(design.T @ (design * mean[:, None]))
    leverage = mean * np.einsum("zi,ij,zj->z", design, bread, design)
    score = (cost - mean) / (1.0 - np.clip(leverage, 0.0, 1.0 - 1e-6))
    half = bread @ (design * score[:, None]).T
    covariance: Floats = half @ half.T
    return covariance


@dataclass(frozen=True)
class Shrunk:
    """Local effects drawn towards prior ones, by precision.

    Args:
        effects: (V⁻¹ + V0⁻¹)⁻¹ (V⁻¹ b + V0⁻¹ b0), without intercept.
        covariance: (V⁻¹ + V0⁻¹)⁻¹.
        pull: The matrix that multiplies the local effects; what is left multiplies the prior ones.
        local_weight: For each variable the part of the prior uncertainty that local data removed, 0 to 1.
    """

    effects: Floats
    covariance: Floats
    pull: Floats
    local_weight: Floats


def shrink(effects: Floats, covariance: Floats, prior: Floats, prior_variance: Floats) -> Shrunk:
    """Combine local effects with prior ones by the exact normal update.

    Args:
        effects: Local effects b, without intercept.
        covariance: Their covariance V (the intercept's prior is flat, so its row and column simply fall away).
        prior: Prior effects b0.
        prior_variance: Variances of the prior effects (V0 is diagonal).

    Example:
        >>> shrink(np.array([0.2]), np.array([[0.01]]), np.array([0.0]), np.array([0.01])).effects.tolist()
        [0.1]
    """
    # V0 (V + V0)^-1 equals (V^-1 + V0^-1)^-1 V^-1 and needs no inverse of V, which may be all but singular.
    turned = np.linalg.solve((covariance + np.diag(prior_variance)).T, np.diag(prior_variance))
    pull: Floats = turned.T.astype(np.float64)
    after: Floats = pull @ covariance
    together: Floats = prior + pull @ (effects - prior)
    weight: Floats = np.clip(1.0 - np.diag(after) / prior_variance, 0.0, 1.0)
    return Shrunk(together, (after + after.T) / 2, pull, weight)


def refit(cost: Floats, expected: Floats, scores: Floats, start: Floats, counts: npt.NDArray[np.int64]) -> Floats:
    """Fit the model again on many resamples of zones at once, starting from the fit on all of them.

    Args:
        cost: Actual cost of each zone, in the unit of the first fit.
        expected: Expected cost.
        scores: Zone by variable, standardised.
        start: Effects of the first fit, intercept first.
        counts: Resample by zone: how often each zone was drawn.

    Returns:
        Resample by effect, intercept first.
    """
    design = np.column_stack([np.ones(cost.size), scores])
    size = design.shape[1]
    products = (design[:, :, None] * design[:, None, :]).reshape(cost.size, size * size)
    drawn = counts.astype(np.float64)
    effects = np.tile(start, (drawn.shape[0], 1))
    ridge = _RIDGE * expected.sum() * np.eye(size)
    for _ in range(_STEPS):
        mean = drawn * (expected * np.exp(effects @ design.T))
        slope = (drawn * cost - mean) @ design
        bend = (mean @ products).reshape(-1, size, size) + ridge
        step = np.linalg.solve(bend, slope[:, :, None])[:, :, 0]
        # A longer step would leave the region in which the exponential is sensible.
        effects += step / np.maximum(np.abs(step).max(axis=1, keepdims=True), 1.0)
        if np.abs(step).max() < _SETTLED:
            break
    return effects
