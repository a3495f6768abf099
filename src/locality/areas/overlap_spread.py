"""Spread counts of zones over zones of another vintage, by where people live."""

from __future__ import annotations

import numpy as np
import pandas as pd

from locality.areas.ground import Floats, Ints
from locality.foundations import round_to_total


def spread_counts(overlaps: pd.DataFrame, counts: pd.DataFrame) -> pd.DataFrame:
    """Share each zone's counts out among the zones of another vintage in proportion to the people in both.

    Args:
        overlaps: The `zone_overlaps` table: one row for each zone and new_zone, people.
        counts: Whole numbers of things that go with people; index = zone, one column for each kind.

    Returns:
        Whole numbers: index = new_zone in order of code, the same columns. Every column sums to what it had in the
        zones that the table has, and what comes from one zone to another is in all its share, rounded; a zone where
        nobody lives is shared out equally. Nothing is known of how kinds differ within a zone: each goes with all its
        people.
    """
    rows = overlaps[overlaps["zone"].isin(counts.index)].sort_values(["zone", "new_zone"])
    parts: list[pd.DataFrame] = []
    for zone, own in rows.groupby("zone", sort=True):
        shared = _share_out(own["people"].to_numpy(dtype=np.float64), counts.loc[zone].to_numpy(dtype=np.int64))
        parts.append(pd.DataFrame(shared, index=own["new_zone"], columns=counts.columns))
    if not parts:
        return counts.iloc[:0].rename_axis("new_zone")
    return pd.concat(parts).groupby(level=0, sort=True).sum()


def _share_out(people: Floats, counts: Ints) -> Ints:
    """Share the counts of one zone out: a row for each new zone, a column for each kind.

    Part by part, each against all that follow: then every cell is its share rounded up or down, nothing becomes
    negative, and no linear programme is needed, which took 5 seconds for 1,400 zones.
    """
    rows, left = [], counts
    for place in range(len(people) - 1):
        rest = people[place:]
        weight = rest[0] / rest.sum() if rest.sum() else 1 / len(rest)
        own = weight * left.sum()
        whole = round_to_total([own, left.sum() - own], int(left.sum()))[0]
        rows.append(round_to_total(weight * left, int(whole)))
        left = left - rows[-1]
    return np.vstack([*rows, left])
