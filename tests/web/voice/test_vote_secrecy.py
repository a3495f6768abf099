"""Nobody with the whole database can join a ballot to a person.

A whole vote is held: roll, letters, ballots on the web and on paper, attempts that fail, the closing. Then every row of
every table is looked at, with all that was written to the log and sent by mail.
"""

from __future__ import annotations

import logging
import random
import re

import pytest
from django.core import mail
from django.db import connection
from django.test import Client
from django.utils import timezone

from factories import site, votes_site
from locality_web.core.audit import record_event
from locality_web.voice.models import Ballot, RollEntry, Vote, VotingCode
from locality_web.voice.votes import vote_changes
from locality_web.voice.votes.casting import cast
from locality_web.voice.votes.code_changes import digest_of
from locality_web.voice.votes.laid_down import lay_down_anew
from locality_web.voice.votes.opening import close_vote
from locality_web.voice.votes.places import address_of
from web.voice.everything_kept import rows, texts, who_stands_out

pytestmark = pytest.mark.django_db
CHOICES = ("bus", "cafe", "path")


@pytest.fixture
def planner(fife):
    return votes_site.planner(fife)


def print_letters(planner, vote: Vote) -> dict[str, str]:
    """Make and send the letters by the site's pages; give each voter's code, as the paper alone knows it."""
    client = site.signed_in(planner)
    page = client.post(address_of(vote, "vote_codes"), {"means": "letter"}).content.decode()
    names = re.findall(r'paper-address">([^<]+)<br>', page)
    codes = re.findall(r'<strong class="vote-code">([\w-]+)</strong>', page)
    client.post(address_of(vote, "vote_codes_out", vote.batches.get().pk))
    return dict(zip(names, codes, strict=True))


def hold(fife, planner) -> tuple[Vote, dict[str, str]]:
    """A whole vote until its last day: 30 people, 18 ballots on the web, 4 on paper, some attempts that fail."""
    vote = votes_site.opened(planner, fife)
    letters = print_letters(planner, vote)
    codes = list(letters.values())
    for at, code in enumerate(codes[:18]):
        someone = Client()
        said = {"voting_secret": code, "choices": [CHOICES[at % 3]]}
        for step in ("check", "cast", "cast"):
            someone.post(address_of(vote, "ballot"), {**said, "step": step})
        someone.post(address_of(vote, "check_ballot"), {"voting_secret": code})
    day = timezone.localdate()
    came = {"received_on_day": day.day, "received_on_month": day.month, "received_on_year": day.year}
    for reader in (planner, site.person("planner", fife)):
        client = site.signed_in(reader)
        for code in codes[18:22]:
            client.post(address_of(vote, "vote_key"), {"voting_secret": code, "choices": ["bus"], **came})
    # Whose session has run out, sends the form all the same.
    Client().post(address_of(vote, "vote_key"), {"voting_secret": codes[23], "choices": ["bus"], **came})
    return vote, letters


def test_no_code_stands_in_any_table_log_or_mail(fife, planner, caplog):
    caplog.set_level(logging.DEBUG)
    _, letters = hold(fife, planner)
    assert Ballot.objects.count() == 22
    kept = [text.upper().replace("-", "") for _, row in rows() for value in row.values() for text in texts(value)]
    kept += [caplog.text.upper().replace("-", ""), *(str(each.message()).upper() for each in mail.outbox)]
    everything = "\n".join(kept)
    assert "VOTERLEVENMOUTHNUMBER7" in everything.replace(" ", ""), "the search reaches what is kept"
    assert [code for code in letters.values() if code.replace("-", "") in everything] == []


def test_every_person_of_a_batch_leads_to_every_code_and_ballot_in_the_same_ways(fife, planner):
    vote, letters = hold(fife, planner)
    held = rows()
    assert who_stands_out(held, "voice_rollentry", "voice_votingcode") == []
    assert who_stands_out(held, "voice_rollentry", "voice_ballot") == []

    # One row anywhere that named both would be found.
    name, code = next(iter(letters.items()))
    entry = RollEntry.objects.get(name=name)
    key = VotingCode.objects.get(digest=digest_of(vote, code)).pk
    record_event(None, "voice.codes_made", f"Made a code for {entry.reference}", detail={"key": key})
    assert who_stands_out(rows(), "voice_rollentry", "voice_votingcode") != []


def test_a_ballot_adds_one_row_and_changes_nothing_else_even_for_somebody_signed_in(fife, planner):
    vote, codes = votes_site.with_codes(planner, fife)
    neighbour = site.signed_in(site.person("participant", fife, "levenmouth"))
    neighbour.get(address_of(vote, "ballot"))
    before = {(table, str(row)) for table, row in rows()}
    for step in ("check", "cast"):
        neighbour.post(address_of(vote, "ballot"), {"voting_secret": codes[3], "choices": ["bus"], "step": step})
    neighbour.post(address_of(vote, "check_ballot"), {"voting_secret": codes[3]})
    after = {(table, str(row)) for table, row in rows()}
    assert before <= after
    assert [table for table, _ in after - before] == ["voice_ballot"]
    names = set(next(row for table, row in rows() if table == "voice_ballot"))
    assert names == {"id", "vote_id", "code_id", "channel", "choices"}, "neither a time nor a writer"


def test_codes_and_ballots_lie_in_no_order_that_says_when_they_came(fife, planner):
    vote, codes = votes_site.with_codes(planner, fife)
    from locality_web.voice.votes.casting import cast

    for code in codes:
        cast(vote, code, ["bus"])
    digests = [digest_of(vote, code) for code in codes]
    keys = dict(VotingCode.objects.values_list("digest", "pk"))
    in_order_of_letters = [keys[each] for each in digests]
    assert in_order_of_letters != sorted(in_order_of_letters)
    ballots = dict(Ballot.objects.values_list("code__digest", "pk"))
    assert [ballots[each] for each in digests] != sorted(ballots.values())
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            for table in ("voice_votingcode", "voice_ballot", "voice_keyedballot"):
                cursor.execute(f"SELECT count(*) FROM {table} WHERE rowid <> id")
                assert cursor.fetchone() == (0,), "the row's number is its random key"


def test_when_a_vote_is_called_off_its_ballots_are_written_anew_in_one_go_too(fife, planner, monkeypatch):
    vote, codes = votes_site.with_codes(planner, fife)
    for code in random.sample(codes, 3):
        cast(vote, code, ["bus"])
    before = set(Ballot.objects.values_list("pk", "code_id", "channel"))
    written: list[int] = []
    monkeypatch.setattr(vote_changes, "lay_down_anew", lambda of: (written.append(of.pk), lay_down_anew(of)))

    vote_changes.call_off(planner, vote, "A project was listed with the wrong cost.")

    assert written == [vote.pk]
    assert set(Ballot.objects.values_list("pk", "code_id", "channel")) == before
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(DISTINCT xmin::text) FROM voice_ballot")
            assert cursor.fetchone() == (1,)


def test_at_the_closing_all_ballots_are_written_anew_in_one_go(fife, planner, monkeypatch):
    vote, codes = votes_site.with_codes(planner, fife)
    for code in random.sample(codes, 20):
        cast(vote, code, ["bus"])
    before = set(Ballot.objects.values_list("pk", "code_id", "channel"))
    votes_site.days_later(monkeypatch, 15)
    close_vote(planner, vote)
    assert set(Ballot.objects.values_list("pk", "code_id", "channel")) == before
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(DISTINCT xmin::text) FROM voice_ballot")
            assert cursor.fetchone() == (1,), "which transaction wrote a ballot says nothing any more"
            cursor.execute("SELECT count(DISTINCT xmin::text) FROM voice_votingcode")
            assert cursor.fetchone() == (1,)
