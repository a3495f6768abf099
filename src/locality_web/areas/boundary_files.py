"""An option as files for other programs and for print: GeoJSON, GeoPackage, PNG and PDF."""

from __future__ import annotations

import json
from dataclasses import dataclass
from importlib import resources
from typing import Any

import numpy as np
import shapely

from locality.areas.shapes import Shapes, as_geojson, rings_of, write_geopackage
from locality.foundations import ResultRefused
from locality_web.areas.boundary_map import Picture, picture_of, shapes_behind
from locality_web.areas.models import BoundaryOption

KINDS = {
    "geojson": "application/geo+json",
    "gpkg": "application/geopackage+sqlite3",
    "png": "image/png",
    "pdf": "application/pdf",
}
"""The files that there are, by their endings."""

_PER_INCH = 144
# All words come as values in JSON and are never read as markup.
_PAGE = b"""
#let map = json(bytes(sys.inputs.map))
#set document(title: map.title, date: none)
#set text(font: "DejaVu Sans", size: 10pt, lang: "en", region: "GB", hyphenate: false)
#set page(paper: "a4", margin: 1.5cm)
#title()
#map.says
#image(bytes(map.svg), format: "svg", width: 100%, height: 17cm, fit: "contain", alt: map.alt)
#enum(..map.names.map(name => [#name]))
#text(size: 8pt)[#map.foot]
"""


@dataclass(frozen=True)
class _Drawn:
    shapes: Shapes
    attribution: str


def file_of(option: BoundaryOption, kind: str) -> bytes | None:
    """Write an option as a file; None: not all of its zones have shapes on this site.

    Args:
        option: The option.
        kind: One of `KINDS`.
    """
    if kind in ("png", "pdf"):
        picture = picture_of(option)
        return _print(option, picture, kind) if picture is not None else None
    drawn = _shapes_of(option)
    if drawn is None:
        return None
    keys = [option.zones.get(zone, "") for zone in drawn.shapes.zones]
    columns = {
        "locality": keys,
        "locality_name": [option.names.get(key, "") for key in keys],
        "source": [drawn.attribution] * len(keys),
    }
    return as_geojson(drawn.shapes, columns) if kind == "geojson" else write_geopackage(drawn.shapes, columns)


def _shapes_of(option: BoundaryOption) -> _Drawn | None:
    """Make polygons of the zones again from the borders that they share."""
    found = shapes_behind(option)
    if found is None:
        return None
    kept, topology, zones = found
    rings = rings_of(topology, zones)
    polygons = np.empty(len(zones), dtype=object)
    for number, zone in enumerate(zones):
        # A zone's rings never cross; which of them are holes follows from which lies inside which.
        polygons[number] = shapely.build_area(shapely.MultiLineString(rings[zone]))
    return _Drawn(Shapes(zones, zones, polygons), kept.attribution)


def _print(option: BoundaryOption, picture: Picture, kind: str) -> bytes:
    import typst  # noqa: PLC0415 - a large library that few pages need

    listed = "; ".join(f"{number}: {name}" for number, name in enumerate(picture.names, 1))
    words = {
        "title": option.name,
        "says": f"A boundary option of {option.partnership}: {option.get_state_display().lower()}.",
        "alt": f"A map of {len(picture.names)} localities with their numbers. {listed}.",
        "svg": picture.svg,
        "names": list(picture.names),
        "foot": picture.attribution,
    }
    asked: dict[str, Any] = {"pdf_standards": "ua-1"} if kind == "pdf" else {"format": "png", "ppi": _PER_INCH}
    with resources.as_file(resources.files("locality.plans.documents") / "fonts") as fonts:
        try:
            made = typst.compile(
                _PAGE,
                font_paths=typst.Fonts(include_system_fonts=False, font_paths=[fonts]),
                sys_inputs={"map": json.dumps(words, ensure_ascii=False)},
                **asked,
            )
        except typst.TypstError as error:
            do = "Take out of the names what is named here."
            raise ResultRefused(f"The map cannot be made: {error}.", do) from error
    pages: bytes = made[0] if isinstance(made, list) else made
    return pages
