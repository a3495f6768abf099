"""A worker that has begun does what is due first, and prepares what later jobs need while it is idle."""

from __future__ import annotations

import os
import signal

import pytest

from locality_web.core import jobs_loop
from locality_web.core.models import Job

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def prepared(monkeypatch):
    """What the worker prepared; it is told to end then."""
    seen = []
    before = {number: signal.getsignal(number) for number in (signal.SIGTERM, signal.SIGINT)}

    def prepare(module, function):
        waiting = Job.objects.filter(state=Job.State.WAITING, run_after__lte=Job.objects.latest("pk").made_at)
        seen.append((module, function, waiting.count()))
        os.kill(os.getpid(), signal.SIGTERM)
        yield from ()

    monkeypatch.setattr(jobs_loop, "ask_rooms", prepare)
    monkeypatch.setattr(jobs_loop, "_IDLE_SECONDS", 0.01)
    yield seen
    for number, handler in before.items():
        signal.signal(number, handler)


def test_what_is_due_comes_before_what_is_prepared(prepared):
    jobs_loop.work_on()

    assert Job.objects.filter(state=Job.State.DONE).exists()
    assert prepared == [("warm_up", "prepare_worker", 0)]


def test_a_room_that_cannot_prepare_keeps_no_worker_from_its_jobs(prepared, monkeypatch):
    begun = []

    def broken(*_):
        begun.append(1)
        os.kill(os.getpid(), signal.SIGTERM)
        raise RuntimeError("no compiler")

    monkeypatch.setattr(jobs_loop, "ask_rooms", broken)

    jobs_loop.work_on()

    assert begun == [1]
