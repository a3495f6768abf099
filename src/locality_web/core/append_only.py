"""Tables whose rows never change: the database itself refuses to change or remove one."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from django.db import migrations

_CHANGES = ("UPDATE", "DELETE")


def keep_as_written(table: str, says: str, *, unique: Sequence[tuple[str, ...]] = ()) -> migrations.RunPython:
    """Give the migration step that protects a table on SQLite and on PostgreSQL.

    Args:
        table: The table's name in the database.
        says: What the database answers to an attempt, without quotation marks.
        unique: Columns, besides `id`, that no two rows have in common. SQLite's REPLACE removes a row with the same
            ones without asking the trigger for deletion, so such an insertion is refused.

    Returns:
        A step that can be undone.
    """
    return migrations.RunPython(_run(_protect(table, says, unique)), _run(_unprotect(table)))


def _run(statements: dict[str, list[str]]) -> Callable[[Any, Any], None]:
    def run(apps: Any, schema_editor: Any) -> None:
        for statement in statements[schema_editor.connection.vendor]:
            schema_editor.execute(statement)

    return run


def _protect(table: str, says: str, unique: Sequence[tuple[str, ...]]) -> dict[str, list[str]]:
    refuses = f"BEGIN SELECT RAISE(ABORT, '{says}'); END"
    same = " OR ".join(
        "(" + " AND ".join(f"{column} = NEW.{column}" for column in columns) + ")" for columns in (("id",), *unique)
    )
    sqlite = [
        *(f"CREATE TRIGGER {table}_no_{what.lower()} BEFORE {what} ON {table} {refuses}" for what in _CHANGES),
        f"CREATE TRIGGER {table}_no_replace BEFORE INSERT ON {table} "
        f"WHEN EXISTS (SELECT 1 FROM {table} WHERE {same}) {refuses}",
    ]
    postgresql = [
        f"CREATE FUNCTION {table}_stays() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN RAISE EXCEPTION '{says}' USING ERRCODE = 'integrity_constraint_violation'; END $$",
        f"CREATE TRIGGER {table}_stays BEFORE UPDATE OR DELETE ON {table} "
        f"FOR EACH ROW EXECUTE FUNCTION {table}_stays()",
        f"CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table} "
        f"FOR EACH STATEMENT EXECUTE FUNCTION {table}_stays()",
    ]
    return {"sqlite": sqlite, "postgresql": postgresql}


def _unprotect(table: str) -> dict[str, list[str]]:
    return {
        "sqlite": [f"DROP TRIGGER {table}_no_{what}" for what in ("update", "delete", "replace")],
        "postgresql": [
            *(f"DROP TRIGGER {table}_{what} ON {table}" for what in ("stays", "no_truncate")),
            f"DROP FUNCTION {table}_stays()",
        ],
    }
