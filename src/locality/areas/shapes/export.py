"""Shapes as files for other programs: GeoJSON and GeoPackage."""

from __future__ import annotations

import io
import json
from collections.abc import Mapping, Sequence

import numpy as np
import pyogrio  # type: ignore[import-untyped]
import pyogrio.raw  # type: ignore[import-untyped]
import shapely

from locality.areas.shapes.features import object_array
from locality.areas.shapes.polygons import Shapes
from locality.areas.shapes.systems import GRID, WGS84, from_grid

_DECIMALS = 6  # of a degree: a tenth of a metre
# GeoPackage records when it was written; the same shapes must give the same bytes, and the library reads no clock.
_WRITTEN = "2000-01-01T00:00:00Z"


def as_geojson(shapes: Shapes, columns: Mapping[str, Sequence[str]] | None = None) -> bytes:
    """Write shapes as GeoJSON in longitude and latitude, as its standard asks.

    Args:
        shapes: Zones with their polygons.
        columns: Further columns, such as the locality: name and one text for each zone.

    Returns:
        UTF-8 bytes: a feature for each zone with zone, name and the further columns. Shared borders stay shared.
    """
    turned = shapely.orient_polygons(from_grid(shapes.polygons, WGS84))
    rounded = shapely.transform(turned, lambda places: np.round(places, _DECIMALS))
    cells = {"zone": shapes.zones, "name": shapes.names, **(columns or {})}
    features = [
        {
            "type": "Feature",
            "properties": {column: own[number] for column, own in cells.items()},
            "geometry": json.loads(polygon),
        }
        for number, polygon in enumerate(shapely.to_geojson(rounded))
    ]
    written = json.dumps({"type": "FeatureCollection", "features": features}, separators=(",", ":"), ensure_ascii=False)
    return written.encode("utf-8")


def write_geopackage(shapes: Shapes, columns: Mapping[str, Sequence[str]] | None = None) -> bytes:
    """Write shapes as a GeoPackage in the British National Grid.

    Args:
        shapes: Zones with their polygons.
        columns: Further columns, such as the locality: name and one text for each zone.

    Returns:
        The bytes of the file: one layer "zones" with zone, name and the further columns.
    """
    cells = {"zone": shapes.zones, "name": shapes.names, **(columns or {})}
    multi = [shapely.multipolygons(shapely.get_parts(polygon)) for polygon in shapes.polygons]
    file = io.BytesIO()
    pyogrio.set_gdal_config_options({"OGR_CURRENT_DATE": _WRITTEN})
    pyogrio.raw.write(
        file,
        shapely.to_wkb(object_array(multi)),
        [object_array(list(own)) for own in cells.values()],
        list(cells),
        layer="zones",
        driver="GPKG",
        geometry_type="MultiPolygon",
        crs=GRID,
    )
    return file.getvalue()
