"""The demo lets a community decide a sum as a partnership would, and keeps nothing that a live site would not keep."""

from __future__ import annotations

import datetime as dt
from itertools import pairwise
from pathlib import Path
from unittest import mock

import pytest
from django.db import transaction
from django.test import Client
from django.utils import timezone

from factories.command import run_locality
from locality.foundations import FinancialYear
from locality.voice.choice import inputs_hash
from locality_demo.content_files import read_content
from locality_demo.people import Cast
from locality_demo.planning_year import usual_days
from locality_demo.site import begin_site
from locality_demo.taking_part import bring_members
from locality_demo.voices import hear_localities, hold_sum
from locality_demo.voting import open_sum
from locality_web.core.audit_verify import verify_record
from locality_web.core.models import AuditEvent
from locality_web.voice.channels.models import Letter, LetterBatch
from locality_web.voice.conversations.models import Conversation
from locality_web.voice.sense.models import Prioritising
from locality_web.voice.votes.counting import published_election
from locality_web.voice.votes.frozen import refuse_if_changed
from locality_web.voice.votes.models import Ballot, KeyedBallot, RollEntry, Vote

pytestmark = [pytest.mark.django_db, pytest.mark.xdist_group("demo_decides")]
DECIDED, OPEN = read_content("votes")["decided"], read_content("votes")["open"]


@pytest.fixture(scope="module")
def release(tmp_path_factory) -> Path:
    """5,000 made-up people from files to a release."""
    out = tmp_path_factory.mktemp("decided")
    for step in (
        ("synth", "--people", 5_000, "--seed", 1, "--out", out / "place"),
        ("release", "write", out / "place", "--out", out / "a.release.zip", "--on", "2024-10-15"),
    ):
        ran = run_locality(*step)
        assert ran.code == 0, ran.err
    return out / "a.release.zip"


@pytest.fixture(scope="module")
def demo(release, django_db_setup, django_db_blocker):
    """The demo's conversations and votes."""
    today = timezone.localdate()
    year = FinancialYear.of(today)
    # No other worker is there to whom a job would have to show that it is alive.
    alone = mock.patch("locality_web.core.jobs_work._renew")
    with django_db_blocker.unblock(), transaction.atomic(), alone:
        cast = begin_site(release, slug="decides", name="Decides", code="S37999999")
        bring_members(cast, dt.date(year.start.year - 2, 11, 27))
        hear_localities(cast, usual_days(year).budget)
        hold_sum(cast, today)
        open_sum(cast, today)
        yield cast
        transaction.set_rollback(True)


def vote(of: Cast, said: dict) -> Vote:
    return Vote.objects.select_related("conversation__partnership", "result").get(title=said["title"])


def test_the_vote_has_the_ballots_of_both_channels_and_of_every_kind_of_refusal(demo):
    kept = vote(demo, DECIDED)
    came = {each: kept.ballots.filter(channel=each).count() for each in Ballot.Channel.values}

    assert came == {"web": DECIDED["web"], "paper": DECIDED["paper"]}
    assert kept.refused == {"used": 2, "unknown": 1, "late": 2}


def test_the_result_is_published_and_counts_again_to_the_same_hash(demo):
    kept = vote(demo, DECIDED)

    assert kept.state == Vote.State.PUBLISHED
    assert inputs_hash(*published_election(kept)) == kept.result.inputs_sha256
    refuse_if_changed(kept)


def test_every_project_has_its_reason_and_several_kinds_of_reason_are_shown(demo):
    says = [each["says"] for each in vote(demo, DECIDED).result.result["projects"]]

    assert len(says) == len(DECIDED["projects"]) == 12
    for reason in ("bought it for", "it cannot stand beside", "there was no room left", "more was wanting"):
        assert any(reason in each for each in says), reason


def test_what_people_were_told_is_what_the_vote_decided(demo):
    """The answers of the content name winners and amounts; they are those of the count."""
    won = set(vote(demo, DECIDED).result.result["winners"])
    lacked = {each["code"]: each["says"] for each in vote(demo, DECIDED).result.result["projects"]}

    assert won == {"minibus", "lifts", "lunch", "calls", "listening", "pressure"}
    assert "£18.38 more was wanting" in lacked["repairs"]
    assert "£6,029.90 left of the £7,500" in lacked["shed"]


def test_every_project_came_from_a_view(demo):
    projects = vote(demo, DECIDED).projects.prefetch_related("from_opinions")
    assert [each.from_opinions.count() for each in projects] == [1] * 12


def test_the_roll_of_the_decided_vote_is_erased_and_that_of_the_open_one_is_not(demo):
    left = {one.title: RollEntry.objects.filter(vote=one).count() for one in Vote.objects.all()}
    assert left == {DECIDED["title"]: 0, OPEN["title"]: OPEN["on_roll"]}


def test_in_the_open_vote_paper_waits_for_a_second_reader_and_letters_are_left_to_try(demo):
    kept = vote(demo, OPEN)
    assert KeyedBallot.objects.filter(vote=kept).count() == OPEN["unread"]
    letters = [each for each in demo.to_try if each.where == "Vote"]
    chosen = OPEN["projects"][0]["code"]

    cast = Client().post(letters[0].address, {"voting_secret": letters[0].code, "choices": [chosen], "step": "cast"})

    assert "Your ballot counts" in cast.content.decode()
    assert kept.ballots.filter(channel="web").count() == OPEN["web"] + 1


def test_no_code_and_no_name_of_a_voter_is_in_the_record(demo):
    told = "\n".join(f"{each.says} {each.detail}" for each in AuditEvent.objects.filter(kind__startswith="voice."))
    codes = [each.code for each in demo.to_try if each.where != "What became of my view?"]
    names = [each.name for each in RollEntry.objects.all()]

    assert [each for each in [*codes, *names] if each in told] == []


def test_views_come_over_the_weeks_of_a_conversation(demo):
    talk = Conversation.objects.get(title="Help at home after a stay in hospital")
    days = [timezone.localdate(each) for each in talk.opinions.order_by("id").values_list("made_at", flat=True)]

    assert days == sorted(days)
    assert len(set(days)) == len(days) == 15
    assert all((later - earlier).days <= 7 for earlier, later in pairwise(days))
    assert talk.opens_on <= days[0] <= days[-1] <= talk.closes_on


def test_methods_are_frozen_before_anybody_ranks(demo):
    those = Prioritising.objects.prefetch_related("ballots")
    moments = [(each.frozen_at, min(one.at for one in each.ballots.all())) for each in those if each.ballots.all()]

    assert {each.method["kind"] for each in those} == {"ranked_pairs", "score", "borda"}
    assert [each.state for each in those.order_by("id")] == ["done", "done", "frozen"]
    assert len(moments) == 3
    assert all(frozen < first for frozen, first in moments)


def test_somebody_on_paper_is_told_by_a_letter_that_waits_to_be_posted(demo):
    batch = LetterBatch.objects.get(posted_on__isnull=True)
    letter = Letter.objects.select_related("correspondent").get(batch=batch)

    assert letter.correspondent.name == "Willie Geekie"
    assert "The vote gave money to a minibus" in letter.text


def test_what_was_done_is_in_an_unbroken_record(demo):
    assert verify_record().wrong == ""
