"""Tell those who are invited: the invitation, every change, the cancelling, and a reminder some days before."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from django.utils import timezone

from locality_web.core import jobs
from locality_web.core.audit import record_event
from locality_web.core.models import Job
from locality_web.core.partnership_settings import read_setting
from locality_web.core.words import count_of
from locality_web.members.meeting_models import Attendance, Meeting
from locality_web.members.meeting_queries import day_of
from locality_web.members.meeting_tokens import answer_address
from locality_web.members.meeting_words import cancel_text, change_text, invitation_text, reminder_text
from locality_web.members.notices import Telling, notify
from locality_web.members.places import place_of
from locality_web.members.register_models import Member

REMIND = "members.remind_of_meeting"


def tell_invited(meeting: Meeting, members: Iterable[Member]) -> int:
    """Tell members that they are invited; nobody twice of one meeting."""
    return _tell(meeting, members, "called", f"Invitation: {_what(meeting)}", invitation_text(meeting))


def tell_changed(meeting: Meeting) -> int:
    """Tell everybody who was invited that the meeting has changed, once for each change."""
    key, subject = f"changed:{meeting.sequence}", f"Changed: {_what(meeting)}"
    return _tell(meeting, invited_members(meeting), key, subject, change_text(meeting))


def tell_cancelled(meeting: Meeting) -> int:
    """Tell everybody who was invited that the meeting is cancelled."""
    subject = f"Cancelled: {_what(meeting)}"
    return _tell(meeting, invited_members(meeting), "cancelled", subject, cancel_text(meeting))


def invited_members(meeting: Meeting) -> list[Member]:
    """Give everybody who was invited, and those who come for them."""
    rows = meeting.attendances.filter(invited_at__isnull=False).select_related("member", "substitute")
    found = {each.pk: each for row in rows for each in (row.member, row.substitute) if each is not None}
    return list(found.values())


def _what(meeting: Meeting) -> str:
    day = day_of(meeting)
    return f"{meeting.title}, {day.day} {day:%B %Y}"[:180]


def _tell(meeting: Meeting, members: Iterable[Member], key: str, subject: str, text: str) -> int:
    place = place_of(meeting)
    # Whoever comes for somebody answers by that person's invitation: there is no other.
    instead = dict(meeting.attendances.exclude(substitute=None).values_list("substitute", "member"))
    telling = Telling(
        f"meeting:{meeting.pk}:{key}",
        subject,
        text,
        address_of=lambda member: answer_address(place, meeting, instead.get(member.pk, member.pk)),
        until=meeting.starts,
    )
    return notify(place, members, telling)


def plan_reminder(meeting: Meeting) -> None:
    """Let a background job remind everybody some days before; one whose time is over already is left out."""
    days = int(read_setting(meeting.partnership, "members.meeting_reminder_days"))
    at = meeting.starts - dt.timedelta(days=days)
    if days and at > timezone.now():
        arguments = {"meeting": meeting.pk, "starts": meeting.starts.isoformat()}
        jobs.start(REMIND, arguments, place=place_of(meeting), run_after=at)


def remind(job: Job) -> str:
    """Remind those who are invited to a meeting, some days before."""
    meeting = Meeting.objects.select_related("partnership", "locality").get(pk=job.arguments["meeting"])
    # A meeting that was moved has another job for its new beginning.
    if meeting.state != Meeting.State.CALLED or meeting.starts.isoformat() != job.arguments["starts"]:
        return "The meeting was moved, cancelled or held; nobody was reminded."
    away = meeting.attendances.filter(state=Attendance.State.APOLOGIES, substitute__isnull=True)
    staying_away = set(away.values_list("member", flat=True))
    members = [each for each in invited_members(meeting) if each.pk not in staying_away]
    key = f"reminder:{meeting.starts:%Y%m%dT%H%M}"
    told = _tell(meeting, members, key, f"Soon: {_what(meeting)}", reminder_text(meeting))
    says = f"Reminded {count_of(told, 'person', 'people')} of the meeting of {day_of(meeting).isoformat()}"
    record_event(None, "members.meeting_reminded", says, place=place_of(meeting), subject=f"meeting:{meeting.pk}")
    return f"{says}."
