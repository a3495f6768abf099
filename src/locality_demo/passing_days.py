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
    with mock.patch("django.utils.timezone.now", return_value=moment.astimezone(dt.UTC)):
        yield
