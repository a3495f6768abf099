"""What boundaries are drawn on comes with a release, once; every open option is measured on it."""

from dataclasses import replace

import pandas as pd
import pytest

from factories import areas, boundaries_site, site
from factories.areas import zone
from locality.foundations import InputRefused
from locality_web.areas.boundary_ground import ground_known, ground_of
from locality_web.core.models import AuditEvent

PAIRS = [(1, 2), (3, 4), (5, 6), (7, 8), (1, 3), (3, 5), (5, 7)]


def with_places(pairs=PAIRS, **options):
    found = areas.release(areas.FOUR, **options)
    rows = [(zone(one), zone(two), "land", 10.0) for one, two in pairs]
    neighbours = pd.DataFrame(rows, columns=["zone_a", "zone_b", "kind", "metres"]).astype({"metres": "Float64"})
    registrations = pd.DataFrame(
        [(zone(1), "10001", 60), (zone(8), "10001", 40)], columns=["zone", "practice", "registered"]
    )
    tables = {**found.tables, "zone_neighbours": neighbours, "practice_zones": registrations}
    inputs = [
        {"table": "zone_neighbours", "publisher": "Ordnance Survey", "file": "a.csv", "vintage": "2011 data zones"},
        {"table": "ledger", "publisher": "", "file": "ledger.csv", "vintage": ""},
    ]
    return replace(found, tables=tables, about={"made_up": True, "inputs": inputs})


def test_a_release_brings_the_ground_and_says_what_it_is_made_of(fife):
    areas.load(fife, with_places())

    ground = ground_of(fife)
    assert ground.zones == boundaries_site.ZONES
    assert ground.people.tolist() == [100] * 8
    assert ground.practices.patients.sum() == 100
    known = ground_known(fife)
    assert known.made_of["sources"] == ["Ordnance Survey 2011 data zones"]
    assert known.made_of["attribution"] == ["Made with data of: Ordnance Survey."]
    assert AuditEvent.objects.last().kind == "areas.ground_from_release"


def test_the_same_ground_again_changes_nothing(fife):
    areas.load(fife, with_places())
    areas.load(fife, with_places(id="b" * 64))

    assert AuditEvent.objects.filter(kind="areas.ground_from_release").count() == 1


def test_a_later_release_without_places_leaves_the_ground(fife):
    areas.load(fife, with_places())
    areas.load(fife, areas.release(areas.FOUR, id="b" * 64))

    assert ground_of(fife) is not None


def test_open_options_are_measured_on_the_new_ground(fife):
    areas.load(fife, with_places())
    option = boundaries_site.option(site.person("planner", fife), fife)
    assert option.measures["warnings"] == []

    areas.load(fife, with_places(PAIRS[1:], id="b" * 64))

    option.refresh_from_db()
    assert "Levenmouth is in 2 pieces" in [each["what"] for each in option.measures["warnings"]]


def test_borders_that_stand_twice_refuse_the_release_whole(fife):
    with pytest.raises(InputRefused):
        areas.load(fife, with_places([*PAIRS, (2, 1)]))

    assert ground_of(fife) is None
    assert not fife.area_versions.exists()
