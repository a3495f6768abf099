"""What boundaries are drawn on, declared crossings, options of boundaries, and what was said of them.

An option is one way to divide the partnership's zones. It counts for nothing until it is adopted as a version.
"""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone


class DesignGround(models.Model):
    """Zones, borders, settlements, practices and registrations of a partnership, from the release that brought them."""

    partnership = models.OneToOneField("core.Partnership", on_delete=models.CASCADE, related_name="design_ground")
    tables = models.BinaryField(help_text="A zip of Parquet tables; see boundary_ground_file")
    sha256 = models.CharField(max_length=64)
    made_of = models.JSONField(default=dict, help_text="Sources, vintages, what is modelled, attribution lines")
    release = models.CharField(max_length=64, blank=True, help_text="Id of the release that brought it")
    loaded_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        """Whose."""
        return f"Ground of {self.partnership_id} ({self.sha256[:8]})"


class DesignWishes(models.Model):
    """What a partnership asks of its localities besides their sizes, which are settings."""

    partnership = models.OneToOneField("core.Partnership", on_delete=models.CASCADE, related_name="design_wishes")
    wishes = models.JSONField(default=dict, help_text="number, weights, together, apart, kept, seeds and two switches")
    reason = models.TextField(blank=True)
    set_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    set_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        """Whose."""
        return f"Wishes of {self.partnership_id}"


class Crossing(models.Model):
    """A way over water or open land that joins two zones, declared by the partnership."""

    class Kind(models.TextChoices):
        """What it is."""

        BRIDGE = "bridge", "Bridge"
        FERRY = "ferry", "Ferry"
        TUNNEL = "tunnel", "Tunnel"
        ROAD = "road", "Road"

    partnership = models.ForeignKey("core.Partnership", on_delete=models.CASCADE, related_name="crossings")
    zone_a = models.CharField(max_length=40, help_text="The zone with the lower code")
    zone_b = models.CharField(max_length=40)
    kind = models.CharField(max_length=10, choices=Kind)
    name = models.CharField(max_length=200)
    why = models.TextField()
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ("name", "pk")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=("partnership", "zone_a", "zone_b"), name="one_crossing_between_two_zones"),
            models.CheckConstraint(condition=models.Q(zone_a__lt=models.F("zone_b")), name="crossing_in_one_order"),
        ]

    def __str__(self) -> str:
        """Its name."""
        return self.name


class BoundaryOption(models.Model):
    """One way to divide a partnership into localities."""

    class Origin(models.TextChoices):
        """Who drew it."""

        TOOL = "tool", "Proposed by the program"
        FILE = "file", "From a file"
        HAND = "hand", "Edited by hand"
        TODAY = "today", "From the localities of today"

    class State(models.TextChoices):
        """Where it stands."""

        DRAFT = "draft", "Draft"
        FINAL = "final", "Final"
        ADOPTED = "adopted", "Adopted"
        PUT_AWAY = "put_away", "Put away"

    partnership = models.ForeignKey("core.Partnership", on_delete=models.CASCADE, related_name="boundary_options")
    name = models.CharField(max_length=200)
    origin = models.CharField(max_length=10, choices=Origin)
    state = models.CharField(max_length=10, choices=State, default=State.DRAFT)
    for_consultation = models.BooleanField(default=False, help_text="Everybody may read it")
    opened_at = models.DateTimeField(null=True, blank=True, help_text="When everybody could begin to read it")
    zones = models.JSONField(help_text="Key of the locality by zone; a zone in no locality yet is left out")
    names = models.JSONField(help_text="Name of each locality by its key, in the order in which they are shown")
    rules = models.JSONField(default=dict, help_text="The rules in force when it was made")
    seed = models.PositiveIntegerField(null=True, help_text="The start of the search that proposed it")
    measures = models.JSONField(default=dict, help_text="As boundary_measuring writes them")
    best_at = models.TextField(blank=True, help_text="What the program proposed it for, in words")
    version = models.PositiveIntegerField(default=1, help_text="Counts every change, for two editors at once")
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)
    changed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    changed_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ("-made_at", "-pk")

    def __str__(self) -> str:
        """Its name."""
        return self.name

    @property
    def is_public(self) -> bool:
        """Whether everybody may read it: it is open for consultation, or was adopted."""
        shown = self.for_consultation and self.state != self.State.PUT_AWAY
        return shown or self.state == self.State.ADOPTED


class BoundaryMove(models.Model):
    """Zones that somebody moved in an option, so that it can be undone."""

    option = models.ForeignKey(BoundaryOption, on_delete=models.CASCADE, related_name="moves")
    before = models.JSONField(help_text="Key of the locality by zone, as it was; empty: in none")
    after = models.JSONField(help_text="Key of the locality by zone, as it became")
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ("pk",)

    def __str__(self) -> str:
        """How many zones."""
        return f"{len(self.after)} zones"


class BoundaryNote(models.Model):
    """What somebody says of a zone or a settlement."""

    class Kind(models.TextChoices):
        """To what it is pinned."""

        ZONE = "zone", "Zone"
        SETTLEMENT = "settlement", "Settlement"

    option = models.ForeignKey(BoundaryOption, on_delete=models.CASCADE, related_name="notes")
    kind = models.CharField(max_length=12, choices=Kind)
    spot = models.CharField(max_length=200, help_text="Code of the zone, or name of the settlement")
    text = models.TextField()
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)
    removed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("pk",)

    def __str__(self) -> str:
        """Where."""
        return self.spot


class BoundaryConsultation(models.Model):
    """How an option was consulted on and agreed, shown to everybody with the version that it became."""

    option = models.OneToOneField(BoundaryOption, on_delete=models.CASCADE, related_name="consultation")
    version = models.OneToOneField(
        "areas.AreaVersion", on_delete=models.SET_NULL, null=True, blank=True, related_name="consultation"
    )
    professionals = models.TextField(help_text="Who of the local professionals was engaged, when and how")
    professionals_said = models.TextField()
    communities = models.TextField(help_text="Who of the local communities was engaged, when and how")
    communities_said = models.TextField()
    changed = models.TextField(help_text="What was changed after it, and what was not and why")
    agreed_by = models.TextField(help_text="Who agreed")
    agreed_on = models.DateField()
    log = models.JSONField(default=dict, help_text="What was published of its conversations, what changed, who agreed")
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    written_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        """Of what, and when it was agreed."""
        return f"{self.option_id}, agreed on {self.agreed_on}"
