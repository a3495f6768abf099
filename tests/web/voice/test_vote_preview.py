"""While people vote, a vote may show once a day which projects are ahead: only if chosen, and nothing but the set."""

from __future__ import annotations

import datetime as dt
import json

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone

from factories import site, votes_site
from locality.foundations import ResultRefused
from locality.voice import choice as library
from locality_web.core.audit_models import AuditEvent
from locality_web.core.jobs import work_once
from locality_web.core.models import Job, Partnership
from locality_web.voice.models import Ballot, RollEntry, Vote, VotePreview, VotingCode
from locality_web.voice.votes import code_changes, opening, vote_changes
from locality_web.voice.votes.counting import ballots_of
from locality_web.voice.votes.frozen import election_of
from locality_web.voice.votes.places import address_of
from locality_web.voice.votes.previewing import PREVIEW
from locality_web.voice.votes.rules_kept import least_on, rules_of
from web.voice.everything_kept import rows, who_stands_out

pytestmark = pytest.mark.django_db

LEAST = 50
SO_FAR = "So far: these would be paid for."
# £5,000; bus £3,000, cafe £2,000, path £4,000: £2,667 of those 32 buy the cafe, and no share is raised so far that the
# path would be bought too. The exact count fills in the bus at last, which a preview leaves out.
MANY = [("path",)] * 28 + [("bus", "cafe")] * 32


@pytest.fixture
def planner(fife):
    return votes_site.planner(fife)


def opened(planner, fife: Partnership, *, preview: bool = True, places: tuple[str, ...] = ("levenmouth",)) -> Vote:
    """An open vote with 160 codes that are out in each locality."""
    shares = "equal" if len(places) == 1 else "locality"
    vote = votes_site.draft(planner, fife, *places)
    people = [row for place in places for row in votes_site.rows(fife, 160, place)]
    votes_site.take_in_roll(planner, vote, people)
    vote_changes.choose_rules(planner, vote, {}, shares=shares, preview=preview)
    opening.draw_lot(planner, vote)
    vote = opening.open_vote(planner, vote)
    batch, _ = code_changes.make_letters(planner, vote)
    code_changes.mark_out(planner, batch)
    return vote


def vote_for(vote: Vote, ballots: list[tuple[str, ...]], place: str = "levenmouth") -> None:
    """Cast ballots with codes that were not used."""
    unused = VotingCode.objects.filter(vote=vote, ballot=None, locality__slug=place)[: len(ballots)]
    pairs = zip(unused, ballots, strict=True)
    Ballot.objects.bulk_create(Ballot(vote=vote, code=code, channel="web", choices=[*said]) for code, said in pairs)


def pass_day(monkeypatch) -> None:
    """Let a day pass, and let the site do its work of that day."""
    votes_site.days_later(monkeypatch, 1)
    while work_once("test"):
        pass


def page(vote: Vote) -> str:
    return Client().get(address_of(vote)).content.decode()


def test_a_vote_shows_nothing_of_what_is_ahead_unless_that_was_chosen(planner, fife, monkeypatch):
    vote = opened(planner, fife, preview=False)
    vote_for(vote, MANY)
    pass_day(monkeypatch)
    assert vote_changes.make_vote(planner, vote.conversation, votes_site.said()).rules["preview_least"] is None
    assert "So far:" not in page(vote)
    assert "What the ballots say is looked at by nobody" in page(vote)
    assert not Job.objects.filter(kind=PREVIEW).exists()
    assert not VotePreview.objects.exists()


def test_it_is_chosen_with_the_other_rules_before_the_vote_opens(planner, fife):
    vote = votes_site.prepared(planner, fife)
    client = site.signed_in(planner)
    chosen = {"rule": "equal-shares", "utility": "cost", "completion": "none", "shares": "equal"}
    client.post(address_of(vote, "vote_rules"), chosen | {"preview": "on"})
    vote.refresh_from_db()
    assert vote.rules["preview_least"] == LEAST == least_on(vote.opens_on)
    assert 'name="preview"' in (again := client.get(address_of(vote, "vote_rules")).content.decode())
    assert "checked" in again[again.index('name="preview"') - 200 : again.index('name="preview"') + 200]
    client.post(address_of(vote, "vote_rules"), chosen)
    vote.refresh_from_db()
    assert vote.rules["preview_least"] is None


def test_with_too_few_ballots_nothing_is_shown(planner, fife, monkeypatch):
    vote = opened(planner, fife)
    vote_for(vote, MANY[: LEAST - 1])
    pass_day(monkeypatch)
    assert "So far" not in page(vote).replace("Ballots so far", "")
    assert not VotePreview.objects.exists()
    vote_for(vote, MANY[:1])
    assert not VotePreview.objects.exists(), "a ballot by itself works nothing out"
    pass_day(monkeypatch)
    assert SO_FAR in page(vote)


def test_the_page_shows_the_projects_of_the_librarys_preview_and_the_day(planner, fife, monkeypatch):
    vote = opened(planner, fife)
    vote_for(vote, MANY)
    pass_day(monkeypatch)
    found = library.preview(election_of(vote, ballots_of(vote)), rules_of(vote))
    said = page(vote)
    listed = said[said.index(SO_FAR) : said.index("How it is decided")]
    assert sorted(found.winners) == ["cafe"]
    assert [title for _, title, _ in votes_site.PROJECTS if title in listed] == ["Lunch club"]
    today = timezone.localdate()
    assert f"Worked out on {today.day} {today:%B} {today.year}; near, not exact;" in listed
    assert "when 50 ballots or more are there" in said
    assert "Nobody looks at what the ballots say" in said


def test_the_preview_names_the_winners_of_the_exact_count_of_a_drawn_example(planner, fife, monkeypatch):
    vote = opened(planner, fife)
    vote_for(vote, [("bus", "cafe")] * 60)
    pass_day(monkeypatch)
    exact = library.choose(election_of(vote, ballots_of(vote)), rules_of(vote))
    assert VotePreview.objects.get(vote=vote).ahead == sorted(exact.winners) == ["bus", "cafe"]


def test_it_is_not_worked_out_anew_until_as_many_new_ballots_came(planner, fife, monkeypatch):
    vote = opened(planner, fife)
    vote_for(vote, [("path",)] * 60)
    pass_day(monkeypatch)
    first = VotePreview.objects.values().get()
    vote_for(vote, [("bus", "cafe")] * (LEAST - 1))
    pass_day(monkeypatch)
    assert VotePreview.objects.values().get() == first, "49 new ones are too few"
    vote_for(vote, [("bus", "cafe")] * 41)
    pass_day(monkeypatch)
    second = VotePreview.objects.values().get()
    assert (second["ahead"], second["on"]) == (["bus", "cafe"], first["on"] + dt.timedelta(days=2))


@pytest.mark.parametrize("came", [50, 51, 99])
def test_the_number_that_is_kept_tells_a_whole_step_and_no_count(planner, fife, monkeypatch, came):
    vote = opened(planner, fife)
    vote_for(vote, [("bus", "cafe")] * came)
    pass_day(monkeypatch)
    kept = VotePreview.objects.values().get()
    assert kept["again_from"] == {"": 150}
    assert kept["again_from"][""] - came >= LEAST
    assert set(kept) == {"id", "vote_id", "ahead", "on", "again_from"}


def test_where_each_locality_has_its_part_enough_must_come_in_each(planner, fife, monkeypatch):
    codes = {each.slug: each.code for each in fife.localities.all()}
    places = ("levenmouth", sorted({*codes} - {"levenmouth"})[0])
    parts = [(codes[place], 250_000) for place in places]
    monkeypatch.setattr(opening, "group_sums", lambda _: sorted(parts))
    vote = opened(planner, fife, places=places)
    vote_for(vote, [("bus", "cafe")] * 99, places[0])
    vote_for(vote, [("bus", "cafe")] * (LEAST - 1), places[1])
    pass_day(monkeypatch)
    assert not VotePreview.objects.exists(), "one locality's money would be decided by 49"
    vote_for(vote, [("path",)], places[1])
    pass_day(monkeypatch)
    assert VotePreview.objects.get().again_from == {codes[place]: 150 for place in places}
    assert "are there in each locality" in page(vote)


def test_nothing_of_the_choice_changes_once_the_vote_is_open(planner, fife):
    vote = opened(planner, fife, preview=False)
    with pytest.raises(ResultRefused):
        vote_changes.choose_rules(planner, vote, {}, shares="equal", preview=True)
    with pytest.raises(IntegrityError, match="stands still"), transaction.atomic():
        Vote.objects.filter(pk=vote.pk).update(rules=vote.rules | {"preview_least": LEAST})
    assert json.loads(bytes(vote.frozen))["rules"]["preview_least"] is None


def test_a_vote_that_was_changed_behind_the_sites_back_shows_nothing(planner, fife, monkeypatch):
    vote = opened(planner, fife)
    vote_for(vote, MANY)
    Vote.objects.filter(pk=vote.pk).update(frozen=b"{}")
    pass_day(monkeypatch)
    assert not VotePreview.objects.exists()
    assert Job.objects.get(kind=PREVIEW).state == Job.State.FAILED


def test_it_is_gone_after_the_last_day_and_removed_at_the_closing(planner, fife, monkeypatch):
    vote = opened(planner, fife)
    vote_for(vote, MANY)
    pass_day(monkeypatch)
    assert SO_FAR in page(vote)
    votes_site.days_later(monkeypatch, 14)
    assert "So far:" not in page(vote), "voting is over, and the count decides"
    opening.close_vote(planner, vote)
    assert not VotePreview.objects.exists()
    while work_once("test"):
        pass
    opening.publish_vote(planner, vote)
    assert "So far:" not in page(vote)
    assert not Job.objects.filter(kind=PREVIEW, state=Job.State.WAITING).exists()
    assert not VotePreview.objects.exists()


def test_a_vote_that_is_called_off_keeps_no_preview(planner, fife, monkeypatch):
    vote = opened(planner, fife)
    vote_for(vote, MANY)
    pass_day(monkeypatch)
    vote_changes.call_off(planner, vote, "A project was listed with the wrong cost.")
    pass_day(monkeypatch)
    assert not VotePreview.objects.exists()


def test_a_preview_writes_no_event_and_leads_from_nobody_to_a_ballot(planner, fife, monkeypatch):
    vote = opened(planner, fife)
    vote_for(vote, MANY)
    before, events = {table for table, _ in rows()}, AuditEvent.objects.count()
    says = set()
    for _ in range(3):
        pass_day(monkeypatch)
        says |= set(Job.objects.filter(kind=PREVIEW).exclude(says="").values_list("says", flat=True))
    held = rows()
    assert {table for table, _ in held} - before == {"voice_votepreview"}
    assert AuditEvent.objects.count() == events
    assert says == {"Looked whether enough ballots came."}, "whether it was due is not kept"
    assert RollEntry.objects.filter(vote=vote).exists()
    assert who_stands_out(held, "voice_rollentry", "voice_ballot") == []


def test_the_preview_is_told_in_gaelic_too(planner, fife, monkeypatch):
    vote = opened(planner, fife)
    vote_for(vote, MANY)
    pass_day(monkeypatch)
    said = Client().get(f"/gd{address_of(vote)}").content.decode()
    assert "Gu ruige seo: phàigheadh" in said
    assert "nuair a bhios 50 no barrachd bhaileatan ann" in said
    assert "Worked out" not in said
