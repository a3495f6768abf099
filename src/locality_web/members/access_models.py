"""What somebody needs to take part, what was arranged, whom somebody speaks for, forms on paper, and connections."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from locality_web.members.meeting_models import Meeting
from locality_web.members.practice_models import GroupDecision
from locality_web.members.register_models import Member, Organisation

_PERSON = settings.AUTH_USER_MODEL


class AccessNeed(models.Model):
    """Something without which a member cannot take part: large print, an interpreter, a lift to the meeting."""

    member = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="needs")
    kind = models.CharField(max_length=40, help_text="Code of a kind of access need")
    detail = models.CharField(max_length=300, blank=True)
    on_behalf = models.BooleanField(default=False, help_text="Entered by somebody for the member")
    entered_by = models.ForeignKey(_PERSON, on_delete=models.SET_NULL, null=True, related_name="+")
    entered_at = models.DateTimeField(default=timezone.now)
    ended_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ("kind", "id")

    def __str__(self) -> str:
        """Which kind."""
        return self.kind


class Arrangement(models.Model):
    """What was done for one meeting about one need; while there is none, it is still to be arranged."""

    class State(models.TextChoices):
        """Where it stands."""

        ARRANGED = "arranged", "Arranged"
        NOT_POSSIBLE = "not_possible", "Could not be arranged"

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="arrangements")
    need = models.ForeignKey(AccessNeed, on_delete=models.CASCADE, related_name="arrangements")
    state = models.CharField(max_length=12, choices=State)
    says = models.CharField(max_length=300, help_text="What was arranged, or why not and what is offered instead")
    by = models.ForeignKey(_PERSON, on_delete=models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=("meeting", "need"), name="one_arrangement_for_a_need")
        ]

    def __str__(self) -> str:
        """What was arranged."""
        return self.says


class SpokenFor(models.Model):
    """What an organisation brings on behalf of people whom it names or counts, with how it asked them."""

    partnership = models.ForeignKey("core.Partnership", on_delete=models.CASCADE, related_name="spoken_for")
    locality = models.ForeignKey(
        "core.Locality", on_delete=models.PROTECT, null=True, blank=True, related_name="spoken_for"
    )
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="spoken_for")
    whom = models.CharField(max_length=200, help_text='Like "people with dementia and their carers"')
    people = models.PositiveIntegerField(help_text="How many were asked")
    named = models.TextField(blank=True, help_text="Their names, where they want to be named; never published")
    how_asked = models.TextField()
    asked_from = models.DateField()
    asked_to = models.DateField()
    about = models.CharField(max_length=200)
    says = models.TextField(help_text="What they said")
    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, null=True, blank=True, related_name="spoken_for")
    decision = models.ForeignKey(
        GroupDecision, on_delete=models.PROTECT, null=True, blank=True, related_name="spoken_for"
    )
    answer = models.TextField(blank=True, help_text="What became of it")
    answered_on = models.DateField(null=True, blank=True)
    entered_by = models.ForeignKey(_PERSON, on_delete=models.SET_NULL, null=True, related_name="+")
    entered_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ("-entered_at", "-id")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=Q(people__gte=1), name="somebody_is_spoken_for")
        ]

    def __str__(self) -> str:
        """Who for whom."""
        return f"{self.organisation}, for {self.whom}"


class PaperForm(models.Model):
    """A form on paper with a code of its own: printed at home or posted, and keyed in once with the same standing."""

    class State(models.TextChoices):
        """Where it is."""

        OUT = "out", "Printed"
        KEYED = "keyed", "Keyed in"
        VOID = "void", "Void"

    partnership = models.ForeignKey("core.Partnership", on_delete=models.CASCADE, related_name="paper_forms")
    locality = models.ForeignKey("core.Locality", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    code = models.CharField(max_length=20, unique=True, help_text="With a check character; printed on the form")
    kind = models.CharField(max_length=60, help_text="What it asks: a kind that a room takes")
    subject = models.CharField(max_length=200, help_text="Stable name of what it is about")
    title = models.CharField(max_length=200)
    member = models.ForeignKey(
        Member,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="paper_forms",
        help_text="For whom it was printed; empty: for whoever fills it in",
    )
    state = models.CharField(max_length=5, choices=State, default=State.OUT)
    printed_by = models.ForeignKey(_PERSON, on_delete=models.SET_NULL, null=True, related_name="+")
    printed_at = models.DateTimeField(default=timezone.now)
    received_on = models.DateField(null=True, blank=True, help_text="The day on which it came back")
    keyed_by = models.ForeignKey(_PERSON, on_delete=models.SET_NULL, null=True, related_name="+")
    keyed_at = models.DateTimeField(null=True, blank=True)
    void_why = models.TextField(blank=True)

    class Meta:
        ordering = ("-printed_at", "-id")

    def __str__(self) -> str:
        """Its title and code."""
        return f"{self.title} ({self.code})"


class PostedView(models.Model):
    """What somebody wrote on paper for a meeting to talk about, and what became of it."""

    partnership = models.ForeignKey("core.Partnership", on_delete=models.CASCADE, related_name="posted_views")
    locality = models.ForeignKey("core.Locality", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    form = models.OneToOneField(PaperForm, on_delete=models.PROTECT, related_name="view")
    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, null=True, blank=True, related_name="posted_views")
    member = models.ForeignKey(Member, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    about = models.CharField(max_length=150)
    text = models.TextField()
    received_on = models.DateField()
    answer = models.TextField(blank=True, help_text="What became of it")
    answered_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ("received_on", "id")

    def __str__(self) -> str:
        """What it is about."""
        return self.about


class Connection(models.Model):
    """Who was connected with whom, for what, and what came of it."""

    partnership = models.ForeignKey("core.Partnership", on_delete=models.CASCADE, related_name="connections")
    locality = models.ForeignKey("core.Locality", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    one = models.ForeignKey(Member, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    one_organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    other = models.ForeignKey(Member, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    other_organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    for_what = models.CharField(max_length=300)
    made_on = models.DateField(default=timezone.localdate)
    came_of = models.TextField(blank=True)
    came_of_on = models.DateField(null=True, blank=True)
    ended_on = models.DateField(null=True, blank=True)
    made_by = models.ForeignKey(_PERSON, on_delete=models.SET_NULL, null=True, related_name="+")

    class Meta:
        ordering = ("-made_on", "-id")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=(Q(one__isnull=True) ^ Q(one_organisation__isnull=True))
                & (Q(other__isnull=True) ^ Q(other_organisation__isnull=True)),
                name="a_connection_has_two_ends",
            )
        ]

    def __str__(self) -> str:
        """Who with whom."""
        return f"{self.one or self.one_organisation} and {self.other or self.other_organisation}"
