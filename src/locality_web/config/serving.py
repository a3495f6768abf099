"""Serve a site: the web processes, and a worker for background jobs that is started again when it ends."""

from __future__ import annotations

import os
import signal
import sys
import threading
import time
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.db import connections
from django.urls import get_resolver
from django.utils import timezone
from gunicorn.app.base import BaseApplication  # type: ignore[import-untyped]

from locality.foundations import FinancialYear, ResultRefused
from locality_web.core.hooks import ask_rooms
from locality_web.core.models import Partnership
from locality_web.core.remembered import Memory
from locality_web.core.second_factor_secrets import refuse_wrong_key
from locality_web.plans.readiness_record import record_of

_THREADS = 4  # for each process; pages wait for the database more than for the processor
_WORKER_ENDS_SECONDS = 30
_WARM_UP_SECONDS = 5  # what a restart may last longer for it


def default_workers() -> int:
    """One web process for each core, at least two: one may hang."""
    return max(2, os.cpu_count() or 2)


def refuse_open_demo(host: str) -> None:
    """Refuse to serve the demo to other machines: it shows its passwords.

    Raises:
        ResultRefused: It is the demo, and the address is one that others can reach.
    """
    if settings.DEMO and host not in ("127.0.0.1", "localhost", "::1"):
        raise ResultRefused(
            f"The demo shows its passwords and its mail; others could reach it at {host}.", "Leave --host out."
        )


def prepare() -> None:
    """Bring the database up to date and gather the static files."""
    call_command("migrate", interactive=False, verbosity=0)
    refuse_wrong_key()
    call_command("createcachetable", verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    connections.close_all()  # the web processes are copies of this one and must not share a connection


def warm_up() -> None:
    """Read what the heaviest pages ask of every room, so that no visitor waits for it; some seconds at most.

    The web processes are copies of this one: what it has in memory they have too, and none of its connections.
    """
    until = time.monotonic() + _WARM_UP_SECONDS
    now = FinancialYear.of(timezone.localdate())
    for partnership in Partnership.objects.all():
        for year in (now.next(), now):
            if time.monotonic() < until:
                record_of(partnership, str(year), Memory(partnership))
        if time.monotonic() < until:
            list(ask_rooms("warm_up", "read_ahead", partnership))
    connections.close_all()


class JobWorker:
    """A worker in a process of its own, started again when it ends before its time.

    Spawned, not by `subprocess`: that waits on a pipe which a web process that is forked at the same moment would keep
    open for ever.
    """

    def __init__(self) -> None:
        self._pid = 0
        self._ended = threading.Event()

    def start(self) -> None:
        """Start it, and a thread that watches it."""
        threading.Thread(target=self._watch, daemon=True, name="watches the job worker").start()

    def _watch(self) -> None:
        while not self._ended.is_set():
            if not self._is_alive():
                command = [sys.executable, "-m", "locality_web.config.command", "work", "--with-parent"]
                self._pid = os.posix_spawn(sys.executable, command, os.environ)
            self._ended.wait(1)

    def _is_alive(self) -> bool:
        if not self._pid:
            return False
        try:
            return os.waitpid(self._pid, os.WNOHANG) == (0, 0)
        except ChildProcessError:  # the server has seen its end already
            return False

    def end(self) -> None:
        """Let it finish the job in hand; one that does not come to an end is stopped, and its job taken up later."""
        self._ended.set()
        until = time.monotonic() + _WORKER_ENDS_SECONDS
        if self._is_alive():
            os.kill(self._pid, signal.SIGTERM)
        while self._is_alive():
            if time.monotonic() > until:
                os.kill(self._pid, signal.SIGKILL)
                return
            time.sleep(0.1)


class Server(BaseApplication):  # type: ignore[misc]
    """Gunicorn with the site's own settings."""

    def __init__(self, options: dict[str, Any]):
        self.options = options
        super().__init__()

    def load_config(self) -> None:
        """Set the options."""
        for name, value in self.options.items():
            self.cfg.set(name, value)

    def load(self) -> Any:
        """Give the site, ready to answer: its addresses are read before the first visitor comes."""
        # Imported only now: the site looks for its static files when it is made, and `prepare` gathers them.
        from locality_web.config.wsgi import application  # noqa: PLC0415

        _ = get_resolver().url_patterns
        warm_up()
        return application


def serve(host: str, port: int, workers: int) -> None:
    """Serve until SIGTERM."""
    jobs = JobWorker()
    options = {
        "bind": f"[{host}]:{port}" if ":" in host else f"{host}:{port}",
        "workers": workers,
        "worker_class": "gthread",
        "threads": _THREADS,
        "timeout": 120,
        "graceful_timeout": 20,
        "preload_app": True,
        "control_socket_disable": True,
        "when_ready": lambda server: jobs.start(),
        "on_exit": lambda server: jobs.end(),
    }
    Server(options).run()
