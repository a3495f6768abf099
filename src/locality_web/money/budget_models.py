"""Budgets that were worked out, and the one that was decided."""

from __future__ import annotations

from typing import Any, ClassVar, NoReturn

from django.conf import settings
from django.db import models
from django.utils import timezone


class BudgetOption(models.Model):
    """One way to share out a year's money: the rules, the release that they were used on, and what came of them.

    `rules` and `figures` are the plain values of `budgets.Rules` and `budgets.Figures`.
    """

    partnership = models.ForeignKey("core.Partnership", on_delete=models.PROTECT, related_name="budget_options")
    year = models.CharField(max_length=7)
    name = models.CharField(max_length=120)
    release = models.ForeignKey("core.ReleaseLoaded", on_delete=models.PROTECT, related_name="+")
    rules = models.JSONField()
    figures = models.JSONField()
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ("made_at", "id")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=("partnership", "year", "name"), name="one_option_for_a_name")
        ]

    def __str__(self) -> str:
        """Its name."""
        return self.name


class DecidedStays(Exception):
    """Something tried to change a budget decision: a mistake of ours, because no page offers it."""


class BudgetDecision(models.Model):
    """A budget that was decided. It never changes; the newest of a year is in force and supersedes those before it.

    The database itself refuses to change or delete a row (see the migrations).
    """

    partnership = models.ForeignKey("core.Partnership", on_delete=models.PROTECT, related_name="budget_decisions")
    year = models.CharField(max_length=7)
    number = models.PositiveIntegerField(help_text="1, 2, 3 ... within the year")
    option_name = models.CharField(max_length=120)
    release = models.ForeignKey("core.ReleaseLoaded", on_delete=models.PROTECT, related_name="+")
    rules = models.JSONField()
    figures = models.JSONField()
    decided_on = models.DateField()
    decided_by = models.CharField(max_length=200, help_text="Name and role, or the body that decided")
    why = models.TextField()
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    recorded_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ("year", "number")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=("partnership", "year", "number"), name="one_decision_for_a_number")
        ]

    def __str__(self) -> str:
        """The stable number, like 2026/27-1."""
        return f"{self.year}-{self.number}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Write it once."""
        if self.pk is not None:
            raise DecidedStays("A budget decision does not change; record a new one.")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        """Refuse."""
        raise DecidedStays("A budget decision is not deleted; record a new one.")
