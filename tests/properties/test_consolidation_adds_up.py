"""Whatever localities plan: each pound counts once, and every table of the strategic plan has the same total."""

import json
from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from factories.plans import (
    LOCALITIES,
    PARTNERSHIP_LINES,
    agreed_plan,
    budget_of,
    joint_line,
    planning_year,
    snapshots,
)
from locality.plans import HeadingMoney, JointShare, PlanLine, consolidate, hash_plan, plan_as_json

PENCE = st.integers(min_value=0, max_value=10**10)
OWN = ("home-care", "day-care", "district-nursing")


@st.composite
def partnerships(draw):
    """Plans of some localities, within budgets that may be anything, and the joint line that two of them share."""
    shares = tuple(
        JointShare(code, draw(PENCE), draw(st.sampled_from(["", "2026-02-20"]))) for code in ("north", "south")
    )
    joint = joint_line(total_pence=sum(one.pence for one in shares), shares=shares)
    places = draw(st.sets(st.sampled_from(LOCALITIES), min_size=1))
    plans = [_plan(draw, place.code, joint) for place in LOCALITIES if place in places]
    return plans, joint


def _plan(draw, code, joint):
    lines = tuple(PlanLine(service, "core", draw(PENCE)) for service in OWN)
    there = sum(line.pence for line in lines) + sum(one.pence for one in joint.shares) + draw(PENCE)
    rows = tuple(
        HeadingMoney(heading, pence, draw(PENCE), draw(PENCE), draw(st.none() | PENCE), draw(st.none() | PENCE))
        for heading, pence in (("Care at home", there), ("Community nursing", draw(PENCE)))
    )
    mine = () if code == "isles" else (joint,)
    return replace(agreed_plan(code), lines=lines, joint=mine, budget=budget_of(code, headings=rows))


@settings(max_examples=60, deadline=None)
@given(partnerships())
def test_every_pound_counts_once(given_plans):
    plans, joint = given_plans
    plenty = (HeadingMoney("Care at home", 10**11),)
    budgets = {place.code: budget_of(place.code, headings=plenty) for place in LOCALITIES}
    budgets |= {one.locality.code: one.budget for one in plans}
    strategic = consolidate(snapshots(*plans), [joint], PARTNERSHIP_LINES, year=planning_year(budgets=budgets))
    facts = strategic.facts
    expected = (
        sum(line.pence for plan in plans for line in plan.lines)
        + joint.total_pence
        + sum(line.pence for line in PARTNERSHIP_LINES)
    )
    assert facts["totals"]["pence"] == expected == sum(one["pence"] for one in facts["trace"])
    assert facts["reconciliation"]["holds"] and facts["reconciliation"]["from_ledger"]
    walk = facts["reconciliation"]["total"]
    assert walk["ledger_pence"] + walk["change_pence"] == walk["budgets_pence"] + walk["held_pence"]
    rows = facts["distance"]["localities"]
    assert sum(one["fair_pence"] for one in rows) == sum(one["planned_pence"] for one in rows)


@settings(max_examples=30, deadline=None)
@given(partnerships(), st.randoms(use_true_random=False))
def test_the_order_of_what_is_handed_in_changes_nothing(given_plans, shuffler):
    plans, joint = given_plans
    once = consolidate(snapshots(*plans), [joint], PARTNERSHIP_LINES, year=planning_year())
    shuffler.shuffle(plans)
    again = consolidate(snapshots(*plans), [joint], PARTNERSHIP_LINES, year=planning_year())
    assert hash_plan(once) == hash_plan(again)


@settings(max_examples=30, deadline=None)
@given(partnerships())
def test_facts_survive_json(given_plans):
    plans, joint = given_plans
    found = plan_as_json(consolidate(snapshots(*plans), [joint], PARTNERSHIP_LINES, year=planning_year()))
    assert json.loads(json.dumps(found)) == found
