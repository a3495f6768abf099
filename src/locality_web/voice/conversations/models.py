"""A conversation: what is asked, in plain words, what is open to change, and how it may be answered."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

_PERSON = settings.AUTH_USER_MODEL


class Conversation(models.Model):
    """Something that a locality, several or the whole partnership asks."""

    class Moderation(models.TextChoices):
        """When somebody looks at a view."""

        BEFORE = "before", "Before it is shown"
        AFTER = "after", "After it is shown"

    partnership = models.ForeignKey("core.Partnership", on_delete=models.CASCADE, related_name="conversations")
    held_by = models.ForeignKey(
        "core.Locality",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="conversations",
        help_text="The locality that holds it; empty: the partnership",
    )
    localities = models.ManyToManyField(
        "core.Locality", blank=True, related_name="asked_in", help_text="Where it is asked; none: everywhere"
    )
    slug = models.SlugField(max_length=80)
    title = models.CharField(max_length=150)
    question = models.TextField(help_text="What is asked, in a sentence or two")
    background = models.TextField(blank=True, help_text="In plain words; a blank line begins a paragraph")
    open_to_change = models.TextField(help_text="What people can change by taking part")
    not_open = models.TextField(blank=True, help_text="What is settled already, and why")
    other_ways = models.TextField(blank=True, help_text="How to take part by telephone, on paper or at a visit")
    headings = models.JSONField(default=list, help_text="Codes of service headings that it is about")
    kinds = models.JSONField(default=list, help_text="Codes of kinds of contribution that it takes")
    aims_at = models.CharField(max_length=20, help_text="Code of the level of engagement that it aims at")
    moderation = models.CharField(max_length=6, choices=Moderation, default=Moderation.BEFORE)
    asks_about = models.JSONField(default=list, help_text="What it asks of those who take part: age_group, zone ...")
    asks_why = models.TextField(blank=True, help_text="Why it asks that, as the page says")
    divides_pence = models.BigIntegerField(null=True, blank=True, help_text="The sum that people divide")
    boundary_options = models.ManyToManyField("areas.BoundaryOption", blank=True, related_name="consulted_on")
    opens_on = models.DateField()
    closes_on = models.DateField(help_text="Last day on which views are taken")
    state = models.CharField(max_length=30, default="draft", help_text="A state of the conversation's life cycle")
    state_since = models.DateTimeField(default=timezone.now)
    state_why = models.TextField(blank=True, help_text="Why it was closed early, opened again or withdrawn")
    opened_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    made_by = models.ForeignKey(_PERSON, on_delete=models.SET_NULL, null=True, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)
    we_did = models.TextField(blank=True, help_text="What became of it as a whole, said when it closes")
    times_answered = models.PositiveIntegerField(default=0, help_text="How often it was closed with answers")

    class Meta:
        ordering = ("-opens_on", "-id")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=("partnership", "slug"), name="one_conversation_for_a_slug"),
            models.CheckConstraint(condition=Q(closes_on__gte=F("opens_on")), name="conversation_closes_after_opening"),
        ]

    def __str__(self) -> str:
        """Its title."""
        return self.title


class Translation(models.Model):
    """A text of a conversation, a view or an answer in another language, entered by a person and labelled so."""

    conversation = models.ForeignKey(Conversation, on_delete=models.CASCADE, related_name="translations")
    of = models.CharField(max_length=80, help_text='Stable name, like "conversation.question" or "opinion:12"')
    language = models.CharField(max_length=12, help_text="Tag of the language, like gd or pl")
    text = models.TextField()
    by = models.ForeignKey(_PERSON, on_delete=models.SET_NULL, null=True, related_name="+")
    by_name = models.CharField(max_length=200, help_text="Who translated it, as the page says")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ("of", "language")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=("conversation", "of", "language"), name="one_translation_into_a_language")
        ]

    def __str__(self) -> str:
        """Of what into which language."""
        return f"{self.of} ({self.language})"


class Statement(models.Model):
    """A short statement to agree or disagree with, or to pass; written by whoever holds it, or suggested."""

    class State(models.TextChoices):
        """Whether people are asked about it."""

        HELD = "held", "Suggested, not looked at yet"
        SHOWN = "shown", "Asked"
        REFUSED = "refused", "Not asked"

    conversation = models.ForeignKey(Conversation, on_delete=models.CASCADE, related_name="statements")
    text = models.CharField(max_length=280)
    state = models.CharField(max_length=8, choices=State, default=State.SHOWN)
    reason = models.CharField(max_length=300, blank=True, help_text="Why it is not asked")
    suggested_in = models.ForeignKey(
        "voice.Contribution", on_delete=models.SET_NULL, null=True, blank=True, related_name="suggested"
    )
    made_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ("id",)

    def __str__(self) -> str:
        """Its text."""
        return self.text


class Option(models.Model):
    """Something to rank, or to give a part of a sum to."""

    conversation = models.ForeignKey(Conversation, on_delete=models.CASCADE, related_name="options")
    title = models.CharField(max_length=150)
    says = models.TextField(blank=True)
    heading = models.CharField(max_length=80, blank=True, help_text="Code of the service heading that it belongs to")
    order = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ("order", "id")

    def __str__(self) -> str:
        """Its title."""
        return self.title


class Question(models.Model):
    """A question of a survey."""

    class Kind(models.TextChoices):
        """How it is answered."""

        TEXT = "text", "In words"
        ONE = "one", "One of several answers"
        SEVERAL = "several", "Any of several answers"
        SCALE = "scale", "A number from 1 to 5"

    conversation = models.ForeignKey(Conversation, on_delete=models.CASCADE, related_name="questions")
    code = models.SlugField(max_length=60)
    text = models.CharField(max_length=300)
    kind = models.CharField(max_length=8, choices=Kind)
    choices = models.JSONField(default=list, help_text="What can be chosen, in order")
    order = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ("order", "id")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=("conversation", "code"), name="one_question_for_a_code")
        ]

    def __str__(self) -> str:
        """Its text."""
        return self.text


class ZoneFifth(models.Model):
    """The deprivation fifth of one zone, as it is known today; what was kept with contributions never follows it."""

    partnership = models.ForeignKey("core.Partnership", on_delete=models.CASCADE, related_name="zone_fifths")
    zone = models.CharField(max_length=40)
    fifth = models.PositiveSmallIntegerField(help_text="1 most deprived, 5 least")
    source = models.CharField(max_length=200, help_text="The index and its edition")

    class Meta:
        ordering = ("zone",)
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=("partnership", "zone"), name="one_fifth_of_a_zone"),
            models.CheckConstraint(condition=Q(fifth__gte=1, fifth__lte=5), name="a_fifth_is_one_to_five"),
        ]

    def __str__(self) -> str:
        """Zone and fifth."""
        return f"{self.zone}: {self.fifth}"


class BoundaryAsked(models.Model):
    """An option for the boundaries of localities as people are asked about it; later drawing does not reach it."""

    conversation = models.ForeignKey(Conversation, on_delete=models.CASCADE, related_name="boundaries_asked")
    option = models.ForeignKey("areas.BoundaryOption", on_delete=models.SET_NULL, null=True, related_name="asked_as")
    title = models.CharField(max_length=200)
    zones = models.JSONField(help_text="Key of the locality by zone")
    names = models.JSONField(help_text="Name of each locality by its key")
    measures = models.JSONField(default=dict, help_text="As they were on that day")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ("id",)
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=("conversation", "option"), name="an_option_is_asked_once")
        ]

    def __str__(self) -> str:
        """What it was called then."""
        return self.title


class BoundaryChoice(models.Model):
    """Which option for the boundaries of localities somebody would choose; written with their contribution."""

    contribution = models.OneToOneField("voice.Contribution", on_delete=models.CASCADE, related_name="boundary_choice")
    option = models.ForeignKey("areas.BoundaryOption", on_delete=models.SET_NULL, null=True, related_name="chosen_by")
    title = models.CharField(max_length=200, help_text="What the option was called then")

    def __str__(self) -> str:
        """Which option."""
        return self.title


class Flag(models.Model):
    """Somebody says that a view should not stand there."""

    opinion = models.ForeignKey("voice.Opinion", on_delete=models.CASCADE, related_name="flags")
    reason = models.CharField(max_length=20, help_text="Code of a reason")
    says = models.CharField(max_length=300, blank=True)
    by = models.ForeignKey(_PERSON, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    settled_at = models.DateTimeField(null=True, blank=True)
    settled_by = models.ForeignKey(_PERSON, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    upheld = models.BooleanField(null=True, blank=True)

    class Meta:
        ordering = ("at", "id")

    def __str__(self) -> str:
        """Why."""
        return self.reason


class ModerationStep(models.Model):
    """What was done with a view, by whom, when, and why."""

    opinion = models.ForeignKey("voice.Opinion", on_delete=models.CASCADE, related_name="steps")
    was = models.CharField(max_length=30)
    became = models.CharField(max_length=30)
    reason = models.CharField(max_length=20, blank=True, help_text="Code of a reason; empty: none was needed")
    says = models.TextField(blank=True, help_text="What its author is told")
    by = models.ForeignKey(_PERSON, on_delete=models.SET_NULL, null=True, related_name="+")
    by_site = models.BooleanField(default=False, help_text="Held by the site's own rules, not by a person")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ("at", "id")

    def __str__(self) -> str:
        """From what to what."""
        return f"{self.was} to {self.became}"


class Appeal(models.Model):
    """The author of a hidden view asks somebody else to look again."""

    opinion = models.ForeignKey("voice.Opinion", on_delete=models.CASCADE, related_name="appeals")
    says = models.TextField()
    at = models.DateTimeField(default=timezone.now)
    outcome = models.CharField(max_length=8, blank=True, choices=(("shown", "Shown"), ("hidden", "Stays hidden")))
    outcome_says = models.TextField(blank=True)
    by = models.ForeignKey(_PERSON, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    settled_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("at", "id")

    def __str__(self) -> str:
        """Its words."""
        return self.says[:60]
