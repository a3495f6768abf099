"""Readiness: every check of the guidance, what it says, and where it is mended."""

from __future__ import annotations

import csv
import io
import re

import pytest
from django.urls import reverse

from factories import money_site, plans_site
from locality.plans import load_checks
from locality_web.plans.readiness_places import places
from locality_web.plans.readiness_record import all_checks, record_of

pytestmark = pytest.mark.django_db
PAGE = "/fife/readiness/?year=2026-27"


def words(answer) -> str:
    return " ".join(answer.content.decode().split())


def rows_of(browser, address: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(browser.get(address).content.decode("utf-8-sig"))))


def test_every_check_of_the_guidance_is_there_for_the_partnership_and_each_locality(fife, as_role):
    plans_site.agreed(fife)

    rows = rows_of(as_role("planner"), "/fife/readiness/checks.csv?year=2026-27")

    assert {row["check"] for row in rows} >= {check.id for check in load_checks()}
    assert {row["locality"] for row in rows} == {"", "Levenmouth", "Kirkcaldy", "Dunfermline", "North East Fife"}


def test_what_no_room_holds_is_not_recorded_and_says_that_the_site_does_not_hold_it_yet(fife, as_role):
    page = words(as_role("planner").get(PAGE))

    assert "Not recorded here:" in page
    assert "This site does not hold it yet." in page


def test_a_check_leads_to_the_page_on_which_it_is_mended(fife, as_role):
    plans_site.written(fife)

    page = words(as_role("planner").get("/fife/localities/levenmouth/readiness/?year=2026-27"))

    assert 'href="/fife/localities/levenmouth/lead/"' in page
    assert "Kirkcaldy:" not in page


def test_lines_are_chosen_by_outcome_and_duty(fife, as_role):
    planner = as_role("planner")

    page = words(planner.get(f"{PAGE}&outcome=not+recorded&duty=must"))

    assert "plan-outcome--not-recorded" in page
    assert "plan-outcome--not-met" not in page
    assert "(should," not in page


def test_the_four_words_are_measured_facts(fife, as_role):
    plans_site.agreed(fife)

    page = words(as_role("planner").get(PAGE))

    assert "Does money come nearer to need?" in page
    assert "1 of 1 plans are agreed by people who are named." in page


def test_the_record_of_a_draft_is_what_its_editor_shows(fife):
    from locality_web.plans.frames import content_of

    record = plans_site.written(fife)

    assert record_of(fife, "2026/27").plans["levenmouth"].plan == content_of(record)


def test_every_place_of_a_check_is_a_page_of_this_site(fife):
    slug, locality = fife.slug, fife.localities.first().slug
    for name, place in places().items():
        arguments = [
            slug,
            *([locality] if place["at"] == "locality" else []),
            *(["2026-27"] if "year" in place else []),
        ]
        assert reverse(place["page"], args=arguments), name
    assert set(places()) <= {check.mend for check in all_checks()}


def test_a_resident_may_not_read_it(fife, as_role):
    money_site.officer(fife, "planner")
    assert as_role("participant").get(PAGE).status_code == 403


def test_a_long_list_of_checks_begins_with_ways_to_its_chapters(fife, as_role):
    page = as_role("planner").get(PAGE).content.decode()

    ways = re.findall(r'<li><a href="#([\w-]+)">', page.split('aria-label="Chapters"')[1].split("</nav>")[0])

    assert len(ways) > 2
    assert all(f'id="{way}"' in page for way in ways)
