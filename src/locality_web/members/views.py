"""The pages of this room."""

from __future__ import annotations

from collections.abc import Callable
from typing import cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from locality.foundations import InputRefused, ResultRefused
from locality_web.core import drafts
from locality_web.core.models import Person
from locality_web.core.pages import PUBLIC, page
from locality_web.core.partnership_settings import read_setting
from locality_web.core.permissions import Place
from locality_web.core.words import count_of
from locality_web.members import briefing_giving, changes, pages
from locality_web.members.forms import AppointForm, TermForm, WithdrawForm
from locality_web.members.models import LeadTerm


@page("members.appoint_lead", at="locality")
def lead(request: HttpRequest, place: Place) -> HttpResponse:
    """The leads and deputies of a locality, now, before and to come."""
    return render(request, "members/lead.html", pages.lead_page(place))


@page("members.appoint_lead", at="locality", methods=("GET", "POST"))
def appoint(request: HttpRequest, place: Place) -> HttpResponse:
    """Appoint a lead or a deputy."""
    years = read_setting(place.partnership, "members.lead_term_years")
    form = AppointForm(place.partnership, drafts.form_data(request), usual_years=years)
    if request.method == "POST" and form.is_valid():
        try:
            term = changes.appoint(_person(request), place, form.appointment())
        except InputRefused as refused:
            form.add_faults(refused)
        else:
            return _done(request, place, f"{term.name} is appointed.")
    return render(request, "members/appoint.html", {"form": form})


@page("members.appoint_lead", at="locality", methods=("GET", "POST"))
def extend(request: HttpRequest, place: Place, term: int) -> HttpResponse:
    """Let a term last longer."""
    return _change_term(request, place, _term(place, term), changes.extend)


@page("members.appoint_lead", at="locality", methods=("GET", "POST"))
def end(request: HttpRequest, place: Place, term: int) -> HttpResponse:
    """End a term early, or take back one that has not begun."""
    found = _term(place, term)
    if found.starts > timezone.localdate():
        return _withdraw(request, place, found)
    return _change_term(request, place, found, changes.end)


def _term(place: Place, term: int) -> LeadTerm:
    return get_object_or_404(LeadTerm.objects.select_related("role_held", "locality"), pk=term, locality=place.locality)


def _change_term(request: HttpRequest, place: Place, term: LeadTerm, change: Callable[..., None]) -> HttpResponse:
    form = TermForm(drafts.form_data(request))
    if request.method == "POST" and form.is_valid():
        try:
            change(_person(request), place, term, **form.cleaned_data)
        except InputRefused as refused:
            form.add_faults(refused)
        else:
            return _done(request, place, f"The term of {term.name} ends on {pages.say_day(term.ends)}.")
    return render(request, f"members/{change.__name__}.html", {"form": form, "term": term})


def _withdraw(request: HttpRequest, place: Place, term: LeadTerm) -> HttpResponse:
    form = WithdrawForm(request.POST if request.method == "POST" else None)
    if request.method == "POST":
        changes.withdraw(_person(request), place, term)
        return _done(request, place, f"The appointment of {term.name} is withdrawn.")
    return render(request, "members/withdraw.html", {"form": form, "term": term})


def _done(request: HttpRequest, place: Place, says: str) -> HttpResponse:
    assert place.locality is not None
    drafts.clear(request)
    messages.success(request, says)
    return redirect("members:lead", place.partnership.slug, place.locality.slug)


@page(PUBLIC, at="locality")
def briefing(request: HttpRequest, place: Place) -> HttpResponse:
    """What a locality is, does, must do and has, on one page."""
    return render(request, "members/briefing.html", _briefing(request, place))


@page(briefing_giving.PERMISSION, at="locality", methods=("GET", "POST"))
def briefing_give(request: HttpRequest, place: Place) -> HttpResponse:
    """Give the briefing to those of the group who have not had it."""
    if request.method == "POST":
        try:
            told = briefing_giving.give_briefing(_person(request), place)
        except ResultRefused as refused:
            messages.error(request, str(refused))
        else:
            messages.success(request, f"{count_of(told, 'member gets', 'members get')} the briefing.")
        return redirect(request.path)
    return render(request, "members/briefing_give.html", {"members": briefing_giving.without_briefing(place)})


@page(PUBLIC, at="locality")
def easy_read(request: HttpRequest, place: Place) -> HttpResponse:
    """The briefing in short sentences with pictures."""
    return render(request, "members/easy_read.html", _briefing(request, place))


def _briefing(request: HttpRequest, place: Place) -> dict[str, object]:
    return {"briefing": pages.briefing_page(place), "large": request.GET.get("size") == "large"}


@page(PUBLIC, at="locality")
def briefing_text(request: HttpRequest, place: Place) -> HttpResponse:
    """The briefing as plain text, to be read out on the telephone."""
    return HttpResponse(pages.briefing_page(place).as_text(), content_type="text/plain; charset=utf-8")


def _person(request: HttpRequest) -> Person:
    """Give the person of a page that only people who are signed in can open."""
    return cast(Person, request.user)
