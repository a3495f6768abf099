"""The public money pages, what other rooms show of them, and how much they ask of the database."""

import csv
import io

import pytest
from django.utils.text import slugify

from factories import money_site, site
from locality.plans import CatalogueService
from locality_web.core.permissions import Place
from locality_web.core.remembered import ANEW
from locality_web.money import briefing, locality_page, navigation, planning_record, sitemap_pages, today
from locality_web.money.shares_pages import in_plain_words


def test_a_resident_reads_what_a_fair_share_would_be_for_every_hundred_pounds(client, fife):
    money_site.loaded_release(fife)

    page = client.get("/fife/localities/north-east-fife/money/").content.decode()

    # It uses 3 of 18 parts, £1,666,667; fair is a quarter, £2,500,000, within 5%.
    assert "For every £100 that people in North East Fife use now, their fair share would be £150.00" in page
    assert "it could as well lie anywhere between £142.50 and £157.50." in page
    assert "The ranges do not overlap: North East Fife uses less than its fair share" in page


@pytest.mark.parametrize(
    ("fair_range", "says"),
    [
        ((80, 95), "The ranges do not overlap: Leven uses more than its fair share, and chance alone does not"),
        ((80, 99), "The ranges overlap, so that Leven using more than its fair share may be chance alone."),
        ((None, None), "How sure this is cannot be said: not every range is known."),
    ],
)
def test_whether_a_distance_may_be_chance_is_said(fair_range, says):
    from locality_web.money.models import LocalityShare

    low, high = fair_range
    share = LocalityShare(
        historic_pence=100,
        historic_low_pence=98,
        historic_high_pence=102,
        fair_pence=90,
        fair_low_pence=low,
        fair_high_pence=high,
    )

    assert in_plain_words("Leven", share, "2025/26")[1].startswith(says)


def test_localities_are_compared_under_one_heading(client, fife):
    money_site.loaded_release(fife)

    page = client.get("/fife/money/?heading=Equipment").content.decode()

    assert "Equipment: what each locality uses and its fair share, 2025/26" in page
    assert "£1,111,111" in page


def test_an_example_is_marked_even_where_the_partnership_is_a_real_one(client, fife):
    fife.made_up = False
    fife.save()
    money_site.loaded_release(fife)

    assert "Some of the people behind these figures are made up." in client.get("/fife/money/").content.decode()


def test_the_same_figures_are_there_as_csv_and_json(client, fife):
    money_site.loaded_release(fife)

    text = client.get("/fife/money/shares.csv").content.decode("utf-8-sig")
    rows = [row for row in csv.DictReader(io.StringIO(text)) if row["locality"] == "kirkcaldy"]
    plain = client.get("/fife/money/shares.json").json()
    kirkcaldy = next(one for one in plain["localities"] if one["code"] == "kirkcaldy")

    assert [row["heading"] for row in rows] == ["all", *money_site.HEADINGS]
    assert rows[1]["historic_pounds"] == f"{kirkcaldy['headings'][0]['historic_pence'] / 100:.2f}" == "925925.93"
    assert (rows[1]["made_up"], plain["made_up"]) == ("yes", True)


def test_a_locality_has_its_money_on_its_page_and_in_its_briefing(fife):
    money_site.decided_budget(fife, "2030/31")
    place = site.place(fife, "levenmouth")

    section = locality_page.sections(place, site.person())[0]
    facts = briefing.facts(place)

    assert (section.context["budget"] is not None, section.context["decision"].year) == (True, "2030/31")
    assert [fact.under for fact in facts] == ["has", "has"]
    assert "decided by Integration joint board (decision 2030/31-1)" in facts[1].says


def test_the_guidance_checks_know_catalogue_sources_and_budgets(fife):
    assert planning_record.parts(fife, "2026/27", ANEW) == {"catalogue": (), "sources": (), "budgets": {}}
    money_site.decided_budget(fife)

    parts = planning_record.parts(fife, "2026/27", ANEW)

    assert len(parts["catalogue"]) == 6
    assert set(parts["budgets"]) == {"dunfermline", "kirkcaldy", "levenmouth", "north-east-fife"}


def test_finance_is_asked_for_a_budget_then_the_executive_for_a_decision(fife, monkeypatch):
    import datetime as dt

    monkeypatch.setattr("django.utils.timezone.localdate", lambda: dt.date(2026, 1, 15))
    money_site.loaded_release(fife)
    finance, executive = money_site.officer(fife, "finance"), money_site.officer(fife, "executive")

    def titles(person):
        return [due.title for due in today.due_for(person, person.roles.all())]

    assert (titles(finance), titles(executive)) == (["Work out budgets for 2026/27"], [])
    money_site.saved_option(fife)
    assert (titles(finance), titles(executive)) == ([], ["Decide on the budget for 2026/27"])
    monkeypatch.undo()
    money_site.decided_budget(fife)
    monkeypatch.setattr("django.utils.timezone.localdate", lambda: dt.date(2026, 1, 15))
    assert (titles(finance), titles(executive)) == ([], [])


def test_menu_and_sitemap_name_the_public_pages(client, fife):
    money_site.decided_budget(fife)

    entries = [entry.title for entry in navigation.entries(Place(fife), site.person())]
    addresses = dict(sitemap_pages.addresses())

    assert entries == ["Money", "Services"]
    assert "Budgets" in [entry.title for entry in navigation.entries(Place(fife), site.person("finance", fife))]
    assert {"/fife/money/", "/fife/localities/levenmouth/money/", "/fife/money/decisions/2026-27/1/"} <= set(addresses)
    assert all(client.get(address).status_code == 200 for address in addresses)


@pytest.fixture
def large(db):
    """Forty localities by forty headings, three options and a decision."""
    made = site.partnership("big", "Big", localities=tuple(f"Place {at:02}" for at in range(40)))
    headings = tuple(f"Heading {at:02}" for at in range(40))
    services = tuple(
        CatalogueService(f"{slugify(name)}-{at}", f"{name} {at}", name) for name in headings for at in range(2)
    )
    money_site.catalogue(made, services)
    money_site.loaded_release(made, headings=headings)
    money_site.decided_budget(made)
    money_site.saved_option(made)
    return made


def test_no_page_asks_the_database_more_than_fifteen_questions(large, django_assert_max_num_queries):
    browser = site.signed_in(money_site.officer(large, "finance"))
    option = large.budget_options.first()
    pages = (
        *("money/", "money/?heading=Heading+07", "localities/place-07/money/", "money/shares.csv", "money/shares.json"),
        *("money/decisions/", "money/decisions/2026-27/1/", "money/sources/", "services/", "services.csv"),
        *("money/budgets/", "money/budgets/2026-27/", f"money/budgets/2026-27/options/{option.pk}/", "money/releases/"),
    )
    for page in pages:
        with django_assert_max_num_queries(15):
            assert browser.get(f"/big/{page}").status_code == 200


def test_money_for_each_person_has_a_table_of_its_own_so_that_the_first_one_fits_a_screen(fife):
    money_site.loaded_release(fife)
    shown = site.signed_in(site.person()).get("/fife/money/").content.decode()
    assert "All headings: for each person who lives there, 2025/26" in shown
    first, second = shown.split('<table class="ds_table">')[-2:]
    assert (first.count('<th scope="col"'), second.count('<th scope="col"')) == (7, 4)
