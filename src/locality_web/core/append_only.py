"""Tables whose rows never change: the database itself refuses to change or remove one."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db import migrations


def keep_as_written(table: str, says: str) -> migrations.RunPython:
    """Give the migration step that protects a table on SQLite and on PostgreSQL.

    Args:
        table: The table's name in the database.
        says: What the database answers to an attempt, without quotation marks.

    Returns:
        A step that can be undone.
    """
    return migrations.RunPython(_run(_protect(table, says)), _run(_unprotect(table)))


def _run(statements: dict[str, list[str]]) -> Callable[[Any, Any], None]:
    def run(apps: Any, schema_editor: Any) -> None:
        for statement in statements[schema_editor.connection.vendor]:
            schema_editor.execute(statement)

    return run


def _protect(table: str, says: str) -> dict[str, list[str]]:
    sqlite = [
        f"CREATE TRIGGER {table}_no_{what.lower()} BEFORE {what} ON {table} BEGIN SELECT RAISE(ABORT, '{says}'); END"
        for what in ("UPDATE", "DELETE")
    ]
    postgresql = [
        f"CREATE FUNCTION {table}_stays() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN RAISE EXCEPTION '{says}'; END $$",
        f"CREATE TRIGGER {table}_stays BEFORE UPDATE OR DELETE ON {table} "
        f"FOR EACH ROW EXECUTE FUNCTION {table}_stays()",
    ]
    return {"sqlite": sqlite, "postgresql": postgresql}


def _unprotect(table: str) -> dict[str, list[str]]:
    return {
        "sqlite": [f"DROP TRIGGER {table}_no_{what}" for what in ("update", "delete")],
        "postgresql": [f"DROP TRIGGER {table}_stays ON {table}", f"DROP FUNCTION {table}_stays()"],
    }
