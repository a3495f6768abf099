"""Spread counts of zones over zones of another vintage, by where people live."""

from __future__ import annotations

import numpy as np
import pandas as pd

from locality.foundations import round_to_total


def spread_counts(overlaps: pd.DataFrame, counts: pd.DataFrame) -> pd.DataFrame:
    """Share each zone's counts out among the zones of another vintage in proportion to the people in both.

    Args:
        overlaps: The `zone_overlaps` table: one row for each zone and new_zone, people.
        counts: Whole numbers of things that go with people; index = zone, one column for each kind.

    Returns:
        Whole numbers: index = new_zone in order of code, the same columns. Every column sums to what it had in the
        zones that the table has; a zone where nobody lives is shared out equally. Nothing is known of how
        kinds differ within a zone: each goes with all its people.
    """
    rows = overlaps[overlaps["zone"].isin(counts.index)].sort_values(["zone", "new_zone"])
    parts: list[pd.DataFrame] = []
    for zone, own in rows.groupby("zone", sort=True):
        people = own["people"].to_numpy(dtype=np.float64)
        weights = people / people.sum() if people.sum() else np.full(len(own), 1 / len(own))
        shared = {kind: round_to_total(weights * counts.at[zone, kind], int(counts.at[zone, kind])) for kind in counts}
        parts.append(pd.DataFrame(shared, index=own["new_zone"]))
    if not parts:
        return counts.iloc[:0].rename_axis("new_zone")
    return pd.concat(parts).groupby(level=0, sort=True).sum()
