"""The demo draws boundaries as a partnership would: from a release and a file of shapes to a consultation."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from unittest import mock

import pytest
from django.db import transaction
from django.test import Client

from factories.command import run_locality
from locality.areas.pieces import parts_of_area
from locality_demo.boundaries import draw_boundaries, lands_of, show_shapes
from locality_demo.passing_days import on_day
from locality_demo.people import Cast, bring_people
from locality_web.areas import queries
from locality_web.areas.boundary_ground import ground_of
from locality_web.areas.models import BoundaryOption
from locality_web.areas.shape_changes import ShapeFile
from locality_web.areas.shape_models import ZoneShapes
from locality_web.areas.thresholds import thresholds
from locality_web.core.audit_verify import verify_record
from locality_web.core.bridge import load_release
from locality_web.core.models import Partnership
from locality_web.core.permissions import Place

pytestmark = [pytest.mark.django_db, pytest.mark.xdist_group("demo_boundaries")]

DAY = dt.date(2025, 10, 1)
Origin, State = BoundaryOption.Origin, BoundaryOption.State


@pytest.fixture(scope="module")
def made(tmp_path_factory) -> Path:
    """5,000 made-up people from files to a release."""
    out = tmp_path_factory.mktemp("drawn")
    for step in (
        ("synth", "--people", 5_000, "--seed", 1, "--out", out / "place"),
        ("release", "write", out / "place", "--out", out / "a.release.zip", "--on", "2024-10-15"),
    ):
        ran = run_locality(*step)
        assert ran.code == 0, ran.err
    return out


@pytest.fixture(scope="module")
def drawn(made, django_db_setup, django_db_blocker):
    """The site after the planner drew boundaries."""
    with django_db_blocker.unblock(), transaction.atomic(), mock.patch("locality_web.core.jobs_work._renew"):
        partnership = Partnership.objects.create(slug="drawn", name="Drawn", code="S37999999", made_up=True)
        with on_day(DAY):
            load_release(made / "a.release.zip", Place(partnership), None)
            cast = Cast(partnership, list(queries.localities(partnership)))
            bring_people(cast)
        content = (made / "place" / "zone_shapes.geojson").read_bytes()
        show_shapes(cast, ShapeFile("zone_shapes.geojson", content, "Made up", "None", "Made up."), DAY)
        draw_boundaries(cast, DAY + dt.timedelta(days=1))
        yield partnership
        transaction.set_rollback(True)


def options(of: Partnership, origin: str) -> list[BoundaryOption]:
    return list(BoundaryOption.objects.filter(partnership=of, origin=origin).order_by("pk"))


def test_the_release_brings_the_ground_and_the_file_the_shapes(drawn):
    ground = ground_of(drawn)
    assert len(ground.zones) == ZoneShapes.objects.get(partnership=drawn).zones == 24
    assert ground.practices is not None
    assert not ground.practices.modelled
    assert ground.settlements


def test_the_islands_are_lands_of_their_own_that_crossings_join(drawn):
    ground = ground_of(drawn)
    assert lands_of(ground).max() + 1 == 4
    assert parts_of_area(ground).max() == 0


def test_one_more_bridge_is_declared_where_the_two_largest_lands_are_near(drawn):
    bridge = drawn.crossings.get()
    lands = dict(zip(ground_of(drawn).zones, lands_of(ground_of(drawn)).tolist(), strict=True))
    assert bridge.kind == "bridge"
    assert lands[bridge.zone_a] != lands[bridge.zone_b]


def test_the_partnership_says_how_large_a_locality_should_be(drawn):
    limits = thresholds(drawn)
    assert (limits["areas.least_residents"], limits["areas.most_residents"]) == (440, 2_500)


def test_the_programs_options_are_sound_and_the_first_is_open_to_everybody(drawn):
    found = options(drawn, Origin.TOOL)
    assert len(found) >= 2
    assert [each.measures["warnings"] for each in found] == [[]] * len(found)
    assert [each.for_consultation for each in found] == [True] + [False] * (len(found) - 1)
    assert found[0].measures["composite"] == min(each.measures["composite"] for each in found)


def test_todays_localities_stand_beside_them(drawn):
    (today,) = options(drawn, Origin.TODAY)
    assert today.zones == dict(queries.zones_today(drawn))


def test_a_draft_changed_by_hand_is_kept_with_its_warnings(drawn):
    (draft,) = options(drawn, Origin.HAND)
    assert draft.state == State.DRAFT
    assert draft.measures["warnings"] != []
    assert draft.moves.count() == 1


def test_people_pinned_notes_to_an_island_and_to_a_town(drawn):
    notes = options(drawn, Origin.TOOL)[0].notes.all()
    assert len(notes) == 3
    assert len({note.spot for note in notes}) == 2
    assert any(note.spot.startswith("Isle of") for note in notes)


def test_a_resident_reads_the_open_option_and_no_other(drawn):
    found = options(drawn, Origin.TOOL)
    client = Client()
    shown = [client.get(f"/drawn/areas/options/{each.pk}/").status_code for each in found[:2]]
    assert shown[0] == 200
    assert shown[1] in (302, 403)


def test_what_was_done_is_in_an_unbroken_record(drawn):
    assert verify_record().wrong == ""
