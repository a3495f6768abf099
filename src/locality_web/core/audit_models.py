"""The record of what was done: append-only, each event bound to the one before it by a hash."""

from __future__ import annotations

from django.db import models


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
