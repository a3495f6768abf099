"""How people find plans: from the menu, from a locality's page, and by addresses that stay."""

from __future__ import annotations

import pytest

from factories import plans_site

pytestmark = pytest.mark.django_db


def menu(page: bytes) -> str:
    return page.decode().split("<main")[0]


def test_the_menu_leads_everybody_to_plans_and_money_and_planners_to_readiness(client, fife, as_role):
    assert "/fife/plan/" in menu(client.get("/fife/services/").content)
    assert "/fife/follow/" in menu(client.get("/fife/services/").content)
    assert "/fife/readiness/" not in menu(client.get("/fife/services/").content)
    assert "/fife/readiness/" in menu(as_role("planner").get("/fife/services/").content)


def test_follow_the_money_leads_to_the_newest_year_with_an_agreed_plan(client, fife):
    assert "No plan of Fife is agreed yet." in client.get("/fife/follow/").content.decode()

    plans_site.agreed(fife)

    assert client.get("/fife/follow/").headers["Location"] == "/fife/follow/2026-27/"


def test_a_localitys_page_leads_a_visitor_to_its_agreed_plan(client, fife):
    plans_site.agreed(fife)

    page = client.get("/fife/localities/levenmouth/").content.decode()

    assert 'href="/fife/localities/levenmouth/plans/2026-27/"' in page
    assert client.get("/fife/localities/levenmouth/plans/2026-27/").status_code == 200
