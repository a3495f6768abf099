"""Runs the command in this process and keeps what it printed."""

from __future__ import annotations

import contextlib
import io
from dataclasses import dataclass

from locality.cli.main import main


@dataclass(frozen=True)
class Ran:
    """What a command left behind: its exit code and what it printed."""

    code: int
    out: str
    err: str


def run_locality(*arguments: object) -> Ran:
    """Run `locality` with these arguments."""
    out, err = io.StringIO(), io.StringIO()
    code = 0
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        try:
            main([str(argument) for argument in arguments])
        except SystemExit as left:
            code = int(left.code or 0)
    return Ran(code, out.getvalue(), err.getvalue())
