"""The editor: every service is there, what is typed is saved or said to be wrong beside its field, over is named."""

from __future__ import annotations

import re

import pytest

from factories import money_site, plans_site, site
from factories.plan_pages import PLAN, open_form, words
from locality_web.core.models import Draft
from locality_web.plans.models import LocalityPlanRecord
from locality_web.plans.steps import take_step

pytestmark = pytest.mark.django_db
HEADING = f"{PLAN}edit/care-at-home/"
MOVE = {"from_service": "day-care", "to_service": "home-care", "source": "core", "pence": "100", "why": "Fewer use it."}


def the_plan() -> LocalityPlanRecord:
    return LocalityPlanRecord.objects.get(locality__slug="levenmouth")


def test_the_list_offers_to_begin_the_plan_and_leads_to_its_editor(fife):
    plans_site.core_source(fife)
    money_site.decided_budget(fife)
    lead = site.signed_in(plans_site.holder(fife, "lead", "levenmouth"))
    plans = "/fife/localities/levenmouth/plans/"

    assert "Begin the plan for 2026/27" in words(lead.get(plans))
    answer = lead.post(f"{plans}begin/", {"year": "2026/27"}, follow=True)

    assert answer.redirect_chain[-1][0] == f"{PLAN}edit/"
    assert "The plan for 2026/27 is begun" in words(answer)


def test_a_second_plan_for_the_same_year_is_refused_in_words(lead):
    answer = lead.post("/fife/localities/levenmouth/plans/begin/", {"year": "2026/27"}, follow=True)

    assert "There is a plan for 2026/27 on its way already." in words(answer)


def test_the_public_does_not_see_a_draft_in_the_list_but_sees_it_once_it_is_open_for_comments(lead, fife, client):
    plans = "/fife/localities/levenmouth/plans/"
    assert "Plan for 2026/27" not in words(client.get(plans))

    take_step(plans_site.holder(fife, "lead", "levenmouth"), the_plan(), "open_for_comments")

    assert "Plan for 2026/27 1 Open for comments" in words(client.get(plans))


def test_the_overview_lists_every_service_also_those_planned_elsewhere(lead):
    shown = words(lead.get(f"{PLAN}edit/"))

    for name in ("Home care", "Day care", "Reablement", "District nursing", "Geriatric wards", "Equipment store"):
        assert name in shown
    assert "Reablement across localities" in shown
    assert "Equipment store once for the whole partnership in the strategic plan" in shown
    assert "Geriatric wards in this locality, set-aside" in shown


def test_over_budget_is_named_in_words_and_saved_all_the_same(lead):
    answer = open_form(lead, HEADING).send(**{"line__home-care__core": "99,000,000"})

    assert answer.status_code == 302
    overview = words(lead.get(f"{PLAN}edit/"))
    assert re.search(r"Care at home: £99,\S+ is planned from core and set-aside money.* that is £9\S+ over\.", overview)


def test_saving_says_what_was_saved(lead):
    answer = open_form(lead, HEADING).send(**{"line__home-care__core": "1,234.50", "note__home-care": "More carers."})

    shown = words(lead.get(answer.url))
    assert "Saved as version 2: 1 amount and 1 note." in shown
    assert the_plan().fields["line/home-care/core"] == 123450


def test_lines_end_in_one_way_however_the_browser_sends_them(lead):
    open_form(lead, HEADING).send(**{"note__home-care": "One.\r\nTwo."})

    assert the_plan().fields["note/home-care"] == "One.\nTwo."


def test_saving_without_a_change_makes_no_version(lead):
    before = the_plan().version

    answer = open_form(lead, HEADING).send()

    assert "Nothing was changed" in words(lead.get(answer.url))
    assert the_plan().version == before


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"line__home-care__core": "lots"}, "'lots' is not an amount in pounds"),
        ({"line__home-care__core": "-5"}, "The amount must be £0.00 or more."),
        ({"priority__P1__title": ""}, "The text is empty. Say in a few words what is wanted."),
        ({"action__A1__what": ""}, "The text is empty. Say what will be done."),
        ({"action__new__what": "More buses"}, "No service is named. Choose a service of the catalogue."),
        ({"base_version": "77"}, "This plan has no version 77."),
        ({"base_version": ""}, "Load this page again: it has lost its version."),
    ],
)
def test_what_is_wrong_stands_beside_its_field_and_nothing_is_saved(lead, changes, says):
    before = the_plan().fields

    answer = open_form(lead, HEADING).send(**changes, **{"note__day-care": "Not lost."})

    assert says in words(answer)
    assert "Not lost." in answer.content.decode()
    assert the_plan().fields == before


def test_a_new_priority_gets_an_id_the_last_rank_and_its_heading(lead):
    open_form(lead, HEADING).send(priority__new__title="A day centre", priority__new__why="There is none.")

    fields = the_plan().fields
    assert (fields["priority/P2/title"], fields["priority/P2/rank"]) == ("A day centre", 2)
    assert fields["priority/P2/heading"] == "Care at home"
    assert fields["priority/P2/service"] == ""


def test_a_priority_and_an_action_can_be_taken_away(lead):
    open_form(lead, HEADING).send_all({"remove:priority/P1": "on", "remove:action/A1": "on"})

    assert not [path for path in the_plan().fields if path.startswith(("priority/", "action/"))]


def test_priorities_are_put_in_order_on_their_own_page_and_two_with_one_rank_are_refused(lead):
    open_form(lead, HEADING).send(priority__new__title="A day centre")
    form = open_form(lead, f"{PLAN}edit/priorities/")

    assert "Rank 1 is also that of" in words(form.send(priority__P2__rank="1"))
    form.send(priority__P1__rank="2", priority__P2__rank="1")

    fields = the_plan().fields
    assert (fields["priority/P1/rank"], fields["priority/P2/rank"]) == (2, 1)


def test_a_grant_has_a_cell_only_where_it_may_be_spent(lead, fife):
    fife.sources.create(
        source="winter", name="Winter grant", kind="grant", accountable_body="The council", services=["home-care"]
    )

    fields = open_form(lead, HEADING).fields

    assert "line/home-care/winter" in fields
    assert "line/day-care/winter" not in fields
    assert "line/reablement/core" not in fields


def test_a_finance_officer_changes_amounts_and_not_the_words(lead, fife):
    finance = site.signed_in(money_site.officer(fife, "finance"))
    form = open_form(finance, HEADING)

    form.send(**{"line__home-care__core": "500", "note__home-care": "Sneaked in"})

    fields = the_plan().fields
    assert fields["line/home-care/core"] == 50000
    assert "note/home-care" not in fields
    assert finance.get(f"{PLAN}edit/summary/").status_code == 403


def test_a_plan_that_the_group_has_cannot_be_written_and_what_was_typed_is_given_back(lead, fife):
    form = open_form(lead, HEADING)
    person = plans_site.holder(fife, "lead", "levenmouth")
    take_step(person, take_step(person, the_plan(), "open_for_comments"), "put_to_group")

    answer = form.send(**{"note__home-care": "Too late"})

    assert "put to the group and cannot be written now" in words(answer)


def test_a_move_is_one_record_and_may_change_both_planned_amounts(lead):
    form = open_form(lead, f"{PLAN}edit/moves/")
    before = the_plan().fields

    new = {**MOVE, "why": "Fewer use it."}
    answer = form.send_all({f"move/new/{part}": each for part, each in new.items()} | {"adjust:new": "on"})

    fields = the_plan().fields
    assert "Saved as version 2: 2 amounts and 1 move." in words(lead.get(answer.url))
    assert fields["move/M1/pence"] == 10000
    assert fields["line/day-care/core"] == before["line/day-care/core"] - 10000
    assert fields["line/home-care/core"] == 10000


def test_a_move_that_takes_more_than_is_planned_is_refused_beside_its_amount(lead):
    form = open_form(lead, f"{PLAN}edit/moves/")
    new = {**MOVE, "from_service": "home-care", "to_service": "day-care", "pence": "5"}

    answer = form.send_all({f"move/new/{part}": each for part, each in new.items()} | {"adjust:new": "on"})

    assert "£5.00 cannot be taken from Home care: £0.00 is planned for it" in words(answer)
    assert not [path for path in the_plan().fields if path.startswith("move/")]


def test_a_changed_move_changes_the_planned_amounts_by_the_difference_only(lead):
    new = {f"move/new/{part}": each for part, each in MOVE.items()}
    open_form(lead, f"{PLAN}edit/moves/").send_all({**new, "adjust:new": "on"})

    open_form(lead, f"{PLAN}edit/moves/").send_all({"move/M1/pence": "150", "adjust:M1": "on"})

    assert the_plan().fields["line/home-care/core"] == 15000


def test_the_summary_is_saved_and_a_draft_of_it_is_forgotten(lead, fife):
    person = plans_site.holder(fife, "lead", "levenmouth")
    Draft.objects.create(person=person, form=f"{PLAN}edit/summary/", fields={"summary": ["Half"]})

    open_form(lead, f"{PLAN}edit/summary/").send(summary="All of it.")

    assert the_plan().fields["summary"] == "All of it."
    assert not Draft.objects.exists()


def test_a_heading_that_the_catalogue_does_not_have_is_not_found(lead):
    assert lead.get(f"{PLAN}edit/nowhere/").status_code == 404


def test_the_locality_page_shows_the_agreed_plan_with_its_money_and_priorities(fife, client):
    plans_site.agreed(fife)

    shown = words(client.get("/fife/localities/levenmouth/"))

    assert "The plan for 2026/27 was agreed on" in shown
    assert "Fewer falls" in shown


def test_only_what_a_plan_can_do_without_is_called_optional(lead):
    shown = words(lead.get(HEADING))

    assert "What changes in Home care against last year (optional)" in shown
    assert "Who does it (optional)" in shown
    for needed in ("What is wanted, in a few words", "What it asks for", "What will be done"):
        assert needed in shown
        assert f"{needed} (optional)" not in shown
    assert "(optional)" not in words(lead.get(f"{PLAN}edit/moves/"))
    assert "(optional)" not in words(lead.get(f"{PLAN}edit/priorities/"))
