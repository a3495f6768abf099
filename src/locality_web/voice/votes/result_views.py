"""Public pages of a result: explained, as plain data, and as the file from which anybody can count again."""

from __future__ import annotations

import json
from collections.abc import Callable

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from locality.foundations import ResultRefused
from locality.voice.choice import inputs_text, write_pabulib
from locality_web.core.languages import GAELIC
from locality_web.core.pages import PUBLIC
from locality_web.core.permissions import may
from locality_web.voice.votes.again_file import write_folder
from locality_web.voice.votes.counting import outcome_of, published_election, published_result
from locality_web.voice.votes.models import CountedVote, Vote
from locality_web.voice.votes.places import RUNS, place_of, vote_page
from locality_web.voice.votes.result_pages import result_page
from locality_web.voice.votes.vote_pages import takes_ballots, ways_of
from locality_web.voice.votes.vote_words import where_it_stands


def result_for(request: HttpRequest, vote: Vote) -> CountedVote | None:
    """Give the result to whoever may see it: everybody once it is published, those who run the vote once counted."""
    if vote.state == Vote.State.PUBLISHED or (
        vote.state == Vote.State.COUNTED and may(request.user, RUNS, place_of(vote))
    ):
        return CountedVote.objects.filter(vote=vote).defer("result").first()
    return None


@vote_page(PUBLIC, languages=(GAELIC.code,))
def result(request: HttpRequest, vote: Vote) -> HttpResponse:
    """The result of a vote: what wins and what does not, and why, for each project."""
    found = result_for(request, vote)
    shown = {"vote": vote, "stands": where_it_stands(vote, takes_ballots(vote)), **ways_of(vote)}
    if found is None:
        return render(request, "voice/vote_no_result.html", shown)
    return render(request, "voice/vote_result.html", result_page(vote, found))


@vote_page(PUBLIC)
def result_file(request: HttpRequest, vote: Vote, kind: str) -> HttpResponse:
    """The result as plain data, or all ballots with the rules as the file that counts again."""
    found = result_for(request, vote)
    if found is None or kind not in _FILES:
        raise Http404("There is no such file of a result.")
    try:
        content, as_type = _FILES[kind](vote, found)
    except ResultRefused as refused:
        raise Http404(str(refused)) from refused
    said = HttpResponse(content, content_type=as_type)
    ending = "inputs.json" if kind == "inputs" else kind
    said["Content-Disposition"] = f'attachment; filename="vote-{vote.pk}.{ending}"'
    return said


def _json(vote: Vote, found: CountedVote) -> tuple[bytes, str]:
    said = {
        "vote": vote.title,
        "partnership": vote.conversation.partnership.slug,
        "sum_pence": vote.sum_pence,
        "rules_sha256": vote.rules_sha256,
        "inputs_sha256": found.inputs_sha256,
        "result": published_result(vote, found),
    }
    text = json.dumps(said, ensure_ascii=False, indent=1, sort_keys=True) + "\n"
    return text.encode(), "application/json; charset=utf-8"


def _pabulib(vote: Vote, found: CountedVote) -> tuple[bytes, str]:
    _, election = published_election(vote)
    meta = {
        "country": "United Kingdom",
        "unit": vote.conversation.partnership.name,
        "date_begin": f"{vote.opens_on:%d.%m.%Y}",
        "date_end": f"{vote.closes_on:%d.%m.%Y}",
        "rules_sha256": vote.rules_sha256,
        "inputs_sha256": found.inputs_sha256,
    }
    return write_pabulib(election, outcome_of(vote, found), meta=meta).encode(), "text/plain; charset=utf-8"


def _inputs(vote: Vote, found: CountedVote) -> tuple[bytes, str]:
    rules, election = published_election(vote)
    return inputs_text(rules, election).encode(), "application/json; charset=utf-8"


def _again(vote: Vote, found: CountedVote) -> tuple[bytes, str]:
    rules, election = published_election(vote)
    return write_folder(rules, election, f"vote-{vote.pk}"), "application/zip"


_FILES: dict[str, Callable[[Vote, CountedVote], tuple[bytes, str]]] = {
    "json": _json,
    "pb": _pabulib,
    "inputs": _inputs,
    "zip": _again,
}
