"""What the outlines of zones tell: where each lies, how large it is, and which zones touch."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pandas as pd

from locality.areas.shapes.neighbours import neighbours_of_shapes
from locality.areas.shapes.polygons import Shapes, measure_shapes
from locality.areas.shapes.reading import read_shapes
from locality.areas.tables import ZONE_PLACES
from locality.foundations.core_tables import ZONE_NEIGHBOURS
from locality.sources.columns import as_text, option_text, take_columns
from locality.sources.files import read_cells
from locality.sources.named_places import place_of_points, read_named_places
from locality.sources.partnerships import read_each
from locality.sources.readers import Asked, RawTable, Reader, register
from locality.sources.scottish_zones import clean_name

_OGL = "Open Government Licence v3.0; contains OS data © Crown copyright and database right"
_LOOKUP = {"zone": "DZ2011_Code", "settlement": "IZ2011_Name", "council": "LA_Name"}


def read_neighbours(asked: Asked) -> list[RawTable]:
    """Find which zones share a border, and along how many metres; points alone do not count."""

    def read_one(path: Path, name: str) -> RawTable:
        shapes = read_shapes(path, name=name)
        borders, codes = neighbours_of_shapes(shapes), np.array(shapes.zones, dtype=object)
        frame = pd.DataFrame(
            {
                "zone_a": pd.array(codes[borders.first], dtype="string"),
                "zone_b": pd.array(codes[borders.second], dtype="string"),
                "kind": pd.array(["land"] * len(borders.first), dtype="string"),
                "metres": as_text(pd.Series(borders.metres)),
            }
        )
        return RawTable(_numbered(frame), name, notes=_repairs(shapes, name))

    return read_each(asked, read_one)


def read_scottish_places(asked: Asked) -> list[RawTable]:
    """Read where data zones lie; their settlement is a named place, or else their intermediate zone."""

    def read_one(path: Path, name: str) -> RawTable:
        frame, shapes = _measured(path, name)
        known = pd.Series(pd.NA, index=frame.index, dtype="string")
        lookup, places = option_text(asked.options, "lookup"), option_text(asked.options, "places")
        if lookup:
            cells = take_columns(read_cells(asked.resolve(lookup), lookup), lookup, _LOOKUP).drop_duplicates("zone")
            of_zone = cells.set_index("zone")
            known = clean_name(frame["zone"].map(of_zone["settlement"]).astype("string"))
            frame["council"] = clean_name(frame["zone"].map(of_zone["council"]).astype("string"))
        if places:
            there = read_named_places(read_cells(asked.resolve(places), places), places)
            named = place_of_points(measure_shapes(shapes).points, there)
            known = pd.Series(named, index=frame.index, dtype="string").fillna(known)
        return RawTable(frame.assign(settlement=known), name, notes=_how(lookup, places, name))

    return read_each(asked, read_one)


def read_english_places(asked: Asked) -> list[RawTable]:
    """Read where LSOAs lie; their settlement is their middle layer area, which their name tells ("Burnley 003")."""

    def read_one(path: Path, name: str) -> RawTable:
        frame, shapes = _measured(path, name)
        names = pd.Series(shapes.names, index=frame.index, dtype="string")
        middle = names.str.extract(r"^(.* \d{3})[A-Z]$")[0]
        district = names.str.rsplit(n=1).str[0]
        note = f"{name}: the settlement of a zone is its middle layer super output area: a stand-in, not a town."
        return RawTable(frame.assign(settlement=middle, council=district), name, notes=(note,))

    return read_each(asked, read_one)


def _measured(path: Path, name: str) -> tuple[pd.DataFrame, Shapes]:
    shapes = read_shapes(path, name=name)
    found = measure_shapes(shapes)
    columns = {
        "easting": found.points[:, 0],
        "northing": found.points[:, 1],
        "area": found.area,
        "perimeter": found.perimeter,
    }
    texts = {column: as_text(pd.Series(figures)) for column, figures in columns.items()}
    return _numbered(pd.DataFrame({"zone": pd.array(shapes.zones, dtype="string"), **texts})), shapes


def _numbered(frame: pd.DataFrame) -> pd.DataFrame:
    """Number rows as a spreadsheet would, although a file of shapes has none."""
    return frame.set_index(pd.RangeIndex(2, 2 + len(frame)))


def _repairs(shapes: Shapes, name: str) -> tuple[str, ...]:
    return tuple(f"{name}: {repair}" for repair in shapes.repairs)


def _how(lookup: str, places: str, name: str) -> tuple[str, ...]:
    """Say what stands for a settlement, for nobody publishes the settlement of a data zone in these files."""
    if lookup and places:
        says = "the named place in whose box it lies, and outside of these its intermediate zone"
    elif lookup:
        says = "its intermediate zone: a neighbourhood of some 4,000 people, not a town"
    elif places:
        says = "the named place in whose box it lies"
    else:
        return (f"{name}: no settlements: name a lookup or a file of named places in its entry.",)
    return (f"{name}: the settlement of a zone is {says}.",)


def _register(
    name: str, publisher: str, describes: str, read: Callable[[Asked], list[RawTable]], **options: str
) -> None:
    table = ZONE_NEIGHBOURS if name == "zone-shapes-neighbours" else ZONE_PLACES
    register(Reader(name, table, publisher, _OGL, describes, read=read, national=True, options=options))


_register(
    "zone-shapes-neighbours",
    "Scottish Government, Office for National Statistics: boundaries of small areas",
    "Outlines of zones as GeoParquet, GeoPackage, GeoJSON, TopoJSON or zipped shapefile; gives the pairs that share a "
    "border, with its metres. Zones that meet at a point alone are no neighbours.",
    read_neighbours,
)
_register(
    "scotgov-zone-shapes",
    "Scottish Government, data zone boundaries",
    "Outlines of data zones; gives a point inside, area and perimeter, and with the files named here settlement and "
    "council.",
    read_scottish_places,
    places="A file of OS Open Names (name, name2, local_type, postcode_district, xmin, ymin, xmax, ymax): a zone whose "
    "point lies in the box of a city, town or village belongs to it, to the smallest of several",
    lookup="A data zone lookup (DZ2011_Code, IZ2011_Name, LA_Name): the intermediate zone stands for the settlement "
    "where no named place does, and the council is taken from it",
)
_register(
    "ons-lsoa-shapes",
    "Office for National Statistics, LSOA 2011 boundaries",
    "Outlines of LSOAs with names; gives a point inside, area and perimeter; the settlement is the middle layer super "
    "output area, the council the district, both from the name.",
    read_english_places,
)
