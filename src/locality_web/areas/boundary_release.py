"""Take what boundaries are drawn on from a verified release, where it holds it."""

from __future__ import annotations

from typing import Any

import pandas as pd

from locality.areas.read_ground import read_ground
from locality.release import Release, declared_places
from locality_web.areas.boundary_ground import keep_ground
from locality_web.areas.boundary_measuring import measure_again
from locality_web.core.audit import record_event
from locality_web.core.models import ReleaseLoaded
from locality_web.core.permissions import Place

_FILES = ("zone_neighbours", "zone_places", "practices", "registrations", "indicators", "population")


def take_ground(release: Release, place: Place, record: ReleaseLoaded) -> bool:
    """Keep the ground of a release and measure every open option on it; runs inside the caller's transaction.

    A release that holds none leaves the ground as it is: borders of zones do not pass with a year.

    Returns:
        Whether the ground is another one than before.

    Raises:
        InputRefused: The borders contradict themselves.
    """
    found = declared_places(release.tables)
    if "zone_neighbours" not in found:
        return False
    areas = release.tables["areas"]
    zones = areas.reindex(columns=["zone", "name", "easting", "northing"])
    members = areas[["zone", "locality"]].assign(**{"from": pd.NaT, "to": pd.NaT})
    tables = {**found, "zones": zones, "population": release.tables["population"], "localities": members}
    made = read_ground(tables, day=release.day, on=release.day)
    about = made_of(release, list(made.notes))
    if not keep_ground(place.partnership, made.ground, made_of=about, release=release.id):
        return False
    record_event(
        record.loaded_by,
        "areas.ground_from_release",
        f"Took what boundaries are drawn on from a release: {len(made.ground.zones):,} zones",
        place=place,
        subject="boundary-ground",
        detail={"release": release.id, "zones": len(made.ground.zones), "borders": len(made.ground.borders.first)},
    )
    measure_again(place.partnership)
    return True


def made_of(release: Release, notes: list[str]) -> dict[str, Any]:
    """Say of which files a ground was made, what must be said beside it, and whom to name."""
    files = [file for file in release.about.get("inputs", ()) if file["table"] in _FILES]
    sources = [" ".join(filter(None, (file["publisher"] or file["file"], file["vintage"]))) for file in files]
    publishers = dict.fromkeys(file["publisher"] for file in files if file["publisher"])
    return {
        "sources": list(dict.fromkeys(sources)),
        "notes": notes,
        "attribution": [f"Made with data of: {'; '.join(publishers)}."] if publishers else [],
    }
