"""Whatever zones are drawn: simplified together, no two overlap, no border comes apart, and no zone is lost."""

from __future__ import annotations

import numpy as np
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from locality.areas.shapes import (
    Shapes,
    as_topology,
    neighbours_of_shapes,
    read_shapes,
    rings_of,
    simplify_together,
)

# The whole may lose or gain this share of its area, times the tolerance over the width of a zone.
SHARE_OF_AREA = 1.0


@st.composite
def countries(draw: st.DrawFn) -> Shapes:
    """Zones about a kilometre wide round random places, with crooked borders, that fill a country."""
    seed = draw(st.integers(0, 2**32 - 1))
    count = draw(st.integers(2, 30))
    dice = np.random.default_rng(seed)
    places = 300_000 + dice.uniform(0, 6_000, (count, 2))
    cells = shapely.get_parts(shapely.voronoi_polygons(shapely.multipoints(places)))
    box = shapely.box(*(places.min(axis=0) - 500), *(places.max(axis=0) + 500))
    dense = shapely.segmentize(shapely.intersection(cells, box), 200)
    shift = dice.uniform(-40, 40, (64, 2))

    def crooked(corners: np.ndarray) -> np.ndarray:
        whole = np.rint(corners * 10).astype(np.int64)
        return corners + shift[(whole[:, 0] * 31 + whole[:, 1] * 17) % 64]

    polygons = shapely.make_valid(shapely.transform(dense, crooked), method="structure", keep_collapsed=False)
    codes = tuple(f"S010{number:05}" for number in range(len(polygons)))
    return Shapes(codes, codes, np.asarray(polygons, dtype=object))


@given(countries(), st.sampled_from([0, 20, 100, 400, 3000]))
@settings(max_examples=60, deadline=None)
def test_simplified_together_zones_stay_a_country(shapes, tolerance):
    simplified = simplify_together(shapes, tolerance=tolerance)

    polygons = simplified.shapes.polygons
    assert simplified.shapes.zones == shapes.zones
    assert shapely.is_valid(polygons).all()
    assert (shapely.area(polygons) > 0).all()
    assert shapely.coverage_is_valid(polygons)
    whole = shapely.area(shapes.polygons).sum()
    assert abs(shapely.area(polygons).sum() - whole) <= SHARE_OF_AREA * whole * max(tolerance, 5) / 1000
    before, after = neighbours_of_shapes(simplified.matched.shapes), neighbours_of_shapes(simplified.shapes)
    assert set(zip(before.first, before.second, strict=True)) == set(zip(after.first, after.second, strict=True))


@given(countries(), st.integers(1, 5))
@settings(max_examples=30, deadline=None)
def test_rings_of_localities_hold_the_area_of_their_zones(shapes, localities):
    simplified = simplify_together(shapes, tolerance=50)
    areas = [f"L{number % localities}" for number in range(len(shapes))]

    found = rings_of(as_topology(simplified.shapes, step=simplified.step), areas)

    for area, rings in found.items():
        doubled = sum(_doubled(ring) for ring in rings)
        own = [polygon for polygon, each in zip(simplified.shapes.polygons, areas, strict=True) if each == area]
        assert abs(doubled / 2 - shapely.area(own).sum()) < 1


@given(countries())
@settings(max_examples=30, deadline=None)
def test_a_topology_is_read_back_as_the_same_shapes(shapes):
    simplified = simplify_together(shapes)

    back = read_shapes(simplified.content, name="zones.topojson")

    assert shapely.equals(back.polygons, simplified.shapes.polygons).all()


def _doubled(ring: list[tuple[float, float]]) -> float:
    """Twice the area inside a ring; a hole, which runs the other way round, counts less than nothing."""
    x, y = np.array(ring).T - np.array(ring).min(axis=0)[:, None]
    return float((x[:-1] * y[1:] - x[1:] * y[:-1]).sum())
