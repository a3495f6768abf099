"""Reads the shapes of zones from a file, checks everything, and brings them to the British National Grid.

What a file is, is told from its first bytes. Every fault is said at once. Nothing that a file names is ever opened:
neither another file nor an address.
"""

from __future__ import annotations

import io
import zlib
from collections.abc import Collection
from gzip import BadGzipFile, GzipFile
from pathlib import Path

from locality.areas.shapes import geopackage, geoparquet, shapefile
from locality.areas.shapes.checking import Asked, check_features
from locality.areas.shapes.features import MOST_BYTES, Features, damaged, not_shapes, refuse_file, too_large
from locality.areas.shapes.json_files import read_json
from locality.areas.shapes.polygons import Shapes

_GZIP = b"\x1f\x8b"
_READERS = {
    geopackage.MARK: geopackage.read_geopackage,
    geoparquet.MARK: geoparquet.read_geoparquet,
    shapefile.MARK: shapefile.read_shapefile,
}


def read_shapes(
    file: Path | bytes,
    *,
    name: str = "",
    zone_column: str | None = None,
    name_column: str | None = None,
    crs: str | None = None,
    zones: Collection[str] | None = None,
    only_ours: bool = False,
) -> Shapes:
    """Read the polygons of zones from GeoJSON, TopoJSON, GeoPackage, GeoParquet or a zipped shapefile.

    Args:
        file: The file, or its bytes; each may be gzipped.
        name: Its name for messages; a path's own name when not given.
        zone_column: The column with the codes of zones; found when not given.
        name_column: The column with their names; found when not given, and a file may have none.
        crs: The coordinate system, like "EPSG:27700", where the file does not say it or says it wrongly.
        zones: The partnership's zones: each must be in the file. None: whatever the file has is taken.
        only_ours: Leave out zones that are not the partnership's, such as the rest of a nation, and count them;
            otherwise they are a fault.

    Returns:
        Zones in order of code, each once, with valid polygons in metres of the British National Grid. Invalid ones
        were repaired, and `repairs` says which. Borders that were shared exactly still are, except where a repair
        moved them.

    Raises:
        InputRefused: All that is wrong: no file of shapes, no column of zones, a zone missing, unknown or twice, a
            shape that is missing or no polygon, a coordinate system that is missing or unknown, or shapes that lie
            outside Great Britain.
    """
    said = name or (file.name if isinstance(file, Path) else "the file")
    features = _features(_content(file, said), said)
    ours = None if zones is None else frozenset(zones)
    return check_features(features, Asked(said, zone_column, name_column, crs, ours, only_ours))


def column_names(file: Path | bytes, *, name: str = "") -> tuple[str, ...]:
    """List the columns of a file of shapes, so that somebody may choose among them.

    Args:
        file: The file, or its bytes.
        name: Its name for messages.

    Returns:
        The names of its columns in their order.

    Raises:
        InputRefused: It is no file of shapes.
    """
    said = name or (file.name if isinstance(file, Path) else "the file")
    return tuple(_features(_content(file, said), said).columns)


def _content(file: Path | bytes, name: str) -> bytes:
    if isinstance(file, Path):
        if not file.is_file():
            raise refuse_file(name, "there is no such file", "Correct its name, or put it there.", "shape-no-file")
        if file.stat().st_size > MOST_BYTES["packed"]:
            raise _too_large(name, file.stat().st_size)
        file = file.read_bytes()
    if len(file) > MOST_BYTES["packed"]:
        raise _too_large(name, len(file))
    return _unpack(file, name) if file.startswith(_GZIP) else file


def _too_large(name: str, size: int) -> Exception:
    most = MOST_BYTES["packed"] // 2**20
    return too_large(name, f"it has {size / 2**20:,.0f} MB; at most {most} MB are read")


def _unpack(content: bytes, name: str) -> bytes:
    """Unpack a gzipped file, and stop where it grows beyond what is read."""
    most = MOST_BYTES["json"]
    try:
        with GzipFile(fileobj=io.BytesIO(content)) as packed:
            inside = packed.read(most + 1)
    except (EOFError, BadGzipFile, zlib.error) as wrong:
        raise damaged(name, "the compressed file is cut off or damaged") from wrong
    if len(inside) > most:
        raise too_large(name, f"unpacked it has more than {most // 2**20} MB")
    return inside


def _features(content: bytes, name: str) -> Features:
    if not content.strip(b"\0 \t\r\n"):
        raise not_shapes(name, "there is nothing in it")
    for mark, read in _READERS.items():
        if content.startswith(mark):
            return read(content, name)
    if content.removeprefix(b"\xef\xbb\xbf").lstrip()[:1] == b"{":
        return read_json(content, name)
    raise not_shapes(name, f"its first bytes are those of no format that is read ({content[:8]!r})")
