"""Calendars that programs subscribe to: the public meetings of a place, and all meetings of one member."""

from __future__ import annotations

import datetime as dt

from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from locality_web.core.pages import PUBLIC, page, page_at_both
from locality_web.core.permissions import Place, may
from locality_web.members.meeting_calendar import MEDIA_TYPE, calendar_of, file_name, name_of_feed
from locality_web.members.meeting_models import Meeting
from locality_web.members.meeting_pages import open_meeting
from locality_web.members.meeting_tokens import invitation_of, member_of_calendar

_PAST = dt.timedelta(days=180)  # own choice of the founders, 2026-11: how long a past meeting stays in calendars


@page_at_both(PUBLIC)
def public_feed(request: HttpRequest, place: Place) -> HttpResponse:
    """The public meetings of a place as a calendar to subscribe to; the partnership's has those of all localities."""
    here = Q(locality=place.locality) if place.locality else Q()
    found = _recent(place).filter(here, public=True).select_related("locality")
    return _answer(place, list(found), [place.name], invited=False)


@page(PUBLIC)
def private_calendar(request: HttpRequest, place: Place, token: str) -> HttpResponse:
    """All meetings of one member, with how to join, by an address that only they know."""
    member = member_of_calendar(place, token)
    mine = Q(attendances__member=member, attendances__invited_at__isnull=False) | Q(attendances__substitute=member)
    found = _recent(place).filter(mine).select_related("locality").distinct()
    answer = _answer(place, list(found), [str(place.partnership)], invited=True)
    answer["Cache-Control"] = "private, no-store"
    return answer


@page_at_both(PUBLIC)
def meeting_ics(request: HttpRequest, place: Place, meeting: int) -> HttpResponse:
    """One meeting as a calendar file; how to join stands in it for members alone."""
    found = open_meeting(request, place, meeting)
    invited = may(request.user, "members.see_register", place)
    return _file(place, found, invited=invited)


@page(PUBLIC)
def invitation_ics(request: HttpRequest, place: Place, token: str) -> HttpResponse:
    """The meeting of an invitation as a calendar file, with how to join."""
    answer = _file(place, invitation_of(place, token).meeting, invited=True)
    answer["Cache-Control"] = "private, no-store"
    return answer


def _recent(place: Place) -> QuerySet[Meeting]:
    return Meeting.objects.filter(partnership=place.partnership, ends__gte=timezone.now() - _PAST)


def _answer(place: Place, meetings: list[Meeting], whose: list[str], *, invited: bool) -> HttpResponse:
    for each in meetings:
        each.partnership = place.partnership
    text = calendar_of(meetings, name=name_of_feed(whose), invited=invited)
    return HttpResponse(text, content_type=MEDIA_TYPE)


def _file(place: Place, meeting: Meeting, *, invited: bool) -> HttpResponse:
    text = calendar_of([meeting], name=str(meeting), invited=invited, agenda=True)
    said = f'attachment; filename="{file_name(meeting)}"'
    return HttpResponse(text, content_type=MEDIA_TYPE, headers={"Content-Disposition": said})
