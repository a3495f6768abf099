"""What of plans a meeting could deal with stands among its open matters, and leaves them once it is dealt with."""

import pytest

from factories import site
from locality_web.plans.agenda_matters import matters
from locality_web.plans.commenting import answer_comment, comment_on
from locality_web.plans.models import JointLine, JointShare, LocalityPlanRecord, PlanStance, StrategicPlanRecord

pytestmark = pytest.mark.django_db


@pytest.fixture
def levenmouth(fife):
    return site.place(fife, "levenmouth")


def plan(place, state, **more):
    return LocalityPlanRecord.objects.create(locality=place.locality, year="2027/28", state=state, fields={}, **more)


def said(place):
    return [(each.title, each.purpose) for each in matters(place)]


@pytest.mark.parametrize(
    ("state", "found"),
    [
        ("draft", []),
        ("open_for_comments", [("Comment on the plan of Levenmouth for 2027/28", "discussion")]),
        ("put_to_group", [("Agree the plan of Levenmouth for 2027/28", "decision")]),
        ("agreed", []),
    ],
)
def test_a_plan_is_a_matter_while_it_is_open_or_put_to_the_group(levenmouth, state, found):
    plan(levenmouth, state)
    assert said(levenmouth) == found


def test_a_comment_is_a_matter_until_it_is_answered(levenmouth, fife):
    record = plan(levenmouth, "open_for_comments")
    comment = comment_on(site.person("participant", fife), record, "What about buses?")
    assert [each.why for each in matters(levenmouth)] == ["It is open for comments.", "1 comment has no answer yet."]

    answer_comment(site.person("lead", fife, "levenmouth"), comment, "A later bus from May.")
    assert len(matters(levenmouth)) == 1


def test_an_objection_to_the_present_version_is_a_matter(levenmouth, fife):
    record = plan(levenmouth, "put_to_group", version=3)
    for version, stance in ((2, "object"), (3, "object"), (3, "agree")):
        PlanStance.objects.create(
            plan=record, version=version, person=site.person(), name="A", role="Member", stance=stance, reason="x"
        )
    assert [each.why for each in matters(levenmouth)][1:] == ["1 objection has no answer yet."]


def test_a_joint_line_is_a_matter_until_the_locality_agrees(levenmouth, fife):
    line = JointLine.objects.create(
        partnership=fife, year="2027/28", code="J1", service="home-care", source="core", total_pence=10
    )
    share = JointShare.objects.create(line=line, locality=levenmouth.locality, pence=10)
    assert said(levenmouth) == [("Shares of joint lines for 2027/28: J1", "decision")]
    assert said(site.place(fife, "kirkcaldy")) == []

    share.agreed_at = line.proposed_at
    share.save()
    assert said(levenmouth) == []


def test_the_strategic_plan_is_a_matter_of_the_whole_partnership(levenmouth, fife):
    record = StrategicPlanRecord.objects.create(partnership=fife, year="2027/28", state="open_for_comments", fields={})
    comment_on(site.person("participant", fife), record, "Who decides?")

    assert said(site.place(fife)) == [
        ("Comment on the strategic plan for 2027/28", "discussion"),
        ("Answer comments on the strategic plan for 2027/28", "discussion"),
    ]
    assert said(levenmouth) == []


def test_every_matter_leads_to_a_page_and_has_a_name_of_its_own(levenmouth, fife, as_role):
    record = plan(levenmouth, "open_for_comments")
    comment_on(site.person("participant", fife), record, "What about buses?")
    found = matters(levenmouth)

    assert len({each.name for each in found}) == len(found) == 2
    assert {as_role("lead", "levenmouth").get(each.address).status_code for each in found} == {200}
