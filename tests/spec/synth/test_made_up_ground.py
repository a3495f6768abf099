"""A made-up place has what boundaries are drawn on: shapes, neighbours, crossings, communities, practices."""

import datetime as dt
import time
from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest
import shapely

from locality.areas import design_rules, measure
from locality.areas.pieces import parts_of_area
from locality.areas.read_ground import read_ground
from locality.areas.shapes import measure_shapes, neighbours_of_shapes, read_shapes
from locality.foundations import FinancialYear
from locality.sources.area_inputs import open_areas
from locality.synth.geography import make_geography
from locality.synth.residents import make_place

DAY = dt.date(2026, 11, 1)


@pytest.fixture(scope="module")
def place(made) -> SimpleNamespace:
    shapes = read_shapes(made.folder / "zone_shapes.geojson", zones=set(made.tables["zones"]["zone"]))
    return SimpleNamespace(shapes=shapes, **made.tables)


def test_the_file_of_shapes_has_every_zone_and_needs_no_repair(place):
    assert list(place.shapes.zones) == place.zones["zone"].tolist()
    assert list(place.shapes.names) == place.zones["name"].tolist()
    assert place.shapes.repairs == ()
    assert shapely.coverage_is_valid(place.shapes.polygons)


def test_the_file_of_shapes_says_of_every_zone_that_it_is_made_up(made):
    text = (made.folder / "zone_shapes.geojson").read_text()
    assert text.count('"made_up":"yes"') == len(made.tables["zones"])


def test_shapes_are_those_of_the_zones_table_in_another_coordinate_system(place):
    outlines = shapely.from_wkt(place.zones["geometry"].to_numpy(object))
    apart = shapely.hausdorff_distance(outlines, place.shapes.polygons)
    assert apart.max() < 0.2


def test_neighbours_are_the_zones_that_share_a_border_with_its_metres(place):
    found = neighbours_of_shapes(place.shapes)
    codes = np.array(place.shapes.zones)
    land = place.zone_neighbours[place.zone_neighbours["kind"] == "land"]
    assert land["zone_a"].tolist() == codes[found.first].tolist()
    assert land["zone_b"].tolist() == codes[found.second].tolist()
    assert land["metres"].astype(float).tolist() == pytest.approx(found.metres.tolist(), rel=0.01, abs=1)


def test_only_crossings_join_the_two_banks_and_the_islands(made, place):
    tables = open_areas(made.folder).tables
    ground = read_ground(tables, day=DAY, on=DAY).ground
    assert parts_of_area(ground).max() == 0
    land = tables["zone_neighbours"].query("kind == 'land'")
    parts = parts_of_area(read_ground({**tables, "zone_neighbours": land}, day=DAY, on=DAY).ground)
    assert parts.max() + 1 == len(shapely.get_parts(shapely.coverage_union_all(place.shapes.polygons))) == 4
    crossings = place.zone_neighbours[place.zone_neighbours["kind"] == "crossing"]
    assert crossings["metres"].isna().all()
    assert len(crossings) == 3  # a bridge, and two ferries to two islands


def test_areas_and_perimeters_are_those_of_the_shapes(place):
    found = measure_shapes(place.shapes)
    assert place.zone_places["area"].astype(float).tolist() == pytest.approx(found.area.tolist(), rel=1e-3)
    assert place.zone_places["perimeter"].astype(float).tolist() == pytest.approx(found.perimeter.tolist(), rel=1e-3)


def test_every_zone_belongs_to_a_settlement_and_one_of_them_to_a_town_of_many(place):
    size = place.zone_places.groupby("settlement").size()
    assert place.zone_places["settlement"].notna().all()
    assert len(size) >= 5
    assert size.max() >= 3


def test_patients_of_a_practice_live_near_it_and_lists_are_their_sum(made, place):
    registrations = place.registrations.assign(patients=place.registrations["patients"].astype(int))
    lists = registrations.groupby("practice")["patients"].sum()
    assert place.practices.set_index("practice")["patients"].astype(int).to_dict() == lists.to_dict()
    points = place.zones.set_index("zone")[["easting", "northing"]].astype(float)
    surgery = points.loc[place.practices.set_index("practice").loc[registrations["practice"], "zone"]].to_numpy()
    metres = np.hypot(*(points.loc[registrations["zone"]].to_numpy() - surgery).T)
    assert np.average(metres, weights=registrations["patients"]) < 5_000


def test_some_clusters_cut_across_localities():
    place = make_place(105_000, 2026, FinancialYear(2022))
    frames = {"practices": place.real.practices, "localities": place.real.localities}
    joined = frames["practices"].merge(frames["localities"], on="zone", suffixes=("", "_of"))
    home = joined.groupby("cluster")["locality"].nunique()
    assert 1 <= (home > 1).sum() < len(home)


def test_todays_localities_can_be_measured(made):
    area = read_ground(open_areas(made.folder).tables, day=DAY, on=DAY)
    rules = design_rules(area.ground, DAY, number=len(area.names))
    found = measure(area.ground, area.today, rules)
    assert 0 < found.composite < 0.5
    assert found.pieces == 0
    assert area.notes == ()


def test_seven_thousand_zones_take_no_more_than_moments():
    start = time.process_time()
    assert len(make_geography(5_320_000, 1).zones) == 7_000
    assert time.process_time() - start < 10


def test_a_nation_lies_in_the_open_sea_and_on_the_grid():
    west, south, east, north = shapely.total_bounds(make_geography(5_320_000, 1).shapes.polygons)
    assert (west, south) > (480_000, 1_050_000)
    assert east < 700_000
    assert north < 1_300_000


def test_the_same_seed_draws_the_same_zones_and_another_seed_others():
    one, again, other = (make_geography(50_000, seed) for seed in (1, 1, 2))
    assert shapely.equals_exact(one.shapes.polygons, again.shapes.polygons, 0).all()
    assert one.borders == again.borders
    assert not shapely.equals_exact(one.shapes.polygons, other.shapes.polygons, 1).any()
    assert pd.Series(one.zones).is_monotonic_increasing
