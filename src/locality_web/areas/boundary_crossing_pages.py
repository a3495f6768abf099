"""What the page of crossings shows: those declared on this site, and those that came with the release."""

from __future__ import annotations

from typing import Any

from locality_web.areas.boundary_ground import crossings_of_release, ground_of
from locality_web.core.permissions import Place
from locality_web.core.remembered import Memory


def crossings_page(place: Place) -> dict[str, Any]:
    """Every crossing that counts, with the names of its zones."""
    memory = Memory(place.partnership)
    ground = ground_of(place.partnership, memory)
    declared = list(place.partnership.crossings.select_related("made_by"))
    if ground is None:
        return {"crossings": [(each, each.zone_a, each.zone_b) for each in declared], "of_release": []}
    titles = [_title(code, name) for code, name in zip(ground.zones, ground.names, strict=True)]
    by_code = dict(zip(ground.zones, titles, strict=True))
    here = [(each, by_code.get(each.zone_a, each.zone_a), by_code.get(each.zone_b, each.zone_b)) for each in declared]
    there = [(titles[first], titles[second]) for first, second in crossings_of_release(place.partnership, memory)]
    return {"crossings": here, "of_release": there}


def _title(code: str, name: str) -> str:
    return f"{name} ({code})" if name != code else code
