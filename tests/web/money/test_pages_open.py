"""Every page of the room opens, on an empty site and with figures."""

import pytest

from factories import money_site

PUBLIC = (
    "/fife/money/",
    "/fife/money/shares.csv",
    "/fife/money/shares.json",
    "/fife/localities/levenmouth/money/",
    "/fife/services/",
    "/fife/services.xlsx",
    "/fife/services.csv",
    "/fife/money/decisions/",
    "/fife/money/sources/",
)
OFFICERS = (
    "/fife/money/budgets/",
    "/fife/money/budgets/2026-27/",
    "/fife/money/releases/",
    "/fife/money/sources/new/",
    "/fife/services/new/",
    "/fife/services/load/",
)


@pytest.mark.parametrize("address", PUBLIC)
def test_a_public_page_opens_on_an_empty_site_and_with_figures(client, fife, address):
    assert client.get(address).status_code == 200
    money_site.decided_budget(fife)
    assert client.get(address).status_code == 200


@pytest.mark.parametrize("address", OFFICERS)
def test_a_page_for_finance_officers_opens_on_an_empty_site_and_with_figures(as_role, fife, address):
    browser = as_role("finance")
    assert browser.get(address).status_code == 200
    money_site.decided_budget(fife)
    assert browser.get(address).status_code == 200


def test_the_pages_of_a_decision_open(client, fife):
    money_site.decided_budget(fife)

    for address in ("", "figures.csv", "figures.json"):
        assert client.get(f"/fife/money/decisions/2026-27/1/{address}").status_code == 200
    assert client.get("/fife/money/decisions/2026-27/2/").status_code == 404
    assert client.get("/fife/money/decisions/2026-28/1/").status_code == 404
