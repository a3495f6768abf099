"""Pages of general practice, advice and decisions ask a fixed number of questions, on a site of 31 partnerships."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from factories import site, voices
from locality_web.core.models import Partnership
from locality_web.core.permissions import roles_held
from locality_web.core.remembered import forget
from locality_web.members.models import (
    Advice,
    GroupDecision,
    Liaison,
    Member,
    Practice,
    ProfessionAsked,
)
from locality_web.members.practice_today import due_for

pytestmark = pytest.mark.django_db
PARTNERSHIPS, PRACTICES, DECISIONS, ASKED = 31, 60, 20, 8


def fill(of: Partnership) -> None:
    """60 practices, half with a liaison; in one locality 20 decisions with 8 answers each; 30 pieces of advice."""
    today, locality = timezone.localdate(), of.localities.all()[0]
    member = Member(partnership=of, notices="none", shown="organisation", email="")
    people = Member.objects.bulk_create(
        Member(partnership=of, name=f"M{number}", notices="none", shown=member.shown) for number in range(PRACTICES)
    )
    practices = Practice.objects.bulk_create(
        Practice(partnership=of, code=str(number), name=f"P{number}", locality=locality, cluster=f"C{number % 9}")
        for number in range(PRACTICES)
    )
    Liaison.objects.bulk_create(
        Liaison(partnership=of, practice=one, member=who, starts=today, named_by="planner")
        for one, who in zip(practices[::2], people[::2], strict=True)
    )
    decisions = GroupDecision.objects.bulk_create(
        GroupDecision(
            partnership=of, locality=locality, title=f"D{number}", says="x", due_on=today, state="announced",
            announced_at=timezone.now() - dt.timedelta(days=40), professions=["pharmacy"],
        )
        for number in range(DECISIONS)
    )  # fmt: skip
    ProfessionAsked.objects.bulk_create(
        ProfessionAsked(
            decision=each, group="pharmacy", member=people[number], answer="Yes", token_hash=f"{each.pk}.{number}"
        )
        for each in decisions
        for number in range(ASKED)
    )
    Advice.objects.bulk_create(
        Advice(partnership=of, body="area-clinical-forum", body_name="F", state="given", about=str(number), public=True)
        for number in range(30)
    )


@pytest.fixture(scope="module")
def house(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), transaction.atomic():
        for number in range(PARTNERSHIPS):
            slug = f"place-{number}"
            fill(site.partnership(slug, slug.title(), localities=("East", "West")))
        yield Partnership.objects.get(slug="place-7")
        transaction.set_rollback(True)


def queries_of(client: Client, address: str) -> int:
    forget()
    with CaptureQueriesContext(connection) as kept:
        assert client.get(address).status_code == 200
    return sum(1 for each in kept if "SAVEPOINT" not in each["sql"])


PUBLIC = ("localities/east/decisions/", "localities/east/decisions/{decision}/", "advice/", "decisions/")
OWN = (
    "practices/",
    "practices/file/",
    "localities/east/practices/",
    "localities/east/practices/{practice}/liaison/",
    "localities/east/decisions/",
    "localities/east/decisions/{decision}/",
    "localities/east/decisions/{decision}/take/",
    "localities/east/decisions/{decision}/change/",
    "advice/",
)


def address(house, page: str) -> str:
    numbers = {"decision": house.group_decisions.all()[0].pk, "practice": house.practices.all()[0].pk}
    return f"/{house.slug}/{page.format(**numbers)}"


@pytest.mark.parametrize("page", PUBLIC)
def test_a_public_page_asks_at_most_twelve(house, page):
    assert queries_of(Client(), address(house, page)) <= 12


@pytest.mark.parametrize("page", OWN)
def test_a_page_of_those_who_keep_it_asks_at_most_fifteen(house, page):
    client = site.signed_in(site.person("planner", house))
    assert queries_of(client, address(house, page)) <= 15


def test_what_is_due_today_asks_for_decisions_and_for_practices_once_each(house):
    person = site.person("planner", house)
    for other in Partnership.objects.exclude(pk=house.pk)[:5]:
        site.give_role(person, "planner", other)
    roles = roles_held(person)
    with CaptureQueriesContext(connection) as kept:
        due_for(person, roles)
    settings = [each for each in kept if "partnershipsetting" in each["sql"]]
    assert len(kept) - len(settings) == 2


def test_the_page_of_a_link_asks_the_same_however_many_there_are(house):
    decision = house.group_decisions.all()[0]
    someone = voices.member(house)
    ProfessionAsked.objects.create(
        decision=decision, group="housing", member=someone, token_hash=voices.hash_token("query")
    )
    assert queries_of(Client(), f"/{house.slug}/answer/query/") <= 12
