"""What the guidance checks may know of localities: parts of the library's `PlanningRecord`."""

from __future__ import annotations

from typing import Any

from locality.plans.content import Place
from locality.plans.record import SizeSettings
from locality_web.areas.queries import localities, locality_facts, version_on, zones_of
from locality_web.areas.thresholds import thresholds
from locality_web.core.models import Partnership


def parts(partnership: Partnership, year: str) -> dict[str, Any]:
    """Give the localities, zones, residents and the partnership's own sizes.

    Consultation on the boundaries is not kept by this site yet: its part is left out, so that a check says "not
    recorded".
    """
    version = version_on(partnership)
    pairs = list(zones_of(version).values_list("zone", "locality__code"))
    facts = locality_facts(partnership)
    found: dict[str, Any] = {
        "localities": tuple(Place(each.code, each.name) for each in localities(partnership)),
        "residents": {code: each.population for code, each in facts.items() if each.population is not None},
        "size": _size(partnership),
    }
    if version is not None:
        found["zones"] = tuple(zone for zone, _ in pairs)
        found["zone_localities"] = tuple(pairs)
    return found


def _size(partnership: Partnership) -> SizeSettings:
    limits = thresholds(partnership)
    named = ("areas.least_residents", "areas.most_residents")
    reasons = partnership.settings.filter(name__in=named).order_by("name").values_list("reason", flat=True)
    return SizeSettings(limits[named[0]], limits[named[1]], " ".join(dict.fromkeys(reasons)))
