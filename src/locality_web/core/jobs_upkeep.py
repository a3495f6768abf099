"""What the site does for itself once a day: forget what has run out."""

from __future__ import annotations

import datetime as dt

from django.contrib.sessions.models import Session
from django.db import transaction
from django.utils import timezone

from locality_web.core.drafts import drop_old_drafts
from locality_web.core.jobs import job, start
from locality_web.core.mail import KIND as MAIL
from locality_web.core.models import Job

KIND = "core.upkeep"
_DONE_STAY = dt.timedelta(days=90)
_MAILS_STAY = dt.timedelta(days=7)


@job(KIND)
def keep_tidy(job: Job) -> str:
    """Forget sessions that ran out, drafts that nobody came back for, and jobs done long ago."""
    now = timezone.now()
    # Another day, because a session that ran out still says whose text was kept (see `drafts`).
    sessions = Session.objects.filter(expire_date__lt=now - dt.timedelta(days=1)).delete()[0]
    drafts = drop_old_drafts(now)
    ended = Job.objects.filter(state__in=(Job.State.DONE, Job.State.FAILED))
    jobs = ended.filter(finished_at__lt=now - _DONE_STAY).delete()[0]
    # A mail that could not be sent holds an address, and perhaps a link that opens an account.
    mails = Job.objects.filter(kind=MAIL, state=Job.State.FAILED, finished_at__lt=now - _MAILS_STAY)
    mails.exclude(arguments={}).update(arguments={}, says="It could not be sent in time and was thrown away.")
    start(KIND, run_after=now + dt.timedelta(days=1))
    return f"Forgot {sessions} sessions, {drafts} drafts and {jobs} jobs."


def plan_upkeep() -> None:
    """Make sure that the upkeep waits for its turn; called when a worker begins."""
    with transaction.atomic():
        if not Job.objects.filter(kind=KIND, state__in=(Job.State.WAITING, Job.State.RUNNING)).exists():
            start(KIND)
