"""The small sound folder with what boundaries need: eight zones in two rows, two settlements, clusters."""

from __future__ import annotations

import pandas as pd

from factories.folder import ZONES, SmallPartnership, small_partnership


def area_partnership() -> SmallPartnership:
    """Build the folder: zones 1 to 4 above zones 5 to 8, each a square kilometre."""
    place = small_partnership().without("persons", "activity", "ledger", "services", "cost_curves")
    beside = [(at, at + 1) for at in (0, 1, 2, 4, 5, 6)] + [(at, at + 4) for at in range(4)]
    pairs = [(ZONES[one], ZONES[two], "land", "1000") for one, two in beside]
    place.tables["zone_neighbours"] = pd.DataFrame(
        pairs, columns=["zone_a", "zone_b", "kind", "metres"], dtype="string"
    )
    place.tables["zone_places"] = pd.DataFrame(
        {
            "zone": ZONES,
            "settlement": ["Northtown"] * 3 + [""] + ["Southtown"] * 4,
            "easting": [str(1_000 * (at % 4)) for at in range(8)],
            "northing": [str(1_000 * (1 - at // 4)) for at in range(8)],
            "area": "1000000",
            "perimeter": "4000",
        },
        dtype="string",
    )
    place.tables["practices"]["cluster"] = ["Hill", "Hill", "Shore"]
    return place
