"""What the guidance checks may know of localities: parts of the library's `PlanningRecord`."""

from __future__ import annotations

from typing import Any

from locality.plans.content import Place
from locality.plans.record import SizeSettings
from locality_web.areas.boundary_record import boundary_entries
from locality_web.areas.queries import division_of_year, zones_in
from locality_web.areas.thresholds import thresholds
from locality_web.core.models import Partnership
from locality_web.core.remembered import Reader


def parts(partnership: Partnership, year: str, memory: Reader) -> dict[str, Any]:
    """Give the localities of the year, their zones and residents, own sizes, and how the boundaries came to be."""
    division = division_of_year(partnership, year, memory)
    zones = zones_in(division, memory)
    found: dict[str, Any] = {
        "localities": tuple(Place(code, name) for code, name in division.localities),
        "residents": {code: each.population for code, each in division.facts.items() if each.population is not None},
        "size": memory.read(("areas.size",), ("core",), lambda: _size(partnership)),
        "further": boundary_entries(partnership, division, memory),
    }
    if zones is not None:
        found["zones"] = tuple(zone for zone, _ in zones)
        found["zone_localities"] = zones
    return found


def _size(partnership: Partnership) -> SizeSettings:
    limits = thresholds(partnership)
    named = ("areas.least_residents", "areas.most_residents")
    if not any(limits[name] for name in named):
        return SizeSettings(None, None, "")
    reasons = partnership.settings.filter(name__in=named).order_by("name").values_list("reason", flat=True)
    return SizeSettings(limits[named[0]], limits[named[1]], " ".join(dict.fromkeys(reasons)))
