"""Fair weights estimated from local data, where no published weights exist.

Age-sex rates give every zone an expected cost E. The ratio of actual cost C to E is regressed on indicators of need
and of supply. Supply is then held at its mean, so that nobody is paid for having had more service; what is left is the
need index N, scaled so that sum(E N) = sum(E): it moves money and makes none.

How local effects are shrunk, and why so. With national coefficients the update is the exact normal one. A national
standard error should include how much places differ, not only how many zones the nation has; with a tiny one the local
data have no say. Without national coefficients each effect is drawn towards "no effect beyond age and sex" by a prior
of one fixed width, always, in small partnerships and in large. Smallness needs no switch of its own: the covariance of
the local effects falls as zones are added, so a partnership of 600 zones keeps nearly all that its data say and one of
60 keeps part, with no number of zones at which money jumps. Roads not taken: a threshold of zones (a cliff edge: one
redrawn zone would move money), a prior that widens with zones (it counts the same evidence twice), choosing variables
by significance (unstable, and its intervals are too short).
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy.special import stdtrit

from locality.foundations import Fault, InputRefused, load_rule
from locality.money.age_bands import Floats
from locality.money.age_sex_rates import age_sex_rates, expected_cost
from locality.money.need_conclusions import say_need_model
from locality.money.need_fit import Fit, Shrunk, fit_pseudo_poisson, refit, shrink
from locality.money.need_variables import (
    NeedVariables,
    Standardised,
    refuse_collinear,
    refuse_too_few_zones,
    standardise,
)
from locality.money.zone_people import ZonePeople, name_some, scale_to, weights_by_zone

# Measured costs differ from zone to zone by far more than this; spread ones by less than the last digits.
_NO_DIFFERENCE = 1e-6


@dataclass(frozen=True)
class NationalFigures:
    """What the nation knows about a programme already.

    Args:
        coefficients: The declared table `need_coefficients`; rows of other programmes are left aside.
        rates: Cost per head (sex, age_from, age_to, per_head); left out: the partnership's own are used.
    """

    coefficients: pd.DataFrame | None = None
    rates: pd.DataFrame | None = None


NO_NATIONAL_FIGURES = NationalFigures()


@dataclass(frozen=True)
class NeedModel:
    """An estimated need model of one programme.

    Args:
        programme: Need programme.
        coefficients: One row for each variable (index: indicator): role, mean, spread (standard deviation over zones),
            estimate, standard_error, low, high (local, change in the logarithm of cost for one unit of the
            indicator); prior, prior_error, prior_kind (national or none); shrunk, shrunk_error, shrunk_low,
            shrunk_high; local_weight (0 all prior to 1 all local); effect_of_one_spread (ratio of cost, shrunk);
            explained_by_others.
        fit: zones, variables, deviance_explained, ratio_r2 (of actual to expected cost, weighted by expected cost),
            dispersion (variance over mean, in average persons' cost), level (of the intervals).
        zones: zone, people, cost, expected (the unit of the costs), ratio (actual to expected), need_index;
            index zone, in order.
        weights: The declared table `fair_weights`: stages age_sex and need. There is no supply stage.
        sentences: What the figures rest on and what a user may not conclude.
    """

    programme: str
    coefficients: pd.DataFrame
    fit: pd.Series
    zones: pd.DataFrame
    weights: pd.DataFrame
    sentences: tuple[str, ...]
    _scores: Floats = field(repr=False)
    _needs: int = field(repr=False)
    _local: Fit = field(repr=False)
    _shrunk: Shrunk = field(repr=False)
    _prior: tuple[Floats, Floats] = field(repr=False)

    def refit(self, counts: npt.NDArray[np.int64], rng: np.random.Generator) -> Floats:
        """Estimate the need index anew on resamples of zones, for intervals.

        Args:
            counts: Resample by zone (in the order of `zones`): how often each zone was drawn (see `draw_zones`).
            rng: Draws the prior effects. With them each resample is one draw from prior and data together; without
                them a small partnership, whose prior carries the estimate, would show far too narrow intervals.

        Returns:
            Resample by zone: need index, each row scaled so that sum(E N) = sum(E).
        """
        lived = self.zones["expected"].to_numpy() > 0
        unit = _average_person(self.zones)
        cost, expected = self.zones["cost"].to_numpy() / unit, self.zones["expected"].to_numpy() / unit
        effects = refit(
            cost[lived], expected[lived], self._scores[lived], self._local.effects, np.asarray(counts)[:, lived]
        )[:, 1:]
        middle, variance = self._prior
        prior = rng.normal(middle, np.sqrt(variance), size=effects.shape)
        together = prior + (effects - prior) @ self._shrunk.pull.T
        return _need_index(self._scores[:, : self._needs], together[:, : self._needs], expected)

    def draw_weights(self, resamples: int, rng: np.random.Generator) -> Floats:
        """Draw the weighted people of the last stage anew, for the interval of every share.

        Args:
            resamples: How many draws.
            rng: Where chance comes from.

        Returns:
            Draw by zone (in the order of `zones`); each row sums to the people.
        """
        index = self.refit(draw_zones(len(self.zones), resamples, rng), rng)
        expected = self.zones["expected"].to_numpy(dtype=np.float64)
        weighted: Floats = index * expected * (float(self.zones["people"].sum()) / expected.sum())
        return weighted


def draw_zones(zones: int, resamples: int, rng: np.random.Generator) -> npt.NDArray[np.int64]:
    """Draw zones with replacement: resample by zone, how often each was drawn; rows sum to `zones`."""
    counts: npt.NDArray[np.int64] = rng.multinomial(zones, np.full(zones, 1.0 / zones), size=resamples)
    return counts


def fit_need_model(
    costs: pd.DataFrame,
    population: pd.DataFrame,
    indicators: pd.DataFrame,
    variables: NeedVariables,
    *,
    programme: str,
    on: dt.date,
    national: NationalFigures = NO_NATIONAL_FIGURES,
    missing: str = "refuse",
) -> NeedModel:
    """Estimate a need index for every zone of the population.

    Args:
        costs: zone, sex, age_from, pence and where known age_to: the programme's cost by zone, sex and age band.
        population: The declared table `population`, one year.
        indicators: Zone (index) by indicator (column).
        variables: Which indicators stand for need and which for supply.
        programme: Need programme.
        on: The day whose rules hold.
        national: National coefficients and rates, where there are any.
        missing: What to do where a zone has no value: ``refuse``, or take the ``mean`` of the others.

    Returns:
        The model. Weighted people of each stage sum to the people.

    Raises:
        InputRefused: Cost stands in a zone without people, or was spread by population, or there is none; an
            indicator is missing, constant or made of others; zones are too few for the variables.

    Source:
        The form of the need stage of NHS Scotland's and England's formulas (cost ratio on need with supply in the
        model); rules ``need_prior_width``, ``zones_for_each_need_variable``, ``need_collinearity``.
    """
    zones = _zone_table(costs, population, national.rates)
    scaled = standardise(indicators, variables, zones["expected"] > 0, missing=missing)
    lived = (zones["expected"] > 0).to_numpy()
    refuse_too_few_zones(int(lived.sum()), variables, on)
    explained = refuse_collinear(scaled.scores[lived], on)
    unit = _average_person(zones)
    scores = scaled.scores.to_numpy()
    cost, expected = zones["cost"].to_numpy() / unit, zones["expected"].to_numpy() / unit
    local = fit_pseudo_poisson(cost[lived], expected[lived], scores[lived])
    prior = _prior_effects(scaled, national.coefficients, programme, on)
    middle, variance = prior["prior"].to_numpy(), prior["variance"].to_numpy()
    drawn = shrink(local.effects[1:], local.covariance[1:, 1:], middle, variance)
    level = float(load_rule("locality.money", "interval").at(on).value["level"])
    needs = len(variables.need)
    zones["need_index"] = _need_index(scores[:, :needs], drawn.effects[None, :needs], expected)[0]
    freedom = int(lived.sum()) - scores.shape[1] - 1
    coefficients = _coefficients(variables, scaled, local, prior, drawn, level, freedom)
    coefficients["explained_by_others"] = explained
    fit = _say_fit(zones[lived], local, coefficients, level)
    return NeedModel(
        programme=programme,
        coefficients=coefficients,
        fit=fit,
        zones=zones,
        weights=need_weights(zones, programme),
        sentences=say_need_model(coefficients, fit, filled=scaled.filled, own_rates=national.rates is None, on=on),
        _scores=scores,
        _needs=needs,
        _local=local,
        _shrunk=drawn,
        _prior=(middle, variance),
    )


def need_weights(zones: pd.DataFrame, programme: str) -> pd.DataFrame:
    """Write expected cost and need index as the declared table `fair_weights`.

    Args:
        zones: people, expected, need_index; index zone.
        programme: Need programme.

    Returns:
        Stages age_sex and need; each sums to the people.
    """
    total, expected = float(zones["people"].sum()), zones["expected"].to_numpy()
    stages = {"age_sex": expected, "need": expected * zones["need_index"].to_numpy()}
    parts = [weights_by_zone(zones.index, scale_to(part, total), programme, name) for name, part in stages.items()]
    return pd.concat(parts, ignore_index=True)


def need_index_at(expected: pd.Series, indicators: pd.DataFrame, coefficients: pd.Series) -> pd.Series:
    """Give a need index from coefficients that are known, with no local cost at all.

    Args:
        expected: Expected cost by zone (index zone), any unit.
        indicators: Zone (index) by indicator (column), without gaps.
        coefficients: Change in the logarithm of cost for one unit of each indicator of need.

    Returns:
        Need index by zone; the mean weighted by expected cost is 1.

    Raises:
        InputRefused: An indicator is missing, has a gap or is the same everywhere.
    """
    scaled = standardise(indicators, NeedVariables(list(coefficients.index)), expected > 0)
    effects = (coefficients * scaled.spread).to_numpy(dtype=np.float64)
    index = _need_index(scaled.scores.to_numpy(), effects[None, :], expected.to_numpy(dtype=np.float64))[0]
    return pd.Series(index, index=expected.index, name="need_index")


def _zone_table(costs: pd.DataFrame, population: pd.DataFrame, rates: pd.DataFrame | None) -> pd.DataFrame:
    people = ZonePeople.read(population)
    spent = costs.groupby(costs["zone"].astype("string"), observed=True)["pence"].sum().astype("float64")
    faults = []
    astray = spent.index[~spent.index.isin(people.zones)]
    if len(astray):
        what = f"there is cost in {len(astray):,} zones that have no population: {name_some(astray)}"
        faults.append(Fault("activity", what, "Use zones of one edition, all of this partnership.", "cost-astray"))
    if not spent.sum() > 0:
        faults.append(Fault("activity", "there is no cost to estimate from", "Check its headings.", "no-cost"))
    if faults:
        raise InputRefused(faults)
    zones = pd.DataFrame({"people": people.by_zone()}, index=pd.Index(people.zones, name="zone"))
    zones["cost"] = spent.reindex(people.zones).fillna(0.0).to_numpy()
    raw = expected_cost(population, age_sex_rates(costs, population) if rates is None else rates).to_numpy()
    zones["expected"] = scale_to(raw, float(zones["cost"].sum()))
    zones["ratio"] = zones["cost"] / zones["expected"].where(zones["expected"] > 0)
    if not (zones["ratio"] - 1.0).abs().max() > _NO_DIFFERENCE:
        what = (
            "the cost of every zone is exactly what its ages lead to expect: it was spread by population, not measured"
        )
        raise InputRefused([Fault("activity", what, "Use published weights for this programme.", "cost-not-measured")])
    return zones


def _average_person(zones: pd.DataFrame) -> float:
    return float(zones["cost"].sum() / zones["people"].sum())


def _prior_effects(scaled: Standardised, national: pd.DataFrame | None, programme: str, on: dt.date) -> pd.DataFrame:
    """Prior effects for one standard deviation of each indicator: national where given, else none."""
    width = float(load_rule("locality.money", "need_prior_width").at(on).value)
    names = scaled.scores.columns
    prior = pd.DataFrame({"prior": 0.0, "variance": width**2, "prior_kind": "none"}, index=names)
    if national is None:
        return prior
    rows = national[national["programme"] == programme].set_index("indicator").reindex(names)
    told = (rows["coefficient"].notna() & (rows["standard_error"].astype("Float64") > 0).fillna(False)).to_numpy(bool)
    spread = scaled.spread[told]
    prior.loc[told, "prior"] = rows.loc[told, "coefficient"].astype("float64") * spread
    prior.loc[told, "variance"] = (rows.loc[told, "standard_error"].astype("float64") * spread) ** 2
    prior.loc[told, "prior_kind"] = "national"
    return prior


def _need_index(scores: Floats, effects: Floats, expected: Floats) -> Floats:
    """Need index for each row of effects; supply is not among them, which is the same as holding it at its mean."""
    raw = np.exp(effects @ scores.T)
    index: Floats = raw * (expected.sum() / (raw @ expected))[:, None]
    return index


def _coefficients(
    variables: NeedVariables,
    scaled: Standardised,
    local: Fit,
    prior: pd.DataFrame,
    drawn: Shrunk,
    level: float,
    freedom: int,
) -> pd.DataFrame:
    """Bring effects of one standard deviation back to one unit of each indicator, with intervals."""
    spread = scaled.spread
    table = pd.DataFrame({"mean": scaled.mean, "spread": spread}, index=scaled.scores.columns)
    table.insert(0, "role", ["need"] * len(variables.need) + ["supply"] * len(variables.supply))
    wide = float(stdtrit(freedom, 0.5 + level / 2))
    error = np.sqrt(np.diag(local.covariance))[1:]
    after = np.sqrt(np.diag(drawn.covariance))
    for name, effect, unsure in (("", local.effects[1:], error), ("shrunk", drawn.effects, after)):
        table[name or "estimate"] = effect / spread
        table[f"{name}_error" if name else "standard_error"] = unsure / spread
        table[f"{name}_low" if name else "low"] = (effect - wide * unsure) / spread
        table[f"{name}_high" if name else "high"] = (effect + wide * unsure) / spread
    table["prior"] = prior["prior"] / spread
    table["prior_error"] = np.sqrt(prior["variance"]) / spread
    table["prior_kind"] = prior["prior_kind"]
    table["local_weight"] = drawn.local_weight
    table["effect_of_one_spread"] = np.exp(drawn.effects)
    return table.rename_axis("indicator")


def _say_fit(zones: pd.DataFrame, local: Fit, coefficients: pd.DataFrame, level: float) -> pd.Series:
    """How well the need index agrees with actual cost, zone by zone."""
    weight = zones["expected"] / zones["expected"].sum()
    left = (weight * (zones["ratio"] - zones["need_index"]) ** 2).sum()
    whole = (weight * (zones["ratio"] - 1.0) ** 2).sum()
    return pd.Series(
        {
            "zones": float(len(zones)),
            "variables": float(len(coefficients)),
            "deviance_explained": local.deviance_explained,
            "ratio_r2": float(1.0 - left / whole),
            "dispersion": local.dispersion,
            "level": level,
        }
    )
