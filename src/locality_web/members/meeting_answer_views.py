"""Answers to invitations, and a member's own calendar."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from locality.foundations import InputRefused, ResultRefused
from locality_web.core import drafts
from locality_web.core.models import Person
from locality_web.core.pages import PUBLIC, page, page_at_both
from locality_web.core.permissions import Place
from locality_web.core.site_address import full_address
from locality_web.members.meeting_answers import APOLOGIES, COMING, SUBSTITUTE, answer_invitation
from locality_web.members.meeting_item_forms import InvitationAnswerForm
from locality_web.members.meeting_models import Attendance, Meeting
from locality_web.members.meeting_own import feed_of, member_here, renew_calendar
from locality_web.members.meeting_queries import find_meeting
from locality_web.members.meeting_tokens import calendar_address, invitation_of
from locality_web.members.meeting_views import person_of
from locality_web.members.meeting_words import say_how, say_when, ways_to_join
from locality_web.members.places import address_at, place_of


@page(PUBLIC, methods=("GET", "POST"))
def answer_invitation_page(request: HttpRequest, place: Place, token: str) -> HttpResponse:
    """Answer an invitation by the link of the notice, without an account."""
    answer = _answer(request, invitation_of(place, token), None, request.path)
    answer["Cache-Control"] = "private, no-store"
    return answer


@page_at_both("members.own", methods=("GET", "POST"))
def meeting_answer(request: HttpRequest, place: Place, meeting: int) -> HttpResponse:
    """Answer one's own invitation, signed in."""
    found = find_meeting(place, meeting)
    mine = found.attendances.filter(member__person=person_of(request), invited_at__isnull=False)
    attendance = mine.select_related("member__organisation", "substitute").first()
    if attendance is None:
        return render(request, "members/meeting_not_invited.html", {"meeting": found})
    attendance.meeting = found
    return _answer(request, attendance, person_of(request), address_at(place, "meeting", found.pk))


def _answer(request: HttpRequest, attendance: Attendance, person: Person | None, back: str) -> HttpResponse:
    form = InvitationAnswerForm(drafts.form_data(request), initial=_said(attendance))
    meeting = attendance.meeting
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            answer_invitation(person, attendance, said["answer"], how=said["how"], instead=said["instead"])
        except (InputRefused, ResultRefused) as refused:
            form.add_faults(refused)
        else:
            drafts.clear(request)
            messages.success(request, "Thank you. Your answer is kept; you can change it until the meeting.")
            return redirect(back)
    place = place_of(meeting)
    shown = {
        "form": form,
        "meeting": meeting,
        "attendance": attendance,
        "is_open": meeting.state == Meeting.State.CALLED,
        "when": say_when(meeting),
        "how": say_how(meeting),
        "ways": ways_to_join(meeting),
        "items": meeting.items.all(),
        "papers": meeting.papers.select_related("document").defer("document__content").filter(withheld_why=""),
        "calendar": request.path.removesuffix("/") + "/calendar.ics" if person is None else _file(meeting),
        "page": address_at(place, "meeting", meeting.pk) if meeting.public or person else "",
        "paper_name": "members:meeting_paper" if place.locality else "members:partnership_meeting_paper",
        "group": place.name,
    }
    return render(request, "members/meeting_answer.html", shown)


def _file(meeting: Meeting) -> str:
    return address_at(place_of(meeting), "meeting_ics", meeting.pk)


def _said(attendance: Attendance) -> dict[str, str]:
    """Give the answer as it stands."""
    if attendance.answered_at is None:
        return {}
    if attendance.substitute is not None:
        return {"answer": SUBSTITUTE, "how": attendance.how, "instead": attendance.substitute.name}
    came = attendance.state == Attendance.State.COMING
    return {"answer": COMING if came else APOLOGIES, "how": attendance.how}


@page("members.own", methods=("GET", "POST"))
def my_calendar(request: HttpRequest, place: Place) -> HttpResponse:
    """The address of one's own calendar with all one's meetings; a new one ends the old."""
    member = member_here(request.user, place)
    if member is None:
        return render(request, "members/meeting_calendar.html", {"member": None})
    if request.method == "POST":
        renew_calendar(person_of(request), place, member)
        messages.success(request, "Your calendar has a new address. The old one is closed.")
        return redirect(reverse("members:my_calendar", args=[place.partnership.slug]))
    address = full_address(calendar_address(place, feed_of(member)))
    return render(request, "members/meeting_calendar.html", {"member": member, "address": address})


__all__ = ["answer_invitation_page", "meeting_answer", "my_calendar"]
