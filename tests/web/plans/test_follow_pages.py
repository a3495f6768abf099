"""From any pound to its line, its priority and the decision; and back."""

from __future__ import annotations

import csv
import io

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from factories import money_site, plans_public, plans_site
from locality_web.plans.snapshots import read_strategic_snapshot

pytestmark = pytest.mark.django_db
FOLLOW = "/fife/follow/2026-27/"


@pytest.fixture
def reader(fife) -> Client:
    money_site.officer(fife, "executive")
    plans_public.agreed_strategic(fife)
    return Client()


def words(answer) -> str:
    return " ".join(answer.content.decode().split())


def test_the_lines_of_all_plans_add_up_to_the_strategic_plan(fife, reader):
    plan = read_strategic_snapshot(fife.strategic_plans.get().snapshot)

    rows = list(csv.DictReader(io.StringIO(reader.get(f"{FOLLOW}lines.csv").content.decode("utf-8-sig"))))

    assert sum(int(row["planned_pence"]) for row in rows) == plan.facts["totals"]["pence"]
    assert {row["locality"] for row in rows} >= {"Levenmouth", "Kirkcaldy", "Fife"}


def test_lines_are_found_by_locality_heading_source_and_words(reader):
    wanted = {"locality": "levenmouth", "words": "home"}
    found = reader.get(f"{FOLLOW}lines.csv", wanted).content.decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(found)))

    assert [(row["locality"], row["service"]) for row in rows] == [("Levenmouth", "home-care")]
    assert "No line of an agreed plan is like this" in words(reader.get(FOLLOW, {"words": "trains"}))


def test_a_pound_leads_to_its_priority_who_raised_it_the_action_the_decision_and_who_agreed(fife, reader):
    page = words(reader.get(f"{FOLLOW}levenmouth/home-care/core/"))

    assert "priority 1, Fewer falls</a>. Raised by: Carers&#x27; forum" in page
    assert "Two more carers" in page
    assert '<a href="/fife/money/decisions/2026-27/1/">decision 2026/27-1</a>' in page
    assert "It says what we asked for." in page
    assert fife.localities.get(slug="levenmouth").plans.get().snapshot.sha256 in page
    assert "strategic commissioning plan for 2026/27" in page


def test_a_priority_leads_to_its_pounds_and_actions(reader):
    page = words(reader.get(f"{FOLLOW}levenmouth/priorities/P1/"))

    assert "Falls are the first cause of admission." in page
    assert 'href="/fife/follow/2026-27/levenmouth/home-care/core/"' in page
    assert "Two more carers" in page


def test_a_line_of_the_whole_partnership_is_followed_too(reader):
    page = words(reader.get(f"{FOLLOW}partnership-wide/equipment/core/"))

    assert "Equipment store in Fife, 2026/27" in page


@pytest.mark.parametrize("where", ["levenmouth/trains/core/", "levenmouth/priorities/P9/", "nowhere/home-care/core/"])
def test_a_line_or_priority_that_is_in_no_agreed_plan_is_not_found(reader, where):
    assert reader.get(FOLLOW + where).status_code == 404


def test_each_page_asks_for_few_queries(reader):
    for where in ("", "levenmouth/home-care/core/", "levenmouth/priorities/P1/"):
        with CaptureQueriesContext(connection) as queries:
            assert reader.get(FOLLOW + where).status_code == 200
        assert len(queries) <= 8, where


def test_a_year_without_an_agreed_plan_says_so(fife):
    plans_site.written(fife)

    answer = Client().get(FOLLOW)

    assert answer.status_code == 404
    assert "Fife has no agreed locality plan for 2026/27 yet." in words(answer)
