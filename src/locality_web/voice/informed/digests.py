"""Digests: what happened since the last one, in at most five things and a link, each told once.

A portion of addresses is told in one transaction with the marks up to when each was told: whatever is killed, nothing
is told twice and nothing is left out. News is gathered some minutes before digests are written, so that whoever wrote
some at that moment has ended their transaction.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from itertools import groupby

from django.db.models import Q, QuerySet
from django.utils import timezone

from locality_web.core.jobs import job, start
from locality_web.core.languages import path_in, speaking, spoken, tell, tell_count
from locality_web.core.languages_kept import tell_kept
from locality_web.core.mail import send_text
from locality_web.core.models import Job, Partnership
from locality_web.core.permissions import Place
from locality_web.core.site_address import full_address
from locality_web.core.words import count_of
from locality_web.voice.channels.models import Letter
from locality_web.voice.informed.changes import forget_unconfirmed
from locality_web.voice.informed.circles import Circle, say_circle
from locality_web.voice.informed.digest_plan import GATHER, SEND, plan_digests
from locality_web.voice.informed.matching import About, Chosen, is_for, localities_by_zone
from locality_web.voice.informed.models import Subscription, SubscriptionNews
from locality_web.voice.informed.news import gather_news
from locality_web.voice.informed.times import latest_moment
from locality_web.voice.informed.tokens import stop_address

MOST = 5  # own choice of the founders, 2026-11: what fits on one screen of a phone and is read
PORTION = 100  # addresses in one transaction, a guess of about a second
_WAIT = dt.timedelta(minutes=5)  # longer than any transaction lasts


@job(GATHER)
def gather(job: Job) -> str:
    """Write down what happened, forget addresses that nobody confirmed, and let digests follow."""
    assert job.partnership is not None
    number = gather_news(job.partnership)
    forget_unconfirmed(job.partnership)
    if job.partnership.subscriptions.exists():
        now = timezone.now()
        start(SEND, {"upto": now.isoformat()}, place=Place(job.partnership), run_after=now + _WAIT)
        plan_digests(job.partnership)
    return f"Wrote {count_of(number, 'piece', 'pieces')} of news."


@job(SEND)
def send(job: Job) -> str:
    """Put what happened into digests, by e-mail and by letter; each subscription is told once."""
    assert job.partnership is not None
    upto = dt.datetime.fromisoformat(job.arguments["upto"])
    told, more = send_digests(job.partnership, upto)
    if more:
        start(SEND, job.arguments, place=Place(job.partnership))
    return f"Wrote {count_of(told, 'digest')}."


def send_digests(partnership: Partnership, upto: dt.datetime) -> tuple[int, bool]:
    """Write the digests of one portion of those to whom one is due; must run inside a transaction.

    Args:
        partnership: Whose.
        upto: News that was written until then is told.

    Returns:
        How many digests were written, and whether more subscriptions may be due.
    """
    due = _due(partnership, upto)
    first = due.order_by("email", "pk").values_list("email", "pk")[:PORTION]
    emails, letters = {email for email, _ in first if email}, [pk for email, pk in first if not email]
    found = due.filter(Q(email__in=emails) | Q(pk__in=letters)).select_for_update(of=("self",))
    those = list(found.select_related("locality", "conversation").order_by("email", "pk"))
    if not those:
        return 0, False
    news = _news_since(partnership, min(each.told_to or upto for each in those), upto)
    zones = localities_by_zone(partnership) if any(Chosen.of(each).is_of_a_place for each in those) else {}
    told = 0
    for _, group in groupby(those, lambda each: each.email or each.pk):
        mine = list(group)
        chosen = [one for one in news if any(_is_for(each, one, zones) for each in mine)]
        if chosen:
            _write(partnership, mine, chosen, upto)
            told += 1
    Subscription.objects.filter(pk__in=[each.pk for each in those]).update(told_to=upto)
    return told, len(first) == PORTION


def _due(partnership: Partnership, upto: dt.datetime) -> QuerySet[Subscription]:
    weekly, monthly = (Q(rhythm=rhythm, told_to__lt=latest_moment(rhythm, upto)) for rhythm in Subscription.Rhythm)
    return partnership.subscriptions.filter(weekly | monthly, confirmed_at__isnull=False)


def _news_since(partnership: Partnership, since: dt.datetime, upto: dt.datetime) -> list[SubscriptionNews]:
    kept = partnership.news.filter(written_at__gt=since, written_at__lte=upto)
    return list(kept.prefetch_related("localities"))


def about(news: SubscriptionNews) -> About:
    """Give what news is about."""
    localities = frozenset(each.pk for each in news.localities.all())
    return About(localities, news.conversation_id, news.headings, news.zones)


def _is_for(kept: Subscription, news: SubscriptionNews, zones: dict[str, int]) -> bool:
    since = kept.told_to or kept.made_at
    return news.written_at > since and is_for(Chosen.of(kept), about(news), zones)


def _write(
    partnership: Partnership, those: Sequence[Subscription], news: Sequence[SubscriptionNews], upto: dt.datetime
) -> None:
    first = those[0]
    with speaking(first.language):
        _send(partnership, those, digest_text(partnership, news), upto)


def _send(partnership: Partnership, those: Sequence[Subscription], text: str, upto: dt.datetime) -> None:
    subject, first = tell("News from {partnership}", partnership=partnership), those[0]
    if first.means == Subscription.Means.POST:
        key = f"digest:{first.pk}:{upto.isoformat()}"
        Letter.objects.create(partnership=partnership, key=key, subscription=first, subject=subject, text=text)
        return
    stops = stop_address(partnership, those)
    headers = {"List-Unsubscribe": f"<{stops}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"}
    send_text(
        first.email, subject, f"{text}\n\n{_ends(partnership, those, stops)}", place=Place(partnership), headers=headers
    )


def digest_text(partnership: Partnership, news: Sequence[SubscriptionNews]) -> str:
    """Write what happened: at most five things, the newest first, and where the rest is."""
    parts = []
    for each in sorted(news, key=lambda one: (one.at, one.pk), reverse=True)[:MOST]:
        parts += [tell_kept(each.title).upper(), tell_kept(each.says), full_address(path_in(spoken(), each.address))]
    if len(news) > MOST:
        parts.append(tell_count(len(news) - MOST, "There is {number} more:", "There are {number} more:"))
        parts.append(full_address(path_in(spoken(), f"/{partnership.slug}/keep-informed/")))
    return "\n\n".join(part for part in parts if part)


def _ends(partnership: Partnership, those: Iterable[Subscription], stops: str) -> str:
    what = "\n".join(say_what(each) for each in those)
    asked, stop = tell("You asked for:"), tell("To stop it, open this page. You need no account for it.")
    return f"{partnership}\n\n{asked}\n{what}\n\n{stop}\n\n{stops}"


def say_what(kept: Subscription) -> str:
    """Say what a subscription is about."""
    parts = [str(each) for each in (kept.conversation, kept.locality, kept.heading) if each]
    if circle := Circle.of(kept.longitude, kept.latitude, kept.around):
        parts.append(say_circle(kept.partnership, circle))
    parts += [tell("the place {zone}", zone=kept.zone)] if kept.zone else []
    what = ", ".join(parts) or tell("the whole partnership")
    return tell("News of {what}, {rhythm}", what=what, rhythm=tell(kept.get_rhythm_display()).lower())
