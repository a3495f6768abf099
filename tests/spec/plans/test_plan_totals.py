"""What a plan spends, against its budget.

The plan is Exampleshire's North for 2026/27, in thousands of pounds:

                     core  winter grant  joint (North's share)   budget
    Home care         500            15
    Day care          100
    Reablement                                             80
    Care at home      600            15                    80      700
    Community nursing 290                                          300
"""

from dataclasses import replace

from factories.plans import SOURCES, budget_of, joint_line, pounds, small_plan
from locality.foundations import say_pounds
from locality.plans import (
    Available,
    FundingSource,
    PlanLine,
    available_to,
    over_budget,
    spending_of,
    total_plan,
)

NORTH = small_plan()
TOTALS = total_plan(NORTH)


def test_each_heading_says_what_is_planned_within_the_budget_beside_it_and_what_is_left():
    rows = [
        (row.heading, row.in_budget_pence, row.beside_pence, row.budget_pence, row.left_pence)
        for row in TOTALS.by_heading
    ]
    assert rows == [
        ("Care at home", pounds(680), pounds(15), pounds(700), pounds(20)),
        ("Community nursing", pounds(290), 0, pounds(300), pounds(10)),
    ]


def test_grants_come_on_top_and_do_not_use_up_the_budget():
    assert (TOTALS.grand.in_budget_pence, TOTALS.grand.beside_pence) == (pounds(970), pounds(15))
    assert (TOTALS.grand.planned_pence, TOTALS.grand.left_pence) == (pounds(985), pounds(30))


def test_each_source_says_what_it_has_and_what_is_left():
    rows = [(row.source, row.planned_pence, row.available_pence, row.left_pence) for row in TOTALS.by_source]
    assert rows == [("core", pounds(970), None, None), ("winter", pounds(15), pounds(20), pounds(5))]


def test_each_service_says_its_own_money_and_its_share_of_joint_lines():
    rows = [(row.service, row.own_pence, row.joint_pence, row.last_year_pence) for row in TOTALS.by_service]
    assert rows == [
        ("home-care", pounds(515), 0, None),  # of the grant's last year nothing is known
        ("day-care", pounds(100), 0, pounds(120)),
        ("reablement", 0, pounds(80), None),
        ("district-nursing", pounds(290), 0, pounds(290)),
    ]


def test_only_the_localitys_own_share_of_a_joint_line_counts():
    assert [one.pence for one in spending_of(NORTH) if one.joint] == [pounds(80)]
    assert [one.pence for one in spending_of(small_plan("south")) if one.joint] == [pounds(40)]


def test_headings_sources_and_services_add_up_to_one_total():
    for rows in (TOTALS.by_heading, TOTALS.by_source, TOTALS.by_service):
        assert sum(row.planned_pence for row in rows) == TOTALS.grand.planned_pence


def test_money_of_a_service_that_is_not_in_the_catalogue_is_counted_and_shown():
    totals = total_plan(replace(NORTH, lines=(*NORTH.lines, PlanLine("teleport", "core", 7))))
    assert totals.by_heading[-1].heading == "Not in the catalogue"
    assert totals.grand.in_budget_pence == pounds(970) + 7


def test_a_heading_of_the_budget_without_a_service_is_shown_with_its_money_left():
    heading = replace(budget_of("north").headings[0], heading="Transport", budget_pence=pounds(5))
    behind = budget_of("north", headings=(*budget_of("north").headings, heading))
    row = total_plan(replace(NORTH, budget=behind)).by_heading[-1]
    assert (row.heading, row.left_pence) == ("Transport", pounds(5))


# ---------------------------------------------------------------- over budget


def test_a_plan_within_its_budget_is_not_over():
    assert over_budget(NORTH) == ()


def test_a_heading_over_its_budget_is_named_though_the_whole_plan_keeps_within():
    (over,) = over_budget(
        replace(NORTH, joint=(joint_line(shares=(replace(joint_line().shares[0], pence=pounds(105)),)),))
    )
    assert over.heading == "Care at home"
    assert over.words == (
        "Care at home: £705,000.00 is planned from core and set-aside money, the budget is £700,000.00; "
        "that is £5,000.00 over."
    )


def test_every_heading_and_the_total_that_is_over_is_named_with_pounds():
    more = tuple(replace(line, pence=line.pence + pounds(30)) for line in NORTH.lines)
    found = [
        (over.heading, say_pounds(over.over_pence, whole=True)) for over in over_budget(replace(NORTH, lines=more))
    ]
    assert found == [("Care at home", "£40,000"), ("Community nursing", "£20,000"), ("", "£60,000")]


def test_a_grant_never_puts_a_plan_over_its_budget():
    assert over_budget(replace(NORTH, lines=(*NORTH.lines, PlanLine("home-care", "winter", pounds(9_999))))) == ()


def test_money_of_an_unknown_source_is_held_against_the_budget():
    assert over_budget(replace(NORTH, lines=(*NORTH.lines, PlanLine("home-care", "odd", pounds(9_999)))))


def test_money_under_a_heading_that_the_decided_budget_does_not_have_is_over():
    only = budget_of("north", headings=budget_of("north").headings[:1])
    assert [over.heading for over in over_budget(replace(NORTH, budget=only))] == ["Community nursing", ""]


def test_without_a_decided_budget_nothing_is_over_and_nothing_is_left():
    free = replace(NORTH, budget=None)
    assert over_budget(free) == ()
    assert total_plan(free).grand.left_pence is None


# ---------------------------------------------------------------- what a source has


def test_what_a_source_has_by_year_and_locality():
    rows = (Available("2026/27", "north", 20), Available("2026/27", "south", 30), Available("2027/28", "", 99))
    grant = FundingSource("g", "Grant", "grant", "Council", available=rows)
    #                          year       locality
    assert available_to(grant, "2026/27", "north") == 20
    assert available_to(grant, "2026/27", "isles") == 0
    assert available_to(grant, "2026/27", "") == 50
    assert available_to(grant, "2027/28", "isles") == 99
    assert available_to(grant, "2028/29", "north") == 0
    assert available_to(SOURCES[0], "2026/27", "north") is None
