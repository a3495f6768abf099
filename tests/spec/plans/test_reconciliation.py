"""From the ledger to the plan, to the penny: ledger + change = budgets + held = planned + not yet planned."""

from dataclasses import replace

import pytest

from factories.plans import LEDGER, LEDGER_YEAR, agreed_plan, budget_of, pounds, strategic_plan
from locality.foundations import ResultRefused
from locality.plans import Available, Ledger, PlanLine


def walk(*plans, **changes):
    return strategic_plan(*plans, **changes).facts["reconciliation"]


COLUMNS = ("ledger", "change", "budgets", "held", "own", "joint", "partnership", "not_yet_planned")


def in_thousands(row):
    return tuple(None if row[f"{name}_pence"] is None else row[f"{name}_pence"] // 1_000_00 for name in COLUMNS)


def test_every_heading_leads_from_the_ledger_to_the_plan():
    rows = {row["heading"]: in_thousands(row) for row in walk()["rows"]}
    #                       ledger change budgets held  own  joint wide left
    assert rows == {
        "Care at home": (1_300, 0, 1_300, 0, 1_150, 120, 0, 30),
        "Community nursing": (550, 10, 560, 0, 550, 0, 0, 10),
        "Equipment": (85, 15, 0, 100, 0, 0, 90, 10),
    }


def test_the_total_is_the_sum_of_the_rows_and_every_row_says_that_it_adds_up():
    found = walk()
    assert in_thousands(found["total"]) == (1_935, 25, 1_860, 100, 1_700, 120, 90, 50)
    assert found["holds"] and all(row["holds"] for row in found["rows"])


def test_the_grant_is_walked_apart():
    (grant,) = walk()["apart"]
    assert (grant["name"], grant["available_pence"], grant["planned_pence"], grant["left_pence"]) == (
        "Winter grant",
        pounds(20),
        pounds(15),
        pounds(5),
    )


def test_a_locality_without_a_plan_has_all_of_its_budget_not_yet_planned():
    budgets = {code: budget_of(code) for code in ("north", "south", "isles")}
    found = walk(agreed_plan("north"), budgets=budgets)
    assert in_thousands(found["total"]) == (1_935, 25, 1_860, 100, 890, 120, 90, 860)


def test_while_a_locality_has_no_budget_nothing_leads_back_to_the_ledger():
    changes = {"Community nursing": pounds(10), "Equipment": pounds(15)}
    for ledger in (Ledger(LEDGER_YEAR, LEDGER), Ledger(LEDGER_YEAR, LEDGER, changes)):
        found = walk(agreed_plan("north"), agreed_plan("south"), ledger=ledger)
        assert in_thousands(found["total"]) == (1_935, None, 1_700, 100, 1_540, 120, 90, 50)
        assert (found["from_ledger"], found["holds"]) == (False, True)


def test_a_decided_change_that_leads_to_the_budgets_holds():
    changes = {"Community nursing": pounds(10), "Equipment": pounds(15)}
    found = walk(ledger=Ledger(LEDGER_YEAR, LEDGER, changes))
    assert found["change_decided"] and found["holds"]


def test_a_decided_change_that_misses_by_a_penny_is_refused_with_the_sums():
    changes = {"Community nursing": pounds(10) + 1, "Equipment": pounds(15)}
    with pytest.raises(ResultRefused) as refused:
        walk(ledger=Ledger(LEDGER_YEAR, LEDGER, changes))
    assert refused.value.reason == (
        "Community nursing: the ledger's £550,000.00 and the decided change of £10,000.01 make £560,000.01, but "
        "budgets and what is held add up to £560,000.00."
    )


def test_hosted_services_lead_from_the_books_to_the_ledger_for_our_own_people():
    booked = {**LEDGER, "Care at home": LEDGER["Care at home"] + pounds(40), "Other boards' people": pounds(5)}
    found = walk(ledger=Ledger(LEDGER_YEAR, LEDGER, booked=booked))
    hosted = {row["heading"]: row["hosted_pence"] for row in found["rows"]}
    assert hosted == {
        "Care at home": pounds(-40),
        "Community nursing": 0,
        "Equipment": 0,
        "Other boards' people": pounds(-5),
    }
    total = found["total"]
    assert total["booked_pence"] + total["hosted_pence"] == total["ledger_pence"]


def test_where_the_books_are_not_given_nothing_is_said_of_hosted_services():
    assert walk()["total"]["booked_pence"] is None and walk()["total"]["hosted_pence"] is None


def test_without_a_ledger_the_second_half_is_walked():
    found = walk(ledger=None)
    assert in_thousands(found["total"])[:3] == (None, None, 1_860)
    assert found["holds"] and found["ledger_year"] is None


def test_money_under_a_heading_beyond_its_budget_is_marked():
    lines = (PlanLine("home-care", "core", pounds(60)), PlanLine("district-nursing", "core", pounds(100)))
    wide = {row["heading"]: row for row in walk(agreed_plan("isles", lines=lines), joint=[])["rows"]}
    assert not wide["Care at home"]["over"]
    assert (wide["Community nursing"]["over"], wide["Community nursing"]["not_yet_planned_pence"]) == (
        True,
        pounds(-40),
    )


def test_more_than_a_localitys_budget_is_refused():
    lines = (PlanLine("home-care", "core", pounds(160) + 1),)
    with pytest.raises(ResultRefused, match=r"Isles plans £160,000.01 of budget money, £0.01 more than there is"):
        walk(agreed_plan("isles", lines=lines))


def test_more_than_a_grant_has_is_refused():
    plan = agreed_plan("north")
    lines = (*plan.lines[:-1], PlanLine("home-care", "winter", pounds(21)))
    with pytest.raises(ResultRefused, match=r"£21,000.00 are planned from Winter grant, £1,000.00 more"):
        walk(replace(plan, lines=lines))


def test_a_grant_with_one_sum_for_all_counts_that_sum():
    wide = tuple(
        replace(one, available=(Available("2026/27", "", pounds(18)), Available("2026/27", "north", pounds(15))))
        if one.available
        else one
        for one in agreed_plan("north").sources
    )
    assert walk(sources=wide)["apart"][0]["left_pence"] == pounds(3)


def test_a_grant_without_a_stated_limit_has_nothing_left_to_say():
    wide = tuple(replace(one, available=()) for one in agreed_plan("north").sources)
    (grant,) = walk(sources=wide)["apart"]
    assert (grant["available_pence"], grant["left_pence"], grant["planned_pence"]) == (None, None, pounds(15))
