"""Very much was said and decided: every public page of it asks few queries and stays small.

5,000 views with 1,000 replies in one conversation, 40 answered themes, 20,000 links of influence, and a vote of 100
projects and 10,000 ballots (`factories/full_voice.py`). The table says how many queries a page asks when nothing is in
memory, how many when it was opened before, and its size in kB; time is not measured here but by `bench/site.py --cpu`.
"""

from __future__ import annotations

import pytest
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from factories import big_site, full_voice
from locality_web.core.remembered import forget
from locality_web.plans.influence_things import things
from locality_web.voice.sense.answer_queries import closing_of, views_by_answer, views_without_answer

pytestmark = pytest.mark.django_db
TALK, VOTE, PLACE = "conversations/full/", "votes/{vote}/", "localities/east/"
ALL_ROOMS = 36
"""The most at the first visit of pages that show what every room holds, as in `test_query_counts.py`."""
PAGES = {
    # page: (queries at first, queries later, kB)
    "conversations/": (10, 10, 20),
    TALK: (8, 8, 40),
    f"{TALK}?page=100": (8, 8, 40),
    f"{TALK}?order=supported": (8, 8, 40),
    f"{TALK}?words=surgery": (8, 8, 40),
    f"{TALK}views/{{view}}/": (8, 8, 30),
    f"{TALK}answers/": (12, 12, 80),
    f"{TALK}groups/": (6, 6, 40),
    f"{TALK}heard/": (6, 6, 40),
    f"{TALK}open-data/": (6, 6, 40),
    "influence/": (ALL_ROOMS, 4, 60),
    "influence/{pounds}/": (ALL_ROOMS, 4, 60),
    "became/": (4, 4, 20),
    f"{PLACE}priorities/": (10, 6, 40),
    f"{PLACE}priorities/{{order}}/": (6, 6, 60),
    "votes/": (6, 6, 20),
    VOTE: (10, 10, 60),
    f"{VOTE}ballot/": (6, 6, 40),
    f"{VOTE}check/": (6, 6, 20),
    f"{VOTE}result/": (10, 8, 80),
    f"{VOTE}result.json": (8, 8, 80),
}


@pytest.fixture(scope="module")
def full(django_db_setup, django_db_blocker):
    """A partnership with agreed plans, full of what was said; and what its addresses carry."""
    with django_db_blocker.unblock(), transaction.atomic():
        fife = big_site.partnership("fife", "Fife", localities=("North", "South", "East", "West"), catalogue=40)
        big_site.planned_year(fife, "2025/26", published=False)
        made = full_voice.fill(fife)
        pounds = next(each.name for each in things(fife) if each.kind == "pounds")
        named = reverse("voice:who_asked", args=["fife", pounds]).removeprefix("/fife/influence/").rstrip("/")
        carried = {"view": made.view.pk, "vote": made.vote.pk, "order": made.prioritising.pk, "pounds": named}
        yield made, carried
        transaction.set_rollback(True)


def asked(address: str, post: dict[str, str] | None = None) -> tuple[int, float]:
    """Open a page; give its queries and its size in kB."""
    with CaptureQueriesContext(connection) as kept:
        answer = Client().get(address) if post is None else Client().post(address, post)
    assert answer.status_code == 200
    return len([each for each in kept if "SAVEPOINT" not in each["sql"]]), len(answer.content) / 1000


@pytest.mark.parametrize("page", PAGES)
def test_a_page_asks_few_queries_and_stays_small(full, page):
    _, carried = full
    first, later, size = PAGES[page]
    address = f"/fife/{page.format(**carried)}"
    forget()
    found = [asked(address) for _ in range(2)]

    assert found[0][0] <= first
    assert found[1][0] <= later
    assert found[1][1] <= size


def test_what_became_of_a_view_asks_few_queries_whatever_was_said_by_others(full):
    made, _ = full
    forget()
    asked("/fife/influence/")
    queries, size = asked("/fife/became/", {"code": made.receipt})

    assert queries <= 24
    assert size <= 60


def test_pages_count_the_views_without_an_answer_as_closing_does(full):
    made, _ = full
    talk = made.talk
    assert views_without_answer(talk).count() == len(closing_of(talk).unanswered) == 0

    with transaction.atomic():
        theme = talk.themes.order_by("pk")[0]
        theme.answer = None
        theme.save()
        found = {each.pk for each in views_without_answer(talk)}
        assert found == {int(each.ref.id.partition(":")[2]) for each in closing_of(talk).unanswered}
        assert found
        assert sum(len(views) for views in views_by_answer(talk).values()) < 7_500
        transaction.set_rollback(True)
