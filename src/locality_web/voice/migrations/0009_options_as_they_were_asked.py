"""Options for boundaries as people are asked about them, and as whom somebody answers."""

from typing import Any

import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models


def keep_what_is_asked(apps: Any, schema_editor: Any) -> None:
    """Keep the options of conversations that were opened before as they are now."""
    conversations = apps.get_model("voice", "Conversation").objects.exclude(state="draft")
    asked = apps.get_model("voice", "BoundaryAsked")
    for conversation in conversations:
        if "boundaries" in conversation.kinds:
            for option in conversation.boundary_options.order_by("pk"):
                asked.objects.create(
                    conversation=conversation,
                    option_id=option.pk,
                    title=option.name,
                    zones=option.zones,
                    names=option.names,
                    measures=option.measures,
                )


class Migration(migrations.Migration):
    dependencies = [
        ("areas", "0003_options_of_boundaries"),
        ("voice", "0008_engagement_kept"),
    ]

    operations = [
        migrations.CreateModel(
            name="BoundaryAsked",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("title", models.CharField(max_length=200)),
                ("zones", models.JSONField(help_text="Key of the locality by zone")),
                ("names", models.JSONField(help_text="Name of each locality by its key")),
                ("measures", models.JSONField(default=dict, help_text="As they were on that day")),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "conversation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="boundaries_asked",
                        to="voice.conversation",
                    ),
                ),
                (
                    "option",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="asked_as",
                        to="areas.boundaryoption",
                    ),
                ),
            ],
            options={
                "ordering": ("id",),
                "constraints": [
                    models.UniqueConstraint(fields=("conversation", "option"), name="an_option_is_asked_once")
                ],
            },
        ),
        migrations.AddField(
            model_name="contribution",
            name="answers_as",
            field=models.CharField(blank=True, help_text="Snapshot: code of as whom they answer", max_length=12),
        ),
        migrations.AlterField(
            model_name="finding",
            name="what",
            field=models.CharField(
                choices=[
                    ("heard", "Who was heard"),
                    ("groups", "Groups of opinion"),
                    ("options", "Answers on options for boundaries"),
                ],
                max_length=8,
            ),
        ),
        migrations.RunPython(keep_what_is_asked, migrations.RunPython.noop),
    ]
