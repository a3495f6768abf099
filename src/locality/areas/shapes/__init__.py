"""Shapes of zones: read from a file, checked and repaired, simplified together, measured, drawn and written.

    shapes = read_shapes(Path("zones.gpkg"), zones=codes)
    drawn = simplify_together(shapes, target_bytes=500_000)
    drawn.content        # compressed TopoJSON, every border once; see `locality.areas.shapes.topology`

Everything is in metres of the British National Grid. A border that two zones share is one border throughout.
"""

from locality.areas.shapes.drawing import SvgPaths, as_svg_paths
from locality.areas.shapes.export import as_geojson, write_geopackage
from locality.areas.shapes.features import MOST_BYTES
from locality.areas.shapes.labels import label_point
from locality.areas.shapes.matching import Matched, Overlap, match_borders
from locality.areas.shapes.neighbours import neighbours_of_shapes
from locality.areas.shapes.polygons import Repair, ShapeMeasures, Shapes, measure_shapes, take_shapes
from locality.areas.shapes.reading import column_names, read_shapes
from locality.areas.shapes.simplifying import Simplified, simplify_together
from locality.areas.shapes.topology import (
    Topology,
    as_topology,
    borders_of,
    rings_of,
    topology_bytes,
    topology_from_bytes,
    zones_of_topology,
)

__all__ = [
    "MOST_BYTES",
    "Matched",
    "Overlap",
    "Repair",
    "ShapeMeasures",
    "Shapes",
    "Simplified",
    "SvgPaths",
    "Topology",
    "as_geojson",
    "as_svg_paths",
    "as_topology",
    "borders_of",
    "column_names",
    "label_point",
    "match_borders",
    "measure_shapes",
    "neighbours_of_shapes",
    "read_shapes",
    "rings_of",
    "simplify_together",
    "take_shapes",
    "topology_bytes",
    "topology_from_bytes",
    "write_geopackage",
    "zones_of_topology",
]
