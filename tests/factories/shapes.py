"""Files of drawn zones: squares of a kilometre, named by column and row, in metres of the national grid."""

from __future__ import annotations

import io
import json
import tempfile
import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pyogrio.raw
import shapely

from locality.areas.shapes import Shapes, read_shapes
from locality.areas.shapes.features import object_array

EAST, NORTH, KILOMETRE = 320_000, 700_000, 1_000
Ring = Sequence[tuple[float, float]]


def zone(number: int) -> str:
    return f"S010{number:05}"


def square(column: float, row: float, side: float = 1) -> list[tuple[float, float]]:
    """The corners of a square, in kilometres from the corner of the drawn country."""
    east, north, size = EAST + column * KILOMETRE, NORTH + row * KILOMETRE, side * KILOMETRE
    return [(east, north), (east + size, north), (east + size, north + size), (east, north + size), (east, north)]


def feature(code: str | None, *rings: Ring, kind: str = "Polygon", **cells: Any) -> dict[str, Any]:
    geometry = {"type": kind, "coordinates": [[list(place) for place in ring] for ring in rings]}
    return {"type": "Feature", "properties": {"zone": code, **cells}, "geometry": geometry}


def geojson(*features: dict[str, Any], system: str | None = "EPSG::27700") -> bytes:
    named = {"crs": {"type": "name", "properties": {"name": f"urn:ogc:def:crs:{system}"}}} if system else {}
    return json.dumps({"type": "FeatureCollection", **named, "features": features}).encode()


def block(columns: int, rows: int) -> bytes:
    """A block of squares, numbered from 1 row by row."""
    return geojson(
        *(
            feature(zone(row * columns + column + 1), square(column, row), name=f"Zone {row * columns + column + 1}")
            for row in range(rows)
            for column in range(columns)
        )
    )


def read(content: bytes, **options: Any) -> Shapes:
    return read_shapes(content, name="zones.json", **options)


def parquet(shapes: Shapes, about: Mapping[str, Any]) -> bytes:
    """A GeoParquet file in the national grid that says this about its polygons."""
    table = pa.table(
        {
            "zone": list(shapes.zones),
            "name": list(shapes.names),
            "geometry": pa.array([shapely.to_wkb(each) for each in shapes.polygons], pa.binary()),
        }
    )
    geo = {"version": "1.0.0", "primary_column": "geometry", "columns": {"geometry": {"encoding": "WKB", **about}}}
    out = io.BytesIO()
    pq.write_table(table.replace_schema_metadata({"geo": json.dumps(geo)}), out)
    return out.getvalue()


def shapefile(shapes: Shapes) -> bytes:
    """A zipped shapefile."""
    with tempfile.TemporaryDirectory() as folder:
        pyogrio.raw.write(
            f"{folder}/zones.shp",
            shapely.to_wkb(shapes.polygons),
            [object_array(list(shapes.zones)), object_array(list(shapes.names))],
            ["zone", "name"],
            driver="ESRI Shapefile",
            geometry_type="Polygon",
            crs="EPSG:27700",
        )
        return zipped({f"folder/{path.name}": path.read_bytes() for path in Path(folder).iterdir()})


def zipped(files: Mapping[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as packed:
        for name, content in files.items():
            packed.writestr(name, content)
    return out.getvalue()
