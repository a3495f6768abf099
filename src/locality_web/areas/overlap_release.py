"""Take a release whose zones are of another vintage than the localities in force, once they were carried over."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Mapping

import pandas as pd
from django.urls import reverse

from locality.areas import vintages_of
from locality.foundations import Fault, InputRefused, say_day
from locality_web.areas.dividing import membership, write_facts
from locality_web.areas.models import AreaVersion, CarriedDivision, ZoneIn, ZonePeople
from locality_web.areas.overlap_people import spread_residents
from locality_web.core.permissions import Place


def version_on_zones(place: Place, division: Mapping[str, str], day: dt.date, *, file: str) -> AreaVersion:
    """Give the version to come that has these very zones and localities; nothing is divided anew.

    Raises:
        InputRefused: No version has these zones yet, or those that have them divide them in another way.
    """
    found = [(each, membership(each)) for each in place.partnership.area_versions.all()]
    alike = [(each, own) for each, own in found if set(own) == set(division)]
    if not alike:
        raise InputRefused([_not_carried(place, division, file)])
    to_come = [(each, own) for each, own in alike if each.applies_from > day]
    if not to_come:
        what = f"it has the zones of the localities from {_said(alike[-1][0])}, and they have other zones now"
        do = f"Ask the analyst for a release on the zones of the localities from {_said(found[-1][0])}."
        raise InputRefused([Fault(file, what, do, "release-other-zones")])
    same = next((each for each, own in to_come if own == division), None)
    if same is None:
        what = f"it has the zones of the localities from {_said(to_come[-1][0])}, but divides them in another way"
        do = "Give the analyst the zones of all localities (CSV) from this site, and ask for a release with them."
        raise InputRefused([Fault(file, what, do, "release-other-localities")])
    return same


def _said(version: AreaVersion) -> str:
    return say_day(version.applies_from.isoformat())


def _not_carried(place: Place, zones: Collection[str], file: str) -> Fault:
    said = " and ".join(sorted(set(vintages_of(pd.Series(sorted(zones), dtype="string")).dropna())))
    address = reverse("areas:carry_over", args=[place.partnership.slug])
    what = f"its zones{f', {said},' if said else ''} are not those that the localities are made of"
    do = f"Carry the localities over to them first (Localities, “Carry the localities over”: {address}), then load it."
    return Fault(file, what, do, "release-other-zones")


def people_counted_anew(place: Place, zones: Collection[str]) -> None:
    """Take away the residents that a release counts anew; those of zones of another vintage stay for their versions."""
    ours = ZonePeople.objects.filter(partnership=place.partnership)
    of_versions = set(ZoneIn.objects.filter(version__partnership=place.partnership).values_list("zone", flat=True))
    stay = of_versions - set(zones)
    gone = [pk for pk, zone in ours.values_list("pk", "zone") if zone not in stay]
    ours.filter(pk__in=gone).delete() if stay else ours.delete()


def write_facts_anew(
    versions: Iterable[AreaVersion], zones: Collection[str], *, release: str, estimates_of: int | None
) -> None:
    """Work out residents by locality of every version that has the zones of a release, or is carried over from one.

    A version on other zones keeps what is known of it.
    """
    counted, anew = set(zones), set[int]()
    for version in versions:
        carried = CarriedDivision.objects.filter(version=version).select_related("base", "version").first()
        own = set(version.zones.values_list("zone", flat=True))
        if own <= counted:
            CarriedDivision.objects.filter(version=version).update(spreads_residents=False)
        elif not (carried and carried.spreads_residents and carried.base_id in anew and spread_residents(carried)):
            continue
        write_facts(version, release=release, estimates_of=estimates_of)
        anew.add(version.pk)
