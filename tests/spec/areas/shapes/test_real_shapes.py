"""The real polygons of Scotland's data zones and of Pennine Lancashire."""

from __future__ import annotations

import csv
import gzip

import pytest
import shapely

from locality.areas.shapes import (
    Shapes,
    match_borders,
    neighbours_of_shapes,
    read_shapes,
    simplify_together,
    take_shapes,
)

pytestmark = pytest.mark.data
# Named as invalid where these polygons were published.
INVALID = "1007307 1007549 1009022 1010525 1010528 1010530 1010655 1010693 1010811 1010813"


@pytest.fixture(scope="module")
def scotland(data_root) -> Shapes:
    return read_shapes(data_root / "dz11_boundaries/dz11_boundaries_bng.parquet")


@pytest.fixture(scope="module")
def glasgow(scotland, data_root) -> Shapes:
    with (data_root / "lookups/DataZone2011lookup_2024-12-16.csv").open(encoding="cp1252") as rows:
        zones = [row["DZ2011_Code"] for row in csv.DictReader(rows) if row["HIA_Name"] == "Glasgow City"]
    return take_shapes(scotland, zones)


def test_the_ten_invalid_data_zones_are_repaired_and_named(data_root, scotland):
    shapes = read_shapes(data_root / "dz11_boundaries/dz11_boundaries_wgs84.geojson.gz")

    assert len(shapes) == 6976
    assert [repair.zone for repair in shapes.repairs] == [f"S0{code}" for code in INVALID.split()]
    assert shapes.names == scotland.names
    assert shapely.coverage_is_valid(shapes.polygons)
    assert shapely.hausdorff_distance(shapes.polygons, scotland.polygons).max() < 0.2


def test_data_zones_touch_as_was_published_to_the_metre(data_root, scotland):
    with gzip.open(data_root / "dz11_adjacency/dz11_adjacency.csv.gz", "rt") as rows:
        published = {(row["zone_a"], row["zone_b"]): float(row["shared_border_m"] or 0) for row in csv.DictReader(rows)}

    found = neighbours_of_shapes(scotland, at_a_point=True)

    pairs = {
        (scotland.zones[one], scotland.zones[two]): metres
        for one, two, metres in zip(found.first, found.second, found.metres, strict=True)
    }
    assert set(pairs) == set(published)
    assert sum(metres > 0 for metres in pairs.values()) == 19_102
    assert max(abs(pairs[pair] - published[pair]) for pair in pairs) < 0.5


def test_glasgow_fits_into_fewer_bytes_and_keeps_every_border(glasgow):
    simplified = simplify_together(glasgow, target_bytes=50_000)

    assert len(glasgow) == 746
    assert len(simplified.content) <= 50_000
    assert shapely.coverage_is_valid(simplified.shapes.polygons)
    before, after = neighbours_of_shapes(simplified.matched.shapes), neighbours_of_shapes(simplified.shapes)
    assert set(zip(before.first, before.second, strict=True)) == set(zip(after.first, after.second, strict=True))


def test_pennine_lancashire_is_matched_without_an_overlap(data_root):
    shapes = read_shapes(data_root / "england_pennine_gp_pcn/pennine_lsoa11_boundaries_bng.parquet")

    matched = match_borders(shapes, step=1)

    assert len(shapes) == 343
    assert (matched.step, matched.overlaps) == (1, ())
    assert shapely.area(matched.shapes.polygons).sum() == pytest.approx(shapely.area(shapes.polygons).sum(), rel=1e-5)
