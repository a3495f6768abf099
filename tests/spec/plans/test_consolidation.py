"""Consolidation: each pound once, what is missing first, and what the plans say together."""

import json
from dataclasses import replace

import pytest

from factories.plans import (
    NORTH,
    SOUTH,
    agreed_plan,
    big_partnership,
    budget_of,
    joint_line,
    planning_year,
    pounds,
    small_plan,
    snapshots,
    strategic_plan,
)
from locality.plans import (
    CatalogueService,
    JointShare,
    PlanLine,
    Priority,
    StrategicPlan,
    hash_plan,
    plan_as_json,
    plan_from_json,
)


def totals(plan, table):
    keys = {"by_heading": "heading", "by_locality": "locality", "by_source": "source"}
    return {row[keys[table]]: row["pence"] // 1_000_00 for row in plan.facts["totals"][table]}


def test_own_lines_shares_and_partnership_lines_add_up_by_heading():
    plan = strategic_plan()
    assert totals(plan, "by_heading") == {"Care at home": 1_285, "Community nursing": 550, "Equipment": 90}
    assert plan.facts["totals"]["pence"] == pounds(1_925)


def test_a_joint_line_counts_once_and_each_share_in_its_locality():
    plan = strategic_plan()
    assert plan.facts["totals"]["joint_pence"] == pounds(120)
    assert totals(plan, "by_locality") == {"north": 985, "south": 690, "isles": 160, "": 90}


def test_grants_stand_apart_by_source():
    assert totals(strategic_plan(), "by_source") == {"core": 1_910, "winter": 15}


def test_the_plan_names_the_snapshots_that_it_was_made_of():
    plan = strategic_plan()
    first = plan.snapshots[0]
    assert (first.locality.name, first.agreed_on, first.sha256) == ("North", "2026-02-28", hash_plan(agreed_plan()))
    assert plan.agreement is None and plan.narrative == ()


def test_the_order_in_which_snapshots_arrive_does_not_matter():
    plans = [agreed_plan(code) for code in ("isles", "north", "south")]
    assert hash_plan(strategic_plan(*plans)) == hash_plan(strategic_plan(*reversed(plans)))


def test_it_is_plain_json_and_reads_back():
    plan = strategic_plan()
    assert plan_from_json(json.loads(json.dumps(plan_as_json(plan))), StrategicPlan, file="plan.json") == plan


def test_one_made_up_locality_makes_the_whole_made_up():
    real = agreed_plan("south", made_up=False)
    assert strategic_plan(agreed_plan("north"), real).made_up
    assert not strategic_plan(real).made_up


def test_nothing_is_missing_when_every_locality_has_agreed():
    missing = strategic_plan().facts["missing"]
    assert missing["complete"]
    assert (missing["plans"], missing["joint_shares"], missing["ledger"]) == ([], [], False)


def test_what_is_missing_comes_first_and_stops_nothing():
    plan = strategic_plan(agreed_plan("north"))
    assert next(iter(plan.facts)) == "missing"
    assert [one["locality_name"] for one in plan.facts["missing"]["plans"]] == ["South", "Isles"]
    assert not plan.facts["missing"]["complete"]
    assert totals(plan, "by_locality")["south"] == 40, "its share of the joint line is in the whole"


def test_a_share_that_nobody_agreed_to_is_named():
    line = joint_line(shares=(JointShare("north", pounds(80), "2026-02-20"), JointShare("south", pounds(40))))
    found = strategic_plan(joint=[line]).facts["missing"]["joint_shares"]
    assert [(one["joint"], one["locality_name"], one["pence"]) for one in found] == [("J1", "South", pounds(40))]


def test_a_service_that_came_after_a_plan_was_agreed_is_named():
    newer = (*planning_year().services, CatalogueService("telecare", "Telecare", "Care at home"))
    found = strategic_plan(services=newer).facts["missing"]["services_not_listed"]
    assert {one["locality"]: one["services"] for one in found}["isles"] == ["telecare"]


def test_a_plan_on_an_older_budget_decision_is_named():
    budgets = {"south": budget_of("south", decision="2026/27-2")}
    found = strategic_plan(budgets=budgets).facts["missing"]["older_budgets"]
    assert [(one["locality"], one["plan_decision"], one["decision"]) for one in found] == [
        ("south", "2026/27-1", "2026/27-2")
    ]


def test_priorities_that_several_localities_share_are_named_by_service_and_heading():
    found = {(one["kind"], one["name"], one["direction"]): one for one in strategic_plan().facts["common"]}
    home_care = found["service", "Home care", "more"]
    assert [(one["locality"], one["priority"]) for one in home_care["priorities"]] == [("north", "P1"), ("south", "P1")]
    assert found["heading", "Care at home", "more"]["localities"] == 3
    assert len(found["heading", "Community nursing", "keep"]["priorities"]) == 2


def test_the_same_words_under_different_headings_are_common_too():
    wish = Priority("P9", "Community nursing", "", 9, "Somebody to talk to!", "Alone.", "more")
    other = replace(wish, heading="Care at home", title="somebody to  talk to", direction="change")
    plans = [
        agreed_plan("north", priorities=(wish,)),
        agreed_plan("south", priorities=(other,)),
    ]
    (found,) = strategic_plan(*plans).facts["common"]
    assert (found["kind"], found["localities"], found["direction"]) == ("words", 2, "")


def test_opposite_wishes_on_one_service_conflict():
    found = next(one for one in strategic_plan().facts["conflicts"] if one["kind"] == "directions")
    assert (found["name"], found["planned_together"]) == ("Reablement", True)
    assert {(one["locality"], one["direction"]) for one in found["priorities"]} == {
        ("north", "more"),
        ("south", "less"),
    }


def test_a_joint_line_that_a_sharing_locality_wants_less_of_is_named_with_its_money():
    found = next(one for one in strategic_plan().facts["conflicts"] if one["kind"] == "joint")
    assert (found["line"], found["pence"], found["last_year_pence"]) == ("J1", pounds(120), None)
    assert [one["title"] for one in found["priorities"]] == ["Less reablement"]


def test_a_joint_line_that_pays_less_than_last_year_does_not_conflict():
    plan = strategic_plan(joint_last_year={"J1": pounds(130)})
    assert [one["kind"] for one in plan.facts["conflicts"]] == ["directions"]
    assert strategic_plan(joint_last_year={"J1": pounds(110)}).facts["conflicts"][1]["last_year_pence"] == pounds(110)


def test_a_wish_for_less_of_a_whole_heading_is_held_against_the_joint_lines_under_it():
    less = Priority("P1", "Care at home", "", 1, "Less care at home", "Too much.", "less")
    plan = strategic_plan(agreed_plan("south", priorities=(less,)))
    assert [(one["kind"], one["name"]) for one in plan.facts["conflicts"]] == [("joint", "Reablement")]


def test_a_growing_line_of_the_whole_partnership_goes_against_a_wish_for_less():
    less = Priority("P1", "Equipment", "equipment", 1, "A smaller store", "Half empty.", "less")
    (found,) = strategic_plan(agreed_plan("isles", priorities=(less,))).facts["conflicts"]
    assert (found["kind"], found["pence"], found["last_year_pence"]) == ("partnership", pounds(90), pounds(85))


def test_wishes_for_two_services_of_one_heading_do_not_conflict():
    less = Priority("P1", "Care at home", "day-care", 1, "Less day care", "Few go.", "less")
    plan = strategic_plan(agreed_plan("north"), agreed_plan("isles", priorities=(less,)))
    assert [one for one in plan.facts["conflicts"] if one["kind"] == "directions"] == []


def test_to_give_up_what_another_locality_keeps_is_shown_as_a_difference():
    less = Priority("P1", "Care at home", "day-care", 1, "Fewer places", "Few go.", "less")
    keep = Priority("P1", "Care at home", "day-care", 1, "Keep every place", "All are full.", "keep")
    plan = strategic_plan(agreed_plan("north", priorities=(keep,)), agreed_plan("isles", priorities=(less,)))
    (found,) = plan.facts["conflicts"]
    assert (found["kind"], found["name"]) == ("differs", "Day care")
    assert {(one["locality"], one["direction"]) for one in found["priorities"]} == {
        ("north", "keep"),
        ("isles", "less"),
    }


def test_a_subject_with_opposite_wishes_is_not_named_again_as_a_difference():
    wishes = {"north": "keep", "south": "less", "isles": "more"}
    plans = [
        agreed_plan(code, priorities=(Priority("P1", "Care at home", "day-care", 1, "Day care", "", direction),))
        for code, direction in wishes.items()
    ]
    found = [one["kind"] for one in strategic_plan(*plans).facts["conflicts"] if one["service"] == "day-care"]
    assert found == ["directions"]


@pytest.mark.parametrize(
    ("direction", "last_year", "says"),
    [
        ("more", 490, "Money and actions; asks for more, and more is planned than last year"),
        ("more", 510, "Money and actions; asks for more, but less is planned than last year"),
        ("more", 500, "Money and actions; asks for more, but the same amount is planned as last year"),
        ("less", 490, "Actions; asks for less, but more is planned than last year"),
        ("less", 510, "Actions; asks for less, and less is planned than last year"),
        ("keep", 510, "Money and actions"),
    ],
)
def test_it_is_said_whether_the_money_goes_the_way_that_a_first_priority_asks(direction, last_year, says):
    wish = Priority("P1", "Care at home", "home-care", 1, "Home care", "", direction)
    lines = (PlanLine("home-care", "core", pounds(500), pounds(last_year)),)
    plan = strategic_plan(agreed_plan("north", lines=lines, priorities=(wish,), joint=()), joint=[])
    found = next(one for one in plan.facts["first_priorities"] if one["locality"] == "north")
    assert found["says"] == says


def test_money_is_no_answer_to_a_wish_for_less():
    wish = Priority("P1", "Care at home", "home-care", 1, "Less home care", "", "less")
    lines = (PlanLine("home-care", "core", pounds(500)),)
    plan = strategic_plan(agreed_plan("north", lines=lines, priorities=(wish,), actions=(), joint=()), joint=[])
    assert plan.facts["first_priorities"][0]["says"] == "No action yet"


def test_money_without_a_priority_is_named():
    found = strategic_plan().facts["money_without_priority"]
    assert [(one["name"], one["pence"], one["localities"]) for one in found] == [("Equipment store", pounds(90), [])]


def test_a_priority_without_money_is_named_openly():
    found = strategic_plan().facts["priority_without_money"]
    assert [(one["locality_name"], one["title"]) for one in found] == [("Isles", "A day centre")]


def test_to_want_less_of_what_has_no_money_is_answered():
    less = Priority("P1", "Care at home", "day-care", 1, "Less day care", "Few go.", "less")
    assert strategic_plan(agreed_plan("isles", priorities=(less,))).facts["priority_without_money"] == []


def test_a_heading_with_money_but_no_priority_is_named_for_its_locality():
    only = tuple(one for one in agreed_plan("south").priorities if one.heading == "Care at home")
    found = strategic_plan(agreed_plan("south", priorities=only)).facts["headings_without_priority"]
    assert [(one["locality"], one["heading"], one["pence"]) for one in found] == [
        ("south", "Community nursing", pounds(200))
    ]


def test_first_priorities_are_followed_to_lines_pounds_and_actions():
    found = {(one["locality"], one["priority"]): one for one in strategic_plan().facts["first_priorities"]}
    first = found["north", "P1"]
    assert (first["pence"], first["says"]) == (pounds(515), "Money and actions")
    assert [(line["kind"], line["source"], line["pence"]) for line in first["lines"]] == [
        ("own", "core", pounds(500)),
        ("own", "winter", pounds(15)),
    ]
    assert first["actions"][0]["what"] == "Hire four carers"
    assert first["change_pence"] is None, "last year's winter grant is not known"
    assert found["south", "P1"]["change_pence"] == pounds(20)
    assert found["isles", "P1"]["says"] == "No money yet"


def test_only_the_first_three_of_each_locality_are_followed():
    more = tuple(Priority(f"P{n}", "Care at home", "", n, f"Wish {n}", "", "more") for n in range(1, 6))
    found = strategic_plan(agreed_plan("isles", priorities=more)).facts["first_priorities"]
    assert [one["priority"] for one in found] == ["P1", "P2", "P3"]


def test_every_pound_is_traced_to_priority_decision_and_release():
    plan = strategic_plan()
    trace = plan.facts["trace"]
    assert sum(one["pence"] for one in trace) == plan.facts["totals"]["pence"]
    share = next(one for one in trace if one["kind"] == "joint" and one["locality"] == "south")
    assert (share["joint"], share["pence"], share["decision"]) == ("J1", pounds(40), "2026/27-1")
    assert share["priorities"] == [{"locality": "south", "priority": "P2"}]
    assert share["snapshot"] == hash_plan(agreed_plan("south"))
    wide = next(one for one in trace if one["kind"] == "partnership")
    assert (wide["locality"], wide["release"]) == ("", "ab" * 32)


def test_a_line_without_money_is_not_traced():
    assert not [one for one in strategic_plan().facts["trace"] if not one["pence"]]


def test_a_catalogue_entry_may_be_worded_anew_after_a_plan_was_agreed():
    worded = tuple(replace(one, name=f"{one.name} (new name)") for one in planning_year().services)
    assert strategic_plan(services=worded).facts["totals"]["pence"] == pounds(1_925)


def test_the_day_on_which_another_locality_agreed_its_share_may_come_later():
    early = joint_line(shares=(JointShare("north", pounds(80), "2026-02-20"), JointShare("south", pounds(40))))
    plan = strategic_plan(agreed_plan("north", joint=(early,)), agreed_plan("south"))
    assert plan.facts["missing"]["joint_shares"] == []


def test_nine_localities_with_eighty_services_and_three_sources_add_up():
    plan = big_partnership().strategic_plan()
    assert plan.facts["missing"]["complete"]
    assert sum(one["pence"] for one in plan.facts["trace"]) == plan.facts["totals"]["pence"]


def test_a_draft_and_an_own_line_of_nothing_change_no_total():
    nothing = (*agreed_plan("north").lines, PlanLine("reablement", "core", 0))
    assert (
        strategic_plan(agreed_plan("north", lines=nothing)).facts["totals"]
        == (strategic_plan(agreed_plan("north")).facts["totals"])
    )
    assert [one.plan.locality for one in snapshots(small_plan(), agreed_plan("south"))] == [NORTH, SOUTH]
