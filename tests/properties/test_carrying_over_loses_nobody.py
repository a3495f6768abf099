"""Whatever the overlaps: every new zone comes to one locality, and no person is lost or counted twice."""

from __future__ import annotations

import datetime as dt

import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st

from locality.areas import carry_over, settle_zones, spread_counts
from locality.areas.tables import ZONE_OVERLAPS
from locality.foundations import check_frame

DAY = dt.date(2026, 11, 22)
OLD = [f"S010065{number:02d}" for number in range(10, 18)]
NEW = [f"S010140{number:02d}" for number in range(10, 20)]


@st.composite
def overlapping(draw):
    """Rows in which each of the old zones stands, in any order, and a division of them into up to three localities."""
    pairs = {(zone, draw(st.sampled_from(NEW))) for zone in OLD}
    pairs |= draw(st.sets(st.tuples(st.sampled_from(OLD), st.sampled_from(NEW)), max_size=20))
    people = draw(st.lists(st.integers(0, 500), min_size=len(pairs), max_size=len(pairs)))
    rows = [(*pair, count) for pair, count in zip(sorted(pairs), people, strict=True)]
    homes = draw(st.lists(st.sampled_from(["north", "south", "isles"]), min_size=len(OLD), max_size=len(OLD)))
    return rows[:: draw(st.sampled_from([1, -1]))], dict(zip(OLD, homes, strict=True))


def table(rows) -> pd.DataFrame:
    """The table as the check of its declaration gives it, made outside of what draws examples: that has little time."""
    raw = pd.DataFrame(rows, columns=["zone", "new_zone", "people"], index=range(2, 2 + len(rows)))
    typed, faults = check_frame(ZONE_OVERLAPS, raw.astype("string"), "o.csv")
    assert not faults
    return typed


@settings(deadline=None, max_examples=40)
@given(overlapping())
def test_nobody_is_lost_or_counted_twice(made):
    overlaps, division = table(made[0]), made[1]
    found = carry_over(overlaps, division, file="o.csv", day=DAY)
    everybody = int(overlaps["people"].sum())
    assert set(found.division) == set(overlaps["new_zone"])
    assert sum(found.before.values()) == sum(found.after.values()) == everybody
    assert found.moving + sum(one.shares[0].people for one in found.zones) == everybody


@settings(deadline=None, max_examples=40)
@given(overlapping())
def test_no_other_locality_has_more_people_of_a_zone(made):
    overlaps, division = table(made[0]), made[1]
    for one in carry_over(overlaps, division, file="o.csv", day=DAY).zones:
        lived = overlaps[overlaps["new_zone"] == one.zone]
        counts = lived.groupby(lived["zone"].map(division))["people"].sum()
        assert counts[one.locality] == counts.max()


@settings(deadline=None, max_examples=40)
@given(overlapping(), st.randoms(use_true_random=False))
def test_choices_by_hand_move_nobody_else(made, dice):
    overlaps, division = table(made[0]), made[1]
    found = carry_over(overlaps, division, file="o.csv", day=DAY)
    choices = {one.zone: dice.choice(one.shares).locality for one in found.split}
    settled = settle_zones(found, choices)
    assert settled.division == found.division | choices
    assert settled.before == found.before
    assert settled.moving >= found.moving


@settings(deadline=None, max_examples=40)
@given(overlapping(), st.lists(st.integers(0, 90), min_size=len(OLD), max_size=len(OLD)))
def test_counts_that_are_spread_keep_their_sum(made, counts):
    spread = spread_counts(table(made[0]), pd.DataFrame({"over_84": counts}, index=OLD))
    assert spread["over_84"].sum() == sum(counts)
    assert (spread["over_84"] >= 0).all()
