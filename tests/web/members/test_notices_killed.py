"""Kill -9 a worker while it hands notices over, and while it sends a mail: no notice is lost, none is sent twice."""

from __future__ import annotations

import email
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from factories import site
from locality_web.core.models import Job
from locality_web.members.notice_models import Notice
from web.core.test_jobs_killed import same_database
from web.members.notices_by_hand import member, tell

WORKER = Path(__file__).parent / "killed_notices.py"


@pytest.fixture
def worker(tmp_path):
    def begin(where: str) -> subprocess.Popen[str]:
        paths = os.pathsep.join(path for path in sys.path if path)
        surroundings = {**os.environ, "DATABASE_URL": same_database(), "PYTHONPATH": paths}
        surroundings["DJANGO_SETTINGS_MODULE"] = "settings_for_tests"
        command = [sys.executable, WORKER, where, str(tmp_path / "mail")]
        return subprocess.Popen(command, env=surroundings, stdout=subprocess.PIPE, text=True)

    return begin


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("where", ["notices", "mail"])
def test_every_notice_arrives_once_whatever_is_killed(worker, tmp_path, where):
    fife = site.partnership()
    people = [member(fife, name) for name in ("Ann Reid", "Ben Shaw", "Cath Muir")]
    tell(site.place(fife, "levenmouth"), people)

    first = worker(where)
    assert first.stdout.readline() == "in the middle\n"
    first.kill()
    first.communicate()

    time.sleep(1.1)  # until the lease has run out
    assert worker("finish").communicate()[0] == "done\n"
    arrived = [email.message_from_bytes(file.read_bytes()) for file in (tmp_path / "mail").glob("*.eml")]
    assert sorted(each["To"] for each in arrived) == [
        "ann.reid@example.org",
        "ben.shaw@example.org",
        "cath.muir@example.org",
    ]
    assert len({each["Message-ID"] for each in arrived}) == 3
    assert Notice.objects.filter(handed_over_at=None).count() == 0
    assert not Job.objects.exclude(state="done").exists()


@pytest.mark.django_db(transaction=True)
def test_two_workers_side_by_side_hand_every_notice_over_once(worker, tmp_path):
    fife = site.partnership()
    people = [member(fife, f"Member {number}") for number in range(20)]
    for cause in range(3):
        tell(site.place(fife, "levenmouth"), people, f"meeting:{cause}")

    both = [worker("finish"), worker("finish")]
    assert [each.communicate()[0] for each in both] == ["done\n", "done\n"]

    assert len(list((tmp_path / "mail").glob("*.eml"))) == 60
    assert Job.objects.filter(kind="core.mail").count() == 60
