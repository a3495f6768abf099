"""Polygons as paths of an SVG picture, for pages that show a map without any script."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from locality.areas.shapes.topology import Ring, Topology, rings_of, zones_of_topology

_PARTS = 10  # of a unit of the picture: finer than any screen shows


@dataclass(frozen=True)
class SvgPaths:
    """A picture of areas.

    Args:
        width: Units from west to east.
        height: Units from north to south, in the same scale.
        paths: What stands in `d` of each area's path, by area; to be filled by the even-odd rule.
        west: Easting in metres of the left edge.
        north: Northing in metres of the upper edge.
        metres: Metres of one unit.
    """

    width: float
    height: float
    paths: dict[str, str]
    west: float
    north: float
    metres: float


def as_svg_paths(topology: Topology, areas: Sequence[str] | None = None, *, width: int = 1000) -> SvgPaths:
    """Draw the areas that zones form together.

    Args:
        topology: As `as_topology` gives it.
        areas: The area of each zone, in the order of the zones; every zone by itself when not given.
        width: Units of the picture from west to east.

    Returns:
        One path for each area, north up. Steps too small to be seen are left out.
    """
    west, south, east, north = topology["bbox"]
    metres = max(east - west, 1) / width
    rings = rings_of(topology, zones_of_topology(topology) if areas is None else areas)
    paths = {area: "".join(_path(ring, west, north, metres) for ring in own) for area, own in rings.items()}
    return SvgPaths(width, round((north - south) / metres, 1), paths, west, north, metres)


def _path(ring: Ring, west: float, north: float, metres: float) -> str:
    """Write a ring in steps of a tenth of a unit; neighbours round alike, so no gap opens between them."""
    unit = metres / _PARTS
    places = [(round((x - west) / unit), round((north - y) / unit)) for x, y in ring[:-1]]
    x, y = places[0]
    said = [f"M{_tenths(x)} {_tenths(y)}"]
    for across, down in places[1:]:
        if (across, down) != (x, y):
            said.append(f"l{_tenths(across - x)} {_tenths(down - y)}")
            x, y = across, down
    return "".join(said) + "z"


def _tenths(parts: int) -> str:
    return f"{parts / _PARTS:g}" if parts % _PARTS else str(parts // _PARTS)
