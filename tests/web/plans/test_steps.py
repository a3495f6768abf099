"""The life of a locality plan on the site: who takes it where, and what must hold first."""

from __future__ import annotations

import json

import pytest
from django.db import connection, transaction
from django.db.utils import DatabaseError

from factories import plans_site, site
from locality.foundations import ResultRefused
from locality.plans import hash_plan
from locality_web.core.models import AuditEvent
from locality_web.core.permissions import NotAllowed
from locality_web.plans.frames import content_of
from locality_web.plans.models import Snapshot
from locality_web.plans.snapshots import read_snapshot
from locality_web.plans.steps import start_plan, take_stance, take_step
from locality_web.plans.writing import save_edits

pytestmark = pytest.mark.django_db


def test_a_new_plan_lists_every_service_that_the_locality_plans_itself(fife):
    plan = content_of(plans_site.draft(fife))

    assert {line.service for line in plan.lines} == {"home-care", "day-care", "district-nursing", "geriatric-wards"}


def test_a_plan_is_agreed_when_enough_of_the_group_agree_and_is_then_a_snapshot_with_a_hash(fife):
    record = plans_site.agreed(fife)

    plan = read_snapshot(record.snapshot)
    assert record.state == "agreed"
    assert hash_plan(plan) == record.snapshot.sha256
    assert [(one.name, one.stance) for one in plan.agreement.stances] == [
        ("Lead of Levenmouth", "agree"),
        ("Member of Levenmouth", "agree"),
    ]


def test_a_plan_over_its_budget_cannot_be_put_to_the_group_and_the_refusal_names_the_pounds(fife):
    record = plans_site.written(fife)
    lead = plans_site.holder(fife, "lead", "levenmouth")
    save_edits(lead, record, {"line/home-care/core": 10**12}, base_version=record.version)
    record = take_step(lead, record, "open_for_comments")

    with pytest.raises(ResultRefused, match=r"Care at home: £10,000,0\S+ is planned .* over"):
        take_step(lead, record, "put_to_group")


def test_the_text_stands_still_while_the_group_has_the_plan(fife):
    record = plans_site.with_group(fife)

    with pytest.raises(ResultRefused, match="This plan is 'put to the group' and cannot be written now"):
        save_edits(plans_site.holder(fife, "lead", "levenmouth"), record, {"summary": "x"}, base_version=record.version)


def test_an_objection_needs_a_reason_and_is_kept_by_name(fife):
    record, member = plans_site.with_group(fife), plans_site.holder(fife, "member", "levenmouth")

    with pytest.raises(ResultRefused, match="An objection needs its reason"):
        take_stance(member, record, "object")

    kept = take_stance(member, record, "object", reason="Nothing for carers.")
    assert (kept.name, kept.reason) == ("Member of Levenmouth", "Nothing for carers.")


def test_a_plan_is_not_agreed_before_enough_have_answered(fife):
    record, member = plans_site.with_group(fife), plans_site.holder(fife, "member", "levenmouth")

    with pytest.raises(ResultRefused, match=r"Not agreed yet\. 0 of 2 who may agree have answered; 1 are needed"):
        take_step(member, record, "agreed")


def test_the_lead_of_another_locality_may_neither_write_nor_agree(fife):
    record, stranger = plans_site.with_group(fife), site.person("lead", fife, "kirkcaldy")

    for attempt in (
        lambda: save_edits(stranger, record, {"summary": "x"}, base_version=0),
        lambda: take_stance(stranger, record, "agree"),
        lambda: take_step(stranger, record, "draft", reason="x"),
        lambda: start_plan(stranger, site.place(fife, "levenmouth"), "2027/28"),
    ):
        with pytest.raises(NotAllowed):
            attempt()


def test_a_new_edition_begins_with_the_agreed_text_and_supersedes_it_when_it_is_agreed(fife):
    first = plans_site.agreed(fife)
    lead = plans_site.holder(fife, "lead", "levenmouth")
    second = start_plan(lead, site.place(fife, "levenmouth"), first.year)
    save_edits(lead, second, {"summary": "A second thought."}, base_version=0)
    second = take_step(lead, take_step(lead, second, "open_for_comments"), "put_to_group")
    take_stance(lead, second, "agree")
    take_step(lead, second, "agreed")

    first.refresh_from_db()
    assert (first.state, second.edition) == ("superseded", 2)
    assert read_snapshot(first.snapshot).summary == "More care at home."


def test_next_years_plan_begins_with_what_was_agreed_this_year_as_last_years_amounts(fife):
    before = plans_site.agreed(fife)
    amounts = {(line.service, line.source): line.pence for line in read_snapshot(before.snapshot).lines}

    after = content_of(plans_site.draft(fife, year="2027/28"))

    assert {(line.service, line.source): line.last_year_pence for line in after.lines} == amounts


def test_a_snapshot_cannot_be_changed_or_removed_even_by_the_database(fife):
    snapshot = plans_site.agreed(fife).snapshot

    instead = {
        "sqlite": "INSERT OR REPLACE INTO plans_snapshot SELECT id, kind, '{}', sha256, made_at, partnership_id "
        "FROM plans_snapshot",
        "postgresql": "SET CONSTRAINTS ALL IMMEDIATE; TRUNCATE plans_snapshot CASCADE",
    }[connection.vendor]
    for statement in ("UPDATE plans_snapshot SET text = '{}'", "DELETE FROM plans_snapshot", instead):
        refused = pytest.raises(DatabaseError, match="an agreed plan does not change")
        # PostgreSQL takes nothing more in a transaction of which a part failed.
        with refused, transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)
    assert json.loads(Snapshot.objects.get(pk=snapshot.pk).text)["summary"] == "More care at home."


def test_every_step_of_a_plan_is_in_the_audit_record(fife):
    plans_site.agreed(fife)

    kinds = list(AuditEvent.objects.filter(subject__startswith="plan:").values_list("kind", flat=True))
    assert kinds == [
        "plans.started",
        "plans.written",
        "plans.open_for_comments",
        "plans.put_to_group",
        "plans.stance_agree",
        "plans.stance_agree",
        "plans.agreed",
    ]
