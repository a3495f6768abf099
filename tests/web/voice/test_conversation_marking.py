"""A place is marked on a map without JavaScript: the picture sends the form, and nothing typed is lost."""

import pytest

from factories import areas, site, talks, zone_shapes
from locality_web.voice.conversations.marking import WIDTH, pick_map
from locality_web.voice.conversations.marks import MOST, read_marks
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
    assert f"map.svg?at={longitude}%2C{latitude}" in shown
    assert "<circle" in client.get(f"{there}map.svg?at={longitude},{latitude}").content.decode()
    off = client.post(f"{there}say/", {**typed, "marked": f"{longitude},{latitude}", "unmark": "1"})
    assert "No place is marked." in off.content.decode()

    client.post(f"{there}say/", {**typed, "marked": f"{longitude},{latitude}"})

    mark = Contribution.objects.get().marks.get()
    assert mark.geometry == {"type": "Point", "coordinates": [longitude, latitude]}


def test_without_a_pointer_the_middle_of_a_neighbourhood_in_the_list_is_marked(client, fife, talk, there):
    shown = client.post(f"{there}say/", {"place_zone": areas.zone(3), "mark_zone": "yes"}).content.decode()

    assert "Place 1, near Zone 3, North East Fife" in shown
    nothing = client.post(f"{there}say/", {"place_zone": "", "mark_zone": "yes"}).content.decode()
    assert "No place is marked." in nothing


def test_several_places_are_one_answer_and_each_is_taken_off_by_itself(client, fife, talk, there):
    drawn = pick_map(fife)
    first, second = drawn.place_at(150, 40), drawn.place_at(100, 60)
    both = f"{first[0]},{first[1]} @100,60"

    less = client.post(f"{there}say/", {"marked": both, "unmark": "1"}).content.decode()
    client.post(f"{there}say/", {"means": "none", "marked": both})

    assert "Take place 1 off" in less
    assert "Take place 2 off" not in less
    assert f"{second[0]},{second[1]}" in less
    mark = Contribution.objects.get().marks.get()
    assert mark.geometry == {"type": "MultiPoint", "coordinates": [list(first), list(second)]}


def test_marks_that_cannot_be_read_are_left_out_and_a_form_has_ten_at_most(fife, talk):
    drawn = pick_map(fife)
    assert read_marks("nonsense 1 2,nan 999,0 @5000,5 @x,y", drawn) == []
    assert read_marks("@150,40") == []
    assert len(read_marks(" ".join(f"@{100 + at},40" for at in range(20)), drawn)) == MOST


def test_the_script_learns_what_each_part_of_the_map_is_near_to(client, fife, talk):
    found = client.get("/fife/map-places.json").json()["places"]

    assert len(found) == 8
    assert found[0][2] == "Zone 1, Levenmouth"
    assert client.get("/fife/map-places.svg?at=-3,56&around=nonsense").status_code == 200


def test_enter_in_a_line_of_the_form_sends_it(client, talk, there):
    """A browser then presses the form's first button, which is the picture, at its corner."""
    client.post(f"{there}say/", {"view": "Yes", "means": "none", "mark.x": "0", "mark.y": "0"})
    assert Contribution.objects.count() == 1


def test_without_shapes_there_is_no_map_and_the_place_is_told_in_words(client, fife):
    talk = talks.opened(site.person("planner", fife), site.place(fife))
    there = f"/fife/conversations/{talk.slug}/"
    assert 'type="image"' not in client.get(f"{there}say/").content.decode()
    assert "<path" not in client.get(f"{there}map.svg").content.decode()
