"""A division that is carried over to zones of another vintage: its table, what was decided by hand, what came of it."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone


class CarriedDivision(models.Model):
    """A declared overlap table and the division that it gives; it counts for nothing until it is adopted."""

    partnership = models.ForeignKey("core.Partnership", on_delete=models.CASCADE, related_name="carried_divisions")
    base = models.ForeignKey(
        "areas.AreaVersion", on_delete=models.CASCADE, related_name="+", help_text="The division that is carried over"
    )
    version = models.OneToOneField(
        "areas.AreaVersion",
        on_delete=models.CASCADE,
        null=True,
        related_name="carried",
        help_text="What it became; None: it waits to be looked at",
    )
    file_name = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64, help_text="Of the file as it was sent")
    counted = models.CharField(max_length=10, help_text="people or addresses")
    rows = models.JSONField(help_text="[zone, new zone, people] of every row that touches the partnership")
    names = models.JSONField(default=dict, help_text="Name of each new zone that has one")
    settled = models.JSONField(default=dict, help_text="Code of the locality of each zone that was decided by hand")
    outcome = models.JSONField(default=dict, help_text="Sizes, flows and split zones with their shares, as adopted")
    spreads_residents = models.BooleanField(
        default=False, help_text="Residents of its zones are spread from the zones before, until a release counts them"
    )
    applies_from = models.DateField()
    reason = models.TextField()
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering: ClassVar[tuple[str, ...]] = ("pk",)

    def __str__(self) -> str:
        """Which file."""
        return self.file_name
