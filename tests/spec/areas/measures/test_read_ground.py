"""From the declared tables of a folder to the ground that boundaries are drawn on."""

from __future__ import annotations

import datetime as dt

import numpy as np
import pandas as pd
import pytest

from factories.area_folder import area_partnership
from factories.folder import PRACTICES, ZONES
from locality.areas.division_tables import division_from_table, division_table
from locality.areas.read_ground import read_ground
from locality.foundations import InputRefused
from locality.sources.area_inputs import open_areas

DAY = dt.date(2023, 3, 31)
ON = dt.date(2026, 11, 22)


def read(place, tmp_path, **further):
    return read_ground(open_areas(place.write(tmp_path / "folder")).tables, day=DAY, on=ON, **further)


def refused(place, tmp_path, **further):
    with pytest.raises(InputRefused) as error:
        read(place, tmp_path, **further)
    return [(fault.code, fault.what) for fault in error.value.faults]


def test_zones_come_in_order_of_code_with_their_people_points_and_settlement(tmp_path):
    found = read(area_partnership(), tmp_path)
    ground = found.ground
    assert ground.zones == ZONES
    assert int(ground.people.sum()) == 348
    assert ground.settlements == ("Northtown", "Southtown")
    assert ground.settlement.tolist() == [0, 0, 0, -1, 1, 1, 1, 1]
    assert ground.points[5].tolist() == [1_000, 0]
    assert (ground.area[0], ground.perimeter[0]) == (1_000_000, 4_000)


def test_neighbours_are_pairs_of_zone_numbers_with_metres(tmp_path):
    borders = read(area_partnership(), tmp_path).ground.borders
    assert list(zip(borders.first.tolist(), borders.second.tolist(), strict=True))[:3] == [(0, 1), (0, 4), (1, 2)]
    assert borders.metres.sum() == 10_000
    assert not borders.crossing.any()


def test_todays_localities_are_those_of_the_day(tmp_path):
    found = read(area_partnership(), tmp_path)
    assert found.today.tolist() == [0, 0, 0, 0, 1, 1, 1, 1]
    assert found.names == ("North", "South")


def test_registrations_are_taken_as_published_with_the_clusters_of_their_practices(tmp_path):
    practices = read(area_partnership(), tmp_path).ground.practices
    assert practices.codes == PRACTICES
    assert practices.clusters == ("Hill", "Shore")
    assert practices.cluster.tolist() == [0, 0, 1]
    assert (int(practices.patients.sum()), practices.modelled) == (348, False)


def test_without_registrations_and_clusters_both_are_modelled_and_said(tmp_path):
    place = area_partnership().without("registrations")
    del place.tables["practices"]["cluster"]
    found = read(place, tmp_path)
    assert found.ground.practices.modelled
    assert found.ground.practices.clusters == ("Modelled cluster 1",)
    said = [note for note in found.notes if note.startswith("Modelled: ")]
    assert "worked out from distance and list size" in said[0]
    assert "they are no real ones" in said[1]


def test_without_practices_the_notes_say_so(tmp_path):
    found = read(area_partnership().without("registrations", "practices"), tmp_path)
    assert found.ground.practices is None
    assert "No practices are known, so nothing is said about them." in found.notes


def test_without_metres_every_border_counts_alike(tmp_path):
    place = area_partnership()
    del place.tables["zone_neighbours"]["metres"]
    found = read(place, tmp_path)
    assert found.ground.borders.metres.tolist() == [1.0] * 10
    assert any("counts alike" in note for note in found.notes)


def test_a_crossing_joins_zones_without_a_border(tmp_path):
    place = area_partnership()
    rows = place.tables["zone_neighbours"]
    rows.loc[len(rows)] = [ZONES[0], ZONES[7], "crossing", ""]
    borders = read(place, tmp_path).ground.borders
    assert borders.metres[borders.crossing].tolist() == [0]
    assert int(borders.crossing.sum()) == 1


def test_the_notes_say_in_how_many_parts_the_area_lies(tmp_path):
    place = area_partnership()
    rows = place.tables["zone_neighbours"]
    place.tables["zone_neighbours"] = rows[~rows["zone_b"].isin([ZONES[7]])]
    found = read(place, tmp_path)
    assert "The area lies in 2 parts that neither a border nor a declared crossing joins." in found.notes


def test_indicators_are_standardised_over_the_zones(tmp_path):
    ground = read(area_partnership(), tmp_path, indicators=["income_deprived"]).ground
    assert ground.indicator_names == ("income_deprived",)
    assert ground.indicators[:, 0].mean() == pytest.approx(0)
    assert ground.indicators[:, 0].std() == pytest.approx(1)
    assert np.all(np.diff(ground.indicators[:, 0]) > 0)


def test_an_indicator_that_is_not_there_is_refused_with_those_that_are(tmp_path):
    ((code, what),) = refused(area_partnership(), tmp_path, indicators=["income"])
    assert (code, what) == ("indicator-unknown", "there is no indicator 'income'")


def test_without_neighbours_nothing_can_be_drawn(tmp_path):
    assert refused(area_partnership().without("zone_neighbours"), tmp_path) == [
        ("no-neighbours", "no neighbours of zones are given")
    ]


def test_all_slips_in_the_neighbours_are_named_at_once(tmp_path):
    place = area_partnership()
    rows = place.tables["zone_neighbours"]
    rows.loc[len(rows)] = [ZONES[1], ZONES[0], "land", "1000"]
    rows.loc[len(rows)] = [ZONES[2], ZONES[2], "land", "1000"]
    assert refused(place, tmp_path) == [
        ("zone-beside-itself", "S01008003 is a neighbour of itself"),
        ("neighbours-twice", "the pair of S01008001 and S01008002 stands there twice"),
    ]


def test_a_division_written_as_a_table_reads_back(tmp_path):
    ground = read(area_partnership(), tmp_path).ground
    division = np.array([1, 1, 0, 0, 1, 1, 0, -1], dtype=np.int32)
    table = division_table(ground, division, ("East", "West"))
    assert table.iloc[0].tolist() == ["S01008001", "Zone 1", "L2", "West"]
    back = division_from_table(ground, table, "option.csv")
    assert (back.division.tolist(), back.names) == (division.tolist(), ("East", "West"))


def test_all_faults_of_a_divisions_file_are_named_at_once(tmp_path):
    ground = read(area_partnership(), tmp_path).ground
    rows = [(ZONES[0], "a"), (ZONES[0], "b"), ("S01006999", "a")]
    table = pd.DataFrame(rows, columns=["zone", "locality"], index=[2, 3, 4], dtype="string")
    with pytest.raises(InputRefused) as error:
        division_from_table(ground, table, "option.csv")
    assert [(fault.code, fault.row) for fault in error.value.faults] == [
        ("zone-outside-partnership", 4),
        ("zone-in-two-localities", 3),
    ]
