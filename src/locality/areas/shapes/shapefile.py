"""A shapefile in a zip, read by GDAL.

GDAL tells formats from contents, and some formats name other files. So it is given a zip made anew, with nothing but
the parts of one shapefile, whose first bytes were checked.
"""

from __future__ import annotations

import io
import zipfile
import zlib
from pathlib import PurePosixPath
from typing import Any

import numpy as np
import pyogrio.errors  # type: ignore[import-untyped]
import pyogrio.raw  # type: ignore[import-untyped]
import shapely

from locality.areas.shapes.features import MOST_BYTES, Features, as_cell, check_count, damaged, not_shapes, too_large
from locality.areas.shapes.systems import code_of_text

MARK = b"PK\x03\x04"
_FIRST_BYTES = b"\x00\x00\x27\x0a"
_NEEDED, _PARTS = {".shp", ".shx", ".dbf"}, {".shp", ".shx", ".dbf", ".cpg", ".prj"}


def read_shapefile(content: bytes, name: str) -> Features:
    """Read the features of the one shapefile in a zip.

    Args:
        content: The zip.
        name: Its name for messages.

    Returns:
        Its features in their order.

    Raises:
        InputRefused: It is damaged, too large, or does not hold exactly one shapefile.
    """
    try:
        parts = _parts(content, name)
    # What Python's reader of zips raises: for a kind of compression that it does not know, the fourth.
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError, ValueError) as wrong:
        raise damaged(name, "the zip is cut off, damaged or locked") from wrong
    if not parts[".shp"].startswith(_FIRST_BYTES):
        raise damaged(name, "its part .shp is not one of a shapefile")
    try:
        meta, _, polygons, cells = pyogrio.raw.read(_zip_anew(parts), force_2d=True)
    except (pyogrio.errors.DataSourceError, pyogrio.errors.DataLayerError, ValueError, RuntimeError) as wrong:
        raise damaged(name, "the shapefile in the zip cannot be read to its end") from wrong
    check_count(name, len(polygons))
    system = code_of_text(parts[".prj"].decode("utf-8", "replace")) if ".prj" in parts else None
    return _features(meta["fields"], cells, polygons, system)


def _parts(content: bytes, name: str) -> dict[str, bytes]:
    """Give the parts of the one shapefile by their endings."""
    with zipfile.ZipFile(io.BytesIO(content)) as zipped:
        paths = {info: PurePosixPath(info.filename) for info in zipped.infolist() if "__MACOSX" not in info.filename}
        stems = {path.with_suffix("") for path in paths.values() if path.suffix.lower() == ".shp"}
        if len(stems) != 1:
            raise not_shapes(name, f"the zip holds {len(stems)} shapefiles; it must hold one")
        stem = stems.pop()
        own = {
            path.suffix.lower(): info
            for info, path in paths.items()
            if path.with_suffix("") == stem and path.suffix.lower() in _PARTS
        }
        if lacks := _NEEDED - set(own):
            raise not_shapes(name, f"the shapefile in the zip lacks its part {', '.join(sorted(lacks))}")
        size = sum(info.file_size for info in own.values())
        if size > MOST_BYTES["binary"]:
            most = MOST_BYTES["binary"] // 2**20
            raise too_large(name, f"unpacked it is {size / 2**20:,.0f} MB; at most {most} MB are read")
        # The zip's list may understate sizes, so no part is read beyond what the list says.
        return {suffix: zipped.open(info).read(info.file_size) for suffix, info in own.items()}


def _zip_anew(parts: dict[str, bytes]) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_STORED) as zipped:
        for suffix, content in parts.items():
            zipped.writestr(f"zones{suffix}", content)
    return made.getvalue()


def _features(fields: Any, cells: Any, bodies: Any, system: str | None) -> Features:
    polygons = np.asarray(shapely.from_wkb(bodies, on_invalid="ignore"), dtype=object)
    lost = [number for number, body in enumerate(bodies) if body is not None and polygons[number] is None]
    columns = {
        str(field): [as_cell(cell) for cell in column.tolist()] for field, column in zip(fields, cells, strict=True)
    }
    return Features(columns, polygons, system, dict.fromkeys(lost, "its geometry cannot be read"))
