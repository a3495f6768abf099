"""The shapes of a partnership's zones, as somebody loaded them, and files of shapes that wait to be read."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone


class ZoneShapes(models.Model):
    """The shapes of zones from one file, matched and simplified together; never changed once saved.

    Maps use the newest ones that have all zones of a division.
    """

    partnership = models.ForeignKey("core.Partnership", on_delete=models.CASCADE, related_name="zone_shapes")
    topology = models.BinaryField(help_text="Compressed TopoJSON with every border once; see locality.areas.shapes")
    sha256 = models.CharField(max_length=64, help_text="Of the topology")
    zones = models.PositiveIntegerField()
    edition = models.CharField(max_length=100, blank=True, help_text="Like 2011 data zones; empty: codes do not tell")
    file_name = models.CharField(max_length=200)
    source = models.CharField(max_length=200, help_text="Publisher, title and year")
    licence = models.CharField(max_length=200)
    attribution = models.CharField(max_length=500, help_text="The line beneath every map")
    system = models.CharField(max_length=40, help_text="Coordinate system of the file, like EPSG:27700")
    tolerance = models.FloatField(help_text="Metres; 0: nothing was simplified")
    step = models.FloatField(help_text="Metres between the lines of the grid to which corners moved")
    said = models.JSONField(default=list, help_text="What was repaired, matched and left out, in sentences")
    loaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    loaded_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ("loaded_at", "pk")

    def __str__(self) -> str:
        """Whose, and which."""
        return f"{self.zones:,} zones from {self.file_name}"


class SentShapes(models.Model):
    """A file of shapes that is read in the background, and what came of it; its bytes go when it was read."""

    partnership = models.ForeignKey("core.Partnership", on_delete=models.CASCADE, related_name="sent_shapes")
    file_name = models.CharField(max_length=200)
    content = models.BinaryField(help_text="The file as it was sent; empty: it was read")
    typed = models.JSONField(help_text="What was said about the file, by the name of the field")
    refusals = models.JSONField(default=list, help_text="Why it was refused, in sentences; empty: it was not")
    job = models.ForeignKey("core.Job", on_delete=models.SET_NULL, null=True, related_name="+")
    sent_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    sent_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ("sent_at", "pk")

    def __str__(self) -> str:
        """Which."""
        return self.file_name
