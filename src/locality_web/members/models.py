"""Who leads a locality, and from when to when; the other tables of this room stand in modules of their own."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from locality_web.members.access_models import (
    AccessNeed,
    Arrangement,
    Connection,
    PaperForm,
    PostedView,
    SpokenFor,
)
from locality_web.members.meeting_models import (
    AgendaItem,
    Attendance,
    CalendarFeed,
    How,
    Meeting,
    MeetingAction,
    MeetingKind,
    MeetingSeries,
    Paper,
)
from locality_web.members.notice_models import Notice, PaperBatch
from locality_web.members.practice_models import (
    Advice,
    Document,
    GroupDecision,
    Liaison,
    NominationLink,
    Practice,
    ProfessionAsked,
)
from locality_web.members.register_models import (
    Approach,
    FeedRoute,
    Interest,
    Member,
    Organisation,
    OwnKind,
    Seat,
    SeatTerm,
)

__all__ = [
    "AccessNeed",
    "Advice",
    "AgendaItem",
    "Approach",
    "Arrangement",
    "Attendance",
    "CalendarFeed",
    "Connection",
    "Document",
    "FeedRoute",
    "GroupDecision",
    "How",
    "Interest",
    "LeadTerm",
    "Liaison",
    "Meeting",
    "MeetingAction",
    "MeetingKind",
    "MeetingSeries",
    "Member",
    "NominationLink",
    "Notice",
    "Organisation",
    "OwnKind",
    "Paper",
    "PaperBatch",
    "PaperForm",
    "PostedView",
    "Practice",
    "ProfessionAsked",
    "Seat",
    "SeatTerm",
    "SpokenFor",
]


class LeadTerm(models.Model):
    """The term of a locality's lead or deputy; the person need not be one who signs in here."""

    class Role(models.TextChoices):
        """What the person is."""

        LEAD = "lead", "Lead"
        DEPUTY = "deputy", "Deputy"

    locality = models.ForeignKey("core.Locality", on_delete=models.PROTECT, related_name="lead_terms")
    role = models.CharField(max_length=10, choices=Role)
    name = models.CharField(max_length=200)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="lead_terms"
    )
    role_held = models.ForeignKey("core.RoleHeld", on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    is_gp = models.BooleanField(default=False)
    practice = models.CharField(max_length=200, blank=True)
    cluster = models.CharField(max_length=200, blank=True)
    starts = models.DateField()
    ends = models.DateField(help_text="Last day")
    reason = models.TextField(blank=True, help_text="How it came about; why it was extended or ended")
    appointed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    appointed_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ("-starts", "name")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=Q(ends__gte=F("starts")), name="term_ends_after_start")
        ]

    def __str__(self) -> str:
        """Role and name."""
        return f"{self.get_role_display()}: {self.name}"

    @property
    def works_as(self) -> str:
        """What they are besides, where they are a GP: "GP, Leven practice, Levenmouth cluster"."""
        if not self.is_gp:
            return ""
        cluster = f"{self.cluster} cluster" if self.cluster and "cluster" not in self.cluster.lower() else self.cluster
        return ", ".join(part for part in ("GP", self.practice, cluster) if part)
