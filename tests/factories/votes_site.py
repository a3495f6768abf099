"""Votes on a sum, made as the site itself makes them: prepared, opened, with codes and ballots."""

from __future__ import annotations

import datetime as dt
import hashlib
from typing import Any

from django.utils import timezone

from factories import site, voice_site
from locality.voice.choice import compare_rules, load_choice_rules
from locality_web.core.models import Partnership, Person
from locality_web.voice.models import Ballot, Conversation, CountedVote, KeyedBallot, Vote, VotingCode
from locality_web.voice.votes import code_changes, opening, project_changes, vote_changes
from locality_web.voice.votes.counting import ballots_of, written
from locality_web.voice.votes.frozen import election_of
from locality_web.voice.votes.roll_changes import take_in_roll
from locality_web.voice.votes.roll_file import RollRow
from locality_web.voice.votes.rules_kept import keep_rules, rules_of

PROJECTS = (("bus", "A later bus", 300_000), ("cafe", "Lunch club", 200_000), ("path", "Lit path", 400_000))
PEOPLE = 30


def planner(of: Partnership) -> Person:
    return site.person("planner", of, name="Pat Planner")


def said(**more: Any) -> vote_changes.VoteSaid:
    today = timezone.localdate()
    kept = {
        "title": "£5,000 for Levenmouth",
        "says": "What would help people to stay well?",
        "sum_pence": 500_000,
        "who_may": "Everybody of 16 or over who lives in Levenmouth.",
        "opens_on": today,
        "closes_on": today + dt.timedelta(days=14),
    }
    return vote_changes.VoteSaid(**(kept | more))


def conversation(of: Partnership, *places: str) -> Conversation:
    """A conversation of the partnership, asked in these localities."""
    made = voice_site.conversation(of)
    made.localities.set(of.localities.filter(slug__in=places or ("levenmouth",)))
    return made


def draft(by: Person, of: Partnership, *places: str, **more: Any) -> Vote:
    """A vote with three projects."""
    made = vote_changes.make_vote(by, conversation(of, *places), said(**more))
    for code, title, cost in PROJECTS:
        project_changes.add_project(by, made, project_changes.ProjectSaid(code, title, cost))
    made.refresh_from_db()
    return made


def rows(of: Partnership, number: int = PEOPLE, place: str = "levenmouth") -> list[RollRow]:
    where = of.localities.get(slug=place)
    return [
        RollRow(f"R{at:04}-{place}", f"Voter {place.title()} Number{at}", f"{at} Shore Street\nLeven", where)
        for at in range(1, number + 1)
    ]


def prepared(by: Person, of: Partnership, *, people: int = PEOPLE, **more: Any) -> Vote:
    """A vote that could open, with its roll."""
    made = draft(by, of, **more)
    take_in_roll(by, made, rows(of, people))
    opening.draw_lot(by, made)
    made.refresh_from_db()
    return made


def opened(by: Person, of: Partnership, **more: Any) -> Vote:
    """A vote that is open."""
    return opening.open_vote(by, prepared(by, of, **more))


def with_codes(by: Person, of: Partnership, **more: Any) -> tuple[Vote, list[str]]:
    """An open vote, and the codes of a batch that is out, in the order of its letters."""
    made = opened(by, of, **more)
    batch, letters = code_changes.make_letters(by, made)
    code_changes.mark_out(by, batch)
    return made, [each.code for each in letters]


def days_later(monkeypatch: Any, days: int) -> None:
    """Let days pass: the site reads Django's clock alone."""
    now = timezone.now() + dt.timedelta(days=days)
    monkeypatch.setattr(timezone, "now", lambda: now)


def samples(of: Partnership) -> dict[str, dict[str, Any]]:
    """What the addresses of votes carry, for the test of every address as every role."""
    first = of.localities.all()[0]
    talk = Conversation.objects.filter(partnership=of, slug="votes-sample").first()
    if talk is None:
        talk = voice_site.conversation(of, slug="votes-sample")
        talk.localities.set([first])
    vote = _sample_vote(talk)
    here = {"partnership": of.slug, "vote": vote.pk}
    batch, project = vote.batches.get(), vote.projects.all()[0]
    reading = vote.keyed.get()
    plain = ("vote", "vote_frozen", "ballot", "check_ballot", "result", "vote_prepare", "vote_edit", "vote_rules")
    plain += ("vote_project_add", "vote_roll", "vote_call_off", "vote_codes", "vote_key")
    return {
        "voice:votes": {"partnership": of.slug},
        "voice:new_vote": {"partnership": of.slug, "slug": talk.slug},
        **{f"voice:{name}": here for name in plain},
        "voice:vote_project": {**here, "project": project.pk},
        "voice:result_file": {**here, "kind": "json"},
        "voice:vote_step": {**here, "step": "publish"},
        "voice:vote_codes_out": {**here, "batch": batch.pk},
        "voice:vote_codes_void": {**here, "batch": batch.pk},
        "voice:vote_take_back": {**here, "reading": reading.pk},
    }


def _sample_vote(talk: Conversation) -> Vote:
    """A published vote, written as rows: whoever asks for samples has no planner of that partnership."""
    found = talk.votes.first()
    if found is not None:
        return found
    rules = keep_rules(load_choice_rules(timezone.localdate()), shares="equal", most_choices=None)
    made = Vote.objects.create(conversation=talk, rules=rules | {"lot": ["a"]}, **vars(said(title="A sample vote")))
    made.projects.create(code="a", title="A sample", cost_pence=100_000)
    batch = made.batches.create(number=1, means="letter", codes=1)
    codes = [VotingCode.objects.create(vote=made, batch=batch, digest=str(at) * 64) for at in (0, 1)]
    somebody = Person.objects.first() or site.person()
    KeyedBallot.objects.create(vote=made, code=codes[0], choices=["a"], keyed_by=somebody)
    made.state, made.opened_at = "open", timezone.now()
    made.frozen, made.rules_sha256 = b"{}", hashlib.sha256(b"{}").hexdigest()
    made.save()
    Ballot.objects.create(vote=made, code=codes[1], channel="web", choices=["a"])
    election = election_of(made, ballots_of(made))
    result = written(made, election, compare_rules(election, rules_of(made)))
    CountedVote.objects.create(vote=made, inputs_sha256="0" * 64, result=result)
    made.state, made.published_at = "published", timezone.now()
    made.save()
    return made
