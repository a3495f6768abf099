"""The localities of an option on a map, drawn on the server where the shapes of all its zones were loaded."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass

from locality.areas.shapes import Topology, as_svg_paths, label_point, rings_of, zones_of_topology
from locality_web.areas.models import BoundaryOption, ZoneShapes
from locality_web.areas.shape_map import DrawnAreas, areas_for_map, map_of_localities
from locality_web.areas.shape_queries import newest_shapes, topology_of
from locality_web.core.charts_svg import element
from locality_web.core.languages import tell
from locality_web.core.maps import Map
from locality_web.core.models import Partnership
from locality_web.core.remembered import Memory

# Light fills on which black figures can be read; neighbours are told apart by their white border and their number,
# not by colour alone.
_FILLS = ("#a6cee3", "#b2df8a", "#fdbf6f", "#cab2d6", "#ffff99", "#fb9a99", "#d9d9d9", "#ccebc5")
_WIDTH = 1000


def map_of_option(option: BoundaryOption, memory: Memory) -> Map | None:
    """Draw an option's localities with their numbers, and list them; None: not all of its zones have shapes."""

    def read() -> Map | None:
        return _map(option.partnership, f"{option.name} on a map", zones=option.zones, names=option.names)

    return memory.read(("areas.option_map", str(option.pk)), ("areas",), read)


def map_of_zones(
    partnership: Partnership, title: str, memory: Memory, *, zones: Mapping[str, str], names: Mapping[str, str]
) -> Map | None:
    """Draw a division as it was at some time, with numbers and a list; None: not all of its zones have shapes.

    Args:
        partnership: Whose.
        title: The division's name.
        memory: What is remembered.
        zones: Key of the locality by zone.
        names: Name of each locality by its key.
    """
    made_of = hashlib.sha256(repr((title, sorted(zones.items()), list(names.items()))).encode()).hexdigest()
    caption = tell("{title} on a map", title=title)
    drawn = ("areas.zones_map", made_of)
    return memory.read(drawn, ("areas",), lambda: _map(partnership, caption, zones=zones, names=names))


def _map(partnership: Partnership, title: str, *, zones: Mapping[str, str], names: Mapping[str, str]) -> Map | None:
    shapes = newest_shapes(partnership)
    if shapes is None or not zones:
        return None
    areas = areas_for_map(topology_of(shapes), zones)
    named = {key: (name, "") for key, name in names.items() if key in areas}
    return map_of_localities(title, named, DrawnAreas(areas, shapes.attribution))


@dataclass(frozen=True)
class Picture:
    """A map as one SVG file, with what stands beside it.

    Args:
        svg: The file.
        names: The localities' names in the order of their numbers on the map.
        attribution: The line that must stand beneath it.
    """

    svg: str
    names: tuple[str, ...]
    attribution: str


def shapes_behind(option: BoundaryOption) -> tuple[ZoneShapes, Topology, tuple[str, ...]] | None:
    """Give the shapes on which an option can be drawn, and their zones; None: not all of its zones have shapes."""
    shapes = newest_shapes(option.partnership)
    if shapes is None:
        return None
    topology = topology_of(shapes)
    there = zones_of_topology(topology)
    if not option.zones or not set(option.zones) <= set(there):
        return None
    return shapes, topology, there


def picture_of(option: BoundaryOption) -> Picture | None:
    """Draw an option as a file for print; None: not all of its zones have shapes."""
    found = shapes_behind(option)
    if found is None:
        return None
    shapes, topology, there = found
    keys = [key for key in option.names if key in set(option.zones.values())]
    svg = _draw(topology, [option.zones.get(zone, "") for zone in there], keys)
    return Picture(svg, tuple(option.names[key] for key in keys), shapes.attribution)


def _draw(topology: Topology, areas: list[str], keys: list[str]) -> str:
    drawn, rings = as_svg_paths(topology, areas, width=_WIDTH), rings_of(topology, areas)
    parts = [
        element("path", d=drawn.paths[key], fill=_FILLS[number % len(_FILLS)], fill_rule="evenodd", **_LINE)
        for number, key in enumerate(keys)
    ]
    for number, key in enumerate(keys, 1):
        east, north = label_point(rings[key])
        x, y = (east - drawn.west) / drawn.metres, (drawn.north - north) / drawn.metres
        parts.append(element("circle", cx=f"{x:.1f}", cy=f"{y:.1f}", r="20", fill="#ffffff", stroke="#333333"))
        parts.append(element("text", str(number), x=f"{x:.1f}", y=f"{y + 8:.1f}", **_TEXT))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {drawn.width:g} {drawn.height:g}" '
        f'width="{drawn.width:g}" height="{drawn.height:g}">{"".join(parts)}</svg>'
    )


_LINE = {"stroke": "#ffffff", "stroke_width": "3"}
_TEXT = {"text_anchor": "middle", "font_size": "22", "font_family": "DejaVu Sans", "fill": "#000000"}
