"""A vote may show while it is open which projects are ahead."""

from __future__ import annotations

from typing import ClassVar

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    """A table of its own, so that what protects votes in the database stays in its place."""

    dependencies: ClassVar[list[tuple[str, str]]] = [("voice", "0012_the_file_of_an_open_vote")]

    operations: ClassVar[list[migrations.operations.base.Operation]] = [
        migrations.CreateModel(
            name="VotePreview",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("ahead", models.JSONField(help_text="Codes of the projects that are ahead, in order of their codes")),
                ("on", models.DateField(help_text="Day on which it was worked out")),
                (
                    "again_from",
                    models.JSONField(
                        help_text="From how many ballots on it is worked out again, by group; in whole steps, so that "
                        "it tells no count"
                    ),
                ),
                (
                    "vote",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE, related_name="preview", to="voice.vote"
                    ),
                ),
            ],
        ),
    ]
