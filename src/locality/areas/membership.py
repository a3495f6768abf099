"""Which zone belongs to which locality on a day, and whether that divides the partnership properly."""

from __future__ import annotations

import datetime as dt

import pandas as pd

from locality.areas.vintages import check_vintage, is_other_vintage, place_of
from locality.foundations import Fault, load_rule

_ZONES_NAMED = 3


def localities_on(localities: pd.DataFrame, day: dt.date) -> pd.DataFrame:
    """Give the memberships that are in force on a day.

    Args:
        localities: The `localities` table: zone, locality and, where boundaries changed, from and to (days).
        day: The day.

    Returns:
        Those of its rows whose first day has come and whose last day has not passed, unchanged. Without a first
        day a membership has always been in force; without a last day it still is.
    """
    moment = pd.Timestamp(day)
    begun = localities["from"].isna() | (localities["from"] <= moment)
    lasts = localities["to"].isna() | (localities["to"] >= moment)
    return localities[begun & lasts]


def check_membership(zones: pd.DataFrame, localities: pd.DataFrame, day: dt.date, file: str) -> list[Fault]:
    """Say why the localities do not divide the partnership: each zone in exactly one, none from outside.

    Args:
        zones: The partnership's `zones` table.
        localities: Its `localities` table; index = row in the file, or file and row.
        day: The day whose localities are meant.
        file: The localities' file for messages.

    Returns:
        The faults; none when every zone is in exactly one of enough localities.

    Source:
        `rules/least_localities.yaml`.
    """
    members = localities_on(localities, day)
    faults = check_vintage(members["zone"], zones["zone"], file)
    if faults and not members["zone"].isin(zones["zone"]).any():
        # With zones of another edition only, every further fault would say the same again.
        return faults
    return [
        *faults,
        *_zones_outside(zones, members, file),
        *_zones_without(zones, members, day, file),
        *_zones_in_two(members, day, file),
        *_too_few(zones, members, day, file),
    ]


def _zones_outside(zones: pd.DataFrame, members: pd.DataFrame, file: str) -> list[Fault]:
    codes = members["zone"]
    outside = codes[codes.notna() & ~codes.isin(zones["zone"]) & ~is_other_vintage(codes, zones["zone"])]
    if outside.empty:
        return []
    place, row = place_of(outside.index[0], file)
    what = f"{_named(outside)} is in a locality but is no zone of the partnership"
    do = "Take the row out, or add the zone to the zones table."
    return [Fault(place, what, do, "zone-outside-partnership", row=row, column="zone", rows=len(outside))]


def _zones_without(zones: pd.DataFrame, members: pd.DataFrame, day: dt.date, file: str) -> list[Fault]:
    alone = zones["zone"][~zones["zone"].isin(members["zone"])].dropna()
    if alone.empty:
        return []
    what = f"{len(alone):,} of the partnership's {len(zones):,} zones are in no locality on {day}: {_named(alone)}"
    return [Fault(file, what, "Put every zone into one locality.", "zone-without-locality", column="zone")]


def _zones_in_two(members: pd.DataFrame, day: dt.date, file: str) -> list[Fault]:
    known = members[["zone", "locality"]].dropna().drop_duplicates()
    twice = known["zone"][known["zone"].duplicated()]
    if twice.empty:
        return []
    place, row = place_of(twice.index[0], file)
    two = " and ".join(known["locality"][known["zone"] == twice.iloc[0]])
    what = f"{twice.iloc[0]} is in {two} on {day}"
    do = "Keep one row, or say from and to when each applies."
    return [Fault(place, what, do, "zone-in-two-localities", row=row, column="zone", rows=len(twice))]


def _too_few(zones: pd.DataFrame, members: pd.DataFrame, day: dt.date, file: str) -> list[Fault]:
    least = load_rule("locality.areas", "least_localities").at(day).value
    names = members["locality"][members["zone"].isin(zones["zone"])].dropna().unique()
    if len(names) >= least:
        return []
    found = f"only {', '.join(names)}" if len(names) else "no locality"
    what = f"there is {found} on {day}; a partnership has {least} or more"
    return [Fault(file, what, "Divide the area further.", "too-few-localities", column="locality")]


def _named(codes: pd.Series) -> str:
    """Name the first few zones."""
    more = f" and {len(codes) - _ZONES_NAMED:,} more" if len(codes) > _ZONES_NAMED else ""
    return ", ".join(codes.head(_ZONES_NAMED)) + more
