"""What other rooms may ask about money."""

import datetime as dt

import pytest
from django.db import DatabaseError, connection, transaction

from factories import money_site, site
from locality.plans import Available, CatalogueService, FundingSource
from locality_web.money import queries
from locality_web.money.budget_models import DecidedStays
from locality_web.money.models import BudgetDecision, Source, SourceAvailable


def test_the_catalogue_is_in_order_of_heading_and_name(fife):
    money_site.catalogue(fife)

    found = queries.catalogue(fife)

    assert [(one.heading, one.name) for one in found] == [
        ("Care at home", "Day care"),
        ("Care at home", "Home care"),
        ("Care at home", "Reablement"),
        ("Community nursing", "District nursing"),
        ("Community nursing", "Geriatric wards"),
        ("Equipment", "Equipment store"),
    ]
    assert found[1] == CatalogueService(
        "home-care", "Home care", "Care at home", "The council", "Older people", "council"
    )


def test_an_empty_partnership_has_no_money_to_speak_of(fife):
    assert queries.catalogue(fife) == ()
    assert queries.funding_sources(fife) == ()
    assert queries.budget_in_force(fife, "2026/27") is None
    assert queries.shares_in_use(fife) == queries.SharesInUse()
    assert queries.ledger(fife) is None


def test_a_funding_source_says_where_and_when_it_may_be_spent(fife):
    source = Source.objects.create(
        partnership=fife,
        source="winter",
        name="Winter grant",
        kind="grant",
        accountable_body="The council",
        headings=["Care at home"],
        starts=dt.date(2026, 4, 1),
        ends=dt.date(2027, 3, 31),
        rule="To keep people at home.",
    )
    SourceAvailable.objects.create(source=source, year="2026/27", locality=site.locality(fife), pence=500_00)
    SourceAvailable.objects.create(source=source, year="2026/27", locality=None, pence=900_00)

    assert queries.funding_sources(fife) == (
        FundingSource(
            "winter",
            "Winter grant",
            "grant",
            "The council",
            headings=("Care at home",),
            starts="2026-04-01",
            ends="2027-03-31",
            available=(Available("2026/27", "", 900_00), Available("2026/27", "levenmouth", 500_00)),
            rule="To keep people at home.",
        ),
    )


def test_shares_and_ledger_are_those_of_the_newest_release(fife):
    record = money_site.loaded_release(fife)

    shares, ledger = queries.shares_in_use(fife), queries.ledger(fife)

    # £3,333,333.33 under each heading; Dunfermline uses 6 of 18 parts (by name it is first), fair is a quarter.
    assert (shares.release, shares.year, shares.made_up) == (record.release, "2025/26", True)
    home = shares.by_locality["dunfermline"]["Care at home"]
    assert (home.historic_pence, home.fair_pence, home.grade) == (1_111_111_11, 833_333_34, "B")
    assert (ledger.year, dict(ledger.pence)) == ("2025/26", dict.fromkeys(money_site.HEADINGS, 3_333_333_33))
    assert set(ledger.booked) == set(ledger.pence), "what the books show stands beside the money for our own people"


def test_the_budget_in_force_adds_up_to_its_total(fife):
    money_site.decided_budget(fife)

    budget = queries.budget_in_force(fife, "2026/27")

    assert (budget.decision, budget.decided_on, budget.decided_by) == (
        "2026/27-1",
        "2026-03-20",
        "Integration joint board",
    )
    assert [(line.heading, line.budget_pence) for line in budget.held] == [("Equipment", 3_433_333_33)]
    given = [line for code in budget.localities for line in budget.for_locality(code).headings]
    assert {line.heading for line in given} == {"Care at home", "Community nursing"}
    assert sum(line.budget_pence for line in given) + 3_433_333_33 == 10_300_000_00
    assert budget.for_locality("nowhere").headings == ()


def test_a_new_decision_supersedes_and_the_earlier_one_stays_as_it_was(fife):
    first = money_site.decided_budget(fife)
    second = money_site.decided_budget(fife, preset="no-cash-loss")

    assert queries.budget_in_force(fife, "2026/27").decision == "2026/27-2" == str(second)
    assert BudgetDecision.objects.get(pk=first.pk).figures == first.figures


def test_a_decision_cannot_be_changed_or_deleted_not_even_by_the_database(fife):
    decision = money_site.decided_budget(fife)

    decision.why = "Something else."
    with pytest.raises(DecidedStays):
        decision.save()
    with pytest.raises(DecidedStays):
        decision.delete()
    for statement in (
        "UPDATE money_budgetdecision SET why = 'Something else.'",
        "DELETE FROM money_budgetdecision",
        *(
            ["SET CONSTRAINTS ALL IMMEDIATE; TRUNCATE money_budgetdecision CASCADE"]
            if connection.vendor == "postgresql"
            else []
        ),
    ):
        with pytest.raises(DatabaseError, match="does not change"), transaction.atomic():
            connection.cursor().execute(statement)
    assert BudgetDecision.objects.get().why.startswith("It brings every locality closer")
