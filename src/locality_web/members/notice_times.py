"""When a notice is due: at once, at the next daily digest, at the next weekly one, or with the next letters."""

from __future__ import annotations

import datetime as dt

from django.utils import timezone

from locality_web.members.register_models import Member

_HOUR, _WEEKDAY = 7, 0  # digests go out in the morning; the weekly one on Monday


def due_at(way: str, now: dt.datetime) -> dt.datetime:
    """Give the moment at which a notice is due.

    Args:
        way: The means that the member chose.
        now: When it was caused.

    Returns:
        `now` for what goes at once and for letters; otherwise the next morning (of a Monday) in local time, so that
        a change of clocks moves it with the people.
    """
    if way not in (Member.Notices.DAILY, Member.Notices.WEEKLY):
        return now
    local = timezone.localtime(now)
    day = local.date()
    if local.hour >= _HOUR:
        day += dt.timedelta(days=1)
    while way == Member.Notices.WEEKLY and day.weekday() != _WEEKDAY:
        day += dt.timedelta(days=1)
    return timezone.make_aware(dt.datetime.combine(day, dt.time(_HOUR)))
