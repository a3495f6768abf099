"""Make sure that a worker gathers news and sends digests when they are due."""

from __future__ import annotations

from django.utils import timezone

from locality_web.core.jobs import start
from locality_web.core.models import Job, Partnership
from locality_web.core.permissions import Place
from locality_web.voice.informed.times import next_moment

GATHER, SEND = "voice.gather_news", "voice.send_digests"


def plan_digests(partnership: Partnership) -> None:
    """Plan the next gathering of news, unless one waits; inside the transaction of its cause."""
    if not Job.objects.filter(kind=GATHER, partnership=partnership, state=Job.State.WAITING).exists():
        start(GATHER, place=Place(partnership), run_after=next_moment(timezone.now()))
