"""Clusters of practices made from neighbours, where nobody publishes which practice is in which cluster."""

from __future__ import annotations

import numpy as np

from locality.areas.ground import Floats, Ints


def model_clusters(points: Floats, lists: Ints, size: int) -> Ints:
    """Group practices that lie near each other.

    The practices are halved again and again across the longer side of the box that holds them, so that both halves
    have as many patients as their share of clusters asks for.

    Args:
        points: Easting and northing of each practice in metres. Shape (practices, 2).
        lists: Registered patients of each practice.
        size: How many practices a cluster has about.

    Returns:
        Number of each practice's cluster, from west to east or south to north; -1: where it stands is not known. The
        same practices always give the same clusters.
    """
    cluster = np.full(len(lists), -1, dtype=np.int64)
    placed = np.flatnonzero(~np.isnan(points).any(axis=1))
    number = max(1, round(placed.size / size)) if placed.size else 0
    waiting, next_number = [(placed, number)] if number else [], 0
    while waiting:
        members, parts = waiting.pop(0)
        if parts == 1:
            cluster[members] = next_number
            next_number += 1
            continue
        left, right = _halve(members, points, lists, parts)
        waiting[:0] = [(left, parts // 2), (right, parts - parts // 2)]
    return cluster


def _halve(members: Ints, points: Floats, lists: Ints, parts: int) -> tuple[Ints, Ints]:
    """Cut practices in two across the longer side; each part has at least one practice for each of its clusters."""
    here = points[members]
    axis = int(np.argmax(np.ptp(here, axis=0)))
    order = members[np.lexsort((members, here[:, 1 - axis], here[:, axis]))]
    share = np.cumsum(np.maximum(lists[order], 1)) / np.maximum(lists[order], 1).sum()
    cut = int(np.argmin(np.abs(share - (parts // 2) / parts))) + 1
    cut = min(max(cut, parts // 2), len(order) - (parts - parts // 2))
    return order[:cut], order[cut:]
