"""A large file of shapes is read in the background; its page says what happens, and all that is wrong with it."""

from __future__ import annotations

import pytest

from factories import areas, site
from factories.shapes import feature, geojson, square
from factories.zone_shapes import sent, shapes
from locality_web.areas import shape_background
from locality_web.areas.models import SentShapes, ZoneShapes
from locality_web.core.jobs import work_once
from locality_web.core.models import AuditEvent, Job

pytestmark = pytest.mark.django_db(transaction=True)
PAGE = "/fife/areas/shapes/"


@pytest.fixture
def browser(planner):
    return site.signed_in(planner)


@pytest.fixture(autouse=True)
def every_file_is_large(monkeypatch):
    monkeypatch.setattr(shape_background, "MOST_AT_ONCE", 10)


def page_of(browser):
    return " ".join(browser.get(PAGE).content.decode().split())


def test_the_page_says_that_a_large_file_is_read_and_then_what_is_loaded(browser, planner):
    said = browser.post(PAGE, sent(shapes()), follow=True).content.decode()

    assert "zones.geojson has arrived. It is read in the background." in said
    assert "zones.geojson, sent by Pat Planner" in said
    assert "waits for its turn in the background" in said
    assert "You can send another file when this one is read." in said
    assert not ZoneShapes.objects.exists()

    done = work_once()

    assert (done.state, done.says) == ("done", "Loaded the shapes of 8 zones from zones.geojson.")
    assert "A file is being read" not in page_of(browser)
    kept = ZoneShapes.objects.get()
    assert (kept.zones, kept.loaded_by, kept.licence) == (8, planner, "Open Government Licence v3.0")
    assert AuditEvent.objects.last().kind == "areas.shapes_loaded"
    assert bytes(SentShapes.objects.get().content) == b""


def test_every_fault_of_a_large_file_is_said_on_the_page_and_what_was_typed_is_given_back(browser):
    rows = [feature(areas.zone(at), square(at, 0)) for at in range(1, 7)]
    browser.post(PAGE, sent(geojson(*rows, rows[0]), source="The publisher, 2011"))

    done = work_once()

    text = page_of(browser)
    assert done.state == "done"
    assert "zones.geojson was refused" in text
    assert "1 zone is in more than one feature: S01000001." in text
    assert "2 of the partnership&#x27;s 8 zones have no shape: S01000007, S01000008." in text
    assert 'value="The publisher, 2011"' in text
    assert not ZoneShapes.objects.exists()


def test_one_large_file_is_read_at_a_time(browser):
    browser.post(PAGE, sent(shapes()))

    text = browser.post(PAGE, sent(shapes(), "more.geojson")).content.decode()

    assert "Zones.geojson is being read already. Wait until it is read, then send this one." in text
    assert Job.objects.filter(kind="areas.load_shapes").count() == 1


def test_nothing_is_kept_of_a_file_whose_loading_breaks_and_the_file_stays_for_the_next_try(browser, monkeypatch):
    browser.post(PAGE, sent(shapes()))

    def broken(*_, **__):
        raise RuntimeError("the disk is full")

    with monkeypatch.context() as during:
        during.setattr("locality_web.areas.shape_changes.record_event", broken)
        tried = work_once()

    assert tried.state == "waiting"
    assert not ZoneShapes.objects.exists()
    assert "It is tried again." in page_of(browser)

    Job.objects.update(run_after=tried.made_at)
    work_once()
    assert ZoneShapes.objects.get().zones == 8


def test_a_file_whose_sender_may_load_no_shapes_any_more_is_not_loaded(browser, planner):
    browser.post(PAGE, sent(shapes()))
    planner.roles.all().delete()

    assert work_once().state == "failed"
    assert not ZoneShapes.objects.exists()


def test_a_small_file_is_read_while_the_page_waits(browser, monkeypatch):
    monkeypatch.setattr(shape_background, "MOST_AT_ONCE", len(shapes()))

    browser.post(PAGE, sent(shapes()))

    assert ZoneShapes.objects.get().zones == 8
    assert not SentShapes.objects.exists()


def test_the_shapes_of_very_many_zones_are_made_in_the_background_however_small_their_file(browser, monkeypatch):
    monkeypatch.setattr(shape_background, "MOST_AT_ONCE", len(shapes()))
    monkeypatch.setattr(shape_background, "MOST_ZONES_AT_ONCE", 7)

    browser.post(PAGE, sent(shapes()))

    assert SentShapes.objects.exists()
    assert not ZoneShapes.objects.exists()
