"""Take localities, zones and residents from a verified release."""

from __future__ import annotations

from typing import Any

import pandas as pd

from locality.foundations import Fault, InputRefused
from locality.release import Release
from locality_web.areas.boundary_release import take_ground
from locality_web.areas.dividing import ZoneRow, membership, write_localities, write_version
from locality_web.areas.models import AreaVersion, ZonePeople
from locality_web.areas.overlap_release import people_counted_anew, version_on_zones, write_facts_anew
from locality_web.areas.queries import version_on
from locality_web.core.audit import record_event
from locality_web.core.models import ReleaseLoaded
from locality_web.core.permissions import Place

_AT_ONCE = 1000


def load_release(release: Release, place: Place, record: ReleaseLoaded) -> None:
    """Make the release's division the one in force, unless it is already, and keep its residents.

    Zones of another vintage than the localities are made of are taken only where the localities were carried over to
    them. Runs inside the caller's transaction; doing it twice changes nothing more.

    Args:
        release: Verified whole.
        place: The partnership.
        record: What is kept of the loading; names who did it.

    Raises:
        InputRefused: The release divides the partnership in another way than it was divided on the release's day,
            and a newer division stands already; or its zones are of another vintage and nobody carried the localities
            over to them.
    """
    rows = _rows(release)
    division = {row.zone: row.locality for row in rows}
    version = version_on(place.partnership, release.day)
    before = membership(version)
    if before and set(before) != set(division):
        version = version_on_zones(place, division, release.day, file=record.file_name)
    elif before != division:
        _refuse_past(release, place, record)
        version = _divide(release, rows, (place, record))
    estimates_of = _write_people(release, place)
    later = place.partnership.area_versions.filter(applies_from__gte=version.applies_from) if version else ()
    write_facts_anew(later, set(division), release=release.id, estimates_of=estimates_of)
    take_ground(release, place, record)


def _rows(release: Release) -> list[ZoneRow]:
    areas = release.tables["areas"]
    names = areas["name"] if "name" in areas.columns else pd.Series(pd.NA, index=areas.index)
    return [
        ZoneRow(str(zone), "" if pd.isna(name) else str(name), str(locality))
        for zone, name, locality in zip(areas["zone"], names, areas["locality"], strict=True)
    ]


def _names(release: Release, place: Place) -> dict[str, str]:
    """Name the localities; one that the site knows keeps its name there, which the partnership may have chosen."""
    found = release.tables["localities"]
    names = {str(code): str(name) for code, name in zip(found["locality"], found["name"], strict=True)}
    known = dict(place.partnership.localities.filter(code__in=names).values_list("code", "name"))
    return names | known


def _refuse_past(release: Release, place: Place, record: ReleaseLoaded) -> None:
    newer = place.partnership.area_versions.filter(applies_from__gte=release.day).last()
    if newer is None:
        return
    what = (
        f"it divides the partnership in another way than the site did on {release.day}, and newer localities "
        f"apply from {newer.applies_from}"
    )
    do = "Ask the analyst for a release with the localities of today."
    raise InputRefused([Fault(record.file_name, what, do, "release-other-localities")])


def _divide(release: Release, rows: list[ZoneRow], by: tuple[Place, ReleaseLoaded]) -> AreaVersion:
    place, record = by
    localities = write_localities(place.partnership, _names(release, place), release.day)
    version = AreaVersion(
        partnership=place.partnership,
        applies_from=release.day,
        reason="As the release divides the partnership.",
        release=release.id,
        made_by=record.loaded_by,
    )
    write_version(version, rows, localities)
    record_event(
        record.loaded_by,
        "areas.version_from_release",
        f"Took {len(localities)} localities with {len(rows):,} zones from a release, from {release.day} on",
        place=place,
        subject=f"areas:{release.day}",
        detail={"release": release.id, "localities": sorted(localities), "zones": len(rows)},
    )
    return version


def _write_people(release: Release, place: Place) -> int | None:
    """Keep the newest year's residents of every zone; give that year."""
    population = release.tables["population"]
    if population.empty:
        return None
    year = int(population["year"].max())
    newest = population[population["year"] == year]
    bands = newest.groupby(["zone", "age_from", "age_to"], dropna=False, observed=True)["people"].sum().reset_index()
    by_zone: dict[str, list[tuple[int, int | None, int]]] = {}
    for zone, first, last, people in bands.itertuples(index=False):
        band = (int(first), None if pd.isna(last) else int(last), round(float(people)))
        by_zone.setdefault(str(zone), []).append(band)
    middles = _middles(release)
    people_counted_anew(place, by_zone)
    ZonePeople.objects.bulk_create(
        (_people(place, zone, found, middles.get(zone)) for zone, found in by_zone.items()), batch_size=_AT_ONCE
    )
    return year


def _middles(release: Release) -> dict[str, tuple[float, float]]:
    """Give the middle of every zone whose place is in the release, in metres of the national grid."""
    known = release.tables["areas"].reindex(columns=["zone", "easting", "northing"]).dropna()
    return {
        str(zone): (float(east), float(north))
        for zone, east, north in zip(known["zone"], known["easting"], known["northing"], strict=True)
    }


def _people(
    place: Place, zone: str, bands: list[tuple[int, int | None, int]], middle: tuple[float, float] | None
) -> ZonePeople:
    # The zone's total is the sum of its rounded bands, so that what a page shows adds up.
    bands.sort(key=lambda band: band[0])
    plain: list[Any] = [list(band) for band in bands]
    east, north = middle or (None, None)
    return ZonePeople(
        partnership=place.partnership,
        zone=zone,
        people=sum(band[2] for band in bands),
        bands=plain,
        easting=east,
        northing=north,
    )
