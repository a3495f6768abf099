"""Somebody keeps informed of a place on the map and what is around it, with and without a map, by every means."""

import datetime as dt
import xml.etree.ElementTree as ET

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone
from pyproj import Transformer

from factories import areas, informed_site, site, voice_site, zone_shapes
from factories.letters import links_sent
from locality_web.core.models import AuditEvent
from locality_web.voice.channels.models import Letter
from locality_web.voice.conversations.marking import pick_map
from locality_web.voice.conversations.near import middles
from locality_web.voice.informed.changes import stop
from locality_web.voice.informed.circles import Circle, ZonesOfToday
from locality_web.voice.informed.digests import say_what, send_digests
from locality_web.voice.informed.matching import About, Chosen, is_for, localities_by_zone
from locality_web.voice.models import Subscription, SubscriptionNews

ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture
def drawn(fife):
    """Zones 1 to 8, squares of a kilometre in two columns, a locality to a row; Levenmouth is the lowest."""
    areas.load(fife, areas.release(areas.FOUR))
    zone_shapes.load(fife, site.person("planner", fife))
    return pick_map(fife)


def middle_of(fife, number):
    found = next(each for each in middles(fife) if each.zone == areas.zone(number))
    return pick_map(fife).place_of_metres(found.east, found.north)


def circle(fife, number, metres=500):
    return Circle(*middle_of(fife, number), metres)


def ask(place, around=500, **more):
    said = {"means": "email", "rhythm": "weekly", "email": "ann@example.org", "around": str(around), **more}
    return Client().post("/fife/keep-informed/", {**said, "marked": f"{place[0]},{place[1]}"})


def titles(answer):
    return [each.find(f"{ATOM}title").text for each in ET.fromstring(answer.content).findall(f"{ATOM}entry")]


def test_a_circle_touches_the_zones_around_its_middle(fife, drawn):
    zones = localities_by_zone(fife)

    assert zones.within(circle(fife, 1, 400)) == {areas.zone(1)}
    assert zones.within(circle(fife, 1, 600)) == {areas.zone(each) for each in (1, 2, 3)}
    assert zones.within(circle(fife, 1, 10_000)) == set(zones)
    assert zones.within(Circle(-3.9, 58.0, 500)) != set(), "far from every zone it is of the nearest one"


def test_without_shapes_the_middles_of_zones_are_looked_at(fife):
    where = {each: (300_000 + 1000 * each, 700_000) for each in range(1, 9)}
    areas.load(fife, areas.release(areas.FOUR, middles=where))

    assert localities_by_zone(fife).within(circle_at(303_000, 700_000, 1100)) == {
        areas.zone(each) for each in (2, 3, 4)
    }


def circle_at(east, north, metres):
    longitude, latitude = Transformer.from_crs("EPSG:27700", "EPSG:4326", always_xy=True).transform(east, north)
    return Circle(longitude, latitude, metres)


def test_news_is_for_a_circle_where_it_touches_a_zone_or_a_locality_of_the_news(fife, drawn):
    zones, here = localities_by_zone(fife), Chosen(circle=circle(fife, 1, 600))
    levenmouth, kirkcaldy = (site.locality(fife, each).pk for each in ("levenmouth", "kirkcaldy"))

    def about(*localities, zones=()):
        return About(frozenset(localities), None, (), zones)

    assert is_for(here, about(), zones), "news of everywhere"
    assert is_for(here, about(levenmouth), zones)
    assert not is_for(here, about(kirkcaldy), zones)
    assert is_for(here, about(levenmouth, zones=[areas.zone(2)]), zones)
    assert not is_for(here, about(levenmouth, zones=[areas.zone(8)]), zones)
    both = Chosen(zone=areas.zone(5), circle=here.circle)
    assert is_for(both, about(kirkcaldy), zones), "a neighbourhood and a circle: either will do"


def test_a_place_pressed_on_the_map_is_kept_with_its_circle_and_told_in_words(fife, drawn):
    place = drawn.place_at(60, 350)

    page = Client().post("/fife/keep-informed/", {"mark.x": "60", "mark.y": "350", "email": "ann@example.org"})
    shown = page.content.decode()
    assert not Subscription.objects.exists(), "marking a place sends nothing"
    assert 'value="ann@example.org"' in shown
    assert "Place 1, near Zone 1, Levenmouth" in shown
    ask(place, 2000)

    (link,) = links_sent("ann@example.org")
    kept = Subscription.objects.get()
    assert (kept.longitude, kept.latitude, kept.around) == (*place, 2000)
    assert "2 kilometres around a place near Zone 1, Levenmouth" in Client().get(link).content.decode()
    told = " ".join(f"{each.says} {each.subject} {each.detail}" for each in AuditEvent.objects.all())
    assert str(place[1]) not in told


def test_what_the_script_of_the_map_sends_is_the_same_place(fife, drawn):
    said = {"means": "email", "rhythm": "weekly", "email": "ann@example.org", "marked": "@60,350", "around": "5000"}
    Client().post("/fife/keep-informed/", said)

    kept = Subscription.objects.get()
    assert (kept.longitude, kept.latitude, kept.around) == (*drawn.place_at(60, 350), 5000)


def test_another_press_marks_another_place_and_it_can_be_taken_off(fife, drawn):
    first, second = (drawn.place_at(*each) for each in ((60, 350), (160, 60)))
    marked = {"marked": f"{first[0]},{first[1]}"}

    moved = Client().post("/fife/keep-informed/", {**marked, "mark.x": "160", "mark.y": "60"}).content.decode()
    off = Client().post("/fife/keep-informed/", {**marked, "unmark": "1"}).content.decode()

    assert f"{second[0]},{second[1]}" in moved
    assert f"{first[0]},{first[1]}" not in moved
    assert "No place is marked." in off


def test_digest_and_letter_tell_of_the_place_and_of_nothing_else(fife, drawn):
    longitude, latitude = middle_of(fife, 1)
    where = {"longitude": longitude, "latitude": latitude, "around": 500}
    informed_site.subscription(fife, means="post", **where)
    for slug in ("levenmouth", "kirkcaldy"):
        news = SubscriptionNews.objects.create(
            partnership=fife, key=slug, title=f"News of {slug}", says="It is so.", address="/fife/"
        )
        news.localities.set([site.locality(fife, slug)])

    send_digests(fife, timezone.now() + dt.timedelta(days=1))

    (letter,) = Letter.objects.all()
    assert "NEWS OF LEVENMOUTH" in letter.text.upper()
    assert "KIRKCALDY" not in letter.text.upper()
    assert "500 metres around a place near Zone 1" in say_what(Subscription.objects.get())
    stop(fife, Subscription.objects.all())
    assert not Subscription.objects.exists(), "the place is erased with the address"


def test_its_feed_and_its_news_can_be_looked_at_before_anything_is_kept(fife, drawn):
    voice_site.conversation(fife, "levenmouth", title="Buses")
    voice_site.conversation(fife, "kirkcaldy", title="Clinics")
    longitude, latitude = middle_of(fife, 1)

    answer = Client().post(
        "/fife/keep-informed/", {"look": "yes", "marked": f"{longitude},{latitude}", "around": "500"}, follow=True
    )

    page, (address, _) = answer.content.decode(), answer.redirect_chain[0]
    assert not Subscription.objects.exists()
    assert "Have your say: Buses" in page
    assert "Have your say: Clinics" not in page
    assert "Place 1, near Zone 1, Levenmouth" in page
    assert titles(Client().get(address.replace("keep-informed/", "news.atom"))) == ["Have your say: Buses"]


@pytest.mark.parametrize("said", ["at=nonsense&around=x", "at=999,999", "at=-3,56&around=99999999", "around=-1"])
def test_a_strange_place_in_an_address_does_no_harm(fife, drawn, said):
    assert Client().get(f"/fife/keep-informed/?{said}").status_code == 200
    assert Client().get(f"/fife/news.atom?{said}").status_code == 200


def test_without_shapes_there_is_no_map_and_a_neighbourhood_is_chosen_in_the_list(fife):
    areas.load(fife, areas.release(areas.FOUR))

    page = Client().get("/fife/keep-informed/").content.decode()
    Client().post(
        "/fife/keep-informed/",
        {"means": "email", "rhythm": "weekly", "email": "ann@example.org", "zone": areas.zone(1), "around": "1000"},
    )

    assert 'type="image"' not in page
    assert "Zone 1" in page
    kept = Subscription.objects.get()
    assert (kept.zone, kept.longitude, kept.around) == (areas.zone(1), None, 0)


def test_half_a_place_cannot_be_kept(fife):
    with pytest.raises(IntegrityError), transaction.atomic():
        informed_site.subscription(fife, longitude=-3.0)


def test_zones_are_read_only_when_a_circle_asks(fife, drawn, django_assert_num_queries):
    with django_assert_num_queries(2):
        zones = localities_by_zone(fife)
    assert isinstance(zones, ZonesOfToday)
