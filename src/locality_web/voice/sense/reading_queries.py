"""Read how views were read: what comes next for a reader, who read how much, and what was read differently."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q

from locality_web.core.models import Person
from locality_web.voice.conversations.kinds import PUBLIC_VIEW
from locality_web.voice.conversations.models import Conversation
from locality_web.voice.conversations.said import Opinion
from locality_web.voice.sense.models import Reading

ENOUGH = 2
"""So many people read a view; more readings of it are asked of nobody."""


@dataclass(frozen=True)
class Progress:
    """How far the reading of a conversation is.

    Args:
        views: How many views everybody can read.
        once: How many were read by one person.
        twice: How many were read by two or more.
        settled: How many are settled.
        differ: How many were read differently and are not settled.
        own: How many the asking person has read.
    """

    views: int
    once: int
    twice: int
    settled: int
    differ: int
    own: int

    @property
    def unread(self) -> int:
        """How many nobody has read."""
        return self.views - self.once - self.twice


def _read(conversation: Conversation) -> Any:  # with its annotations, which no type of a queryset names
    return conversation.opinions.filter(state__in=PUBLIC_VIEW).annotate(
        readers=Count("readings", filter=Q(readings__settled=False)),
        settles=Count("readings", filter=Q(readings__settled=True)),
    )


def progress_of(conversation: Conversation, person: Person) -> Progress:
    """Say how far the reading of a conversation is."""
    rows = list(_read(conversation).values_list("readers", "settles"))
    own = Reading.objects.filter(
        opinion__conversation=conversation, opinion__state__in=PUBLIC_VIEW, reader=person, settled=False
    )
    return Progress(
        views=len(rows),
        once=sum(readers == 1 for readers, _ in rows),
        twice=sum(readers >= ENOUGH for readers, _ in rows),
        settled=sum(settles > 0 for _, settles in rows),
        differ=sum(readers >= ENOUGH and not settles for readers, settles in rows),
        own=own.count(),
    )


def next_view(conversation: Conversation, person: Person) -> Opinion | None:
    """Give the view that a person should read next: first what one other person has read, then what nobody has.

    Args:
        conversation: The conversation.
        person: Who reads; what they read themselves does not come again.
    """
    open_ones = _read(conversation).filter(settles=0, readers__lt=ENOUGH)
    open_ones = open_ones.exclude(readings__in=Reading.objects.filter(reader=person, settled=False))
    found: Opinion | None = open_ones.select_related("replies_to").order_by("-readers", "made_at", "id").first()
    return found


def readings_of(conversation: Conversation) -> dict[int, list[tuple[Person | None, frozenset[int]]]]:
    """Give for each view what each reader found in it; settled readings are not among them."""
    found: dict[int, list[tuple[Person | None, frozenset[int]]]] = {}
    kept = Reading.objects.filter(
        opinion__conversation=conversation, opinion__state__in=PUBLIC_VIEW, settled=False
    ).order_by("opinion_id", "id")
    for reading in kept.select_related("reader").prefetch_related("codes"):
        codes = frozenset(code.theme_id for code in reading.codes.all())
        found.setdefault(reading.opinion_id, []).append((reading.reader, codes))
    return found


def differing(conversation: Conversation) -> list[Opinion]:
    """Give the views that two people read differently and that nobody settled, the oldest first."""
    found = _read(conversation).filter(settles=0, readers__gte=ENOUGH)
    return list(found.order_by("made_at", "id"))


def named(themes: Iterable[int], names: dict[int, str]) -> list[str]:
    """Give the names of themes, in order."""
    return sorted(names[each] for each in themes if each in names)
