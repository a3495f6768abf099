"""Who has a vote, and how codes reach them: in batches in which everybody is hidden."""

from __future__ import annotations

import re

import pytest

from factories import site, votes_site
from locality.foundations import InputRefused, ResultRefused
from locality.voice.voting_code import read_voting_code
from locality_web.voice.models import CodeBatch, RollEntry, VotingCode
from locality_web.voice.votes import code_changes
from locality_web.voice.votes.casting import BallotRefused, cast
from locality_web.voice.votes.code_changes import declare_void, make_envelopes, make_letters, mark_out
from locality_web.voice.votes.opening import erase_roll
from locality_web.voice.votes.places import address_of
from locality_web.voice.votes.roll_changes import take_in_roll
from locality_web.voice.votes.roll_file import read_roll

pytestmark = pytest.mark.django_db

ROLL = """reference,name,address,locality
1,Ann Reid,1 Shore Street; Leven,Levenmouth
2,Ben Shaw,2 Shore Street; Leven,levenmouth
"""


@pytest.fixture
def planner(fife):
    return votes_site.planner(fife)


def read(fife, text: str):
    return read_roll(text.encode(), "roll.csv", fife.localities.all())


def test_a_roll_is_read_from_a_file(fife):
    rows = read(fife, ROLL)
    assert [(each.reference, each.name, each.address) for each in rows] == [
        ("1", "Ann Reid", "1 Shore Street\nLeven"),
        ("2", "Ben Shaw", "2 Shore Street\nLeven"),
    ]


def test_all_faults_of_a_roll_are_said_at_once_and_none_names_a_person(fife):
    text = ROLL + "2,Cath Muir,3 Shore Street,Levenmouth\n4,Ann Reid,1 Shore Street; Leven,Levenmouth\n5,,x,Atlantis\n"
    with pytest.raises(InputRefused) as refused:
        read(fife, text)
    found = {(fault.code, fault.column) for fault in refused.value.faults}
    assert {("roll-twice", "name"), ("no-locality", "locality")} <= found
    assert len(refused.value.faults) >= 4
    assert not re.search("Ann|Cath|Shore", str(refused.value))


def test_a_roll_is_sent_on_the_page_and_taken_in_whole(planner, fife):
    from django.core.files.uploadedfile import SimpleUploadedFile

    vote = votes_site.draft(planner, fife)
    client = site.signed_in(planner)
    sent = SimpleUploadedFile("roll.csv", ROLL.encode(), "text/csv")
    client.post(address_of(vote, "vote_roll"), {"roll": sent})
    assert vote.roll.count() == 2
    page = client.get(address_of(vote, "vote_prepare")).content.decode()
    assert "Ann Reid" not in page


def test_a_batch_in_which_nobody_could_be_hidden_is_refused(planner, fife):
    vote = votes_site.prepared(planner, fife, people=29)
    with pytest.raises(ResultRefused, match=r"too small \(Levenmouth: 29\): nobody could be hidden in it"):
        make_letters(planner, vote)
    with pytest.raises(ResultRefused, match="nobody could be hidden"):
        make_envelopes(planner, vote, 5)
    assert not VotingCode.objects.exists()
    assert not CodeBatch.objects.exists()


def test_each_locality_of_a_batch_is_large_enough(planner, fife):
    vote = votes_site.draft(planner, fife, "levenmouth", "kirkcaldy")
    take_in_roll(planner, vote, votes_site.rows(fife, 40) + votes_site.rows(fife, 3, "kirkcaldy"))
    with pytest.raises(ResultRefused, match="Kirkcaldy: 3"):
        make_letters(planner, vote)


def test_letters_are_shown_once_and_their_codes_are_kept_nowhere(planner, fife):
    vote = votes_site.opened(planner, fife)
    client = site.signed_in(planner)
    page = client.post(address_of(vote, "vote_codes"), {"means": "letter"})
    codes = re.findall(r'<strong class="vote-code">([\w-]+)</strong>', page.content.decode())
    assert len(set(codes)) == 30
    assert all(read_voting_code(code) == code for code in codes)
    assert page["Cache-Control"] == "private, no-store"
    assert "Voter Levenmouth Number7" in page.content.decode()
    again = client.get(address_of(vote, "vote_codes")).content.decode()
    assert not any(code in again for code in codes)
    assert RollEntry.objects.filter(batch__number=1).count() == 30
    assert (
        "Everybody on the roll has a code already"
        in client.post(address_of(vote, "vote_codes"), {"means": "letter"}).content.decode()
    )


def test_codes_count_when_the_whole_batch_is_out(planner, fife):
    vote = votes_site.opened(planner, fife)
    batch, letters = make_letters(planner, vote)
    with pytest.raises(BallotRefused, match="still on their way"):
        cast(vote, letters[0].code, ["bus"])
    mark_out(planner, batch)
    cast(vote, letters[0].code, ["bus"])
    with pytest.raises(ResultRefused, match="is out already"):
        mark_out(planner, batch)


def test_codes_of_a_void_batch_never_count_and_new_letters_are_made(planner, fife):
    vote = votes_site.opened(planner, fife)
    batch, letters = make_letters(planner, vote)
    mark_out(planner, batch)
    declare_void(planner, batch, "The post lost the sack.")
    with pytest.raises(BallotRefused, match="letters were lost or spoilt"):
        cast(vote, letters[0].code, ["bus"])
    second, new = make_letters(planner, vote)
    mark_out(planner, second)
    assert {each.code for each in new}.isdisjoint(each.code for each in letters)
    cast(vote, new[0].code, ["bus"])
    with pytest.raises(ResultRefused, match="a ballot that was cast counts"):
        declare_void(planner, second, "A second thought.")


def test_envelopes_are_drawn_by_whoever_comes(planner, fife):
    vote = votes_site.opened(planner, fife)
    batch, envelopes = make_envelopes(planner, vote, 40, fife.localities.get(slug="levenmouth"))
    assert {(each.name, each.address) for each in envelopes} == {("", ())}
    mark_out(planner, batch)
    cast(vote, envelopes[7].code, ["cafe"])
    assert not RollEntry.objects.filter(batch=batch).exists()


def test_a_long_roll_is_printed_in_portions_and_nobody_is_left_alone(planner, fife, monkeypatch):
    monkeypatch.setattr(code_changes, "MOST_AT_ONCE", 50)
    vote = votes_site.prepared(planner, fife, people=60)
    _, first = make_letters(planner, vote)
    _, second = make_letters(planner, vote)
    assert (len(first), len(second)) == (30, 30)


def test_the_roll_is_erased_when_the_vote_is_over(planner, fife):
    from locality_web.voice.votes.vote_changes import call_off

    vote = votes_site.opened(planner, fife)
    with pytest.raises(ResultRefused, match="needed until"):
        erase_roll(planner, vote)
    call_off(planner, vote, "Too few projects.")
    assert erase_roll(planner, vote) == 30
    assert not RollEntry.objects.exists()
