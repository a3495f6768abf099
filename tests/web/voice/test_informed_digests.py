"""Digests: short, once a week or a month at most, each piece of news told once."""

import datetime as dt

import pytest
from django.core import mail
from django.db import transaction
from django.utils import timezone

from factories import informed_site, site, voice_site
from locality_web.core.jobs import work_once
from locality_web.core.models import Job
from locality_web.voice.channels.models import Letter
from locality_web.voice.informed.digest_plan import plan_digests
from locality_web.voice.informed.digests import send_digests
from locality_web.voice.informed.matching import About, Chosen, is_for
from locality_web.voice.informed.news import News, gather_news, tell_news
from locality_web.voice.informed.times import latest_moment, next_moment
from locality_web.voice.models import Subscription, SubscriptionNews

pytestmark = pytest.mark.django_db


def news(number: int = 1, **more) -> News:
    return News(f"thing:{number}", f"Thing {number}", "It happened.", "/fife/", timezone.now(), **more)


def told(fife, *those: News) -> None:
    with transaction.atomic():
        for each in those:
            tell_news(site.place(fife), each)


def digest(fife) -> int:
    with transaction.atomic():
        number, _ = send_digests(fife, timezone.now())
    while work_once():
        pass
    return number


def moment(text: str) -> dt.datetime:
    return timezone.make_aware(dt.datetime.fromisoformat(text))


@pytest.mark.parametrize(
    ("now", "weekly", "monthly"),
    [
        ("2026-11-23T08:00", "2026-11-23T07:00", "2026-11-02T07:00"),
        ("2026-11-23T06:59", "2026-11-16T07:00", "2026-11-02T07:00"),
        ("2026-11-02T07:00", "2026-11-02T07:00", "2026-11-02T07:00"),
        ("2026-11-01T12:00", "2026-10-26T07:00", "2026-10-05T07:00"),
    ],
)
def test_digests_are_due_on_monday_and_on_the_first_monday_of_a_month(now, weekly, monthly):
    assert latest_moment("weekly", moment(now)) == moment(weekly)
    assert latest_moment("monthly", moment(now)) == moment(monthly)
    assert next_moment(moment(now)) == moment(weekly) + dt.timedelta(days=7) or "2026-11-01" in now


def test_a_digest_has_five_things_and_says_where_the_rest_is(fife):
    informed_site.subscription(fife)
    told(fife, *(news(number) for number in range(7)))

    assert digest(fife) == 1
    (message,) = mail.outbox
    assert message.subject == "News from Fife"
    assert message.body.count("It happened.") == 5
    assert "There are 2 more:" in message.body
    assert message.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"


def test_what_was_told_is_not_told_again(fife):
    informed_site.subscription(fife)
    told(fife, news())

    assert [digest(fife), digest(fife)] == [1, 0]
    assert len(mail.outbox) == 1


def test_nothing_new_means_no_mail(fife):
    informed_site.subscription(fife)

    assert digest(fife) == 0


def test_one_address_gets_one_digest_for_all_that_it_asked_for(fife):
    levenmouth = site.locality(fife)
    informed_site.subscription(fife, locality=levenmouth)
    informed_site.subscription(fife, heading="Home care")
    told(fife, news(1, localities=(levenmouth,)), news(2, headings=("Home care",)), news(3, localities=(levenmouth,)))

    digest(fife)

    (message,) = mail.outbox
    assert message.body.count("It happened.") == 3


def test_an_address_that_was_not_confirmed_gets_nothing(fife):
    informed_site.subscription(fife, confirmed_at=None, told_to=None)
    told(fife, news())

    assert digest(fife) == 0


def test_the_same_thing_is_written_once(fife):
    told(fife, news(), news())

    assert SubscriptionNews.objects.count() == 1


def test_conversations_become_news_by_themselves_once(fife):
    voice_site.conversation(fife, "levenmouth")
    voice_site.conversation(fife, state="answered", we_did="We moved the bus stop.")

    with transaction.atomic():
        assert (gather_news(fife), gather_news(fife)) == (3, 0)


def test_a_letter_holds_the_digest_of_whoever_chose_post(fife):
    kept = informed_site.subscription(fife, means="post")
    told(fife, news())

    digest(fife)

    letter = Letter.objects.get()
    assert (letter.subscription, letter.batch) == (kept, None)
    assert "Agnes" not in letter.text + letter.subject


def test_a_worker_gathers_news_and_sends_digests_on_monday(fife):
    informed_site.subscription(fife)
    voice_site.conversation(fife)
    with transaction.atomic():
        plan_digests(fife)
        plan_digests(fife)
    assert Job.objects.filter(kind="voice.gather_news").count() == 1

    for kind in ("voice.gather_news", "voice.send_digests", "core.mail"):
        Job.objects.filter(kind=kind, state="waiting").update(run_after=timezone.now())
        work_once()

    assert len(mail.outbox) == 1
    assert "HAVE YOUR SAY" in mail.outbox[0].body


EVERYWHERE, HERE, THERE = (
    About(frozenset(), 7, (), ()),
    About(frozenset({1}), 7, ("Home care",), ()),
    About(frozenset({2}), 8, (), ()),
)


@pytest.mark.parametrize(
    ("chosen", "fits"),
    [
        (Chosen(), [True, True, True]),
        (Chosen(locality=1), [True, True, False]),
        (Chosen(conversation=7), [True, True, False]),
        (Chosen(heading="Home care"), [False, True, False]),
        (Chosen(zone="S01"), [True, True, False]),
        (Chosen(locality=2, zone="S01"), [True, False, False]),
    ],
)
def test_news_reaches_those_whom_it_concerns(chosen, fits):
    assert [is_for(chosen, about, {"S01": 1}) for about in (EVERYWHERE, HERE, THERE)] == fits


def test_news_of_a_few_zones_reaches_those_who_chose_one_of_them():
    about = About(frozenset({1}), None, (), ("S01",))
    assert is_for(Chosen(zone="S01"), about, {"S01": 1, "S02": 1})
    assert not is_for(Chosen(zone="S02"), about, {"S01": 1, "S02": 1})


def test_subscriptions_that_nobody_confirmed_are_forgotten(fife):
    from locality_web.voice.informed.changes import forget_unconfirmed

    informed_site.subscription(fife, confirmed_at=None)
    informed_site.subscription(fife, "ben@example.org")

    assert forget_unconfirmed(fife) == 1
    assert Subscription.objects.get().email == "ben@example.org"
