"""No page needs more than fifteen queries, on a site at more than ten times the demo's size.

| | demo | here |
|---|---|---|
| localities × services | 4 × 24 = 96 | 12 × 80 = 960 |
| lines of a year's plans | about 100 | about 2,600 |
| audit events, people, background jobs | about 250, 22, 12 | 1,500, 220, 120 |
"""

from __future__ import annotations

import pytest
from django.db import connection, transaction
from django.test import Client, override_settings
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from every_address import Address, every_address, samples_of

from factories import big_site, site
from locality_web.core.audit import record_event
from locality_web.core.models import Job, Partnership
from locality_web.core.remembered import forget
from locality_web.core.roles import all_roles

pytestmark = pytest.mark.django_db

MOST = 15
MOST_OF = {
    "areas:locality": MOST + 3,
    "areas:option": MOST + 4,
    "areas:options": MOST + 2,
    "voice:keep_informed": MOST + 4,
}
"""A locality's page shows something of every room; that of keeping informed shows news of every room beside a form with
a map and four lists. Pages of areas read shapes and borders once in each process: counted where one is the first."""
FIRST = 46
"""The most at the first visit of a page that gathers from every room: nothing of it is remembered yet. Levels of
engagement are worked out from fourteen tables, for all conversations at once."""
OF_ALL_ROOMS = (
    *("plans:readiness", "plans:readiness_csv", "plans:locality_readiness", "plans:locality_readiness_csv"),
    *("plans:strategic_edit", "plans:strategic_lines", "plans:strategic_board", "plans:strategic_comments"),
    *("voice:open_data_zip", "voice:keep_informed", "voice:news_feed"),
    *("voice:influence", "voice:who_asked", "voice:links", "voice:partnership_links"),
    *("voice:link_new", "voice:partnership_link_new"),
    *("voice:engagement", "voice:engagement_record", "voice:engagement_record_pdf", "voice:engagement_record_csv"),
)
"""Pages that show what every room holds. `locality-web serve` reads it as it starts and keeps it in memory; what a room
holds is read again after somebody has changed it."""
ROOMS = ("areas", "core", "members", "money", "plans")
LOCALITIES = (*site.FIFE_LOCALITIES, *(f"Place {number}" for number in range(1, 9)))
APART = ("core:today", "core:mail_one", "core:sitemap")
"""The first page after sign-in is tested role by role; one mail of the demo's folder is a file, not a row; the
sitemap gathers the addresses of all partnerships from every room."""

PAGES = [
    each
    for each in every_address()
    if each.declared is not None and "GET" in each.declared.methods and each.name not in APART
]
HERE = "dunfermline"
"""The first locality by name, of which the rooms' samples speak."""

SMALL, BIG = "2027-28", "2025-26"
"""The year of the samples' small agreed plans, and one of this site's big ones, which are opened instead."""


def fill(fife: Partnership) -> None:
    """Put everything on the site that a page could list."""
    for year in ("2024/25", "2025/26"):
        big_site.planned_year(fife, year)
    administrator = site.person("administrator", fife)
    for number in range(1_500):
        record_event(administrator, "core.role_given", f"Event {number}", place=site.place(fife))
    for number in range(198):
        site.person("participant", fife, LOCALITIES[number % 12].lower().replace(" ", "-"), email=f"p{number}@x.org")
    Job.objects.bulk_create(Job(kind="core.send_mail", partnership=fife, state="done") for _ in range(120))


def with_roles(fife: Partnership, *roles: str) -> Client:
    """Somebody who holds these roles, in the locality of the samples where a role is held for one."""
    made = site.person()
    for role in roles:
        site.give_role(made, role, fife, HERE if all_roles()[role].held_for == "locality" else None)
    return site.signed_in(made)


@pytest.fixture(scope="module")
def house(django_db_setup, django_db_blocker):
    """A big site, somebody with every role on it, and a value for whatever an address carries."""
    with django_db_blocker.unblock(), override_settings(DEMO=True), transaction.atomic():
        fife = big_site.partnership("fife", "Fife", localities=LOCALITIES)
        fill(fife)
        samples = samples_of(fife)
        yield with_roles(fife, *all_roles()), samples
        transaction.set_rollback(True)


def address_of(page: Address, samples: dict) -> str:
    known = {**samples.get(page.name, {}), "partnership": "fife", "locality": HERE}
    known = {name: BIG if each == SMALL else each for name, each in known.items()}
    return reverse(page.name, kwargs={name: known[name] for name in page.carries})


def queries_for(client: Client, address: str) -> tuple[int, list[str]]:
    """Open a page and give its status and its queries, without those that begin and end a transaction."""
    with transaction.atomic(), CaptureQueriesContext(connection) as kept:
        answer = client.get(address)
        if answer.streaming:
            list(answer.streaming_content)
        transaction.set_rollback(True)
    own = ("SAVEPOINT", "RELEASE SAVEPOINT", "ROLLBACK TO SAVEPOINT", "BEGIN")
    return answer.status_code, [each["sql"] for each in kept if not each["sql"].startswith(own)]


@pytest.mark.parametrize("page", [each for each in PAGES if each.name not in OF_ALL_ROOMS], ids=str)
def test_a_page_needs_at_most_fifteen_queries(house, page):
    client, samples = house
    forget()
    status, queries = queries_for(client, address_of(page, samples))

    assert status < 400
    assert len(queries) <= MOST_OF.get(page.name, MOST), said(queries)


def test_the_sitemap_asks_each_room_few_queries(house):
    _, queries = queries_for(Client(), reverse("core:sitemap"))

    assert len(queries) <= 25, said(queries)


@pytest.mark.parametrize("room", ROOMS)
@pytest.mark.parametrize("page", [each for each in PAGES if each.name in OF_ALL_ROOMS], ids=str)
def test_a_page_of_all_rooms_needs_at_most_fifteen_after_one_of_them_has_changed(house, page, room):
    client, samples = house
    fife = Partnership.objects.get()
    address = address_of(page, samples)
    forget()
    client.get(address)
    record_event(None, f"{room}.changed", "Changed something", place=site.place(fife))
    status, queries = queries_for(client, address)

    assert status < 400
    assert len(queries) <= MOST_OF.get(page.name, MOST), said(queries)


def test_those_pages_need_no_more_than_what_they_read_of_every_room_at_the_first_visit(house):
    client, samples = house
    for page in PAGES:
        if page.name in OF_ALL_ROOMS:
            forget()
            _, queries = queries_for(client, address_of(page, samples))
            assert len(queries) <= FIRST, said(queries)


def said(queries: list[str]) -> str:
    return f"{len(queries)} queries:\n" + "\n".join(each[:160] for each in queries)


@pytest.mark.parametrize("role", all_roles())
def test_the_first_page_after_sign_in_needs_at_most_fifteen_queries_for_each_role(house, role):
    client = with_roles(Partnership.objects.get(), role)
    client.get(reverse("core:today"))
    status, queries = queries_for(client, reverse("core:today"))

    assert status == 200
    assert len(queries) <= MOST, said(queries)


@pytest.mark.parametrize("role", all_roles())
def test_that_page_needs_no_more_than_what_it_gathers_from_every_room_at_the_first_visit(house, role):
    client = with_roles(Partnership.objects.get(), role)
    forget()
    _, queries = queries_for(client, reverse("core:today"))

    assert len(queries) <= FIRST, said(queries)


def test_the_count_can_fail(house):
    client, _ = house
    _, queries = queries_for(client, reverse("areas:home", args=["fife"]))

    assert 3 <= len(queries) <= MOST
