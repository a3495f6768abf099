"""What the pages of conversations show."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Page, Paginator
from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest
from django.utils import timezone

from locality_web.core.languages import LANGUAGES, spoken, tell, tell_day
from locality_web.core.permissions import Place, may
from locality_web.voice.conversations import kinds
from locality_web.voice.conversations.boundaries import options_asked
from locality_web.voice.conversations.models import Conversation, Translation
from locality_web.voice.conversations.places import address_of, place_of
from locality_web.voice.conversations.queries import (
    ORDERS,
    PAGE,
    Looking,
    conversations_of,
    public_views,
    translations_of,
    views_for,
    with_replies,
)
from locality_web.voice.conversations.said import Opinion
from locality_web.voice.conversations.typed_numbers import read_number

_WRITTEN_IN = "en"
"""What keepers write is in English; the Gaelic of it is a translation that somebody entered."""
MOST_PAGES = 1_000


@dataclass(frozen=True)
class Told:
    """A text as a page shows it: in which language (empty: that of the page), and who translated it (empty: nobody)."""

    text: str
    lang: str = ""
    by: str = ""


def told(text: str, translation: Translation | None, *, written_in: str = _WRITTEN_IN) -> Told:
    """Give a text in the language of the page where somebody translated it, or else as it was written."""
    if translation is not None:
        return Told(translation.text, by=translation.by_name)
    return Told(text, lang_of(written_in))


def lang_of(language: str) -> str:
    """Give what a page says of a text that stands in a language; empty: it is the page's own."""
    if language == spoken().code:
        return ""
    return LANGUAGES[language].tag if language in LANGUAGES else language


def told_parts(conversation: Conversation, translated: Mapping[str, Translation]) -> dict[str, Told]:
    """Give the texts of a conversation as the page shows them, by the name of their field."""
    names = ("title", "question", "background", "open_to_change", "not_open", "other_ways", "asks_why", "state_why")
    return {name: told(getattr(conversation, name), translated.get(f"conversation.{name}")) for name in names}


def told_of(conversation: Conversation) -> dict[str, dict[str, Told]]:
    """Give the same as what a page shows besides its own figures; English pages ask nothing for it."""
    return {"told": told_parts(conversation, translations_of(conversation))}


@dataclass(frozen=True)
class Listed:
    """A conversation in a list."""

    title: Told
    question: Told
    address: str
    where: str
    when: str
    views: int


def list_page(place: Place) -> dict[str, Any]:
    """Give the conversations of a place by where they stand."""
    those = list(conversations_of(place))
    for each in those:
        each.partnership = place.partnership
    counts = _view_counts(those)
    translated = _translated(those)
    listed = {
        state: [_listed(each, translated, counts) for each in those if _stands(each) == state]
        for state in ("open", "to_come", "answering", "answered")
    }
    return {"listed": listed, "none": not those}


def _stands(conversation: Conversation) -> str:
    if conversation.state == "open":
        return "to_come" if conversation.opens_on > timezone.localdate() else "open"
    return "answered" if conversation.state in ("answered", "withdrawn") else "answering"


def _listed(
    conversation: Conversation, translated: Mapping[tuple[int, str], Translation], counts: Mapping[int, int]
) -> Listed:
    title = told(conversation.title, translated.get((conversation.pk, "conversation.title")))
    question = told(conversation.question, translated.get((conversation.pk, "conversation.question")))
    where = [str(each) for each in conversation.localities.all()]
    return Listed(
        title,
        question,
        address_of(conversation),
        ", ".join(where) or str(conversation.partnership),
        when_of(conversation),
        counts.get(conversation.pk, 0),
    )


def when_of(conversation: Conversation) -> str:
    """Say until when people can take part, or that they no more can."""
    opens, closes = tell_day(conversation.opens_on), tell_day(conversation.closes_on)
    stands = _stands(conversation)
    if stands == "to_come":
        return tell("Opens on {day}", day=opens)
    if conversation.state == "withdrawn":
        return tell("Withdrawn on {day}", day=tell_day(timezone.localdate(conversation.state_since)))
    return tell("Open until {day}", day=closes) if stands == "open" else tell("Closed on {day}", day=closes)


def _view_counts(those: Iterable[Conversation]) -> dict[int, int]:
    shown = Q(state__in=kinds.PUBLIC_VIEW, contribution__consents=True, replies_to__isnull=True)
    found = Opinion.objects.filter(shown, conversation__in=list(those)).order_by().values("conversation")
    return {row["conversation"]: row["all"] for row in found.annotate(all=Count("pk"))}


def _translated(those: Iterable[Conversation]) -> dict[tuple[int, str], Translation]:
    wanted = ("conversation.title", "conversation.question")
    found = Translation.objects.filter(conversation__in=list(those), language=spoken().code, of__in=wanted)
    return {(each.conversation_id, each.of): each for each in found}


@dataclass(frozen=True)
class ViewShown:
    """A view as a page shows it."""

    view: Opinion
    text: Told
    address: str
    replies: int
    place: str = ""


def conversation_page(request: HttpRequest, conversation: Conversation) -> dict[str, Any]:
    """Give what the page of a conversation shows, with one page of its views."""
    translated = translations_of(conversation)
    looking = Looking(
        request.GET.get("order", "newest"), request.GET.get("heading", ""), request.GET.get("words", "")[:100].strip()
    )
    page = _page_of(request, views_for(conversation, looking))
    return {
        **frame(request, conversation, translated),
        "views": [view_shown(conversation, each, translated) for each in page.object_list],
        "page": page,
        "looking": looking,
        "orders": [(code, tell(_ORDER_WORDS[code])) for code in ORDERS],
        "pages": _pages(looking, page),
        "kinds": [tell(words) for code, words in kinds.KINDS.items() if code in conversation.kinds],
        "boundaries": options_asked(conversation),
        "votes": list(conversation.votes.exclude(state="draft")),
    }


_ORDER_WORDS = {"newest": "Newest first", "supported": "Most supported first"}


def frame(
    request: HttpRequest, conversation: Conversation, translated: Mapping[str, Translation] | None = None
) -> dict[str, Any]:
    """Give what every page of a conversation shows."""
    found = translations_of(conversation) if translated is None else translated
    translators = sorted({each.by_name for of, each in found.items() if of.startswith("conversation.")})
    return {
        "conversation": conversation,
        "told": told_parts(conversation, found),
        "translators": translators,
        "address": address_of(conversation),
        "when": when_of(conversation),
        "takes": conversation.state == "open" and _has_begun(conversation),
        "stands": kinds.CONVERSATION_CYCLE.state(conversation.state),
        "may_hold": may(request.user, "voice.hold", place_of(conversation)),
        "may_moderate": may(request.user, "voice.moderate", place_of(conversation)),
    }


def _has_begun(conversation: Conversation) -> bool:
    return conversation.opens_on <= timezone.localdate() <= conversation.closes_on


def view_shown(conversation: Conversation, view: Opinion, translated: Mapping[str, Translation]) -> ViewShown:
    """Give a view as a page shows it."""
    text = told(view.text, translated.get(f"opinion:{view.pk}"), written_in=view.language)
    mark = getattr(view, "mark", None)
    address = address_of(conversation, "view", view.pk)
    return ViewShown(view, text, address, getattr(view, "reply_count", 0), mark.place if mark else "")


def _page_of(request: HttpRequest, views: QuerySet[Opinion]) -> Page[Opinion]:
    asked = request.GET.get("page", "1")
    number = min(read_number(asked) or 1, MOST_PAGES)
    return Paginator(with_replies(views.select_related("mark")), PAGE).get_page(number)


def _pages(looking: Looking, page: Page[Opinion]) -> dict[str, str]:
    """Give the addresses of the pages before and after this one."""
    keep = {"order": looking.order, "heading": looking.heading, "words": looking.words}
    said = {name: value for name, value in keep.items() if value and (name, value) != ("order", "newest")}
    before = page.previous_page_number() if page.has_previous() else 0
    after = page.next_page_number() if page.has_next() else 0
    turns = (("before", before), ("after", after))
    return {name: f"?{urlencode({**said, 'page': number})}#views" for name, number in turns if number}


def count_views(conversation: Conversation) -> int:
    """Count the views that everybody can read."""
    return public_views(conversation).count()
