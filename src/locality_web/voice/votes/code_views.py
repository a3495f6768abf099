"""Pages of voting codes: the batches, and the letters of a new one, which are shown this once, or its mails."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from locality.foundations import ResultRefused
from locality_web.core import drafts
from locality_web.core.languages import ENGLISH, LANGUAGES, Language, speaking
from locality_web.core.site_address import full_address
from locality_web.core.words import count_of
from locality_web.members.paper_sheets import code_picture, return_address
from locality_web.voice.votes import code_changes, code_mails
from locality_web.voice.votes.code_changes import Letter
from locality_web.voice.votes.frozen import projects_of
from locality_web.voice.votes.models import CodeBatch, Vote
from locality_web.voice.votes.opening import places_of
from locality_web.voice.votes.places import BOTH, RUNS, address_of, person_of, vote_page
from locality_web.voice.votes.project_notes import notes_of
from locality_web.voice.votes.rules_kept import most_choices
from locality_web.voice.votes.vote_forms import CodesForm, WhyVoteForm
from locality_web.voice.votes.vote_pages import codes_page, ways_of
from locality_web.voice.votes.vote_words import say_sum


@vote_page(RUNS, methods=BOTH)
def codes(request: HttpRequest, vote: Vote) -> HttpResponse:
    """The batches of voting codes; making one answers with its letters, which cannot be shown again."""
    form = CodesForm(places_of(vote), request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            return _made(request, vote, form)
        except ResultRefused as refused:
            form.add_faults(refused)
    shown = {"form": form, "by_mail": code_mails.waiting_for_mail(vote), "not_reached": code_mails.not_reached(vote)}
    return render(request, "voice/vote_codes.html", {**codes_page(vote), **shown})


def _made(request: HttpRequest, vote: Vote, form: CodesForm) -> HttpResponse:
    said, by = form.cleaned_data, person_of(request)
    where, language = form.places.get(said["locality"]), LANGUAGES.get(said["language"], ENGLISH)
    if said["means"] == CodeBatch.Means.EMAIL:
        return _mailed(request, vote, code_mails.make_mails(by, vote, where, language=language))
    if said["means"] == CodeBatch.Means.BEARER:
        batch, letters = code_changes.make_envelopes(by, vote, said["number"], where)
    else:
        batch, letters = code_changes.make_letters(by, vote, where)
    return _letters(request, vote, batch, letters, language)


def _mailed(request: HttpRequest, vote: Vote, gone: code_mails.MailsGone) -> HttpResponse:
    """Say how many mails went out and how many did not; never whose."""
    if gone.out:
        went = count_of(gone.out, "mail", "mails")
        messages.success(request, f"{gone.batch}: {went} went to the mail server. Their codes count.")
    if gone.refused:
        people = count_of(gone.refused, "person was", "people were")
        messages.warning(request, f"{people} not reached by e-mail: the mail server refused. They wait for a letter.")
    if gone.spoilt:
        went = count_of(gone.spoilt, "mail", "mails")
        messages.warning(
            request,
            f"{went} went out with codes that do not count: in their locality too few went out to hide anybody. These "
            "people wait for another code.",
        )
    if gone.left:
        people = count_of(gone.left, "person waits", "people wait")
        messages.warning(
            request, f"{people} still: the mail server went away, or it took too long. Make another batch."
        )
    return redirect(address_of(vote, "vote_codes"))


def _letters(
    request: HttpRequest, vote: Vote, batch: CodeBatch, letters: list[Letter], language: Language
) -> HttpResponse:
    with speaking(language.code):
        address = full_address(address_of(vote, "ballot"))
    shown = {
        **ways_of(vote),
        "vote": vote,
        "batch": batch,
        "letters": letters,
        "letter_language": language,
        "address": address,
        # The picture leads to the page on which the code is typed: a code in an address would stand in logs.
        "picture": code_picture(address),
        "projects": [
            ". ".join((f"{each.code}: {each.title}, {say_sum(each.cost_pence)}", *notes_of(each, vote)))
            for each in projects_of(vote)
        ],
        "most": most_choices(vote),
        "back_to": return_address(vote.conversation.partnership),
    }
    said = render(request, "voice/vote_letters.html", shown)
    said.headers["Cache-Control"] = "private, no-store"
    return said


@vote_page(RUNS, methods=("POST",))
def codes_out(request: HttpRequest, vote: Vote, batch: int) -> HttpResponse:
    """Say that a whole batch is out: from now on its codes count."""
    found = _batch(vote, batch)
    try:
        code_changes.mark_out(person_of(request), found)
    except ResultRefused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, f"Batch {found.number} is out. Its codes count.")
    return redirect(address_of(vote, "vote_codes"))


@vote_page(RUNS, methods=BOTH)
def codes_void(request: HttpRequest, vote: Vote, batch: int) -> HttpResponse:
    """Declare a batch void, with the reason: none of its codes ever counts."""
    found = _batch(vote, batch)
    form = WhyVoteForm(drafts.form_data(request))
    if request.method == "POST" and form.is_valid():
        try:
            code_changes.declare_void(person_of(request), found, form.cleaned_data["why"])
        except ResultRefused as refused:
            form.add_faults(refused)
        else:
            drafts.clear(request)
            messages.success(request, f"Batch {found.number} is void. Make its letters anew.")
            return redirect(address_of(vote, "vote_codes"))
    shown = {"form": form, "vote": vote, "batch": found, "back": address_of(vote, "vote_codes")}
    return render(request, "voice/vote_codes_void.html", shown)


def _batch(vote: Vote, number: int) -> CodeBatch:
    found = get_object_or_404(CodeBatch, vote=vote, pk=number)
    found.vote = vote
    return found
