"""Two people write the same field: neither loses a word."""

from __future__ import annotations

import pytest

from factories import plans_site, site
from factories.plan_pages import PLAN, open_form, words
from locality_web.core.models import Draft
from locality_web.plans.models import LocalityPlanRecord
from locality_web.plans.today import due_for

pytestmark = pytest.mark.django_db
HEADING, CLASH = f"{PLAN}edit/care-at-home/", f"{PLAN}edit/clash/"


def the_plan() -> LocalityPlanRecord:
    return LocalityPlanRecord.objects.get(locality__slug="levenmouth")


@pytest.fixture
def clash(lead, planner):
    """Both change the note on home care; the planner saves first, the lead also wrote a note on day care."""
    mine, theirs = open_form(lead, HEADING), open_form(planner, HEADING)
    theirs.send(**{"note__home-care": "Theirs."})
    return mine.send(**{"note__home-care": "Mine,\r\nof two lines.", "note__day-care": "No clash."})


def test_what_did_not_clash_is_saved_and_both_texts_are_shown_with_who_wrote_theirs(lead, clash):
    assert clash.url == f"{CLASH}?kept=yes"
    shown = words(lead.get(clash.url))

    assert the_plan().fields["note/day-care"] == "No clash."
    assert the_plan().fields["note/home-care"] == "Theirs."
    assert "Mine Mine, of two lines." in shown
    assert "Theirs Pat Planner," in shown


def settle(client, choice, new=""):
    page = client.get(CLASH)
    form = page.context["form"]
    data = {**dict(form.kept()), "choice:note/home-care": choice, "new:note/home-care": new}
    data |= {name: form[name].value() for name in ("base_version", "seen_version")}
    return client.post(CLASH, data)


@pytest.mark.parametrize(
    ("choice", "new", "says"),
    [("mine", "", "Mine,\nof two lines."), ("theirs", "", "Theirs."), ("new", "Both.", "Both.")],
)
def test_the_writer_takes_mine_theirs_or_something_else(lead, clash, choice, new, says):
    answer = settle(lead, choice, new)

    assert answer.status_code == 302
    assert the_plan().fields["note/home-care"] == says
    assert not Draft.objects.exists()


def test_without_a_choice_nothing_is_saved_and_nothing_is_lost(lead, clash):
    answer = settle(lead, "")

    assert "Choose mine, theirs or something else." in words(answer)
    assert "Mine, of two lines." in words(answer)
    assert Draft.objects.filter(form=CLASH).exists()


def test_something_else_must_be_written(lead, clash):
    assert "Write what it should be, or choose mine or theirs." in words(settle(lead, "new"))


def test_a_clash_waits_and_stands_among_what_needs_the_writer_today(lead, clash, fife):
    person = plans_site.holder(fife, "lead", "levenmouth")

    due = due_for(person, person.roles.all())

    assert next((each.title, each.address) for each in due if each.urgent) == ("Settle a clash in a plan", CLASH)


def test_a_third_change_meanwhile_is_a_clash_again(lead, planner, clash):
    page = lead.get(CLASH)
    form = page.context["form"]
    data = {**dict(form.kept()), "choice:note/home-care": "mine"}
    data |= {name: form[name].value() for name in ("base_version", "seen_version")}
    open_form(planner, HEADING).send(**{"note__home-care": "Theirs, anew."})

    answer = lead.post(CLASH, data)

    assert answer.url == f"{CLASH}?kept=yes"
    shown = words(lead.get(CLASH))
    assert "Theirs, anew." in shown
    assert "Mine, of two lines." in shown


def test_a_priority_that_the_other_took_away_comes_back_whole_when_mine_is_chosen(lead, planner):
    mine, theirs = open_form(lead, HEADING), open_form(planner, HEADING)
    theirs.send_all({"remove:priority/P1": "on"})
    mine.send(priority__P1__title="No falls")
    form = lead.get(CLASH).context["form"]
    data = {**dict(form.kept()), "choice:priority/P1/title": "mine"}
    data |= {name: form[name].value() for name in ("base_version", "seen_version")}

    lead.post(CLASH, data)

    fields = the_plan().fields
    assert (fields["priority/P1/title"], fields["priority/P1/heading"]) == ("No falls", "Care at home")
    assert fields["priority/P1/rank"] == 1


def test_a_priority_that_i_took_away_goes_whole_when_mine_is_chosen(lead, planner):
    mine, theirs = open_form(lead, HEADING), open_form(planner, HEADING)
    theirs.send(priority__P1__title="No falls")
    mine.send_all({"remove:priority/P1": "on"})
    assert the_plan().fields["priority/P1/why"] == "Falls are the first cause of admission."
    form = lead.get(CLASH).context["form"]
    data = {**dict(form.kept()), "choice:priority/P1/title": "mine"}
    data |= {name: form[name].value() for name in ("base_version", "seen_version")}

    lead.post(CLASH, data)

    assert not [path for path in the_plan().fields if path.startswith("priority/P1/")]


def test_two_who_each_add_a_priority_both_keep_theirs(lead, planner):
    mine, theirs = open_form(lead, HEADING), open_form(planner, HEADING)
    theirs.send(priority__new__title="A day centre")
    answer = mine.send(priority__new__title="Buses")

    assert answer.url == HEADING
    titles = {value for path, value in the_plan().fields.items() if path.endswith("/title")}
    assert titles == {"Fewer falls", "A day centre", "Buses"}


def test_without_a_clash_the_page_says_so(lead):
    assert "There is nothing to settle" in words(lead.get(CLASH))


def test_a_clash_of_amounts_is_shown_in_pounds(lead, planner, fife):
    mine, theirs = open_form(lead, HEADING), open_form(planner, HEADING)
    theirs.send(**{"line__home-care__core": "1000"})
    mine.send(**{"line__home-care__core": "2000.50"})

    shown = words(lead.get(CLASH))
    assert "Home care, Core budget" in shown
    assert "£2,000.50" in shown
    assert "£1,000.00" in shown
    assert site.locality(fife).name in shown
