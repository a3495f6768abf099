"""The services that a partnership plans or pays for."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from locality.plans import CatalogueService


class Service(models.Model):
    """One service of the catalogue. Its code stays when its name changes; what plans use is ended, not removed."""

    class PlannedAt(models.TextChoices):
        """Where it is planned."""

        LOCALITY = "locality", "By each locality"
        ACROSS = "across", "Jointly by several localities"
        PARTNERSHIP = "partnership", "Once for the whole partnership"

    partnership = models.ForeignKey("core.Partnership", on_delete=models.PROTECT, related_name="services")
    service = models.CharField("Code", max_length=80, help_text="Short and stable, like home-care")
    name = models.CharField("Name", max_length=200)
    heading = models.CharField("Heading", max_length=200, help_text="Under which it is planned and budgeted")
    delivered_by = models.CharField("Delivered by", max_length=200, blank=True)
    care_group = models.CharField(
        "Care group", max_length=200, blank=True, help_text="Whom it is for; empty: everybody"
    )
    payer = models.CharField("Paid by", max_length=200, blank=True, help_text="Health board, council or another body")
    planned_at = models.CharField("Planned", max_length=12, choices=PlannedAt, default=PlannedAt.LOCALITY)
    set_aside = models.BooleanField("Paid from the set-aside hospital budget", default=False)
    hosted_by = models.CharField(
        "Hosted by", max_length=200, blank=True, help_text="The partnership that runs it for several; empty: not hosted"
    )
    about = models.TextField("What it is, in plain words", blank=True)
    order = models.PositiveIntegerField(default=0, help_text="Place of the service in the file it was loaded from")
    ended_on = models.DateField(null=True, blank=True, help_text="First day on which it is no more")

    class Meta:
        ordering = ("heading", "name")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=("partnership", "service"), name="one_service_for_a_code")
        ]

    def __str__(self) -> str:
        """Its name."""
        return self.name

    def as_content(self) -> CatalogueService:
        """Give it as plans hold it."""
        return CatalogueService(**{name: getattr(self, name) for name in CATALOGUE_FIELDS})


CATALOGUE_FIELDS = tuple(CatalogueService.__dataclass_fields__)
"""The fields of a service that a plan, a file and the site share."""
