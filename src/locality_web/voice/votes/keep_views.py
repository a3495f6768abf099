"""Pages of those who run a vote: prepare it, take in the roll, make codes, and take its steps."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone

from locality.foundations import InputRefused, ResultRefused
from locality_web.core import drafts
from locality_web.core.models import Person
from locality_web.core.pages import Declared, page
from locality_web.core.permissions import Place, require
from locality_web.core.words import count_of
from locality_web.voice.models import Conversation
from locality_web.voice.votes import opening, project_changes, vote_changes
from locality_web.voice.votes.models import Project, Vote
from locality_web.voice.votes.places import BOTH, RUNS, address_of, person_of, vote_page
from locality_web.voice.votes.roll_changes import take_in_roll
from locality_web.voice.votes.roll_file import COLUMNS, read_roll
from locality_web.voice.votes.vote_forms import ProjectForm, RollForm, RulesForm, VoteForm, WhyVoteForm
from locality_web.voice.votes.vote_pages import prepare_page, ways_of

_REFUSED = (InputRefused, ResultRefused)
_STEPS: dict[str, tuple[Callable[[Person, Vote], object], str]] = {
    "lot": (opening.draw_lot, "The lot is drawn. The audit record keeps it."),
    "open": (opening.open_vote, "The vote is open. From now on nothing of it changes."),
    "close": (opening.close_vote, "The vote is closed. It is being counted; look again in a minute."),
    "publish": (opening.publish_vote, "The result is published."),
    "erase": (opening.erase_roll, "The roll is erased."),
}


@page("core.sign_in", methods=BOTH)
def new_vote(request: HttpRequest, place: Place, slug: str) -> HttpResponse:
    """Begin a vote of a conversation."""
    conversation = get_object_or_404(
        Conversation.objects.select_related("held_by"), partnership=place.partnership, slug=slug
    )
    conversation.partnership = place.partnership
    require(request.user, RUNS, Place(place.partnership, conversation.held_by))
    begins = {"opens_on": timezone.localdate(), "closes_on": conversation.closes_on}
    form = VoteForm(place.partnership, drafts.form_data(request), initial=begins)
    if request.method == "POST" and form.is_valid():
        try:
            made = vote_changes.make_vote(person_of(request), conversation, form.said())
        except _REFUSED as refused:
            form.add_faults(refused)
        else:
            drafts.clear(request)
            return redirect(address_of(made, "vote_prepare"))
    shown = {"form": form, "conversation": conversation, "back": reverse("voice:votes", args=[place.partnership.slug])}
    return render(request, "voice/vote_edit.html", shown)


new_vote.declared = Declared(RUNS, "partnership", BOTH)  # type: ignore[attr-defined]  # asked where it is held


@vote_page(RUNS)
def prepare(request: HttpRequest, vote: Vote) -> HttpResponse:
    """Prepare and run a vote: its projects, rules, roll and codes, and its next step."""
    said = render(request, "voice/vote_prepare.html", {**prepare_page(vote), **ways_of(vote)})
    said.headers["Cache-Control"] = "no-store"
    return said


@vote_page(RUNS, methods=BOTH)
def edit(request: HttpRequest, vote: Vote) -> HttpResponse:
    """Write anew what a vote is about."""
    fields = ("title", "says", "sum_pence", "source", "who_may", "opens_on", "closes_on")
    initial = {name: getattr(vote, name) for name in fields}
    form = VoteForm(vote.conversation.partnership, drafts.form_data(request), initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            vote_changes.change_vote(person_of(request), vote, form.said())
        except _REFUSED as refused:
            form.add_faults(refused)
        else:
            return _back(request, vote, "The vote is changed.")
    shown = {"form": form, "vote": vote, "back": address_of(vote, "vote_prepare")}
    return render(request, "voice/vote_edit.html", shown)


@vote_page(RUNS, methods=BOTH)
def rules(request: HttpRequest, vote: Vote) -> HttpResponse:
    """Choose how a vote is decided."""
    form = RulesForm(vote, drafts.form_data(request))
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            vote_changes.choose_rules(
                person_of(request),
                vote,
                form.chosen(),
                shares=said["shares"],
                most_choices=said["most_choices"],
                preview=said["preview"],
            )
        except _REFUSED as refused:
            form.add_faults(refused)
        else:
            return _back(request, vote, "The rules are chosen.")
    return render(request, "voice/vote_rules.html", {"form": form, "vote": vote})


@vote_page(RUNS, methods=BOTH)
def add_project(request: HttpRequest, vote: Vote) -> HttpResponse:
    """Add a project to a vote."""
    form = ProjectForm(vote, drafts.form_data(request))
    if request.method == "POST" and form.is_valid():
        try:
            project_changes.add_project(person_of(request), vote, form.said())
        except _REFUSED as refused:
            form.add_faults(refused)
        else:
            return _back(request, vote, "The project is added.")
    return render(request, "voice/vote_project.html", {"form": form, "vote": vote})


@vote_page(RUNS, methods=BOTH)
def project(request: HttpRequest, vote: Vote, project: int) -> HttpResponse:
    """Change a project of a vote, or take it out."""
    found = get_object_or_404(Project, vote=vote, pk=project)
    found.vote = vote
    removes = request.POST.get("step") == "remove"
    form = ProjectForm(vote, None if removes else drafts.form_data(request), project=found)
    try:
        if removes:
            project_changes.remove_project(person_of(request), found)
            return _back(request, vote, "The project is taken out.")
        if request.method == "POST" and form.is_valid():
            project_changes.change_project(person_of(request), found, form.said())
            return _back(request, vote, "The project is changed.")
    except _REFUSED as refused:
        if removes:
            messages.error(request, str(refused))
            return redirect(address_of(vote, "vote_prepare"))
        form.add_faults(refused)
    return render(request, "voice/vote_project.html", {"form": form, "vote": vote, "project": found})


@vote_page(RUNS, methods=BOTH)
def roll(request: HttpRequest, vote: Vote) -> HttpResponse:
    """Take in the roll of those who have a vote."""
    sends = request.method == "POST"
    form = RollForm(request.POST if sends else None, request.FILES if sends else None)
    if sends and form.is_valid():
        sent = form.cleaned_data["roll"]
        try:
            rows = read_roll(sent.read(), sent.name, opening.places_of(vote))
            taken = take_in_roll(person_of(request), vote, rows)
        except _REFUSED as refused:
            form.add_faults(refused)
        else:
            return _back(request, vote, f"{count_of(taken, 'person', 'people')} have a vote.")
    return render(request, "voice/vote_roll.html", {"form": form, "vote": vote, "columns": COLUMNS})


@vote_page(RUNS, methods=("POST",))
def step(request: HttpRequest, vote: Vote, step: str) -> HttpResponse:
    """Draw the lot, open, close or publish a vote, or erase its roll."""
    if step not in _STEPS:
        raise Http404("There is no such step.")
    take, says = _STEPS[step]
    try:
        take(person_of(request), vote)
    except InputRefused as refused:
        for fault in refused.faults:
            messages.error(request, f"{fault.what}. {fault.do}")
    except ResultRefused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, says)
    return redirect(address_of(vote, "vote_prepare"))


@vote_page(RUNS, methods=BOTH)
def call_off(request: HttpRequest, vote: Vote) -> HttpResponse:
    """Call a vote off, with the reason that everybody reads."""
    form = WhyVoteForm(drafts.form_data(request))
    if request.method == "POST" and form.is_valid():
        try:
            vote_changes.call_off(person_of(request), vote, form.cleaned_data["why"])
        except ResultRefused as refused:
            form.add_faults(refused)
        else:
            return _back(request, vote, "The vote is called off.")
    return render(request, "voice/vote_call_off.html", {"form": form, "vote": vote})


def _back(request: HttpRequest, vote: Vote, says: str) -> HttpResponse:
    drafts.clear(request)
    messages.success(request, says)
    return redirect(address_of(vote, "vote_prepare"))
