"""Whatever somebody puts into an address or a form in place of a number is answered in words."""

from __future__ import annotations

import pytest
from django.test import Client

from factories import site, talks, voice_site, votes_site
from locality_web.voice.conversations.typed_numbers import read_number
from locality_web.voice.votes.vote_forms import ProjectForm

pytestmark = pytest.mark.django_db
LONG = "9" * 5000  # Python reads no number of so many digits
STRANGE = ["", "x", "-1", "1.5", "²", "9" * 30, LONG]


@pytest.mark.parametrize("typed", STRANGE, ids=lambda typed: typed[:5])
def test_what_is_no_number_of_anything_is_nought(typed):
    assert read_number(typed) == 0
    assert read_number("12") == 12


@pytest.mark.parametrize("typed", STRANGE, ids=lambda typed: typed[:5])
def test_strange_numbers_break_no_page(typed, fife):
    planner = site.person("planner", fife)
    talk = talks.opened(planner, site.place(fife))
    view = voice_site.opinion(talk)
    pages = f"/fife/conversations/{talk.slug}/"
    assert Client().get(pages, {"page": typed}).status_code == 200
    sent = {"what": "hide", "key": typed, "reason": "advert", "says": ""}
    assert site.signed_in(planner).post(f"{pages}moderate/", sent).status_code == 200
    assert view.pk


@pytest.mark.parametrize("typed", STRANGE, ids=lambda typed: typed[:5])
def test_a_project_comes_from_no_view_of_a_strange_number(typed, fife):
    vote = votes_site.draft(votes_site.planner(fife), fife)
    form = ProjectForm(vote, {"code": "lamp", "title": "Lamp", "cost": "10", "views": f"{typed[:390]},0"})
    assert not form.is_valid()
    assert "views" in form.errors


@pytest.mark.parametrize("address", ["/fife/conversations/?locality=a%00", "/fife/news.atom?heading=%00"])
def test_a_sign_that_no_database_keeps_is_refused_in_words(address, fife):
    answer = Client().get(address)
    assert answer.status_code == 400
    assert "We could not read what was sent" in answer.content.decode()
