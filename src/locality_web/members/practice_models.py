"""General practice in the locality's group, advice of professional bodies, and decisions put to professions."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from locality_web.members.register_models import FeedRoute, Member

_PERSON = settings.AUTH_USER_MODEL


class Document(models.Model):
    """A file of this room, kept in the database: an agreement, an advice, a paper of a meeting."""

    partnership = models.ForeignKey("core.Partnership", on_delete=models.CASCADE, related_name="documents")
    name = models.CharField(max_length=200)
    media_type = models.CharField(max_length=100)
    content = models.BinaryField()
    sha256 = models.CharField(max_length=64)
    public = models.BooleanField(default=False, help_text="Everybody may read it")
    added_by = models.ForeignKey(_PERSON, on_delete=models.SET_NULL, null=True, related_name="+")
    added_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        """Its name."""
        return self.name


class Practice(models.Model):
    """A GP practice of the partnership, from a release or by hand."""

    partnership = models.ForeignKey("core.Partnership", on_delete=models.CASCADE, related_name="practices")
    code = models.CharField(max_length=40)
    name = models.CharField(max_length=200)
    cluster = models.CharField(max_length=200, blank=True)
    locality = models.ForeignKey("core.Locality", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    patients = models.PositiveIntegerField(null=True, blank=True)
    release = models.CharField(max_length=64, blank=True, help_text="Id of the release it came from; empty: by hand")
    missing_since = models.DateField(
        null=True, blank=True, help_text="The day on which a newer release came without it; empty: nobody has to look"
    )
    ended_on = models.DateField(null=True, blank=True, help_text="First day on which it is no more")

    class Meta:
        ordering = ("name", "id")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=("partnership", "code"), name="one_practice_for_a_code")
        ]

    def __str__(self) -> str:
        """Its name."""
        return self.name


class Liaison(models.Model):
    """Who speaks for a practice, or for a cluster where the partnership represents general practice by clusters."""

    class By(models.TextChoices):
        """Who named them."""

        PRACTICE = "practice", "The practice itself, through its link"
        PLANNER = "planner", "A planner or the lead, for the practice"

    partnership = models.ForeignKey("core.Partnership", on_delete=models.CASCADE, related_name="liaisons")
    practice = models.ForeignKey(Practice, on_delete=models.PROTECT, null=True, blank=True, related_name="liaisons")
    cluster = models.CharField(max_length=200, blank=True, help_text="Of a cluster: its name; then no practice")
    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="liaisons")
    starts = models.DateField()
    ends = models.DateField(null=True, blank=True, help_text="Last day; empty: until it is ended")
    named_by = models.CharField(max_length=10, choices=By)
    given_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ("-starts", "id")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(practice__isnull=False, cluster="") | (Q(practice__isnull=True) & ~Q(cluster="")),
                name="liaison_of_a_practice_or_a_cluster",
            ),
            models.CheckConstraint(
                condition=Q(ends__isnull=True) | Q(ends__gte=F("starts")), name="liaison_ends_after_start"
            ),
        ]

    def __str__(self) -> str:
        """Who for what."""
        return f"{self.member}: {self.practice or self.cluster}"


class NominationLink(models.Model):
    """A link by which a practice names its liaison without an account; its token is kept only as a hash."""

    practice = models.ForeignKey(Practice, on_delete=models.CASCADE, related_name="nomination_links")
    token_hash = models.CharField(max_length=64, unique=True)
    made_by = models.ForeignKey(_PERSON, on_delete=models.SET_NULL, null=True, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        """Of which practice."""
        return f"Link of {self.practice}"


class Advice(models.Model):
    """What a professional body was asked and what it said: the Local Medical Committee's agreement among others."""

    class State(models.TextChoices):
        """Where it stands."""

        ASKED = "asked", "Asked"
        GIVEN = "given", "Advice given"
        AGREED = "agreed", "Agreed"
        CONDITIONS = "conditions", "Agreed with conditions"
        REFUSED = "refused", "Did not agree"
        WITHDRAWN = "withdrawn", "Agreement withdrawn"

    partnership = models.ForeignKey("core.Partnership", on_delete=models.CASCADE, related_name="advice")
    locality = models.ForeignKey("core.Locality", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    body = models.CharField(max_length=60, help_text="Code of a professional body")
    body_name = models.CharField(max_length=200, help_text="Its own name")
    state = models.CharField(max_length=12, choices=State)
    about = models.CharField(max_length=300)
    year = models.CharField(max_length=7, blank=True, help_text="Financial year of the plan that it is about")
    asked_on = models.DateField(null=True, blank=True)
    given_on = models.DateField(null=True, blank=True)
    until = models.DateField(null=True, blank=True, help_text="Last day on which it holds")
    says = models.TextField(blank=True)
    conditions = models.TextField(blank=True)
    document = models.ForeignKey(Document, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    answer = models.TextField(blank=True, help_text="What became of it")
    answered_on = models.DateField(null=True, blank=True)
    public = models.BooleanField(default=False, help_text="Everybody may read what it said and what became of it")
    made_by = models.ForeignKey(_PERSON, on_delete=models.SET_NULL, null=True, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ("-given_on", "-asked_on", "-id")
        verbose_name_plural = "advice"

    def __str__(self) -> str:
        """Who on what."""
        return f"{self.body_name}: {self.about}"


class GroupDecision(models.Model):
    """A decision that a locality's group (or the partnership's) takes, with the professions that it affects."""

    class State(models.TextChoices):
        """Where it stands; the steps between them are a life cycle of the library."""

        PREPARED = "prepared", "Prepared"
        ANNOUNCED = "announced", "Announced"
        TAKEN = "taken", "Taken"
        WITHDRAWN = "withdrawn", "Withdrawn"

    partnership = models.ForeignKey("core.Partnership", on_delete=models.CASCADE, related_name="group_decisions")
    locality = models.ForeignKey(
        "core.Locality", on_delete=models.PROTECT, null=True, blank=True, related_name="group_decisions"
    )
    title = models.CharField(max_length=200)
    says = models.TextField(help_text="What is to be decided, in plain words")
    professions = models.JSONField(default=list, help_text="Codes of the groups that it affects")
    state = models.CharField(max_length=10, choices=State, default=State.PREPARED)
    meeting = models.ForeignKey(
        "members.Meeting", on_delete=models.PROTECT, null=True, blank=True, related_name="decisions"
    )
    due_on = models.DateField(help_text="The day on which it is to be taken")
    announced_at = models.DateTimeField(null=True, blank=True)
    taken_on = models.DateField(null=True, blank=True)
    outcome = models.TextField(blank=True, help_text="What was decided, and why")
    short_notice = models.TextField(blank=True, help_text="Why it was put without the notice period; empty: it was not")
    made_by = models.ForeignKey(_PERSON, on_delete=models.SET_NULL, null=True, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ("-due_on", "-id")

    def __str__(self) -> str:
        """Its title."""
        return self.title


class ProfessionAsked(models.Model):
    """A profession that was told of a decision before it is taken; its answer, and what became of that."""

    decision = models.ForeignKey(GroupDecision, on_delete=models.CASCADE, related_name="asked")
    group = models.CharField(max_length=60)
    route = models.ForeignKey(FeedRoute, on_delete=models.PROTECT, null=True, blank=True, related_name="asked")
    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="asked", help_text="Who was told")
    token_hash = models.CharField(max_length=64, unique=True)
    told_at = models.DateTimeField(default=timezone.now)
    answer = models.TextField(blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    became = models.TextField(blank=True, help_text="What became of the answer")
    became_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("id",)
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=("decision", "group", "member"), name="asked_once_of_a_decision")
        ]

    def __str__(self) -> str:
        """Which profession of which decision."""
        return f"{self.group}: {self.decision}"
