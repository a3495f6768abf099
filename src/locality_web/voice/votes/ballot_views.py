"""A resident's pages: choose, check, cast, and look at one's ballot later; without an account, a script or a session.

The code is only ever posted. Nothing of these pages is kept by browsers or by anything on the way.
"""

from __future__ import annotations

from allauth.core import ratelimit
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from locality.foundations import ResultRefused
from locality_web.core.languages import GAELIC
from locality_web.core.pages import PUBLIC
from locality_web.core.sign_in_limits import too_many
from locality_web.voice.votes.ballot_forms import CODE, BallotForm, VotingCodeForm
from locality_web.voice.votes.casting import BallotRefused, Refusal, ballot_of, cast, try_code
from locality_web.voice.votes.models import Ballot, CountedVote, Vote
from locality_web.voice.votes.places import BOTH, vote_page
from locality_web.voice.votes.result_pages import share_shown
from locality_web.voice.votes.vote_pages import chosen_of, takes_ballots, ways_of
from locality_web.voice.votes.vote_words import where_it_stands

_WRONG = "voting_code_wrong"


@vote_page(PUBLIC, methods=BOTH, languages=(GAELIC.code,))
def ballot(request: HttpRequest, vote: Vote) -> HttpResponse:
    """Vote with the code of a letter: choose projects, check the choice, cast it."""
    if not takes_ballots(vote) and request.method == "GET":
        return _show(request, vote, "closed", stands=where_it_stands(vote, False))
    if request.method == "POST" and _tried_too_often(request):
        return too_many(request)
    form = BallotForm(vote, request.POST if request.method == "POST" else None)
    step = request.POST.get("step", "")
    if not form.is_valid() or step == "change":
        return _show(request, vote, "choose", form=form if step != "change" else _again(vote, request))
    code, choices = form.cleaned_data[CODE], form.cleaned_data["choices"]
    try:
        if step == "cast":
            cast(vote, code, choices)
            return _show(request, vote, "cast", chosen=chosen_of(vote, choices))
        try_code(vote, code, choices)
    except ResultRefused as refused:
        _count_wrong(request, refused)
        form.add_error(_field_of(refused), str(refused))
        return _show(request, vote, "choose", form=form)
    return _show(request, vote, "check", chosen=chosen_of(vote, choices), code=code, choices=choices)


@vote_page(PUBLIC, methods=BOTH, languages=(GAELIC.code,))
def check_ballot(request: HttpRequest, vote: Vote) -> HttpResponse:
    """Look at the ballot that was cast with a code."""
    if request.method == "POST" and _tried_too_often(request):
        return too_many(request)
    form = VotingCodeForm(request.POST if request.method == "POST" else None)
    shown: dict[str, object] = {"form": form}
    if form.is_valid():
        try:
            found = ballot_of(vote, form.cleaned_data[CODE])
        except ResultRefused as refused:
            _count_wrong(request, refused)
            form.add_error(CODE, str(refused))
        else:
            shown = {"looked": True, "found": found, **(_of_ballot(vote, found) if found else {})}
    return _private(render(request, "voice/vote_check.html", {"vote": vote, **ways_of(vote), **shown}))


def _of_ballot(vote: Vote, found: Ballot) -> dict[str, object]:
    """What stands on a ballot, and once the result is published what became of its share."""
    counted = CountedVote.objects.filter(vote=vote).first() if vote.state == Vote.State.PUBLISHED else None
    share = share_shown(vote, counted, found) if counted else None
    return {"chosen": chosen_of(vote, found.choices), "share": share}


def _again(vote: Vote, request: HttpRequest) -> BallotForm:
    """Give the form with what was chosen, and without faults: nothing was wrong with it."""
    form = BallotForm(vote)
    form.initial = {CODE: request.POST.get(CODE, ""), "choices": request.POST.getlist("choices")}
    return form


def _field_of(refused: ResultRefused) -> str:
    return "choices" if "project" in str(refused).lower() and not isinstance(refused, BallotRefused) else CODE


def _tried_too_often(request: HttpRequest) -> bool:
    """Look whether wrong codes came from this network too often; a right code leaves no trace here."""
    return not ratelimit.consume(request, action=_WRONG, dry_run=True)


def _count_wrong(request: HttpRequest, refused: ResultRefused) -> None:
    if isinstance(refused, BallotRefused) and refused.why is Refusal.UNKNOWN:
        ratelimit.consume(request, action=_WRONG)


def _show(request: HttpRequest, vote: Vote, step: str, **more: object) -> HttpResponse:
    shown = {"vote": vote, "step": step, "field": CODE, **ways_of(vote), **more}
    return _private(render(request, "voice/vote_ballot.html", shown))


def _private(said: HttpResponse) -> HttpResponse:
    said.headers["Cache-Control"] = "private, no-store"
    said.headers["Referrer-Policy"] = "same-origin"
    return said
