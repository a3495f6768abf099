"""A subscription can be of a place on the map and how far around it."""

from __future__ import annotations

from typing import ClassVar

from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    """Add the place and its circle."""

    dependencies: ClassVar[list[tuple[str, str]]] = [("voice", "0010_told_again")]

    operations: ClassVar[list[migrations.operations.base.Operation]] = [
        migrations.AlterField(
            model_name="subscription",
            name="zone",
            field=models.CharField(blank=True, help_text="A neighbourhood; empty: everywhere", max_length=40),
        ),
        migrations.AddField(
            model_name="subscription",
            name="longitude",
            field=models.FloatField(blank=True, help_text="A place on the map; None: none was marked", null=True),
        ),
        migrations.AddField(
            model_name="subscription",
            name="latitude",
            field=models.FloatField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="subscription",
            name="around",
            field=models.PositiveIntegerField(
                default=0, help_text="How many metres around that place; 0: none was marked"
            ),
        ),
        migrations.AddConstraint(
            model_name="subscription",
            constraint=models.CheckConstraint(
                condition=Q(longitude__isnull=True, latitude__isnull=True, around=0)
                | Q(longitude__isnull=False, latitude__isnull=False, around__gt=0),
                name="a_place_on_the_map_is_whole",
            ),
        ),
    ]
