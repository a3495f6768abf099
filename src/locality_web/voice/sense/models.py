"""What is made of what was said: readings into themes, priorities by a frozen method, answers, and influence."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

_PERSON = settings.AUTH_USER_MODEL


class Theme(models.Model):
    """Something that many views of a conversation are about."""

    conversation = models.ForeignKey("voice.Conversation", on_delete=models.CASCADE, related_name="themes")
    name = models.CharField(max_length=120)
    says = models.TextField(help_text="What belongs to it and what does not, so that two readers read alike")
    heading = models.CharField(max_length=80, blank=True, help_text="Code of the service heading that it falls under")
    made_by = models.ForeignKey(_PERSON, on_delete=models.SET_NULL, null=True, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True, blank=True, help_text="When it was given up")
    answer = models.ForeignKey("voice.Answer", on_delete=models.SET_NULL, null=True, blank=True, related_name="themes")

    class Meta:
        ordering = ("name",)
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=("conversation", "name"), name="one_theme_for_a_name")
        ]

    def __str__(self) -> str:
        """Its name."""
        return self.name


class Reading(models.Model):
    """One person read one view and said to which themes it belongs; a settled reading is the one that counts."""

    opinion = models.ForeignKey("voice.Opinion", on_delete=models.CASCADE, related_name="readings")
    reader = models.ForeignKey(_PERSON, on_delete=models.SET_NULL, null=True, related_name="+")
    settled = models.BooleanField(default=False, help_text="Agreed after two readings; one for a view")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ("opinion_id", "at")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=("opinion", "reader"), condition=Q(settled=False), name="one_reading_by_a_reader"
            ),
            models.UniqueConstraint(fields=("opinion",), condition=Q(settled=True), name="one_settled_reading"),
        ]

    def __str__(self) -> str:
        """Of which view."""
        return f"Reading of view {self.opinion_id}"


class ThemeCode(models.Model):
    """A theme that a reading found in a view."""

    reading = models.ForeignKey(Reading, on_delete=models.CASCADE, related_name="codes")
    theme = models.ForeignKey(Theme, on_delete=models.CASCADE, related_name="codes")
    suggested = models.BooleanField(default=False, help_text="The program had suggested it; a person said yes")

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=("reading", "theme"), name="one_code_of_a_theme_in_a_reading")
        ]

    def __str__(self) -> str:
        """Which theme."""
        return f"Theme {self.theme_id}"


class Answer(models.Model):
    """What those who asked say to views or to a theme: what was done, what was not, and why."""

    class Outcome(models.TextChoices):
        """What became of it."""

        DONE = "done", "We did it"
        WILL = "will", "We shall do it"
        PARTLY = "partly", "We do part of it"
        NOT = "not", "We did not, and this is why"
        PASSED_ON = "passed_on", "It is not ours: we passed it on"

    conversation = models.ForeignKey("voice.Conversation", on_delete=models.CASCADE, related_name="answers")
    outcome = models.CharField(max_length=10, choices=Outcome)
    you_said = models.TextField(help_text="What was said, in a sentence")
    says = models.TextField(help_text="What was done, or why not")
    to_whom = models.CharField(max_length=200, blank=True, help_text="To whom it was passed on")
    by = models.ForeignKey(_PERSON, on_delete=models.SET_NULL, null=True, related_name="+")
    by_name = models.CharField(max_length=200)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ("at", "id")

    def __str__(self) -> str:
        """What was said."""
        return self.you_said[:80]


class Finding(models.Model):
    """What was found in a conversation and may be published: worked out once, when everything was on the site.

    Two tables that differ by one person would tell about that person, and later changes of zones or of what people say
    of themselves are not to change what was published; so it is kept as it was.
    """

    class What(models.TextChoices):
        """What was found."""

        HEARD = "heard", "Who was heard"
        GROUPS = "groups", "Groups of opinion"
        BOUNDARIES = "options", "Answers on options for boundaries"

    conversation = models.ForeignKey("voice.Conversation", on_delete=models.CASCADE, related_name="findings")
    what = models.CharField(max_length=8, choices=What)
    says = models.JSONField(help_text="As it is shown: counts that passed disclosure control, and sentences")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ("conversation_id", "what")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=("conversation", "what"), name="a_finding_is_published_once")
        ]

    def __str__(self) -> str:
        """What."""
        return str(self.get_what_display())


class Prioritising(models.Model):
    """How themes become priorities under one service heading: a method that is frozen before anybody sees results."""

    class State(models.TextChoices):
        """Where it stands."""

        DRAFT = "draft", "The method is being chosen"
        FROZEN = "frozen", "The method stands; ballots are taken"
        DONE = "done", "Worked out"
        CALLED_OFF = "called_off", "Called off"

    locality = models.ForeignKey("core.Locality", on_delete=models.PROTECT, related_name="prioritisings")
    conversation = models.ForeignKey(
        "voice.Conversation", on_delete=models.PROTECT, null=True, blank=True, related_name="prioritisings"
    )
    heading = models.CharField(max_length=80, help_text="Code of the service heading")
    year = models.CharField(max_length=7, help_text='Financial year of the plan, like "2027/28"')
    themes = models.ManyToManyField(Theme, related_name="prioritisings", blank=True)
    method = models.JSONField(default=dict, help_text="Settings of the method, as the library writes them")
    sha256 = models.CharField(max_length=64, blank=True, help_text="Of method and options, when it was frozen")
    state = models.CharField(max_length=12, choices=State, default=State.DRAFT)
    frozen_at = models.DateTimeField(null=True, blank=True)
    frozen_by = models.ForeignKey(_PERSON, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    discussion = models.TextField(blank=True, help_text="Of a recorded discussion: who was there and what was said")
    result = models.JSONField(null=True, blank=True, help_text="As the library writes it, every step in words")
    done_at = models.DateTimeField(null=True, blank=True)
    called_off_why = models.TextField(blank=True)

    class Meta:
        ordering = ("-id",)

    def __str__(self) -> str:
        """Where and for which heading."""
        return f"{self.locality}: {self.heading}, {self.year}"


class PriorityBallot(models.Model):
    """How one member of the group, or one resident who contributed, ranks or scores the themes."""

    prioritising = models.ForeignKey(Prioritising, on_delete=models.CASCADE, related_name="ballots")
    by = models.ForeignKey(_PERSON, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    member = models.ForeignKey("members.Member", on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    channel = models.CharField(max_length=12, default="web")
    recorded_by = models.ForeignKey(_PERSON, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    says = models.JSONField(help_text="Keys of themes by place [[3], [1, 2]], or scores by key")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ("id",)
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=("prioritising", "by"), condition=Q(by__isnull=False), name="one_priority_ballot_of_a_person"
            ),
            models.UniqueConstraint(
                fields=("prioritising", "member"),
                condition=Q(member__isnull=False),
                name="one_priority_ballot_of_a_member",
            ),
        ]

    def __str__(self) -> str:
        """Of which choice."""
        return f"Ballot of {self.prioritising_id}"


class InfluenceLink(models.Model):
    """One thing led to another: view, theme, priority, plan line, pounds, action, measure."""

    partnership = models.ForeignKey("core.Partnership", on_delete=models.CASCADE, related_name="influence")
    locality = models.ForeignKey("core.Locality", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    from_kind = models.CharField(max_length=20)
    from_name = models.CharField(max_length=300, help_text='Stable name, like "theme:4" or "plan:leven:2027/28:P3"')
    to_kind = models.CharField(max_length=20)
    to_name = models.CharField(max_length=300)
    share_of = models.PositiveIntegerField(
        null=True, blank=True, help_text="Of the second, how much is owed to the first; empty: an equal part"
    )
    share_in = models.PositiveIntegerField(default=1, help_text="Its denominator")
    pence = models.BigIntegerField(null=True, blank=True)
    why = models.TextField()
    by = models.ForeignKey(_PERSON, on_delete=models.SET_NULL, null=True, related_name="+")
    by_name = models.CharField(max_length=200)
    at = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_why = models.TextField(blank=True)

    class Meta:
        ordering = ("id",)
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=("partnership", "from_name", "to_name"),
                condition=Q(ended_at__isnull=True),
                name="one_link_between_two_things",
            ),
            models.CheckConstraint(
                condition=Q(share_in__gte=1, share_of__lte=models.F("share_in")), name="a_share_is_at_most_all"
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=("partnership", "to_name"), name="influence_backwards"),
            models.Index(fields=("partnership", "from_name"), name="influence_forwards"),
        ]

    def __str__(self) -> str:
        """From what to what."""
        return f"{self.from_name} to {self.to_name}"


class EngagementRecord(models.Model):
    """Something that keepers recorded of one conversation's engagement, beside what is computed; everybody can read it.

    What was wrong is taken back with a reason, and never overwritten.
    """

    conversation = models.ForeignKey("voice.Conversation", on_delete=models.CASCADE, related_name="engagement_records")
    about = models.CharField(max_length=40, help_text="Code of what it is about")
    says = models.TextField()
    on = models.DateField(help_text="The day on which it happened")
    people = models.PositiveIntegerField(null=True, blank=True, help_text="How many people took part, or were told")
    named = models.PositiveIntegerField(null=True, blank=True, help_text="How many needs for support were named")
    met = models.PositiveIntegerField(null=True, blank=True, help_text="How many of them were met")
    option = models.CharField(max_length=150, blank=True, help_text="The option that views led to, by its title")
    theme = models.ForeignKey(
        Theme, on_delete=models.SET_NULL, null=True, blank=True, related_name="+", help_text="The theme that led to it"
    )
    by = models.ForeignKey(_PERSON, on_delete=models.SET_NULL, null=True, related_name="+")
    by_name = models.CharField(max_length=200)
    at = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_why = models.TextField(blank=True, help_text="Why it was taken back")

    class Meta:
        ordering = ("about", "on", "id")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(met__isnull=True) | Q(met__lte=models.F("named")), name="needs_met_were_named"
            )
        ]

    def __str__(self) -> str:
        """Under what."""
        return self.about
