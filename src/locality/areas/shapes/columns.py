"""Which column of a file holds the codes of zones, and which their names."""

from __future__ import annotations

import re
from collections.abc import Collection

from locality.areas.shapes.features import Features
from locality.areas.vintages import zone_vintage
from locality.foundations import Fault

# What publishers call them, without digits and in small letters: DataZone, DZ_Code, LSOA21CD, lsoa11nm ...
_CODES = ("zone", "datazone", "datazonecode", "dzcode", "lsoacd", "lsoacode", "geographycode", "areacode", "code", "id")
_NAMES = ("zonename", "name", "datazonename", "dzname", "lsoanm", "lsoaname", "geographyname", "areaname", "label")


def find_zone_column(features: Features, name: str, *, asked: str | None, zones: Collection[str]) -> str | Fault:
    """Find the column with the codes of zones.

    Args:
        features: What the file holds.
        name: The file's name for messages.
        asked: The column that the user named; None: find it.
        zones: The partnership's zones; empty: not known.

    Returns:
        Its name; or the fault, with the columns that there are.
    """
    there = f"its columns are: {', '.join(features.columns) or 'none'}"
    do = "Name the column that holds the codes of zones."
    if asked is not None:
        if asked in features.columns:
            return asked
        return Fault(name, f"there is no column '{asked}'; {there}", do, "shape-no-zone-column")
    scores = {column: _score(column, cells, set(zones)) for column, cells in features.columns.items()}
    best = max(scores, key=lambda column: scores[column], default=None)
    if best is None or not any(scores[best]):
        return Fault(name, f"no column is known to hold the codes of zones; {there}", do, "shape-no-zone-column")
    return best


def _score(column: str, cells: list[str | None], zones: set[str]) -> tuple[int, int, int]:
    """Prefer the column with most of the partnership's zones, then most codes of known editions, then a known name."""
    bare = _bare(column)
    known = len(_CODES) - _CODES.index(bare) if bare in _CODES else 0
    codes = {cell for cell in cells if cell}
    return len(codes & zones), sum(zone_vintage(code) is not None for code in codes), known


def find_name_column(features: Features, name: str, *, asked: str | None, zone_column: str) -> str | Fault | None:
    """Find the column with the names of zones; None: there is none.

    Args:
        features: What the file holds.
        name: The file's name for messages.
        asked: The column that the user named; None: find it.
        zone_column: The column with the codes.

    Returns:
        Its name, None, or the fault that the column asked for is not there.
    """
    if asked is not None and asked not in features.columns:
        what = f"there is no column '{asked}'; its columns are: {', '.join(features.columns)}"
        return Fault(name, what, "Name the column that holds the names of zones.", "shape-no-name-column")
    if asked is not None:
        return asked
    others = {_bare(column): column for column in features.columns if column != zone_column}
    # Codes end in "cd" and names in "nm" in files of the Office for National Statistics.
    beside = re.sub(r"(cd|code)$", "nm", _bare(zone_column))
    return next((others[each] for each in (beside, *_NAMES) if each in others), None)


def _bare(column: str) -> str:
    return re.sub(r"[^a-z]", "", column.lower())
