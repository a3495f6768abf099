"""Keep a copy of a site on the embedded database, and put one in place.

A backup is a zip of two members: the database, copied by SQLite itself while the site runs, and `backup.json`, which
says when it was made, by which version's tables, and what its SHA-256 is.
"""

from __future__ import annotations

import hashlib
import json
import os
import sqlite3
import tempfile
import zipfile
from contextlib import closing
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.db import connection, transaction
from django.db.migrations.loader import MigrationLoader
from django.utils import timezone

from locality.foundations import Fault, InputRefused, ResultRefused
from locality_web.core.audit import record_event
from locality_web.core.models import AuditHead, Partnership, Person

_FORMAT = "locality-site-backup/1"
_DATABASE, _ABOUT = "locality.sqlite3", "backup.json"
_PIECE = 2**20  # bytes read at once


def back_up(file: Path) -> dict[str, Any]:
    """Write a backup; the file appears whole or not at all.

    Returns:
        What `backup.json` says.

    Raises:
        ResultRefused: The site is on PostgreSQL, or the file exists already.
    """
    _refuse_postgresql("pg_dump --format=custom --file FILE", "pg_dump")
    if file.exists():
        raise ResultRefused(f"{file} exists already.", "Choose another name; a backup never overwrites one.")
    with transaction.atomic():
        record_event(None, "core.backed_up", "Made a backup of the whole site")
    with tempfile.TemporaryDirectory(dir=file.absolute().parent, prefix=".backup-") as folder:
        copy = Path(folder) / _DATABASE
        with closing(sqlite3.connect(_live())) as live, closing(sqlite3.connect(copy)) as target:
            live.backup(target)
            target.execute("PRAGMA journal_mode=DELETE")
        about = _describe(copy)
        whole = Path(folder) / "whole.zip"
        with zipfile.ZipFile(whole, "w", zipfile.ZIP_DEFLATED) as packed:
            packed.writestr(_ABOUT, json.dumps(about, indent=1))
            packed.write(copy, _DATABASE)
        whole.chmod(0o600)
        os.replace(whole, file)
    return about


def restore(file: Path, *, replace: bool = False) -> dict[str, Any]:
    """Check a backup from end to end, then put it in place in one transaction.

    Returns:
        What `backup.json` says.

    Raises:
        InputRefused: The file is broken, changed, no backup, or made by a newer version.
        ResultRefused: The site is on PostgreSQL, or holds something already and `replace` is not set.
    """
    _refuse_postgresql("pg_restore --clean --dbname NAME FILE", "pg_restore")
    with tempfile.TemporaryDirectory(dir=settings.HOME, prefix=".restore-") as folder:
        copy = Path(folder) / _DATABASE
        about = _unpack(file, copy)
        call_command("migrate", interactive=False, verbosity=0)
        if not replace and (Partnership.objects.exists() or Person.objects.exists()):
            raise ResultRefused(
                "This site holds partnerships or people already.", "Make a backup of it, then use --replace."
            )
        before = str(AuditHead.objects.first() or "nothing")
        connection.close()
        with closing(sqlite3.connect(copy)) as source, closing(sqlite3.connect(_live(), timeout=60)) as live:
            source.backup(live)  # one transaction of the live database: all of it or nothing
    call_command("migrate", interactive=False, verbosity=0)
    with transaction.atomic():
        says = f"Restored the site as it stood at {about['made_at']}"
        detail = {"sha256": about["sha256"], "head_before": before}
        record_event(None, "core.restored", says, detail=detail, of_whole_site=True)
    return about


def _live() -> str:
    return str(connection.settings_dict["NAME"])


def _refuse_postgresql(command: str, tool: str) -> None:
    if connection.vendor != "sqlite":
        raise ResultRefused(
            "This site is on PostgreSQL, which keeps its own backups.", f"Use {tool}, for example: {command}"
        )


def _describe(copy: Path) -> dict[str, Any]:
    with closing(sqlite3.connect(copy)) as database:
        _refuse_unsound(database, copy)
        head = database.execute("SELECT number, hash FROM core_audithead").fetchone()
        migrations = database.execute("SELECT app, name FROM django_migrations ORDER BY id").fetchall()
    return {
        "format": _FORMAT,
        "made_at": timezone.now().isoformat(timespec="seconds"),
        "sha256": _hash(copy),
        "bytes": copy.stat().st_size,
        "events": head[0] if head else 0,
        "audit_head": f"{head[0]}:{head[1]}" if head else "",
        "migrations": [f"{app}.{name}" for app, name in migrations],
    }


def _unpack(file: Path, copy: Path) -> dict[str, Any]:
    try:
        with zipfile.ZipFile(file) as packed:
            about: dict[str, Any] = json.loads(packed.read(_ABOUT))
            if about.get("format") != _FORMAT:
                raise _broken(file, "it is not a backup of this program")
            with packed.open(_DATABASE) as source, copy.open("wb") as target:
                while piece := source.read(_PIECE):
                    target.write(piece)
    except (zipfile.BadZipFile, KeyError, ValueError, AttributeError, EOFError) as wrong:
        raise _broken(file, "it is no whole backup file") from wrong
    if _hash(copy) != about.get("sha256"):
        raise _broken(file, "the database in it is not the one that was backed up: its SHA-256 differs")
    with closing(sqlite3.connect(copy)) as database:
        _refuse_unsound(database, file)
    known = {f"{app}.{name}" for app, name in MigrationLoader(None).disk_migrations}
    newer = sorted(set(about["migrations"]) - known)
    if newer:
        raise _broken(file, f"it was made by a newer version (it has {newer[0]})", "Install that version first.")
    return about


def _refuse_unsound(database: sqlite3.Connection, file: Path) -> None:
    try:
        said = database.execute("PRAGMA integrity_check").fetchone()[0]
    except sqlite3.DatabaseError as wrong:
        raise _broken(file, "the database in it cannot be read") from wrong
    if said != "ok":
        raise _broken(file, "the database in it is damaged")


def _broken(file: Path, what: str, do: str = "Use another backup. Nothing was changed.") -> InputRefused:
    return InputRefused([Fault(file=str(file), what=what, do=do, code="backup-broken")])


def _hash(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
