"""The residents against whom those who took part are counted: by age group, deprivation fifth, locality and zone."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from fractions import Fraction
from typing import Any

from django.utils import timezone

from locality.voice.heard import heard_rules
from locality_web.areas.models import ZoneIn, ZonePeople
from locality_web.areas.queries import version_on, zones_of
from locality_web.core.models import Locality
from locality_web.voice.conversations.models import Conversation, ZoneFifth

_OLDEST = 120  # no band without an end goes further


@dataclass(frozen=True)
class Residents:
    """Who lives where a conversation is asked.

    Args:
        people: All of them; None: not known.
        ages: People by code of age group.
        fifths: People by code of the deprivation fifth, "1" the most deprived.
        zones: Name, fifth and people of each zone, where one locality alone is asked.
        localities: Name and people of each locality, where several are asked.
        crossed: People by age group and fifth.
        estimated: Whether people of a band of ages that lies across two groups were shared out by years of age.
        fifths_source: The index of the fifths and its edition.
    """

    people: int | None = None
    ages: dict[str, int] = field(default_factory=dict)
    fifths: dict[str, int] = field(default_factory=dict)
    zones: dict[str, tuple[str, int | None, int | None]] = field(default_factory=dict)
    localities: dict[str, tuple[str, int | None]] = field(default_factory=dict)
    crossed: dict[tuple[str, str], int] = field(default_factory=dict)
    estimated: bool = False
    fifths_source: str = ""


def residents_of(conversation: Conversation, on: dt.date) -> Residents:
    """Give the residents of the localities in which a conversation is asked, as they were divided on a day."""
    partnership = conversation.partnership
    asked = list(conversation.localities.all()) or ([conversation.held_by] if conversation.held_by else [])
    zones = [zone for zone in zones_of(version_on(partnership, on)) if not asked or zone.locality in asked]
    names = {zone.zone for zone in zones}
    kept = ZonePeople.objects.filter(partnership=partnership, zone__in=names)
    people = {each.zone: each for each in kept}
    kept_fifths = list(ZoneFifth.objects.filter(partnership=partnership, zone__in=names))
    fifths = {each.zone: each.fifth for each in kept_fifths}
    source = "; ".join(sorted({each.source for each in kept_fifths}))
    if len(asked) == 1:
        shown = {
            zone.zone: (zone.name or zone.zone, fifths.get(zone.zone), _of(people.get(zone.zone))) for zone in zones
        }
        return replace(_count(zones, people, fifths, zones_shown=shown), fifths_source=source)
    return replace(_count(zones, people, fifths, localities=_by_locality(zones, people)), fifths_source=source)


def _of(people: ZonePeople | None) -> int | None:
    return people.people if people else None


def _by_locality(zones: Iterable[ZoneIn], people: dict[str, ZonePeople]) -> dict[str, tuple[str, int | None]]:
    found: dict[Locality, int | None] = {}
    for zone in zones:
        before, own = found.get(zone.locality, 0), _of(people.get(zone.zone))
        found[zone.locality] = None if before is None or own is None else before + own
    ordered = sorted(found.items(), key=lambda pair: pair[0].name)
    return {locality.slug: (locality.name, count) for locality, count in ordered}


def _count(
    zones: list[ZoneIn],
    people: dict[str, ZonePeople],
    fifths: dict[str, int],
    *,
    zones_shown: dict[str, tuple[str, int | None, int | None]] | None = None,
    localities: dict[str, tuple[str, int | None]] | None = None,
) -> Residents:
    if not zones or any(zone.zone not in people for zone in zones):
        return Residents(zones=zones_shown or {}, localities=localities or {})
    ages: Counter[str] = Counter()
    crossed: dict[tuple[str, str], Fraction] = {}
    shares: dict[str, Fraction] = {}
    estimated = False
    if all(zone.zone in fifths for zone in zones):
        # Where nobody lives, nobody is missing.
        crossed = {(code, str(fifth)): Fraction(0) for code, _, _ in _age_groups() for fifth in range(1, 6)}
    for zone in zones:
        for code, share, exact in _by_age(people[zone.zone].bands):
            estimated |= not exact
            shares[code] = shares.get(code, Fraction(0)) + share
            if zone.zone in fifths:
                key = (code, str(fifths[zone.zone]))
                crossed[key] = crossed.get(key, Fraction(0)) + share
    for code, share in shares.items():
        ages[code] = round(share)
    by_fifth: Counter[str] = Counter()
    if all(zone.zone in fifths for zone in zones):
        for zone in zones:
            by_fifth[str(fifths[zone.zone])] += people[zone.zone].people
        by_fifth.update({str(fifth): 0 for fifth in range(1, 6)})
    return Residents(
        sum(people[zone.zone].people for zone in zones),
        dict(ages),
        dict(by_fifth),
        zones_shown or {},
        localities or {},
        {key: round(share) for key, share in crossed.items()} if by_fifth else {},
        estimated,
    )


def _age_groups() -> list[tuple[str, int, int]]:
    rule = next(each for each in heard_rules(timezone.localdate()).dimensions if each.code == "age_group")
    return [(each.code, each.age_from or 0, _OLDEST if each.age_to is None else each.age_to) for each in rule.classes]


def _by_age(bands: list[Any]) -> Iterable[tuple[str, Fraction, bool]]:
    """Give for each band and age group how many of the band are in it; whole where the band lies within."""
    groups = _age_groups()
    for youngest, oldest, count in bands:
        end = _OLDEST if oldest is None else min(int(oldest), _OLDEST)
        years = end - int(youngest) + 1
        for code, first, last in groups:
            shared = min(end, last) - max(int(youngest), first) + 1
            if shared > 0:
                yield code, Fraction(int(count) * shared, years), shared == years


__all__ = ["Residents", "residents_of"]
