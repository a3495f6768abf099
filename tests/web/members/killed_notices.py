"""A worker for the test that kills one: `notices` stops it while it writes mails, `mail` after it has sent one."""

from __future__ import annotations

import sys
import time

import django

django.setup()

from django.conf import settings  # noqa: E402

from locality_web.core import jobs_work, mail  # noqa: E402
from locality_web.core.jobs import work_once  # noqa: E402
from locality_web.members import notice_changes  # noqa: E402

settings.EMAIL_BACKEND = "locality_web.core.mail_folder.MailFolder"
settings.MAIL_FOLDER = sys.argv[2]
where = sys.argv[1]


def stop() -> None:
    print("in the middle", flush=True)  # noqa: T201
    time.sleep(60)


def stopping(function, number: int):
    calls = []

    def call(*said, **more):
        found = function(*said, **more)
        calls.append(said)
        if len(calls) == number:
            stop()
        return found

    return call


if where != "finish":
    jobs_work.waits()["lease_seconds"] = 1
if where == "notices":
    notice_changes.send_text = stopping(notice_changes.send_text, 2)
if where == "mail":
    mail.EmailMultiAlternatives.send = stopping(mail.EmailMultiAlternatives.send, 1)

while work_once() is not None:
    pass
print("done", flush=True)  # noqa: T201
