import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("core", "0005_newest_events"),
        ("members", "0004_meeting_calendars"),
    ]

    operations = [
        migrations.CreateModel(
            name="PostedView",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("about", models.CharField(max_length=150)),
                ("text", models.TextField()),
                ("received_on", models.DateField()),
                ("answer", models.TextField(blank=True, help_text="What became of it")),
                ("answered_on", models.DateField(blank=True, null=True)),
                (
                    "form",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="view", to="members.paperform"
                    ),
                ),
                (
                    "locality",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="core.locality",
                    ),
                ),
                (
                    "meeting",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="posted_views",
                        to="members.meeting",
                    ),
                ),
                (
                    "member",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="members.member",
                    ),
                ),
                (
                    "partnership",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="posted_views", to="core.partnership"
                    ),
                ),
            ],
            options={
                "ordering": ("received_on", "id"),
            },
        ),
    ]
