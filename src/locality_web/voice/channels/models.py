"""Letters to people without e-mail: what became of what they said, and what they asked to be kept informed of.

A letter holds no name and no address: those stand in `Correspondent` and `Subscription` alone and are read when the
letter is printed, so that whoever is erased leaves no letter behind.
"""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

_PERSON = settings.AUTH_USER_MODEL


class LetterBatch(models.Model):
    """Letters that were printed together, to be posted."""

    partnership = models.ForeignKey("core.Partnership", on_delete=models.CASCADE, related_name="letter_batches")
    made_by = models.ForeignKey(_PERSON, on_delete=models.SET_NULL, null=True, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)
    posted_on = models.DateField(null=True, blank=True, help_text="Empty: printed, not posted yet")

    class Meta:
        ordering = ("-made_at", "-id")
        verbose_name_plural = "letter batches"

    def __str__(self) -> str:
        """When it was made."""
        return f"Letters of {timezone.localtime(self.made_at):%-d %B %Y, %H:%M}"


class Letter(models.Model):
    """One letter to a resident; there is one for each cause, whatever is tried again."""

    partnership = models.ForeignKey("core.Partnership", on_delete=models.CASCADE, related_name="resident_letters")
    batch = models.ForeignKey(LetterBatch, on_delete=models.PROTECT, null=True, blank=True, related_name="letters")
    correspondent = models.ForeignKey(
        "voice.Correspondent", on_delete=models.CASCADE, null=True, blank=True, related_name="letters"
    )
    subscription = models.ForeignKey(
        "voice.Subscription", on_delete=models.CASCADE, null=True, blank=True, related_name="letters"
    )
    key = models.CharField(max_length=200, help_text="Stable name of its cause; nobody gets two letters for one cause")
    subject = models.CharField(max_length=200)
    text = models.TextField(help_text="Blank lines part its paragraphs; no name and no address stands in it")
    made_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ("made_at", "id")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=("partnership", "key"), name="one_letter_for_a_cause"),
            models.CheckConstraint(
                condition=Q(correspondent__isnull=True) ^ Q(subscription__isnull=True), name="a_letter_is_to_somebody"
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=("partnership", "batch"), name="letters_by_batch"),
        ]

    def __str__(self) -> str:
        """Its subject; never to whom."""
        return self.subject
