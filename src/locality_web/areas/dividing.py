"""Write a division of the partnership: its localities, its zones and what is known of their residents.

The steps that a release and a change by hand have in common. Each must run inside the caller's transaction.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.text import slugify

from locality_web.areas.bands import add_bands
from locality_web.areas.models import AreaVersion, LocalityFacts, ZoneIn, ZonePeople
from locality_web.core.models import Locality, Partnership

_AT_ONCE = 1000


@dataclass(frozen=True)
class ZoneRow:
    """One zone and its locality, as a release or a file says it."""

    zone: str
    name: str
    locality: str


def membership(version: AreaVersion | None) -> dict[str, str]:
    """Give the locality's code of every zone of a version."""
    return dict(version.zones.values_list("zone", "locality__code")) if version else {}


def write_localities(partnership: Partnership, names: dict[str, str], from_day: dt.date) -> dict[str, Locality]:
    """Make, name and end localities so that those of `names` (name by code) are the ones from a day on.

    Returns:
        Every locality of `names` by its code. A locality that is there no more keeps its page and gets an end.
    """
    kept = {each.code: each for each in partnership.localities.all()}
    slugs = {each.slug for each in kept.values()}
    for code, name in names.items():
        if code not in kept:
            slug = _free_slug(name or code, slugs)
            kept[code] = Locality.objects.create(partnership=partnership, code=code, slug=slug, name=name)
        elif (kept[code].name, kept[code].ended_on) != (name, None):
            kept[code].name, kept[code].ended_on = name, None
            kept[code].save(update_fields=["name", "ended_on"])
    gone = [each.pk for code, each in kept.items() if code not in names and each.ended_on is None]
    Locality.objects.filter(pk__in=gone).update(ended_on=from_day)
    return {code: kept[code] for code in names}


def _free_slug(name: str, taken: set[str]) -> str:
    stem = slugify(name)[:70] or "locality"
    slug, number = stem, 1
    while slug in taken:
        number += 1
        slug = f"{stem}-{number}"
    taken.add(slug)
    return slug


def write_version(version: AreaVersion, rows: Iterable[ZoneRow], by_code: dict[str, Locality]) -> AreaVersion:
    """Save a version with its zones."""
    version.save(force_insert=True)
    ZoneIn.objects.bulk_create(
        (ZoneIn(version=version, zone=row.zone, name=row.name, locality=by_code[row.locality]) for row in rows),
        batch_size=_AT_ONCE,
    )
    return version


def write_facts(version: AreaVersion, *, release: str = "", estimates_of: int | None = None) -> None:
    """Work out the residents of every locality of a version from what is known of its zones.

    Args:
        version: Whose.
        release: The release that the residents come from; empty: keep what the partnership's newest facts say.
        estimates_of: The calendar year of the estimates.
    """
    if not release:
        before = LocalityFacts.objects.filter(version__partnership=version.partnership).exclude(release="").last()
        release, estimates_of = (before.release, before.estimates_of) if before else ("", None)
    people = {each.zone: each for each in ZonePeople.objects.filter(partnership=version.partnership)}
    zones: dict[int, list[str]] = defaultdict(list)
    for zone, locality in version.zones.values_list("zone", "locality"):
        zones[locality].append(zone)
    version.facts.all().delete()
    LocalityFacts.objects.bulk_create(
        LocalityFacts(version=version, locality_id=pk, release=release, estimates_of=estimates_of, **_sum(own, people))
        for pk, own in zones.items()
    )


def _sum(zones: list[str], people: dict[str, ZonePeople]) -> dict[str, Any]:
    """Add up zones; a total that lacks a zone would be wrong, so then nothing is said."""
    if any(zone not in people for zone in zones):
        return {"zones": len(zones), "population": None, "bands": []}
    bands = add_bands(people[zone].bands for zone in zones)
    return {"zones": len(zones), "population": sum(people[zone].people for zone in zones), "bands": bands}
