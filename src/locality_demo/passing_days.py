"""Let a year pass in a moment: what the demo does happens on the day on which it would have happened."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from unittest import mock

from django.utils import timezone


@contextmanager
def on_day(day: dt.date, *, hour: int = 10) -> Iterator[None]:
    """Let it be ten o'clock on a day; only the demo may turn the clock, and only back.

    Args:
        day: The day; one that is still to come is taken as it is now.
        hour: The hour.
    """
    moment = dt.datetime.combine(day, dt.time(hour), tzinfo=timezone.get_default_timezone())
    if moment >= timezone.now():
        yield
        return
    # Fields keep `timezone.now` itself as what stands in them by default, so the clock is turned where that reads it.
    with mock.patch("django.utils.timezone.datetime", _clock_at(moment)):
        yield


class _Kind(type):
    """Moments that were made by the real class are moments of a turned clock too."""

    def __instancecheck__(cls, instance: object) -> bool:
        return isinstance(instance, dt.datetime)


def _clock_at(moment: dt.datetime) -> type:
    """Give what Django reads the time from, standing still at a moment."""

    class Clock(metaclass=_Kind):
        @staticmethod
        def now(tz: dt.tzinfo | None = None) -> dt.datetime:
            return moment.astimezone(tz)

    return Clock
