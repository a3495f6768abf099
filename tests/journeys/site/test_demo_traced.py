"""On the demo's own data: a resident follows a view to what came of it, and anybody follows the money back to it."""

import datetime as dt
from unittest import mock

import pytest
from django.core.cache import cache
from django.db import transaction

from factories import browsing
from factories.command import run_locality
from locality.foundations import FinancialYear
from locality_demo.planning_year import usual_days
from locality_demo.site import begin_site, hold_usual_year
from locality_demo.taking_part import bring_members
from locality_demo.voices import hear_localities, trace_influence

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("demo_traced")]
WORDS = "My mother waited five weeks for help after her hip."
UNANSWERED = "If it goes I shall never see my sister again."


@pytest.fixture(scope="module")
def release(tmp_path_factory):
    """5,000 made-up people from files to a release."""
    out = tmp_path_factory.mktemp("traced")
    for step in (
        ("synth", "--people", 5_000, "--seed", 1, "--out", out / "place"),
        ("release", "write", out / "place", "--out", out / "a.release.zip", "--on", "2024-10-15"),
    ):
        ran = run_locality(*step)
        assert ran.code == 0, ran.err
    return out / "a.release.zip"


@pytest.fixture
def demo(live_site, release):
    """The demo from its beginning to the plan that followed its conversations."""
    cache.clear()
    year = FinancialYear.of(dt.date.today())  # noqa: DTZ011 - as the demo: it plans the year in which it is run
    # No other worker is there to whom a job would have to show that it is alive.
    with mock.patch("locality_web.core.jobs_work._renew"):
        with transaction.atomic():
            cast = begin_site(release, slug="demo", name="Demo", code="S37999999")
            bring_members(cast, dt.date(year.start.year - 2, 11, 27))
        hear_localities(cast, usual_days(year).budget)
        hold_usual_year(cast, year, preset="linear", options={"years": 10}, why="In ten years.")
        trace_influence(cast, str(year), usual_days(year).published)
    return cast


def code_for(demo, says):
    return next(each.code for each in demo.to_try if says in each.says)


def read(page):
    return " ".join(page.locator("main").inner_text().split())


def test_a_view_is_traced_to_an_outcome_and_back(demo, browser_page, looked_at):
    # given somebody who took part in a conversation of the demo and kept the code, on a phone without JavaScript
    resident = browser_page(360, scripts=False)
    resident.goto(f"{resident.site}/demo/became/")
    looked_at(resident)

    # when they type it
    browsing.write(resident, "Your code", code_for(demo, "led to a priority").lower())
    browsing.go(resident, "Show")
    looked_at(resident)

    # then they read the answer, and each step from their view to the money and to what is done with it
    became = read(resident)
    assert code_for(demo, "led to a priority") not in resident.url
    for said in (
        WORDS,
        "We train and pay eight more carers, so that help begins within two days.",
        "part of the theme 'Help that begins at once': done",
        "led to the priority 'Home care that starts within two days'",
        "planned in the plan line 'Home care'",
        "paid with the money 'Home care, paid from Transformation grant'",
        "carried out by the action 'Take on and train eight home carers in the area'",
    ):
        assert said in became

    # when they follow the money, and ask of it who asked for it
    with resident.expect_navigation():
        resident.get_by_role("link", name="Home care, paid from Transformation grant").first.click()
    looked_at(resident)
    browsing.go(resident, "Who asked for this pound?")
    looked_at(resident)

    # then their view stands there with its part of the sum, and who says so, when and why
    asked = read(resident)
    for said in (WORDS, "60%: The group read the views of this theme aloud, and put it first. Dr Catriona Bell"):
        assert said in asked

    # and from the sum back to the conversation in which it was said
    with resident.expect_navigation():
        resident.get_by_role("link", name="Help that begins at once").first.click()
    looked_at(resident)
    assert "We train and pay eight more carers" in read(resident)

    # and a view of the demo that nobody has answered says so to whoever has its code
    resident.goto(f"{resident.site}/demo/became/")
    browsing.write(resident, "Your code", code_for(demo, "no answer yet"))
    browsing.go(resident, "Show")
    assert "It has no answer yet." in read(resident)

    # and what stands alone is named from both ends
    resident.goto(f"{resident.site}/demo/influence/")
    resident.get_by_text("Views without an answer").click()
    looked_at(resident)
    shown = read(resident)
    before, _, after = shown.partition("Pounds that nobody asked for")
    assert UNANSWERED in before
    assert "Unplanned care on acute wards" in after
    assert "Unplanned care on acute wards" not in before
