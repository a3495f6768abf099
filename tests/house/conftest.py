"""What the tests of the house share: the checkout, its committed files, and one walk through the tutorial."""

from __future__ import annotations

import contextlib
import os
import re
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from checkout import ROOT, run_locality

# The pages are written by a program that stands beside them; it is run from the checkout, never installed.
sys.path.insert(0, str(ROOT))
TUTORIAL = ROOT / "docs" / "learn" / "first-hour.md"
_BLOCK = re.compile(r"```console\n\$ locality ([^\n]*)\n(.*?)```", re.DOTALL)


@dataclass(frozen=True)
class Step:
    """One command of the tutorial: what the page says it prints, and what it prints."""

    command: str
    written: str
    printed: str
    exit_code: int


@pytest.fixture(scope="session")
def committed() -> list[Path]:
    """Every file that git knows, relative to the checkout."""
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True).stdout
    paths = [Path(name) for name in listed.decode().split("\0") if name]
    return [path for path in paths if (ROOT / path).is_file()]


@pytest.fixture(scope="session")
def tutorial(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[Step]]:
    """The folder in which every command of the tutorial was run, and the steps."""
    folder = tmp_path_factory.mktemp("first-hour")
    with _at(folder):
        steps = [
            Step(command, written, *run_locality(*command.split()))
            for command, written in _BLOCK.findall(TUTORIAL.read_text(encoding="utf-8"))
        ]
    return folder, steps


@contextlib.contextmanager
def _at(folder: Path):
    """Stand in a folder, with a terminal as wide as the one on the page."""
    before = os.environ.get("COLUMNS")
    os.environ["COLUMNS"] = "100"
    try:
        with contextlib.chdir(folder):
            yield
    finally:
        if before is None:
            del os.environ["COLUMNS"]
        else:
            os.environ["COLUMNS"] = before


@pytest.fixture(scope="session")
def in_folder() -> Callable[[Path], contextlib.AbstractContextManager[None]]:
    """Stand in a folder for a while."""
    return _at
