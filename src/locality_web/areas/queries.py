"""Read which localities there are, which zones are theirs, and how many people live there."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.db.models import Case, Exists, OuterRef, Q, QuerySet, When
from django.utils import timezone

from locality.foundations import FinancialYear
from locality_web.areas.bands import Band, broad_bands, say_band
from locality_web.areas.models import AreaVersion, CarriedDivision, LocalityFacts, ZoneIn
from locality_web.core.models import Locality, Partnership
from locality_web.core.remembered import ANEW, Reader


@dataclass(frozen=True)
class Facts:
    """What is known of a locality's residents.

    Args:
        code: The locality's code.
        zones: How many zones it has.
        population: Its residents; None: not known.
        bands: Its residents by broad age band, youngest first.
        estimates_of: The calendar year of the estimates.
    """

    code: str
    zones: int
    population: int | None
    bands: tuple[Band, ...] = ()
    estimates_of: int | None = None

    @property
    def by_age(self) -> list[tuple[str, int]]:
        """Each broad age band in words, with its people."""
        return [(say_band(band), band[2]) for band in self.bands]


def localities(
    partnership: Partnership, on: dt.date | None = None, *, version: AreaVersion | None = None
) -> QuerySet[Locality]:
    """Give the localities that there are on a day (default: today), in order of name.

    A locality of a division that is still to come is left out; one that never had zones is not. Whoever knows the
    division of that day hands it in, and it is not asked for again.
    """
    day = on or timezone.localdate()
    found = partnership.localities.filter(Q(ended_on__isnull=True) | Q(ended_on__gt=day))
    return found.filter(_begun(version or version_on(partnership, day)))


def _begun(version: AreaVersion | None) -> Q:
    """Choose localities that have begun by a version, and those that never had zones."""
    return Q() if version is None else _begun_by(version.applies_from)


def _begun_by(day: dt.date) -> Q:
    zones = ZoneIn.objects.filter(locality=OuterRef("pk"))
    return Q(Exists(zones.filter(version__applies_from__lte=day))) | Q(~Exists(zones))


def versions(partnership: Partnership) -> QuerySet[AreaVersion]:
    """Give every division of the partnership, the newest first."""
    return partnership.area_versions.select_related("made_by").order_by("-applies_from")


def version_on(partnership: Partnership, day: dt.date | None = None) -> AreaVersion | None:
    """Give the division in force on a day (default: today).

    Before the first division began, the first one is given: the area was not undivided, we only do not know how. It
    says whether its residents are shared out among zones of another vintage (`spreads_residents`).
    """
    when = day or timezone.localdate()
    spread = CarriedDivision.objects.filter(version=OuterRef("pk"), spreads_residents=True)
    kept = partnership.area_versions.annotate(spreads_residents=Exists(spread))
    return kept.filter(applies_from__lte=when).last() or kept.first()


def zones_of(version: AreaVersion | None, locality: Locality | None = None) -> QuerySet[ZoneIn]:
    """Give the zones of a version, or of one of its localities, in order of code."""
    if version is None:
        return ZoneIn.objects.none()
    found = version.zones.select_related("locality")
    return found.filter(locality=locality) if locality else found


@dataclass(frozen=True)
class Division:
    """How a partnership is divided today, read in three queries; plain values that may be kept.

    Args:
        localities: Code and name of each locality that there is, in order of name.
        slugs: Each locality's part of an address by its code, of those that have ended or are to come too.
        facts: What is known of the residents of each locality, by its code.
        version: Primary key of the version in force; None: no zones were ever loaded.
        consulted: How its boundaries were consulted on, by field of `BoundaryConsultation`; empty: not recorded. One
            that was carried over to other zones was consulted on when its boundaries were drawn.
    """

    localities: tuple[tuple[str, str], ...]
    slugs: dict[str, str]
    facts: dict[str, Facts]
    version: int | None
    consulted: dict[str, Any]


def division_today(partnership: Partnership, memory: Reader = ANEW) -> Division:
    """Give how a partnership is divided today."""
    return memory.read(("areas.division",), ("areas",), lambda: _division(partnership, timezone.localdate()))


def division_of_year(partnership: Partnership, year: str, memory: Reader = ANEW) -> Division:
    """Give how a partnership is divided in a financial year: as of that day of the year which is nearest to today.

    So the running year has the localities of today, a year to come those that will begin it, a past one those that
    ended it.
    """
    day = day_of_year(year)
    if day == timezone.localdate():
        return division_today(partnership, memory)
    return memory.read(("areas.division", str(day)), ("areas",), lambda: _division(partnership, day))


def day_of_year(year: str) -> dt.date:
    """Give the day of a financial year, like "2026/27", that is nearest to today."""
    whole = FinancialYear.parse(year)
    return min(max(timezone.localdate(), whole.start), whole.end)


def _division(partnership: Partnership, day: dt.date) -> Division:
    versions = {row["pk"]: row for row in partnership.area_versions.values("pk", "applies_from", *_HOW)}
    begun = [pk for pk, row in versions.items() if row["applies_from"] <= day]
    # As in `version_on`: before the first division began, the first one is given.
    version = (begun[-1:] or list(versions)[:1] or [None])[0]
    there = Q(ended_on__isnull=True) | Q(ended_on__gt=day)
    since = _begun_by(versions[version]["applies_from"]) if version else Q()
    rows = partnership.localities.annotate(here=Case(When(there & since, then=True), default=False))
    named = list(rows.values_list("code", "name", "slug", "here"))
    return Division(
        localities=tuple((code, name) for code, name, _, here in named if here),
        slugs={code: slug for code, _, slug, _ in named},
        facts=facts_in(version),
        version=version,
        consulted=_consulted(versions, version),
    )


_TOLD = ("professionals", "professionals_said", "communities", "communities_said", "changed", "agreed_by", "agreed_on")
_HOW = ("carried__base", *(f"consultation__{each}" for each in _TOLD))


def _consulted(versions: dict[int, dict[str, Any]], version: int | None) -> dict[str, Any]:
    """Give the consultation of a version, or of the one from which it was carried over."""
    while version is not None:
        row = versions[version]
        if row["consultation__agreed_on"] is not None:
            return {each: row[f"consultation__{each}"] for each in _TOLD}
        version = row["carried__base"]
    return {}


def zones_today(partnership: Partnership, memory: Reader = ANEW) -> tuple[tuple[str, str], ...] | None:
    """Give each zone of today with the code of its locality, in order of zone; None: no zones were ever loaded."""
    return zones_in(division_today(partnership, memory), memory)


def zones_in(division: Division, memory: Reader = ANEW) -> tuple[tuple[str, str], ...] | None:
    """Give each zone of a division with the code of its locality, in order of zone; None: no zones were ever loaded."""
    if division.version is None:
        return None
    kept = ZoneIn.objects.filter(version=division.version).order_by("zone").values_list("zone", "locality__code")
    return memory.read(("areas.zones", str(division.version)), ("areas",), lambda: tuple(kept))


def locality_facts(partnership: Partnership, on: dt.date | None = None) -> dict[str, Facts]:
    """Give population, age bands and number of zones of every locality, by its code."""
    return facts_in(version_on(partnership, on))


def facts_in(version: AreaVersion | int | None) -> dict[str, Facts]:
    """Give the facts of every locality of a version, or of its primary key, by the locality's code."""
    kept = LocalityFacts.objects.filter(version=version).select_related("locality") if version else []
    return {each.locality.code: _facts(each) for each in kept}


def facts_of(locality: Locality) -> Facts | None:
    """Give population, age bands and number of zones of one locality, where they are known."""
    version = version_on(locality.partnership)
    kept = LocalityFacts.objects.filter(version=version, locality=locality).select_related("locality").first()
    return _facts(kept) if kept and version else None


def _facts(kept: LocalityFacts) -> Facts:
    bands = tuple(broad_bands((first, last, people) for first, last, people in kept.bands))
    return Facts(kept.locality.code, kept.zones, kept.population, bands, kept.estimates_of)
