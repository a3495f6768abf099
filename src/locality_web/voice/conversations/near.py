"""What a place on the map is near to, in words: the neighbourhood whose middle is nearest, and its locality."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from locality_web.areas.models import ZoneIn, ZonePeople
from locality_web.areas.queries import version_on
from locality_web.areas.shape_map import drawn_zones
from locality_web.core.models import Partnership


@dataclass(frozen=True)
class Middle:
    """The middle of a zone of today, in metres of the national grid."""

    zone: str
    name: str
    locality: str
    east: float
    north: float

    @property
    def said(self) -> str:
        """Name it: "Methil East, Levenmouth"."""
        return f"{self.name}, {self.locality}"


def middles(partnership: Partnership) -> list[Middle]:
    """Give the middle of every zone of today that is known: from its shape, else from the partnership's release."""
    rows = ZoneIn.objects.filter(version=version_on(partnership)).order_by("zone")
    zones = list(rows.values_list("zone", "name", "locality__name"))
    drawn = drawn_zones(partnership, (zone for zone, _, _ in zones)).areas
    points = {zone: area.label for zone, area in drawn.items()} or _of_release(partnership)
    return [Middle(zone, name or zone, locality, *points[zone]) for zone, name, locality in zones if zone in points]


def _of_release(partnership: Partnership) -> dict[str, tuple[float, float]]:
    kept = ZonePeople.objects.filter(partnership=partnership).values_list("zone", "easting", "northing")
    return {zone: (east, north) for zone, east, north in kept if east is not None and north is not None}


def nearest(known: Sequence[Middle], east: float, north: float) -> Middle | None:
    """Give the zone whose middle is nearest; None: no middle is known."""
    return min(known, key=lambda each: (each.east - east) ** 2 + (each.north - north) ** 2, default=None)
