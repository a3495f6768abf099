"""Fixtures that every shelf of tests may use."""

import os
from collections.abc import Generator
from pathlib import Path
from typing import Any

import pytest

# Nothing in these is to be collected, and pytest takes two modules of one name in two folders for one. Those that are
# killed are programs of their own.
collect_ignore_glob = ["conftest.py", "*/conftest.py", "*/addresses.py", "*/killed_*.py"]


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[None]) -> Generator[None, Any, Any]:
    """Fail what skips itself in CI: there everything that a test may need is installed."""
    report = yield
    if report.skipped and os.environ.get("CI") and not hasattr(report, "wasxfail"):
        report.outcome, report.longrepr = "failed", f"skipped, which no test may be in CI: {report.longrepr[2]}"
    return report


def _folder(variable: str, what: str) -> Path:
    """Give the folder that an environment variable names; without it skip, but never in CI."""
    name = os.environ.get(variable)
    if name and Path(name).is_dir():
        return Path(name)
    say = f"{variable} does not name a folder: this test needs {what} (docs/do/get-the-data.md)"
    if os.environ.get("CI"):
        pytest.fail(say)
    pytest.skip(say)


@pytest.fixture(scope="session")
def data_root() -> Path:
    """The real public files."""
    return _folder("LOCALITY_DATA", "the real public files")


@pytest.fixture(scope="session")
def cases_root() -> Path:
    """Published results with known answers that are too large to keep beside the tests."""
    return _folder("LOCALITY_CASES", "published results with known answers")
