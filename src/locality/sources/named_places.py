"""Which town or village a zone belongs to, from a list of named places with the box that each fills."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from locality.sources.columns import counted, take_columns

KINDS = ("City", "Town", "Village")
"""Kinds of named place that count as a settlement; suburbs and hamlets are parts of one or too small."""

_BOX = ("xmin", "ymin", "xmax", "ymax")


@dataclass(frozen=True)
class NamedPlaces:
    """Places with the boxes that they fill.

    Args:
        names: Name of each place; with its postcode district where two share one.
        boxes: West, south, east and north of each, in metres of the British National Grid.
    """

    names: npt.NDArray[np.object_]
    boxes: npt.NDArray[np.float64]


def read_named_places(cells: pd.DataFrame, file: str) -> NamedPlaces:
    """Take the cities, towns and villages from the cells of a file of OS Open Names.

    Args:
        cells: The file's cells.
        file: Its name for messages.

    Returns:
        The places, in the order of the file.

    Raises:
        InputRefused: A column is missing, or an edge of a box is no number.
    """
    columns = {"name": "name", "other": "name2", "kind": "local_type", "district": "postcode_district"}
    places = take_columns(cells, file, {**columns, **{edge: edge for edge in _BOX}})
    places = places[places["kind"].isin(KINDS)]
    # Where a place has a Gaelic and an English name, both are shown, for the file does not say which is which.
    both = places["name"] + " (" + places["other"] + ")"
    names = both.fillna(places["name"]).fillna("")
    shared = names.duplicated(keep=False)
    names = names.mask(shared, names + ", " + places["district"].fillna(""))
    boxes = np.column_stack([counted(places, edge, file).to_numpy(np.float64) for edge in _BOX])
    return NamedPlaces(names.to_numpy(object), boxes)


def place_of_points(points: npt.NDArray[np.float64], places: NamedPlaces) -> npt.NDArray[np.object_]:
    """Give the place in whose box each point lies; the smallest of several; None in no box.

    Args:
        points: Easting and northing of each point. Shape (points, 2).
        places: The places.

    Returns:
        The name of each point's place, or None.
    """
    west, south, east, north = places.boxes.T
    order = np.argsort((east - west) * (north - south), kind="stable")
    found = np.full(len(points), None, dtype=object)
    # From the largest box to the smallest, so that a village beside a town is not taken for the town.
    for one in order[::-1]:
        x, y = points[:, 0], points[:, 1]
        found[(west[one] <= x) & (x <= east[one]) & (south[one] <= y) & (y <= north[one])] = places.names[one]
    return found
