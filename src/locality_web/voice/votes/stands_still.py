"""What the database itself refuses of a vote: changes after it opened, and ballots that come or go after it closed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db import migrations

_FROZEN = (
    *("conversation_id", "title", "says", "sum_pence", "source", "rules", "rules_sha256", "who_may"),
    *("opens_on", "closes_on"),
)
_OPENED = "A vote stands still from its opening on: nothing of it changes any more"
_OVER = "A vote that is over takes no ballot and loses none"
_CAST = "A ballot that was cast does not change"


def stand_still() -> migrations.RunPython:
    """Give the migration step that protects votes, projects and ballots on SQLite and on PostgreSQL; can be undone."""
    return migrations.RunPython(_run(_protect()), _run(_unprotect()))


def _run(statements: dict[str, list[str]]) -> Callable[[Any, Any], None]:
    def run(apps: Any, schema_editor: Any) -> None:
        for statement in statements[schema_editor.connection.vendor]:
            schema_editor.execute(statement)

    return run


def _state_of(vote: str) -> str:
    return f"(SELECT state FROM voice_vote WHERE id = {vote})"


def _vote_of(project: str) -> str:
    return f"(SELECT vote_id FROM voice_project WHERE id = {project})"


def _rules() -> list[tuple[str, str, str, str, str]]:
    """Name, what happens to which table, when it is refused, and in which words."""
    changed = " OR ".join(f"NEW.{each} IS DISTINCT FROM OLD.{each}" for each in _FROZEN)
    back = "NEW.state = 'draft' AND OLD.state <> 'draft'"
    over = "('closed', 'counted', 'published')"
    found = [("vote_changes", "UPDATE", "voice_vote", f"OLD.state <> 'draft' AND ({changed} OR {back})", _OPENED)]
    for what, row in (("INSERT", "NEW"), ("UPDATE", "OLD"), ("DELETE", "OLD")):
        when = f"{_state_of(f'{row}.vote_id')} <> 'draft'"
        found.append((f"project_{what.lower()}", what, "voice_project", when, _OPENED))
        pair = f"{_state_of(_vote_of(f'{row}.from_project_id'))} <> 'draft'"
        found.append((f"pair_{what.lower()}", what, "voice_project_not_with", pair, _OPENED))
    for what, row in (("INSERT", "NEW"), ("DELETE", "OLD")):
        when = f"{_state_of(f'{row}.vote_id')} IN {over}"
        found.append((f"ballot_{what.lower()}", what, "voice_ballot", when, _OVER))
    found.append(("ballot_update", "UPDATE", "voice_ballot", "OLD.id = OLD.id", _CAST))
    return found


def _protect() -> dict[str, list[str]]:
    sqlite, postgresql = [], []
    for name, what, table, when, says in _rules():
        known = when.replace("IS DISTINCT FROM", "IS NOT")
        sqlite.append(
            f"CREATE TRIGGER voice_still_{name} BEFORE {what} ON {table} WHEN {known} "
            f"BEGIN SELECT RAISE(ABORT, '{says}'); END"
        )
        gives = "OLD" if what == "DELETE" else "NEW"
        postgresql += [
            f"CREATE FUNCTION voice_still_{name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF {when} THEN "
            f"RAISE EXCEPTION '{says}' USING ERRCODE = 'integrity_constraint_violation'; "
            f"END IF; RETURN {gives}; END $$",
            f"CREATE TRIGGER voice_still_{name} BEFORE {what} ON {table} "
            f"FOR EACH ROW EXECUTE FUNCTION voice_still_{name}()",
        ]
    return {"sqlite": sqlite, "postgresql": postgresql}


def _unprotect() -> dict[str, list[str]]:
    sqlite, postgresql = [], []
    for name, _, table, _, _ in _rules():
        sqlite.append(f"DROP TRIGGER voice_still_{name}")
        postgresql += [f"DROP TRIGGER voice_still_{name} ON {table}", f"DROP FUNCTION voice_still_{name}()"]
    return {"sqlite": sqlite, "postgresql": postgresql}
