"""Where patients of practices live, worked out from distance and list size where it is not published.

A zone's people choose between practices in proportion to list size times a decay with distance (Huff, 1963); the table
is then scaled in turn until residents and lists both come out.
"""

from __future__ import annotations

import datetime as dt

import numpy as np
from scipy import sparse

from locality.areas.ground import Floats, Ints
from locality.foundations import load_rule, round_to_total

_ROUNDS = 500
_NEAR_ENOUGH = 1e-6
_FAR_KM = 500.0


def model_registrations(
    people: Ints, points: Floats, lists: Ints, surgeries: Floats, *, day: dt.date
) -> sparse.csr_matrix:
    """Work out how many patients of each practice live in each zone.

    Args:
        people: Residents of each zone.
        points: Easting and northing of each zone in metres. Shape (zones, 2).
        lists: Registered patients of each practice.
        surgeries: Easting and northing of each practice in metres. Shape (practices, 2).
        day: The day whose rule value holds.

    Returns:
        Whole patients, zones x practices. Lists and residents cannot both be met when their totals differ: the larger
        total is brought down to the smaller in equal proportion. Each practice then has exactly its list, so brought
        down; each zone has its residents, so brought down, but for rounding. A place that is not known has no patients.

    Source:
        D. L. Huff, A probabilistic analysis of shopping center trade areas, Land Economics 39 (1963); scaling in turn:
        Deming and Stephan, 1940; decay: `rules/registration_decay.yaml`.
    """
    shape = (len(people), len(lists))
    placed_zones, placed = ~np.isnan(points).any(axis=1), ~np.isnan(surgeries).any(axis=1)
    living, listed = np.where(placed_zones, people, 0), np.where(placed, lists, 0)
    total = int(min(living.sum(), listed.sum()))
    if total <= 0:
        return sparse.csr_matrix(shape, dtype=np.int64)
    columns = round_to_total(listed / listed.sum() * total, total)
    rows = living / living.sum() * total
    scale = float(load_rule("locality.areas", "registration_decay").at(day).value)
    table = _scale_in_turn(_pull(points, surgeries, scale) * listed, rows, columns.astype(np.float64))
    whole = [round_to_total(table[:, one], int(columns[one])) for one in range(shape[1])]
    return sparse.csr_matrix(np.column_stack(whole))


def _pull(points: Floats, surgeries: Floats, scale: float) -> Floats:
    """Give how strongly each practice pulls people of each zone, for one patient on its list."""
    zones, practices = np.nan_to_num(points), np.nan_to_num(surgeries)
    km = np.hypot(*(zones[:, None, :] - practices[None, :, :]).transpose(2, 0, 1)) / 1_000
    # Measured from each zone's nearest practice, so that an island far from every practice still chooses one.
    beyond = np.minimum(km - km.min(axis=1, keepdims=True), _FAR_KM)
    pull: Floats = np.exp(-beyond / scale)
    return pull


def _scale_in_turn(table: Floats, rows: Floats, columns: Floats) -> Floats:
    """Scale rows and columns in turn until both have their totals; the columns have theirs exactly."""
    for _ in range(_ROUNDS):
        table = table * _ratio(rows, table.sum(axis=1))[:, None]
        sums = table.sum(axis=0)
        table = table * _ratio(columns, sums)
        if np.abs(sums - columns).max(initial=0.0) <= _NEAR_ENOUGH * columns.sum():
            break
    return table


def _ratio(wanted: Floats, found: Floats) -> Floats:
    ratio = np.zeros(wanted.shape)
    np.divide(wanted, found, out=ratio, where=found > 0)
    return ratio
