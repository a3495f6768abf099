"""Whatever stands in one place of a plan's file: a result, or a refusal that says why; never a traceback."""

import copy

from hypothesis import given, settings
from hypothesis import strategies as st

from factories.plans import LOCALITIES, PARTNERSHIP_LINES, agreed_plan, planning_year, snapshots
from locality.foundations import InputRefused, ResultRefused
from locality.plans import (
    LocalityPlan,
    PlanningYear,
    check_guidance,
    consolidate,
    four_words,
    hash_plan,
    load_checks,
    plan_as_json,
    plan_from_json,
    record_of_plan,
)
from locality.plans.whole_plan import check_plan

CHECKS = load_checks()
WHOLE = plan_as_json(agreed_plan("north"))
STRANGE = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.text(max_size=12),
    st.sampled_from(
        ["less", "partnership", "core", "grant", "home-care", "reablement", "south", "2025/26", "Equipment"]
    ),
)


def places(found, path=()):
    """Every place of a plan's file that holds a plain value."""
    if isinstance(found, dict):
        return [one for key, value in found.items() for one in places(value, (*path, key))]
    if isinstance(found, list):
        return [one for key, value in enumerate(found) for one in places(value, (*path, key))]
    return [path]


def put(path, value):
    content = copy.deepcopy(WHOLE)
    inside = content
    for step in path[:-1]:
        inside = inside[step]
    inside[path[-1]] = value
    return content


@settings(max_examples=250, deadline=None)
@given(st.sampled_from(places(WHOLE)), STRANGE)
def test_a_plan_with_one_strange_value_is_read_checked_and_consolidated_or_refused(path, value):
    try:
        plan = plan_from_json(put(path, value), LocalityPlan, file="north.json")
    except InputRefused as refused:
        assert refused.faults
        return
    sound = not check_plan(plan, file="north.json")
    results = check_guidance(record_of_plan(plan, on="2026-11-22"), CHECKS)
    assert {one.outcome for one in results} <= {"met", "not met", "not recorded"}
    if sound:
        four_words([plan])
    year = PlanningYear(plan.partnership, plan.year, LOCALITIES, plan.services, plan.sources)
    for setting in (planning_year(), year):
        try:
            found = consolidate(snapshots(plan), plan.joint, PARTNERSHIP_LINES, year=setting)
        except (InputRefused, ResultRefused):
            continue
        assert len(hash_plan(found)) == 64
