"""National rates of use and cost, found by root-finding from published facts.

Rates live in cells of sex, age band and deprivation fifth. Within a cell people differ by a frailty that multiplies
their rate by a lognormal factor of mean 1, so cell means stay exact while some people use far more than others.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import numpy.typing as npt
from scipy.optimize import brentq
from scipy.special import ndtr

from locality.synth.published import BAND_STARTS, FIFTHS, SHAPE, by_age, rule, spend_curve, standard_people

Floats = npt.NDArray[np.float64]

_NODES, _WEIGHTS = np.polynomial.hermite_e.hermegauss(48)
_WEIGHTS = _WEIGHTS / _WEIGHTS.sum()
_DAYS = np.arange(365)
_LEVELS = np.linspace(-4.0, 9.0, 600)


@dataclass(frozen=True)
class Programme:
    """One programme's national rates.

    Args:
        name: Its key in the rule `programmes`.
        need: Need programme that its cost belongs to.
        cost: Pounds per head in each cell.
        rate: Events a year per head in each cell.
        spread: Standard deviation of the logarithm of a person's rate.
        days: Mean length of a stay; 0 for contacts.
    """

    name: str
    need: str
    cost: Floats
    rate: Floats
    spread: float
    days: float

    @property
    def each(self) -> Floats:
        """Pounds for one event in each cell; nought where there are none."""
        return np.divide(self.cost, self.rate, out=np.zeros(SHAPE), where=self.rate > 0)


@dataclass(frozen=True)
class SocialCare:
    """One kind of social care: chance of having it, and pounds per head."""

    chance: Floats
    intensity: Floats
    cost: Floats


@dataclass(frozen=True)
class National:
    """All national rates."""

    programmes: dict[str, Programme]
    condition_steps: tuple[float, ...]
    death_scale: float
    home_care: SocialCare
    care_home: SocialCare


def mean_of(cells: Floats) -> float:
    """Give the mean of a rate over the standard population."""
    return float((cells * standard_people()).sum() / standard_people().sum())


def frailty_mean(cells: Floats, spread: float, function: str) -> Floats:
    """Average over frailty the chance of none ('none') or of exactly one ('one') event at the cells' rates."""
    rate = cells[..., None] * np.exp(spread * _NODES - spread**2 / 2)
    chance = np.exp(-rate) if function == "none" else rate * np.exp(-rate)
    averaged: Floats = chance @ _WEIGHTS
    return averaged


@lru_cache
def national() -> National:
    """Find every national rate; the same on every call."""
    costs = programme_costs()
    shapes = {name: _event_shape(name, cost) for name, cost in costs.items()}
    events, spread = _admissions(shapes)
    rules = rule("programmes")
    programmes = {
        name: Programme(
            name,
            rules[name]["programme"],
            cost,
            shapes[name] * events[name],
            spread if rules[name]["spread"] is None else rules[name]["spread"],
            rules[name]["days"],
        )
        for name, cost in costs.items()
    }
    return National(programmes, condition_steps(), _death_scale(), _home_care(), _care_home())


def programme_costs() -> dict[str, Floats]:
    """Divide the published curve between programmes.

    Returns:
        Pounds per head by programme and cell. In every cell they sum to the published curve; over the standard
        population each programme has its declared share of all cost.
    """
    rules = rule("programmes")
    names = list(rules)
    lean = np.stack([_lean(rules[name]) for name in names])
    curve, people = spend_curve(), standard_people()
    share = np.array([rules[name]["share"] for name in names])
    weight = share.copy()
    # Raking: each round moves every programme to its share, and converges by a factor of ten or so.
    for _ in range(200):
        cost = weight[:, None, None, None] * lean
        cost = cost / cost.sum(axis=0) * curve
        weight = weight * share * (curve * people).sum() / (cost * people).sum(axis=(1, 2, 3))
    return dict(zip(names, cost, strict=True))


def _lean(terms: dict[str, object]) -> Floats:
    """Give a programme's relative weight in every cell."""
    lean = np.ones(SHAPE) * by_age(terms["ages"])[None, :, None]  # type: ignore[arg-type]
    lean = lean * np.exp(float(terms["fifth_step"]) * (2.0 - np.arange(FIFTHS)))  # type: ignore[arg-type]
    if terms.get("sex") == "female":
        lean[1] = 0.0
    return lean


def _event_shape(name: str, cost: Floats) -> Floats:
    """Give the relative number of events in every cell, 1 on average."""
    shape = (cost / mean_of(cost)) ** float(rule("programmes")[name]["rate_power"])
    return shape / mean_of(shape)


def _admissions(shapes: dict[str, Floats]) -> tuple[dict[str, float], float]:
    """Find acute admissions a head and their spread so that the published facts on admissions hold."""
    facts = rule("published_facts")
    fixed = {name: terms["events"] for name, terms in rule("programmes").items() if terms["events"] is not None}
    others = shapes["geriatric"] * fixed["geriatric"] + shapes["mental_health"] * fixed["mental_health"]

    def emergency_at(spread: float) -> float:
        def gap(rate: float) -> float:
            return 1 - mean_of(frailty_mean(shapes["acute_emergency"] * rate, spread, "none")) - any_emergency

        any_emergency = float(facts["any_emergency"]["published"])
        return float(brentq(gap, 0.01, 3.0))

    def planned_at(spread: float, emergency: float) -> float:
        def gap(rate: float) -> float:
            every = shapes["acute_emergency"] * emergency + shapes["acute_planned"] * rate + others
            return 1 - mean_of(frailty_mean(every, spread, "none")) - float(facts["any_admission"]["published"])

        return float(brentq(gap, 0.001, 3.0))

    def once_gap(spread: float) -> float:
        emergency = emergency_at(spread)
        every = shapes["acute_emergency"] * emergency + shapes["acute_planned"] * planned_at(spread, emergency) + others
        once = mean_of(frailty_mean(every, spread, "one")) / facts["any_admission"]["published"]
        gap: float = once - float(facts["one_admission"]["published"])
        return gap

    spread = float(brentq(once_gap, 0.05, 2.0))
    emergency = emergency_at(spread)
    return fixed | {"acute_emergency": emergency, "acute_planned": planned_at(spread, emergency)}, spread


def condition_steps() -> tuple[float, ...]:
    """Find the thresholds that a person's leaning must pass for one, two, three and more long-term conditions."""
    facts, terms = rule("published_facts"), rule("long_term_conditions")

    def threshold(share: float) -> float:
        return float(brentq(lambda step: mean_of(ndtr(condition_lean() - step)) - share, -10.0, 20.0))

    one = threshold(facts["one_condition"]["published"])
    two = threshold(facts["two_conditions"]["published"])
    return tuple(one + (two - one) * step for step in range(terms["most"]))


def death_hazard(age: Floats) -> Floats:
    """Give the relative chance of dying in a year: it doubles every so many years of age."""
    hazard: Floats = np.exp2((age - 78.0) / rule("file_defects")["death_doubles_years"])
    return hazard


def _death_scale() -> float:
    """Find the scale of the chance of dying at which the declared share of people dies in a year."""
    terms = rule("file_defects")
    hazard = death_hazard(np.array(BAND_STARTS, dtype=np.float64) + 2.5)[None, :, None] * np.ones(SHAPE)

    def gap(scale: float) -> float:
        return 1 - mean_of(frailty_mean(hazard * scale, terms["death_spread"], "none")) - float(terms["deaths"])

    return float(brentq(gap, 1e-6, 1.0))


def condition_lean() -> Floats:
    """Give a cell's leaning to long-term conditions, before frailty and chance."""
    terms = rule("long_term_conditions")
    middle = np.array(BAND_STARTS) + 2.5
    ahead = terms["years_earlier"] * (2.0 - np.arange(FIFTHS)) / (FIFTHS - 1)
    lean: Floats = np.broadcast_to(terms["age_step"] * (middle[:, None] + ahead), SHAPE)
    return lean


def _intensity(chance: Floats) -> Floats:
    """Find rates whose frailty-averaged chance of any is as published."""
    spread = rule("social_care")["frailty_spread"]
    grid = np.concatenate([[0.0], np.geomspace(1e-6, 20.0, 400)])
    any_at = 1 - frailty_mean(grid, spread, "none")
    found: Floats = np.interp(chance, any_at, grid)
    return found


def _home_care() -> SocialCare:
    terms = rule("social_care")
    by_fifth = terms["home_care_by_fifth"]
    relative = np.stack([by_age({age: by_fifth[age][place] for age in by_fifth}) for place in range(FIFTHS)], axis=1)
    chance = by_age(terms["home_care_per_1000"])[None, :, None] / 1000 * relative * np.ones(SHAPE)
    hours = by_age(terms["home_care_hours_a_quarter"])[None, :, None] * 4
    return SocialCare(chance, _intensity(chance), chance * hours * terms["home_care_pence_an_hour"] / 100)


def _care_home() -> SocialCare:
    terms = rule("social_care")
    rate = np.stack([by_age(terms["care_home_per_1000"][sex]) for sex in ("female", "male")]) / 1000
    chance = rate[:, :, None] * np.ones(SHAPE)
    days = care_home_days()
    priced = by_age({0: 0.0, terms["care_home_cost_from_age"]: 1.0})[None, :, None]
    return SocialCare(chance, _intensity(chance), chance * days * terms["care_home_pence_a_day"] / 100 * priced)


def care_home_days() -> float:
    """Give the mean days in a care home within a year: all year for some, evenly between 1 and 365 for the others."""
    all_year = float(rule("social_care")["care_home_all_year"])
    return all_year * 365 + (1 - all_year) * 183


def level_for_days(days: Floats, deviation: float) -> Floats:
    """Find the lognormal level at which stays, in begun days and at most 365, have a given mean length.

    Args:
        days: Mean lengths wanted, more than one day.
        deviation: Standard deviation of the logarithm of days.
    """
    found: Floats = np.interp(days, _mean_days(deviation), _LEVELS)
    return found


@lru_cache
def _mean_days(deviation: float) -> Floats:
    """Give the mean length of stays at every level: the chances of lasting beyond each day, summed."""
    longer = ndtr((_LEVELS[:, None] - np.log(np.maximum(_DAYS, 1e-12))) / deviation)
    mean: Floats = longer.sum(axis=1)
    return mean
