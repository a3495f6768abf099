"""What the site does for itself once a day: forget what has run out."""

from __future__ import annotations

import datetime as dt

from django.contrib.sessions.models import Session
from django.db import transaction
from django.utils import timezone

from locality_web.core.drafts import drop_old_drafts
from locality_web.core.jobs import job, start
from locality_web.core.models import Job

KIND = "core.upkeep"
_DONE_STAY = dt.timedelta(days=90)


@job(KIND)
def keep_tidy(job: Job) -> str:
    """Forget sessions that ran out, drafts that nobody came back for, and jobs done long ago."""
    now = timezone.now()
    sessions = Session.objects.filter(expire_date__lt=now).delete()[0]
    drafts = drop_old_drafts(now)
    jobs = Job.objects.filter(state=Job.State.DONE, finished_at__lt=now - _DONE_STAY).delete()[0]
    start(KIND, run_after=now + dt.timedelta(days=1))
    return f"Forgot {sessions} sessions, {drafts} drafts and {jobs} jobs."


def plan_upkeep() -> None:
    """Make sure that the upkeep waits for its turn; called when a worker begins."""
    with transaction.atomic():
        if not Job.objects.filter(kind=KIND, state__in=(Job.State.WAITING, Job.State.RUNNING)).exists():
            start(KIND)
