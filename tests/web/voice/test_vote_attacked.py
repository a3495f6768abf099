"""An attack on a vote: twice, at one moment, late, forged, replayed. Nothing counts twice; all is counted by reason."""

from __future__ import annotations

import secrets
import threading
from collections.abc import Callable

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.utils import timezone

from factories import site, votes_site
from locality.foundations import ResultRefused
from locality.voice.voting_code import MOST_CODES, voting_code
from locality_web.voice.models import Ballot, KeyedBallot, Vote
from locality_web.voice.votes.casting import cast
from locality_web.voice.votes.keying import key_in
from locality_web.voice.votes.places import address_of


@pytest.fixture(autouse=True)
def nothing_counted():
    cache.clear()
    yield
    cache.clear()


def at_one_moment(*things: Callable[[], object]) -> list[str]:
    """Do several things at the same moment, each in a thread with its own connection; say what became of each."""
    outcome: list[str] = []
    ready = threading.Barrier(len(things))

    def run(thing: Callable[[], object]) -> None:
        try:
            ready.wait(20)
            thing()
            outcome.append("done")
        except ResultRefused as refused:
            outcome.append(str(refused))
        except Exception as error:  # a test must see what else went wrong
            outcome.append(repr(error))
        finally:
            connection.close()

    running = [threading.Thread(target=run, args=(each,)) for each in things]
    for each in running:
        each.start()
    for each in running:
        each.join()
    return outcome


@pytest.mark.django_db(transaction=True)
def test_of_eight_ballots_with_one_code_at_the_same_moment_one_is_kept():
    fife = site.partnership()
    vote, codes = votes_site.with_codes(votes_site.planner(fife), fife)

    choices = ("bus", "cafe", "path")
    outcome = at_one_moment(*(lambda at=at: cast(vote, codes[0], [choices[at % 3]]) for at in range(8)))

    assert outcome.count("done") == 1, outcome
    assert sum("The first one counts" in each for each in outcome) == 7, outcome
    assert Ballot.objects.count() == 1
    assert Vote.objects.get().refused == {"used": 7}


@pytest.mark.django_db(transaction=True)
def test_of_web_and_paper_with_one_code_at_the_same_moment_one_is_kept():
    fife = site.partnership()
    ann, ben = votes_site.planner(fife), site.person("planner", fife)
    vote, codes = votes_site.with_codes(ann, fife)
    today = timezone.localdate()
    for code in codes[:4]:
        outcome = at_one_moment(
            lambda code=code: cast(vote, code, ["bus"]),
            lambda code=code: key_in(ann, vote, code, ["path"], received_on=today),
        )
        assert outcome.count("done") == 1, outcome
    for code in codes[:4]:
        try:
            key_in(ben, vote, code, ["path"], received_on=today)
        except ResultRefused as refused:
            assert "used" in str(refused) or "already" in str(refused)
    assert Ballot.objects.count() == 4
    assert Ballot.objects.values("code").distinct().count() == 4
    assert not KeyedBallot.objects.exists()


@pytest.mark.django_db
def test_what_is_sent_again_is_not_counted_again(fife):
    vote, codes = votes_site.with_codes(votes_site.planner(fife), fife)
    said = {"voting_secret": codes[0], "choices": ["bus"], "step": "cast"}
    someone = Client()
    pages = [someone.post(address_of(vote, "ballot"), said).content.decode() for _ in range(5)]
    assert ["Your ballot counts" in page for page in pages] == [True, False, False, False, False]
    assert Ballot.objects.count() == 1
    vote.refresh_from_db()
    assert vote.refused == {"used": 4}


@pytest.mark.django_db
def test_forged_codes_are_refused_and_whoever_tries_many_must_wait(fife):
    vote, codes = votes_site.with_codes(votes_site.planner(fife), fife)

    def forge(client: Client):
        said = {"voting_secret": voting_code(secrets.randbelow(MOST_CODES)), "choices": ["bus"], "step": "cast"}
        return client.post(address_of(vote, "ballot"), said)

    thief = Client()
    answers = [forge(thief) for _ in range(23)]
    assert [each.status_code for each in answers] == [200] * 20 + [429] * 3
    assert "This is not a code of this vote" in answers[0].content.decode()
    assert thief.post(address_of(vote, "check_ballot"), {"voting_secret": codes[0]}).status_code == 429
    assert not Ballot.objects.exists()
    vote.refresh_from_db()
    assert vote.refused == {"unknown": 20}


@pytest.mark.django_db
def test_a_code_of_another_vote_gives_no_ballot(fife):
    planner = votes_site.planner(fife)
    first, codes = votes_site.with_codes(planner, fife)
    second, _ = votes_site.with_codes(planner, fife)
    with pytest.raises(ResultRefused, match="not a code of this vote"):
        cast(second, codes[0], ["bus"])
    cast(first, codes[0], ["bus"])


@pytest.mark.django_db
def test_whoever_comes_late_or_too_early_is_refused_and_counted(fife, monkeypatch):
    planner = votes_site.planner(fife)
    vote, codes = votes_site.with_codes(planner, fife)
    votes_site.days_later(monkeypatch, 15)
    with pytest.raises(ResultRefused, match="The last day of this vote was"):
        cast(vote, codes[0], ["bus"])
    page = Client().get(address_of(vote, "ballot")).content.decode()
    assert "<form class" not in page
    vote.refresh_from_db()
    assert vote.refused == {"late": 1}


@pytest.mark.django_db
def test_attempts_are_shown_by_reason_to_those_who_run_the_vote(fife):
    planner = votes_site.planner(fife)
    vote, codes = votes_site.with_codes(planner, fife)
    cast(vote, codes[0], ["bus"])
    with pytest.raises(ResultRefused):
        cast(vote, codes[0], ["bus"])
    page = site.signed_in(planner).get(address_of(vote, "vote_prepare")).content.decode()
    assert "Codes that were used already" in page
