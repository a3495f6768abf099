"""Thirty-one partnerships of nine localities with 200 members each: a page of people asks a fixed number of questions.

The table holds every page that lists people, or what they do, with its queries when nothing is in memory; there must
be as many for 2 members in a locality as for 200.
"""

from __future__ import annotations

import pytest
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from factories import crowd, site
from locality_web.core.models import Partnership
from locality_web.core.remembered import forget
from locality_web.members.models import Meeting, Member, Seat, SeatTerm

pytestmark = pytest.mark.django_db

PARTNERSHIPS, MEMBERS = 31, 200
LOCALITIES = tuple(f"Place {number}" for number in range(1, 10))
HERE, WHOLE = "localities/place-1/", "groups/whole/"
QUERIES = {
    # page: (queries of a visitor, queries of a planner); None: not for visitors
    HERE: (11, 15),
    "localities/": (11, 15),
    f"{HERE}briefing/": (11, 15),
    f"{HERE}group/": (10, 15),
    f"{WHOLE}group/": (9, 14),
    "groups/": (8, 12),
    f"{HERE}meetings/": (3, 7),
    "meetings/": (3, 7),
    f"{HERE}decisions/": (8, 12),
    "decisions/": (5, 9),
    f"{HERE}connections/": (5, 9),
    "connections/": (4, 8),
    f"{HERE}register/": (None, 9),
    f"{WHOLE}register/": (None, 9),
    f"{HERE}practices/": (None, 10),
    "practices/": (None, 10),
    f"{HERE}access/": (None, 14),
    "access/": (None, 10),
    "letters/": (None, 8),
    "taking-part/": (None, 12),
}
ROWS = [(page, "visitor", count) for page, (count, _) in QUERIES.items() if count is not None]
ROWS += [(page, "planner", count) for page, (_, count) in QUERIES.items()]


@pytest.fixture(scope="module")
def nation(django_db_setup, django_db_blocker):
    """The whole nation; and how many questions each page asked when each locality had two members."""
    with django_db_blocker.unblock(), transaction.atomic():
        small, first = (site.partnership(slug, slug, localities=LOCALITIES) for slug in ("small", "first"))
        crowd.gather(small, 2, busy=True)
        for number in range(2, PARTNERSHIPS):
            crowd.gather(site.partnership(f"other-{number}", f"Other {number}", localities=LOCALITIES), MEMBERS)
        crowd.gather(first, MEMBERS, busy=True)
        yield {of.slug: {"visitor": Client(), "planner": as_planner(of)} for of in (small, first)}
        transaction.set_rollback(True)


def as_planner(of: Partnership) -> Client:
    """A planner who sits in a group."""
    planner = site.person("planner", of)
    named = Member.objects.filter(partnership=of).first()
    named.person = planner
    named.save()
    return site.signed_in(planner)


def asked(client: Client, address: str, *, anew: bool = True) -> int:
    """Count the questions of a page; `anew`: nothing is in memory."""
    if anew:
        forget()
    with CaptureQueriesContext(connection) as kept:
        assert client.get(address).status_code == 200
    return len([each for each in kept if "SAVEPOINT" not in each["sql"]])


def test_everybody_is_there(nation):
    each = 30 * 9 * 200 + 9 * 2
    assert [kind.objects.count() for kind in (Member, Seat, SeatTerm)] == [each] * 3
    assert Meeting.objects.count() == 31 * 9 * crowd.MEETINGS


def test_the_first_page_after_sign_in_asks_as_often_too_once_it_was_opened(nation):
    found = []
    for slug in ("small", "first"):
        client = nation[slug]["planner"]
        client.get("/today/")
        found.append(asked(client, "/today/", anew=False))

    assert found[0] == found[1] <= 15


@pytest.mark.parametrize(("page", "who", "count"), ROWS)
def test_a_page_asks_as_often_for_200_members_as_for_2(nation, page, who, count):
    found = [asked(nation[slug][who], f"/{slug}/{page}") for slug in ("small", "first")]

    assert found == [count, count]
    assert count <= (12 if who == "visitor" else 15)
