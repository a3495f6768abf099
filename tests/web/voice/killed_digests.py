"""A worker for the test that kills one: `digests` stops it while it writes mails."""

from __future__ import annotations

import sys
import time

import django

django.setup()

from django.conf import settings  # noqa: E402

from locality_web.core import jobs_work  # noqa: E402
from locality_web.core.jobs import work_once  # noqa: E402
from locality_web.voice.informed import digests, telling  # noqa: E402

settings.EMAIL_BACKEND = "locality_web.core.mail_folder.MailFolder"
settings.MAIL_FOLDER = sys.argv[2]
where = sys.argv[1]


def stopping(function, number: int):
    calls = []

    def call(*said, **more):
        found = function(*said, **more)
        calls.append(said)
        if len(calls) == number:
            print("in the middle", flush=True)  # noqa: T201
            time.sleep(60)
        return found

    return call


if where != "finish":
    jobs_work.waits()["lease_seconds"] = 1
if where == "digests":
    digests.send_text = stopping(digests.send_text, 2)
if where == "telling":
    telling.send_text = stopping(telling.send_text, 2)

while work_once() is not None:
    pass
print("done", flush=True)  # noqa: T201
