"""What needs somebody today about access: meetings soon for which something is not arranged."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence

from django.contrib.auth.models import AnonymousUser
from django.db.models import Count, Exists, F, OuterRef, Q
from django.utils import timezone

from locality_web.core.hooks import Due
from locality_web.core.models import Person, RoleHeld
from locality_web.core.partnership_settings import read_setting
from locality_web.core.permissions import Place, may
from locality_web.core.roles import all_roles
from locality_web.core.words import count_of
from locality_web.members.access_models import Arrangement
from locality_web.members.meeting_models import Meeting
from locality_web.members.places import address_at

_PERMISSION = "members.meet"
_FARTHEST = dt.timedelta(days=90)  # the most that the setting allows


def due_for(person: Person | AnonymousUser, roles: Sequence[RoleHeld]) -> list[Due]:
    """Name called meetings within the partnership's days of warning with needs that nobody arranged; one query."""
    partnerships = {
        held.partnership_id: held.partnership for held in roles if _PERMISSION in all_roles()[held.role].may
    }
    if not partnerships:
        return []
    now = timezone.now()
    found = []
    for meeting in _with_open_needs(partnerships, now):
        meeting.partnership = partnerships[meeting.partnership_id]
        place = Place(meeting.partnership, meeting.locality)
        days = dt.timedelta(days=int(read_setting(meeting.partnership, "members.access_warning_days")))
        # Whole days, so that a meeting does not come and go with the hour at which somebody looks.
        is_soon = timezone.localtime(meeting.starts).date() <= timezone.localtime(now).date() + days
        if is_soon and may(person, _PERMISSION, place):
            found.append(_due(place, meeting))
    return found


def _with_open_needs(partnerships: Iterable[int], now: dt.datetime) -> list[Meeting]:
    day = timezone.localtime(now).date()
    needs = "attendances__member__needs"
    in_force = Q(**{f"{needs}__isnull": False}) & (
        Q(**{f"{needs}__ended_on__isnull": True}) | Q(**{f"{needs}__ended_on__gt": day})
    )
    done = Exists(Arrangement.objects.filter(meeting=OuterRef("pk"), need=OuterRef(needs)))
    meetings = Meeting.objects.filter(in_force, ~done, state=Meeting.State.CALLED, starts__gte=now)
    meetings = meetings.filter(partnership__in=list(partnerships), starts__lte=now + _FARTHEST)
    counted = meetings.annotate(waiting=Count(F(needs), distinct=True))
    return list(counted.select_related("locality").order_by("starts"))


def _due(place: Place, meeting: Meeting) -> Due:
    starts = timezone.localtime(meeting.starts)
    waiting = count_of(meeting.waiting, "need")  # type: ignore[attr-defined]
    return Due(
        f"Arrange what people need: {meeting.title}",
        f"{place.name}, {starts.day} {starts:%B}. {waiting} of those who are invited: not arranged yet.",
        address_at(place, "access_meeting", meeting.pk),
        by=starts.date(),
        urgent=True,
    )
