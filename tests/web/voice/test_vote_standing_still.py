"""From its opening on nothing of a vote changes: not by a page, not by a function, not in the database itself."""

from __future__ import annotations

import datetime as dt
import hashlib
import json

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client

from factories import site, votes_site
from factories.emptying import triggers_off
from locality.foundations import InputRefused, ResultRefused
from locality_web.core.audit_models import AuditEvent
from locality_web.core.models import Partnership
from locality_web.voice.models import Ballot, Project, Vote
from locality_web.voice.votes import frozen, opening, project_changes, vote_changes
from locality_web.voice.votes.casting import cast
from locality_web.voice.votes.frozen import frozen_file, refuse_if_changed
from locality_web.voice.votes.places import address_of
from locality_web.voice.votes.roll_changes import take_in_roll

pytestmark = pytest.mark.django_db


@pytest.fixture
def planner(fife):
    return votes_site.planner(fife)


def test_opening_publishes_the_hash_of_one_file_that_anybody_can_take(planner, fife):
    vote = votes_site.opened(planner, fife)
    page = Client().get(address_of(vote)).content.decode()
    file = Client().get(address_of(vote, "vote_frozen")).content
    assert hashlib.sha256(file).hexdigest() == vote.rules_sha256
    assert vote.rules_sha256 in page
    said = json.loads(file)
    assert [(each["code"], each["cost_pence"]) for each in said["projects"]] == [
        ("bus", 300_000),
        ("cafe", 200_000),
        ("path", 400_000),
    ]
    assert said["rules"]["rule"] == "equal-shares"
    assert AuditEvent.objects.get(kind="voice.vote_opened").detail["sha256"] == vote.rules_sha256


def test_everything_that_is_missing_is_said_at_once(planner, fife):
    vote = vote_changes.make_vote(planner, votes_site.conversation(fife), votes_site.said())
    with pytest.raises(InputRefused) as refused:
        opening.open_vote(planner, vote)
    assert {fault.code for fault in refused.value.faults} == {"vote-projects", "vote-nobody"}


def test_the_lot_is_drawn_before_anybody_votes_and_every_draw_is_kept(planner, fife):
    vote = votes_site.prepared(planner, fife)
    project_changes.add_project(planner, vote, project_changes.ProjectSaid("hall", "Warm hall", 100_000))
    with pytest.raises(InputRefused) as refused:
        opening.open_vote(planner, vote)
    assert [fault.code for fault in refused.value.faults] == ["vote-lot"]
    opening.draw_lot(planner, vote)
    assert opening.open_vote(planner, vote).state == "open"
    draws = AuditEvent.objects.filter(kind="voice.vote_lot_drawn")
    assert [len(each.detail["lot"]) for each in draws.order_by("number")] == [3, 4]


@pytest.mark.parametrize(
    "change",
    [
        lambda by, vote: vote_changes.change_vote(by, vote, votes_site.said(sum_pence=900_000)),
        lambda by, vote: vote_changes.choose_rules(by, vote, {"rule": "greedy"}, shares="equal"),
        lambda by, vote: project_changes.add_project(by, vote, project_changes.ProjectSaid("x", "X", 100)),
        lambda by, vote: project_changes.remove_project(by, vote.projects.get(code="bus")),
        lambda by, vote: project_changes.change_project(
            by, vote.projects.get(code="bus"), project_changes.ProjectSaid("bus", "A later bus", 100)
        ),
        opening.draw_lot,
        lambda by, vote: take_in_roll(by, vote, []),
        opening.open_vote,
    ],
)
def test_any_change_after_the_opening_is_refused_in_words(planner, fife, change):
    vote = votes_site.opened(planner, fife)
    with pytest.raises(ResultRefused, match="stand still, so that nobody can bend them"):
        change(planner, vote)


@pytest.mark.parametrize(
    "change",
    [
        lambda vote: Vote.objects.filter(pk=vote.pk).update(sum_pence=1),
        lambda vote: Vote.objects.filter(pk=vote.pk).update(rules={**vote.rules, "rule": "greedy"}),
        lambda vote: Vote.objects.filter(pk=vote.pk).update(closes_on=vote.closes_on + dt.timedelta(days=1)),
        lambda vote: Vote.objects.filter(pk=vote.pk).update(state="draft"),
        lambda vote: Project.objects.filter(vote=vote, code="bus").update(cost_pence=1),
        lambda vote: Project.objects.filter(vote=vote, code="bus").delete(),
        lambda vote: Project.objects.create(vote=vote, code="new", title="New", cost_pence=1),
        lambda vote: vote.projects.get(code="bus").not_with.add(vote.projects.get(code="cafe")),
    ],
)
def test_the_database_itself_refuses_a_direct_change(planner, fife, change):
    vote = votes_site.opened(planner, fife)
    with pytest.raises(IntegrityError, match="stands still from its opening"), transaction.atomic():
        change(vote)
    refuse_if_changed(Vote.objects.get(pk=vote.pk))


def test_a_change_behind_the_back_of_the_database_is_found_and_the_vote_is_not_counted(planner, fife, monkeypatch):
    vote, codes = votes_site.with_codes(planner, fife)
    cast(vote, codes[0], ["bus"])
    with triggers_off(connection):
        Project.objects.filter(vote=vote, code="cafe").update(cost_pence=500_000)
        # Whoever changes the hash beside the vote too is given away by the audit record.
        changed = Vote.objects.get(pk=vote.pk)
        file = frozen_file(changed)
        Vote.objects.filter(pk=vote.pk).update(frozen=file, rules_sha256=hashlib.sha256(file).hexdigest())
    with pytest.raises(ResultRefused, match="are not those that were published when it opened"):
        refuse_if_changed(Vote.objects.get(pk=vote.pk))


def test_any_one_thing_that_differs_from_the_published_file_is_found(planner, fife):
    vote, codes = votes_site.with_codes(planner, fife)
    cast(vote, codes[0], ["bus"])
    with triggers_off(connection):
        Project.objects.filter(vote=vote, code="cafe").update(cost_pence=500_000)
    with pytest.raises(ResultRefused, match="are not those that were published when it opened"):
        refuse_if_changed(Vote.objects.get(pk=vote.pk))


def test_a_new_address_or_a_later_program_that_knows_more_does_not_lose_an_open_vote(planner, fife, monkeypatch):
    vote, codes = votes_site.with_codes(planner, fife)
    cast(vote, codes[0], ["bus"])
    before = Client().get(address_of(vote, "vote_frozen")).content
    Partnership.objects.filter(pk=fife.pk).update(slug="fife-and-kinross")
    known = frozen.vars_of
    monkeypatch.setattr(frozen, "vars_of", lambda one: {**known(one), "asked_since": "the next version"})
    renamed = Vote.objects.get(pk=vote.pk)
    refuse_if_changed(renamed)
    assert Client().get(address_of(renamed, "vote_frozen")).content == before


def test_a_ballot_never_changes_and_none_comes_or_goes_after_the_vote_is_closed(planner, fife, monkeypatch):
    vote, codes = votes_site.with_codes(planner, fife)
    cast(vote, codes[0], ["bus"])
    with pytest.raises(IntegrityError, match="does not change"), transaction.atomic():
        Ballot.objects.update(choices=["path"])
    votes_site.days_later(monkeypatch, 15)
    opening.close_vote(planner, vote)
    with pytest.raises(IntegrityError, match="loses none"), transaction.atomic():
        Ballot.objects.all().delete()
    other = vote.codes.filter(ballot=None)[0]
    with pytest.raises(IntegrityError, match="takes no ballot"), transaction.atomic():
        Ballot.objects.create(vote=vote, code=other, channel="web", choices=["bus"])


def test_a_vote_closes_after_its_last_day_and_not_before(planner, fife, monkeypatch):
    vote, _codes = votes_site.with_codes(planner, fife)
    with pytest.raises(ResultRefused, match="Ballots are taken until the end of"):
        opening.close_vote(planner, vote)
    votes_site.days_later(monkeypatch, 15)
    with pytest.raises(ResultRefused, match="Nobody has voted"):
        opening.close_vote(planner, vote)


def test_a_vote_is_called_off_with_its_reason_until_it_closes(planner, fife):
    vote = votes_site.opened(planner, fife)
    with pytest.raises(ResultRefused, match="not said why"):
        vote_changes.call_off(planner, vote, " ")
    called_off = vote_changes.call_off(planner, vote, "A project was listed with the wrong cost.")
    page = Client().get(address_of(called_off)).content.decode()
    assert "A project was listed with the wrong cost." in page
    with pytest.raises(ResultRefused, match="cannot be called off"):
        vote_changes.call_off(planner, vote, "Again")


def test_somebody_without_the_right_changes_nothing(fife, planner):
    from locality_web.core.permissions import NotAllowed

    vote = votes_site.draft(planner, fife)
    lead = site.person("lead", fife, "levenmouth")
    with pytest.raises(NotAllowed):
        vote_changes.change_vote(lead, vote, votes_site.said())
    with pytest.raises(NotAllowed):
        opening.open_vote(lead, vote)
