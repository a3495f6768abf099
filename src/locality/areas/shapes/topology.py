"""The compact form in which polygons go to a map: every border once.

The contract, for whoever draws it. `as_topology` gives a value of lists and dicts that is valid TopoJSON:

* `transform.scale` and `transform.translate`: position in metres of the British National Grid = steps x scale +
  translate. Both scales are the same. `bbox` is in metres: west, south, east, north.
* `arcs[n]`: the first pair is a position in steps, each further one the step from the pair before it.
* `objects.zones.geometries[z]`: zone z, in ascending order of code, which is the order of zones everywhere in this
  room. `id` its code, `properties.name` its name, `properties.inside` easting and northing of a point inside it in
  whole metres; `type` Polygon or MultiPolygon; `arcs` its rings as lists of arc numbers, ~n (negative) for arc n turned
  round. A zone lies on the left of its rings.

What TopoJSON does not have, and any reader of it passes over:

* `sides[n]`: [zone on the left, zone on the right] of arc n, as places in `geometries`; -1 is outside all zones. Both
  sides of an arc are the same from end to end. So the polygon of localities is every arc of whose two sides the
  localities differ - to draw borders, no ring has to be joined; `rings_of` joins rings for those who fill them. Two
  zones are neighbours over land exactly where an arc has both on its sides.

The same shapes give the same value, to the byte.
"""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import Any

import numpy as np

from locality.areas.shapes.arcs import NOBODY, Arcs, cut_arcs
from locality.areas.shapes.polygons import Shapes, measure_shapes
from locality.foundations import ResultRefused

Topology = dict[str, Any]
Ring = list[tuple[float, float]]


def as_topology(shapes: Shapes, *, step: float = 1.0) -> Topology:
    """Give shapes with every border once.

    Args:
        shapes: Zones whose borders match, as `simplify_together` and `match_borders` give them.
        step: Metres between the lines of the grid on which positions are written.

    Returns:
        Valid TopoJSON with the sides of every arc; see the top of this module. Borders that were shared stay shared.

    Raises:
        ResultRefused: A zone is so small that nothing of it is left on the grid.
    """
    arcs = cut_arcs(shapes.polygons, step)
    geometries = _geometries(shapes, arcs)
    if lost := [zone for zone, made in zip(shapes.zones, geometries, strict=True) if not made["arcs"]]:
        raise ResultRefused(f"At steps of {step:g} metres nothing is left of zone {lost[0]}.", "Use a smaller step.")
    origin, far = arcs.corners.origin, arcs.corners.position.max(axis=0) * step
    west, south = _plain(origin[0]), _plain(origin[1])
    return {
        "type": "Topology",
        "crs": {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::27700"}},
        "bbox": [west, south, _plain(origin[0] + far[0]), _plain(origin[1] + far[1])],
        "transform": {"scale": [_plain(step), _plain(step)], "translate": [west, south]},
        "objects": {"zones": {"type": "GeometryCollection", "geometries": geometries}},
        "arcs": _deltas(arcs),
        "sides": np.column_stack([arcs.left, arcs.right]).tolist(),
    }


def _plain(metres: float) -> float | int:
    """Write whole metres without a point."""
    rounded = round(float(metres), 3)
    return int(rounded) if rounded == int(rounded) else rounded


def _deltas(arcs: Arcs) -> list[list[list[int]]]:
    """Write each arc as its first position and steps; all at once, for there are tens of thousands."""
    ends = np.cumsum([0, *(len(line) for line in arcs.lines)])
    places = arcs.corners.position[np.concatenate(arcs.lines)]
    steps = np.diff(places, axis=0, prepend=places[:1])
    steps[ends[:-1]] = places[ends[:-1]]
    written: list[list[int]] = steps.tolist()
    return [written[start:end] for start, end in pairwise(ends)]


def _geometries(shapes: Shapes, arcs: Arcs) -> list[dict[str, Any]]:
    polygons: list[list[list[list[int]]]] = [[] for _ in shapes.zones]
    newest = -1
    for ring, zone, polygon in zip(arcs.rings, arcs.corners.zone, arcs.corners.polygon, strict=True):
        if polygon != newest:
            polygons[zone].append([])
            newest = polygon
        polygons[zone][-1].append(ring)
    points = measure_shapes(shapes).points
    return [
        {
            "type": "Polygon" if len(own) == 1 else "MultiPolygon",
            "id": zone,
            "properties": {"name": name, "inside": [round(float(east)), round(float(north))]},
            "arcs": own[0] if len(own) == 1 else own,
        }
        for zone, name, own, (east, north) in zip(shapes.zones, shapes.names, polygons, points, strict=True)
    ]


def topology_bytes(topology: Topology) -> bytes:
    """Write a topology as compressed JSON, as it is kept and sent; the same topology gives the same bytes."""
    text = json.dumps(topology, separators=(",", ":"), ensure_ascii=False)
    return gzip.compress(text.encode("utf-8"), compresslevel=6, mtime=0)


def topology_from_bytes(content: bytes) -> Topology:
    """Read what `topology_bytes` wrote."""
    found: Topology = json.loads(gzip.decompress(content))
    return found


def zones_of_topology(topology: Topology) -> tuple[str, ...]:
    """Give the codes of its zones, in their order."""
    return tuple(each["id"] for each in topology["objects"]["zones"]["geometries"])


def rings_of(topology: Topology, areas: Sequence[str]) -> dict[str, list[Ring]]:
    """Give the polygons of the areas that zones form together, such as localities.

    Args:
        topology: As `as_topology` gives it.
        areas: The area of each zone, in the order of the zones; "" leaves a zone out.

    Returns:
        Rings of each area in metres of the British National Grid, its holes among them; the first position of a ring
        is also its last. Borders inside an area are gone. To be filled by the even-odd rule.
    """
    side = [*areas, ""]  # the last place, -1, is outside
    ends: dict[str, list[int]] = {}
    for number, (left, right) in enumerate(topology["sides"]):
        if side[left] != side[right]:
            ends.setdefault(side[left], []).append(number)
            ends.setdefault(side[right], []).append(~number)
    ends.pop("", None)
    lines = _reader(topology)
    return {area: _join(arcs, lines) for area, arcs in sorted(ends.items())}


def _reader(topology: Topology) -> Callable[[int], Ring]:
    """Give a function that gives an arc's positions in metres; ~n is arc n turned round."""
    (scale, _), (east, north) = topology["transform"]["scale"], topology["transform"]["translate"]
    known: dict[int, Ring] = {}

    def line(number: int) -> Ring:
        own = number if number >= 0 else ~number
        if own not in known:
            x, y, found = 0, 0, []
            for across, up in topology["arcs"][own]:
                x, y = x + across, y + up
                found.append((x * scale + east, y * scale + north))
            known[own] = found
        return known[own] if number >= 0 else known[own][::-1]

    return line


def _join(arcs: list[int], line: Callable[[int], Ring]) -> list[Ring]:
    """Join arcs end to end to rings. Arcs run with their area on the left, so each end has an arc that goes on."""
    begins: dict[tuple[float, float], list[int]] = {}
    for arc in reversed(arcs):
        begins.setdefault(line(arc)[0], []).append(arc)
    rings = []
    for arc in arcs:
        waiting = begins[line(arc)[0]]
        if arc not in waiting:
            continue
        waiting.remove(arc)
        ring = list(line(arc))
        while ring[-1] != ring[0]:
            ring += line(begins[ring[-1]].pop())[1:]
        rings.append(ring)
    return rings


def borders_of(topology: Topology, areas: Sequence[str]) -> list[int]:
    """Give the arcs along which areas that zones form end.

    Args:
        topology: As `as_topology` gives it.
        areas: The area of each zone, in the order of the zones.

    Returns:
        Numbers of arcs whose two sides are different areas; the outside is one as well.
    """
    side = [*areas, None]
    return [number for number, (left, right) in enumerate(topology["sides"]) if side[left] != side[right]]


assert NOBODY == -1, "rings_of and borders_of take the last place of a list for the outside"
