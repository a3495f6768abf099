"""When digests are due: each Monday morning, or the first one of a month."""

from __future__ import annotations

import datetime as dt

from django.utils import timezone

from locality_web.voice.informed.models import Subscription

_HOUR = 7


def latest_moment(rhythm: str, now: dt.datetime) -> dt.datetime:
    """Give the newest moment at which a digest was due.

    Args:
        rhythm: One of `Subscription.Rhythm`.
        now: From when one looks back.

    Returns:
        Seven in the morning, local time, of a Monday; with a month's rhythm of the first Monday of a month.
    """
    local = timezone.localtime(now)
    day = local.date() - dt.timedelta(days=local.weekday())
    if day == local.date() and local.hour < _HOUR:
        day -= dt.timedelta(days=7)
    if rhythm == Subscription.Rhythm.MONTHLY:
        day -= dt.timedelta(days=7 * ((day.day - 1) // 7))
    return timezone.make_aware(dt.datetime.combine(day, dt.time(_HOUR)))


def next_moment(now: dt.datetime) -> dt.datetime:
    """Give the next Monday morning."""
    day = timezone.localtime(latest_moment(Subscription.Rhythm.WEEKLY, now)).date() + dt.timedelta(days=7)
    return timezone.make_aware(dt.datetime.combine(day, dt.time(_HOUR)))
