"""How a worker takes a job, does it, and says what came of it."""

from __future__ import annotations

import datetime as dt
import os
import secrets
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from typing import Any

from django.db import connection, transaction
from django.db.models import Q
from django.utils import timezone

from locality.foundations import InputRefused, ResultRefused
from locality.foundations.rules import load_rule
from locality_web.core.incidents import record_incident
from locality_web.core.jobs import LeaseLost, finishing, kind_named
from locality_web.core.models import Job
from locality_web.core.permissions import NotAllowed

REFUSALS = (InputRefused, ResultRefused, NotAllowed)
_MOST_TEXT = 2000  # characters of a reason that is kept


@cache
def waits() -> dict[str, Any]:
    """The rule of leases and waits."""
    value: dict[str, Any] = load_rule("locality_web.core", "job_waits").at(timezone.localdate()).value
    return value


def name_worker() -> str:
    """Give a worker a name that no other has."""
    return f"{socket.gethostname()[:40]}-{os.getpid()}-{secrets.token_hex(4)}"


def take(worker: str = "") -> Job | None:
    """Take the next job that is due, or whose worker has fallen silent."""
    now = timezone.now()
    due = Q(state=Job.State.WAITING, run_after__lte=now) | Q(state=Job.State.RUNNING, leased_until__lt=now)
    found = Job.objects.filter(due).order_by("run_after", "pk")
    if not found.exists():  # without a transaction, so that an idle worker keeps no writer waiting
        return None
    with transaction.atomic():
        # PostgreSQL passes over rows that another worker is taking; on SQLite only one transaction writes at a time.
        skip = connection.features.has_select_for_update_skip_locked
        job = found.select_for_update(skip_locked=skip).first()
        if job is None:
            return None
        if job.state == Job.State.RUNNING and job.attempts > len(waits()["minutes"]):
            _fail(job, "Its worker ended in the middle every time. Look into the site's log, then run it again.")
            return take(worker)
        job.state, job.worker, job.attempts = Job.State.RUNNING, worker or name_worker(), job.attempts + 1
        job.leased_until = now + dt.timedelta(seconds=waits()["lease_seconds"])
        job.save(update_fields=["state", "worker", "attempts", "leased_until"])
    return job


def do(job: Job) -> Job:
    """Do a job that was taken, and mark what came of it."""
    try:
        _run(job)
    except LeaseLost:
        pass
    except REFUSALS as refused:
        _mark(job, str(refused), again=False)
    except Exception as error:
        reference = record_incident(error, where=f"job {job.kind}")
        _mark(job, f"It broke ({type(error).__name__}). The log has the details under {reference}.", again=True)
    job.refresh_from_db()
    return job


def _run(job: Job) -> None:
    kind = kind_named(job.kind)
    if kind.whole:
        with finishing(job):
            job.says = kind.work(job) or ""
        return
    with _staying_alive(job):
        says = kind.work(job)
    if job.state != Job.State.DONE:
        with finishing(job):
            job.says = says or job.says


def _mark(job: Job, why: str, *, again: bool) -> None:
    """Let a job wait for the next attempt, or fail it; nothing when another worker has it by now."""
    with transaction.atomic():
        mine = Job.objects.filter(pk=job.pk, state=Job.State.RUNNING, worker=job.worker, attempts=job.attempts)
        held = mine.select_for_update().first()
        if held is None:
            return
        minutes = waits()["minutes"]
        if not again or held.attempts > len(minutes):
            _fail(held, why)
            return
        held.state, held.says, held.leased_until = Job.State.WAITING, why[:_MOST_TEXT], None
        held.run_after = timezone.now() + dt.timedelta(minutes=minutes[held.attempts - 1])
        held.save(update_fields=["state", "says", "leased_until", "run_after"])


def _fail(job: Job, why: str) -> None:
    job.state, job.says, job.leased_until, job.finished_at = Job.State.FAILED, why[:_MOST_TEXT], None, timezone.now()
    job.save(update_fields=["state", "says", "leased_until", "finished_at"])


@contextmanager
def _staying_alive(job: Job) -> Iterator[None]:
    """Renew the lease from beside while a long job runs."""
    ended = threading.Event()
    thread = threading.Thread(target=_renew, args=(job.pk, job.worker, ended), daemon=True)
    thread.start()
    try:
        yield
    finally:
        ended.set()
        thread.join()


def _renew(pk: int, worker: str, ended: threading.Event) -> None:
    lease = waits()["lease_seconds"]
    try:
        while not ended.wait(lease / 4):
            until = timezone.now() + dt.timedelta(seconds=lease)
            Job.objects.filter(pk=pk, worker=worker, state=Job.State.RUNNING).update(leased_until=until)
    finally:
        connection.close()
