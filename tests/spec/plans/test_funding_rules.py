"""Money may be spent only on what its source allows, and a refusal names the source, who answers, and the rule.

Exampleshire's winter grant: only care at home, from 2026-04-01 to 2027-03-31, £20,000 for North.
"""

from dataclasses import replace

import pytest

from factories.plans import SERVICES, SOURCES, joint_line, pounds, small_plan
from locality.plans import Available, FundingSource, PlanLine, check_plan_spending, check_sources, check_spending

WINTER = SOURCES[1]


def _check(*lines, winter=WINTER, year="2026/27", locality="north"):
    sources = (SOURCES[0], winter)
    return check_spending(lines, sources, year, services=SERVICES, locality=locality, file="Plan of North")


def _codes(*lines, **more):
    return [(fault.column, fault.code) for fault in _check(*lines, **more)]


def test_a_plan_that_keeps_to_the_rules_of_its_sources_has_no_fault():
    assert check_plan_spending(small_plan()) == ()


def test_a_refusal_names_the_source_who_answers_for_it_and_the_funders_words():
    (fault,) = _check(PlanLine("district-nursing", "winter", 100_00))
    assert fault.what == (
        "£100.00 for District nursing stands under Community nursing, but Winter grant is only for Care at home. "
        "The council answers for it. Its rule: “To keep people at home over the winter”"
    )
    assert (fault.column, fault.code) == ("line/district-nursing/winter", "source-wrong-heading")


def test_a_source_for_some_services_only_refuses_the_others_by_name():
    only = replace(WINTER, services=("home-care",))
    (fault,) = _check(PlanLine("day-care", "winter", 1), winter=only)
    assert fault.what.startswith("£0.01 for Day care is not allowed: Winter grant is only for Home care. The council")


@pytest.mark.parametrize(
    ("starts", "ends", "refused"),
    [
        ("", "", False),
        ("2026-04-01", "2027-03-31", False),
        ("2027-03-31", "", False),  # its last day lies in the year
        ("", "2026-04-01", False),
        ("2027-04-01", "", True),
        ("", "2026-03-31", True),
        ("2025-04-01", "2026-03-31", True),
    ],
)
def test_money_is_refused_in_a_year_in_which_its_source_is_not_open(starts, ends, refused):
    found = _codes(PlanLine("home-care", "winter", 1), winter=replace(WINTER, starts=starts, ends=ends))
    assert found == ([("line/home-care/winter", "source-outside-dates")] if refused else [])


def test_a_date_refusal_says_the_dates():
    (fault,) = _check(PlanLine("home-care", "winter", 1), winter=replace(WINTER, ends="", starts="2027-04-01"))
    assert fault.what.startswith(
        "£0.01 for Home care falls into 2026/27, but Winter grant may be spent from 1 April 2027."
    )


def test_lines_that_together_take_more_than_there_is_are_refused_with_pounds():
    lines = (PlanLine("home-care", "winter", pounds(15)), PlanLine("day-care", "winter", pounds(6)))
    (fault,) = _check(*lines)
    assert fault.what.startswith(
        "£21,000.00 is planned from Winter grant, which has £20,000.00 for 2026/27; that is £1,000.00 too much."
    )
    assert (fault.column, fault.code) == ("source/winter", "source-overspent")


def test_the_last_penny_of_a_source_may_be_spent():
    assert _codes(PlanLine("home-care", "winter", pounds(20))) == []


def test_another_locality_has_nothing_of_a_grant_that_names_its_localities():
    assert _codes(PlanLine("home-care", "winter", 1), locality="south") == [("source/winter", "source-overspent")]


def test_all_localities_together_are_held_against_what_there_is_for_the_partnership():
    shared = replace(WINTER, available=(Available("2026/27", "", 10),))
    lines = (PlanLine("home-care", "winter", 6), PlanLine("day-care", "winter", 6))
    assert _codes(lines[0], winter=shared) == []
    assert _codes(*lines, winter=shared, locality="") == [("source/winter", "source-overspent")]


def test_a_share_of_a_joint_line_keeps_to_the_rules_of_its_source_too():
    plan = small_plan(joint=(joint_line(source="winter"),))
    assert [fault.column for fault in check_plan_spending(plan)] == ["source/winter"]


def test_every_rule_that_a_plan_breaks_is_named_at_once():
    late = replace(WINTER, ends="2026-03-31", starts="")
    assert _codes(
        PlanLine("district-nursing", "winter", pounds(30)), PlanLine("home-care", "winter", 1), winter=late
    ) == [
        ("line/district-nursing/winter", "source-wrong-heading"),
        ("line/district-nursing/winter", "source-outside-dates"),
        ("line/home-care/winter", "source-outside-dates"),
        ("source/winter", "source-overspent"),
    ]


def test_a_line_of_nought_breaks_no_rule():
    assert _codes(PlanLine("district-nursing", "winter", 0)) == []


def test_a_year_or_a_date_that_cannot_be_read_is_named():
    assert _codes(year="soon") == [("year", "not-year")]
    assert _codes(winter=replace(WINTER, starts="soon")) == [("source/winter/starts", "not-date")]


# ---------------------------------------------------------------- the list of sources


def test_sound_sources_have_no_fault():
    assert check_sources(SOURCES, SERVICES) == ()


def test_all_faults_of_the_list_of_sources_are_named_by_row_and_column():
    rows = (
        FundingSource("a/b", " ", "gift", "", headings=("Magic",), services=("teleport",)),
        FundingSource(
            "g", "G", "grant", "B", starts="2026-05-01", ends="2026-04-01", available=(Available("y", "", -1),)
        ),
        FundingSource("g", "G", "grant", "B", starts="1.4.2026"),
    )
    assert [(fault.row, fault.column, fault.code) for fault in check_sources(rows, SERVICES)] == [
        (2, "source", "source-code"),
        (2, "name", "source-text-missing"),
        (2, "accountable_body", "source-text-missing"),
        (2, "kind", "source-kind"),
        (2, "headings", "source-scope-unknown"),
        (2, "services", "source-scope-unknown"),
        (3, "source", "source-code-twice"),
        (3, "ends", "source-dates-reversed"),
        (3, "available", "plan-amount-negative"),
        (4, "source", "source-code-twice"),
        (4, "starts", "not-date"),
    ]
