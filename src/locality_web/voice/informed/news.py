"""News: what those who keep informed are told. Each thing that happened is written once, by its key."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db import connection, transaction
from django.urls import reverse
from django.utils import timezone

from locality_web.areas.queries import localities
from locality_web.core.hooks import PublicNews, ask_rooms
from locality_web.core.models import Locality, Partnership
from locality_web.core.permissions import Place
from locality_web.core.remembered import ANEW, Reader
from locality_web.voice.conversations.kinds import SEEN
from locality_web.voice.conversations.models import Conversation
from locality_web.voice.conversations.places import address_of
from locality_web.voice.informed.models import SubscriptionNews
from locality_web.voice.votes.models import Vote

_TITLE, _SAYS = 200, 400
_FRESH = dt.timedelta(days=35)
"""What happened longer ago is not told any more: more than the month of the slower digest."""
_SHOWN_FOR = dt.timedelta(days=400)
"""How long pages and feeds show what another room tells: a year of plans and a little more, own choice of 2026-11."""


@dataclass(frozen=True)
class News:
    """Something that happened.

    Args:
        key: Its stable name, like "conversation:12:opened"; it is told once.
        title: What happened, in a line.
        says: A sentence or two.
        address: Where more is on this site.
        at: When it happened.
        localities: Where; empty: in the whole partnership.
        conversation: The conversation that it is about; None: none.
        headings: Service headings that it is about.
        zones: Zones that it is about; empty: all of its localities.
    """

    key: str
    title: str
    says: str
    address: str
    at: dt.datetime
    localities: tuple[Locality, ...] = ()
    conversation: Conversation | None = None
    headings: tuple[str, ...] = field(default=())
    zones: tuple[str, ...] = ()


def tell_news(place: Place, news: News) -> bool:
    """Write news down in the transaction of its cause; the next digest carries it.

    Args:
        place: The partnership in which it happened.
        news: What happened.

    Returns:
        Whether it is new; the same key is written once, whatever is tried again.

    Raises:
        TransactionManagementError: No transaction is open. This is a mistake of ours.
    """
    if not connection.in_atomic_block:
        raise transaction.TransactionManagementError("News must be written in the transaction of its cause.")
    kept, made = SubscriptionNews.objects.get_or_create(
        partnership=place.partnership,
        key=news.key,
        defaults={
            "title": _short(news.title, _TITLE),
            "says": _short(news.says, _SAYS),
            "address": news.address,
            "at": news.at,
            "conversation": news.conversation,
            "headings": list(news.headings),
            "zones": list(news.zones),
        },
    )
    if made:
        kept.localities.set(news.localities)
    return made


def gather_news(partnership: Partnership) -> int:
    """Write down what happened, in this room and in others, and is not written yet; gives how much that was."""
    since = timezone.now() - _FRESH
    known = set(partnership.news.filter(at__gte=since).values_list("key", flat=True))
    new = [each for each in happened(partnership) if each.at >= since and each.key not in known]
    return sum(tell_news(Place(partnership), each) for each in new)


def happened(partnership: Partnership, memory: Reader = ANEW) -> list[News]:
    """Give what happened that everybody can read of, in every room, the newest first.

    Args:
        partnership: Whose news.
        memory: What is remembered of other rooms; pages that only show hand one in.
    """
    own = memory.read(("voice.own_news",), ("voice",), lambda: _of_this_room(partnership))
    found = [*own, *_of_other_rooms(partnership, memory)]
    return sorted(found, key=lambda news: (news.at, news.key), reverse=True)


def _of_other_rooms(partnership: Partnership, memory: Reader) -> list[News]:
    since = timezone.now() - _SHOWN_FOR
    told = [each for answer in ask_rooms("public_news", "happened", partnership, since, memory) for each in answer]
    places = memory.read(("voice.news_places",), ("areas", "core"), lambda: list(localities(partnership)))
    by_slug = {each.slug: each for each in places}
    return [_news_of(each, by_slug) for each in told if not each.localities or set(each.localities) & set(by_slug)]


def _news_of(told: PublicNews, by_slug: dict[str, Locality]) -> News:
    where = tuple(by_slug[slug] for slug in told.localities if slug in by_slug)
    return News(told.key, told.title, told.says, told.address, told.at, where, headings=told.headings, zones=told.zones)


def _of_this_room(partnership: Partnership) -> list[News]:
    kept = partnership.conversations.filter(state__in=SEEN).select_related("held_by").prefetch_related("localities")
    conversations = {each.pk: each for each in kept}
    for each in conversations.values():
        each.partnership = partnership
    votes = Vote.objects.filter(conversation__in=conversations, opened_at__isnull=False)
    found = [news for each in conversations.values() for news in _of_conversation(each)]
    return [*found, *(news for each in votes for news in _of_vote(each, conversations[each.conversation_id]))]


def _of_conversation(each: Conversation) -> Iterable[News]:
    if each.opened_at is not None:
        closes = f"Open until {each.closes_on.day} {each.closes_on:%B %Y}."
        yield _news(each, "opened", f"Have your say: {each.title}", f"{each.question} {closes}", each.opened_at)
    if each.state == "answered":
        address = reverse("voice:answers", args=[each.partnership.slug, each.slug])
        says = each.we_did or "Every view has its answer."
        again = each.times_answered > 1
        what = f"answered:{each.times_answered}" if again else "answered"
        title = f"{'Answered again' if again else 'You said, we did'}: {each.title}"
        yield _news(each, what, title, says, each.state_since, address)
    if each.state == "withdrawn":
        says = "This conversation does not go on. Its page says why."
        yield _news(each, "withdrawn", f"Withdrawn: {each.title}", says, each.state_since)


def _of_vote(vote: Vote, conversation: Conversation) -> Iterable[News]:
    if vote.state == Vote.State.CALLED_OFF:
        return
    here = [conversation.partnership.slug, vote.pk]
    name = f"vote:{vote.pk}"
    if vote.opened_at is not None:
        closes = f"Ballots are taken until {vote.closes_on.day} {vote.closes_on:%B %Y}."
        title, address = f"A vote is open: {vote.title}", reverse("voice:vote", args=here)
        yield _news(conversation, "opened", title, f"{vote.who_may} {closes}", vote.opened_at, address, name=name)
    if vote.published_at is not None:
        title, address = f"The result of a vote: {vote.title}", reverse("voice:result", args=here)
        says = "What was chosen, and why each project won or not."
        yield _news(conversation, "published", title, says, vote.published_at, address, name=name)


def _news(  # one row of news has so many parts
    each: Conversation, what: str, title: str, says: str, at: dt.datetime, address: str = "", *, name: str = ""
) -> News:
    return News(
        f"{name or f'conversation:{each.pk}'}:{what}",
        title,
        says,
        address or address_of(each),
        at,
        tuple(each.localities.all()) or ((each.held_by,) if each.held_by else ()),
        each,
        tuple(each.headings),
    )


def _short(text: str, most: int) -> str:
    line = " ".join(text.split())
    return line if len(line) <= most else f"{line[: most - 1].rstrip()}…"
