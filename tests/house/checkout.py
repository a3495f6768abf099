"""The checkout that the tests of the house look at, and the command run inside this process."""

from __future__ import annotations

import contextlib
import io
from pathlib import Path

from locality.cli import main

ROOT = Path(__file__).parent.parent.parent


def run_locality(*arguments: str) -> tuple[str, int]:
    """Run the command; give what it printed and its exit code."""
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed), contextlib.redirect_stderr(printed):
        try:
            main(list(arguments))
        except SystemExit as left:
            return printed.getvalue(), int(left.code or 0)
    return printed.getvalue(), 0
