"""The published pairs of 2001 and 2011 data zones, all of Scotland: real overlaps, but without their people.

The people are made up: each 2011 zone's residents, shared equally among the 2001 zones that it overlaps with. What is
tested is that real codes, shapes of overlap and borders of localities can be carried over, not where people live.
"""

from __future__ import annotations

import datetime as dt
import time
from pathlib import Path

import pandas as pd
import pytest

from locality.areas import carry_over
from locality.areas.tables import ZONE_OVERLAPS
from locality.foundations import check_frame, split_pence
from locality.sources.files import read_cells

pytestmark = pytest.mark.data


@pytest.fixture(scope="module")
def overlaps(data_root: Path) -> pd.DataFrame:
    pairs = read_cells(data_root / "lookups/dz01_to_dz11.csv", "pairs")
    residents = read_cells(data_root / "dz11_boundaries/dz11_attributes_census2011.csv", "residents")
    people = residents.set_index("DataZone")["TotPop2011"].astype(int)
    pairs = pairs.sort_values(["dz11_code", "dz01_code"])
    shared = [split_pence(int(people[zone]), [1] * len(own)) for zone, own in pairs.groupby("dz11_code")]
    raw = pd.DataFrame(
        {
            "zone": pairs["dz11_code"],
            "new_zone": pairs["dz01_code"],
            "people": pd.Series([str(one) for parts in shared for one in parts], index=pairs.index, dtype="string"),
        }
    )
    typed, faults = check_frame(ZONE_OVERLAPS, raw, "pairs")
    assert not faults
    return typed


@pytest.fixture(scope="module")
def localities(data_root: Path) -> dict[str, str]:
    rows = read_cells(data_root / "hscp_locality/dz11_locality_best_available.csv", "localities")
    return dict(zip(rows["DataZone"], rows["HSCPName"] + ": " + rows["Locality"], strict=True))


def test_all_of_scotland_is_carried_over_in_a_few_seconds(overlaps, localities):
    began = time.process_time()
    found = carry_over(overlaps, localities, file="pairs", day=dt.date(2026, 11, 22))

    assert time.process_time() - began < 5
    assert len(found.zones) == 6505
    assert sum(found.before.values()) == sum(found.after.values()) == 5_295_403
    assert (found.left, found.lost) == ({}, ())
    assert all(one.shares[0].people >= share.people for one in found.split for share in one.shares)
