"""Kill -9 a worker in the middle of a job: nothing is lost, nothing is done twice, nothing is half-done."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.db import connection

from locality_web.core.models import Job, Partnership

WORKER = Path(__file__).parent / "killed_worker.py"


def same_database() -> str:
    name = connection.settings_dict["NAME"]
    if connection.vendor == "sqlite":
        return f"sqlite:///{name}"
    return urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{name}").geturl()


def worker(how: str) -> subprocess.Popen[str]:
    paths = os.pathsep.join(path for path in sys.path if path)
    surroundings = {**os.environ, "DATABASE_URL": same_database(), "PYTHONPATH": paths}
    surroundings["DJANGO_SETTINGS_MODULE"] = "settings_for_tests"
    return subprocess.Popen([sys.executable, WORKER, how], env=surroundings, stdout=subprocess.PIPE, text=True)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("kind", ["test.whole", "test.parts"])
def test_another_worker_does_the_job_of_one_that_was_killed_and_its_effect_is_there_once(kind):
    Job.objects.create(kind=kind)

    first = worker("hang")
    assert first.stdout.readline() == "in the middle\n"
    first.kill()
    first.communicate()
    assert Partnership.objects.count() == 0
    assert Job.objects.get().state == "running"

    time.sleep(1.1)  # until the lease has run out
    second = worker("finish")
    assert second.communicate()[0] == "done\n"
    assert Partnership.objects.count() == 1
    assert (Job.objects.get().state, Job.objects.get().attempts) == ("done", 2)


@pytest.mark.django_db(transaction=True)
def test_workers_side_by_side_do_every_job_once():
    Job.objects.bulk_create(Job(kind="test.whole") for _ in range(2))

    workers = [worker("finish") for _ in range(2)]
    said = [each.communicate()[0] for each in workers]

    assert said == ["done\n"] * 2
    assert Partnership.objects.count() == 2
