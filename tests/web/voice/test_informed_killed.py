"""Kill -9 a worker in digests, and in telling those who took part: nobody is told twice or not at all."""

from __future__ import annotations

import email
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest
from django.db import transaction
from django.utils import timezone

from factories import informed_site, site, voice_site
from locality_web.core.jobs import start
from locality_web.core.models import Job
from locality_web.voice.informed.digest_plan import SEND
from locality_web.voice.informed.news import News, tell_news
from locality_web.voice.informed.telling import begin_telling
from locality_web.voice.models import Correspondent
from web.core.test_jobs_killed import same_database

WORKER = Path(__file__).parent / "killed_digests.py"
PEOPLE = ("ann@example.org", "ben@example.org", "cath@example.org")


@pytest.fixture
def worker(tmp_path):
    def begin(where: str) -> subprocess.Popen[str]:
        paths = os.pathsep.join(path for path in sys.path if path)
        surroundings = {**os.environ, "DATABASE_URL": same_database(), "PYTHONPATH": paths}
        surroundings["DJANGO_SETTINGS_MODULE"] = "settings_for_tests"
        command = [sys.executable, WORKER, where, str(tmp_path / "mail")]
        return subprocess.Popen(command, env=surroundings, stdout=subprocess.PIPE, text=True)

    return begin


def digests_due(fife) -> None:
    for each in PEOPLE:
        informed_site.subscription(fife, each)
    with transaction.atomic():
        tell_news(site.place(fife), News("a", "A thing", "It happened.", "/fife/", timezone.now()))
        start(SEND, {"upto": timezone.now().isoformat()}, place=site.place(fife))


def people_to_tell(fife) -> None:
    talk = voice_site.conversation(fife, state="being_answered")
    for each in PEOPLE:
        view = voice_site.opinion(talk, state="answered")
        voice_site.answered(view)
        Correspondent.objects.create(
            contribution=view.contribution, means="email", email=each, confirmed_at=timezone.now()
        )
    begin_telling(site.person("planner", fife), talk)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(("where", "prepare"), [("digests", digests_due), ("telling", people_to_tell)])
def test_everybody_is_told_once_whatever_is_killed(worker, tmp_path, where, prepare):
    prepare(site.partnership())

    first = worker(where)
    assert first.stdout.readline() == "in the middle\n"
    first.kill()
    first.communicate()

    time.sleep(1.1)  # until the lease has run out
    assert worker("finish").communicate()[0] == "done\n"
    arrived = [email.message_from_bytes(file.read_bytes()) for file in (tmp_path / "mail").glob("*.eml")]
    assert sorted(each["To"] for each in arrived) == sorted(PEOPLE)
    due = Job.objects.filter(run_after__lte=timezone.now())
    assert not due.exclude(state="done").exists()
