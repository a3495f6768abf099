"""What of meetings needs somebody today: to answer, to do what was agreed, to invite, to write minutes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator

from django.contrib.auth.models import AnonymousUser
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from locality_web.core.hooks import Due
from locality_web.core.models import Partnership, Person, RoleHeld
from locality_web.core.partnership_settings import read_setting
from locality_web.core.permissions import Place
from locality_web.core.roles import all_roles
from locality_web.members.meeting_models import Attendance, Meeting, MeetingAction
from locality_web.members.meeting_queries import day_of
from locality_web.members.places import address_at, place_of

_PERMISSION = "members.meet"
_SOON = dt.timedelta(days=14)  # own choice of the founders, 2026-11: how long before its day an action is shown
_LOOK_AHEAD = dt.timedelta(days=7)  # own choice of the founders, 2026-11: how long before the last day to invite


def due_for(person: Person | AnonymousUser, roles: Iterable[RoleHeld]) -> list[Due]:
    """Give what is due about meetings; one query, and another where an action waits."""
    if not isinstance(person, Person):
        return []
    mine_to_arrange = [each for each in roles if _PERMISSION in all_roles()[each.role].may]
    found = _meetings(person, mine_to_arrange)
    mine = _to_do(person) if any(each.has_action for each in found) else ()  # type: ignore[attr-defined]
    return [*_to_answer(found), *mine, *_to_arrange(found, mine_to_arrange)]


def _meetings(person: Person, mine: list[RoleHeld]) -> list[Meeting]:
    """Give the meetings that wait for an answer of this person, or for a step that they may take; one query."""
    known = {each.partnership_id: each.partnership for each in mine}
    wide = Q(partnership__in={each.partnership_id for each in mine if each.locality_id is None})
    here = wide | Q(locality__in={each.locality_id for each in mine if each.locality_id is not None})
    now = timezone.now()
    planned = Q(state=Meeting.State.PLANNED, starts__lte=now + dt.timedelta(days=120))
    over = Q(state=Meeting.State.HELD) | Q(state=Meeting.State.CALLED, ends__lte=now)
    invited = Attendance.objects.filter(
        meeting=OuterRef("pk"), member__person=person, state=Attendance.State.INVITED, invited_at__isnull=False
    )
    asked = Q(asks_me=True, state=Meeting.State.CALLED, starts__gte=now)
    mine_to_do = _actions_of(person).filter(meeting=OuterRef("pk"))
    everything = Meeting.objects.annotate(asks_me=Exists(invited), has_action=Exists(mine_to_do))
    found = everything.filter(asked | Q(has_action=True) | (here & (planned | over)))
    meetings: list[Meeting] = list(found.select_related("partnership", "locality").order_by("starts")[:80])
    for each in meetings:
        # The partnership of a role has its settings at hand already.
        each.partnership = known.get(each.partnership_id, each.partnership)
    return meetings


def _to_answer(meetings: list[Meeting]) -> Iterator[Due]:
    for meeting in meetings:
        if meeting.asks_me and meeting.state == Meeting.State.CALLED and meeting.starts >= timezone.now():  # type: ignore[attr-defined]
            yield Due(
                f"Say whether you come: {meeting.title}",
                "You are invited. If you cannot come, say so, or who comes for you.",
                address_at(place_of(meeting), "meeting_answer", meeting.pk),
                by=day_of(meeting),
            )


def _actions_of(person: Person) -> QuerySet[MeetingAction]:
    soon = timezone.localdate() + _SOON
    return MeetingAction.objects.filter(member__person=person, done_on__isnull=True, due_on__lte=soon)


def _to_do(person: Person) -> Iterator[Due]:
    today = timezone.localdate()
    for each in _actions_of(person).select_related("meeting__partnership", "meeting__locality"):
        yield Due(
            f"Do what a meeting asked you: {each.says}",
            "Write what came of it when it is done.",
            address_at(place_of(each.meeting), "meeting_action", each.pk),
            by=each.due_on,
            urgent=each.due_on < today,
        )


def _to_arrange(meetings: list[Meeting], mine: list[RoleHeld]) -> Iterator[Due]:
    now, states = timezone.now(), Meeting.State
    wide = {each.partnership_id for each in mine if each.locality_id is None}
    narrow = {each.locality_id for each in mine if each.locality_id is not None}
    for meeting in meetings:
        is_mine = meeting.partnership_id in wide or meeting.locality_id in narrow
        waits = meeting.state in (states.PLANNED, states.HELD) or (
            meeting.state == states.CALLED and meeting.ends <= now
        )
        if is_mine and waits:
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
