"""Tables of overlaps from the zones of the drawn site to zones of another vintage."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping

from factories import areas, site
from locality.release import Release
from locality_web.areas import overlap_changes
from locality_web.areas.changes import ZoneFile
from locality_web.areas.models import CarriedDivision
from locality_web.core.models import Partnership, Person

APRIL = dt.date(2027, 4, 1)
SPLIT = (
    *((1, 1, 100), (2, 2, 60), (2, 3, 40), (3, 3, 50), (3, 4, 50), (4, 4, 100)),
    *((number, number, 100) for number in (5, 6, 7, 8)),
)
"""Zones 2 and 3 meet in the new zone 3, which had 40 people of Levenmouth and 50 of North East Fife."""


def new_zone(number: int) -> str:
    """A code of the 2022 vintage."""
    return f"S010135{number:02d}"


def overlap_file(rows: Iterable[tuple[int, int, int]] = SPLIT) -> bytes:
    """A file of overlaps: number of the zone, number of the new zone, people."""
    lines = [f"{areas.zone(old)},{new_zone(new)},New zone {new},{people}" for old, new, people in rows]
    return "\r\n".join(["zone,new_zone,new_name,people", *lines]).encode()


def loaded(by: Person, of: Partnership, content: bytes | None = None) -> CarriedDivision:
    """A table that was loaded and waits to be looked at."""
    file = ZoneFile("overlaps.csv", content or overlap_file())
    reason = "The zones of 2022 have come."
    return overlap_changes.load_overlaps(by, site.place(of), file, applies_from=APRIL, reason=reason)


def release_on_new_zones(
    division: Mapping[int, str], *, day: dt.date, people: int = 120, id: str = "b" * 64
) -> Release:
    """A release whose zones are of the new vintage: the code of the locality by the zone's number."""
    homes: dict[str, list[int]] = {}
    for number, code in division.items():
        homes.setdefault(code, []).append(number)
    made = areas.release(homes, day=day, people=people, id=id)
    numbers = {areas.zone(number): new_zone(number) for number in range(1, 100)}
    tables = {
        name: frame.assign(zone=frame["zone"].map(numbers).astype("string")) if "zone" in frame else frame
        for name, frame in made.tables.items()
    }
    return Release(made.id, made.day, made.about, tables)
