"""Localities are carried over to zones of another vintage by a declared table of the people who live in both."""

from __future__ import annotations

import datetime as dt

import pandas as pd
import pytest

from locality.areas import KnownZones, LocalityFlow, LocalityShare, carry_over, settle_zones, spread_counts
from locality.areas.tables import ZONE_OVERLAPS
from locality.foundations import InputRefused, check_frame

DAY = dt.date(2026, 11, 22)
FILE = "overlaps.csv"
OLD = {letter: f"S0100650{number}" for number, letter in enumerate("abcdef", 1)}
NEW = {letter: f"S0101350{number}" for number, letter in enumerate("vwxyz", 1)}
LETTER = {code: letter for letter, code in {**OLD, **NEW}.items()}
# Zones a and b are the north, c and d the south.
HOMES = {OLD["a"]: "north", OLD["b"]: "north", OLD["c"]: "south", OLD["d"]: "south"}


def table(drawn: str, counted: str | None = None) -> pd.DataFrame:
    """One row a line: old zone, new zone, people, and what is counted where the line says it."""
    cells = [line.split() for line in drawn.strip().splitlines()]
    rows = [[OLD.get(one[0], one[0]), NEW.get(one[1], one[1]), one[2], *(one[3:] or [counted])] for one in cells]
    raw = pd.DataFrame(rows, columns=["zone", "new_zone", "people", "counted"], index=range(2, 2 + len(rows)))
    typed, faults = check_frame(ZONE_OVERLAPS, raw.astype("string"), FILE)
    assert not faults
    return typed


def carried(drawn: str, **known):
    """Carry north and south over by a table of overlaps."""
    return carry_over(table(drawn), HOMES, file=FILE, day=DAY, known=KnownZones(**known))


def homes(found) -> dict[str, str]:
    return {LETTER[zone]: locality for zone, locality in found.division.items()}


SPLIT = """
    a v 100
    b w 60
    b x 40
    c x 50
    c y 50
    d y 100
"""


def test_each_new_zone_comes_to_the_locality_in_which_most_of_its_people_live():
    assert homes(carried(SPLIT)) == {"v": "north", "w": "north", "x": "south", "y": "south"}


def test_a_zone_whose_people_lived_in_two_localities_is_said_with_the_shares():
    (split,) = carried(SPLIT).split

    assert split.zone == NEW["x"]
    assert split.shares == (LocalityShare("south", 50), LocalityShare("north", 40))
    assert split.chosen == "most"


def test_people_of_localities_before_and_after_and_who_changes():
    found = carried(SPLIT)

    assert found.before == {"north": 200, "south": 200}
    assert found.after == {"north": 160, "south": 240}
    assert found.flows == (LocalityFlow("north", "south", 40),)
    assert (found.moving, found.joined, found.lost) == (40, 0, ())


def test_where_two_localities_have_as_many_people_the_first_by_code_is_taken_and_it_is_said():
    (split,) = carried("a v 100\n b x 50\n c x 50\n d y 100").split

    assert (split.locality, split.chosen) == ("north", "tied")


def test_a_zone_where_nobody_lives_comes_to_the_first_of_its_localities_and_it_is_said():
    found = carried("a v 100\n b w 100\n b x 0\n c x 0\n c y 100\n d y 100")

    (empty,) = found.split
    assert (empty.zone, empty.locality, empty.chosen, empty.people) == (NEW["x"], "north", "empty", 0)


def test_land_without_people_of_another_locality_splits_no_zone():
    assert carried("a v 100\n b w 100\n c w 0\n c y 100\n d y 100").split == ()


def test_the_order_of_rows_changes_nothing():
    turned = table(SPLIT).iloc[::-1]

    assert carry_over(turned, HOMES, file=FILE, day=DAY) == carried(SPLIT)


def test_a_split_zone_may_be_decided_by_hand():
    found = settle_zones(carried(SPLIT), {NEW["x"]: "north"})

    assert homes(found)["x"] == "north"
    assert [one.chosen for one in found.split] == ["hand"]
    assert (found.moving, found.after) == (50, {"north": 250, "south": 150})


def test_a_choice_that_the_table_makes_itself_stays_the_tables():
    assert settle_zones(carried(SPLIT), {NEW["x"]: "south"}) == carried(SPLIT)


def test_only_split_zones_are_decided_by_hand_and_only_for_a_locality_where_some_of_their_people_live():
    with pytest.raises(InputRefused) as refused:
        settle_zones(carried(SPLIT), {NEW["x"]: "islands", NEW["v"]: "south"})

    assert [fault.what for fault in refused.value.faults] == [
        f"nobody of {NEW['x']} lives in islands",
        f"{NEW['v']} does not lie in several localities",
    ]


def test_a_new_zone_with_more_people_beyond_the_border_than_inside_is_left_out():
    found = carried(SPLIT + "d z 10\n e z 30\n f y 5")

    assert "z" not in homes(found)
    assert found.left == {"south": 10}
    assert (found.joined, found.before["south"], found.after["south"]) == (5, 210, 245)


def test_where_the_new_zones_are_named_exactly_those_are_the_partnerships():
    named = frozenset(NEW[letter] for letter in "vwxyz")

    assert homes(carried(SPLIT + "d z 10\n e z 30", new_zones=named))["z"] == "south"


def test_a_locality_that_would_have_no_zone_any_more_is_named():
    found = carried("a v 100\n b v 10\n c v 20\n d v 20\n c w 1\n a w 2")

    assert found.lost == ("south",)


def faults(drawn: str, **known):
    with pytest.raises(InputRefused) as refused:
        carried(drawn, **known)
    return [(one.code, one.file, one.row, one.column, one.rows) for one in refused.value.faults]


def test_all_that_is_wrong_is_said_at_once():
    found = faults(
        "a v 100\n b w 600\n c x 50 addresses\n c y 50",
        new_zones=frozenset([NEW["v"], NEW["z"]]),
        new_file="zones.csv",
    )

    assert found == [
        ("overlap-zone-missing", FILE, None, "zone", 1),
        ("overlap-zone-uncovered", "zones.csv", None, "zone", 1),
        ("overlap-counts-mixed", FILE, 4, "counted", 1),
    ]


def test_people_who_do_not_add_up_with_the_residents_are_said_for_zones_and_for_all_together():
    residents = {OLD["a"]: 100, OLD["b"]: 300, OLD["c"]: 100, OLD["d"]: 120}

    assert faults(SPLIT, old_people=residents) == [
        ("overlap-people-differ", FILE, 3, "zone", 1),
        ("overlap-total-differs", FILE, None, "people", 1),
    ]


def test_small_differences_are_those_of_another_year():
    residents = {OLD["a"]: 110, OLD["b"]: 95, OLD["c"]: 99, OLD["d"]: 102}

    assert carried(SPLIT, old_people=residents) == carried(SPLIT)


def test_the_new_zones_residents_are_held_against_it_too():
    wrong = {NEW["v"]: 100, NEW["w"]: 60, NEW["x"]: 90, NEW["y"]: 400}

    assert [code for code, *_ in faults(SPLIT, new_people=wrong)] == ["overlap-people-differ", "overlap-total-differs"]


def test_addresses_are_not_held_against_residents():
    addresses = table(SPLIT, counted="addresses")
    known = KnownZones(old_people={OLD["a"]: 1_000})

    assert carry_over(addresses, HOMES, file=FILE, day=DAY, known=known).counted == "addresses"


def test_columns_the_wrong_way_round_are_recognised():
    with pytest.raises(InputRefused, match="Change the names of the columns zone and new_zone round"):
        carried(f"v {OLD['a']} 100\n w {OLD['b']} 100".replace("v ", f"{NEW['v']} ").replace("w ", f"{NEW['w']} "))


def test_a_table_of_other_zones_is_refused_with_its_vintage():
    with pytest.raises(InputRefused) as refused:
        carried("S01000001 v 100")

    assert "S01000001 of the 2001 data zones" in str(refused.value)


def test_a_pair_that_stands_twice_is_refused_when_the_table_is_read():
    raw = pd.DataFrame(
        [[OLD["a"], NEW["v"], "1"], [OLD["a"], NEW["v"], "2"]], columns=["zone", "new_zone", "people"], index=[2, 3]
    )

    _, found = check_frame(ZONE_OVERLAPS, raw.astype("string"), FILE)

    assert [(fault.code, fault.row) for fault in found] == [("repeated-key", 3)]


def test_counts_are_spread_by_people_and_none_is_lost():
    young = pd.DataFrame({"under_16": [11, 20, 10, 31], "over_84": [1, 0, 5, 2]}, index=list(HOMES))

    spread = spread_counts(table(SPLIT), young)

    assert {LETTER[zone]: tuple(row) for zone, row in spread.iterrows()} == {
        "v": (11, 1),
        "w": (12, 0),
        "x": (8 + 5, 3),
        "y": (5 + 31, 2 + 2),
    }
    assert spread.sum().to_dict() == young.sum().to_dict()
