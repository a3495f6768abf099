"""Funding sources: who answers for them, and what they may be spent on."""

import datetime as dt

import pytest
from django.utils import timezone

from factories import money_site, site
from locality.plans import Available, FundingSource, PlanLine
from locality.plans.funding import check_spending
from locality_web.core.permissions import NotAllowed
from locality_web.money.models import Source
from locality_web.money.queries import catalogue, funding_sources
from locality_web.money.source_changes import keep_source
from locality_web.money.today import due_for

WINTER = {
    "source": "winter",
    "name": "Winter grant",
    "kind": "grant",
    "accountable_body": "The council",
    "rule": "To keep people at home.",
    "headings": ["Care at home"],
    "starts_day": "1",
    "starts_month": "4",
    "starts_year": "2026",
    "ends_day": "31",
    "ends_month": "3",
    "ends_year": "2027",
    "available": "2026/27, Levenmouth, £20,000\n2026/27, all, 90,000.50",
}


def test_a_source_is_entered_and_kept_as_plans_hold_it(as_role, fife):
    money_site.catalogue(fife)

    answer = as_role("finance").post("/fife/money/sources/new/", WINTER)

    assert answer.status_code == 302
    assert funding_sources(fife) == (
        FundingSource(
            "winter",
            "Winter grant",
            "grant",
            "The council",
            headings=("Care at home",),
            starts="2026-04-01",
            ends="2027-03-31",
            available=(Available("2026/27", "", 90_000_50), Available("2026/27", "levenmouth", 20_000_00)),
            rule="To keep people at home.",
        ),
    )


def test_what_there_is_comes_back_into_the_form_as_it_was_typed(as_role, fife):
    money_site.catalogue(fife)
    browser = as_role("finance")
    browser.post("/fife/money/sources/new/", WINTER)

    page = browser.get("/fife/money/sources/winter/edit/").content.decode()

    assert "2026/27, all, £90,000.50\n2026/27, Levenmouth, £20,000.00" in page


@pytest.mark.parametrize(
    ("change", "field", "says"),
    [
        ({"ends_year": "2025"}, "ends", "It ends on 2025-03-31, before it starts on 2026-04-01."),
        ({"accountable_body": ""}, "accountable_body", "Fill this in."),
        ({"available": "2026/27, Atlantis, 20"}, "available", "Line 1: There is no locality 'Atlantis'."),
        ({"available": "2026/28, all, 20"}, "available", "28 does not follow 2026"),
        ({"available": "2026/27, all, a lot"}, "available", "'a lot' is not an amount in pounds."),
        ({"available": "2026/27, all, 1\n2026/27, all, 2"}, "available", "2026/27 has several lines for all."),
        ({"available": "20,000"}, "available", "is not a year, a place and an amount"),
    ],
)
def test_what_is_wrong_with_a_source_stands_beside_its_field(as_role, fife, change, field, says):
    money_site.catalogue(fife)

    answer = as_role("finance").post("/fife/money/sources/new/", {**WINTER, **change})

    assert says in " ".join(answer.context["form"].errors[field])
    assert not Source.objects.exists()


def test_a_new_source_does_not_overwrite_one_of_the_same_code(as_role, fife):
    money_site.catalogue(fife)
    browser = as_role("finance")
    browser.post("/fife/money/sources/new/", WINTER)

    answer = browser.post("/fife/money/sources/new/", {**WINTER, "name": "Another grant"})

    assert "code &#x27;winter&#x27; already" in answer.content.decode()
    assert Source.objects.get().name == "Winter grant"


def test_spending_against_the_rules_is_refused_with_the_rule_named(as_role, fife):
    money_site.catalogue(fife)
    as_role("finance").post("/fife/money/sources/new/", WINTER)
    lines = [PlanLine("district-nursing", "winter", 5_000_00), PlanLine("home-care", "winter", 30_000_00)]

    faults = check_spending(lines, funding_sources(fife), "2026/27", services=catalogue(fife), locality="levenmouth")

    said = " ".join(fault.what for fault in faults)
    assert "Winter grant is only for Care at home" in said
    assert "“To keep people at home”" in said
    assert "£15,000.00 too much" in said


def test_money_that_ends_soon_is_named_on_the_page_and_to_finance_today(client, fife):
    ends = timezone.localdate() + dt.timedelta(days=30)
    keep_source(
        site.place(fife), None, FundingSource("winter", "Winter grant", "grant", "The council", ends=ends.isoformat())
    )
    finance = site.person("finance", fife)

    assert "Ending soon" in client.get("/fife/money/sources/").content.decode()
    due = due_for(finance, finance.roles.all())
    assert [(one.title, one.by) for one in due] == [("Winter grant ends soon", ends)]


def test_only_finance_changes_sources(fife):
    with pytest.raises(NotAllowed, match="You may not change funding sources and their rules"):
        keep_source(site.place(fife), site.person("planner", fife), FundingSource("x", "X", "core", "The board"))
