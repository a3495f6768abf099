"""Work of the site itself: invitations, background jobs, and releases that were loaded."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone


class Invitation(models.Model):
    """An invitation by e-mail to take a role; the link's token is kept only as a hash."""

    email = models.EmailField()
    name = models.CharField(max_length=200)
    role = models.CharField(max_length=40)
    partnership = models.ForeignKey("core.Partnership", on_delete=models.CASCADE, related_name="invitations")
    locality = models.ForeignKey("core.Locality", on_delete=models.CASCADE, null=True, blank=True)
    role_ends = models.DateField(null=True, blank=True, help_text="Last day of the role that is offered")
    token_hash = models.CharField(max_length=64, unique=True)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        """For whom, without the address."""
        return f"Invitation of {self.name}"


class Job(models.Model):
    """Work that is done in the background: retried when it fails, taken over when its worker dies."""

    class State(models.TextChoices):
        """Where it stands."""

        WAITING = "waiting", "Waiting"
        RUNNING = "running", "Running"
        DONE = "done", "Done"
        FAILED = "failed", "Failed"

    kind = models.CharField(max_length=80)
    arguments = models.JSONField(default=dict)
    partnership = models.ForeignKey("core.Partnership", on_delete=models.CASCADE, null=True, blank=True)
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    attempts = models.PositiveIntegerField(default=0)
    run_after = models.DateTimeField(default=timezone.now)
    leased_until = models.DateTimeField(null=True, blank=True, help_text="When another worker may take it over")
    worker = models.CharField(max_length=100, blank=True)
    says = models.TextField(blank=True, help_text="What came of it, in words that a person can use")
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)
    finished_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=("state", "run_after"), name="jobs_to_do")]

    def __str__(self) -> str:
        """What it does."""
        return self.kind


class ReleaseLoaded(models.Model):
    """A release that was verified and loaded whole; the newest loaded one of a partnership is the one in use."""

    partnership = models.ForeignKey("core.Partnership", on_delete=models.CASCADE, related_name="releases")
    release = models.CharField(max_length=64, help_text="The release's id: SHA-256 of its description")
    day = models.DateField(help_text="The day on which the analyst made it")
    year = models.CharField(max_length=7, help_text="Financial year of the shares")
    about = models.JSONField(help_text="The whole of release.json")
    file_name = models.CharField(max_length=200)
    made_up = models.BooleanField(default=False)
    loaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    loaded_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ("-loaded_at", "-id")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=("partnership", "release"), name="one_loading_of_a_release")
        ]

    def __str__(self) -> str:
        """Year, day and the beginning of the id."""
        return f"{self.year}, made {self.day:%d %B %Y} ({self.release[:8]})"
