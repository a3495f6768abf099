"""GeoJSON and TopoJSON, decoded here.

Not by GDAL: told from its content, a JSON file may be taken by a driver that opens other files or asks a server. These
decoders know nothing but the file itself.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import shapely

from locality.areas.ground import Floats
from locality.areas.shapes.features import (
    MOST_BYTES,
    Features,
    check_count,
    columns_of,
    damaged,
    not_shapes,
    object_array,
    too_large,
)
from locality.areas.shapes.rings import NotPositions, make_polygons, positions_of

_CODE = re.compile(r"(?:urn:ogc:def:crs:)?(EPSG|OGC):[\d.]*:?(\w+)", re.IGNORECASE)
# Longitude and latitude, as the standards of both formats say; an older GeoJSON may name another system.
_USUAL = "OGC:CRS84"
Decode = Callable[[Any], "shapely.Geometry | None"]


def read_json(content: bytes, name: str) -> Features:
    """Read the features of a GeoJSON or TopoJSON file.

    Args:
        content: The file, unpacked.
        name: Its name for messages.

    Returns:
        Its features in their order.

    Raises:
        InputRefused: It is too large, no JSON, or neither of both.
    """
    if len(content) > MOST_BYTES["json"]:
        most = MOST_BYTES["json"] // 2**20
        raise too_large(name, f"it is {len(content) / 2**20:,.0f} MB of JSON; at most {most} MB are read")
    try:
        found = json.loads(content.decode("utf-8-sig"))
    except (ValueError, RecursionError) as wrong:
        raise damaged(name, "it begins like JSON and cannot be read to its end") from wrong
    kind = found.get("type") if isinstance(found, dict) else None
    if kind == "Topology":
        return _topology(found, name)
    if kind == "FeatureCollection" and isinstance(found.get("features"), list):
        return _features(found["features"], _system(found), name, lambda geometry: _polygons(geometry, _written))
    raise not_shapes(name, "it is JSON, but neither a GeoJSON FeatureCollection nor a TopoJSON Topology")


def _system(found: dict[str, Any]) -> str | None:
    """Give the coordinate system that the file names; one that is named and not known is None."""
    if "crs" not in found:
        return _USUAL
    named = found["crs"]
    properties = named.get("properties") if isinstance(named, dict) else None
    code = _CODE.fullmatch(str(properties.get("name", ""))) if isinstance(properties, dict) else None
    return f"{code[1].upper()}:{code[2]}" if code else None


def _features(found: Sequence[Any], system: str | None, name: str, decode: Decode) -> Features:
    """Decode features that have "properties", "id" and "geometry"."""
    check_count(name, len(found))
    rows, polygons, broken = [], [], {}
    for number, feature in enumerate(found):
        whole = feature if isinstance(feature, dict) else {}
        rows.append(_properties(whole))
        try:
            polygons.append(decode(whole.get("geometry")))
        except (NotPositions, shapely.errors.GEOSException) as wrong:
            polygons.append(None)
            broken[number] = str(wrong)
    return Features(columns_of(rows), object_array(polygons), system, broken)


def _properties(feature: dict[str, Any]) -> dict[str, object]:
    properties = feature.get("properties")
    own = properties if isinstance(properties, dict) else {}
    return {**({"id": feature["id"]} if "id" in feature else {}), **own}


def _polygons(geometry: Any, ring: Callable[[Any], Floats]) -> shapely.Geometry | None:
    """Make a polygon or multipolygon of what `ring` makes of each of its rings."""
    if geometry is None:
        return None
    kind = geometry.get("type") if isinstance(geometry, dict) else None
    nested = geometry.get("arcs", geometry.get("coordinates")) if isinstance(geometry, dict) else None
    if kind not in ("Polygon", "MultiPolygon"):
        raise NotPositions(f"it is a {kind}, not a polygon" if isinstance(kind, str) else "its geometry has no type")
    polygons = [nested] if kind == "Polygon" else nested
    if not isinstance(polygons, list) or not all(isinstance(each, list) for each in polygons):
        raise NotPositions("its coordinates are not lists of rings")
    return make_polygons([[ring(each) for each in rings] for rings in polygons])


def _written(ring: Any) -> Floats:
    return positions_of(ring)


def _topology(found: dict[str, Any], name: str) -> Features:
    """Decode the object of a topology that has polygons; of several the one with the most."""
    objects = found.get("objects")
    collections = [each for each in objects.values() if isinstance(each, dict)] if isinstance(objects, dict) else []
    lists = [each["geometries"] for each in collections if isinstance(each.get("geometries"), list)]
    if not lists:
        raise not_shapes(name, "it is TopoJSON without a collection of geometries")
    try:
        arcs = _arcs(found)
    except NotPositions as wrong:
        raise damaged(name, f"its arcs cannot be read: {wrong}") from wrong
    wrapped = [
        {**each, "geometry": each if each.get("type") else None}
        for each in max(lists, key=len)
        if isinstance(each, dict)
    ]
    return _features(
        wrapped, _system(found), name, lambda geometry: _polygons(geometry, lambda ring: _join(ring, arcs))
    )


def _arcs(found: dict[str, Any]) -> list[Floats]:
    """Give the positions of every arc; those of a quantised topology are summed up and scaled."""
    arcs = found.get("arcs")
    if not isinstance(arcs, list):
        raise NotPositions("there are none")
    read = [positions_of(arc) for arc in arcs]
    transform = found.get("transform")
    if transform is None:
        return read
    if not isinstance(transform, dict):
        raise NotPositions("its transform is not one of scale and translate")
    scale, translate = (positions_of([transform.get(part)])[0] for part in ("scale", "translate"))
    return [np.cumsum(arc, axis=0) * scale + translate for arc in read]


def _join(ring: Any, arcs: list[Floats]) -> Floats:
    """Join arcs to a ring; a negative number is an arc turned round."""
    if not isinstance(ring, list) or not ring or not all(type(each) is int for each in ring):
        raise NotPositions("its rings are not lists of arcs")
    if not all(-len(arcs) <= each < len(arcs) for each in ring):
        raise NotPositions("it names an arc that there is not")
    parts = [arcs[each] if each >= 0 else arcs[~each][::-1] for each in ring]
    # Each arc begins where the one before it ends.
    return np.vstack([parts[0], *(part[1:] for part in parts[1:])])
