"""Places are marked on a map by keys alone, with JavaScript and without it, and a screen reader is told of each."""

import pytest

from factories import areas, site, talks, zone_shapes
from factories.browsing import check_axe_at, press, tab_to
from locality_web.voice.conversations.marking import pick_map
from locality_web.voice.models import Contribution

pytestmark = pytest.mark.browser
MAP = "Map with a cross"


@pytest.fixture
def talk(fife):
    planner = site.person("planner", fife)
    areas.load(fife, areas.release(areas.FOUR))
    zone_shapes.load(fife, planner)
    return talks.opened(planner, site.place(fife), kinds=("map",), asks_about=())


def says(page):
    return page.locator("[data-pick-status]").inner_text().strip("\u200b\n ")


def test_two_places_are_marked_with_a_cross_one_is_taken_off_and_the_other_is_sent(browser_page, fife, talk):
    page = browser_page(360)
    page.goto(f"{page.site}/fife/conversations/{talk.slug}/say/")
    tab_to(page, "Or mark it on a map")
    with page.expect_response("**/map-places.json"):
        page.reload()
    tab_to(page, "Or mark it on a map")
    press(page, "Enter")
    tab_to(page, MAP)
    page.wait_for_function("document.querySelector('.lp-pick__picture').complete")

    press(page, "ArrowLeft")
    assert says(page).startswith("The cross is"), says(page)
    press(page, *["ArrowDown"] * 60)
    assert says(page) == "The cross is at the edge of the map."
    press(page, "ArrowUp", "Shift+ArrowUp", "Enter")
    assert says(page) == "Place 1 is marked, near Zone 2, Levenmouth."
    press(page, *["ArrowLeft"] * 8, *["ArrowUp"] * 10, "Enter")
    assert says(page) == "Place 2 is marked, near Zone 3, North East Fife."
    check_axe_at(page, 1280, 360)

    tab_to(page, "Take place 1 off")
    press(page, "Enter")
    assert says(page) == "Place 1 is taken off."
    assert page.evaluate("document.activeElement.textContent") == "Take place 1 off", "focus goes to what is left"
    check_axe_at(page, 1280, 360)

    tab_to(page, "Send")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert "/thanks/" in page.url
    mark = Contribution.objects.get().marks.get()
    x, y = pick_map(fife).point_of(*mark.geometry["coordinates"])
    assert mark.geometry["type"] == "Point"
    assert (round(x), round(y)) == (60, 302)


def test_without_javascript_the_middle_of_a_neighbourhood_is_marked_by_keys_and_taken_off(browser_page, fife, talk):
    page = browser_page(360, scripts=False)
    page.goto(f"{page.site}/fife/conversations/{talk.slug}/say/")
    page.get_by_label("In which neighbourhood is it?").select_option(areas.zone(3))
    page.locator("summary", has_text="Or mark it on a map").press("Enter")
    button = page.get_by_role("button", name="Mark the neighbourhood that I chose in the list")
    with page.expect_navigation():
        button.press("Enter")

    assert says(page) == "A place is marked. It goes with what you send."
    assert page.get_by_text("Place 1, near Zone 3, North East Fife").is_visible()
    assert page.url.endswith("#marks"), "the page stands where the map is"
    with page.expect_navigation():
        page.get_by_role("button", name="Take place 1 off").press("Enter")
    assert says(page) == "No place is marked."
    assert Contribution.objects.count() == 0
