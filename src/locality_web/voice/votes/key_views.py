"""Pages for keying in paper ballots: by one person, and again by another who does not see what the first one typed."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from locality.foundations import ResultRefused
from locality_web.core import drafts
from locality_web.voice.votes.ballot_forms import CODE, KeyBallotForm
from locality_web.voice.votes.keying import Reading, key_in, take_back, waiting_of
from locality_web.voice.votes.models import KeyedBallot, Vote
from locality_web.voice.votes.places import BOTH, KEYS, address_of, person_of, vote_page
from locality_web.voice.votes.vote_forms import WhyVoteForm
from locality_web.voice.votes.vote_pages import chosen_of


@vote_page(KEYS, methods=BOTH)
def key_ballot(request: HttpRequest, vote: Vote) -> HttpResponse:
    """Key in a paper ballot, as its first or its second reader."""
    # No draft is kept of this form: a draft would hold a ballot.
    form = KeyBallotForm(vote, request.POST if request.method == "POST" else None)
    reading = None
    if form.is_valid():
        said = form.cleaned_data
        try:
            reading = key_in(person_of(request), vote, said[CODE], said["choices"], received_on=said["received_on"])
        except ResultRefused as refused:
            form.add_faults(refused)
        else:
            if not reading.differs:
                messages.success(request, _say(reading))
                return redirect(address_of(vote, "vote_key"))
    shown = {"form": form, "vote": vote, "waiting": waiting_of(vote), "me": request.user, **_difference(vote, reading)}
    said_page = render(request, "voice/vote_key.html", shown)
    said_page.headers["Cache-Control"] = "private, no-store"
    return said_page


def _say(reading: Reading) -> str:
    if reading.counts:
        return "Both readings are the same. The ballot counts."
    return "The ballot is keyed in. It waits until somebody else has keyed it in from the paper, and counts then."


def _difference(vote: Vote, reading: Reading | None) -> dict[str, object]:
    if reading is None or not reading.differs:
        return {}
    only_theirs = set(reading.other) - set(reading.mine)
    only_mine = set(reading.mine) - set(reading.other)
    return {
        "differs": True,
        "theirs": chosen_of(vote, sorted(only_theirs), "Only in the other reading"),
        "mine": chosen_of(vote, sorted(only_mine), "Only in your reading"),
    }


@vote_page(KEYS, methods=BOTH)
def take_reading_back(request: HttpRequest, vote: Vote, reading: int) -> HttpResponse:
    """Take a reading back that waits, with the reason."""
    found = get_object_or_404(KeyedBallot, vote=vote, pk=reading)
    found.vote = vote
    form = WhyVoteForm(drafts.form_data(request))
    if request.method == "POST" and form.is_valid():
        try:
            take_back(person_of(request), found, form.cleaned_data["why"])
        except ResultRefused as refused:
            form.add_faults(refused)
        else:
            drafts.clear(request)
            messages.success(request, "The reading is taken back.")
            return redirect(address_of(vote, "vote_key"))
    shown = {"form": form, "vote": vote, "back": address_of(vote, "vote_key")}
    return render(request, "voice/vote_take_back.html", shown)
