"""What consolidation refuses: money that would count twice, and plans that do not belong together. All at once."""

from dataclasses import replace

import pytest

from factories.plans import (
    PARTNERSHIP_LINES,
    agreed_plan,
    agreement,
    joint_line,
    planning_year,
    pounds,
    small_plan,
    snapshots,
)
from locality.foundations import InputRefused
from locality.plans import JointShare, Place, PlanLine, Priority, consolidate


def faults(*plans, joint=(), wide=PARTNERSHIP_LINES, given=None, **changes):
    with pytest.raises(InputRefused) as refused:
        consolidate(given or snapshots(*plans), joint or [joint_line()], wide, year=planning_year(**changes))
    return [fault.code for fault in refused.value.faults]


def with_line(locality, service, source="core", amount=10, **changes):
    plan = agreed_plan(locality, **changes)
    return replace(plan, lines=(*plan.lines, PlanLine(service, source, pounds(amount))))


def test_the_same_locality_twice():
    assert faults(agreed_plan("north"), agreed_plan("north", version=2)) == ["locality-twice"]


def test_a_joint_service_that_a_sharing_locality_also_plans_alone():
    assert faults(with_line("north", "reablement")) == ["joint-and-alone"]


def test_a_locality_without_a_share_may_plan_a_joint_service_alone():
    plan = agreed_plan("isles", lines=(PlanLine("reablement", "core", pounds(10)),))
    found = consolidate(snapshots(plan), [joint_line()], PARTNERSHIP_LINES, year=planning_year())
    assert (found.facts["totals"]["own_pence"], found.facts["totals"]["joint_pence"]) == (pounds(10), pounds(120))


def test_a_partnership_wide_service_in_a_locality_plan():
    assert faults(with_line("south", "equipment")) == ["partnership-service-in-locality"]


def test_a_partnership_line_on_a_service_that_localities_plan():
    wide = (*PARTNERSHIP_LINES, PlanLine("home-care", "core", pounds(1)))
    assert faults(wide=wide) == ["partnership-line-elsewhere"]


def test_a_joint_line_twice():
    assert set(faults(joint=[joint_line(), joint_line()])) == {"joint-line-twice"}


def test_two_joint_lines_on_one_service_source_and_locality():
    second = joint_line(id="J2", shares=(JointShare("isles", pounds(60)), JointShare("south", pounds(60))))
    assert "joint-line-twice" in faults(agreed_plan("north"), joint=[joint_line(), second])


def test_a_joint_line_that_differs_in_a_snapshot():
    other = joint_line(
        total_pence=pounds(130), shares=(JointShare("north", pounds(90)), JointShare("south", pounds(40)))
    )
    assert faults(agreed_plan("north", joint=(other,)), agreed_plan("south")) == ["joint-line-differs"]


def test_a_joint_line_with_other_shares_of_the_same_total():
    other = joint_line(shares=(JointShare("north", pounds(70)), JointShare("south", pounds(50))))
    with pytest.raises(InputRefused, match="has other shares, another service or another source"):
        consolidate(snapshots(agreed_plan("north", joint=(other,))), [joint_line()], (), year=planning_year())


def test_a_joint_line_twice_in_one_plan():
    assert faults(agreed_plan("north", joint=(joint_line(), joint_line()))) == ["joint-line-twice"]


def test_a_year_that_cannot_be_read():
    assert "not-year" in faults(agreed_plan("north"), year="next year")


def test_a_joint_line_that_a_sharing_locality_does_not_know():
    assert faults(agreed_plan("north", joint=())) == ["joint-line-differs"]


def test_a_joint_line_that_the_partnership_does_not_know():
    assert faults(agreed_plan("north", joint=(joint_line(), joint_line(id="J7")))) == ["joint-line-differs"]


def test_shares_that_do_not_add_up():
    line = joint_line(total_pence=pounds(121))
    plans = [agreed_plan(code, joint=(line,)) for code in ("north", "south")]
    assert faults(*plans, joint=[line]) == ["joint-shares-sum"]


def test_two_shares_of_one_locality():
    line = joint_line(shares=(JointShare("north", pounds(60)), JointShare("north", pounds(60))))
    assert faults(agreed_plan("north", joint=(line,)), joint=[line]) == ["joint-too-few", "joint-share-twice"]


def test_another_year():
    assert faults(agreed_plan("north", year="2025/26"), agreed_plan("south")) == ["plan-other-year"]


def test_another_partnership_or_a_place_that_is_no_locality():
    elsewhere = replace(agreed_plan("isles"), locality=Place("mainland", "Mainland"))
    assert faults(agreed_plan("north", partnership=Place("S9", "Elsewhere"))) == ["plan-of-other-place"]
    assert faults(elsewhere) == ["plan-of-other-place"]


def test_a_plan_that_was_changed_after_it_was_agreed():
    (agreed,) = snapshots(agreed_plan("north"))
    changed = replace(agreed, plan=replace(agreed.plan, summary="Something else."))
    assert faults(given=(changed,)) == ["snapshot-changed"]


def test_a_draft():
    assert faults(small_plan("north")) == ["plan-not-agreed"]


@pytest.mark.parametrize("entry", [{"heading": "Equipment"}, {"planned_at": "across"}, {"payer": "health board"}])
def test_another_entry_of_the_catalogue(entry):
    services = tuple(replace(one, **entry) if one.service == "day-care" else one for one in planning_year().services)
    assert faults(agreed_plan("isles", services=services)) == ["catalogue-differs"]


def test_another_kind_of_source():
    sources = tuple(replace(one, kind="core") for one in planning_year().sources)
    assert faults(agreed_plan("isles", sources=sources)) == ["source-differs"]


def test_names_that_the_partnership_does_not_know():
    wish = Priority("P1", "Care at home", "telecare", 1, "Telecare", "", "more")
    assert faults(agreed_plan("isles", priorities=(wish,))) == ["plan-service-unknown"]
    assert faults(with_line("isles", "home-care", source="lottery")) == ["plan-source-unknown"]


def test_two_lines_on_one_service_from_one_source():
    assert faults(with_line("isles", "home-care")) == ["line-twice"]
    assert faults(wide=PARTNERSHIP_LINES * 2) == ["line-twice"]


def test_all_faults_are_named_at_once():
    broken = with_line("north", "equipment", year="2025/26", agreement=None)
    assert sorted(faults(broken, agreed_plan("south", agreement=agreement(), joint=()))) == [
        "joint-line-differs",
        "partnership-service-in-locality",
        "plan-not-agreed",
        "plan-other-year",
    ]


def test_a_fault_says_where_what_and_what_to_do():
    with pytest.raises(InputRefused) as refused:
        consolidate(snapshots(with_line("north", "reablement")), [joint_line()], (), year=planning_year())
    assert str(refused.value.faults[0]) == (
        "plan of North: it plans £10,000.00 on Reablement alone, and has a share in the joint line J1 on it. "
        "Plan it in one place: in the joint line, or alone."
    )
