"""The checks of chapter 11 and 6.4: who takes part and how, from the register and the meetings, with the next step."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from factories.membership import day, in_good_order, with_route, without
from factories.plans import DAY, LOCALITIES, planning_record
from locality.members import AdviceHeld, Asked, GroupKind, Met, Need, PracticeVoice, Term
from locality.plans import check_guidance, load_checks

CHECKS = {one.id: one for one in load_checks()}
CODES = [place.code for place in LOCALITIES]
GOOD = in_good_order(DAY, CODES)


def said(check, held, locality="north"):
    """What a check says of a locality, or of the partnership."""
    record = planning_record(membership=held)
    (found,) = [
        one for one in check_guidance(record, [CHECKS[check]]) if one.locality is None or one.locality.code == locality
    ]
    return found.outcome, found.says


def ago(days: int) -> dt.date:
    return GOOD.on - dt.timedelta(days=days)


def test_without_a_register_nothing_about_members_is_claimed():
    record = planning_record(membership=None)
    outcomes = {one.outcome for one in check_guidance(record, CHECKS.values()) if one.check.id == "hsci-11.1-register"}
    assert outcomes == {"not recorded"}


@pytest.mark.parametrize("paragraph", ["6.3", "6.4a", "6.4b", "6.4c", *(f"11.{n}" for n in (1, 2, 3, 4, 5, 10))])
def test_each_paragraph_about_people_is_computed_from_the_register(paragraph):
    rules = {one.rule_name for one in CHECKS.values() if f"HSCI {paragraph}" in one.paragraph.split(", ")}
    assert rules
    assert "entries_held" not in rules


def test_every_group_that_is_asked_for_has_a_check_of_its_own():
    checked = {one.parameters["group"] for one in CHECKS.values() if one.rule_name == "group_has_voice"}
    assert checked == {group.code for group in GOOD.groups if group.asked_for}


# Who sits there


def test_a_group_with_a_seat_that_is_held_has_a_voice():
    assert said("hsci-11-carers", GOOD) == ("met", "Carers: 1 seat held.")


def test_a_group_without_a_seat_is_a_gap_with_its_next_step():
    assert said("hsci-11-carers", without(GOOD, "carers", "north")) == (
        "not met",
        "Carers: there is no seat for it. Next: invite somebody, ask the third-sector interface, "
        "name a route by which it feeds in or make a seat.",
    )
    assert said("hsci-11-carers", without(GOOD, "carers", "north"), "south")[0] == "met"


def test_a_term_that_ran_out_leaves_a_gap_and_is_named_with_its_day():
    over = Term(900, "north", "carers", 9, day("2024-01-01"), ago(10))
    held = without(GOOD, "carers", "north")
    held = replace(held, terms=(*held.terms, over))

    outcome, says = said("hsci-11-carers", held)
    assert outcome == "not met"
    assert says.startswith("Carers: nobody sits there since ")
    assert said("hsci-11.1-register", held)[1].endswith("on 1 seat the last term has run out.")


def test_a_group_that_feeds_in_by_another_route_has_a_voice():
    held = with_route(without(GOOD, "geriatrics", "north"), "geriatrics", "north")
    assert said("hsci-11-older-people", held) == (
        "met",
        "Geriatric medicine has no seat and feeds in by another route.",
    )


def test_a_narrower_group_gives_the_wider_one_a_voice():
    held = without(GOOD, "secondary-care", "north")
    assert said("hsci-11-secondary-care", held) == (
        "met",
        "Secondary care is spoken for by Unscheduled hospital care and Geriatric medicine.",
    )


def test_a_group_that_the_partnership_added_is_checked_at_once():
    police = GroupKind("police", "Police", "They meet people at night", asked_for=True, own=True)
    held = replace(GOOD, groups=(*GOOD.groups, police))

    assert said("hsci-11-own-groups", held) == ("not met", "Nobody speaks for Police.")
    seated = replace(held, terms=(*held.terms, Term(901, "north", "police", 77, ago(5))))
    assert said("hsci-11-own-groups", seated) == ("met", "Somebody speaks for Police.")


def test_one_person_alone_is_no_group():
    alone = replace(GOOD, terms=(Term(1, "north", "carers", 1, ago(5)), Term(2, "north", "patients", 1, ago(5))))
    assert said("hsci-6.3-people", alone) == ("not met", "1 member of the group, on 2 seats.")


def test_general_practice_plans_together_with_the_others_or_the_missing_are_named():
    held = without(without(GOOD, "third-sector", "north"), "social-care", "north")
    assert said("hsci-6.4-work-together", held) == (
        "not met",
        "Nobody speaks for Social work and social care and Third sector.",
    )


# General practice


def test_practices_without_a_liaison_are_named():
    held = replace(GOOD, practices=(*GOOD.practices, PracticeVoice("north", "Hill Surgery")))
    assert said("hsci-11.2-practices", held) == ("not met", "2 have a liaison of 3 practices; not Hill Surgery.")


def test_by_cluster_it_speaks_of_clusters():
    held = replace(GOOD, by="cluster")
    assert said("hsci-11.2-practices", held) == ("met", "2 have a liaison of 2 clusters.")


def test_meetings_of_general_practice_with_the_lead_are_regular_by_the_partnerships_own_measure():
    assert said("hsci-11.3-lead-meets", GOOD)[0] == "met"
    outcome, says = said("hsci-11.3-lead-meets", replace(GOOD, meet_days=28))
    assert outcome == "not met"
    assert "Longest gap of the last 12 months: 60 days, more than the 28 days" in says


def test_a_group_that_never_met_does_not_meet_regularly():
    assert said("hsci-6.4-meetings", replace(GOOD, meetings=())) == (
        "not met",
        "No meeting was held yet. No meeting is planned. Minutes of 0 of 0 are published.",
    )


def test_meetings_without_minutes_are_not_enough():
    held = replace(GOOD, meetings=(Met("north", "group", ago(30), "held"), Met("north", "group", ago(-20), "called")))
    assert said("hsci-6.4-meetings", held)[0] == "not met"


def test_a_meeting_without_a_quorum_is_said():
    met = (Met("north", "group", ago(30), "minuted", 3, 7), Met("north", "group", ago(-20), "called"))
    outcome, says = said("hsci-6.4-meetings", replace(GOOD, meetings=met))
    assert (outcome, says.endswith("1 meeting had no quorum.")) == ("met", True)


# Advice and decisions


@pytest.mark.parametrize(
    ("answer", "outcome", "says"),
    [
        (AdviceHeld("local-medical-committee", "LMC", "conditions", "x", day("2026-01-20")), "met",
         "LMC agreed with conditions on 20 January 2026."),
        (AdviceHeld("local-medical-committee", "LMC", "refused", "x", day("2026-01-20")), "not met",
         "LMC did not agree on 20 January 2026."),
        (AdviceHeld("local-medical-committee", "LMC", "agreed", "x", day("2024-01-20"), day("2025-01-19")), "not met",
         "The agreement of LMC of 20 January 2024 ended on 19 January 2025."),
        (AdviceHeld("local-medical-committee", "LMC", "asked", "x"), "not met",
         "No answer of the Local Medical Committee is recorded."),
    ],
    ids=["conditions", "refused", "ended", "only-asked"],
)  # fmt: skip
def test_the_local_medical_committee(answer, outcome, says):
    assert said("hsci-11.4-committee", replace(GOOD, advice=(answer,))) == (outcome, says)


def test_advice_without_word_of_what_became_of_it_is_not_enough():
    held = replace(GOOD, advice=(AdviceHeld("area-clinical-forum", "Forum", "given", "x", day("2026-02-02")),))
    assert said("resp-107-advice", held) == (
        "not met",
        "1 contribution of Forum; what became of it is not written down for Forum.",
    )


@pytest.mark.parametrize(
    ("asked", "says"),
    [
        (Asked("north", 1, "pharmacy", 10), "Pharmacists had less than 28 days' notice of a decision."),
        (Asked("north", 1, "pharmacy", None), "Pharmacists had less than 28 days' notice of a decision."),
        (Asked("", 1, "pharmacy", 30, True, True, False), "1 answer without word of what became of it."),
    ],
    ids=["late", "not-told", "no-outcome"],
)
def test_professions_are_told_in_time_and_hear_what_became_of_their_answer(asked, says):
    assert said("hsci-11.5-feed-in", replace(GOOD, asked=(asked,))) == ("not met", says)


def test_a_profession_that_nobody_can_ask_is_named():
    held = without(replace(GOOD, asked=()), "housing", "north")
    assert said("hsci-11.5-feed-in", held) == ("not met", "Housing can be asked by nobody's seat and no route.")
    assert said("hsci-11.5-feed-in", with_route(held, "housing", "north"))[0] == "met"


# Access and links


def test_a_need_that_was_not_met_at_a_meeting_is_not_met():
    held = replace(GOOD, needs=(Need("north", "bsl", ago(3), "open"), Need("north", "loop", ago(3), "arranged")))
    outcome, says = said("hsci-11.10-access", held)
    assert (outcome, says[:55]) == ("not met", "At meetings held, 1 access need was not met of 2; 3 mem")


def test_a_need_at_a_meeting_to_come_does_not_count_yet():
    held = replace(GOOD, needs=(*GOOD.needs, Need("north", "bsl", ago(-9), "open")))
    assert said("hsci-11.10-access", held)[0] == "met"


def test_where_nobody_was_asked_what_they_need_nothing_is_claimed():
    outcome, says = said("hsci-11.10-access", replace(GOOD, needs=(), paper=()))
    assert (outcome, says.endswith("ask members what they need.")) == ("not met", True)


def test_members_are_told_by_the_means_that_they_chose():
    says = "12 members were told by the means that they chose in the last 12 months of 14 who want notices; "
    assert said("hsci-6.4-informed", GOOD) == ("met", says + "3 members chose post.")
    assert said("hsci-6.4-informed", replace(GOOD, told=()))[0] == "not met"


def test_a_member_who_wants_notices_and_has_no_address_is_not_kept_informed():
    outcome, says = said("hsci-6.4-informed", replace(GOOD, unreached=(("north", 1),)))
    assert outcome == "not met"
    assert says.endswith("; of 1 member no address for notices is known.")


def test_a_briefing_counts_when_everybody_who_takes_part_was_given_it():
    assert said("resp-107-briefing", GOOD) == ("met", "14 of 14 members were given the briefing.")
    newcomer = replace(GOOD, wanting=(("north", 15),))
    assert said("resp-107-briefing", newcomer) == ("not met", "14 of 15 members were given the briefing.")
    assert said("resp-107-briefing", replace(GOOD, wanting=())) == (
        "not met",
        "Nobody sits in the group who could be given the briefing.",
    )


def test_links_between_people_are_counted_with_what_came_of_them():
    assert said("hsci-6.4-links", GOOD) == ("met", "1 connection recorded; of 1 it is written down what came of it.")
    assert said("hsci-6.4-links", replace(GOOD, links=())) == ("not met", "No connections recorded.")
