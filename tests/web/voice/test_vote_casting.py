"""A ballot is cast by a code: without an account, a script or a session, once."""

from __future__ import annotations

from fractions import Fraction

import pytest
from django.contrib.sessions.models import Session
from django.test import Client

from factories import site, votes_site
from locality_web.voice.models import Ballot, Vote, VotingCode
from locality_web.voice.votes import opening, project_changes, vote_changes
from locality_web.voice.votes.places import address_of
from locality_web.voice.votes.project_changes import ProjectSaid

pytestmark = pytest.mark.django_db


@pytest.fixture
def planner(fife):
    return votes_site.planner(fife)


@pytest.fixture
def open_vote(planner, fife):
    return votes_site.with_codes(planner, fife)


def send(vote: Vote, code: str, *choices: str, step: str = "cast", client: Client | None = None):
    said = {"voting_secret": code, "choices": choices, "step": step}
    return (client or Client()).post(address_of(vote, "ballot"), said)


def test_a_resident_chooses_checks_and_casts(open_vote):
    vote, codes = open_vote
    someone = Client()
    page = someone.get(address_of(vote, "ballot"))
    assert "A later bus, £3,000" in page.content.decode()

    checked = send(vote, codes[0].lower().replace("-", " "), "bus", "cafe", step="check", client=someone)
    assert "It counts when you press" in checked.content.decode()
    assert not Ballot.objects.exists()

    done = send(vote, codes[0], "bus", "cafe", client=someone)
    assert "Your ballot counts" in done.content.decode()
    assert [(each.channel, each.choices) for each in Ballot.objects.all()] == [("web", ["bus", "cafe"])]


def test_nothing_is_kept_of_the_voter_by_browser_site_or_anything_on_the_way(open_vote):
    vote, codes = open_vote
    someone = Client()
    for step in ("check", "cast"):
        answer = send(vote, codes[0], "bus", step=step, client=someone)
        assert answer["Cache-Control"] == "private, no-store"
        assert codes[0] not in "".join(f"{name}{value}" for name, value in answer.items())
    assert codes[0] not in answer.content.decode()
    assert not Session.objects.exists()
    assert "sessionid" not in someone.cookies


def test_somebody_who_changes_their_mind_gets_their_choice_back_and_no_fault(open_vote):
    vote, codes = open_vote
    page = send(vote, codes[0], "bus", step="change").content.decode()
    assert codes[0] in page
    assert page.count("checked") == 1
    assert "There is a problem" not in page


def test_a_code_gives_one_ballot_and_the_first_counts(open_vote):
    vote, codes = open_vote
    send(vote, codes[0], "bus")
    again = send(vote, codes[0], "path").content.decode()
    assert "The first one counts, and nothing was changed" in again
    assert [each.choices for each in Ballot.objects.all()] == [["bus"]]


def test_a_mistyped_code_is_told_from_a_forged_one(open_vote):
    vote, codes = open_vote
    wrong = codes[0][:-1] + ("C" if codes[0][-1] != "C" else "F")
    assert "a sign is wrong, or two changed places" in send(vote, wrong, "bus").content.decode()
    vote.refresh_from_db()
    assert vote.refused == {}


def test_ballot_page_and_letter_say_which_projects_cannot_win_together_and_what_can_be_done_in_part(planner, fife):
    vote = votes_site.prepared(planner, fife)
    bus, cafe = (vote.projects.get(code=code) for code in ("bus", "cafe"))
    project_changes.change_project(planner, cafe, ProjectSaid("cafe", "Lunch club", 200_000, not_with=[bus]))
    path = ProjectSaid("path", "Lit path", 400_000, least_pence=150_000, says="From the <shore> up.")
    project_changes.change_project(planner, vote.projects.get(code="path"), path)
    vote_changes.choose_rules(planner, vote, {"least_part": Fraction(1, 2)}, shares="equal")
    opening.draw_lot(planner, vote)
    vote = opening.open_vote(planner, vote)

    letters = site.signed_in(planner).post(address_of(vote, "vote_codes"), {"means": "letter"}).content.decode()
    ballot = Client().get(address_of(vote, "ballot")).content.decode()
    page = Client().get(address_of(vote)).content.decode()

    for said in (letters, ballot, page):
        assert "It cannot win together with cafe. You can choose them all the same." in said
        assert "It cannot win together with bus. You can choose them all the same." in said
        assert "It can also be done in part, from £1,500 on." in said
    assert "From the &lt;shore&gt; up." in ballot


def test_too_many_projects_none_and_one_that_is_not_there_are_refused(planner, fife):
    vote, codes = votes_site.with_codes(planner, fife)
    assert "Choose at least one project" in send(vote, codes[0]).content.decode()
    assert "tram is not one of the available choices" in send(vote, codes[0], "tram").content.decode()
    assert not Ballot.objects.exists()


def test_a_voter_looks_at_their_ballot_with_the_code(open_vote):
    vote, codes = open_vote
    send(vote, codes[0], "cafe")
    look = Client().post(address_of(vote, "check_ballot"), {"voting_secret": codes[0]})
    assert "Lunch club" in look.content.decode()
    assert "Lit path" not in look.content.decode()
    nothing = Client().post(address_of(vote, "check_ballot"), {"voting_secret": codes[1]})
    assert "No ballot was cast with this code yet" in nothing.content.decode()


def test_no_page_shows_a_tally_before_the_vote_is_closed(open_vote, planner):
    from factories import site

    vote, codes = open_vote
    for code in codes[:3]:
        send(vote, code, "bus")
    for client in (Client(), site.signed_in(planner)):
        for name in ("vote", *(("vote_prepare",) if client.cookies else ())):
            page = client.get(address_of(vote, name)).content.decode()
            assert '<td class="lp-number">3</td>' in page, "how many have voted is shown"
            row = page.split("A later bus")[1].split("</tr>")[0]
            assert "3" not in row.replace("£3,000", "")


def test_the_page_of_a_draft_is_found_by_its_keepers_alone(planner, fife):
    from factories import site

    vote = votes_site.draft(planner, fife)
    assert Client().get(address_of(vote)).status_code == 404
    assert site.signed_in(planner).get(address_of(vote)).status_code == 200


def test_only_the_keyed_hash_of_a_code_is_kept(open_vote):
    _, codes = open_vote
    kept = list(VotingCode.objects.values_list("digest", flat=True))
    assert len(kept) == len(codes) == 30
    assert all(len(each) == 64 for each in kept)
