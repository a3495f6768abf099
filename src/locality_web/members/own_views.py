"""Pages of a member about themself: what they need, how they are told and shown, their seats, meetings and actions."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from locality.foundations import InputRefused, ResultRefused
from locality_web.core import drafts
from locality_web.core.pages import page
from locality_web.core.permissions import Place
from locality_web.members import access_changes
from locality_web.members.access_forms import NeedForm
from locality_web.members.access_pages import needs_of
from locality_web.members.access_views import person_of
from locality_web.members.kinds import groups_of
from locality_web.members.meeting_own import member_here
from locality_web.members.own_changes import Reach, change_own
from locality_web.members.own_forms import OwnForm
from locality_web.members.places import address_at
from locality_web.members.register_models import Member

_PAGE = "members:own"


@page("members.own")
def own(request: HttpRequest, place: Place) -> HttpResponse:
    """What the register holds of the person who is signed in, and what they take part in."""
    member = member_here(request.user, place)
    return render(request, "members/own.html", own_page(place, member) if member else {"member": None})


def own_page(place: Place, member: Member) -> dict[str, Any]:
    """What somebody's own page shows; a fixed number of queries."""
    names = {each.code: each.name for each in groups_of(place.partnership)}
    terms = list(member.terms.select_related("seat__locality").order_by("-starts"))
    asked = member.attendances.filter(meeting__ends__gte=timezone.now()).exclude(meeting__state="cancelled")
    meetings = [each.meeting for each in asked.select_related("meeting__locality").order_by("meeting__starts")]
    open_actions = member.actions.filter(done_on__isnull=True).select_related("meeting__locality")
    return {
        "member": member,
        "needs": needs_of([member]),
        "seats": [(term, names.get(term.seat.group, term.seat.group)) for term in terms],
        "meetings": [
            (each, address_at(Place(place.partnership, each.locality), "meeting", each.pk)) for each in meetings
        ],
        "actions": [
            (each, address_at(Place(place.partnership, each.meeting.locality), "meeting_action", each.pk))
            for each in open_actions
        ],
        "interests": list(member.interests.filter(ended_on__isnull=True)),
        "today": timezone.localdate(),
    }


@page("members.own", methods=("GET", "POST"))
def own_need(request: HttpRequest, place: Place) -> HttpResponse:
    """Say what one needs to take part."""
    member = member_here(request.user, place)
    if member is None:
        return redirect(_PAGE, place.partnership.slug)
    form = NeedForm(drafts.form_data(request))
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            access_changes.say_need(person_of(request), place, member, said["kind"], detail=said["detail"])
        except ResultRefused as refused:
            form.add_faults(refused)
        else:
            drafts.clear(request)
            messages.success(request, "It is noted. Every meeting to which you are invited arranges it.")
            return redirect(_PAGE, place.partnership.slug)
    return render(request, "members/own_need.html", {"form": form})


@page("members.own", methods=("POST",))
def own_need_end(request: HttpRequest, place: Place, need: int) -> HttpResponse:
    """Take away what one does not need any more."""
    member = member_here(request.user, place)
    if member is None:
        raise Http404("You are not on the register here.")
    kept = get_object_or_404(member.needs.filter(ended_on__isnull=True), pk=need)
    access_changes.end_need(person_of(request), place, kept)
    messages.success(request, "It is taken away.")
    return redirect(_PAGE, place.partnership.slug)


@page("members.own", methods=("GET", "POST"))
def own_details(request: HttpRequest, place: Place) -> HttpResponse:
    """Change how one is reached, told and shown."""
    member = member_here(request.user, place)
    if member is None:
        return redirect(_PAGE, place.partnership.slug)
    kept = {name: getattr(member, name) for name in OwnForm.base_fields}
    form = OwnForm(drafts.form_data(request), initial=kept)
    if request.method == "POST" and form.is_valid():
        try:
            change_own(person_of(request), place, member, Reach(**form.cleaned_data))
        except InputRefused as refused:
            form.add_faults(refused)
        else:
            drafts.clear(request)
            messages.success(request, "It is changed.")
            return redirect(_PAGE, place.partnership.slug)
    return render(request, "members/own_details.html", {"form": form, "member": member})
