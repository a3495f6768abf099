"""What people agree to is what they were asked about; what was changed behind it meanwhile is named."""

from __future__ import annotations

import pytest

from factories import money_site, plans_public, plans_site, site
from factories.plan_pages import PLAN, words
from locality.foundations import ResultRefused
from locality_web.plans.editing import Record
from locality_web.plans.steps import take_stance, take_step
from locality_web.plans.strategic import take_strategic_stance, take_strategic_step
from locality_web.plans.what_was_put import say_changed

pytestmark = pytest.mark.django_db
ASKED = "Since people were asked to agree to this plan, this was changed:"
AGAIN = "Take the plan back and put it again."


def lead_of(fife):
    return plans_site.holder(fife, "lead", "levenmouth")


@pytest.fixture
def agreed_by_all(fife):
    """A plan that is with its group, to which the lead has agreed."""
    record = plans_site.with_group(fife)
    take_stance(lead_of(fife), record, "agree")
    return record


def refusal(fife, record: Record) -> str:
    with pytest.raises(ResultRefused) as refused:
        take_step(lead_of(fife), record, "agreed")
    return str(refused.value)


def test_a_new_budget_is_named_and_after_putting_the_plan_again_it_can_be_agreed(fife, agreed_by_all):
    money_site.decided_budget(fife, agreed_by_all.year, preset="half-life", years=4)

    said = refusal(fife, agreed_by_all)
    assert said.startswith(f"{ASKED} the budget decision, the budget under Care at home")
    assert said.endswith(AGAIN)

    lead = lead_of(fife)
    record = take_step(lead, agreed_by_all, "draft", reason="A new budget.")
    record = take_step(lead, take_step(lead, record, "open_for_comments"), "put_to_group")
    take_stance(lead, record, "agree")
    assert take_step(lead, record, "agreed").state == "agreed"


def test_a_service_of_the_catalogue_is_named(fife, agreed_by_all):
    fife.services.filter(service="day-care").update(about="Three days a week.")

    assert refusal(fife, agreed_by_all) == f"{ASKED} the service Day care. {AGAIN}"


def test_a_source_is_named(fife, agreed_by_all):
    fife.sources.update(accountable_body="Another body")

    assert refusal(fife, agreed_by_all) == f"{ASKED} the source Core budget. {AGAIN}"


def test_the_pages_of_the_group_name_it_too_before_anybody_answers(fife, agreed_by_all):
    member = site.signed_in(plans_site.holder(fife, "member", "levenmouth"))
    for page in ("group/", "group/stance/"):
        assert ASKED not in words(member.get(f"{PLAN}{page}"))

    fife.sources.update(accountable_body="Another body")

    for page in ("group/", "group/stance/"):
        assert f"{ASKED} the source Core budget. The plan cannot be agreed as it is" in words(
            member.get(f"{PLAN}{page}")
        )


def test_a_plan_that_was_put_before_its_parts_were_noted_is_refused_all_the_same(fife, agreed_by_all):
    agreed_by_all.put_parts = {}
    agreed_by_all.save()
    fife.sources.update(accountable_body="Another body")

    assert refusal(fife, agreed_by_all) == (
        f"{ASKED} a budget, a service, a source, a joint line or another plan. {AGAIN}"
    )


def test_the_parts_are_kept_only_while_people_are_asked(fife, agreed_by_all):
    assert agreed_by_all.put_parts

    record = take_step(lead_of(fife), agreed_by_all, "agreed")

    assert (record.state, record.put_parts) == ("agreed", {})


def test_an_agreed_plan_behind_the_strategic_plan_is_named_and_the_boards_page_says_so(fife):
    board = money_site.officer(fife, "executive")
    record = plans_public.with_board(fife)
    take_strategic_stance(board, record, "agree")
    lead = lead_of(fife)
    plans_site.start_plan(lead, site.place(fife, "levenmouth"), record.year)
    second = fife.localities.get(slug="levenmouth").plans.first()
    second = take_step(lead, take_step(lead, second, "open_for_comments"), "put_to_group")
    take_stance(lead, second, "agree")
    take_step(lead, second, "agreed")

    with pytest.raises(ResultRefused) as refused:
        take_strategic_step(board, record, "agreed")

    assert str(refused.value) == f"{ASKED} the agreed plan of Levenmouth. {AGAIN}"
    assert f"{ASKED} the agreed plan of Levenmouth." in words(
        site.signed_in(board).get("/fife/plan/2026-27/edit/board/")
    )


def test_of_many_parts_the_first_are_named_and_the_rest_counted():
    said = say_changed(tuple(f"part {number}" for number in range(10)))
    assert said.endswith("part 6, part 7 and 2 parts more.")
    assert say_changed(()) == ""
