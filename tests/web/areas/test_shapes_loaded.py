"""A planner loads the shapes of the zones from a file; everything that is wrong with it is said on the form."""

from __future__ import annotations

import gzip

import pytest

from factories import areas, site
from factories.shapes import feature, geojson, square
from factories.zone_shapes import LINE, load, sent, shapes
from locality.areas.shapes import topology_from_bytes, zones_of_topology
from locality_web.areas.models import ZoneShapes
from locality_web.core.models import AuditEvent

pytestmark = pytest.mark.django_db
PAGE, TOPOLOGY = "/fife/areas/shapes/", "/fife/areas/shapes/topology.json"


@pytest.fixture
def browser(planner):
    return site.signed_in(planner)


def test_shapes_are_loaded_with_their_source_and_an_event(browser, planner):
    answer = browser.post(PAGE, sent(shapes()), follow=True)

    kept = ZoneShapes.objects.get()
    assert "The shapes of 8 zones are loaded." in answer.content.decode()
    assert (kept.zones, kept.system, kept.loaded_by, kept.tolerance) == (8, "EPSG:27700", planner, 0)
    assert zones_of_topology(topology_from_bytes(bytes(kept.topology))) == tuple(map(areas.zone, range(1, 9)))
    event = AuditEvent.objects.last()
    assert (event.kind, event.detail["sha256"]) == ("areas.shapes_loaded", kept.sha256)
    assert event.says == (
        "Loaded the shapes of 8 zones from zones.geojson (Scottish Government, Data Zone Boundaries 2011)"
    )


def test_the_page_says_what_is_loaded_and_what_was_done_to_it(browser):
    bow_tie = [square(0, 0)[0], square(0, 0)[2], square(0, 0)[1], square(0, 0)[3], square(0, 0)[0]]
    rows = [feature(areas.zone(at), square(at, 1)) for at in range(2, 10)]

    text = browser.post(PAGE, sent(geojson(feature(areas.zone(1), bow_tie), *rows)), follow=True).content.decode()

    assert "S01000001: its shape crosses itself" in text
    assert "Left out, for not being the partnership&#x27;s: 1 zone of the file." in text
    assert "Open Government Licence v3.0" in text
    assert LINE in text


def test_every_fault_is_said_on_the_form_and_nothing_is_kept(browser):
    rows = [feature(areas.zone(at), square(at, 0)) for at in range(1, 7)]
    content = geojson(*rows, rows[0], {**feature(areas.zone(7)), "geometry": None})
    events = AuditEvent.objects.count()

    text = browser.post(PAGE, sent(content, licence="")).content.decode()
    assert "Write the licence." in text

    text = browser.post(PAGE, sent(content)).content.decode()
    assert "1 zone is in more than one feature: S01000001." in text
    assert "1 of the partnership&#x27;s 8 zones have no shape: S01000008." in text
    assert "Feature 8 (S01000007): it has no shape." in text
    assert "Scottish Government, Data Zone Boundaries 2011" in text
    assert (ZoneShapes.objects.count(), AuditEvent.objects.count()) == (0, events)


def test_a_file_without_a_column_of_zones_asks_for_its_name_and_takes_it(browser):
    rows = [feature(None, square(at, 0), area=f"A{at}") for at in range(1, 9)]
    content = geojson(*rows).replace(b'"zone": null, ', b"")

    assert "No column is known to hold the codes of zones; its columns are: area" in (
        browser.post(PAGE, sent(content)).content.decode()
    )
    named = content
    for at in range(1, 9):
        named = named.replace(f'"A{at}"'.encode(), f'"{areas.zone(at)}"'.encode())
    browser.post(PAGE, sent(named, zone_column="area"))
    assert ZoneShapes.objects.get().zones == 8


def test_a_coordinate_system_that_cannot_be_is_said_beside_its_field(browser):
    answer = browser.post(PAGE, sent(shapes(), system="EPSG:4326"))

    assert "8 zones are not in Great Britain when read as EPSG:4326" in answer.context["form"].errors["system"][0]


def test_a_file_of_another_kind_is_refused(browser):
    assert "is not a file of the right kind" in browser.post(PAGE, sent(b"a", "zones.csv")).content.decode()
    assert "Its first bytes are those of no format that is read" in (
        browser.post(PAGE, sent(b"PDF", "zones.json")).content.decode()
    )


def test_a_map_that_would_be_too_large_is_refused_with_its_size(browser, monkeypatch):
    monkeypatch.setattr("locality_web.areas.shape_changes.MOST_BYTES", 100)

    text = browser.post(PAGE, sent(shapes())).content.decode()

    assert "bytes at the least; 100 are allowed." in text
    assert not ZoneShapes.objects.exists()


def test_shapes_whose_loading_cannot_be_recorded_are_not_kept(divided, planner, monkeypatch):
    def broken(*_, **__):
        raise RuntimeError("the disk is full")

    monkeypatch.setattr("locality_web.areas.shape_changes.record_event", broken)

    with pytest.raises(RuntimeError):
        load(divided, planner)
    assert not ZoneShapes.objects.exists()


def test_before_the_zones_are_known_no_shapes_can_be_loaded(fife):
    browser = site.signed_in(site.person("planner", fife))

    assert "Load a release first." in browser.post(PAGE, sent(shapes())).content.decode()


def test_only_who_may_change_localities_may_load_shapes(divided):
    for role in ("analyst", "finance", "administrator"):
        assert site.signed_in(site.person(role, divided)).post(PAGE, sent(shapes())).status_code == 403
    assert not ZoneShapes.objects.exists()


def test_everybody_may_take_the_shapes_packed_and_a_browser_that_has_them_is_told_so(client, divided, planner):
    kept = load(divided, planner)

    first = client.get(TOPOLOGY, headers={"accept-encoding": "gzip, br"})
    plain = client.get(TOPOLOGY)
    again = client.get(TOPOLOGY, headers={"if-none-match": first["ETag"]})

    assert (first["Content-Encoding"], first.content) == ("gzip", bytes(kept.topology))
    assert plain.content == gzip.decompress(first.content)
    assert "Content-Encoding" not in plain
    assert (again.status_code, again.content) == (304, b"")
    assert plain["Vary"] == "Accept-Encoding"


def test_a_browser_that_cannot_unpack_never_gets_what_was_packed_for_another(client, divided, planner, settings):
    settings.KEEP_VISITOR_PAGES = True
    load(divided, planner)

    packed = client.get(TOPOLOGY, headers={"accept-encoding": "gzip"})
    plain = client.get(TOPOLOGY)

    assert packed["Content-Encoding"] == "gzip"
    assert plain.json()["type"] == "Topology"


def test_what_was_loaded_last_counts_and_what_was_before_stays(client, divided, planner):
    first, second = load(divided, planner), load(divided, planner, shapes().replace(b"320000", b"319000"))

    assert client.get(TOPOLOGY)["ETag"] == f'"{second.sha256}"'
    assert set(ZoneShapes.objects.values_list("pk", flat=True)) == {first.pk, second.pk}


def test_before_shapes_are_loaded_there_is_nothing_to_take(client, divided):
    assert client.get(TOPOLOGY).status_code == 404
