"""A finance director opens the report on a telephone, on a screen, by keyboard, and on paper."""

from pathlib import Path

import pytest

pytestmark = pytest.mark.browser

AXE = Path(__file__).parent.parent / "vendor" / "axe.min.js"
SIZES = (
    pytest.param({"localities": 7}, id="seven localities"),
    pytest.param({"localities": 2, "headings": 3, "budget": False, "optional": False}, id="two without a budget"),
    pytest.param({"localities": 40, "headings": 5}, id="forty localities"),
)
WIDTHS = (360, 1280)


def _open_every_fold(page):
    page.evaluate("document.querySelectorAll('details').forEach(fold => fold.open = true)")


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("size", SIZES)
def test_axe_finds_no_fault(open_report, size, width):
    page = open_report(width, **size)
    _open_every_fold(page)
    page.evaluate(AXE.read_text("utf-8"))

    found = page.evaluate("axe.run(document, {resultTypes: ['violations']})")["violations"]

    assert [(fault["id"], fault["nodes"][0]["html"][:120]) for fault in found] == []


@pytest.mark.parametrize("width", WIDTHS)
def test_the_page_asks_for_nothing_but_itself(open_report, width):
    page = open_report(width)

    assert [address for address in page.asked if not address.startswith("data:")] == [page.url]


@pytest.mark.parametrize("size", SIZES)
def test_only_tables_scroll_sideways_on_a_telephone(open_report, size):
    page = open_report(360, **size)
    _open_every_fold(page)

    assert page.evaluate("document.documentElement.scrollWidth") == 360


@pytest.mark.parametrize("width", WIDTHS)
def test_no_text_is_smaller_than_16_pixels(open_report, width):
    page = open_report(width)
    _open_every_fold(page)

    small = page.evaluate(
        """[...document.querySelectorAll('body *')].filter(one =>
             [...one.childNodes].some(child => child.nodeType === 3 && child.data.trim())
             && parseFloat(getComputedStyle(one).fontSize) < 16).map(one => one.outerHTML.slice(0, 80))"""
    )

    assert small == []


@pytest.mark.parametrize("width", WIDTHS)
def test_words_in_a_chart_neither_meet_nor_leave_it(open_report, width):
    page = open_report(width)
    _open_every_fold(page)

    faults = page.evaluate(
        """[...document.querySelectorAll('svg.chart')].flatMap(chart => {
             const edge = chart.getBoundingClientRect();
             const seen = [...chart.querySelectorAll('text')].filter(one => getComputedStyle(one).display !== 'none');
             const boxes = seen.map(one => [one.textContent, one.getBoundingClientRect()]);
             const out = boxes.filter(([, box]) => box.left < edge.left - 1 || box.right > edge.right + 1);
             const meet = boxes.flatMap(([words, box], place) => boxes.slice(place + 1)
               .filter(([, other]) => box.left < other.right && other.left < box.right
                                      && box.top + 4 < other.bottom && other.top + 4 < box.bottom)
               .map(([others]) => [words + ' meets ' + others, box]));
             return [...out, ...meet].map(([words]) => words);
           })"""
    )

    assert faults == []


def test_the_first_tab_offers_to_skip_to_the_figures(open_report):
    page = open_report(1280)

    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Skip to main content"

    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"


@pytest.mark.parametrize("width", WIDTHS)
def test_tab_reaches_every_fold_and_every_table_region(open_report, width):
    page = open_report(width)
    wanted = page.evaluate(
        """[...document.querySelectorAll('summary, .scroll, a[href]')].filter(one => one.checkVisibility())
             .map((one, place) => one.dataset.place = String(place))"""
    )

    reached = set()
    for _ in range(len(wanted) + 5):
        page.keyboard.press("Tab")
        reached.add(page.evaluate("document.activeElement.dataset.place"))

    assert len(wanted) > 40
    assert set(wanted) - reached == set()


def test_a_fold_opens_by_keyboard_and_its_table_scrolls(open_report):
    page = open_report(360)
    page.locator("#headings ~ details summary").last.focus()

    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.press("ArrowRight")
    page.wait_for_function("document.activeElement.scrollLeft > 0")

    assert page.evaluate("document.activeElement.className") == "scroll"


def test_print_shows_what_is_folded_on_the_screen(open_report):
    page = open_report(1280)
    table = page.locator("#headings ~ details").last.locator("table")
    assert not table.is_visible()

    page.emulate_media(media="print")

    assert table.evaluate("one => one.checkVisibility({contentVisibilityAuto: true})")
    assert table.bounding_box()["height"] > 100
