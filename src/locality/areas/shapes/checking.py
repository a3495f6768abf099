"""Turns the features of a file into shapes of zones, or says everything that is wrong with them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import shapely

from locality.areas.shapes.columns import find_name_column, find_zone_column
from locality.areas.shapes.features import MOST_COORDINATES, Features, too_large
from locality.areas.shapes.polygons import Polygons, Shapes
from locality.areas.shapes.repairing import repair_polygons
from locality.areas.shapes.systems import is_known, is_outside, to_grid
from locality.areas.vintages import zone_vintage
from locality.foundations import Fault, InputRefused

_POLYGONS = (shapely.GeometryType.POLYGON, shapely.GeometryType.MULTIPOLYGON)
_NAMED = 5


@dataclass(frozen=True)
class Asked:
    """What the user said about a file of shapes.

    Args:
        name: The file's name for messages.
        zone_column: The column with the codes of zones; None: find it.
        name_column: The column with their names; None: find it, and there may be none.
        system: The coordinate system; None: the file's own.
        zones: The partnership's zones; None: any.
        only_ours: Whether zones that are not the partnership's are left out.
    """

    name: str
    zone_column: str | None = None
    name_column: str | None = None
    system: str | None = None
    zones: frozenset[str] | None = None
    only_ours: bool = False


@dataclass(frozen=True)
class _Rows:
    """The features that are looked at, by their numbers in the file, with code, name and polygon."""

    numbers: list[int]
    codes: list[str]
    names: list[str]
    polygons: Polygons
    broken: dict[int, str]


def check_features(features: Features, asked: Asked) -> Shapes:
    """Check the features of a file and make shapes of them.

    Args:
        features: As the file has them.
        asked: What the user said about the file.

    Returns:
        Valid shapes in metres of the British National Grid, in order of code.

    Raises:
        InputRefused: Everything that is wrong.
    """
    system = asked.system or features.system
    faults = _faults_of_system(system, asked)
    codes = find_zone_column(features, asked.name, asked=asked.zone_column, zones=asked.zones or ())
    if isinstance(codes, Fault):
        raise InputRefused([*faults, codes])
    names = find_name_column(features, asked.name, asked=asked.name_column, zone_column=codes)
    if isinstance(names, Fault):
        faults, names = [*faults, names], None
    rows = _rows(features, codes, names, asked)
    faults += [*_faults_of_codes(features.columns[codes], rows, asked), *_faults_of_polygons(rows, asked)]
    if faults or system is None:
        raise InputRefused(faults)
    return _shapes(rows, system, asked, left_out=len(features.columns[codes]) - len(rows.numbers))


def _rows(features: Features, codes: str, names: str | None, asked: Asked) -> _Rows:
    cells = features.columns[codes]
    named = features.columns[names] if names else cells
    ours = asked.zones if asked.only_ours else None
    kept = [number for number, cell in enumerate(cells) if ours is None or cell in ours]
    polygons = features.polygons[kept]
    if shapely.get_num_coordinates(polygons).sum() > MOST_COORDINATES:
        raise too_large(asked.name, f"its shapes have more than {MOST_COORDINATES:,} positions")
    return _Rows(
        numbers=kept,
        codes=[cells[number] or "" for number in kept],
        names=[named[number] or cells[number] or "" for number in kept],
        polygons=polygons,
        broken=features.broken,
    )


def _faults_of_system(system: str | None, asked: Asked) -> list[Fault]:
    do = "Say which one it is, like EPSG:27700 (British National Grid) or EPSG:4326 (longitude and latitude)."
    if system is None:
        what = "it does not say its coordinate system, or one that is not known"
        return [Fault(asked.name, what, do, "shape-no-system")]
    if not is_known(system):
        return [Fault(asked.name, f"there is no coordinate system '{system}'", do, "shape-no-system")]
    return []


def _faults_of_codes(cells: Sequence[str | None], rows: _Rows, asked: Asked) -> list[Fault]:
    faults = []
    if empty := [number for number, cell in enumerate(cells) if not cell]:
        what = f"feature {empty[0] + 1} has no code of a zone"
        faults.append(Fault(asked.name, what, "Fill in the codes.", "shape-no-code", rows=len(empty)))
    times = Counter(code for code in rows.codes if code)
    if twice := [code for code, many in times.items() if many > 1]:
        what = f"{count_zones(len(twice))} in more than one feature: {name_zones(twice)}"
        do = "Join the parts of each zone to one multipolygon, or keep one feature."
        faults.append(Fault(asked.name, what, do, "shape-zone-twice"))
    return faults if asked.zones is None else [*faults, *_faults_of_match(set(times), asked.zones, asked.name)]


def _faults_of_match(there: set[str], ours: frozenset[str], name: str) -> list[Fault]:
    faults = []
    if lacking := ours - there:
        what = f"{len(lacking):,} of the partnership's {len(ours):,} zones have no shape: {name_zones(lacking)}"
        do = _other_edition(there, ours) or "Add them, or use a file that has all zones of the partnership."
        faults.append(Fault(name, what, do, "shape-zone-missing"))
    if strange := there - ours:
        what = f"{count_zones(len(strange))} not the partnership's: {name_zones(strange)}"
        faults.append(Fault(name, what, "Take them out, or ask for them to be left out.", "shape-zone-unknown"))
    return faults


def _other_edition(there: set[str], ours: frozenset[str]) -> str:
    """Say what to do where a file is of another edition of the zones."""
    editions = [{zone_vintage(zone) for zone in zones} - {None} for zones in (there, ours)]
    theirs, wanted = (" and ".join(sorted(map(str, each))) for each in editions)
    return f"The file has {theirs}; choose the file of {wanted}." if theirs and wanted and theirs != wanted else ""


def _faults_of_polygons(rows: _Rows, asked: Asked) -> list[Fault]:
    found: dict[tuple[str, str], list[str]] = {}
    for number, code, polygon in zip(rows.numbers, rows.codes, rows.polygons, strict=True):
        if (wrong := _wrong_with(polygon, rows.broken.get(number))) is not None:
            found.setdefault(wrong, []).append(f"feature {number + 1} ({code or 'no zone'})")
    faults = []
    for (what, code), places in found.items():
        do = "Use a file with the shape of every zone as a polygon or multipolygon."
        faults.append(Fault(asked.name, f"{_name(places)}: {what}", do, code, rows=len(places)))
    return faults


def _wrong_with(polygon: shapely.Geometry | None, broken: str | None) -> tuple[str, str] | None:
    """Say what keeps a polygon from being drawn, with the code of the fault."""
    if broken is not None:
        return (broken, "shape-no-polygon" if "not a polygon" in broken else "shape-not-readable")
    if polygon is None or shapely.is_empty(polygon):
        return ("it has no shape", "shape-empty")
    if shapely.get_type_id(polygon) not in _POLYGONS:
        return (f"it is a {type(polygon).__name__}, not a polygon", "shape-no-polygon")
    return None


def _shapes(rows: _Rows, system: str, asked: Asked, *, left_out: int) -> Shapes:
    order = np.argsort(np.array(rows.codes, dtype=object), kind="stable")
    zones = tuple(rows.codes[number] for number in order)
    polygons = to_grid(shapely.force_2d(rows.polygons[order]), system)
    if outside := [zone for zone, beyond in zip(zones, is_outside(polygons), strict=True) if beyond]:
        what = f"{count_zones(len(outside))} not in Great Britain when read as {system}: {name_zones(outside)}"
        do = "Say the coordinate system in which the file really is."
        raise InputRefused([Fault(asked.name, what, do, "shape-outside")])
    mended, repairs, lost = repair_polygons(zones, polygons)
    if lost:
        what = f"{count_zones(len(lost))} without any area: {name_zones(lost)}"
        do = "Use a file with the shape of every zone as a polygon or multipolygon."
        raise InputRefused([Fault(asked.name, what, do, "shape-empty")])
    names = tuple(rows.names[number] for number in order)
    return Shapes(zones, names, mended, system=system, repairs=repairs, left_out=left_out)


def count_zones(count: int) -> str:
    """Write a number of zones with the verb that follows it."""
    return "1 zone is" if count == 1 else f"{count:,} zones are"


def name_zones(zones: Iterable[str]) -> str:
    """Name a few zones, and say how many more there are."""
    return _name(sorted(zones))


def _name(named: Sequence[str]) -> str:
    more = f" and {len(named) - _NAMED:,} more" if len(named) > _NAMED else ""
    return ", ".join(named[:_NAMED]) + more
