"""The audit record gets a head, and the database refuses to change it."""

from typing import Any

from django.db import migrations, models

from locality_web.core.audit_triggers import add_triggers, drop_triggers


def _note_head(apps: Any, schema_editor: Any) -> None:
    """Events of before this migration have a head too."""
    last = apps.get_model("core", "AuditEvent").objects.order_by("-number").first()
    if last is not None:
        apps.get_model("core", "AuditHead").objects.create(id=1, number=last.number, hash=last.hash)


def _protect(apps: Any, schema_editor: Any) -> None:
    for statement in add_triggers(schema_editor.connection.vendor):
        schema_editor.execute(statement)


def _unprotect(apps: Any, schema_editor: Any) -> None:
    for statement in drop_triggers(schema_editor.connection.vendor):
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("core", "0001_initial")]
    operations = [
        migrations.CreateModel(
            name="AuditHead",
            fields=[
                ("id", models.PositiveSmallIntegerField(default=1, primary_key=True, serialize=False)),
                ("number", models.BigIntegerField()),
                ("hash", models.CharField(max_length=64)),
            ],
        ),
        migrations.RunPython(_note_head, migrations.RunPython.noop),
        migrations.RunPython(_protect, _unprotect),
    ]
