"""Make sure that a worker hands over notices when they are due."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from django.utils import timezone

from locality_web.core.jobs import start
from locality_web.core.models import Job, Partnership
from locality_web.core.permissions import Place

HAND_OVER = "members.hand_over"
_SOON = dt.timedelta(minutes=2)  # longer than any transaction lasts


def plan_hand_over(partnership: Partnership, moments: Iterable[dt.datetime]) -> None:
    """Start a hand-over for each of some moments; one job serves all notices of one digest.

    What is due soon gets a job of its own, always: one that waits already may be taken before this transaction ends,
    and would not see what it wrote.
    """
    now = timezone.now()
    for moment in sorted({max(each, now) for each in moments}):
        planned = Job.objects.filter(kind=HAND_OVER, partnership=partnership, run_after=moment, state=Job.State.WAITING)
        if moment <= now + _SOON or not planned.exists():
            start(HAND_OVER, place=Place(partnership), run_after=moment)
