"""What the guidance checks may know of localities: parts of the library's `PlanningRecord`."""

from __future__ import annotations

from typing import Any

from locality.plans.content import Place
from locality.plans.record import SizeSettings
from locality_web.areas.queries import division_today, zones_today
from locality_web.areas.thresholds import thresholds
from locality_web.core.models import Partnership
from locality_web.core.remembered import Reader


def parts(partnership: Partnership, year: str, memory: Reader) -> dict[str, Any]:
    """Give the localities, zones, residents and the partnership's own sizes.

    Consultation on the boundaries is not kept by this site yet: its part is left out, so that a check says "not
    recorded".
    """
    division = division_today(partnership, memory)
    zones = zones_today(partnership, memory)
    found: dict[str, Any] = {
        "localities": tuple(Place(code, name) for code, name in division.localities),
        "residents": {code: each.population for code, each in division.facts.items() if each.population is not None},
        "size": memory.read(("areas.size",), ("core",), lambda: _size(partnership)),
    }
    if zones is not None:
        found["zones"] = tuple(zone for zone, _ in zones)
        found["zone_localities"] = zones
    return found


def _size(partnership: Partnership) -> SizeSettings:
    limits = thresholds(partnership)
    named = ("areas.least_residents", "areas.most_residents")
    reasons = partnership.settings.filter(name__in=named).order_by("name").values_list("reason", flat=True)
    return SizeSettings(limits[named[0]], limits[named[1]], " ".join(dict.fromkeys(reasons)))
