"""Counts of people that are too small to show, and how tables hide them."""

import datetime as dt

import numpy as np
import pandas as pd
import pytest

from locality.disclosure import (
    DisclosureRules,
    audit,
    costs_to_hide,
    hide,
    layout_of_sums,
    primary,
    ranges,
    round_counts,
    rules_applied,
    rules_on,
    suppress_frame,
    suppress_hierarchy,
    suppress_table,
)
from locality.foundations import InputRefused, ResultRefused

DAY = dt.date(2026, 3, 31)
UP_TO_4 = DisclosureRules(threshold=4)
HIDDEN = None


def drawn(table: pd.DataFrame) -> list[list[int | None]]:
    """A published table as rows of counts, hidden ones as None."""
    return [[None if pd.isna(count) else int(count) for count in row] for row in table.to_numpy()]


def test_counts_from_one_to_four_are_small_and_nought_is_not():
    assert primary([0, 1, 2, 3, 4, 5], UP_TO_4).tolist() == [False, True, True, True, True, False]


def test_nought_is_small_too_where_noughts_are_hidden():
    assert primary([0, 1, 5], DisclosureRules(threshold=4, show_zeros=False)).tolist() == [True, True, False]


def test_a_table_without_small_counts_is_published_as_it_is():
    table = suppress_table([[5, 0], [7, 9]], UP_TO_4)
    assert drawn(table.wide()) == [[5, 0, 5], [7, 9, 16], [12, 9, 21]]


def test_a_small_count_takes_three_more_with_it_so_that_no_total_gives_it_back():
    counts = pd.DataFrame([[20, 50, 10], [8, 19, 2], [17, 32, 12]], index=["I", "II", "III"], columns=["A", "B", "C"])
    table = suppress_table(counts, UP_TO_4)
    assert drawn(table.wide()) == [
        [20, 50, 10, 80],
        [HIDDEN, 19, HIDDEN, 29],
        [HIDDEN, 32, HIDDEN, 61],
        [45, 101, 24, 170],
    ]
    assert (table.small, table.further, table.audit.passed) == (1, 3, True)


def test_two_hidden_counts_in_a_line_are_not_enough_when_their_sum_is_two():
    # Row one: 1 + 1 = 2. Whoever knows that hidden counts are at least 1 knows both.
    layout = layout_of_sums([("a",), ("b",), ("sum",)], [(2, (0, 1))])
    published = hide(layout, np.array([1, 1, 2]), np.array([True, True, False]))
    assert audit(published, UP_TO_4).exposed == (("a",), ("b",))


def test_the_audit_tells_what_a_reader_can_work_out():
    labels = [(name,) for name in ["I|A", "I|B", "I|", "II|A", "II|B", "II|", "|A", "|B", "|"]]
    sums = [(2, (0, 1)), (5, (3, 4)), (8, (6, 7)), (6, (0, 3)), (7, (1, 4)), (8, (2, 5))]
    counts = np.array([3, 20, 23, 9, 30, 39, 12, 50, 62])
    hidden = np.zeros(9, dtype=bool)
    hidden[[0, 1, 3, 4]] = True
    low, high = ranges(hide(layout_of_sums(labels, sums), counts, hidden), UP_TO_4)
    assert (low[0], high[0]) == (1, 11)
    hidden[[3, 4]] = False
    assert audit(hide(layout_of_sums(labels, sums), counts, hidden), UP_TO_4).exposed == (("I|A",), ("I|B",))


def test_an_audit_names_positions_and_never_values():
    layout = layout_of_sums([("north",), ("south",), ("all",)], [(2, (0, 1))])
    found = audit(hide(layout, np.array([3, 96, 99]), np.array([True, False, False])), UP_TO_4)
    assert found.as_json() == {"passed": False, "hidden": 1, "exposed": [["north"]]}
    assert "3" not in repr(found.exposed)


def test_a_small_count_keeps_as_wide_a_range_as_the_rule_itself_tells():
    rules = rules_on(DAY)
    table = suppress_table([[2, 3, 30], [3, 40, 30], [30, 30, 30]], rules)
    low, high = ranges(table.published, rules)
    small = table.published.hidden & (low <= rules.threshold)
    assert rules.width == 3
    assert ((high - low)[small] >= 3).all()


def test_shown_counts_that_do_not_add_up_are_refused():
    layout = layout_of_sums([("a",), ("b",), ("all",)], [(2, (0, 1))])
    nothing = np.zeros(3, dtype=bool)
    with pytest.raises(ResultRefused, match="do not add up"):
        audit(hide(layout, np.array([6, 7, 14]), nothing), UP_TO_4)
    with pytest.raises(ResultRefused, match="no table of people fits"):
        audit(hide(layout, np.array([6, 9, 5]), np.array([False, True, False])), UP_TO_4)


def test_zones_are_protected_against_the_totals_of_their_locality():
    zones = pd.DataFrame(
        [[2, 20], [15, 30], [11, 12], [13, 14]], index=["z1", "z2", "z3", "z4"], columns=["0-64", "65+"]
    )
    table = suppress_hierarchy(zones, {"z1": "East", "z2": "East", "z3": "West", "z4": "West"}, UP_TO_4)
    assert drawn(table.wide()) == [
        [HIDDEN, HIDDEN, 22],
        [HIDDEN, HIDDEN, 45],
        [11, 12, 23],
        [13, 14, 27],
        [17, 50, 67],
        [24, 26, 50],
        [41, 76, 117],
    ]


def test_where_one_zone_alone_makes_a_locality_the_total_is_hidden_with_it():
    zones = pd.DataFrame([[2], [30], [31]], index=["z1", "z2", "z3"], columns=["people"])
    table = suppress_hierarchy(zones, {"z1": "Isle", "z2": "Main", "z3": "Main"}, UP_TO_4)
    shown = table.wide()["people"]
    assert shown[["z1", "Isle"]].isna().all()
    assert table.audit.passed


def test_a_table_in_long_form_gives_a_row_for_every_cell_and_total():
    counts = pd.DataFrame({"place": ["n", "n", "s"], "sex": ["f", "m", "f"], "people": [8, 9, 7]})
    table = suppress_frame(counts, ["place", "sex"], UP_TO_4).long()
    assert table.set_index(["place", "sex"])["people"].to_dict() == {
        ("n", "f"): 8,
        ("n", "m"): 9,
        ("n", "all"): 17,
        ("s", "f"): 7,
        ("s", "m"): 0,
        ("s", "all"): 7,
        ("all", "f"): 15,
        ("all", "m"): 9,
        ("all", "all"): 24,
    }


@pytest.mark.parametrize(
    "rows",
    [
        {"place": ["n", "n"], "people": [5, 6]},
        {"place": ["n", None], "people": [5, 6]},
        {"place": ["n", "all"], "people": [5, 6]},
        {"place": ["n", "s"], "people": [5, -6]},
    ],
)
def test_counts_that_cannot_be_understood_are_refused(rows):
    with pytest.raises(ResultRefused):
        suppress_frame(pd.DataFrame(rows), ["place"], UP_TO_4)


def test_a_partnership_may_set_a_stricter_threshold_and_not_a_laxer_one():
    assert rules_on(DAY).threshold == 4
    assert rules_on(DAY, threshold=9).threshold == 9
    with pytest.raises(InputRefused, match="laxer than the rule, which is 4"):
        rules_on(DAY, threshold=2)


def test_every_rule_that_was_applied_is_listed_with_its_date_and_source():
    listed = rules_applied(DAY)
    assert [rule["id"] for rule in listed] == [
        "small_count",
        "zeros",
        "protection",
        "cost_cell_people",
        "cost_dominance",
    ]
    assert all(rule["source"] and rule["checked_by"] and rule["from"] and rule["review_by"] for rule in listed)


def test_a_cost_by_zone_needs_ten_people_and_none_who_dominate_it():
    people, pence, dearest_two = [0, 9, 10, 10], [500, 500, 500, 500], [0, 100, 449, 450]
    assert costs_to_hide(people, pence, UP_TO_4).tolist() == [False, True, False, False]
    assert costs_to_hide(people, pence, UP_TO_4, dearest_pence=dearest_two).tolist() == [False, True, False, True]


def test_counts_round_to_the_nearest_multiple():
    assert round_counts([0, 2, 3, 7, 8, 13], 5).tolist() == [0, 0, 5, 5, 10, 15]
    assert round_counts([7], 1).tolist() == [7]
