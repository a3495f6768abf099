"""A place is marked on a map without JavaScript: the picture sends the form, and nothing typed is lost."""

import pytest

from factories import areas, site, talks, zone_shapes
from locality_web.voice.conversations.marking import WIDTH, pick_map
from locality_web.voice.models import Contribution


@pytest.fixture
def talk(fife):
    planner = site.person("planner", fife)
    areas.load(fife, areas.release(areas.FOUR))
    zone_shapes.load(fife, planner)
    return talks.opened(planner, site.place(fife))


@pytest.fixture
def there(talk):
    return f"/fife/conversations/{talk.slug}/"


def test_a_point_of_the_picture_is_a_place_and_the_place_is_that_point(fife, talk):
    drawn = pick_map(fife)

    place = drawn.place_at(150, 40)

    assert drawn.point_of(*place) == pytest.approx((150, 40), abs=0.1)
    assert [drawn.place_at(*each) for each in ((0, 0), (WIDTH + 1, 5), (5, drawn.height + 1))] == [None] * 3


def test_pressing_the_picture_marks_the_place_and_keeps_what_was_typed(client, fife, talk, there):
    first, _ = talk.statements.all()
    typed = {"view": "Keep these words", f"statement_{first.pk}": "agree", "means": "none", "consents": "on"}

    shown = client.post(f"{there}say/", {**typed, "mark.x": "150", "mark.y": "40"}).content.decode()

    assert Contribution.objects.count() == 0
    assert "Keep these words" in shown
    assert "A place is marked." in shown
    assert 'value="agree"' in shown
    assert "There is a problem" not in shown
    longitude, latitude = pick_map(fife).place_at(150, 40)
    assert f"map.svg?at={longitude},{latitude}" in shown
    assert "<circle" in client.get(f"{there}map.svg?at={longitude},{latitude}").content.decode()
    assert "No place is marked." in client.post(f"{there}say/", {**typed, "unmark": "yes"}).content.decode()

    client.post(f"{there}say/", {**typed, "longitude": str(longitude), "latitude": str(latitude)})

    mark = Contribution.objects.get().marks.get()
    assert mark.geometry == {"type": "Point", "coordinates": [longitude, latitude]}


def test_enter_in_a_line_of_the_form_sends_it(client, talk, there):
    """A browser then presses the form's first button, which is the picture, at its corner."""
    client.post(f"{there}say/", {"view": "Yes", "means": "none", "mark.x": "0", "mark.y": "0"})
    assert Contribution.objects.count() == 1


def test_without_shapes_there_is_no_map_and_the_place_is_told_in_words(client, fife):
    talk = talks.opened(site.person("planner", fife), site.place(fife))
    there = f"/fife/conversations/{talk.slug}/"
    assert 'type="image"' not in client.get(f"{there}say/").content.decode()
    assert "<path" not in client.get(f"{there}map.svg").content.decode()
