"""The strategic commissioning plan on the site: made of agreed plans, agreed by the board, kept as a snapshot."""

from __future__ import annotations

import pytest

from factories import money_site, plans_site, site
from locality.foundations import ResultRefused
from locality.plans import hash_plan
from locality_web.core.permissions import NotAllowed
from locality_web.plans.consolidating import strategic_content
from locality_web.plans.joint import JointWish, answer_share, propose_joint
from locality_web.plans.snapshots import read_strategic_snapshot
from locality_web.plans.strategic import (
    save_strategic,
    start_strategic,
    take_strategic_stance,
    take_strategic_step,
)

pytestmark = pytest.mark.django_db
YEAR = plans_site.YEAR


@pytest.fixture
def planner(fife):
    return site.person("planner", fife, name="Pat Planner")


def start(fife, planner):
    plans_site.core_source(fife)
    return start_strategic(planner, site.place(fife), YEAR)


def test_what_is_missing_is_said_and_stops_the_board_from_being_asked(fife, planner):
    plans_site.agreed(fife)
    record = take_strategic_step(planner, start(fife, planner), "open_for_comments")

    assert [each["locality_name"] for each in strategic_content(record).facts["missing"]["plans"]] == [
        "Dunfermline",
        "Kirkcaldy",
        "North East Fife",
    ]
    with pytest.raises(ResultRefused, match="There is no agreed plan of Dunfermline, Kirkcaldy, North East Fife"):
        take_strategic_step(planner, record, "put_to_board")


def test_the_plan_of_the_whole_adds_up_to_its_localities_and_reconciles_to_the_ledger(fife, planner):
    for locality in fife.localities.all():
        plans_site.agreed(fife, locality.slug)

    facts = strategic_content(start(fife, planner)).facts

    assert facts["totals"]["pence"] == sum(row["pence"] for row in facts["totals"]["by_locality"])
    assert facts["reconciliation"]["holds"]


def test_the_board_agrees_and_the_plan_names_the_snapshots_that_it_was_made_of(fife, planner):
    records = [plans_site.agreed(fife, locality.slug) for locality in fife.localities.all()]
    record = start(fife, planner)
    save_strategic(planner, record, {"narrative/introduction": "Care nearer home."}, base_version=0)
    record = take_strategic_step(planner, take_strategic_step(planner, record, "open_for_comments"), "put_to_board")
    board = money_site.officer(fife, "executive")
    take_strategic_stance(board, record, "agree")
    record = take_strategic_step(board, record, "agreed")

    plan = read_strategic_snapshot(record.snapshot)
    assert {one.sha256 for one in plan.snapshots} == {each.snapshot.sha256 for each in records}
    assert hash_plan(plan) == record.snapshot.sha256
    assert plan.narrative[0].text == "Care nearer home."


def test_a_joint_line_is_split_to_the_penny_and_asked_of_every_locality(fife, planner):
    plans_site.draft(fife)
    sharing = [site.locality(fife, "levenmouth"), site.locality(fife, "kirkcaldy"), site.locality(fife, "dunfermline")]
    wish = JointWish(YEAR, "reablement", "core", 100_00, sharing, "equal", why="One team serves all three.")

    line = propose_joint(planner, site.place(fife), wish)
    lead = plans_site.holder(fife, "lead", "levenmouth")
    answer_share(lead, site.place(fife, "levenmouth"), line)

    assert sorted(share.pence for share in line.shares.all()) == [33_33, 33_33, 33_34]
    assert [share.locality.slug for share in line.shares.filter(agreed_at__isnull=False)] == ["levenmouth"]
    with pytest.raises(NotAllowed):
        answer_share(lead, site.place(fife, "kirkcaldy"), line)


def test_a_changed_joint_line_is_asked_of_every_locality_anew(fife, planner):
    plans_site.draft(fife)
    sharing = [site.locality(fife, "levenmouth"), site.locality(fife, "kirkcaldy")]
    line = propose_joint(planner, site.place(fife), JointWish(YEAR, "reablement", "core", 100_00, sharing, "equal"))
    answer_share(plans_site.holder(fife, "lead", "levenmouth"), site.place(fife, "levenmouth"), line)

    wish = JointWish(YEAR, "reablement", "core", 200_00, sharing, "equal")
    line = propose_joint(planner, site.place(fife), wish, code=line.code)

    assert not line.shares.filter(agreed_at__isnull=False).exists()


def test_a_joint_line_stands_still_while_a_group_has_a_plan_with_it(fife, planner):
    plans_site.with_group(fife)
    sharing = [site.locality(fife, "levenmouth"), site.locality(fife, "kirkcaldy")]

    with pytest.raises(ResultRefused, match="The plan of Levenmouth for 2026/27 stands still"):
        propose_joint(planner, site.place(fife), JointWish(YEAR, "reablement", "core", 100_00, sharing, "equal"))
