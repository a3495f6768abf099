"""What of meetings needs somebody today: to answer, to do what was agreed, to invite, to write minutes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator

from django.contrib.auth.models import AnonymousUser
from django.db.models import Q
from django.utils import timezone

from locality_web.core.hooks import Due
from locality_web.core.models import Partnership, Person, RoleHeld
from locality_web.core.partnership_settings import read_setting
from locality_web.core.permissions import Place
from locality_web.core.roles import all_roles
from locality_web.members.meeting_models import Attendance, Meeting, MeetingAction
from locality_web.members.meeting_places import address_at, place_of
from locality_web.members.meeting_queries import day_of

_PERMISSION = "members.meet"
_SOON = dt.timedelta(days=14)  # own choice of the founders, 2026-11: how long before its day an action is shown
_LOOK_AHEAD = dt.timedelta(days=7)  # own choice of the founders, 2026-11: how long before the last day to invite


def due_for(person: Person | AnonymousUser, roles: Iterable[RoleHeld]) -> list[Due]:
    """Give what is due about meetings; three queries whatever somebody is."""
    if not isinstance(person, Person):
        return []
    return [*_to_answer(person), *_to_do(person), *_to_arrange(list(roles))]


def _to_answer(person: Person) -> Iterator[Due]:
    waiting = Attendance.objects.filter(
        member__person=person,
        state=Attendance.State.INVITED,
        meeting__state=Meeting.State.CALLED,
        meeting__starts__gte=timezone.now(),
    )
    for each in waiting.select_related("meeting__partnership", "meeting__locality"):
        meeting = each.meeting
        yield Due(
            f"Say whether you come: {meeting.title}",
            "You are invited. If you cannot come, say so, or who comes for you.",
            address_at(place_of(meeting), "meeting_answer", meeting.pk),
            by=day_of(meeting),
        )


def _to_do(person: Person) -> Iterator[Due]:
    today = timezone.localdate()
    mine = MeetingAction.objects.filter(member__person=person, done_on__isnull=True, due_on__lte=today + _SOON)
    for each in mine.select_related("meeting__partnership", "meeting__locality"):
        yield Due(
            f"Do what a meeting asked you: {each.says}",
            "Write what came of it when it is done.",
            address_at(place_of(each.meeting), "meeting_action", each.pk),
            by=each.due_on,
            urgent=each.due_on < today,
        )


def _to_arrange(roles: list[RoleHeld]) -> Iterator[Due]:
    mine = [each for each in roles if _PERMISSION in all_roles()[each.role].may]
    if not mine:
        return
    wide = {each.partnership_id: each.partnership for each in mine if each.locality_id is None}
    narrow = {each.locality_id: each for each in mine if each.locality_id is not None}
    here = Q(partnership__in=wide) | Q(locality__in=narrow)
    now = timezone.now()
    planned = Q(state=Meeting.State.PLANNED, starts__lte=now + dt.timedelta(days=120))
    over = Q(state__in=(Meeting.State.CALLED, Meeting.State.HELD), ends__lte=now)
    partnerships = {**{each.partnership_id: each.partnership for each in mine}, **wide}
    found = Meeting.objects.filter(here).filter(planned | over).select_related("locality").order_by("starts")
    for meeting in found[:60]:
        meeting.partnership = partnerships[meeting.partnership_id]
        yield from _next_step(meeting, meeting.partnership, now)


def _next_step(meeting: Meeting, partnership: Partnership, now: dt.datetime) -> Iterator[Due]:
    place, name = Place(partnership, meeting.locality), f"{meeting.title}, {day_of(meeting):%-d %B %Y}"
    if meeting.state == Meeting.State.HELD:
        yield Due(
            f"Publish the minutes: {name}",
            "It was held, and its minutes are not published.",
            address_at(place, "meeting_minutes", meeting.pk),
        )
    elif meeting.ends <= now:
        yield Due(
            f"Write down who was there: {name}",
            "The meeting is over, and it is not recorded that it was held.",
            address_at(place, "meeting_attendance", meeting.pk),
        )
    else:
        by = day_of(meeting) - dt.timedelta(days=int(read_setting(partnership, "members.meeting_call_days")))
        today = timezone.localdate()
        if by - _LOOK_AHEAD <= today:
            why = "Everybody needs time to read the papers, and you to arrange what people need to take part."
            address = address_at(place, "meeting_call", meeting.pk)
            yield Due(f"Invite to the meeting: {name}", why, address, by=by, urgent=by < today)
