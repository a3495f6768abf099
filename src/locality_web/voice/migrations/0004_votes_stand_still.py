"""Votes stand still from their opening on, and ballots lie in no order that says when they came."""

from django.db import migrations, models

import locality_web.voice.votes.random_keys
from locality_web.core.append_only import keep_as_written
from locality_web.voice.votes.stands_still import stand_still


def _key() -> "models.BigIntegerField[int, int]":
    return locality_web.voice.votes.random_keys.RandomKeyField(
        default=locality_web.voice.votes.random_keys.random_key, primary_key=True, serialize=False
    )


class Migration(migrations.Migration):
    dependencies = [
        ("voice", "0003_boundary_choices_and_fifths"),
    ]

    operations = [
        migrations.RemoveField(model_name="rollentry", name="email"),
        migrations.AlterField(model_name="votingcode", name="id", field=_key()),
        migrations.AlterField(model_name="ballot", name="id", field=_key()),
        migrations.AlterField(model_name="keyedballot", name="id", field=_key()),
        migrations.AlterField(
            model_name="codebatch",
            name="means",
            field=models.CharField(
                choices=[
                    ("letter", "By letter"),
                    ("bearer", "In sealed envelopes, drawn by those who come"),
                ],
                max_length=6,
            ),
        ),
        migrations.AlterField(
            model_name="vote",
            name="rules_sha256",
            field=models.CharField(blank=True, help_text="Of all that stands still from opening on", max_length=64),
        ),
        stand_still(),
        keep_as_written("voice_countedvote", "The result of a vote does not change", unique=(("vote_id",),)),
    ]
