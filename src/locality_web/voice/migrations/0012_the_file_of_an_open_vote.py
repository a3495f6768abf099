"""A vote keeps the file that was published when it opened, byte by byte."""

from __future__ import annotations

from typing import ClassVar

from django.db import migrations, models


class Migration(migrations.Migration):
    """Add the file; a column that may be empty, so that what protects votes in the database stays in its place."""

    dependencies: ClassVar[list[tuple[str, str]]] = [("voice", "0011_a_place_on_the_map")]

    operations: ClassVar[list[migrations.operations.base.Operation]] = [
        migrations.AddField(
            model_name="vote",
            name="frozen",
            field=models.BinaryField(
                help_text="The file of all that stands still, as published at the opening", null=True
            ),
        ),
    ]
