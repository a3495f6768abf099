"""A copy of a whole site, and how it is put back: by the site itself, or on PostgreSQL by that database's own tools.

Every test says what happens on the database on which it runs.
"""

from __future__ import annotations

import json
import zipfile
from types import SimpleNamespace

import pytest
from django.db import connection

from factories import site
from factories.command import Ran
from factories.command import run_site as run
from locality_web.config import keeping
from locality_web.core.audit_verify import verify_record
from locality_web.core.models import AuditEvent, Partnership


def is_left_to_postgresql(ran: Ran) -> bool:
    """Say whether the database keeps its own backups; then the command must have said so, and changed nothing."""
    if connection.vendor == "sqlite":
        return False
    assert ran.code == 3
    assert "This site is on PostgreSQL, which keeps its own backups. Use pg_" in ran.err
    return True


@pytest.fixture
def kept(transactional_db, tmp_path):
    """A site with one partnership, and its backup; on PostgreSQL the command makes no file."""
    site.partnership()
    file = tmp_path / "site.zip"
    ran = run("backup", file)
    assert is_left_to_postgresql(ran) or ran.code == 0, ran.err
    assert file.exists() is (connection.vendor == "sqlite")
    return file


def slugs() -> list[str]:
    return [each.slug for each in Partnership.objects.order_by("pk")]


def test_a_backup_brings_the_site_back_as_it_stood_or_the_command_names_postgresqls_tool(kept):
    site.partnership("later", "Added later")

    ran = run("restore", kept, "--replace")

    if is_left_to_postgresql(ran):
        assert slugs() == ["fife", "later"]
        return
    assert ran.code == 0, ran.err
    assert slugs() == ["fife"]
    assert AuditEvent.objects.order_by("number").last().kind == "core.restored"
    assert verify_record().wrong == ""


def test_a_site_that_holds_something_is_not_replaced_unasked(kept):
    ran = run("restore", kept)

    assert is_left_to_postgresql(ran) or (ran.code, "use --replace" in ran.err) == (3, True)
    assert slugs() == ["fife"]


def test_a_backup_never_overwrites_a_file(kept):
    kept.touch()
    before = kept.read_bytes()

    ran = run("backup", kept)

    assert is_left_to_postgresql(ran) or (ran.code, "exists already" in ran.err) == (3, True)
    assert kept.read_bytes() == before


@pytest.mark.parametrize("harm", ["cut", "changed", "no zip", "missing", "newer", "other"])
def test_a_broken_backup_changes_nothing(kept, tmp_path, harm):
    bad = tmp_path / "bad.zip"
    if kept.exists():
        _harm(kept, bad, harm)

    ran = run("restore", bad, "--replace")

    assert is_left_to_postgresql(ran) or (ran.code, "bad.zip" in ran.err) == (1, True)
    assert slugs() == ["fife"]


def _harm(kept, bad, harm):
    with zipfile.ZipFile(kept) as packed:
        about, database = json.loads(packed.read("backup.json")), packed.read("locality.sqlite3")
    if harm == "cut":
        bad.write_bytes(kept.read_bytes()[:-2000])
    elif harm == "no zip":
        bad.write_bytes(b"Hello")
    elif harm != "missing":
        about |= {"newer": {"migrations": ["core.9999_later"]}, "other": {"format": "other"}}.get(harm, {})
        database = database[:-1] + b"x" if harm == "changed" else database
        with zipfile.ZipFile(bad, "w") as packed:
            packed.writestr("backup.json", json.dumps(about))
            packed.writestr("locality.sqlite3", database)


@pytest.mark.parametrize(
    ("command", "tool"),
    [
        ("backup", "Use pg_dump, for example: pg_dump --format=custom --file FILE"),
        ("restore", "Use pg_restore, for example: pg_restore --clean --dbname NAME FILE"),
    ],
)
def test_the_commands_name_the_tool_on_postgresql(monkeypatch, tmp_path, command, tool):
    monkeypatch.setattr(keeping, "connection", SimpleNamespace(vendor="postgresql"))

    ran = run(command, tmp_path / "site.zip")

    said = f"Refused. This site is on PostgreSQL, which keeps its own backups. {tool}\n"
    assert (ran.code, ran.err) == (3, said)
    assert not list(tmp_path.iterdir())
