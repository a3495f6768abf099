"""Distance from fair share before and after the plan, whether it narrows, and the inequality that remains."""

from dataclasses import replace

import pytest

from factories.plans import agreed_plan, budget_of, pounds, strategic_plan
from locality.plans import HeadingMoney, PlanLine


def place(code, *, historic, fair, planned, interval=None):
    """A locality with one heading, in thousands of pounds."""
    row = HeadingMoney("Care at home", pounds(planned), pounds(historic), pounds(fair))
    if interval:
        row = replace(row, fair_low_pence=pounds(interval[0]), fair_high_pence=pounds(interval[1]))
    lines = (PlanLine("home-care", "core", pounds(planned)),)
    return agreed_plan(code, lines=lines, joint=(), budget=budget_of(code, headings=(row,)))


def distance(*plans, **changes):
    return strategic_plan(*plans, joint=[], ledger=None, **changes).facts["distance"]


def rows(*plans):
    return {one["locality"]: one for one in distance(*plans)["localities"]}


def test_distance_before_and_after_in_pounds_and_as_a_ratio():
    found = rows(
        place("north", historic=120, fair=100, planned=110),
        place("south", historic=80, fair=100, planned=90),
    )
    north, south = found["north"], found["south"]
    assert (north["before_pence"], north["before_ratio"]) == (pounds(20), pytest.approx(0.2))
    assert (north["after_pence"], north["after_ratio"]) == (pounds(10), pytest.approx(0.1))
    assert (south["after_pence"], south["moves"]) == (pounds(-10), "narrows")


def test_growth_of_the_whole_brings_nobody_nearer():
    found = rows(
        place("north", historic=120, fair=100, planned=180),
        place("south", historic=80, fair=100, planned=120),
    )
    assert (found["north"]["fair_pence"], found["north"]["after_ratio"]) == (pounds(150), pytest.approx(0.2))
    assert {one["moves"] for one in found.values()} == {"unchanged"}


def test_a_plan_that_goes_away_from_the_fair_share_widens():
    found = rows(
        place("north", historic=110, fair=100, planned=120),
        place("south", historic=90, fair=100, planned=80),
    )
    assert found["south"]["moves"] == "widens"


def test_inside_its_interval_no_distance_is_claimed():
    found = rows(
        place("north", historic=120, fair=100, planned=106, interval=(93, 107)),
        place("south", historic=80, fair=100, planned=94, interval=(95, 105)),
    )
    assert (found["north"]["within_interval"], found["north"]["moves"]) == (True, "comes within its interval")
    assert (found["south"]["within_interval"], found["south"]["moves"]) == (False, "narrows")


def test_the_interval_grows_with_the_total():
    found = rows(
        place("north", historic=120, fair=100, planned=210, interval=(90, 110)),
        place("south", historic=80, fair=100, planned=190),
    )
    assert (found["north"]["fair_low_pence"], found["north"]["fair_high_pence"]) == (pounds(180), pounds(220))
    assert found["south"]["within_interval"] is None, "without an interval nothing is said of one"


def test_targets_add_up_to_what_is_planned():
    found = strategic_plan().facts["distance"]
    for table in (found["localities"], found["headings"]):
        assert sum(one["fair_pence"] for one in table) == sum(one["planned_pence"] for one in table)


def test_without_a_fair_share_the_distance_is_not_known():
    found = rows(
        place("north", historic=10, fair=100, planned=100),
        place("south", historic=10, fair=0, planned=10),
    )
    assert (found["south"]["after_ratio"], found["south"]["moves"]) == (None, "not known")


def test_a_grant_is_no_part_of_the_distance():
    found = {one["locality"]: one for one in strategic_plan().facts["distance"]["localities"]}
    assert found["north"]["planned_pence"] == pounds(970), "£985,000 less the winter grant"


def test_a_heading_whose_shares_are_not_known_everywhere_is_left_out_and_named():
    plans = [agreed_plan("north"), agreed_plan("south")]
    bare = tuple(replace(row, fair_pence=None) if row.heading == "Community nursing" else row
                 for row in budget_of("south").headings)  # fmt: skip
    plans[1] = replace(plans[1], budget=budget_of("south", headings=bare))
    found = strategic_plan(*plans).facts["distance"]
    assert found["headings_left_out"] == ["Community nursing"]
    assert {one["heading"] for one in found["headings"]} == {"Care at home"}
    assert found["localities_left_out"] == ["isles"]


def test_the_inequality_that_remains_is_the_gap_between_the_two_furthest():
    found = distance(
        place("north", historic=130, fair=100, planned=110),
        place("south", historic=90, fair=100, planned=100),
        place("isles", historic=80, fair=100, planned=90),
    )["inequality"]
    assert (found["before"]["most_over_name"], found["before"]["most_under_name"]) == ("North", "Isles")
    assert (found["before"]["gap_ratio"], found["after"]["gap_ratio"]) == (pytest.approx(0.5), pytest.approx(0.2))
    assert (found["before"]["under_pence"], found["after"]["under_pence"]) == (pounds(30), pounds(10))


def test_money_per_head_stands_beside_the_gap():
    found = {one["locality"]: one for one in strategic_plan().facts["distance"]["inequality"]["per_head"]}
    assert (found["isles"]["residents"], found["isles"]["planned_pence_each"]) == (5_000, 3_200)
    assert strategic_plan(residents={}).facts["distance"]["inequality"]["per_head"] == []


def test_one_locality_alone_has_no_gap_and_without_shares_nothing_is_said():
    assert distance(place("north", historic=1, fair=1, planned=1))["inequality"]["after"] is None
    assert rows(agreed_plan("north", lines=(), joint=(), budget=budget_of("north", headings=()))) == {}


def two_headings(code, *, home, nursing):
    """A locality that is at its fair share under both headings: (used now, planned), in thousands of pounds."""
    money = {"Care at home": home, "Community nursing": nursing}
    rows = tuple(HeadingMoney(name, pounds(then), pounds(now), pounds(now)) for name, (now, then) in money.items())
    lines = (PlanLine("home-care", "core", pounds(home[1])), PlanLine("district-nursing", "core", pounds(nursing[1])))
    return agreed_plan(code, lines=lines, joint=(), budget=budget_of(code, headings=rows))


def test_growth_of_one_heading_brings_nobody_away_from_the_fair_share():
    # Care at home doubles for all; North has most of it. Each keeps its fair share of every heading.
    found = rows(
        two_headings("north", home=(80, 160), nursing=(20, 20)),
        two_headings("south", home=(20, 40), nursing=(80, 80)),
    )
    assert [(one["fair_pence"], one["after_pence"]) for one in found.values()] == [
        (pounds(180), 0),
        (pounds(120), 0),
    ]


def test_the_headings_of_a_locality_add_up_to_its_whole():
    found = strategic_plan().facts["distance"]
    for whole in found["localities"]:
        mine = [one for one in found["headings"] if one["locality"] == whole["locality"]]
        for name in ("before_pence", "after_pence", "fair_pence", "fair_now_pence", "budget_distance_pence"):
            assert sum(one[name] for one in mine) == whole[name]


def test_inside_its_interval_before_and_after_nobody_can_tell_whether_it_narrows():
    found = rows(
        place("north", historic=105, fair=100, planned=103, interval=(90, 110)),
        place("south", historic=95, fair=100, planned=97, interval=(90, 110)),
    )
    assert {one["moves"] for one in found.values()} == {"within its interval"}
    assert found["north"]["within_interval_before"]


def test_a_heading_in_which_nobody_has_a_fair_share_is_left_out_and_named():
    found = distance(
        place("north", historic=10, fair=0, planned=10),
        place("south", historic=10, fair=0, planned=10),
    )
    assert (found["headings"], found["localities"]) == ([], [])
    assert found["headings_left_out"] == ["Care at home"]
