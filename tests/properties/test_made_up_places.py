"""What holds for a made-up partnership of any size and seed."""

import numpy as np
import pandas as pd
import pyarrow.parquet as pq
import pytest
import shapely
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from factories.made_up import small_place
from locality.foundations import FinancialYear, hash_file
from locality.synth import make_partnership, make_people_on, read_place, write_linked_files
from locality.synth.geography import make_geography
from locality.synth.residents import make_place

YEAR = FinancialYear(2022)

sizes = st.integers(2_000, 20_000)
seeds = st.integers(0, 2**31)


@given(people=sizes, seed=seeds)
@settings(max_examples=15, deadline=None)
def test_a_place_of_any_size_is_whole(people, seed):
    made = make_place(people, seed, YEAR)
    real, borders = made.real, made.borders
    zones = set(real.zones["zone"])
    assert real.population["people"].sum() == people
    assert set(real.population["zone"]) == zones
    assert real.localities["zone"].tolist() == real.zones["zone"].tolist()
    assert len(set(real.localities["locality"])) >= 3
    assert set(borders["zone_a"]) | set(borders["zone_b"]) == zones
    assert made.places["zone"].tolist() == list(made.shapes.zones) == real.zones["zone"].tolist()
    assert (borders["zone_a"] < borders["zone_b"]).all()
    assert real.registrations["patients"].sum() == people
    assert set(real.registrations["practice"]) <= set(real.practices["practice"])
    assert real.indicators.groupby("indicator")["zone"].nunique().eq(len(zones)).all()


@given(people=sizes, seed=seeds)
@settings(max_examples=10, deadline=None)
def test_every_part_of_a_place_can_be_reached(people, seed):
    made = make_place(people, seed, YEAR)
    real, borders = made.real, made.borders
    reached = {real.zones["zone"][0]}
    pairs = list(zip(borders["zone_a"], borders["zone_b"], strict=True))
    for _ in range(len(real.zones)):
        further = {zone for pair in pairs if reached & set(pair) for zone in pair}
        if further <= reached:
            break
        reached |= further
    assert reached == set(real.zones["zone"])


@given(people=st.integers(1_000, 1_500_000), seed=seeds)
@settings(max_examples=25, deadline=None)
def test_every_mainland_locality_is_in_one_piece_at_any_size(people, seed):
    land = make_geography(people, seed)
    locality = dict(zip(land.zones, land.locality.tolist(), strict=True))
    piece = {zone: zone for zone in land.zones}

    def root(zone):
        while piece[zone] != zone:
            zone = piece[zone]
        return zone

    for one, other, kind, _ in land.borders:
        if kind == "land" and locality[one] == locality[other]:
            piece[root(one)] = root(other)
    islands = len(land.localities) - 1
    pieces = {root(zone) for zone in land.zones if locality[zone] != islands}
    assert len(pieces) == islands


@given(people=st.integers(1_000, 1_500_000), seed=seeds)
@settings(max_examples=15, deadline=None)
def test_zones_of_a_place_of_any_size_share_every_border_and_leave_no_gap(people, seed):
    land = make_geography(people, seed)
    polygons = land.shapes.polygons
    assert shapely.is_valid(polygons).all()
    assert shapely.coverage_is_valid(polygons)
    assert shapely.contains_properly(polygons, shapely.points(land.point)).all()
    lands = shapely.get_parts(shapely.coverage_union_all(polygons))
    islands = 3 if (land.locality == len(land.localities) - 1).sum() >= 9 else 2
    assert len(lands) == 2 + islands
    assert shapely.get_num_interior_rings(lands).sum() == 0


@given(people=st.integers(2_000, 5_000), seed=seeds)
@settings(max_examples=5, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_persons_are_the_population_of_every_zone_sex_and_age(tmp_path, people, seed):
    make_partnership(people, seed, YEAR, tmp_path)
    population = pd.read_csv(tmp_path / "population.csv")
    columns = ["datazone2011", "gender", "age"]
    persons = pq.read_table(tmp_path / "slf-individual-2223.parquet", columns=columns).to_pandas().dropna()
    counted = persons.groupby(
        [
            "datazone2011",
            persons["gender"].map({1.0: "male", 2.0: "female"}),
            np.minimum(persons["age"] // 5 * 5, 90).astype(int),
        ]
    ).size()
    given_people = population.set_index(["zone", "sex", "age_from"])["people"]
    assert given_people[given_people > 0].sort_index().tolist() == counted.sort_index().tolist()


def test_the_same_seed_gives_the_same_bytes_and_another_seed_other_people(tmp_path):
    for name, seed in (("one", 5), ("again", 5), ("other", 6)):
        make_partnership(2_000, seed, YEAR, tmp_path / name)
    hashes = {
        name: {file.name: hash_file(file) for file in (tmp_path / name).iterdir()} for name in ("one", "again", "other")
    }
    assert hashes["one"] == hashes["again"]
    assert hashes["one"]["slf-episode-2223.parquet"] != hashes["other"]["slf-episode-2223.parquet"]


@pytest.mark.parametrize("kind", ["episode", "individual"])
def test_people_do_not_depend_on_how_many_are_made_at_once(tmp_path, kind):
    tables = []
    for block in (100, 1_000_000):
        folder = tmp_path / str(block)
        make_people_on(small_place(), 1, YEAR, folder, block=block)
        tables.append(pq.read_table(folder / f"slf-{kind}-2223.parquet").to_pandas())
    pd.testing.assert_frame_equal(*tables)


def test_a_further_zone_changes_nobody(tmp_path):
    fewer = small_place().population.query("zone != 'S01990103'")
    # Zones' own habits are scaled to the whole place, so only what people are, not what they use, must stay.
    columns = ["anon_chi", "datazone2011", "gender", "age", "diabetes", "death_date"]
    people = []
    for name, place in (("all", small_place()), ("fewer", small_place(population=fewer))):
        (tmp_path / name).mkdir()
        files = write_linked_files(read_place(place, 1), 1, YEAR, tmp_path / name)
        rows = pq.read_table(files.individual, columns=columns).to_pandas().dropna(subset="datazone2011")
        people.append(rows[rows["datazone2011"] != "S01990103"].reset_index(drop=True))
    pd.testing.assert_frame_equal(*people)
