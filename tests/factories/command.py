"""Runs the commands in this process and keeps what they printed."""

from __future__ import annotations

import contextlib
import io
from collections.abc import Callable
from dataclasses import dataclass

from locality.cli.main import main
from locality_web.config.command import main as site_main


@dataclass(frozen=True)
class Ran:
    """What a command left behind: its exit code and what it printed."""

    code: int
    out: str
    err: str


def run_locality(*arguments: object) -> Ran:
    """Run `locality` with these arguments."""
    return _run(main, arguments)


def run_site(*arguments: object) -> Ran:
    """Run `locality-web` with these arguments, on the tests' own database."""
    return _run(site_main, arguments)


def _run(command: Callable[[list[str]], object], arguments: tuple[object, ...]) -> Ran:
    out, err = io.StringIO(), io.StringIO()
    code = 0
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        try:
            command([str(argument) for argument in arguments])
        except SystemExit as left:
            code = int(left.code or 0)
    return Ran(code, out.getvalue(), err.getvalue())
