"""The database itself refuses to change or delete a budget decision."""

from typing import Any

from django.db import migrations

_SAYS = "A budget decision does not change; record a new one."

_SQLITE = [
    f"""CREATE TRIGGER money_decision_stays_{what.lower()} BEFORE {what} ON money_budgetdecision
        BEGIN SELECT RAISE(ABORT, '{_SAYS}'); END"""
    for what in ("UPDATE", "DELETE")
]
_POSTGRESQL = [
    f"""CREATE FUNCTION money_decision_stays() RETURNS trigger LANGUAGE plpgsql AS
        $$ BEGIN RAISE EXCEPTION '{_SAYS}' USING ERRCODE = 'integrity_constraint_violation'; END $$""",
    """CREATE TRIGGER money_decision_stays BEFORE UPDATE OR DELETE ON money_budgetdecision
        FOR EACH ROW EXECUTE FUNCTION money_decision_stays()""",
]
_UNDO = {
    "sqlite": ["DROP TRIGGER money_decision_stays_update", "DROP TRIGGER money_decision_stays_delete"],
    "postgresql": ["DROP TRIGGER money_decision_stays ON money_budgetdecision", "DROP FUNCTION money_decision_stays"],
}


def _guard(apps: Any, schema_editor: Any) -> None:
    for statement in {"sqlite": _SQLITE, "postgresql": _POSTGRESQL}[schema_editor.connection.vendor]:
        schema_editor.execute(statement)


def _unguard(apps: Any, schema_editor: Any) -> None:
    for statement in _UNDO[schema_editor.connection.vendor]:
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("money", "0001_what_there_is_to_spend")]
    operations = [migrations.RunPython(_guard, _unguard)]
