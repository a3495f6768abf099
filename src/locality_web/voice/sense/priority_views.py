"""The pages of priorities: what everybody reads, where members rank, and where the method is chosen and counted by."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, cast

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from locality.foundations import InputRefused, ResultRefused
from locality_web.core import drafts
from locality_web.core.forms import FaultForm
from locality_web.core.languages import GAELIC
from locality_web.core.models import Person
from locality_web.core.pages import PUBLIC, page
from locality_web.core.permissions import Place, may
from locality_web.members.models import Member
from locality_web.voice.sense import priority_changes as changes
from locality_web.voice.sense import priority_pages as pages
from locality_web.voice.sense.models import Prioritising
from locality_web.voice.sense.priority_forms import CallOffForm, DiscussionForm, MethodForm, RankForm, RecordRankForm
from locality_web.voice.sense.priority_queries import choice_at, group_of, method_of, own_ballot, themes_open
from locality_web.voice.sense.theme_views import headings_of

_POST = ("GET", "POST")


@page(PUBLIC, at="locality", languages=(GAELIC.code,))
def priorities(request: HttpRequest, place: Place) -> HttpResponse:
    """How a locality's priorities come about: methods, results with every step, and those of its agreed plans."""
    return render(request, "voice/sense_priorities.html", pages.priorities_page(place, request.user))


@page(PUBLIC, at="locality", languages=(GAELIC.code,))
def one(request: HttpRequest, place: Place, choice: int) -> HttpResponse:
    """One choice of priorities: its method with the hash, and the result with every step in words."""
    found = choice_at(place, choice)
    if found.state == Prioritising.State.DRAFT and not may(request.user, changes.CHOOSE, place):
        raise Http404(f"There is no choice of priorities {choice} of {place.name} to read here.")
    context = {"shown": pages.show(place, found, request.user), "back": pages.address_at(place, "priorities")}
    return render(request, "voice/sense_priorities_one.html", context)


@page(changes.CHOOSE, at="locality", methods=_POST)
def new(request: HttpRequest, place: Place) -> HttpResponse:
    """Choose which themes are put in order, and by which method."""
    themes = themes_open(place)
    form = MethodForm(headings_of(place.partnership), themes, drafts.form_data(request))
    if request.method == "POST" and form.is_valid():
        try:
            made = changes.choose_method(_person(request), place, form.wanted())
        except (InputRefused, ResultRefused) as refused:
            form.add_faults(refused)
        else:
            return _done(request, place, made, "The method is chosen. Freeze it, then people can rank.")
    back = pages.address_at(place, "priorities")
    return _show(request, form, title="Choose what comes first", button="Keep the method", back=back)


@page(changes.CHOOSE, at="locality", methods=_POST)
def freeze(request: HttpRequest, place: Place, choice: int) -> HttpResponse:
    """Freeze the method by its hash, and draw the lot for ties."""
    found = choice_at(place, choice)
    says = "From now on the method, the themes and the order for ties stand still. The hash proves it."

    def act(form: FaultForm) -> None:
        changes.freeze(_person(request), place, found)

    return _act(request, place, found, FaultForm, act, title="Freeze the method", says=says)


@page(changes.RANK, at="locality", methods=_POST)
def rank(request: HttpRequest, place: Place, choice: int) -> HttpResponse:
    """Put the themes in order, or give each a score."""
    found = choice_at(place, choice)
    own = own_ballot(found, _person(request))
    method = method_of(found)
    form = RankForm(method, drafts.form_data(request), says=own.says if own else ())
    if request.method == "POST" and form.is_valid():
        try:
            changes.rank(_person(request), place, found, form.says())
        except (InputRefused, ResultRefused) as refused:
            form.add_faults(refused)
        else:
            return _done(request, place, found, "Your order is kept. You can change it until it is counted.")
    scored = method.kind == "score"
    says = (
        f"{'' if scored else 'Two themes can share a place. '}Nobody sees it; the result is given when all is counted."
    )
    back = pages.address_at(place, "priorities_one", found.pk)
    title = "Give each theme a score" if scored else "Put the themes in order"
    return _show(request, form, title=title, button="Keep my order", back=back, says=says)


@page(changes.RECORD, at="locality", methods=_POST)
def record(request: HttpRequest, place: Place, choice: int) -> HttpResponse:
    """Record the ballot of a member who gave it on paper, by telephone or at a meeting."""
    found = choice_at(place, choice)
    form = RecordRankForm(method_of(found), group_of(found), drafts.form_data(request))
    if request.method == "POST" and form.is_valid():
        member = Member.objects.get(pk=form.cleaned_data["member"])
        try:
            changes.record_ballot(
                _person(request), place, found, member, channel=form.cleaned_data["channel"], says=form.says()
            )
        except (InputRefused, ResultRefused) as refused:
            form.add_faults(refused)
        else:
            return _done(request, place, found, "The ballot is recorded. It counts like every other.")
    back = pages.address_at(place, "priorities_one", found.pk)
    return _show(request, form, title="Record the ballot of a member", button="Record it", back=back)


@page(changes.CHOOSE, at="locality", methods=_POST)
def count(request: HttpRequest, place: Place, choice: int) -> HttpResponse:
    """Count by the method that was frozen, and publish the order with every step."""
    found = choice_at(place, choice)

    def act(form: FaultForm) -> None:
        changes.count(_person(request), place, found)

    says = "After this nobody can rank any more, and everybody can read the result."
    return _act(request, place, found, FaultForm, act, title="Count", says=says)


@page(changes.CHOOSE, at="locality", methods=_POST)
def discussion(request: HttpRequest, place: Place, choice: int) -> HttpResponse:
    """Record the order that the group agreed by talking."""
    found = choice_at(place, choice)
    form = DiscussionForm(method_of(found), drafts.form_data(request))
    if request.method == "POST" and form.is_valid():
        try:
            changes.record_talk(_person(request), place, found, form.discussion())
        except (InputRefused, ResultRefused) as refused:
            form.add_faults(refused)
        else:
            return _done(request, place, found, "The order is recorded. Everybody can read it.")
    back = pages.address_at(place, "priorities_one", found.pk)
    return _show(request, form, title="Record the discussion", button="Record it", back=back)


@page(changes.CHOOSE, at="locality", methods=_POST)
def call_off(request: HttpRequest, place: Place, choice: int) -> HttpResponse:
    """Call a choice of priorities off, with the reason."""
    found = choice_at(place, choice)

    def act(form: FaultForm) -> None:
        changes.call_off(_person(request), place, found, **form.cleaned_data)

    return _act(request, place, found, CallOffForm, act, title="Call it off", says="It stays readable with the reason.")


def _act(
    request: HttpRequest,
    place: Place,
    found: Prioritising,
    kind: type[FaultForm],
    act: Callable[[FaultForm], None],
    **shown: str,
) -> HttpResponse:
    form = kind(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            act(form)
        except (InputRefused, ResultRefused) as refused:
            form.add_faults(refused)
        else:
            return _done(request, place, found, "Done.")
    back = pages.address_at(place, "priorities_one", found.pk)
    return _show(request, form, button=shown["title"], back=back, **shown)


def _show(request: HttpRequest, form: FaultForm, **shown: Any) -> HttpResponse:
    return render(request, "voice/sense_priorities_form.html", {"form": form, **shown})


def _done(request: HttpRequest, place: Place, found: Prioritising, says: str) -> HttpResponse:
    drafts.clear(request)
    messages.success(request, says)
    return redirect(pages.address_at(place, "priorities_one", found.pk))


def _person(request: HttpRequest) -> Person:
    return cast(Person, request.user)
