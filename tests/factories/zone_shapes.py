"""Shapes of the zones of a site's partnership: squares of a kilometre, side by side."""

from __future__ import annotations

from django.core.files.uploadedfile import SimpleUploadedFile

from factories import areas
from factories.shapes import feature, geojson, square
from locality_web.areas.shape_changes import ShapeFile, load_shapes
from locality_web.areas.shape_models import ZoneShapes
from locality_web.core.models import Partnership, Person
from locality_web.core.permissions import Place

LINE = "Contains NRS data © Crown copyright and database right 2026."
TYPED = {
    "source": "Scottish Government, Data Zone Boundaries 2011",
    "licence": "Open Government Licence v3.0",
    "attribution": LINE,
}


def shapes(count: int = 8) -> bytes:
    """Zones in two columns, so that each locality of two zones is a row."""
    return geojson(
        *(
            feature(areas.zone(number), square((number - 1) % 2, (number - 1) // 2), name=f"Zone {number}")
            for number in range(1, count + 1)
        )
    )


def sent(content: bytes, name: str = "zones.geojson", **typed: str) -> dict[str, object]:
    return {**TYPED, **typed, "shapes": SimpleUploadedFile(name, content)}


def load(of: Partnership, by: Person, content: bytes | None = None) -> ZoneShapes:
    return load_shapes(by, Place(of), ShapeFile("zones.geojson", content or shapes(), **TYPED))
