"""Kill -9 in the middle of publishing: nothing is half-published, and another worker does it whole."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.db import connection

from factories import money_site, plans_site
from locality_web.core.models import AuditEvent, Job
from locality_web.plans.models import Publication, PublishedFile
from locality_web.plans.publishing import KIND, ask_to_publish

WORKER = Path(__file__).parent / "killed_publisher.py"


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
def test_a_worker_that_is_killed_while_it_publishes_leaves_nothing_and_the_next_one_publishes_whole(fife):
    record = plans_site.agreed(fife)
    ask_to_publish(money_site.officer(fife, "planner"), record)

    first = worker("hang")
    assert first.stdout.readline() == "in the middle\n"
    first.kill()
    first.communicate()
    assert not Publication.objects.exists()
    assert not PublishedFile.objects.exists()

    time.sleep(1.1)  # until the lease has run out
    assert worker("finish").communicate()[0] == "done\n"
    assert Publication.objects.get().snapshot_id == record.snapshot_id
    assert {"plan.html", "plan.pdf", "plan.json"} <= set(PublishedFile.objects.values_list("name", flat=True))
    assert AuditEvent.objects.filter(kind="plans.published").count() == 1
    assert Job.objects.get(kind=KIND).state == "done"
