"""Finds the one value that has no closed form: how unequal acute stays must be.

The other national rates are found whenever they are needed; this one needs people, so its root is kept in the rule
`stay_shape`, and a test finds it again.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy.optimize import brentq

from locality.synth.care import make_events
from locality.synth.kinds import EVENT_KINDS
from locality.synth.people import make_people
from locality.synth.place import Place, RealPlace, read_place
from locality.synth.published import BAND_STARTS, FIFTHS, SEXES, rule, standard_people

_HOSPITAL = ("acute", "geriatric_long_stay", "mental_health", "maternity", "outpatients", "accident_emergency")
HOSPITAL_AND_PRESCRIBING = np.array([kind.activity in (*_HOSPITAL, "prescribing") for kind in EVENT_KINDS])


def top_share(cost: npt.NDArray[np.floating], part: float) -> float:
    """Give the share of all cost that the dearest part of people use.

    Example:
        >>> top_share(np.array([6.0, 2.0, 1.0, 1.0]), 0.25)
        0.6
    """
    most = np.sort(cost)[::-1]
    return float(most[: round(most.size * part)].sum() / most.sum())


def standard_place(people: int) -> Place:
    """Give a place of five zones, one for each deprivation fifth, with the standard population's ages."""
    count = np.rint(standard_people() * people / standard_people().sum()).astype(int)
    rows = [
        (f"S0199900{fifth + 1}", 2022, SEXES[sex], start, start + 4 if start < 90 else None, count[sex, band, fifth])
        for fifth in range(FIFTHS)
        for sex in range(len(SEXES))
        for band, start in enumerate(BAND_STARTS)
    ]
    population = pd.DataFrame(rows, columns=["zone", "year", "sex", "age_from", "age_to", "people"])
    zones = population["zone"].unique()
    fifths = pd.DataFrame({"zone": zones, "indicator": "simd_fifth", "period": "", "value": range(1, FIFTHS + 1)})
    nothing = pd.DataFrame()
    real = RealPlace("S37999999", "Standard", "Scotland", nothing, nothing, population, fifths)
    place = read_place(real, 0)
    # The nation has no habits of its own.
    return Place(**{**place.__dict__, "need": np.ones(FIFTHS)})


def find_stay_spread(people: int = 200_000, seed: int = 1) -> float:
    """Find the spread of acute stays at which 5% of people use their published share of cost.

    Args:
        people: How many to make; fewer are faster and find the root less exactly.
        seed: Decides the draws, which are the same for every spread that is tried.
    """
    place = standard_place(people)
    made = next(make_people(place, seed, people * 2))
    published = float(rule("published_facts")["top_5_percent_cost"]["published"])

    def gap(spread: float) -> float:
        events = make_events(made, place, acute_spread=spread)
        counted = HOSPITAL_AND_PRESCRIBING[events.kind] & (events.pence > 0)
        cost = np.bincount(events.who[counted], events.pence[counted], made.key.size).astype(np.float64)
        return top_share(cost, 0.05) - published

    return float(brentq(gap, 0.4, 2.4, xtol=0.01))
