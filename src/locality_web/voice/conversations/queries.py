"""Read conversations and what was said in them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone

from locality_web.areas.models import ZoneIn
from locality_web.areas.queries import version_on
from locality_web.core.languages import ENGLISH, spoken, tell
from locality_web.core.models import Locality, Partnership
from locality_web.core.permissions import Place
from locality_web.voice.conversations.kinds import PUBLIC_VIEW, SEEN
from locality_web.voice.conversations.models import Conversation, Translation
from locality_web.voice.conversations.said import Opinion

PAGE = 20
"""So many views stand on one page."""

ORDERS = {"newest": ("-made_at", "-pk"), "supported": ("-supporters", "-made_at", "-pk")}


def conversations_of(place: Place, *, drafts: bool = False) -> QuerySet[Conversation]:
    """Give the conversations of a partnership, or those that a locality is asked in; the latest first.

    Args:
        place: The partnership or one of its localities.
        drafts: Whether drafts are among them.
    """
    found = Conversation.objects.filter(partnership=place.partnership).select_related("held_by")
    if not drafts:
        found = found.filter(state__in=SEEN)
    if place.locality is not None:
        here, everywhere = Q(localities=place.locality), Q(localities__isnull=True)
        found = found.filter(here | everywhere).distinct()
    return found.prefetch_related("localities")


def public_views(conversation: Conversation) -> QuerySet[Opinion]:
    """Give the views that everybody can read: shown, and their author agreed that they may be. Replies are apart."""
    return _public(Opinion.objects.filter(conversation=conversation, replies_to__isnull=True))


def replies_to(view: Opinion) -> QuerySet[Opinion]:
    """Give the replies to a view that everybody can read, the first one first."""
    return _public(view.replies.select_related("mark")).order_by("made_at", "pk")


def _public(those: QuerySet[Opinion]) -> QuerySet[Opinion]:
    return those.filter(state__in=PUBLIC_VIEW, contribution__consents=True)


@dataclass(frozen=True)
class Looking:
    """Which views somebody looks for: their order, a heading, and words."""

    order: str = "newest"
    heading: str = ""
    words: str = ""


def views_for(conversation: Conversation, looking: Looking) -> QuerySet[Opinion]:
    """Give the public views that somebody looks for, in their order."""
    found = public_views(conversation)
    if looking.heading:
        found = found.filter(heading=looking.heading)
    for word in looking.words.split()[:5]:
        found = found.filter(text__icontains=word)
    return found.order_by(*ORDERS.get(looking.order, ORDERS["newest"]))


def with_replies(views: QuerySet[Opinion]) -> QuerySet[Opinion]:
    """Give views with the number of replies that everybody can read, as `reply_count`; for one page of them."""
    replies = _public(Opinion.objects.filter(replies_to=OuterRef("pk"))).order_by()
    counted = replies.values("replies_to").annotate(all=Count("pk")).values("all")
    return views.annotate(reply_count=Coalesce(Subquery(counted), 0))


def translations_of(conversation: Conversation, names: Iterable[str] = ()) -> dict[str, Translation]:
    """Give the translations into the language of the page by the name of the text; English has none."""
    if spoken() is ENGLISH:
        return {}
    found = conversation.translations.filter(language=spoken().code)
    wanted = tuple(names)
    return {each.of: each for each in (found.filter(of__in=wanted) if wanted else found)}


IN_LOCALITY = "in:"
"""Begins the choice of somebody who says only the locality in which they live; its key follows."""


def zone_choices(
    partnership: Partnership, day: dt.date | None = None, *, whole: bool = False
) -> list[tuple[str, list[tuple[str, str]]]]:
    """Give the zones of today by the name of their locality: code and name of each, for a list to choose from.

    Args:
        partnership: Whose.
        day: Of which day; None: today.
        whole: Whether each locality can be chosen as a whole too, by those who do not want to say more.
    """
    version = version_on(partnership, day or timezone.localdate())
    rows = ZoneIn.objects.filter(version=version).order_by("locality__name", "name", "zone")
    found: dict[str, list[tuple[str, str]]] = {}
    for name, zone, locality, key in rows.values_list("name", "zone", "locality__name", "locality"):
        if locality not in found:
            only = tell("Somewhere in {locality}", locality=locality)
            found[locality] = [(f"{IN_LOCALITY}{key}", only)] if whole else []
        found[locality].append((zone, name or zone))
    return list(found.items())


def read_home(partnership: Partnership, chosen: str) -> tuple[str, Locality | None]:
    """Read where somebody lives out of such a list: the zone, or the locality of those who say no more than that."""
    if not chosen.startswith(IN_LOCALITY):
        return chosen, None
    key = chosen.removeprefix(IN_LOCALITY)
    return "", partnership.localities.filter(pk=key).first() if key.isdecimal() else None
