"""Read the shapes of zones."""

from __future__ import annotations

from functools import lru_cache

from locality.areas.shapes import Topology, topology_from_bytes
from locality_web.areas.shape_models import ZoneShapes
from locality_web.core.models import Partnership


def newest_shapes(partnership: Partnership) -> ZoneShapes | None:
    """Give the shapes that were loaded last, without the topology itself; None: there are none."""
    return partnership.zone_shapes.defer("topology").select_related("loaded_by").last()


def topology_of(shapes: ZoneShapes) -> Topology:
    """Give the topology of shapes; nobody may change what this gives."""
    return _topology(shapes.pk, shapes.sha256)


@lru_cache(maxsize=4)
def _topology(key: int, sha256: str) -> Topology:
    """Read a topology once for a few requests: unpacking a large one takes longer than a page may."""
    return topology_from_bytes(bytes(ZoneShapes.objects.only("topology").get(pk=key, sha256=sha256).topology))
