"""Joint lines: proposed with shares to the penny, changed, withdrawn, and answered by each locality's lead."""

from __future__ import annotations

import pytest

from factories import money_site, plans_site, site
from factories.plan_pages import open_form, words
from locality_web.plans.models import JointLine

pytestmark = pytest.mark.django_db
JOINT = "/fife/joint/2026-27/"
SHARES = "/fife/localities/levenmouth/joint/2026-27/"
WISH = {
    "service": "reablement",
    "source": "core",
    "total": "100.01",
    "localities": ["levenmouth", "kirkcaldy"],
    "split": "equal",
    "why": "One team serves both.",
}


@pytest.fixture
def planner(fife):
    plans_site.core_source(fife)
    money_site.decided_budget(fife)
    return site.signed_in(money_site.officer(fife, "planner"))


def propose(planner, **changes):
    return planner.post(f"{JOINT}propose/", {**WISH, "action": "propose", **changes})


def test_shares_are_shown_to_the_penny_before_anything_is_proposed(planner):
    answer = planner.post(f"{JOINT}propose/", {**WISH, "action": "preview"})

    assert "Levenmouth £50.01 Kirkcaldy £50.00 Total £100.01" in words(answer)
    assert not JointLine.objects.exists()


def test_a_proposed_line_stands_in_the_list_and_waits_for_each_locality(planner):
    answer = propose(planner)

    shown = words(planner.get(answer.url))
    assert "Joint line J1 is proposed." in shown
    assert "J1: Reablement £100.01 of Core budget, shared in equal parts." in shown
    assert shown.count("Not answered yet") == 2


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"localities": ["kirkcaldy"]}, "A joint line needs at least two localities."),
        ({"total": ""}, "Fill this in."),
        ({"total": "0"}, "The amount must be £0.01 or more."),
        ({"service": "home-care"}, "Select a valid choice"),
        ({"split": "own", "own:kirkcaldy": "1"}, "the shares add up to £1.00, the line is £100.01; £99.01 is missing"),
    ],
)
def test_a_line_that_is_not_sound_is_refused_and_what_was_typed_is_given_back(planner, changes, says):
    answer = propose(planner, **changes)

    assert says in words(answer)
    assert "One team serves both." in answer.content.decode()
    assert not JointLine.objects.exists()


def test_a_lead_agrees_to_her_locality_s_share(planner, fife):
    propose(planner)
    lead = site.signed_in(plans_site.holder(fife, "lead", "levenmouth"))

    answer = lead.post(SHARES, {"_form": "J1", "code": "J1", "says": "agree"})

    assert "Levenmouth agrees to its share of joint line J1." in words(lead.get(answer.url))
    assert JointLine.objects.get().shares.get(locality__slug="levenmouth").agreed_at


def test_an_objection_to_a_share_needs_its_reason(planner, fife):
    propose(planner)
    lead = site.signed_in(plans_site.holder(fife, "lead", "levenmouth"))

    answer = lead.post(SHARES, {"_form": "J1", "code": "J1", "says": "object"})
    assert "An objection needs its reason." in words(answer)

    lead.post(SHARES, {"_form": "J1", "code": "J1", "says": "object", "objection": "Too much."})
    assert "Lead of Levenmouth objects: Too much." in words(lead.get(JOINT))


def test_a_changed_line_asks_every_locality_again(planner, fife):
    propose(planner)
    site.signed_in(plans_site.holder(fife, "lead", "levenmouth")).post(
        SHARES, {"_form": "J1", "code": "J1", "says": "agree"}
    )

    form = open_form(planner, f"{JOINT}J1/change/")
    form.send(total="200", action="propose")

    line = JointLine.objects.get()
    assert line.total_pence == 20000
    assert not line.shares.filter(agreed_at__isnull=False).exists()


def test_a_line_is_withdrawn_with_a_reason_and_stays_on_record(planner):
    propose(planner)

    assert "Fill this in." in words(planner.post(f"{JOINT}J1/withdraw/", {"why": ""}))
    answer = planner.post(f"{JOINT}J1/withdraw/", {"why": "The team was split."})

    assert "Withdrawn J1: Reablement, £100.01" in words(planner.get(answer.url))
    assert planner.get(f"{JOINT}J1/change/").status_code == 404
