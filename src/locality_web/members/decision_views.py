"""The pages of decisions of a group: the list, one decision, its steps, and the answer without an account.

Each page is there for a locality and, with the same words, for the whole partnership (`page_at_both`).
"""

from __future__ import annotations

from typing import Any, cast

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from locality.foundations import InputRefused, ResultRefused
from locality_web.core import drafts
from locality_web.core.forms import FaultForm
from locality_web.core.models import Person
from locality_web.core.pages import PUBLIC, page, page_at_both
from locality_web.core.permissions import Place, may
from locality_web.core.sign_in_limits import refuse_too_many
from locality_web.core.words import count_of, join_words
from locality_web.members import decision_changes as changes
from locality_web.members import decision_pages as pages
from locality_web.members.decision_answers import answer_for, take_decision
from locality_web.members.decision_forms import (
    AnnounceForm,
    GroupDecisionForm,
    ProfessionAnswerForm,
    TakeDecisionForm,
    WidenForm,
    WithdrawDecisionForm,
)
from locality_web.members.decision_queries import State, asked_of, decision_of
from locality_web.members.decision_tokens import find_asked, why_not
from locality_web.members.kinds import name_of_group
from locality_web.members.models import GroupDecision, ProfessionAsked
from locality_web.members.places import address_at

_GONE = 410
_KEEP, _POST = changes.PERMISSION, ("GET", "POST")


@page_at_both(PUBLIC)
def decisions(request: HttpRequest, place: Place) -> HttpResponse:
    """Decisions of a group: announced and taken, with the professions' answers."""
    context = pages.list_page(place, request.user, everything=request.GET.get("all") == "yes")
    return render(request, "members/decision_list.html", context)


@page_at_both(PUBLIC)
def decision(request: HttpRequest, place: Place, decision: int) -> HttpResponse:
    """One decision with the answers of the professions and what became of them."""
    found = decision_of(place, decision)
    if found.announced_at is None and not may(request.user, changes.PERMISSION, place):
        raise Http404(f"There is no decision {decision} of {place.name} to read here.")
    return render(request, "members/decision.html", pages.decision_page(place, request.user, found))


@page_at_both(_KEEP, methods=_POST)
def add(request: HttpRequest, place: Place) -> HttpResponse:
    """Prepare a decision."""
    form = GroupDecisionForm(place, drafts.form_data(request))
    if request.method == "POST" and form.is_valid():
        try:
            made = changes.prepare_decision(_person(request), place, form.wanted())
        except InputRefused as refused:
            form.add_faults(refused)
        else:
            return _done(request, place, made, "The decision is prepared. Announce it next.")
    return _show_form(request, place, form, title="Prepare a decision", button="Save")


@page_at_both(_KEEP, methods=_POST)
def change(request: HttpRequest, place: Place, decision: int) -> HttpResponse:
    """Change a decision; once it is announced, tell further professions or move its day."""
    found = decision_of(place, decision)
    return _widen(request, place, found) if found.state != State.PREPARED else _change(request, place, found)


def _change(request: HttpRequest, place: Place, found: GroupDecision) -> HttpResponse:
    kept = {name: getattr(found, name) for name in ("title", "says", "due_on", "professions")}
    form = GroupDecisionForm(place, drafts.form_data(request), initial=kept)
    if request.method == "POST" and form.is_valid():
        try:
            changes.change_decision(_person(request), place, found, form.wanted())
        except (InputRefused, ResultRefused) as refused:
            form.add_faults(refused)
        else:
            return _done(request, place, found, "The decision is changed.")
    return _show_form(request, place, form, title="Change a decision", button="Save", found=found)


def _widen(request: HttpRequest, place: Place, found: GroupDecision) -> HttpResponse:
    kept = {"due_on": found.due_on, "professions": found.professions, "short_notice": found.short_notice}
    form = WidenForm(place, drafts.form_data(request), initial=kept)
    if request.method == "POST" and form.is_valid():
        try:
            asking = changes.widen_decision(_person(request), place, found, **form.cleaned_data)
        except (InputRefused, ResultRefused) as refused:
            form.add_faults(refused)
        else:
            told = count_of(len(asking.asked), "more member was", "more members were")
            says = f"Saved. {told} told; their notice period begins today." if asking.asked else "Saved."
            return _done(request, place, found, f"{says}{_say_nobody(place, asking.nobody)}")
    title = "Tell further professions, or move the day"
    return _show_form(request, place, form, title=title, button="Save and tell them", found=found)


@page_at_both(_KEEP, methods=_POST)
def announce(request: HttpRequest, place: Place, decision: int) -> HttpResponse:
    """Announce a decision: tell the professions that it affects."""
    found = decision_of(place, decision)
    form = AnnounceForm(drafts.form_data(request), initial={"short_notice": found.short_notice})
    if request.method == "POST" and form.is_valid():
        try:
            asking = changes.announce_decision(_person(request), place, found, **form.cleaned_data)
        except (InputRefused, ResultRefused) as refused:
            form.add_faults(refused)
        else:
            told = count_of(len(asking.asked), "member was told.", "members were told.")
            return _done(request, place, found, f"The decision is announced. {told}{_say_nobody(place, asking.nobody)}")
    more = pages.announce_page(place, found)
    return _show_form(request, place, form, title="Announce a decision", button="Announce it", found=found, more=more)


@page_at_both(_KEEP, methods=_POST)
def withdraw(request: HttpRequest, place: Place, decision: int) -> HttpResponse:
    """Withdraw a decision that is not taken yet."""
    found = decision_of(place, decision)
    form = WithdrawDecisionForm(drafts.form_data(request))
    if request.method == "POST" and form.is_valid():
        try:
            changes.withdraw_decision(_person(request), place, found, **form.cleaned_data)
        except (InputRefused, ResultRefused) as refused:
            form.add_faults(refused)
        else:
            return _done(request, place, found, "The decision is withdrawn. Those who were asked are told.")
    return _show_form(request, place, form, title="Withdraw a decision", button="Withdraw it", found=found)


@page_at_both(_KEEP, methods=_POST)
def take(request: HttpRequest, place: Place, decision: int) -> HttpResponse:
    """Record what was decided, and what became of each answer."""
    found = decision_of(place, decision)
    form = TakeDecisionForm(found, asked_of(found), drafts.form_data(request))
    if request.method == "POST" and form.is_valid():
        try:
            taken = take_decision(_person(request), place, found, form.outcome_given())
        except (InputRefused, ResultRefused) as refused:
            form.add_faults(refused)
            form.read_anew()
        else:
            return _done(
                request, place, taken, "The decision is recorded. Those who answered are told what became of it."
            )
    return _show_form(request, place, form, title="Record what was decided", button="Record it", found=found)


def _show_form(
    request: HttpRequest, place: Place, form: FaultForm, *, found: GroupDecision | None = None, **shown: Any
) -> HttpResponse:
    name, rest = ("decision", [found.pk]) if found else ("decisions", [])
    more = shown.pop("more", {})
    context = {**shown, **more, "form": form, "decision": found, "back": address_at(place, name, *rest)}
    return render(request, "members/decision_form.html", context)


def _say_nobody(place: Place, codes: tuple[str, ...]) -> str:
    names = join_words(name_of_group(place.partnership, code) for code in codes)
    return f" Nobody could be told for: {names}. Name a feed-in route for them on the register." if codes else ""


def _done(request: HttpRequest, place: Place, found: GroupDecision, says: str) -> HttpResponse:
    drafts.clear(request)
    messages.success(request, says)
    return redirect(address_at(place, "decision", found.pk))


@page(PUBLIC, methods=("GET", "POST"))
def answer(request: HttpRequest, place: Place, token: str) -> HttpResponse:
    """Answer a decision for a profession without an account, and read later what became of the answer."""
    if too_many := refuse_too_many(request, "answer_by_link"):
        return too_many
    asked = find_asked(place.partnership, token)
    if reason := why_not(asked):
        context = {"title": "This link opens nothing", "says": reason}
        return private(render(request, "core/refusal.html", context, status=_GONE))
    assert asked is not None, "why_not refuses what does not exist"
    if asked.decision.state == State.ANNOUNCED:
        return private(_answer(request, place, asked))
    return private(_show_answer(request, asked, None))


def _answer(request: HttpRequest, place: Place, asked: ProfessionAsked) -> HttpResponse:
    posted = request.POST if request.method == "POST" else None
    form = ProfessionAnswerForm(posted, initial={"answer": asked.answer})
    if form.is_valid():
        try:
            answer_for(asked, form.cleaned_data["answer"])
        except (InputRefused, ResultRefused) as refused:
            form.add_faults(refused)
        else:
            messages.success(
                request, "Your answer is kept. Thank you. You can change it here until the decision is taken."
            )
            return redirect(request.path)
    return _show_answer(request, asked, form)


def _show_answer(request: HttpRequest, asked: ProfessionAsked, form: FaultForm | None) -> HttpResponse:
    found = asked.decision
    context = {
        "asked": asked,
        "decision": found,
        "group": name_of_group(found.partnership, asked.group),
        "where": found.locality or found.partnership,
        "who": pages.who_is_shown(asked.member),
        "form": form,
    }
    return render(request, "members/answer.html", context)


def private(said: HttpResponse) -> HttpResponse:
    """Keep a page whose address is a secret out of other sites' records and out of every store on the way.

    With "no-referrer" browsers hide where a form comes from even from this site, which then refuses it.
    """
    said.headers["Referrer-Policy"] = "same-origin"
    said.headers["Cache-Control"] = "private, no-store"
    return said


def _person(request: HttpRequest) -> Person:
    return cast(Person, request.user)
