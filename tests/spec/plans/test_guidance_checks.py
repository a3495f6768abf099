"""Checks against the guidance: met, not met, or not recorded; and what to do next."""

import datetime as dt
import re
from dataclasses import replace

import pytest

from factories.plans import (
    DAY,
    LOCALITIES,
    agreed_plan,
    agreement,
    budget_of,
    joint_line,
    planning_record,
    pounds,
    small_plan,
)
from locality.members import Membership, shipped_groups
from locality.plans import (
    Entry,
    JointShare,
    LeadRecord,
    PlanLine,
    PlanRecord,
    SizeSettings,
    check_guidance,
    count_outcomes,
    load_chapters,
    load_checks,
    record_of_plan,
)

CHECKS = {one.id: one for one in load_checks()}


def outcome(check, record, locality=None):
    """What one check says, of one locality or of the partnership."""
    found = [
        one
        for one in check_guidance(record, [CHECKS[check]])
        if locality is None or (one.locality and one.locality.code == locality)
    ]
    assert len(found) == 1
    return found[0].outcome, found[0].says


def with_plan(plan, state="agreed", **changes):
    record = planning_record()
    code = plan.locality.code
    return replace(record, plans={**record.plans, code: PlanRecord(plan, state, **changes)})


def test_a_partnership_in_good_order_meets_everything_that_a_site_holds():
    results = check_guidance(planning_record(), CHECKS.values())
    assert [(one.check.id, one.locality, one.says) for one in results if one.outcome == "not met"] == []
    recorded = {one.check.id for one in results if one.outcome == "met"}
    assert {one.id for one in CHECKS.values() if one.rule_name != "entries_held"} == recorded


def test_sentences_write_days_as_people_do():
    says = [one.says for one in check_guidance(planning_record(), CHECKS.values())]
    assert [each for each in says if re.search(r"\d{4}-\d{2}-\d{2}", each)] == []
    assert any("decided on 15 January 2026." in each for each in says)
    assert any("Agreed on 28 February 2026:" in each for each in says)


def test_a_check_of_localities_speaks_of_each_one_of_the_partnership_once():
    results = check_guidance(planning_record(), [CHECKS["hsci-9.5-lead"], CHECKS["hsci-6.1-divided"]])
    assert [one.locality and one.locality.name for one in results] == ["North", "South", "Isles", None]


def test_outcomes_are_counted():
    counts = count_outcomes(check_guidance(planning_record(), CHECKS.values()))
    assert counts["not met"] == 0 and counts["met"] > 50 and counts["not recorded"] > 20


@pytest.mark.parametrize(
    ("check", "changes", "says"),
    [
        ("hsci-6.1-divided", {"localities": LOCALITIES[:1]}, "Exampleshire has 1 locality."),
        (
            "hsci-6.1-whole-area",
            {
                "zones": ("Z1", "Z2", "Z3", "Z4"),
                "zone_localities": (("Z1", "n"), ("Z2", "n"), ("Z2", "s"), ("Z3", "s")),
            },
            "Z4 in no locality; Z2 in several localities.",
        ),
        ("hsci-6.1-whole-area", {"zones": ()}, "The partnership has no zones."),
        ("hsci-6.1-own-area", {"zones": ("Z1", "Z2")}, "Z3 outside the partnership."),
        ("resp-105-own-size", {"size": SizeSettings(4_000, None, " ")}, "without a reason"),
        ("resp-105-own-size", {"size": SizeSettings(None, None, "")}, "has set no thresholds"),
        ("hsci-9.1-strategic", {"strategic": ()}, "Exampleshire has no strategic plan for 2026/27."),
        ("hsci-9.4-sources", {"sources": ()}, "There are no funding sources."),
    ],
)
def test_of_the_partnership_it_says_what_is_not_met(check, changes, says):
    found, said = outcome(check, planning_record(**changes))
    assert found == "not met"
    assert says in said


@pytest.mark.parametrize(
    ("check", "changes", "says"),
    [
        ("hsci-9.5-lead", {"leads": {}}, "North has no lead."),
        (
            "hsci-9.5-lead",
            {"leads": {"north": LeadRecord("A", ends="2026-11-21")}},
            "The term of A ended on 21 November 2026.",
        ),
        ("hsci-9.5-lead", {"leads": {"north": LeadRecord("A", starts="2027-01-01")}}, "begins on 1 January 2027"),
        ("hsci-9.5-deputy", {"leads": {"north": LeadRecord("A")}}, "North has no deputy lead."),
        ("resp-107-briefing", {"briefings": {}}, "North has no briefing."),
        ("resp-108-size", {"size": SizeSettings(None, 50_000, "So.")}, "60,000 residents live here"),
        ("resp-108-size", {"size": SizeSettings(None, None, "")}, "has set no thresholds"),
        ("hsci-9.4-budget", {"budgets": {}}, "No budget is decided for North in 2026/27."),
        ("hsci-9.4-fair", {"budgets": {}}, "No budget is decided for North"),
        ("hsci-9.4-reason", {"budgets": {"north": budget_of("north", why=" ")}}, "does not say why"),
        ("hsci-9.6-within-budget", {"plans": {}}, "North has no plan for 2026/27."),
        ("hsci-9.3-agreed", {"plans": {}}, "North has no plan"),
    ],
)
def test_of_a_locality_it_says_what_is_not_met(check, changes, says):
    found, said = outcome(check, planning_record(**changes), "north")
    assert found == "not met"
    assert says in said


@pytest.mark.parametrize(
    ("check", "plan", "says"),
    [
        ("hsci-9.3-agreed", small_plan(), "The plan is put to group, not agreed."),
        ("hsci-9.6-all-services", agreed_plan(services=agreed_plan().services[:-1]), "Equipment store missing."),
        ("hsci-9.6-priorities", agreed_plan(priorities=agreed_plan().priorities[:1]), "under Community nursing."),
        ("hsci-9.6-priorities", agreed_plan(services=(), priorities=()), "lists no service"),
        ("hsci-6.1-influence", agreed_plan(), "Nothing says who raised Keep nurses local"),
        ("hsci-9.3-answered", agreed_plan(lines=(), joint=(), actions=()), "Neither money nor an action for"),
        ("hsci-9.3-answered", agreed_plan(priorities=()), "The plan has no priorities."),
        ("hsci-9.6-within-budget", agreed_plan(budget=None), "nothing can be within it"),
        (
            "hsci-9.6-within-budget",
            agreed_plan(lines=(PlanLine("district-nursing", "core", pounds(301)),)),
            "Community nursing",
        ),
        ("hsci-9.3-by-name", agreed_plan(agreement=replace(agreement(), stances=())), "Nobody is named"),
        ("hsci-9.3-by-name", agreed_plan(objections=[" "]), "1 objection without a reason"),
        ("hsci-9.3-objections", agreed_plan(objections=["Too little for housing."]), "0 of 1 objection answered."),
    ],
)
def test_of_a_plan_it_says_what_is_not_met(check, plan, says):
    state = "agreed" if plan.agreement else "put_to_group"
    found, said = outcome(check, with_plan(plan, state, answered=0), "north")
    assert found == "not met"
    assert says in said


def test_joint_shares_are_checked_in_the_localities_that_share():
    record = planning_record(joint=(joint_line(shares=(JointShare("north", pounds(80)),)),))
    assert outcome("hsci-9.3-joint-sum", record, "north") == ("not met", "Shares of J1 do not add up.")
    assert outcome("hsci-9.3-joint-agreed", record, "north") == ("not met", "Not yet agreed: J1.")
    assert outcome("hsci-9.3-joint-sum", record, "isles") == ("met", "No service is planned jointly.")


def test_a_quorum_that_was_not_reached_is_not_met():
    plan = agreed_plan(agreement=replace(agreement(), quorum=5))
    assert outcome("hsci-9.3-agreed", with_plan(plan), "north")[0] == "not met"


def test_a_wider_gap_between_localities_is_not_met():
    record = planning_record()
    strategic = record.strategic[0]
    gaps = {"before": {"gap_ratio": 0.2}, "after": {"gap_ratio": 0.25}}
    worse = replace(strategic.plan, facts={**strategic.plan.facts, "distance": {"inequality": gaps}})
    found = outcome("hsci-9.1-inequality", replace(record, strategic=(replace(strategic, plan=worse),)))
    assert found == (
        "not met",
        "The gap between localities was 20.0% of fair share before the plan and is 25.0% after it.",
    )


def test_where_everybody_is_at_the_fair_share_there_is_nothing_left_to_narrow():
    record = planning_record()
    strategic = record.strategic[0]
    gaps = {"before": {"gap_ratio": 0.0}, "after": {"gap_ratio": 0.0001}}
    level = replace(strategic.plan, facts={**strategic.plan.facts, "distance": {"inequality": gaps}})
    found = outcome("hsci-9.1-inequality", replace(record, strategic=(replace(strategic, plan=level),)))
    assert found[0] == "met"


def test_budgets_that_cannot_lead_back_to_the_ledger_are_not_met():
    record = planning_record()
    strategic = record.strategic[0]
    walk = strategic.plan.facts["reconciliation"]
    for gap, says in (("ledger_pence", "without a ledger"), ("change_pence", "has no budget yet")):
        facts = {**strategic.plan.facts, "reconciliation": {**walk, "total": {**walk["total"], gap: None}}}
        plan = replace(strategic.plan, facts=facts)
        found, said = outcome("hsci-9.4-ledger", replace(record, strategic=(replace(strategic, plan=plan),)))
        assert found == "not met" and says in said


def test_a_partnership_that_holds_nothing_yet_meets_nothing():
    nothing = planning_record(
        localities=(),
        zones=(),
        zone_localities=(),
        residents={},
        size=SizeSettings(None, None, ""),
        leads={},
        briefings={},
        catalogue=(),
        sources=(),
        budgets={},
        plans={},
        strategic=(),
        membership=Membership(dt.date(2026, 11, 22), (), shipped_groups(dt.date(2026, 11, 22))),
        further={"boundary_engagement": (), "boundary_measures": ()},
    )
    met = {one.check.id for one in check_guidance(nothing, CHECKS.values()) if one.outcome == "met"}
    # No zone is elsewhere where there is none, and the shares of what is shared are as they were.
    assert met == {"hsci-6.1-own-area", "hsci-9.3-joint-sum", "hsci-9.3-joint-agreed", "hsci-11-own-groups"}


def test_a_strategic_plan_without_facts_words_or_a_locality_is_not_met():
    record = planning_record()
    strategic = record.strategic[0]
    bare = replace(strategic.plan, facts={"reconciliation": strategic.plan.facts["reconciliation"]}, narrative=())
    for check, plan, says in (
        ("hsci-9.1-more-than-sum", bare, "The plan does not show common"),
        ("hsci-9.1-more-than-sum", replace(strategic.plan, narrative=()), "no words of the partnership"),
        ("hsci-9.1-every-locality", replace(bare, snapshots=bare.snapshots[1:]), "Without North."),
        ("hsci-9.1-strategic", replace(bare, snapshots=()), "made of no agreed plan"),
        ("hsci-9.1-published", replace(bare, agreement=None), "not agreed and published"),
    ):
        found, said = outcome(check, replace(record, strategic=(replace(strategic, plan=plan),)))
        assert found == "not met" and says in said


def test_what_a_later_room_holds_is_counted_by_kind_and_place():
    check = "hsci-11.11-inequality"
    held = planning_record(further={"profiles": (Entry("north", "profile"), Entry("isles", "profile"))})
    assert outcome(check, held, "north") == ("met", "1 profile recorded.")
    assert outcome(check, held, "south") == ("not met", "No profiles recorded.")
    assert outcome(check, planning_record(), "north") == ("not recorded", "Not recorded here: profiles.")


def test_one_exported_plan_cannot_know_its_partnership():
    results = check_guidance(record_of_plan(agreed_plan(), on=DAY), CHECKS.values())
    found = {one.check.id: one.outcome for one in results}
    for check in (
        "hsci-6.1-divided",
        "hsci-9.5-lead",
        "hsci-9.6-all-services",
        "hsci-6.4-published",
        "hsci-9.1-strategic",
    ):
        assert found[check] == "not recorded", check
    assert found["hsci-9.3-agreed"] == "met"


def test_every_chapter_says_where_it_comes_from_and_who_compared_it():
    for chapter in load_chapters():
        assert chapter.checked_by.startswith(("the founders, 20", "nobody"))
        assert len(chapter.source) > 40 and chapter.checks


@pytest.mark.parametrize("check", CHECKS.values(), ids=lambda check: check.id)
def test_every_check_is_plain_sentences_with_a_paragraph_and_a_page(check):
    assert check.says.endswith(".") and check.do.endswith(".")
    assert check.paragraph.startswith(("HSCI ", "RESP "))
    assert check.mend.count(".") == 1
    assert (check.rule.__doc__ or "").strip()


def test_every_chapter_of_the_guidance_has_its_checks():
    paragraphs = {part for one in CHECKS.values() for part in one.paragraph.split(", ")}
    wanted = {f"HSCI {one}" for one in ("6.1", "6.2", "6.3", "6.4a", "6.4c", "9.1", "9.2", "9.3", "9.4", "9.5", "9.6")}
    wanted |= {f"HSCI 11.{one}" for one in (1, 2, 3, 4, 5, "9-11.11", 10, 11)} | {
        f"RESP {one}" for one in (105, 106, 107, 108)
    }
    assert wanted <= paragraphs
