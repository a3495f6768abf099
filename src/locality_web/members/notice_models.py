"""Notices: one for each member and cause, sent by the means that the member chose."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone

from locality_web.members.register_models import Member

_PERSON = settings.AUTH_USER_MODEL


class PaperBatch(models.Model):
    """Notices that were printed together, each with an address, to be posted."""

    partnership = models.ForeignKey("core.Partnership", on_delete=models.CASCADE, related_name="paper_batches")
    made_by = models.ForeignKey(_PERSON, on_delete=models.SET_NULL, null=True, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)
    posted_on = models.DateField(null=True, blank=True, help_text="Empty: printed, not posted yet")

    class Meta:
        ordering = ("-made_at", "-id")
        verbose_name_plural = "paper batches"

    def __str__(self) -> str:
        """When it was made."""
        return f"Letters of {timezone.localtime(self.made_at):%-d %B %Y, %H:%M}"


class Notice(models.Model):
    """Something that a member is told; there is one for each member and cause, whatever is tried again."""

    partnership = models.ForeignKey("core.Partnership", on_delete=models.CASCADE, related_name="notices")
    locality = models.ForeignKey("core.Locality", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    member = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="told")
    key = models.CharField(max_length=200, help_text='Stable name of its cause, like "meeting:12:called:0"')
    subject = models.CharField(max_length=200, help_text="Says nothing personal")
    text = models.TextField()
    address = models.CharField(max_length=300, blank=True, help_text="Where more is on this site")
    made_at = models.DateTimeField(default=timezone.now)
    way = models.CharField(max_length=8, choices=Member.Notices, help_text="The means chosen when it was caused")
    due_at = models.DateTimeField(help_text="Not sent before; a digest gathers what is due")
    until = models.DateTimeField(
        null=True, blank=True, help_text="Not printed any more from then on: the meeting that it is about has begun"
    )
    job = models.ForeignKey("core.Job", on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    batch = models.ForeignKey(PaperBatch, on_delete=models.PROTECT, null=True, blank=True, related_name="notices")
    handed_over_at = models.DateTimeField(null=True, blank=True, help_text="Put into a mail or a batch, once")

    class Meta:
        ordering = ("made_at", "id")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=("member", "key"), name="one_notice_for_a_cause")
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=("handed_over_at", "way", "due_at"), name="notices_to_hand_over")
        ]

    def __str__(self) -> str:
        """Its subject."""
        return self.subject
