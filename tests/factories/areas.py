"""Releases that divide a partnership, and the files of zones that people send."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence

import pandas as pd
from django.db import transaction

from locality.release import Release
from locality_web.areas.release_parts import load_release
from locality_web.core.models import Partnership, Person, ReleaseLoaded
from locality_web.core.permissions import Place

FOUR = {"levenmouth": (1, 2), "north-east-fife": (3, 4), "kirkcaldy": (5, 6), "dunfermline": (7, 8)}
"""Fife's four localities with two zones each."""
BANDS = ((0, 15), (16, 64), (65, 84), (85, None))


def zone(number: int) -> str:
    return f"S01{number:06d}"


def release(
    localities: Mapping[str, Sequence[int]],
    *,
    day: dt.date = dt.date(2026, 3, 31),
    people: int = 100,
    id: str = "a" * 64,
    middles: Mapping[int, tuple[float, float]] | None = None,
) -> Release:
    """A release in which each locality, by its code, has the zones of these numbers."""
    areas = [(zone(number), f"Zone {number}", code) for code, numbers in localities.items() for number in numbers]
    population = [
        (name, 2021, sex, first, last, people / 8)
        for name, _, _ in areas
        for sex in ("female", "male")
        for first, last in BANDS
    ]
    columns = ["zone", "year", "sex", "age_from", "age_to", "people"]
    named = [(code, code.replace("-", " ").title(), people * len(numbers)) for code, numbers in localities.items()]
    placed = {zone(number): middle for number, middle in (middles or {}).items()}
    where = [placed.get(name, (None, None)) for name, _, _ in areas]
    tables = {
        "areas": pd.DataFrame(areas, columns=["zone", "name", "locality"])
        .astype("string")
        .assign(easting=[east for east, _ in where], northing=[north for _, north in where]),
        "localities": pd.DataFrame(named, columns=["locality", "name", "population"]),
        "population": pd.DataFrame(population, columns=columns).astype({"age_to": "Int64"}),
    }
    return Release(id, day, {"made_up": True}, tables)


def load(of: Partnership, found: Release, by: Person | None = None) -> ReleaseLoaded:
    """Load the areas of a release, as the bridge does for every room."""
    record, _ = ReleaseLoaded.objects.get_or_create(
        partnership=of,
        release=found.id,
        defaults={
            "day": found.day,
            "year": "2024/25",
            "about": {},
            "file_name": "fife.release.zip",
            "made_up": True,
            "loaded_by": by,
        },
    )
    with transaction.atomic():
        load_release(found, Place(of), record)
    return record


def zone_file(rows: Mapping[int, str], *, names: Mapping[str, str] | None = None) -> bytes:
    """A file of zones: the code of the locality by the zone's number."""
    lines = ["zone,zone_name,locality,locality_name"]
    lines += [f"{zone(number)},Zone {number},{code},{(names or {}).get(code, '')}" for number, code in rows.items()]
    return "\r\n".join(lines).encode()
