"""A planner carries localities over to zones of another vintage, by keyboard, on a phone and without scripts."""

from __future__ import annotations

import pytest

from factories import areas, browsing, overlaps, site
from factories.overlaps import new_zone

pytestmark = pytest.mark.browser
NARROW, WIDE = 360, 1280


@pytest.fixture
def divided(fife):
    areas.load(fife, areas.release(areas.FOUR))
    return fife


def be(page, person):
    """Open pages as somebody who signed in before."""
    session = site.signed_in(person).cookies["sessionid"].value
    page.context.add_cookies([{"name": "sessionid", "value": session, "url": page.site}])


def load(page, file):
    """Fill in the form: the file, 1 April 2027 and a reason."""
    page.get_by_label("Overlap table").set_input_files(file)
    for part, text in (("Day", "1"), ("Month", "4"), ("Year", "2027")):
        browsing.write(page, part, text)
    browsing.write(page, "Why, and who published the overlaps?", "The zones of 2022 have come.")
    browsing.go(page, "Look at what is carried over")


@pytest.mark.parametrize(("width", "scripts"), [(WIDE, True), (NARROW, False)])
def test_from_a_table_with_faults_to_a_division_that_everybody_reads(
    divided, browser_page, check_axe, tmp_path, width, scripts
):
    # given a planner with a table from which a zone is missing
    file = tmp_path / "overlaps.csv"
    file.write_bytes(overlaps.overlap_file(overlaps.SPLIT[:-1]))
    page = browser_page(width, scripts=scripts)
    be(page, site.person("planner", divided))
    page.goto(f"{page.site}/fife/localities/")
    browsing.go(page, "Carry the localities over to other zones")
    load(page, file)
    said = page.inner_text("main")
    assert "1 of the 8 zones of the localities are not in it: S01000008" in said
    if scripts:
        check_axe(page)

    # when she loads the whole table and decides the split zone by hand
    file.write_bytes(overlaps.overlap_file())
    load(page, file)
    assert "40 people (5.0%) come to another locality" in page.inner_text("main")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    if scripts:
        check_axe(page)
    page.get_by_label(f"New zone 3 ({new_zone(3)})").select_option("Levenmouth")
    browsing.go(page, "Keep the choices and look again")
    assert "50 people (6.2%) come to another locality" in page.inner_text("main")
    browsing.go(page, "Adopt from 1 April 2027")

    # then it is a division to come, and everybody reads how it came to be
    assert "The localities are carried over." in page.inner_text("main")
    page.context.clear_cookies()
    page.reload()
    said = page.inner_text("main")
    assert "North East Fife 50 and Levenmouth 40" in said
    assert "decided by hand" in said
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    if scripts:
        check_axe(page)
