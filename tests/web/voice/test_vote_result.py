"""A vote is counted once, exactly; its result says for each project why, and everybody can check it."""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from fractions import Fraction

import pytest
from click.testing import CliRunner
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone

from factories import money_site, site, votes_site
from locality.cli.main import locality
from locality.foundations import InputRefused, ResultRefused
from locality.voice.choice import choose, inputs_hash, parse_pabulib
from locality_web.core.audit_models import AuditEvent
from locality_web.core.jobs import work_once
from locality_web.money.queries import shares_in_use
from locality_web.voice.models import CountedVote, Vote
from locality_web.voice.votes import opening, project_changes, vote_changes
from locality_web.voice.votes.casting import cast
from locality_web.voice.votes.code_changes import declare_void, make_envelopes, make_letters, mark_out
from locality_web.voice.votes.counting import ballots_of, published_election
from locality_web.voice.votes.keying import key_in
from locality_web.voice.votes.opening import close_vote, publish_vote
from locality_web.voice.votes.places import address_of
from locality_web.voice.votes.roll_changes import take_in_roll

pytestmark = pytest.mark.django_db

# £5,000; bus £3,000, cafe £2,000, path £4,000. Greedy gives all to path and nothing to the nine others.
BALLOTS = [("path",)] * 11 + [("bus", "cafe")] * 9


@pytest.fixture
def planner(fife):
    return votes_site.planner(fife)


def count(planner, vote: Vote, codes: list[str], monkeypatch, ballots=BALLOTS) -> Vote:
    for code, choices in zip(codes, ballots, strict=False):
        cast(vote, code, choices)
    votes_site.days_later(monkeypatch, 15)
    close_vote(planner, vote)
    while work_once("test"):
        pass
    vote.refresh_from_db()
    return vote


@pytest.fixture
def counted(planner, fife, monkeypatch):
    vote, codes = votes_site.with_codes(planner, fife)
    return count(planner, vote, codes, monkeypatch), codes


def test_a_closed_vote_is_counted_in_the_background_with_the_hash_of_its_inputs(counted):
    vote, _ = counted
    assert vote.state == "counted"
    rules, election = published_election(vote)
    assert vote.result.inputs_sha256 == inputs_hash(rules, election)
    assert tuple(vote.result.result["winners"]) == choose(election, rules).winners
    event = AuditEvent.objects.get(kind="voice.vote_counted")
    assert event.detail["inputs_sha256"] == vote.result.inputs_sha256


def test_the_result_is_seen_by_those_who_run_the_vote_and_by_everybody_once_published(counted, planner):
    vote, _ = counted
    assert "No result yet" in Client().get(address_of(vote, "result")).content.decode()
    assert Client().get(address_of(vote, "result_file", "json")).status_code == 404
    assert "What wins, and why" in site.signed_in(planner).get(address_of(vote, "result")).content.decode()
    publish_vote(planner, vote)
    assert "What wins, and why" in Client().get(address_of(vote, "result")).content.decode()


def test_each_project_says_in_words_why_it_won_or_not(counted, planner):
    vote, _ = counted
    publish_vote(planner, vote)
    page = Client().get(address_of(vote, "result")).content.decode()
    for each in vote.result.result["projects"]:
        assert each["says"].replace("'", "&#x27;") in page
    assert "supporters had" in page
    assert vote.result.inputs_sha256 in page
    assert "Most votes first" in page


def test_a_voter_sees_what_became_of_their_share(counted, planner):
    vote, codes = counted
    look = {"voting_secret": codes[0]}
    assert "your share" not in Client().post(address_of(vote, "check_ballot"), look).content.decode()
    publish_vote(planner, vote)
    page = Client().post(address_of(vote, "check_ballot"), look).content.decode()
    assert "What became of your share" in page
    assert "Your share was" in page


def test_what_is_given_out_holds_nothing_of_a_voter(counted, planner):
    vote, codes = counted
    publish_vote(planner, vote)
    _, election = published_election(vote)
    assert [each.code for each in election.ballots] == [str(number) for number in range(1, 21)]
    assert [each.choices for each in election.ballots] == sorted(each.choices for each in election.ballots)
    assert {(each.channel, each.place, each.group) for each in election.ballots} == {("", "", "")}
    said = json.loads(Client().get(address_of(vote, "result_file", "json")).content)
    assert "of_ballot" not in said["result"]
    assert not any(code in json.dumps(said) for code in codes)


def test_anybody_can_check_the_hash_of_the_inputs_and_count_again(counted, planner):
    vote, _ = counted
    publish_vote(planner, vote)
    inputs = Client().get(address_of(vote, "result_file", "inputs")).content
    assert hashlib.sha256(inputs).hexdigest() == vote.result.inputs_sha256
    file = parse_pabulib(Client().get(address_of(vote, "result_file", "pb")).content.decode(), "vote.pb")
    rules, election = published_election(vote)
    assert choose(file.election, rules).winners == choose(election, rules).winners
    assert set(file.selected) == set(vote.result.result["winners"])
    assert file.meta["inputs_sha256"] == vote.result.inputs_sha256


def test_the_command_counts_the_folder_again_to_the_same_winners_reasons_and_hash(planner, fife, monkeypatch, tmp_path):
    vote = votes_site.prepared(planner, fife)
    bus = vote.projects.get(code="bus")
    cafe = vote.projects.get(code="cafe")
    said = project_changes.ProjectSaid("cafe", "Lunch club; “Tuesdays”", 200_000, heading="Community", not_with=[bus])
    project_changes.change_project(planner, cafe, said)
    chosen = {"step": 250, "least_part": Fraction(1, 2), "ceilings": (("Community", 400_000),), "minimum_votes": 2}
    vote = vote_changes.choose_rules(planner, vote, chosen, shares="equal", most_choices=2)
    opening.draw_lot(planner, vote)
    vote = opening.open_vote(planner, vote)
    batch, letters = make_letters(planner, vote)
    mark_out(planner, batch)
    count(planner, vote, [each.code for each in letters], monkeypatch)
    publish_vote(planner, vote)
    content = Client().get(address_of(vote, "result_file", "zip")).content
    zipfile.ZipFile(io.BytesIO(content)).extractall(tmp_path)
    ran = CliRunner().invoke(locality, ["voice", "choose", str(tmp_path / f"vote-{vote.pk}"), "--json"])
    assert ran.exit_code == 0, ran.output
    told = json.loads(ran.output)
    assert told["inputs_sha256"] == vote.result.inputs_sha256
    why = {each["code"]: each["why"] for each in told["projects"]}
    assert why == {each["code"]: each["says"] for each in vote.result.result["projects"]}


def test_few_people_of_one_kind_are_hidden(planner, fife, monkeypatch):
    other = site.person("planner", fife)
    vote, codes = votes_site.with_codes(planner, fife)
    today = timezone.localdate()
    for code, choice in zip(codes[20:], ["path"] * 6 + ["bus"] * 4, strict=True):
        for reader in (planner, other):
            key_in(reader, vote, code, [choice], received_on=today)
    count(planner, vote, codes, monkeypatch, [("path",)] * 12 + [("bus",)] * 8)
    assert vote.result.result["winners"] == ["path"]
    lines = {kind: counts for kind, *counts in vote.result.result["of_channel"]}
    assert lines["paper"][1] is None, "four people without a winning project are not counted out"
    assert lines["web"][1] is None, "and the sum does not give them back"
    assert lines["all"] == [18, 12, 30]
    publish_vote(planner, vote)
    page = Client().get(address_of(vote, "result")).content.decode()
    assert "By how ballots came" in page
    assert "By locality" not in page, "there is one alone"


def test_the_result_never_changes(counted):
    assert counted[0].state == "counted"
    with pytest.raises(IntegrityError, match="does not change"), transaction.atomic():
        CountedVote.objects.update(inputs_sha256="0" * 64)
    assert work_once("test") is None


def test_a_vote_is_published_once_and_only_when_it_is_counted(planner, fife, counted):
    vote, _ = counted
    publish_vote(planner, vote)
    with pytest.raises(ResultRefused, match="no result to publish"):
        publish_vote(planner, vote)


def test_where_shares_hang_on_the_locality_no_code_is_made_without_one(planner, fife):
    """Its ballot would belong to no part of the sum, and the whole vote could never be counted."""
    vote = votes_site.draft(planner, fife, "levenmouth", "kirkcaldy")
    make_envelopes(planner, vote, 30)
    opening.draw_lot(planner, vote)
    vote = vote_changes.choose_rules(planner, vote, {}, shares="locality")
    money_site.loaded_release(fife)

    with pytest.raises(InputRefused, match="none that votes"):
        opening.open_vote(planner, vote)
    declare_void(planner, vote.batches.get(), "They belong to nowhere.")
    with pytest.raises(ResultRefused, match="none that votes"):
        make_envelopes(planner, vote, 30)
    with pytest.raises(ResultRefused, match="none that votes"):
        make_envelopes(planner, vote, 30, fife.localities.exclude(slug__in=("levenmouth", "kirkcaldy"))[0])
    make_envelopes(planner, vote, 30, fife.localities.get(slug="kirkcaldy"))
    opening.draw_lot(planner, vote)
    vote.refresh_from_db()
    assert opening.open_vote(planner, vote).state == "open"


def test_each_locality_spends_its_fair_share(planner, monkeypatch, fife):

    vote = votes_site.draft(planner, fife, "levenmouth", "kirkcaldy")
    take_in_roll(planner, vote, votes_site.rows(fife) + votes_site.rows(fife, place="kirkcaldy"))
    opening.draw_lot(planner, vote)
    vote = vote_changes.choose_rules(planner, vote, {}, shares="locality")
    with pytest.raises(ResultRefused, match="not all of them are known"):
        opening.open_vote(planner, vote)
    money_site.loaded_release(fife)
    vote = opening.open_vote(planner, vote)
    fair = {code: sum(one.fair_pence for one in of.values()) for code, of in shares_in_use(fife).by_locality.items()}
    two = fair["levenmouth"] + fair["kirkcaldy"]
    sums = {code: pence for code, pence in vote.rules["group_sums"]}
    assert set(sums) == {"levenmouth", "kirkcaldy"}
    assert sum(sums.values()) == 500_000
    assert all(abs(pence - 500_000 * fair[code] / two) < 1 for code, pence in sums.items())
    batch, letters = make_letters(planner, vote)
    mark_out(planner, batch)
    codes = [each.code for each in letters]
    count(planner, vote, codes[:3] + codes[30:40], monkeypatch, [("bus",)] * 13)
    assert {each.group for each in ballots_of(vote)} == {"levenmouth", "kirkcaldy"}
    with pytest.raises(ResultRefused, match="only a few people voted"):
        published_election(vote)
    publish_vote(planner, vote)
    assert Client().get(address_of(vote, "result_file", "pb")).status_code == 404
    assert "are not given out one by one" in Client().get(address_of(vote, "result")).content.decode()


def test_where_ballots_are_not_given_out_no_file_says_a_small_number_of_people(planner, monkeypatch, fife):
    """What the page hides is not in the file beside it."""
    vote = votes_site.draft(planner, fife, "levenmouth", "kirkcaldy")
    take_in_roll(planner, vote, votes_site.rows(fife) + votes_site.rows(fife, place="kirkcaldy"))
    opening.draw_lot(planner, vote)
    money_site.loaded_release(fife)
    vote = opening.open_vote(planner, vote_changes.choose_rules(planner, vote, {}, shares="locality"))
    batch, letters = make_letters(planner, vote)
    mark_out(planner, batch)
    codes = [each.code for each in letters]
    count(planner, vote, codes[:3] + codes[30:40], monkeypatch, [("path",)] * 2 + [("bus",)] * 11)
    publish_vote(planner, vote)
    assert 0 < min(vote.result.result["nothing"].values()) <= 2

    told = json.loads(Client().get(address_of(vote, "result_file", "json")).content)["result"]
    assert (told["nothing"], told["prefer"]) == (None, None)
    assert told["winners"] == vote.result.result["winners"]
