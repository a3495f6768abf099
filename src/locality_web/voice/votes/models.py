"""A vote on a sum of money: the roll, the codes and the ballots, kept so that nobody can join a ballot to a person.

The roll says who got a letter, and in which batch; which code stood in it is nowhere kept. Codes and ballots have keys
drawn at random and carry no time, so that no order gives anything away: whoever holds the whole database knows for a
person only the batch, which holds many. A ballot stands under its code, so that its voter can look at it.
"""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from locality_web.voice.votes.random_keys import RandomKeyField, random_key

_PERSON = settings.AUTH_USER_MODEL


class Vote(models.Model):
    """A sum on which a community decides; its rules stand still from the moment it opens."""

    class State(models.TextChoices):
        """Where it stands."""

        DRAFT = "draft", "Being prepared"
        OPEN = "open", "Open"
        CLOSED = "closed", "Closed: ballots are being counted"
        COUNTED = "counted", "Counted"
        PUBLISHED = "published", "Published"
        CALLED_OFF = "called_off", "Called off"

    conversation = models.ForeignKey("voice.Conversation", on_delete=models.CASCADE, related_name="votes")
    title = models.CharField(max_length=150)
    says = models.TextField(blank=True, help_text="What it is about, in plain words")
    sum_pence = models.BigIntegerField()
    source = models.CharField(max_length=80, blank=True, help_text="Code of the funding source")
    rules = models.JSONField(default=dict, help_text="Settings of the method, as the library writes them")
    rules_sha256 = models.CharField(max_length=64, blank=True, help_text="Of all that stands still from opening on")
    frozen = models.BinaryField(null=True, help_text="The file of all that stands still, as published at the opening")
    who_may = models.TextField(help_text="Who has a vote, in plain words")
    state = models.CharField(max_length=12, choices=State, default=State.DRAFT)
    opens_on = models.DateField()
    closes_on = models.DateField(help_text="Last day on which ballots are taken")
    opened_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    published_at = models.DateTimeField(null=True, blank=True)
    refused = models.JSONField(default=dict, help_text="How many attempts were refused, by reason; never whose")
    called_off_why = models.TextField(blank=True)

    class Meta:
        ordering = ("-opens_on", "-id")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=Q(sum_pence__gt=0), name="a_vote_is_on_a_sum"),
            models.CheckConstraint(condition=Q(closes_on__gte=F("opens_on")), name="vote_closes_after_opening"),
        ]

    def __str__(self) -> str:
        """Its title."""
        return self.title


class Project(models.Model):
    """Something that the sum could pay for."""

    vote = models.ForeignKey(Vote, on_delete=models.CASCADE, related_name="projects")
    code = models.CharField(max_length=20)
    title = models.CharField(max_length=150)
    says = models.TextField(blank=True)
    cost_pence = models.BigIntegerField()
    least_pence = models.BigIntegerField(null=True, blank=True, help_text="It can be done in part from this sum on")
    heading = models.CharField(max_length=80, blank=True, help_text="Code of the service heading that it belongs to")
    locality = models.ForeignKey("core.Locality", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    not_with = models.ManyToManyField("self", blank=True, help_text="Projects that cannot be chosen together with it")
    from_opinions = models.ManyToManyField("voice.Opinion", blank=True, related_name="projects")
    taken_back_why = models.TextField(blank=True, help_text="Why it is no more among those that can be chosen")

    class Meta:
        ordering = ("code",)
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=("vote", "code"), name="one_project_for_a_code"),
            models.CheckConstraint(condition=Q(cost_pence__gte=0), name="a_cost_is_not_negative"),
        ]

    def __str__(self) -> str:
        """Its title."""
        return self.title


class CodeBatch(models.Model):
    """Codes that were made together; they count from the day on which the whole batch went out."""

    class Means(models.TextChoices):
        """How its codes reach people."""

        LETTER = "letter", "By letter"
        EMAIL = "email", "By e-mail"
        BEARER = "bearer", "In sealed envelopes, drawn by those who come"

    class State(models.TextChoices):
        """Where it stands."""

        MADE = "made", "Made, not out yet"
        OUT = "out", "Out"
        VOID = "void", "Void"

    vote = models.ForeignKey(Vote, on_delete=models.CASCADE, related_name="batches")
    number = models.PositiveIntegerField()
    means = models.CharField(max_length=6, choices=Means)
    state = models.CharField(max_length=4, choices=State, default=State.MADE)
    codes = models.PositiveIntegerField(help_text="How many codes it has")
    made_by = models.ForeignKey(_PERSON, on_delete=models.SET_NULL, null=True, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)
    out_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("number",)
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=("vote", "number"), name="one_batch_for_a_number")
        ]

    def __str__(self) -> str:
        """Its number."""
        return f"Batch {self.number}"


class RollEntry(models.Model):
    """Somebody who has a vote, and whether a code went out to them; never which, and never whether it was used."""

    vote = models.ForeignKey(Vote, on_delete=models.CASCADE, related_name="roll")
    reference = models.CharField(max_length=80, help_text="What tells two people apart, like a number of a list")
    name = models.CharField(max_length=200, blank=True)
    address = models.TextField(blank=True)
    email = models.EmailField(blank=True, help_text="Where a code may go by e-mail")
    mail_refused = models.BooleanField(default=False, help_text="The mail server did not take their mail: a letter")
    locality = models.ForeignKey("core.Locality", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    batch = models.ForeignKey(CodeBatch, on_delete=models.PROTECT, null=True, blank=True, related_name="roll")

    class Meta:
        ordering = ("reference",)
        verbose_name_plural = "roll entries"
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=("vote", "reference"), name="one_entry_for_a_voter")
        ]

    def __str__(self) -> str:
        """Their reference alone."""
        return self.reference


class VotingCode(models.Model):
    """A code that gives one ballot; nothing tells to whom it went."""

    id = RandomKeyField(primary_key=True, default=random_key)
    vote = models.ForeignKey(Vote, on_delete=models.CASCADE, related_name="codes")
    batch = models.ForeignKey(CodeBatch, on_delete=models.CASCADE, related_name="+")
    digest = models.CharField(max_length=64, help_text="Keyed hash of the code; the code itself is nowhere kept")
    locality = models.ForeignKey("core.Locality", on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ("id",)
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=("vote", "digest"), name="one_code_for_a_digest")
        ]

    def __str__(self) -> str:
        """Nothing that would tell it."""
        return "A code"


class Ballot(models.Model):
    """One ballot, from whatever channel; it has no time and no writer."""

    class Channel(models.TextChoices):
        """How it came."""

        WEB = "web", "On this site"
        PAPER = "paper", "On paper"

    id = RandomKeyField(primary_key=True, default=random_key)
    vote = models.ForeignKey(Vote, on_delete=models.CASCADE, related_name="ballots")
    code = models.OneToOneField(VotingCode, on_delete=models.CASCADE, related_name="ballot")
    channel = models.CharField(max_length=5, choices=Channel)
    choices = models.JSONField(help_text="Codes of projects, in order of their codes")

    class Meta:
        ordering = ("id",)

    def __str__(self) -> str:
        """Its channel."""
        return f"A ballot, {self.get_channel_display().lower()}"


class KeyedBallot(models.Model):
    """A paper ballot that one person keyed in and that a second one has not confirmed yet; removed when it counts."""

    id = RandomKeyField(primary_key=True, default=random_key)
    vote = models.ForeignKey(Vote, on_delete=models.CASCADE, related_name="keyed")
    code = models.OneToOneField(VotingCode, on_delete=models.CASCADE, related_name="keyed")
    choices = models.JSONField()
    keyed_by = models.ForeignKey(_PERSON, on_delete=models.CASCADE, related_name="+")
    disputed = models.BooleanField(default=False, help_text="The second reading differed")

    class Meta:
        ordering = ("id",)

    def __str__(self) -> str:
        """That it waits."""
        return "A paper ballot that waits for a second reading"


class CountedVote(models.Model):
    """The exact result, as it was counted once: its inputs' hash, the winners, and why each project won or not."""

    vote = models.OneToOneField(Vote, on_delete=models.PROTECT, related_name="result")
    inputs_sha256 = models.CharField(max_length=64)
    result = models.JSONField(help_text="As the library writes it")
    counted_by = models.ForeignKey(_PERSON, on_delete=models.SET_NULL, null=True, related_name="+")
    counted_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        """Of what."""
        return f"Result of {self.vote_id}"
