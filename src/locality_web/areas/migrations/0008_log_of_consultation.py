"""What was published of the conversations on an option stands with the record of its adoption."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("areas", "0007_options_opened_at"),
    ]

    operations = [
        migrations.AddField(
            model_name="boundaryconsultation",
            name="log",
            field=models.JSONField(
                default=dict, help_text="What was published of its conversations, what changed, who agreed"
            ),
        ),
    ]
