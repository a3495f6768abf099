"""Which news is for which subscription: whatever somebody chose must fit, and what is not chosen fits always."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from locality_web.areas.models import ZoneIn
from locality_web.areas.queries import version_on
from locality_web.core.models import Partnership
from locality_web.voice.informed.circles import Circle, ZonesOfToday
from locality_web.voice.informed.models import Subscription


@dataclass(frozen=True)
class Chosen:
    """What somebody wants to hear of: keys of locality and conversation, a heading, a place; empty: everything.

    A place is a zone, or a circle on the map; where both are named, either of them.
    """

    locality: int | None = None
    conversation: int | None = None
    heading: str = ""
    zone: str = ""
    circle: Circle | None = None

    @classmethod
    def of(cls, kept: Subscription) -> Chosen:
        """Give what a subscription chose."""
        circle = Circle.of(kept.longitude, kept.latitude, kept.around)
        return cls(kept.locality_id, kept.conversation_id, kept.heading, kept.zone, circle)

    @property
    def is_of_a_place(self) -> bool:
        """Whether it hangs on where zones lie."""
        return bool(self.zone or self.circle)

    def zones(self, known: Mapping[str, int]) -> set[str]:
        """Give the zones of the place."""
        found = {self.zone} if self.zone else set()
        if self.circle and isinstance(known, ZonesOfToday):
            found |= known.within(self.circle)
        return found


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
        locality_of: Key of the locality by zone; with `ZonesOfToday` a circle is known too.
    """
    if chosen.conversation is not None and chosen.conversation != about.conversation:
        return False
    if chosen.heading and chosen.heading not in about.headings:
        return False
    if chosen.locality is not None and about.localities and chosen.locality not in about.localities:
        return False
    if not chosen.is_of_a_place:
        return True
    here = chosen.zones(locality_of)
    if about.zones:
        return not here.isdisjoint(about.zones)
    return not about.localities or any(locality_of.get(zone) in about.localities for zone in here)


def localities_by_zone(partnership: Partnership) -> ZonesOfToday:
    """Give the key of the locality of each zone today."""
    rows = ZoneIn.objects.filter(version=version_on(partnership)).values_list("zone", "locality_id")
    return ZonesOfToday(partnership, dict(rows))
