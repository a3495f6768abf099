"""The money that a release brought: as the analyst made it, never changed on the site."""

from __future__ import annotations

from typing import ClassVar

from django.db import models


class LocalityShare(models.Model):
    """What one locality uses and would fairly be due, all headings together."""

    release = models.ForeignKey("core.ReleaseLoaded", on_delete=models.CASCADE, related_name="locality_shares")
    locality = models.ForeignKey("core.Locality", on_delete=models.PROTECT, related_name="+")
    population = models.PositiveIntegerField()
    historic_pence = models.BigIntegerField()
    historic_low_pence = models.BigIntegerField(null=True)
    historic_high_pence = models.BigIntegerField(null=True)
    fair_pence = models.BigIntegerField()
    fair_low_pence = models.BigIntegerField(null=True)
    fair_high_pence = models.BigIntegerField(null=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=("release", "locality"), name="one_sum_for_a_locality")
        ]

    def __str__(self) -> str:
        """The locality."""
        return str(self.locality)


class Share(models.Model):
    """What one locality uses and would fairly be due under one heading, and where the distance comes from."""

    release = models.ForeignKey("core.ReleaseLoaded", on_delete=models.CASCADE, related_name="shares")
    locality = models.ForeignKey("core.Locality", on_delete=models.PROTECT, related_name="shares")
    heading = models.CharField(max_length=200)
    historic_pence = models.BigIntegerField()
    historic_low_pence = models.BigIntegerField(null=True)
    historic_high_pence = models.BigIntegerField(null=True)
    fair_pence = models.BigIntegerField()
    fair_low_pence = models.BigIntegerField(null=True)
    fair_high_pence = models.BigIntegerField(null=True)
    distance_ratio = models.FloatField(null=True, help_text="Historic over fair, less 1")
    grade = models.CharField(max_length=1, blank=True)
    step_population_pence = models.BigIntegerField(null=True)
    step_age_sex_pence = models.BigIntegerField(null=True)
    step_need_pence = models.BigIntegerField(null=True)
    step_supply_pence = models.BigIntegerField(null=True)

    class Meta:
        ordering = ("heading", "locality_id")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=("release", "locality", "heading"), name="one_share_for_a_heading")
        ]

    def __str__(self) -> str:
        """The heading."""
        return self.heading


class LedgerHeading(models.Model):
    """What the ledger has under one heading, and how much of it the evidence explains."""

    release = models.ForeignKey("core.ReleaseLoaded", on_delete=models.CASCADE, related_name="ledger")
    heading = models.CharField(max_length=200)
    ledger_pence = models.BigIntegerField(help_text="In the ledger")
    shared_pence = models.BigIntegerField(help_text="For the partnership's own people: the sum of the shares")
    found_pence = models.BigIntegerField(null=True)
    coverage_ratio = models.FloatField(null=True)
    grade_d_ratio = models.FloatField(null=True)

    class Meta:
        ordering = ("heading",)
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=("release", "heading"), name="one_ledger_line_for_a_heading")
        ]

    def __str__(self) -> str:
        """The heading."""
        return self.heading


class ReleaseBudget(models.Model):
    """A budget that the analyst proposed in the release, for one locality, heading and year."""

    release = models.ForeignKey("core.ReleaseLoaded", on_delete=models.CASCADE, related_name="budgets")
    locality = models.ForeignKey("core.Locality", on_delete=models.PROTECT, related_name="+")
    heading = models.CharField(max_length=200)
    year = models.CharField(max_length=7)
    pence = models.BigIntegerField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=("release", "locality", "heading", "year"), name="one_proposed_budget_for_a_heading"
            )
        ]

    def __str__(self) -> str:
        """Heading and year."""
        return f"{self.heading}, {self.year}"
