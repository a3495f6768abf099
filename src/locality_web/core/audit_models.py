"""The record of what was done: append-only, each event bound to the one before it by a hash."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

WHOLE_SITE = 0
"""Stands for the partnership where an event concerns the whole site."""


class AuditEvent(models.Model):
    """One thing that somebody did. Written by `audit.record_event` alone; the database refuses change and deletion.

    `partnership_id` and `person_id` are plain numbers, not references, so that an event outlives what it names.
    """

    number = models.BigIntegerField(unique=True, help_text="1, 2, 3 ... without a gap")
    at = models.DateTimeField()
    partnership_id = models.BigIntegerField(null=True, db_index=True)
    person_id = models.BigIntegerField(null=True, db_index=True)
    person_name = models.CharField(max_length=200, blank=True)
    kind = models.CharField(max_length=80, db_index=True)
    subject = models.CharField(max_length=200, db_index=True)
    says = models.TextField(help_text="What was done, in one sentence")
    detail = models.JSONField(default=dict)
    previous_hash = models.CharField(max_length=64)
    hash = models.CharField(max_length=64, unique=True)

    class Meta:
        ordering = ("number",)

    def __str__(self) -> str:
        """The sentence."""
        return self.says


class AuditHead(models.Model):
    """How far the record goes: one row, moved by the database itself with every event."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    number = models.BigIntegerField()
    hash = models.CharField(max_length=64)

    def __str__(self) -> str:
        """Number and hash, as they are noted elsewhere."""
        return f"{self.number}:{self.hash}"


class NewestEvent(models.Model):
    """The newest event of each room in each partnership: what was read of the room before it may be out of date.

    `partnership_id` is 0 for events of the whole site.
    """

    room = models.CharField(max_length=40)
    partnership_id = models.BigIntegerField()
    hash = models.CharField(max_length=64)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=("partnership_id", "room"), name="one_newest_event_of_a_room")
        ]

    def __str__(self) -> str:
        """Room and hash."""
        return f"{self.room}:{self.hash}"
