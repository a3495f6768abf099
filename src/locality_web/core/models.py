"""Partnerships and their localities, people and the roles that they hold, and the settings of a partnership.

A locality's identity lives here because roles are scoped to it; what belongs to it (zones, lead, money, plans) is
kept by the rooms.
"""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.crypto import salted_hmac

from locality_web.core.audit_models import AuditEvent, AuditHead, NewestEvent
from locality_web.core.draft_models import Draft
from locality_web.core.work_models import Invitation, Job, ReleaseLoaded

__all__ = [
    "AuditEvent",
    "AuditHead",
    "Draft",
    "Invitation",
    "Job",
    "Locality",
    "NewestEvent",
    "Partnership",
    "PartnershipSetting",
    "Person",
    "ReleaseLoaded",
    "RoleHeld",
]


class Partnership(models.Model):
    """A body that plans health and social care for an area."""

    slug = models.SlugField(unique=True, max_length=60)
    code = models.CharField(max_length=40, blank=True)
    name = models.CharField(max_length=200)
    nation = models.CharField(max_length=20, default="Scotland")
    accent = models.CharField(max_length=7, default="#0065bd", help_text="Colour of the page's header")
    contact = models.EmailField(blank=True)
    made_up = models.BooleanField(default=False, help_text="Shown on every page: its figures are examples")

    class Meta:
        ordering = ("name",)

    def __str__(self) -> str:
        """Its name."""
        return self.name


class Locality(models.Model):
    """A part of a partnership's area for which it plans; its slug is its stable address."""

    partnership = models.ForeignKey(Partnership, on_delete=models.PROTECT, related_name="localities")
    slug = models.SlugField(max_length=80)
    code = models.CharField(max_length=80)
    name = models.CharField(max_length=200)
    ended_on = models.DateField(null=True, blank=True, help_text="First day on which it is no more")

    class Meta:
        ordering = ("name",)
        verbose_name_plural = "localities"
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=("partnership", "slug"), name="one_locality_for_a_slug"),
            models.UniqueConstraint(fields=("partnership", "code"), name="one_locality_for_a_code"),
        ]

    def __str__(self) -> str:
        """Its name."""
        return self.name


class PersonManager(BaseUserManager["Person"]):
    """Makes people with a normalised e-mail address."""

    def create_user(self, email: str, password: str | None = None, **extra: Any) -> Person:
        """Make a person; without a password they can only set one by a mailed link."""
        person = self.model(email=self.normalize_email(email).lower(), **extra)
        person.set_password(password)
        person.save(using=self._db)
        return person


class Person(AbstractBaseUser):
    """Somebody who can sign in."""

    email = models.EmailField(unique=True)
    name = models.CharField(max_length=200)
    is_active = models.BooleanField(default=True)
    joined_at = models.DateTimeField(default=timezone.now)
    sessions_ended = models.PositiveIntegerField(
        default=0, help_text="How often all sessions of the person were ended; a session is bound to the number"
    )

    objects: ClassVar[PersonManager] = PersonManager()
    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    def __str__(self) -> str:
        """Their name; never the address."""
        return self.name or "A person without a name"

    def _get_session_auth_hash(self, secret: str | None = None) -> str:
        """Bind a session to the password, as Django does, and to how often the sessions were ended."""
        bound = f"{self.password} {self.sessions_ended}"
        return salted_hmac("locality.session", bound, secret=secret, algorithm="sha256").hexdigest()


class RoleHeld(models.Model):
    """A role that a person holds in a partnership, for one locality or (none) for all of it, from a day to a day."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="roles")
    role = models.CharField(max_length=40)
    partnership = models.ForeignKey(Partnership, on_delete=models.CASCADE, related_name="roles")
    locality = models.ForeignKey(Locality, on_delete=models.CASCADE, null=True, blank=True, related_name="roles")
    starts = models.DateField()
    ends = models.DateField(null=True, blank=True, help_text="Last day; empty: no end")
    given_by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(ends__isnull=True) | Q(ends__gte=models.F("starts")), name="role_ends_after_start"
            )
        ]

    def __str__(self) -> str:
        """Role and scope."""
        return f"{self.role} of {self.locality or self.partnership}"


class PartnershipSetting(models.Model):
    """A value that the guidance leaves to the partnership, with the reason for its own choice."""

    partnership = models.ForeignKey(Partnership, on_delete=models.CASCADE, related_name="settings")
    name = models.CharField(max_length=80)
    value = models.JSONField()
    reason = models.TextField()
    set_by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")
    set_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=("partnership", "name"), name="one_value_for_a_setting")
        ]

    def __str__(self) -> str:
        """Name and value."""
        return f"{self.name} = {self.value}"
