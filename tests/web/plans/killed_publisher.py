"""A worker for the test that kills one: with `hang` it stops while it publishes, having written most of it."""

from __future__ import annotations

import sys
import time

import django

django.setup()

from locality_web.core import jobs, jobs_work  # noqa: E402
from locality_web.plans import publishing  # noqa: E402

if sys.argv[1] == "hang":
    jobs_work.waits()["lease_seconds"] = 1

    def hang(*arguments: object, **named: object) -> None:
        print("in the middle", flush=True)  # noqa: T201
        time.sleep(120)

    publishing.record_event = hang  # type: ignore[assignment]

# Forms that take long are another test's; here it is about what is kept.
publishing.write_pdf = lambda document, large_print=False: b"%PDF-"  # type: ignore[assignment]
done = jobs.work_once()
print(done.state if done else "nothing to do", flush=True)  # noqa: T201
