"""Which news is for which subscription: whatever somebody chose must fit, and what is not chosen fits always."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from locality_web.areas.models import ZoneIn
from locality_web.areas.queries import version_on
from locality_web.core.models import Partnership
from locality_web.voice.informed.models import Subscription


@dataclass(frozen=True)
class Chosen:
    """What somebody wants to hear of: keys of locality and conversation, a heading, a zone; empty: everything."""

    locality: int | None = None
    conversation: int | None = None
    heading: str = ""
    zone: str = ""

    @classmethod
    def of(cls, kept: Subscription) -> Chosen:
        """Give what a subscription chose."""
        return cls(kept.locality_id, kept.conversation_id, kept.heading, kept.zone)


@dataclass(frozen=True)
class About:
    """What news is about: keys of localities (none: everywhere) and of a conversation, headings, zones."""

    localities: frozenset[int]
    conversation: int | None
    headings: Collection[str]
    zones: Collection[str]


def is_for(chosen: Chosen, about: About, locality_of: Mapping[str, int]) -> bool:
    """Say whether news is for somebody.

    Args:
        chosen: What they want to hear of.
        about: What the news is about.
        locality_of: Key of the locality by zone.
    """
    if chosen.conversation is not None and chosen.conversation != about.conversation:
        return False
    if chosen.heading and chosen.heading not in about.headings:
        return False
    if chosen.locality is not None and about.localities and chosen.locality not in about.localities:
        return False
    if not chosen.zone:
        return True
    if about.zones:
        return chosen.zone in about.zones
    return not about.localities or locality_of.get(chosen.zone) in about.localities


def localities_by_zone(partnership: Partnership) -> dict[str, int]:
    """Give the key of the locality of each zone today."""
    rows = ZoneIn.objects.filter(version=version_on(partnership)).values_list("zone", "locality_id")
    return dict(rows)
