"""Public pages of votes: the list, one vote with its projects and rules, and the file of what stands still."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from locality_web.core.languages import GAELIC
from locality_web.core.pages import PUBLIC, page
from locality_web.core.permissions import Place, may
from locality_web.voice.votes.models import Vote
from locality_web.voice.votes.places import RUNS, place_of, vote_page
from locality_web.voice.votes.vote_pages import vote_page_shown, votes_table, ways_of

_OVER = ("answered", "withdrawn")
_MOST = 50


@page(PUBLIC, languages=(GAELIC.code,))
def votes(request: HttpRequest, place: Place) -> HttpResponse:
    """All votes on a sum that have opened, the newest first; to those who run votes also what they prepare."""
    of_here = Vote.objects.filter(conversation__partnership=place.partnership)
    listed = list(of_here.select_related("conversation__partnership", "conversation__held_by"))
    opened = [each for each in listed if each.state != Vote.State.DRAFT]
    drafts = [each for each in listed if each.state == Vote.State.DRAFT and may(request.user, RUNS, place_of(each))]
    shown = {"table": votes_table(opened), "drafts": drafts, "runs": may(request.user, RUNS, place)}
    if shown["runs"]:
        shown["conversations"] = place.partnership.conversations.exclude(state__in=_OVER)[:_MOST]
    return render(request, "voice/vote_list.html", shown)


@vote_page(PUBLIC, languages=(GAELIC.code,))
def vote(request: HttpRequest, vote: Vote) -> HttpResponse:
    """A vote on a sum: what it is about, its projects, how it is decided, how to vote."""
    shown = {**vote_page_shown(vote, request.user), **ways_of(vote)}
    said = render(request, "voice/vote.html", shown)
    # Ballots write no event, so that nothing says when they came: the page is not kept, or its counts would stand.
    said.headers["Cache-Control"] = "no-store"
    return said


@vote_page(PUBLIC)
def frozen(request: HttpRequest, vote: Vote) -> HttpResponse:
    """The file of everything that stands still from a vote's opening on; its SHA-256 is on the vote's page."""
    if vote.frozen is None:
        raise Http404("This vote has not opened yet.")
    said = HttpResponse(bytes(vote.frozen), content_type="application/json; charset=utf-8")
    said["Content-Disposition"] = f'attachment; filename="vote-{vote.pk}-rules.json"'
    return said
