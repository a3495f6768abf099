"""What people may do about meetings: plan one or a series, change one or the rest, cancel, invite."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from typing import Any
from uuid import uuid4
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from locality.foundations import Fault, InputRefused
from locality.members import (
    Pattern,
    first_occurrences,
    moment_of,
    move_meeting,
    occurrences,
    pattern_of,
    rule_of,
)
from locality_web.core.audit import record_event
from locality_web.core.models import Person
from locality_web.core.permissions import Place, require
from locality_web.core.words import count_of
from locality_web.members.meeting_models import Attendance, Meeting, MeetingSeries
from locality_web.members.meeting_queries import TO_COME, day_of, invited_by_kind, meetings_at
from locality_web.members.meeting_steps import take_step
from locality_web.members.meeting_telling import plan_reminder, tell_cancelled, tell_changed, tell_invited
from locality_web.members.register_models import Member

_IN_CALENDARS = ("title", "starts", "ends", "how", "where", "join_link", "dial_in")


@dataclass(frozen=True)
class Details:
    """What people say of a meeting.

    Args:
        kind: Whose meeting it is.
        title: What it is called.
        day: Its day, or the first one's.
        time: What the clock shows there when it begins.
        minutes: How long it lasts.
        how: How people take part.
        where: Address of the room.
        join_link: Where it is online.
        dial_in: Number for the telephone.
        public: Whether everybody may see that it takes place.
        quorum: How many with a vote must be there; 0: none is set.
    """

    kind: str
    title: str
    day: dt.date
    time: dt.time
    minutes: int
    how: str
    where: str = ""
    join_link: str = ""
    dial_in: str = ""
    public: bool = True
    quorum: int = 0


@dataclass(frozen=True)
class Repeat:
    """How often a series comes, and the last day on which one may be."""

    pattern: Pattern
    until: dt.date


def dates_of(details: Details, repeat: Repeat | None) -> tuple[dt.datetime, ...]:
    """Give the beginnings of the meetings that would be made.

    Raises:
        InputRefused: The last day is before the first, or there are too many.
    """
    first = moment_of(details.day, details.time, settings.TIME_ZONE)
    if repeat is None:
        return (first,)
    return occurrences(rule_of(repeat.pattern, details.day), first, repeat.until)


@transaction.atomic
def plan_meetings(person: Person, place: Place, details: Details, repeat: Repeat | None = None) -> list[Meeting]:
    """Plan one meeting, or a series.

    Raises:
        NotAllowed: The person may not.
        InputRefused: The days are at odds.
    """
    require(person, "members.meet", place)
    dates = dates_of(details, repeat)
    series = _make_series(person, place, details, repeat, dates[0]) if repeat else None
    made = [_make(person, place, details, starts, series) for starts in dates]
    record_event(
        person,
        "members.meeting_planned",
        f"Planned {count_of(len(made), 'meeting')}, the first on {details.day.isoformat()}: {details.title}",
        place=place,
        subject=f"meeting:{made[0].pk}",
        detail={"rule": series.rule if series else "", "meetings": [each.pk for each in made]},
    )
    return made


def _make_series(person: Person, place: Place, details: Details, repeat: Repeat, first: dt.datetime) -> MeetingSeries:
    return MeetingSeries.objects.create(
        partnership=place.partnership,
        locality=place.locality,
        kind=details.kind,
        title=details.title,
        rule=rule_of(repeat.pattern, details.day),
        first=first,
        until=repeat.until,
        zone=settings.TIME_ZONE,
        made_by=person,
    )


def _make(person: Person, place: Place, details: Details, starts: dt.datetime, series: MeetingSeries | None) -> Meeting:
    made = Meeting(
        partnership=place.partnership,
        locality=place.locality,
        series=series,
        kind=details.kind,
        zone=settings.TIME_ZONE,
        uid=f"{uuid4()}@{place.partnership.slug}.locality",
        made_by=person,
    )
    _write(made, details, starts)
    made.save()
    return made


def _write(meeting: Meeting, details: Details, starts: dt.datetime) -> None:
    meeting.title, meeting.how, meeting.where = details.title, details.how, details.where
    meeting.join_link, meeting.dial_in = details.join_link, details.dial_in
    meeting.public, meeting.quorum = details.public, details.quorum
    meeting.starts, meeting.ends = starts, _end(starts, details.minutes)


def _end(starts: dt.datetime, minutes: int) -> dt.datetime:
    """Add minutes of time, not of the wall clock."""
    return starts.astimezone(dt.UTC) + dt.timedelta(minutes=minutes)


def details_of(meeting: Meeting) -> Details:
    """Give what is said of a meeting now."""
    there = meeting.starts.astimezone(ZoneInfo(meeting.zone))
    minutes = int((meeting.ends - meeting.starts).total_seconds() // 60)
    names = ("kind", "title", "how", "where", "join_link", "dial_in", "public", "quorum")
    said: dict[str, Any] = {name: getattr(meeting, name) for name in names}
    return Details(day=there.date(), time=there.time(), minutes=minutes, **said)


def rest_of_series(meeting: Meeting) -> list[Meeting]:
    """Give a meeting and the later ones of its series that are still to come; one without a series alone."""
    if meeting.series_id is None:
        return [meeting]
    later = Meeting.objects.filter(series=meeting.series_id, starts__gt=meeting.starts, state__in=TO_COME)
    return [meeting, *later.select_related("partnership", "locality", "series").order_by("starts")]


def new_dates(meeting: Meeting, details: Details, *, rest: bool) -> list[tuple[Meeting, dt.datetime]]:
    """Give each meeting that would change with its new beginning.

    When the day changes, the rest of a series gets new days by the series' own rule ("the second Wednesday of each
    month" in place of Tuesday). When only the hour changes, each keeps its day.
    """
    first = moment_of(details.day, details.time, meeting.zone)
    those = rest_of_series(meeting) if rest else [meeting]
    if details.day == day_of(meeting) or meeting.series is None or not rest:
        moved = [move_meeting(each.starts, days=0, time=details.time, zone=each.zone) for each in those[1:]]
        return list(zip(those, [first, *moved], strict=True))
    rule = rule_of(pattern_of(meeting.series.rule), details.day)
    return list(zip(those, first_occurrences(rule, first, len(those)), strict=True))


@transaction.atomic
def change_meeting(
    person: Person, place: Place, meeting: Meeting, details: Details, *, rest: bool = False
) -> list[Meeting]:
    """Change a meeting that is to come, or it and the rest of its series; whoever was invited is told.

    Raises:
        NotAllowed: The person may not.
        InputRefused: The meeting is over or cancelled.
    """
    require(person, "members.meet", place)
    _refuse_over(meeting)
    changed = []
    for each, starts in new_dates(meeting, details, rest=rest):
        before = [getattr(each, name) for name in _IN_CALENDARS]
        same_moment = each.starts == starts
        _write(each, replace(details, quorum=details.quorum if each == meeting else each.quorum), starts)
        in_calendars = before != [getattr(each, name) for name in _IN_CALENDARS]
        each.sequence += in_calendars
        each.save()
        if in_calendars and each.state == Meeting.State.CALLED:
            tell_changed(each)
            if not same_moment:
                plan_reminder(each)
        changed.append(each)
    if rest and meeting.series is not None:
        _note_series(meeting.series, details)
    says = f"Changed {count_of(len(changed), 'meeting')}, the first on {details.day.isoformat()}: {details.title}"
    detail = {"meetings": [each.pk for each in changed]}
    record_event(person, "members.meeting_changed", says, place=place, subject=f"meeting:{meeting.pk}", detail=detail)
    return changed


def _note_series(series: MeetingSeries, details: Details) -> None:
    series.title, series.rule = details.title, rule_of(pattern_of(series.rule), details.day)
    series.save(update_fields=["title", "rule"])


def _refuse_over(meeting: Meeting) -> None:
    if meeting.state not in TO_COME:
        what = f"this meeting is {meeting.get_state_display().lower()} and does not change any more"
        raise InputRefused([Fault("meeting", what, "Plan another meeting.", "meeting-is-over")])


@transaction.atomic
def cancel_meeting(person: Person, place: Place, meeting: Meeting, why: str, *, rest: bool = False) -> list[Meeting]:
    """Cancel a meeting, or it and the rest of its series; whoever was invited is told why.

    Raises:
        NotAllowed: The person may not.
        ResultRefused: It is over or cancelled already, or there is no reason.
    """
    require(person, "members.meet", place)
    cancelled = rest_of_series(meeting) if rest else [meeting]
    for each in cancelled:
        was_called = each.state == Meeting.State.CALLED
        take_step(each, Meeting.State.CANCELLED, unmet=[] if why.strip() else ["reason_given"])
        each.cancelled_at, each.cancelled_why, each.sequence = timezone.now(), why.strip(), each.sequence + 1
        each.save(update_fields=["state", "cancelled_at", "cancelled_why", "sequence"])
        if was_called:
            tell_cancelled(each)
    if rest and meeting.series is not None:
        meeting.series.ended_on = timezone.localdate()
        meeting.series.save(update_fields=["ended_on"])
    says = f"Cancelled {count_of(len(cancelled), 'meeting')}, the first on {day_of(meeting).isoformat()}: {why.strip()}"
    detail = {"meetings": [each.pk for each in cancelled]}
    record_event(person, "members.meeting_cancelled", says, place=place, subject=f"meeting:{meeting.pk}", detail=detail)
    return cancelled


@transaction.atomic
def call_meeting(person: Person, place: Place, meeting: Meeting) -> int:
    """Invite everybody whom a meeting is for; called again, it invites those who came since.

    Returns:
        How many were invited now.

    Raises:
        NotAllowed: The person may not.
        ResultRefused: There is nobody to invite, or the meeting has begun.
    """
    require(person, "members.meet", place)
    kept = meetings_at(place).select_for_update().get(pk=meeting.pk)
    meeting.state = kept.state
    new = not_invited_yet(meeting)
    again = meeting.state == Meeting.State.CALLED
    if not again:
        unmet = ["somebody_to_invite"] if not new else []
        unmet += ["not_begun"] if meeting.starts <= timezone.now() else []
        take_step(meeting, Meeting.State.CALLED, unmet=unmet)
        meeting.called_at, meeting.sequence = timezone.now(), kept.sequence + 1
        meeting.save(update_fields=["state", "called_at", "sequence"])
        plan_reminder(meeting)
    now = timezone.now()
    for member in new:
        Attendance.objects.update_or_create(meeting=meeting, member=member, defaults={"invited_at": now})
    tell_invited(meeting, new)
    says = f"Invited {count_of(len(new), 'person', 'people')} to the meeting of {day_of(meeting).isoformat()}"
    detail = {"members": [each.pk for each in new]}
    record_event(person, "members.meeting_called", says, place=place, subject=f"meeting:{meeting.pk}", detail=detail)
    return len(new)


def not_invited_yet(meeting: Meeting) -> list[Member]:
    """Give whom a meeting is for and who was not invited yet."""
    invited = set(meeting.attendances.filter(invited_at__isnull=False).values_list("member", flat=True))
    return [each for each in invited_by_kind(meeting) if each.pk not in invited]
