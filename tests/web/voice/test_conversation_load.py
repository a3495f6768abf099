"""5,000 views and 1,000 replies in one conversation: its pages ask a fixed number of queries, and are made quickly."""

import hashlib
import time

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from factories import site, talks, voice_site
from locality_web.voice.models import Contribution, Conversation, Opinion

VIEWS, REPLIES, MOST = 5_000, 1_000, 12
MOST_OF_KEEPERS = 15
MOST_SECONDS = 0.25
"""Process time for one page, not counting the wait for other work of the machine; some 0.05 where it was measured."""


def fill(talk: Conversation, views: int, replies: int) -> None:
    """Put views and replies into a conversation, each with a contribution of its own."""
    made = Contribution.objects.bulk_create(
        Contribution(
            conversation=talk,
            channel="web",
            consents=True,
            receipt=hashlib.sha256(f"{talk.pk} {number}".encode()).hexdigest(),
        )
        for number in range(views + replies)
    )
    said = "The bus number {} should stop at the surgery, and wait there when somebody is slow."
    first = Opinion.objects.bulk_create(
        Opinion(conversation=talk, contribution=of, text=said.format(at), state="shown", supporters=at % 90)
        for at, of in enumerate(made[:views])
    )
    Opinion.objects.bulk_create(
        Opinion(conversation=talk, contribution=of, text="So do I.", state="shown", replies_to=first[at % 50])
        for at, of in enumerate(made[views:])
    )


@pytest.fixture
def full(fife):
    talk = talks.opened(site.person("planner", fife), site.place(fife))
    fill(talk, VIEWS, REPLIES)
    return talk


def cost(address: str) -> tuple[int, float]:
    """Count the queries of a page and its process time, the quickest of three."""
    client, seconds = Client(), []
    client.get(address)
    for _ in range(3):
        started = time.process_time()
        with CaptureQueriesContext(connection) as asked:
            assert client.get(address).status_code == 200
        seconds.append(time.process_time() - started)
    return len(asked), min(seconds)


@pytest.mark.django_db
def test_every_page_of_a_full_conversation_asks_few_queries_and_is_made_quickly(full, fife):
    there = f"/fife/conversations/{full.slug}/"
    view = full.opinions.filter(replies_to=None, text__contains="number 7 ").get()
    found = {
        name: cost(address)
        for name, address in {
            "list": "/fife/conversations/",
            "first": there,
            "gaelic": f"/gd{there}",
            "supported": f"{there}?order=supported",
            "last": f"{there}?page=250",
            "words": f"{there}?words=surgery+bus",
            "view": f"{there}views/{view.pk}/",
            "say": f"{there}say/",
        }.items()
    }

    empty = voice_site.conversation(fife, kinds=full.kinds)
    voice_site.opinion(empty)
    assert cost(f"/fife/conversations/{empty.slug}/")[0] == found["first"][0]
    assert {name: queries for name, (queries, _) in found.items() if queries > MOST} == {}
    assert {name: seconds for name, (_, seconds) in found.items() if seconds > MOST_SECONDS} == {}, found


@pytest.mark.django_db
def test_the_pages_of_keepers_ask_few_queries(fife, as_role):
    keeper = as_role("planner")
    talk = talks.opened(site.person("planner", fife), site.place(fife))
    fill(talk, 60, 10)
    found = {}
    for name in ("edit/", "state/", "moderate/?part=unread", "translations/"):
        with CaptureQueriesContext(connection) as asked:
            assert keeper.get(f"/fife/conversations/{talk.slug}/{name}").status_code == 200
        found[name] = len(asked)
    assert {name: queries for name, queries in found.items() if queries > MOST_OF_KEEPERS} == {}


@pytest.mark.django_db
def test_the_list_asks_the_same_whatever_the_number_of_conversations(fife):
    voice_site.conversation(fife, "levenmouth")
    few, _ = cost("/fife/conversations/")
    for number in range(60):
        voice_site.conversation(fife, ("kirkcaldy", None)[number % 2], opens_on=timezone.localdate())
    many, _ = cost("/fife/conversations/")
    assert few == many <= MOST
