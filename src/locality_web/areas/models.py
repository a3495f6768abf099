"""Which zone belongs to which locality from which day on, how many people live there, and changes being prepared."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone

from locality_web.areas.boundary_models import (
    BoundaryConsultation,
    BoundaryMove,
    BoundaryNote,
    BoundaryOption,
    Crossing,
    DesignGround,
    DesignWishes,
)
from locality_web.areas.overlap_models import CarriedDivision
from locality_web.areas.shape_models import SentShapes, ZoneShapes

__all__ = [
    "AreaVersion",
    "BoundaryConsultation",
    "BoundaryMove",
    "BoundaryNote",
    "BoundaryOption",
    "CarriedDivision",
    "Crossing",
    "DesignGround",
    "DesignWishes",
    "LocalityFacts",
    "ProposedChange",
    "SentShapes",
    "ZoneIn",
    "ZonePeople",
    "ZoneShapes",
]


class AreaVersion(models.Model):
    """One division of a partnership into localities, from a day until the day of the next version.

    Never changed once saved: another division is another version.
    """

    partnership = models.ForeignKey("core.Partnership", on_delete=models.PROTECT, related_name="area_versions")
    applies_from = models.DateField()
    reason = models.TextField()
    release = models.CharField(max_length=64, blank=True, help_text="Id of the release it came from; empty: by hand")
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ("applies_from",)
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=("partnership", "applies_from"), name="one_division_for_a_day")
        ]

    def __str__(self) -> str:
        """From when."""
        return f"From {self.applies_from.day} {self.applies_from:%B %Y}"

    @property
    def by_hand(self) -> bool:
        """Whether people drew it, not a release."""
        return not self.release


class ZoneIn(models.Model):
    """One zone in the one locality to which it belongs in a version."""

    version = models.ForeignKey(AreaVersion, on_delete=models.CASCADE, related_name="zones")
    zone = models.CharField(max_length=40)
    name = models.CharField(max_length=200, blank=True)
    locality = models.ForeignKey("core.Locality", on_delete=models.PROTECT, related_name="zones")

    class Meta:
        ordering = ("zone",)
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=("version", "zone"), name="a_zone_in_one_locality")
        ]

    def __str__(self) -> str:
        """Its name, or its code where it has none."""
        return self.name or self.zone


class ZonePeople(models.Model):
    """The residents of one zone by age band, and where its middle is, from the newest release that was loaded."""

    partnership = models.ForeignKey("core.Partnership", on_delete=models.CASCADE, related_name="zone_people")
    zone = models.CharField(max_length=40)
    people = models.PositiveIntegerField()
    bands = models.JSONField(help_text="[youngest age, oldest age or null, people] for each band, both sexes together")
    easting = models.FloatField(null=True, help_text="Metres, British National Grid; None: not in the release")
    northing = models.FloatField(null=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=("partnership", "zone"), name="people_of_a_zone_once")
        ]

    def __str__(self) -> str:
        """Zone and people."""
        return f"{self.zone}: {self.people:,}"


class LocalityFacts(models.Model):
    """The residents of one locality as one version divides them; worked out when a version or a release comes."""

    version = models.ForeignKey(AreaVersion, on_delete=models.CASCADE, related_name="facts")
    locality = models.ForeignKey("core.Locality", on_delete=models.PROTECT, related_name="facts")
    zones = models.PositiveIntegerField()
    population = models.PositiveIntegerField(null=True, help_text="None where a zone's people are not known")
    bands = models.JSONField(default=list, help_text="[youngest age, oldest age or null, people] for each band")
    release = models.CharField(max_length=64, blank=True, help_text="Id of the release with the population")
    estimates_of = models.PositiveIntegerField(null=True, help_text="Calendar year of the population estimates")

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=("version", "locality"), name="facts_once_in_a_version")
        ]

    def __str__(self) -> str:
        """Locality and people."""
        return f"{self.locality_id}: {self.population}"


class ProposedChange(models.Model):
    """A change of localities that was checked and waits to be looked at and saved, or put away."""

    partnership = models.ForeignKey("core.Partnership", on_delete=models.CASCADE, related_name="proposed_areas")
    base = models.ForeignKey(AreaVersion, on_delete=models.CASCADE, null=True, help_text="What it was compared with")
    option = models.ForeignKey(
        BoundaryOption, on_delete=models.CASCADE, null=True, related_name="+", help_text="The option that it adopts"
    )
    rows = models.JSONField(help_text="[zone, name of zone, locality's code, locality's name] for each zone")
    applies_from = models.DateField()
    reason = models.TextField()
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        """From when."""
        return f"From {self.applies_from:%d %B %Y}"
