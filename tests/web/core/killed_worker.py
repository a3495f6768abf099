"""A worker for the test that kills one: with `hang` it stops in the middle of its job, having written."""

from __future__ import annotations

import sys
import time

import django

django.setup()

from locality_web.core import jobs, jobs_work  # noqa: E402
from locality_web.core.models import Job, Partnership  # noqa: E402

if sys.argv[1] == "hang":
    jobs_work.waits()["lease_seconds"] = 1


def write(number: int) -> None:
    Partnership.objects.create(slug=f"made-{number}", name="Made by a job")
    if sys.argv[1] == "hang":
        print("in the middle", flush=True)  # noqa: T201
        time.sleep(60)


@jobs.job("test.whole")
def whole(job: Job) -> str:
    write(job.pk)
    return "Made a partnership."


@jobs.job("test.parts", whole=False)
def parts(job: Job) -> None:
    with jobs.finishing(job):
        write(job.pk)


done = jobs.work_once()
print(done.state if done else "nothing to do", flush=True)  # noqa: T201
