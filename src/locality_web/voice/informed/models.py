"""Who wants to be kept informed of what, by which means; and files that were taken in from elsewhere."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

_PERSON = settings.AUTH_USER_MODEL


class Subscription(models.Model):
    """Somebody wants to hear of a locality, a topic or a place; needs no account."""

    class Means(models.TextChoices):
        """By which means."""

        EMAIL = "email", "By e-mail"
        POST = "post", "By letter"

    class Rhythm(models.TextChoices):
        """How often at most."""

        WEEKLY = "weekly", "Once a week at most"
        MONTHLY = "monthly", "Once a month at most"

    partnership = models.ForeignKey("core.Partnership", on_delete=models.CASCADE, related_name="subscriptions")
    locality = models.ForeignKey("core.Locality", on_delete=models.CASCADE, null=True, blank=True, related_name="+")
    conversation = models.ForeignKey(
        "voice.Conversation", on_delete=models.CASCADE, null=True, blank=True, related_name="subscriptions"
    )
    heading = models.CharField(max_length=200, blank=True, help_text="Code of a service heading; empty: all")
    zone = models.CharField(max_length=40, blank=True, help_text="A neighbourhood; empty: everywhere")
    longitude = models.FloatField(null=True, blank=True, help_text="A place on the map; None: none was marked")
    latitude = models.FloatField(null=True, blank=True)
    around = models.PositiveIntegerField(default=0, help_text="How many metres around that place; 0: none was marked")
    person = models.ForeignKey(_PERSON, on_delete=models.CASCADE, null=True, blank=True, related_name="subscriptions")
    means = models.CharField(max_length=5, choices=Means, default=Means.EMAIL)
    rhythm = models.CharField(max_length=8, choices=Rhythm, default=Rhythm.WEEKLY)
    language = models.CharField(max_length=12, default="en")
    name = models.CharField(max_length=200, blank=True)
    email = models.EmailField(blank=True)
    address = models.TextField(blank=True)
    made_at = models.DateTimeField(default=timezone.now)
    asked_at = models.DateTimeField(null=True, blank=True, help_text="When the owner of the address was asked")
    confirmed_at = models.DateTimeField(null=True, blank=True, help_text="Empty: nothing is sent yet but one question")
    told_to = models.DateTimeField(null=True, blank=True, help_text="Everything until then was told")

    class Meta:
        ordering = ("id",)
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=(Q(means="email") & ~Q(email="")) | (Q(means="post") & ~Q(address="")),
                name="a_subscription_can_be_sent",
            ),
            models.CheckConstraint(
                condition=Q(longitude__isnull=True, latitude__isnull=True, around=0)
                | Q(longitude__isnull=False, latitude__isnull=False, around__gt=0),
                name="a_place_on_the_map_is_whole",
            ),
        ]

    def __str__(self) -> str:
        """By which means; never to whom."""
        return str(self.get_means_display())


class SubscriptionNews(models.Model):
    """Something that those who subscribed are told: one row for each thing that happened, whatever is tried again."""

    partnership = models.ForeignKey("core.Partnership", on_delete=models.CASCADE, related_name="news")
    localities = models.ManyToManyField("core.Locality", blank=True, related_name="+")
    conversation = models.ForeignKey(
        "voice.Conversation", on_delete=models.CASCADE, null=True, blank=True, related_name="news"
    )
    headings = models.JSONField(default=list)
    zones = models.JSONField(
        default=list, help_text="Codes of the zones that it is about; empty: of all its localities"
    )
    key = models.CharField(max_length=200, help_text='Stable name of what happened, like "conversation:12:opened"')
    title = models.CharField(max_length=200)
    says = models.CharField(max_length=400)
    address = models.CharField(max_length=300, help_text="Where more is on this site")
    at = models.DateTimeField(default=timezone.now, help_text="When it happened")
    written_at = models.DateTimeField(default=timezone.now, help_text="When it was written here; digests go by it")

    class Meta:
        ordering = ("-at", "-id")
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=("partnership", "written_at"), name="news_for_digests"),
        ]
        verbose_name_plural = "subscription news"
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=("partnership", "key"), name="one_piece_of_news_for_a_key")
        ]

    def __str__(self) -> str:
        """Its title."""
        return self.title


class ImportedFile(models.Model):
    """A file of another system that was taken in: which, what it held, and what was left out and why."""

    class System(models.TextChoices):
        """Where it comes from."""

        CONSUL = "consul", "CONSUL Democracy"
        DECIDIM = "decidim", "Decidim"
        OWN = "own", "Locality"

    conversation = models.ForeignKey("voice.Conversation", on_delete=models.CASCADE, related_name="imported")
    system = models.CharField(max_length=8, choices=System)
    name = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64)
    rows = models.PositiveIntegerField()
    left_out = models.JSONField(default=list, help_text="[row, why] for each row that was not taken in")
    by = models.ForeignKey(_PERSON, on_delete=models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ("-at", "-id")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=("conversation", "sha256"), name="a_file_is_taken_in_once")
        ]

    def __str__(self) -> str:
        """Its name."""
        return self.name
