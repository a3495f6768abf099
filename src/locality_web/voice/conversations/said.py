"""What people said: one contribution for each taking part, by whatever channel, and what it holds.

Who somebody is stands in `Correspondent` alone and is erased without touching what was said. The snapshot of place and
age group is taken when somebody takes part and never follows later changes.
"""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from locality_web.voice.conversations.models import Conversation, Option, Question, Statement

_PERSON = settings.AUTH_USER_MODEL


class Contribution(models.Model):
    """One taking part in a conversation: by one person, by a group, or for people who are named or counted."""

    class Channel(models.TextChoices):
        """How it came."""

        WEB = "web", "On this site"
        PAPER = "paper", "On paper"
        TELEPHONE = "telephone", "By telephone"
        VISIT = "visit", "At a visit"
        GROUP = "group", "In a group session"
        ORGANISATION = "organisation", "Through an organisation"

    conversation = models.ForeignKey(Conversation, on_delete=models.CASCADE, related_name="contributions")
    channel = models.CharField(max_length=12, choices=Channel)
    receipt = models.CharField(max_length=64, unique=True, help_text="Keyed hash of the receipt code")
    paper_code = models.CharField(max_length=20, blank=True, help_text="Code of the paper form; empty: not on paper")
    source = models.CharField(max_length=120, blank=True, help_text="Name in the file that it was taken in from")
    received_on = models.DateField(default=timezone.localdate)
    recorded_at = models.DateTimeField(default=timezone.now)
    recorded_by = models.ForeignKey(
        _PERSON, on_delete=models.SET_NULL, null=True, blank=True, related_name="+", help_text="Who keyed it in"
    )
    by = models.ForeignKey(
        _PERSON, on_delete=models.SET_NULL, null=True, blank=True, related_name="+", help_text="Who was signed in"
    )
    member = models.ForeignKey(
        "members.Member", on_delete=models.SET_NULL, null=True, blank=True, related_name="contributions"
    )
    organisation = models.ForeignKey(
        "members.Organisation", on_delete=models.PROTECT, null=True, blank=True, related_name="contributions"
    )
    people = models.PositiveIntegerField(default=1, help_text="How many people it speaks for")
    for_whom = models.CharField(max_length=200, blank=True, help_text="For whom somebody else speaks")
    how_asked = models.TextField(blank=True, help_text="How they were asked")
    read_back = models.BooleanField(default=False, help_text="Whether what was written down was read back to them")
    consents = models.BooleanField(default=False, help_text="Whether it may be shown; on paper, ticked or told")
    locality = models.ForeignKey(
        "core.Locality", on_delete=models.PROTECT, null=True, blank=True, related_name="contributions"
    )
    zone = models.CharField(max_length=40, blank=True, help_text="Snapshot; empty: not said")
    age_group = models.CharField(max_length=20, blank=True, help_text="Snapshot; empty: not said")
    fifth = models.PositiveSmallIntegerField(null=True, blank=True, help_text="Snapshot: of the zone, 1 most deprived")
    disabled = models.CharField(max_length=10, blank=True, help_text="Snapshot: yes, no; empty: not said")
    carer = models.CharField(max_length=10, blank=True, help_text="Snapshot: yes, no; empty: not said")
    answers_as = models.CharField(max_length=12, blank=True, help_text="Snapshot: code of as whom they answer")
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    told_changes = models.PositiveIntegerField(
        default=0, help_text="How often an answer to it changed after whoever it is from was told"
    )

    class Meta:
        ordering = ("recorded_at", "id")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=Q(people__gte=1), name="somebody_contributes"),
            models.UniqueConstraint(
                fields=("conversation", "paper_code"), condition=~Q(paper_code=""), name="a_paper_form_counts_once"
            ),
            models.UniqueConstraint(
                fields=("conversation", "source"), condition=~Q(source=""), name="a_source_is_taken_in_once"
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=("conversation", "channel"), name="contributions_by_channel")
        ]

    def __str__(self) -> str:
        """By which channel."""
        return str(self.get_channel_display())


class Correspondent(models.Model):
    """How whoever contributed is told what became of it, where they want to be; erased on their word."""

    class Means(models.TextChoices):
        """By which means."""

        EMAIL = "email", "By e-mail"
        POST = "post", "By post"
        NONE = "none", "Not at all: I shall look with my code"

    contribution = models.OneToOneField(Contribution, on_delete=models.CASCADE, related_name="correspondent")
    means = models.CharField(max_length=5, choices=Means)
    name = models.CharField(max_length=200, blank=True)
    email = models.EmailField(blank=True)
    address = models.TextField(blank=True)
    language = models.CharField(max_length=12, default="en")
    confirmed_at = models.DateTimeField(null=True, blank=True, help_text="When an e-mail address was confirmed")
    told_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        """By which means."""
        return str(self.get_means_display())


class Opinion(models.Model):
    """A view in words, or a reply to one."""

    conversation = models.ForeignKey(Conversation, on_delete=models.CASCADE, related_name="opinions")
    contribution = models.ForeignKey(Contribution, on_delete=models.CASCADE, related_name="opinions")
    replies_to = models.ForeignKey("self", on_delete=models.CASCADE, null=True, blank=True, related_name="replies")
    text = models.TextField()
    language = models.CharField(max_length=12, default="en")
    shown_as = models.CharField(max_length=120, blank=True, help_text="The name to be shown; empty: a resident")
    heading = models.CharField(max_length=80, blank=True, help_text="Code of the service heading, where said")
    state = models.CharField(max_length=30, default="held", help_text="A state of the view's life cycle")
    state_since = models.DateTimeField(default=timezone.now)
    made_at = models.DateTimeField(default=timezone.now)
    supporters = models.PositiveIntegerField(default=0, help_text="How many support it, counted from `supports`")
    answer = models.ForeignKey("voice.Answer", on_delete=models.SET_NULL, null=True, blank=True, related_name="answers")

    class Meta:
        ordering = ("-made_at", "-id")
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=("conversation", "state", "replies_to", "-made_at"), name="views_as_shown"),
            models.Index(fields=("conversation", "replies_to", "-supporters", "-made_at"), name="views_by_support"),
        ]

    def __str__(self) -> str:
        """Its beginning."""
        return self.text[:60]


class Support(models.Model):
    """Somebody supports a view; each counts once for a view."""

    opinion = models.ForeignKey(Opinion, on_delete=models.CASCADE, related_name="supports")
    by = models.CharField(max_length=64, help_text="Keyed hash of the account, of the receipt or of the browser's key")
    channel = models.CharField(max_length=12, choices=Contribution.Channel, default=Contribution.Channel.WEB)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=("opinion", "by"), name="one_support_of_a_view")
        ]

    def __str__(self) -> str:
        """Of what."""
        return f"Support of view {self.opinion_id}"


class StatementVote(models.Model):
    """Agreement, disagreement or a pass on one statement."""

    statement = models.ForeignKey(Statement, on_delete=models.CASCADE, related_name="votes")
    contribution = models.ForeignKey(Contribution, on_delete=models.CASCADE, related_name="statement_votes")
    vote = models.CharField(
        max_length=8, choices=(("agree", "Agree"), ("disagree", "Disagree"), ("pass", "Pass: not sure, or not for me"))
    )

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=("statement", "contribution"), name="one_vote_on_a_statement")
        ]

    def __str__(self) -> str:
        """What it says."""
        return self.vote


class Ranking(models.Model):
    """The options in the order in which somebody wants them; ties share a place."""

    contribution = models.OneToOneField(Contribution, on_delete=models.CASCADE, related_name="ranking")
    order = models.JSONField(help_text="Keys of options by place, the best first: [[3], [1, 2]]")

    def __str__(self) -> str:
        """The order."""
        return str(self.order)


class DividedPart(models.Model):
    """What somebody gives to one option when they divide a sum."""

    contribution = models.ForeignKey(Contribution, on_delete=models.CASCADE, related_name="parts")
    option = models.ForeignKey(Option, on_delete=models.CASCADE, related_name="parts")
    pence = models.BigIntegerField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=("contribution", "option"), name="one_part_for_an_option"),
            models.CheckConstraint(condition=Q(pence__gte=0), name="a_part_is_not_negative"),
        ]

    def __str__(self) -> str:
        """How much."""
        return f"{self.pence} pence"


class MapMark(models.Model):
    """A place, a line or an area on the map, or a place told in words, and what is said of it."""

    contribution = models.ForeignKey(Contribution, on_delete=models.CASCADE, related_name="marks")
    opinion = models.OneToOneField(Opinion, on_delete=models.CASCADE, null=True, blank=True, related_name="mark")
    geometry = models.JSONField(null=True, blank=True, help_text="GeoJSON, in longitude and latitude; empty: in words")
    place = models.CharField(max_length=200, blank=True, help_text="The place in words: a street, a building, a zone")
    zone = models.CharField(max_length=40, blank=True, help_text="The zone in which it lies, where known")

    def __str__(self) -> str:
        """Where."""
        return self.place or "On the map"


class SurveyAnswer(models.Model):
    """An answer to one question of a survey."""

    contribution = models.ForeignKey(Contribution, on_delete=models.CASCADE, related_name="survey_answers")
    question = models.ForeignKey(Question, on_delete=models.CASCADE, related_name="answers")
    value = models.JSONField(help_text="Text, the place of a choice, several places, or a number")

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=("contribution", "question"), name="one_answer_to_a_question")
        ]

    def __str__(self) -> str:
        """To which question."""
        return f"Answer to {self.question_id}"
