"""Planners draw localities on a map: by keyboard alone, by pointer, on a phone, and without scripts."""

import pytest

from factories import boundaries_site, browsing, shapes, site
from factories.areas import zone
from locality_web.areas import boundary_changes
from locality_web.areas.shape_changes import ShapeFile, load_shapes

pytestmark = pytest.mark.browser


@pytest.fixture
def drawn(fife):
    return boundaries_site.bring(fife)


@pytest.fixture
def pat(drawn):
    return site.person("planner", drawn, name="Pat Planner")


@pytest.fixture
def option(pat, drawn):
    return boundaries_site.option(pat, drawn)


@pytest.fixture
def shaped(pat, drawn):
    """The eight zones as squares, two in a row, the first ones in the north."""
    squares = [
        shapes.feature(zone(number), shapes.square((number - 1) % 2, 3 - (number - 1) // 2), name=f"Zone {number}")
        for number in range(1, 9)
    ]
    file = ShapeFile("zones.json", shapes.geojson(*squares), "Drawn by hand", "None", "Drawn by hand.")
    return load_shapes(pat, site.place(drawn), file)


def be(page, person):
    """Open pages as somebody who signed in before."""
    session = site.signed_in(person).cookies["sessionid"].value
    page.context.add_cookies([{"name": "sessionid", "value": session, "url": page.site}])


def open_map(page, option):
    page.goto(f"{page.site}/fife/areas/options/{option.pk}/map/")
    page.locator("#editor[data-listed]").wait_for()


def homes(option):
    option.refresh_from_db()
    return [option.zones.get(each, "") for each in boundaries_site.ZONES]


def saved(page):
    """Wait until the page says that nothing waits any more, and what it says last."""
    page.get_by_text("Everything is saved.", exact=True).wait_for()
    return page.locator("#be-says").inner_text()


def walk_to(page, *keys):
    browsing.press(page, *keys)
    return browsing.focused(page)


def test_an_option_is_drawn_by_keyboard_alone_until_it_is_final(browser_page, pat, option, shaped):
    # given a planner at the map, who walks from zone to zone by arrows
    page = browser_page(1280)
    be(page, pat)
    open_map(page, option)
    browsing.check_axe_at(page, 360, 1280)
    browsing.tab_to(page, "Zone 1")
    assert walk_to(page, "ArrowDown") == "Zone 3"
    assert "100 people, Alloway, in North East Fife" in page.locator("#be-says").inner_text()
    assert walk_to(page, "ArrowDown", "ArrowDown") == "Zone 7"

    # when a zone far away is moved to Levenmouth
    browsing.press(page, "Space", "Enter")
    assert browsing.focused(page) == "Locality to move to, or to paint with"
    page.keyboard.type("3 Lev")
    browsing.tab_to(page, "Move the chosen zones")
    browsing.press(page, "Enter")

    # then the page warns that it is in two pieces, shows where, and does not make it final
    page.get_by_text("Levenmouth is in 2 pieces. Join them").wait_for()
    saved(page)
    browsing.check_axe_at(page, 360, 1280)
    browsing.tab_to(page, "Show me: Levenmouth is in 2 pieces")
    browsing.press(page, "Enter")
    assert browsing.focused(page) == "Zone 7"
    browsing.tab_to(page, "Make it final")
    browsing.press(page, "Enter")
    assert "made final when nothing is left to mend" in browsing.focused(page)

    # when the move is taken back and another one is made from the list
    browsing.press(page, "Control+z")
    page.get_by_text("Nothing. It can be made final.").wait_for()
    browsing.tab_to(page, "Zones as a list")
    page.keyboard.type("zone 3")
    browsing.press(page, "Shift+Enter")
    page.get_by_text("3 Levenmouth: 300 people").wait_for()
    saved(page)

    # then it is kept, and made final
    assert homes(option)[:4] == ["levenmouth", "levenmouth", "levenmouth", "north-east-fife"]
    browsing.go(page, "Make it final")
    page.get_by_text("is final. It can be adopted.").wait_for()


def test_zones_are_painted_with_a_pointer(browser_page, pat, option, shaped):
    # given the brush and a locality
    page = browser_page(1280)
    be(page, pat)
    open_map(page, option)
    page.get_by_label("paints zones").check()
    page.locator("#be-to").select_option(label="3 Levenmouth")

    # when a stroke goes over zones 3 and 5
    first, last = (page.locator(f"[data-zone='{number}'].be-zone").bounding_box() for number in (2, 4))
    page.mouse.move(first["x"] + first["width"] / 2, first["y"] + first["height"] / 2)
    page.mouse.down()
    page.mouse.move(last["x"] + last["width"] / 2, last["y"] + last["height"] / 2)
    page.mouse.up()

    # then both are moved as one, and taken back as one
    page.get_by_text("3 Levenmouth: 400 people").wait_for()
    saved(page)
    assert homes(option)[2:5:2] == ["levenmouth", "levenmouth"]
    page.get_by_role("button", name="Undo").click()
    page.get_by_text("3 Levenmouth: 200 people").wait_for()
    saved(page)
    assert homes(option)[2:5:2] == ["north-east-fife", "kirkcaldy"]


def test_what_somebody_else_changed_is_shown_and_ones_own_change_is_not_lost(browser_page, pat, option, drawn):
    # given two planners at one option; no outlines are loaded, so zones are dots
    page = browser_page(360)
    be(page, pat)
    open_map(page, option)
    kim = site.person("planner", drawn, name="Kim Planner")
    boundary_changes.move_zones(kim, option, {zone(1): "kirkcaldy"}, 1)

    # when the slower one moves another zone
    page.locator("[data-zone='2'].be-zone").click()
    page.locator("#be-to").select_option(label="3 Levenmouth")
    page.get_by_role("button", name="Move the chosen zones").click()

    # then the page says who was faster, shows theirs, and makes the change on it when asked
    page.get_by_text("was changed by Kim Planner after you opened it").first.wait_for()
    browsing.check_axe_at(page, 360, 1280)
    page.get_by_role("button", name="Make my changes on it as it is now").click()
    saved(page)
    assert homes(option)[:3] == ["kirkcaldy", "levenmouth", "levenmouth"]
    assert page.faults == [fault for fault in page.faults if "409" in fault]
    page.faults.clear()


def test_without_a_connection_changes_wait_and_are_saved_later(browser_page, pat, option):
    # given a planner whose connection is gone
    page = browser_page(1280)
    be(page, pat)
    open_map(page, option)
    page.context.set_offline(True)
    page.locator("#be-to").select_option(label="3 Levenmouth")
    page.locator("[data-zone='2'].be-zone").click()
    page.get_by_role("button", name="Move the chosen zones").click()

    # then the change is drawn, and said not to be saved
    page.get_by_text("1 change is not saved yet. There is no connection.").first.wait_for()
    page.get_by_text("3 Levenmouth: 300 people").wait_for()
    assert homes(option)[2] == "north-east-fife"

    # and it is saved as soon as the connection is back
    page.context.set_offline(False)
    page.get_by_text("Everything is saved.", exact=True).wait_for()
    assert homes(option)[2] == "levenmouth"


def test_without_scripts_the_list_does_the_same(browser_page, pat, option):
    # given a browser without scripts, which the page sends to the list
    page = browser_page(360, scripts=False)
    be(page, pat)
    page.goto(f"{page.site}/fife/areas/options/{option.pk}/map/")
    page.get_by_role("link", name="edit the option as a list of zones").click()

    # when a zone is moved
    page.get_by_label("Locality of Zone 7").select_option(label="Levenmouth")
    page.get_by_role("button", name="Save the localities of this page").click()

    # then the page warns, and takes it back
    page.get_by_text("Levenmouth is in 2 pieces").wait_for()
    page.get_by_role("button", name="Undo the newest move").click()
    assert homes(option)[6] == "dunfermline"
