"""A paper ballot is a ballot: keyed in twice by two people, and counted when both read the same."""

from __future__ import annotations

import datetime as dt

import pytest
from django.utils import timezone

from factories import site, votes_site
from locality.foundations import ResultRefused
from locality_web.core.audit_models import AuditEvent
from locality_web.voice.models import Ballot, KeyedBallot
from locality_web.voice.votes.casting import BallotRefused, cast
from locality_web.voice.votes.keying import key_in, take_back
from locality_web.voice.votes.opening import close_vote
from locality_web.voice.votes.places import address_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def planner(fife):
    return votes_site.planner(fife)


@pytest.fixture
def other(fife):
    return site.person("planner", fife, name="Olu Other")


@pytest.fixture
def open_vote(planner, fife):
    return votes_site.with_codes(planner, fife)


def key(by, vote, code, *choices, came: dt.date | None = None):
    return key_in(by, vote, code, choices, received_on=came or timezone.localdate())


def test_a_ballot_counts_when_two_people_read_the_same(open_vote, planner, other):
    vote, codes = open_vote
    assert not key(planner, vote, codes[0], "bus", "cafe").counts
    assert not Ballot.objects.exists()
    assert key(other, vote, codes[0].lower(), "cafe", "bus").counts
    assert [(each.channel, each.choices) for each in Ballot.objects.all()] == [("paper", ["bus", "cafe"])]
    assert not KeyedBallot.objects.exists()


def test_the_same_person_cannot_be_the_second(open_vote, planner):
    vote, codes = open_vote
    key(planner, vote, codes[0], "bus")
    with pytest.raises(ResultRefused, match="You keyed in this ballot yourself"):
        key(planner, vote, codes[0], "bus")


def test_readings_that_differ_are_shown_and_settled_from_the_paper_by_both(open_vote, planner, other):
    vote, codes = open_vote
    key(planner, vote, codes[0], "bus")
    differs = key(other, vote, codes[0], "cafe")
    assert (differs.counts, differs.other, differs.mine) == (False, ("bus",), ("cafe",))
    # The first reader misread; nobody alone can settle it.
    assert not key(planner, vote, codes[0], "cafe").counts
    assert key(other, vote, codes[0], "cafe").counts
    assert Ballot.objects.get().choices == ["cafe"]


def test_the_page_shows_a_difference(open_vote, planner, other):
    vote, codes = open_vote
    key(planner, vote, codes[0], "bus")
    day = timezone.localdate()
    said = {"voting_secret": codes[0], "choices": ["cafe"]}
    said |= {"received_on_day": day.day, "received_on_month": day.month, "received_on_year": day.year}
    page = site.signed_in(other).post(address_of(vote, "vote_key"), said).content.decode()
    assert "Somebody else read this ballot differently" in page
    assert page.index("Only in the other reading") < page.index("Only in your reading")


def test_a_paper_whose_code_was_used_on_the_web_is_refused(open_vote, planner):
    vote, codes = open_vote
    cast(vote, codes[0], ["bus"])
    with pytest.raises(BallotRefused, match="A ballot was cast with this code already"):
        key(planner, vote, codes[0], "bus")


def test_a_code_whose_paper_has_come_gives_no_second_ballot_on_the_web(open_vote, planner):
    vote, codes = open_vote
    key(planner, vote, codes[0], "bus")
    with pytest.raises(BallotRefused, match="A paper ballot with this code has come"):
        cast(vote, codes[0], ["path"])


def test_paper_counts_by_the_day_on_which_it_came(open_vote, planner, other, monkeypatch):
    vote, codes = open_vote
    in_time = timezone.localdate()
    votes_site.days_later(monkeypatch, 15)
    key(planner, vote, codes[0], "bus", came=in_time)
    assert key(other, vote, codes[0], "bus", came=in_time).counts
    with pytest.raises(BallotRefused, match="it does not count"):
        key(planner, vote, codes[1], "bus")
    vote.refresh_from_db()
    assert vote.refused == {"late": 1}


def test_a_vote_does_not_close_while_a_ballot_waits(open_vote, planner, other, monkeypatch):
    vote, codes = open_vote
    cast(vote, codes[1], ["bus"])
    key(planner, vote, codes[0], "bus")
    came = timezone.localdate()
    votes_site.days_later(monkeypatch, 15)
    with pytest.raises(ResultRefused, match="1 paper ballot waits for a second reading"):
        close_vote(planner, vote)
    key(other, vote, codes[0], "bus", came=came)
    assert close_vote(planner, vote).state == "closed"


def test_a_reading_is_taken_back_with_a_reason_and_its_code_is_free_again(open_vote, planner):
    vote, codes = open_vote
    key(planner, vote, codes[0], "bus")
    with pytest.raises(ResultRefused, match="not said why"):
        take_back(planner, KeyedBallot.objects.get(), "")
    take_back(planner, KeyedBallot.objects.get(), "Everything on it is crossed out.")
    cast(vote, codes[0], ["path"])


def test_a_reading_that_was_confirmed_meanwhile_is_not_taken_back(open_vote, planner, other):
    vote, codes = open_vote
    key(planner, vote, codes[0], "bus")
    waiting = KeyedBallot.objects.get()
    key(other, vote, codes[0], "bus")

    with pytest.raises(ResultRefused, match="waits no more"):
        take_back(planner, waiting, "A smudge.")
    assert not AuditEvent.objects.filter(kind="voice.ballot_taken_back").exists()


def test_events_of_keying_in_say_who_and_never_what_or_whose(open_vote, planner, other):
    vote, codes = open_vote
    key(planner, vote, codes[0], "bus")
    key(other, vote, codes[0], "bus")
    events = AuditEvent.objects.filter(kind__startswith="voice.ballot_")
    assert [(each.kind, each.person_name) for each in events.order_by("number")] == [
        ("voice.ballot_keyed", "Pat Planner"),
        ("voice.ballot_confirmed", "Olu Other"),
    ]
    assert {str(each.detail) for each in events} == {"{}"}
    assert not any(word in each.says for each in events for word in (codes[0], "bus", "Voter"))


def test_no_draft_is_kept_of_the_form(open_vote, planner):
    vote, _ = open_vote
    assert "data-draft" not in site.signed_in(planner).get(address_of(vote, "vote_key")).content.decode()
