"""What of this room those who keep informed hear of: meetings of groups, and what groups decide."""

from __future__ import annotations

import datetime as dt

from django.db.models import Q
from django.utils import timezone

from locality_web.core.hooks import PublicNews
from locality_web.core.models import Partnership
from locality_web.core.permissions import Place
from locality_web.core.remembered import ANEW, Reader
from locality_web.members.meeting_models import Meeting, MeetingKind
from locality_web.members.meeting_words import say_how, say_when
from locality_web.members.pages import say_day
from locality_web.members.places import address_at, place_of
from locality_web.members.practice_models import GroupDecision

_MEETING, _DECISION = Meeting.State, GroupDecision.State


def happened(partnership: Partnership, since: dt.datetime, memory: Reader = ANEW) -> list[PublicNews]:
    """Give the public meetings of groups that were called or called off, and what groups decide, since a moment."""
    return memory.read(("members.public_news",), ("members", "core"), lambda: _read(partnership, since))


def _read(partnership: Partnership, since: dt.datetime) -> list[PublicNews]:
    return [*_meetings(partnership, since), *_decisions(partnership, since)]


def _meetings(partnership: Partnership, since: dt.datetime) -> list[PublicNews]:
    called = Q(state=_MEETING.CALLED, called_at__gte=since)
    called_off = Q(state=_MEETING.CANCELLED, called_at__isnull=False, cancelled_at__gte=since)
    groups = partnership.meetings.filter(called | called_off, kind=MeetingKind.GROUP, public=True)
    ahead = groups.filter(ends__gte=timezone.now())  # of one that is over nobody need be told any more
    return [_of_meeting(each) for each in ahead.select_related("locality", "partnership")]


def _of_meeting(meeting: Meeting) -> PublicNews:
    """Give a meeting as news; one that was moved to another time is news again, under that time."""
    place, off = place_of(meeting), meeting.state == _MEETING.CANCELLED
    key = f"{meeting.starts:%Y%m%dT%H%M}" if not off else "off"
    at = meeting.cancelled_at if off else meeting.called_at
    return PublicNews(
        f"meeting:{meeting.pk}:{key}",
        f"{'Called off' if off else 'A meeting'}: {meeting.title}",
        f"{say_when(meeting)}. {'It does not take place.' if off else f'{say_how(meeting)}.'}",
        address_at(place, "meeting", meeting.pk),
        at,
        _localities(place),
    )


def _decisions(partnership: Partnership, since: dt.datetime) -> list[PublicNews]:
    announced = Q(state=_DECISION.ANNOUNCED, announced_at__gte=since)
    taken = Q(state=_DECISION.TAKEN, announced_at__isnull=False, taken_on__gte=since.date())
    found = partnership.group_decisions.filter(announced | taken).select_related("locality")
    return [_of_decision(partnership, each) for each in found]


def _of_decision(partnership: Partnership, decision: GroupDecision) -> PublicNews:
    place = Place(partnership, decision.locality)
    if decision.taken_on is not None:
        what, says, at = "Decided", f"Decided on {say_day(decision.taken_on)}.", _noon(decision.taken_on)
    else:
        what, says = "To be decided", f"It is to be decided on {say_day(decision.due_on)}."
        at = decision.announced_at or timezone.now()
    state = "taken" if decision.taken_on is not None else "announced"
    says = f"The group of {place.name}: {decision.title}. {says}"
    address = address_at(place, "decision", decision.pk)
    return PublicNews(
        f"decision:{decision.pk}:{state}", f"{what}: {decision.title}", says, address, at, _localities(place)
    )


def _noon(day: dt.date) -> dt.datetime:
    return timezone.make_aware(dt.datetime.combine(day, dt.time(12)))


def _localities(place: Place) -> tuple[str, ...]:
    return (place.locality.slug,) if place.locality else ()
