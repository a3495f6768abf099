"""The pages of meetings: the list, one meeting, planning, changing, cancelling, inviting."""

from __future__ import annotations

import hashlib
from typing import Any, cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from locality.foundations import InputRefused, ResultRefused
from locality.members import rule_of, say_rule
from locality_web.core import drafts
from locality_web.core.models import Person
from locality_web.core.pages import PUBLIC, page_at_both
from locality_web.core.permissions import Place
from locality_web.core.words import count_of
from locality_web.members import meeting_changes as changes
from locality_web.members.meeting_changes import details_of, new_dates
from locality_web.members.meeting_forms import CancelMeetingForm, ChangeMeetingForm, NewMeetingForm
from locality_web.members.meeting_models import Meeting
from locality_web.members.meeting_pages import list_page, meeting_page, open_meeting
from locality_web.members.meeting_queries import find_meeting, usual_quorum
from locality_web.members.meeting_words import invitation_text
from locality_web.members.places import address_at


@page_at_both(PUBLIC)
def meetings(request: HttpRequest, place: Place) -> HttpResponse:
    """Meetings to come and past, with their minutes, and calendars to subscribe to."""
    return render(request, "members/meetings.html", list_page(place, request.user))


@page_at_both(PUBLIC)
def meeting(request: HttpRequest, place: Place, meeting: int) -> HttpResponse:
    """One meeting: when and where, agenda, papers, who was there, minutes."""
    found = open_meeting(request, place, meeting)
    return render(request, "members/meeting.html", meeting_page(place, found, request.user))


@page_at_both("members.meet", methods=("GET", "POST"))
def meeting_new(request: HttpRequest, place: Place) -> HttpResponse:
    """Plan one meeting or a series; its dates are listed before they are saved."""
    form = NewMeetingForm(place, drafts.form_data(request), initial=_usual(place))
    shown: dict[str, Any] = {"form": form}
    if request.method == "POST" and form.is_valid():
        try:
            dates = changes.dates_of(form.details(), form.repeat())
            if _has_seen(request, shown, dates):
                made = changes.plan_meetings(person_of(request), place, form.details(), form.repeat())
                return done(request, place, made[0], f"{count_of(len(made), 'meeting')} planned.")
        except InputRefused as refused:
            form.add_faults(refused)
        else:
            repeat = form.repeat()
            shown["rule"] = say_rule(rule_of(repeat.pattern, form.details().day)) if repeat else ""
    return render(request, "members/meeting_new.html", shown)


def _usual(place: Place) -> dict[str, Any]:
    return {
        "kind": "group",
        "title": f"Meeting of the group of {place.name}",
        "how": "in_person",
        "quorum": usual_quorum(place, timezone.localdate()),
    }


def _has_seen(request: HttpRequest, shown: dict[str, Any], dates: Any) -> bool:
    """Say whether whoever sends the form has seen these very dates; show them otherwise."""
    seen = hashlib.sha256(" ".join(each.isoformat() for each in dates).encode()).hexdigest()[:16]
    shown |= {"dates": dates, "seen": seen}
    return request.POST.get("seen") == seen


@page_at_both("members.meet", methods=("GET", "POST"))
def meeting_change(request: HttpRequest, place: Place, meeting: int) -> HttpResponse:
    """Change one meeting or the rest of its series; new dates are listed before they are saved."""
    found = find_meeting(place, meeting)
    now = details_of(found)
    form = ChangeMeetingForm(
        found, drafts.form_data(request), initial={name: getattr(now, name) for name in now.__dataclass_fields__}
    )
    shown: dict[str, Any] = {"form": form, "meeting": found}
    if request.method == "POST" and form.is_valid():
        form.cleaned_data["kind"] = found.kind
        details = form.details()
        moved = new_dates(found, details, rest=form.is_rest)
        try:
            if not form.is_rest or _has_seen(request, shown, [starts for _, starts in moved]):
                changed = changes.change_meeting(person_of(request), place, found, details, rest=form.is_rest)
                return done(request, place, found, f"{count_of(len(changed), 'meeting')} changed.")
        except InputRefused as refused:
            form.add_faults(refused)
    return render(request, "members/meeting_change.html", shown)


@page_at_both("members.meet", methods=("GET", "POST"))
def meeting_cancel(request: HttpRequest, place: Place, meeting: int) -> HttpResponse:
    """Cancel one meeting or the rest of its series, with the reason."""
    found = find_meeting(place, meeting)
    form = CancelMeetingForm(found, drafts.form_data(request))
    if request.method == "POST" and form.is_valid():
        is_rest = form.cleaned_data.get("which") == "rest"
        try:
            gone = changes.cancel_meeting(person_of(request), place, found, form.cleaned_data["why"], rest=is_rest)
        except ResultRefused as refused:
            form.add_faults(refused)
        else:
            return done(request, place, found, f"{count_of(len(gone), 'meeting')} cancelled.")
    return render(request, "members/meeting_cancel.html", {"form": form, "meeting": found})


@page_at_both("members.meet", methods=("GET", "POST"))
def meeting_call(request: HttpRequest, place: Place, meeting: int) -> HttpResponse:
    """Invite everybody whom the meeting is for, or those who came since."""
    found = find_meeting(place, meeting)
    if request.method == "POST":
        try:
            invited = changes.call_meeting(person_of(request), place, found)
        except ResultRefused as refused:
            messages.error(request, str(refused))
        else:
            return done(request, place, found, f"{count_of(invited, 'person', 'people')} invited.")
    new = changes.not_invited_yet(found)
    without = [each for each in new if each.notices == each.Notices.NONE]
    shown = {"meeting": found, "new": new, "without": without, "text": invitation_text(found)}
    return render(request, "members/meeting_call.html", shown)


def done(request: HttpRequest, place: Place, meeting: Meeting, says: str, name: str = "meeting") -> HttpResponse:
    """Say what was done, and go on to a page of the meeting."""
    drafts.clear(request)
    messages.success(request, says)
    return redirect(address_at(place, name, meeting.pk))


def person_of(request: HttpRequest) -> Person:
    """Give the person of a page that only people who are signed in can open."""
    return cast(Person, request.user)
