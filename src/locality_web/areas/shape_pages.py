"""What the page of shapes shows."""

from __future__ import annotations

from typing import Any

from django.utils import timezone
from django.utils.formats import date_format

from locality_web.areas.shape_models import ZoneShapes
from locality_web.areas.shape_queries import newest_shapes
from locality_web.core.permissions import Place
from locality_web.core.tables import Column, Table

SYSTEMS = {
    "OGC:CRS84": "Longitude and latitude",
    "EPSG:27700": "British National Grid",
    "EPSG:4326": "Longitude and latitude",
    "EPSG:4258": "European longitude and latitude",
    "EPSG:3857": "Web Mercator",
}


def shapes_page(place: Place) -> dict[str, Any]:
    """What is loaded, and what was done to it."""
    shapes = newest_shapes(place.partnership)
    return {"shapes": shapes, "loaded": _table(shapes) if shapes else None}


def _table(shapes: ZoneShapes) -> Table:
    edition = f" ({shapes.edition})" if shapes.edition else ""
    system = SYSTEMS.get(shapes.system)
    by = f" by {shapes.loaded_by}" if shapes.loaded_by else ""
    rows = [
        ["File", shapes.file_name],
        ["Zones", f"{shapes.zones:,}{edition}"],
        ["Published by", shapes.source],
        ["Licence", shapes.licence],
        ["Line beneath every map", shapes.attribution],
        ["Coordinate system of the file", f"{system} ({shapes.system})" if system else shapes.system],
        ["Loaded", date_format(timezone.localtime(shapes.loaded_at), "j F Y, H:i") + by],
    ]
    return Table("The shapes that maps are drawn from", [Column("What"), Column("Is")], rows)
