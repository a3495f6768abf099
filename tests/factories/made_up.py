"""A small real-looking place, on which made-up people can be put, and made-up folders of any size."""

from __future__ import annotations

import pandas as pd

from locality.synth import RealPlace

ZONES = ("S01990101", "S01990102", "S01990103")


def small_place(**changes: pd.DataFrame) -> RealPlace:
    """Give a place of three zones and 600 people; any of its frames may be replaced."""
    bands = [(sex, start, start + 4 if start < 90 else None) for sex in ("female", "male") for start in range(0, 95, 5)]
    population = pd.DataFrame(
        [(zone, 2022, *band, 4 + 2 * place) for place, zone in enumerate(ZONES) for band in bands],
        columns=["zone", "year", "sex", "age_from", "age_to", "people"],
    )
    fifths = pd.DataFrame({"zone": ZONES, "indicator": "simd_fifth", "period": "2020", "value": [1, 3, 5]})
    frames = {
        "zones": pd.DataFrame({"zone": ZONES, "easting": [0.0, 1_000.0, 9_000.0], "northing": [0.0, 0.0, 0.0]}),
        "localities": pd.DataFrame({"zone": ZONES, "locality": ["L1", "L1", "L2"], "name": ["East", "East", "West"]}),
        "population": population,
        "indicators": fifths,
    }
    return RealPlace(code="S37999999", name="Smallplace", nation="Scotland", **(frames | changes))
