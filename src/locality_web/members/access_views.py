"""Pages about access: what members need, what each meeting must arrange of it, who gets papers in which form."""

from __future__ import annotations

from typing import cast

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from locality.foundations import ResultRefused
from locality_web.core import drafts
from locality_web.core.models import Person
from locality_web.core.pages import page_at_both
from locality_web.core.permissions import Place
from locality_web.members import access_changes as changes
from locality_web.members import access_pages as pages
from locality_web.members.access_forms import ArrangeForm, NeedOfForm
from locality_web.members.access_models import AccessNeed
from locality_web.members.access_queries import members_of
from locality_web.members.meeting_models import Meeting
from locality_web.members.places import address_at
from locality_web.members.register_place import record_reading


@page_at_both("members.meet")
def access(request: HttpRequest, place: Place) -> HttpResponse:
    """What the members of a group need to take part, and what its meetings to come must arrange."""
    note_reading(request, place)
    return render(request, "members/access.html", {**pages.access_page(place), "place": place})


@page_at_both("members.keep_register", methods=("GET", "POST"))
def access_need(request: HttpRequest, place: Place) -> HttpResponse:
    """Note what somebody needs, for them."""
    members = members_of(place.partnership, place.locality)
    form = NeedOfForm(members, drafts.form_data(request))
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            changes.say_need(person_of(request), place, said["member"], said["kind"], detail=said["detail"])
        except ResultRefused as refused:
            form.add_faults(refused)
        else:
            drafts.clear(request)
            messages.success(request, "It is noted. Every meeting to which they are invited arranges it.")
            return redirect(address_at(place, "access"))
    return render(request, "members/access_need.html", {"form": form})


@page_at_both("members.keep_register", methods=("POST",))
def access_need_end(request: HttpRequest, place: Place, need: int) -> HttpResponse:
    """Take away what somebody does not need any more."""
    those = AccessNeed.objects.filter(ended_on__isnull=True, member__in=members_of(place.partnership, place.locality))
    kept = get_object_or_404(those.select_related("member"), pk=need)
    changes.end_need(person_of(request), place, kept)
    messages.success(request, "It is taken away.")
    return redirect(address_at(place, "access"))


@page_at_both("members.meet")
def access_meeting(request: HttpRequest, place: Place, meeting: int) -> HttpResponse:
    """What one meeting must arrange, need by need."""
    note_reading(request, place)
    return render(request, "members/access_meeting.html", pages.meeting_page(_meeting(place, meeting)))


@page_at_both("members.meet", methods=("GET", "POST"))
def access_arrange(request: HttpRequest, place: Place, meeting: int, need: int) -> HttpResponse:
    """Say whether one need is arranged for a meeting, and how."""
    found = _meeting(place, meeting)
    at = next((each for each in pages.meeting_page(found)["needs"] if each.need.pk == need), None)
    if at is None:
        get_object_or_404(AccessNeed.objects.none(), pk=need)
    assert at is not None
    before = {"state": at.state, "says": at.arrangement.says} if at.arrangement else None
    form = ArrangeForm(drafts.form_data(request), initial=before)
    if request.method == "POST" and form.is_valid():
        try:
            changes.mark_arranged(person_of(request), found, at.need, **form.cleaned_data)
        except ResultRefused as refused:
            form.add_faults(refused)
        else:
            drafts.clear(request)
            messages.success(request, "It is noted.")
            return redirect(address_at(place, "access_meeting", found.pk))
    note_reading(request, place)
    return render(request, "members/access_arrange.html", {"form": form, "meeting": found, "at": at})


@page_at_both("members.meet")
def access_papers(request: HttpRequest, place: Place, meeting: int) -> HttpResponse:
    """Who gets the papers of a meeting in which form: a list to print."""
    note_reading(request, place)
    return render(request, "members/access_papers.html", pages.papers_page(_meeting(place, meeting)))


def note_reading(request: HttpRequest, place: Place, what: str = "what members need to take part") -> None:
    """Record that somebody read what people need, or how they are reached."""
    with transaction.atomic():
        record_reading(person_of(request), place, what)


def _meeting(place: Place, meeting: int) -> Meeting:
    here = Meeting.objects.filter(partnership=place.partnership, locality=place.locality)
    return get_object_or_404(here.select_related("partnership", "locality"), pk=meeting)


def person_of(request: HttpRequest) -> Person:
    """Give the person of a page that only people who are signed in can open."""
    return cast(Person, request.user)
