"""What pages show of reading: the next view, how well two readers agree, and where they differ."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from locality_web.core.models import Person
from locality_web.voice.conversations.models import Conversation
from locality_web.voice.conversations.places import address_of
from locality_web.voice.conversations.said import Opinion
from locality_web.voice.sense.agreement import agreement_of
from locality_web.voice.sense.models import Reading, Theme
from locality_web.voice.sense.reading_queries import differing, named, next_view, progress_of, readings_of
from locality_web.voice.sense.suggesting import copies_in, suggested_for

_MOST_LISTED = 100


@dataclass(frozen=True)
class Differs:
    """A view that was read differently: its words, what each reader found, and where it is settled."""

    opinion: Opinion
    found: list[str]
    address: str


def open_themes(conversation: Conversation) -> list[Theme]:
    """Give the themes into which views can be read, in order."""
    return list(conversation.themes.filter(ended_at__isnull=True))


def read_page(conversation: Conversation, person: Person, opinion: Opinion | None) -> dict[str, Any]:
    """One view to read, and how far the reader is; what others found in it is never shown here."""
    progress = progress_of(conversation, person)
    if opinion is None:
        opinion = next_view(conversation, person)
    return {
        "conversation": conversation,
        "opinion": opinion,
        "answers_to": opinion.replies_to if opinion else None,
        "progress": progress,
        "suggested": suggested_for(opinion) if opinion else {},
        "addresses": {name: address_of(conversation, name) for name in ("themes", "theme_new", "agreement", "read")},
    }


def own_themes(opinion: Opinion, person: Person) -> list[int]:
    """Give the themes that a person found in a view before; nothing of what others found."""
    own = Reading.objects.filter(opinion=opinion, reader=person, settled=False).first()
    return [code.theme_id for code in own.codes.all()] if own else []


def agreement_page(conversation: Conversation, person: Person) -> dict[str, Any]:
    """How alike two readers read, theme by theme, in numbers and in words; and what is to be settled."""
    names = dict(conversation.themes.filter(ended_at__isnull=True).values_list("pk", "name"))
    readings = readings_of(conversation)
    found = agreement_of(readings, names)
    apart = {key: at for at, key in enumerate(found.order)}
    views = sorted(differing(conversation), key=lambda each: apart.get(each.pk, len(apart)))
    return {
        "conversation": conversation,
        "progress": progress_of(conversation, person),
        "agreement": found,
        "differ": [
            Differs(
                each,
                [_say(themes, names) for _, themes in readings.get(each.pk, [])],
                address_of(conversation, "settle", each.pk),
            )
            for each in views[:_MOST_LISTED]
        ],
        "differ_more": len(views[_MOST_LISTED:]),
        "addresses": {
            name: address_of(conversation, name) for name in ("themes", "read", "settle_rest", "near_duplicates")
        },
    }


def copies_page(conversation: Conversation) -> dict[str, Any]:
    """Views that are the same or nearly so, shown together."""
    groups = copies_in(conversation)
    return {
        "conversation": conversation,
        "groups": groups[:_MOST_LISTED],
        "more": len(groups[_MOST_LISTED:]),
        "together": sum(len(each.views) for each in groups),
        "back": address_of(conversation, "agreement"),
    }


def _say(themes: frozenset[int], names: dict[int, str]) -> str:
    return ", ".join(named(themes, names)) or "no theme"
