"""Links that open one thing to whoever holds them: the answer to an invitation, and a member's private calendar.

A link holds what it opens and the site's signature of it; nothing is kept in the database that would open it. The link
of an answer ends with the meeting. The link of a calendar ends when its number changes.
"""

from __future__ import annotations

from typing import Any

from django.core.signing import BadSignature, Signer
from django.http import Http404
from django.urls import reverse

from locality_web.core.permissions import Place
from locality_web.members.meeting_models import Attendance, CalendarFeed, Meeting
from locality_web.members.register_models import Member

_ANSWER = Signer(salt="members.meeting_answer", sep=".")
_CALENDAR = Signer(salt="members.meeting_calendar", sep=".")


def answer_token(meeting: Meeting, member: int) -> str:
    """Give the token by which a member, known by number, answers one invitation."""
    return _ANSWER.sign_object([meeting.pk, member])


def answer_address(place: Place, meeting: Meeting, member: int) -> str:
    """Give the address at which somebody answers one invitation without an account."""
    return reverse("members:answer_invitation", args=[place.partnership.slug, answer_token(meeting, member)])


def invitation_of(place: Place, token: str) -> Attendance:
    """Give the invitation that a token opens.

    Raises:
        Http404: The token is none of this partnership, or that person was not invited or is gone.
    """
    meeting, member = _read(_ANSWER, token)
    found = Attendance.objects.select_related(
        "meeting__series", "meeting__locality", "member__organisation", "substitute"
    )
    kept = found.filter(
        meeting=meeting, member=member, meeting__partnership=place.partnership, member__erased_at__isnull=True
    ).first()
    if kept is None:
        raise Http404("This link opens nothing. Ask for a new invitation.")
    kept.meeting.partnership = place.partnership
    if kept.meeting.locality is not None:
        kept.meeting.locality.partnership = place.partnership
    return kept


def calendar_address(place: Place, feed: CalendarFeed) -> str:
    """Give the address of a member's private calendar."""
    token = _CALENDAR.sign_object([feed.member_id, feed.number])
    return reverse("members:private_calendar", args=[place.partnership.slug, token])


def member_of_calendar(place: Place, token: str) -> Member:
    """Give the member whose private calendar a token opens.

    Raises:
        Http404: The token is none, its number is an old one, or the member is gone.
    """
    member, number = _read(_CALENDAR, token)
    feeds = CalendarFeed.objects.select_related("member").filter(
        member=member, number=number, member__partnership=place.partnership, member__erased_at__isnull=True
    )
    found = feeds.first()
    if found is None:
        raise Http404("This calendar is no more. Sign in to get its new address.")
    return found.member


def _read(signer: Signer, token: str) -> tuple[Any, Any]:
    try:
        first, second = signer.unsign_object(token)
    except (BadSignature, ValueError, TypeError) as wrong:
        raise Http404("This link opens nothing. Part of it may be missing.") from wrong
    return first, second
