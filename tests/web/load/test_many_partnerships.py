"""Thirty-one partnerships on one site: pages of one need no more queries, and nobody sees into another."""

from __future__ import annotations

import pytest
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from factories import big_site, site
from locality_web.core.models import Partnership

pytestmark = pytest.mark.django_db

PARTNERSHIPS = 31
LOCALITIES = ("North", "South", "East", "West")
PUBLIC = ("", "localities/", "localities/north/", "money/", "services/", "localities/north/money/")
PRIVATE = ("people/", "audit/", "jobs/", "settings/", "money/releases/")


@pytest.fixture(scope="module")
def nation(django_db_setup, django_db_blocker):
    """Thirty-one partnerships of four localities; each has a release and a catalogue, the first three have plans."""
    with django_db_blocker.unblock(), transaction.atomic():
        first = big_site.partnership("place-1", "Place 1", localities=LOCALITIES, catalogue=24)
        alone = queries_of_public_pages(first)
        others = [
            big_site.partnership(f"place-{n}", f"Place {n}", localities=LOCALITIES, catalogue=24, like=first)
            for n in range(2, PARTNERSHIPS + 1)
        ]
        yield [first, *others], alone
        transaction.set_rollback(True)


def queries(client: Client, address: str) -> int:
    with CaptureQueriesContext(connection) as kept:
        assert client.get(address).status_code == 200
    return len(kept)


def queries_of_public_pages(of: Partnership) -> dict[str, int]:
    return {page: queries(Client(), f"/{of.slug}/{page}") for page in PUBLIC}


def test_the_front_page_names_all_of_them_in_few_queries(nation):
    partnerships, _ = nation
    page = Client().get("/").content.decode()

    assert [one.name for one in partnerships if f'href="/{one.slug}/"' not in page] == []
    assert queries(Client(), "/") <= 3


def test_the_pages_of_one_need_no_more_queries_beside_thirty_others(nation):
    partnerships, alone = nation

    assert queries_of_public_pages(partnerships[0]) == alone
    assert queries_of_public_pages(partnerships[30]) == alone


def test_somebody_with_roles_in_several_sees_all_of_them_today(nation):
    partnerships, _ = nation
    planner = site.person("planner", partnerships[0])
    for other in partnerships[1:4]:
        site.give_role(planner, "planner", other)
    page = site.signed_in(planner).get("/today/").content.decode()

    assert [one.name for one in partnerships[:4] if f"/{one.slug}/" not in page] == []
    assert f"/{partnerships[4].slug}/" not in page


def test_an_administrator_of_one_is_refused_by_every_other(nation):
    partnerships, _ = nation
    clients = [site.signed_in(site.person(role, partnerships[0])) for role in ("administrator", "planner", "finance")]
    strange = [(one.slug, page) for one in (partnerships[1], partnerships[30]) for page in PRIVATE]
    opened = [
        (slug, page) for client in clients for slug, page in strange if client.get(f"/{slug}/{page}").status_code != 403
    ]

    assert opened == []
    assert clients[0].get("/place-1/people/").status_code == 200
