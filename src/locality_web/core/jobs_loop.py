"""A worker: takes jobs one after the other until it is told to end."""

from __future__ import annotations

import logging
import os
import signal
import threading

from django.db import DatabaseError, close_old_connections

from locality_web.core.hooks import ask_rooms
from locality_web.core.incidents import record_incident
from locality_web.core.jobs import work_once
from locality_web.core.jobs_upkeep import plan_upkeep
from locality_web.core.jobs_work import name_worker

_LOG = logging.getLogger("locality_web.jobs")
_IDLE_SECONDS = 1.0  # how soon a new job is found; each look is one small query
_TROUBLE_SECONDS = 10.0  # before the next attempt when the database is away


def work_off() -> int:
    """Do all that is due now; give how many jobs were done."""
    done = 0
    while work_once() is not None:
        done += 1
    return done


def work_on(*, with_parent: bool = False) -> None:
    """Work until SIGTERM or SIGINT; the job in hand is finished first.

    Args:
        with_parent: End as well when the program that started this one is gone.
    """
    ended = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: ended.set())
    parent, name = os.getppid(), name_worker()
    _LOG.info("Worker %s begins.", name)
    planned = prepared = False
    while not ended.is_set() and not (with_parent and os.getppid() != parent):
        close_old_connections()
        try:
            if not planned:
                plan_upkeep()
                planned = True
            if work_once(name) is not None:
                continue
            if not prepared:
                prepared = True
                _prepare()
            ended.wait(_IDLE_SECONDS)
        except DatabaseError as trouble:
            record_incident(trouble, where="the worker")
            ended.wait(_TROUBLE_SECONDS)
    _LOG.info("Worker %s ends.", name)


def _prepare() -> None:
    """Let rooms prepare what their jobs need; a job that comes meanwhile waits, and one that came before does not."""
    try:
        for _ in ask_rooms("warm_up", "prepare_worker"):
            pass
    except Exception as trouble:
        # It is only a head start: without it the first job takes longer.
        record_incident(trouble, where="the worker's warm-up")
