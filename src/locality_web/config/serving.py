"""Serve a site: the web processes, and a worker for background jobs that is started again when it ends."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from typing import Any

from django.core.management import call_command
from django.db import connections
from django.urls import get_resolver
from gunicorn.app.base import BaseApplication  # type: ignore[import-untyped]

_THREADS = 4  # for each process; pages wait for the database more than for the processor
_WORKER_ENDS_SECONDS = 30


def default_workers() -> int:
    """One web process for each core, at least two: one may hang."""
    return max(2, os.cpu_count() or 2)


def prepare() -> None:
    """Bring the database up to date and gather the static files."""
    call_command("migrate", interactive=False, verbosity=0)
    call_command("createcachetable", verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    connections.close_all()  # the web processes are copies of this one and must not share a connection


class JobWorker:
    """A worker in a process of its own, started again when it ends before its time."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[bytes] | None = None
        self._ended = threading.Event()

    def start(self) -> None:
        """Start it, and a thread that watches it."""
        threading.Thread(target=self._watch, daemon=True, name="watches the job worker").start()

    def _watch(self) -> None:
        while not self._ended.is_set():
            if self._process is None or self._process.poll() is not None:
                command = [sys.executable, "-m", "locality_web.config.command", "work", "--with-parent"]
                self._process = subprocess.Popen(command)  # noqa: S603 - our own command
            self._ended.wait(1)

    def end(self) -> None:
        """Let it finish the job in hand; whoever does not come to an end is stopped, and the job taken up later."""
        self._ended.set()
        if self._process is None:
            return
        self._process.terminate()
        try:
            self._process.wait(_WORKER_ENDS_SECONDS)
        except subprocess.TimeoutExpired:
            self._process.kill()


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
