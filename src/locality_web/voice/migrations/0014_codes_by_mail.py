"""A roll may say where a code goes by e-mail, and whom the mail server did not take."""

from __future__ import annotations

from typing import ClassVar

from django.db import migrations, models


class Migration(migrations.Migration):
    """Add two columns to the roll alone: what protects votes, projects and ballots in the database stays in place."""

    dependencies: ClassVar[list[tuple[str, str]]] = [("voice", "0013_previews_of_open_votes")]

    operations: ClassVar[list[migrations.operations.base.Operation]] = [
        migrations.AddField(
            model_name="rollentry",
            name="email",
            field=models.EmailField(blank=True, default="", help_text="Where a code may go by e-mail", max_length=254),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="rollentry",
            name="mail_refused",
            field=models.BooleanField(default=False, help_text="The mail server did not take their mail: a letter"),
        ),
        migrations.AlterField(
            model_name="codebatch",
            name="means",
            field=models.CharField(
                choices=[
                    ("letter", "By letter"),
                    ("email", "By e-mail"),
                    ("bearer", "In sealed envelopes, drawn by those who come"),
                ],
                max_length=6,
            ),
        ),
    ]
