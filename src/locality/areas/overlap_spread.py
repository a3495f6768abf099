"""Spread counts of zones over zones of another vintage, by where people live."""

from __future__ import annotations

import numpy as np
import pandas as pd

from locality.areas.ground import Floats, Ints
from locality.foundations import round_table, round_to_total


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
    """Share the counts of one zone out: a row for each new zone, a column for each kind."""
    if len(people) == 1:
        return counts[np.newaxis, :]
    weights = people / people.sum() if people.sum() else np.full(len(people), 1 / len(people))
    unrounded = np.outer(weights, counts)
    return round_table(unrounded, round_to_total(unrounded.sum(axis=1), int(counts.sum())), counts)
