"""Plans and everything that belongs to them: versions, comments, stances, joint lines, snapshots, what is published.

What people edit is one flat mapping of path to plain value (`locality.plans.fields`), kept as it is now, with every
earlier version as the changes that led away from it. What is agreed is kept as the text that was hashed.
"""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone

from locality_web.members.access_names import as_shown

_PERSON = settings.AUTH_USER_MODEL


class Snapshot(models.Model):
    """An agreed plan as the very text that was hashed; the database refuses to change or remove it."""

    class Kind(models.TextChoices):
        """What was agreed."""

        LOCALITY = "locality", "Locality plan"
        STRATEGIC = "strategic", "Strategic commissioning plan"

    partnership = models.ForeignKey("core.Partnership", on_delete=models.PROTECT, related_name="snapshots")
    kind = models.CharField(max_length=10, choices=Kind)
    text = models.TextField(help_text="Canonical JSON")
    sha256 = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        """Kind and the beginning of the hash."""
        return f"{self.get_kind_display()} {self.sha256[:12]}"


class PlanBase(models.Model):
    """What a locality plan and the strategic plan have in common."""

    year = models.CharField(max_length=7, help_text='Financial year, like "2026/27"')
    edition = models.PositiveIntegerField(default=1, help_text="A changed agreed plan is a new edition")
    state = models.CharField(max_length=30, default="draft", help_text="A state of the plan's life cycle")
    fields = models.JSONField(default=dict, help_text="What people edit: path to plain value")
    version = models.PositiveIntegerField(default=0, help_text="Number of the newest version")
    comments_close = models.DateField(null=True, blank=True)
    made_at = models.DateTimeField(default=timezone.now)
    state_since = models.DateTimeField(default=timezone.now)
    put_sha256 = models.CharField(max_length=64, blank=True, help_text="Hash of the content that was put to the group")
    put_parts = models.JSONField(default=dict, blank=True, help_text="Words and hash of each part of what was put")

    class Meta:
        abstract = True


class LocalityPlanRecord(PlanBase):
    """The plan of one locality for one year, on its way; what was agreed is its snapshot."""

    locality = models.ForeignKey("core.Locality", on_delete=models.PROTECT, related_name="plans")
    snapshot = models.OneToOneField(Snapshot, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ("-year", "locality__name", "-edition")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=("locality", "year", "edition"), name="one_edition_of_a_plan")
        ]

    def __str__(self) -> str:
        """Place and year."""
        return f"Plan of {self.locality} for {self.year}"


class StrategicPlanRecord(PlanBase):
    """The strategic commissioning plan of a partnership for one year."""

    partnership = models.ForeignKey("core.Partnership", on_delete=models.PROTECT, related_name="strategic_plans")
    snapshot = models.OneToOneField(Snapshot, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ("-year", "-edition")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=("partnership", "year", "edition"), name="one_edition_of_a_strategic_plan")
        ]

    def __str__(self) -> str:
        """Whose and which year."""
        return f"Strategic commissioning plan of {self.partnership} for {self.year}"


class OfAPlan(models.Model):
    """Something that belongs to a locality plan or to a strategic plan: exactly one of the two."""

    plan = models.ForeignKey(
        LocalityPlanRecord, on_delete=models.CASCADE, null=True, blank=True, related_name="%(class)ss"
    )
    strategic = models.ForeignKey(
        StrategicPlanRecord, on_delete=models.CASCADE, null=True, blank=True, related_name="%(class)ss"
    )

    class Meta:
        abstract = True
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=models.Q(plan__isnull=True) ^ models.Q(strategic__isnull=True), name="%(class)s_of_one_plan"
            )
        ]


class PlanVersion(OfAPlan):
    """One saving of a plan: what it changed, by path, from what to what. Version 0 is the plan as it was begun."""

    number = models.PositiveIntegerField()
    changes = models.JSONField(help_text="By path: [was, is]; null: not there")
    by = models.ForeignKey(_PERSON, on_delete=models.SET_NULL, null=True, related_name="+")
    by_name = models.CharField(max_length=200)
    says = models.CharField(max_length=300, blank=True, help_text="Where it came from, like a workbook's name")
    at = models.DateTimeField(default=timezone.now)

    class Meta(OfAPlan.Meta):
        ordering = ("-number",)
        constraints: ClassVar[list[models.BaseConstraint]] = [
            *OfAPlan.Meta.constraints,
            models.UniqueConstraint(fields=("plan", "number"), name="one_version_of_a_plan"),
            models.UniqueConstraint(fields=("strategic", "number"), name="one_version_of_a_strategic_plan"),
        ]

    def __str__(self) -> str:
        """Its number."""
        return f"Version {self.number}"


class PlanComment(OfAPlan):
    """What somebody said about a plan that was open for comments, and what became of it."""

    about = models.CharField(max_length=200, blank=True, help_text="A heading; empty: the whole plan")
    text = models.TextField()
    by = models.ForeignKey(_PERSON, on_delete=models.SET_NULL, null=True, related_name="+")
    by_name = models.CharField(max_length=200)
    member = models.ForeignKey(
        "members.Member",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        help_text="Of whom it came on paper; their name stands in the register alone",
    )
    paper_code = models.CharField(max_length=20, blank=True, help_text="Code of the paper form; empty: on the site")
    on_behalf_of = models.CharField(max_length=200, blank=True, help_text="A group for which they speak")
    at = models.DateTimeField(default=timezone.now)
    answer = models.TextField(blank=True)
    answered_by_name = models.CharField(max_length=200, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta(OfAPlan.Meta):
        ordering = ("at", "id")

    def __str__(self) -> str:
        """Its beginning."""
        return self.text[:60]

    @property
    def said_by(self) -> str:
        """Who said it, as they are shown today."""
        return as_shown(self.member, self.by_name) if self.member is not None else self.by_name


class PlanStance(OfAPlan):
    """What one of those who may agree said about one version; a changed plan asks for it anew."""

    version = models.PositiveIntegerField()
    person = models.ForeignKey(_PERSON, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    member = models.ForeignKey(
        "members.Member",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        help_text="Somebody on a voting seat without an account, who answered on paper",
    )
    paper_code = models.CharField(max_length=20, blank=True, help_text="Code of the paper form; empty: on the site")
    name = models.CharField(max_length=200, help_text="Of a member: the name of the seat, never their own")
    role = models.CharField(max_length=200)
    stance = models.CharField(max_length=10, choices=(("agree", "Agree"), ("object", "Object")))
    reason = models.TextField(blank=True)
    at = models.DateTimeField(default=timezone.now)

    class Meta(OfAPlan.Meta):
        ordering = ("at", "id")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            *OfAPlan.Meta.constraints,
            models.UniqueConstraint(fields=("plan", "version", "person"), name="one_stance_on_a_version"),
            models.UniqueConstraint(
                fields=("strategic", "version", "person"), name="one_stance_on_a_strategic_version"
            ),
            models.UniqueConstraint(fields=("plan", "version", "member"), name="one_stance_on_paper_on_a_version"),
            models.CheckConstraint(
                condition=models.Q(person__isnull=True) ^ models.Q(member__isnull=True),
                name="a_stance_of_a_person_or_a_member",
            ),
        ]

    def __str__(self) -> str:
        """Who and what."""
        return f"{self.name}: {self.stance}"


class JointLine(models.Model):
    """A service that several localities plan together in one year."""

    partnership = models.ForeignKey("core.Partnership", on_delete=models.PROTECT, related_name="joint_lines")
    year = models.CharField(max_length=7)
    code = models.CharField(max_length=20, help_text='Like "J3"; stable within the year')
    service = models.CharField(max_length=80)
    source = models.CharField(max_length=80)
    total_pence = models.BigIntegerField()
    split_by = models.CharField(max_length=80, blank=True, help_text="What the shares follow, in words")
    why = models.TextField(blank=True)
    proposed_by_name = models.CharField(max_length=200)
    proposed_at = models.DateTimeField(default=timezone.now)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("year", "id")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=("partnership", "year", "code"), name="one_joint_line_for_a_code"),
            models.CheckConstraint(condition=models.Q(total_pence__gte=0), name="joint_total_not_negative"),
        ]

    def __str__(self) -> str:
        """Code and service."""
        return f"{self.code} {self.service}"


class JointShare(models.Model):
    """One locality's part of a joint line, and who agreed to it and when."""

    line = models.ForeignKey(JointLine, on_delete=models.CASCADE, related_name="shares")
    locality = models.ForeignKey("core.Locality", on_delete=models.PROTECT, related_name="+")
    pence = models.BigIntegerField()
    agreed_by_name = models.CharField(max_length=200, blank=True)
    agreed_at = models.DateTimeField(null=True, blank=True)
    objection = models.TextField(blank=True, help_text="Why the locality does not agree")

    class Meta:
        ordering = ("locality__name",)
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=("line", "locality"), name="one_share_of_a_locality"),
            models.CheckConstraint(condition=models.Q(pence__gte=0), name="joint_share_not_negative"),
        ]

    def __str__(self) -> str:
        """Whose."""
        return str(self.locality)


class Publication(models.Model):
    """An agreed plan that was published, in all its forms at once."""

    snapshot = models.OneToOneField(Snapshot, on_delete=models.PROTECT, related_name="publication")
    locality = models.ForeignKey("core.Locality", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    year = models.CharField(max_length=7)
    edition = models.PositiveIntegerField(default=1)
    published_by_name = models.CharField(max_length=200)
    published_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        """What and when."""
        return f"{self.snapshot}, published {self.published_at:%d %B %Y}"


class PublishedFile(models.Model):
    """One form of a published plan, as it was made on that day."""

    publication = models.ForeignKey(Publication, on_delete=models.CASCADE, related_name="files")
    name = models.CharField(max_length=120, help_text='Like "plan.pdf"')
    title = models.CharField(max_length=200)
    media_type = models.CharField(max_length=120)
    content = models.BinaryField()
    bytes = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)

    class Meta:
        ordering = ("id",)
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=("publication", "name"), name="one_file_for_a_name")
        ]

    def __str__(self) -> str:
        """Its name."""
        return self.name
