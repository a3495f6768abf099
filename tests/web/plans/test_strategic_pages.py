"""A planner makes the strategic plan; the board agrees; it is published."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from factories import money_site, plans_public, plans_site, site
from locality_web.core.models import Person
from locality_web.plans.models import Publication

pytestmark = pytest.mark.django_db
EDIT = "/fife/plan/2026-27/edit/"


def words(answer) -> str:
    return " ".join(answer.content.decode().split())


def test_what_is_missing_stands_first_with_the_page_on_which_it_is_mended(fife, as_role):
    plans_site.agreed(fife)
    plans_public.begun(fife)

    page = words(as_role("planner").get(EDIT))

    assert page.index("What is missing") < page.index("In short")
    assert "There is no agreed plan of Kirkcaldy for 2026/27." in page
    assert 'href="/fife/localities/kirkcaldy/plans/"' in page


def test_a_plan_that_is_not_begun_can_be_begun(fife, as_role):
    plans_site.core_source(fife)
    planner = as_role("planner")

    assert "It is not begun yet." in words(planner.get(EDIT))
    assert "The strategic plan for 2026/27 is begun." in words(planner.post("/fife/plan/2026-27/begin/", follow=True))


def test_a_refusal_of_consolidation_is_said_in_words_with_where_to_mend_it(fife, as_role):
    plans_site.agreed(fife)
    plans_public.begun(fife)
    fife.services.filter(service="home-care").update(heading="Community nursing")

    page = words(as_role("planner").get(EDIT))

    assert "Why it cannot be put together" in page
    assert 'href="/fife/services/"' in page


def test_two_planners_who_write_the_same_section_lose_nothing(fife, as_role):
    plans_public.begun(fife)
    first, second = as_role("planner"), as_role("planner")
    where = f"{EDIT}narrative/"

    first.post(where, {"base_version": 0, "narrative/introduction": "Care nearer home."})
    clash = second.post(where, {"base_version": 0, "narrative/introduction": "Mine.", "narrative/heard": "Much."})

    page = words(clash)
    assert "Somebody else changed the same meanwhile" in page
    assert "Care nearer home." in page
    assert ">\nMine." in clash.content.decode() or "Mine.</textarea>" in page
    record = fife.strategic_plans.get()
    assert record.fields["narrative/introduction"] == "Care nearer home."
    assert record.fields["narrative/heard"] == "Much."
    second.post(where, {"base_version": record.version, "narrative/introduction": "Both.", "narrative/heard": "Much."})
    record.refresh_from_db()
    assert record.fields["narrative/introduction"] == "Both."


def test_money_for_all_is_planned_against_what_is_held(fife, as_role):
    plans_site.draft(fife)
    plans_public.begun(fife)
    planner = as_role("planner")

    saved = planner.post(f"{EDIT}lines/", {"amount-base_version": 0, "amount-equipment.core": "1,000.50"}, follow=True)

    assert "Saved as version 1." in words(saved)
    assert fife.strategic_plans.get().fields["line/equipment/core"] == 1_000_50
    assert "£1,000.50" in words(planner.get(f"{EDIT}lines/"))


def test_the_board_answers_and_the_plan_is_agreed_and_published(fife, as_role):
    plans_public.with_board(fife)
    planner, board = as_role("planner"), as_role("executive")
    where = f"{EDIT}board/"

    refused = board.post(f"{where}stance/", {"version": 0, "stance": "object"})
    assert "An objection needs its reason." in words(refused)
    assert "You agree to this plan." in words(
        board.post(f"{where}stance/", {"version": 0, "stance": "agree", "reason": "Fair."}, follow=True)
    )
    # A second member of the board, from deciding the budget, may have to answer too.
    for person in Person.objects.filter(roles__role="executive"):
        site.signed_in(person).post(f"{where}stance/", {"version": 0, "stance": "agree"})
    assert "The strategic plan is agreed." in words(board.post(f"{where}agree/", follow=True))
    planner.post("/fife/plan/2026-27/publish/")
    assert "This plan is being published." in words(planner.get(EDIT))
    plans_site.work_until_done()
    assert Publication.objects.filter(locality=None).count() == 1
    assert "plan-large-print.pdf" in words(planner.get("/fife/plan/2026-27/"))


def test_a_step_that_is_not_possible_says_what_stops_it(fife, as_role):
    plans_site.agreed(fife)
    plans_public.begun(fife)
    planner = as_role("planner")
    planner.post(f"{EDIT}board/step/", {"to": "open_for_comments"})

    page = words(planner.post(f"{EDIT}board/step/", {"to": "put_to_board"}))

    assert "There is no agreed plan of Dunfermline, Kirkcaldy, North East Fife" in page
    assert fife.strategic_plans.get().state == "open_for_comments"


def test_pages_ask_for_few_queries_once_what_they_share_is_read(fife, as_role):
    plans_site.agreed(fife)
    plans_public.begun(fife)
    planner = as_role("planner")
    for where in (EDIT, f"{EDIT}lines/", f"{EDIT}narrative/", f"{EDIT}board/", "/fife/readiness/?year=2026-27"):
        planner.get(where)
        with CaptureQueriesContext(connection) as queries:
            assert planner.get(where).status_code == 200
        assert len(queries) <= 15, where


def test_a_change_is_seen_at_once_on_the_pages_that_remember(fife, as_role):
    plans_site.agreed(fife)
    plans_public.begun(fife)
    planner = as_role("planner")
    assert "There is no agreed plan of Kirkcaldy" in words(planner.get(EDIT))

    plans_site.agreed(fife, "kirkcaldy")

    assert "There is no agreed plan of Kirkcaldy" not in words(planner.get(EDIT))


@pytest.fixture(autouse=True)
def people(fife):
    money_site.officer(fife, "planner")
