"""Where money comes from, who answers for it, and what it may be spent on."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q


class Source(models.Model):
    """A funding source of a partnership; `locality.plans.FundingSource` is the same as plans hold it."""

    class Kind(models.TextChoices):
        """What kind of money it is."""

        CORE = "core", "Core budget"
        SET_ASIDE = "set_aside", "Set-aside hospital budget"
        GRANT = "grant", "Grant"
        CONTRIBUTION = "contribution", "Contribution of a partner"

    partnership = models.ForeignKey("core.Partnership", on_delete=models.PROTECT, related_name="sources")
    source = models.CharField("Code", max_length=80, help_text="Short and stable, like core or winter-grant")
    name = models.CharField("Name", max_length=200)
    kind = models.CharField("Kind", max_length=12, choices=Kind)
    accountable_body = models.CharField("Accountable body", max_length=200, help_text="Who answers for the money")
    headings = models.JSONField("Headings that it may be spent on", default=list, blank=True)
    services = models.JSONField("Services that it may be spent on", default=list, blank=True)
    starts = models.DateField("First day", null=True, blank=True)
    ends = models.DateField("Last day", null=True, blank=True)
    rule = models.TextField("The funder's rule, in words", blank=True)

    class Meta:
        ordering = ("id",)
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=("partnership", "source"), name="one_source_for_a_code"),
            models.CheckConstraint(
                condition=Q(ends__isnull=True) | Q(starts__isnull=True) | Q(ends__gte=models.F("starts")),
                name="source_ends_after_start",
            ),
        ]

    def __str__(self) -> str:
        """Its name."""
        return self.name


class SourceAvailable(models.Model):
    """Pence of a source in one year, for one locality or (none) the whole partnership."""

    source = models.ForeignKey(Source, on_delete=models.CASCADE, related_name="available")
    year = models.CharField(max_length=7)
    locality = models.ForeignKey("core.Locality", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    pence = models.BigIntegerField()

    class Meta:
        # Databases do not agree on where nothing stands in an order; agreed plans are hashed in this one.
        ordering = ("year", models.F("locality__name").asc(nulls_first=True))
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=("source", "year", "locality"), name="one_amount_for_a_year_and_locality"),
            models.UniqueConstraint(
                fields=("source", "year"), condition=Q(locality__isnull=True), name="one_amount_for_a_year"
            ),
        ]

    def __str__(self) -> str:
        """The year."""
        return self.year
