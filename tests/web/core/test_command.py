"""The command of a site: begin one, prove its audit record, serve it."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request

import pytest
from django.db import connection

from factories import site
from factories.command import run_site as run
from factories.emptying import triggers_off
from locality_web.core.audit import record_event
from locality_web.core.models import AuditEvent, Job, Person, RoleHeld


def test_a_site_begins_with_a_partnership_and_its_administrator(db, client):
    assert run("add-partnership", "fife", "Fife").code == 0
    ran = run("invite", "ann@example.org", "--name", "Ann Gray", "--partnership", "fife", "--address", "http://x.scot")

    assert ran.code == 0
    assert RoleHeld.objects.get(person__email="ann@example.org").role == "administrator"
    assert [event.kind for event in AuditEvent.objects.all()] == ["core.partnership_added", "core.administrator_added"]
    link = ran.out.splitlines()[1]
    assert link.startswith("http://x.scot/accounts/")
    answer = client.get(link.removeprefix("http://x.scot"), follow=True)
    assert answer.status_code == 200
    assert 'type="password"' in answer.content.decode()


def test_an_administrator_who_has_an_account_already_keeps_it(fife):
    person = site.person(email="ann@example.org")

    assert run("invite", "Ann@example.org", "--name", "Ann", "--partnership", "fife").code == 0
    assert Person.objects.count() == 1
    assert person.roles.get().role == "administrator"


def test_what_cannot_begin_is_said(fife):
    assert run("invite", "ann", "--name", "Ann", "--partnership", "fife").err.startswith(
        "locality-web: 'ann' is not an e-mail address."
    )
    nowhere = run("invite", "ann@example.org", "--name", "Ann", "--partnership", "atlantis")
    assert (nowhere.code, "there is no partnership 'atlantis' (there are: fife)" in nowhere.err) == (1, True)
    assert run("add-partnership", "fife", "Fife again").code == 1


def test_the_audit_record_is_proved_and_its_head_printed(fife):
    record_event(None, "test.done", "Did it")
    whole = run("audit", "verify")

    assert whole.code == 0
    assert whole.out.splitlines()[1] == f"1:{AuditEvent.objects.get().hash}"
    assert run("audit", "verify", "--noted", whole.out.splitlines()[1]).code == 0


def test_a_broken_record_ends_with_one_and_names_the_first_broken_link(fife):
    for number in range(3):
        record_event(None, "test.done", f"Did {number}")
    with triggers_off(connection), connection.cursor() as cursor:
        cursor.execute("UPDATE core_auditevent SET says = 'Nothing' WHERE number = 2")

    ran = run("audit", "verify", "--json")

    assert ran.code == 1
    assert json.loads(ran.out)["at_event"] == 2
    assert "Event 2 was changed" in run("audit", "verify").out


def test_a_head_of_another_shape_is_refused(db):
    ran = run("audit", "verify", "--noted", "three")

    assert (ran.code, ran.err.splitlines()[0]) == (
        1,
        "--noted: 'three' is not a head of the audit record. Write it as it was printed: the number, a colon, and 64 "
        "figures and letters.",
    )


def test_the_site_is_closed_and_opened_by_command(db, settings, tmp_path, client):
    settings.MAINTENANCE_FILE = tmp_path / "maintenance.txt"

    run("maintenance", "Back at 15:00.")
    assert client.get("/").status_code == 503
    run("maintenance", "--end")
    assert client.get("/").status_code == 200


def test_due_jobs_are_done_by_command(db):
    Job.objects.create(kind="core.upkeep")

    assert run("work", "--once").out == "1 jobs done.\n"


def test_a_wrong_setting_is_said_in_one_sentence(tmp_path):
    surroundings = {**os.environ, "LOCALITY_HOME": str(tmp_path), "LOCALITY_HTTPS": "perhaps"}
    surroundings["DJANGO_SETTINGS_MODULE"] = "locality_web.config.settings"
    command = [sys.executable, "-m", "locality_web.config.command", "audit", "verify"]
    ran = subprocess.run(command, env=surroundings, capture_output=True, text=True, check=False)

    assert (ran.returncode, ran.stderr) == (3, "Refused. LOCALITY_HTTPS is 'perhaps'. Write yes or no.\n")


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as door:
        return door.getsockname()[1]


@pytest.fixture
def served(tmp_path):
    """A site of its own, served as on a live machine."""
    port = free_port()
    surroundings = {**os.environ, "LOCALITY_HOME": str(tmp_path), "LOCALITY_HTTPS": "no", "LOCALITY_DEMO": "yes"}
    surroundings.pop("DATABASE_URL", None)
    surroundings["DJANGO_SETTINGS_MODULE"] = "locality_web.config.settings"
    command = [sys.executable, "-m", "locality_web.config.command", "serve", "--port", str(port), "--workers", "2"]
    process = subprocess.Popen(command, env=surroundings, stderr=subprocess.PIPE, text=True)
    yield process, f"http://127.0.0.1:{port}"
    if process.poll() is None:
        process.kill()
        process.wait(40)
    process.stderr.close()


def job_worker_of(served_by: subprocess.Popen[str], other_than: int = 0) -> int:
    """Give the process number of the job worker as soon as there is one."""
    for _ in range(120):
        asked = ["ps", "-ww", "--ppid", str(served_by.pid), "-o", "pid=,args="]
        lines = subprocess.run(asked, capture_output=True, text=True, check=False).stdout.splitlines()
        found = [int(line.split()[0]) for line in lines if "--with-parent" in line]
        if found and found[0] != other_than:
            return found[0]
        time.sleep(0.25)
    return 0


def test_a_served_site_answers_gives_its_style_starts_a_killed_worker_again_and_ends_cleanly(served):
    process, address = served
    for _ in range(240):
        with contextlib.suppress(OSError):
            urllib.request.urlopen(f"{address}/health/", timeout=20)
            break
        time.sleep(0.25)
    page = urllib.request.urlopen(f"{address}/", timeout=20).read().decode()
    style = page.partition('rel="stylesheet" href="')[2].partition('"')[0]
    assert urllib.request.urlopen(f"{address}{style}", timeout=20).status == 200

    first = job_worker_of(process)
    assert first, "no job worker was started"  # and never a kill of process 0: that is everybody in this group
    os.kill(first, signal.SIGKILL)
    assert job_worker_of(process, other_than=first)

    process.send_signal(signal.SIGTERM)
    assert process.wait(40) == 0
