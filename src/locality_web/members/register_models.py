"""The register: who takes part in a locality's group, for whom they speak, from when to when, and how they are reached.

A seat is a place at the table and stays when its holder leaves; a term says who sat on it, from day to day. Names and
ways to reach somebody stand in `Member` alone, so that erasing a member leaves every record without the name.
"""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

_PERSON = settings.AUTH_USER_MODEL


class OwnKind(models.Model):
    """A kind of group or of organisation that a partnership added to those that are shipped."""

    class What(models.TextChoices):
        """A kind of what."""

        GROUP = "group", "Group that is spoken for"
        ORGANISATION = "organisation", "Kind of organisation"

    partnership = models.ForeignKey("core.Partnership", on_delete=models.CASCADE, related_name="own_kinds")
    what = models.CharField(max_length=12, choices=What)
    code = models.SlugField(max_length=60)
    name = models.CharField(max_length=120)
    why = models.TextField(help_text="Why this partnership wants it")
    within = models.CharField(max_length=60, blank=True, help_text="Code of the wider group that it belongs to")
    asked_for = models.BooleanField(default=False, help_text="Whether a locality without it has a gap")
    profession = models.BooleanField(default=False, help_text="Whether decisions can be tagged with it")
    retired_on = models.DateField(null=True, blank=True, help_text="First day on which it is no more offered")
    made_by = models.ForeignKey(_PERSON, on_delete=models.SET_NULL, null=True, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ("name",)
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=("partnership", "what", "code"), name="one_own_kind_for_a_code")
        ]

    def __str__(self) -> str:
        """Its name."""
        return self.name


class Organisation(models.Model):
    """A body that people on the register come from: a practice, a charity, a community council, a police division."""

    partnership = models.ForeignKey("core.Partnership", on_delete=models.CASCADE, related_name="organisations")
    name = models.CharField(max_length=200)
    kind = models.CharField(max_length=60, help_text="Code of a kind of organisation")
    ended_on = models.DateField(null=True, blank=True, help_text="First day on which it is no more")

    class Meta:
        ordering = ("name",)
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=("partnership", "name"), name="one_organisation_for_a_name")
        ]

    def __str__(self) -> str:
        """Its name."""
        return self.name


class Member(models.Model):
    """Somebody on a partnership's register; need not be one who signs in here, nor have an e-mail address."""

    class Notices(models.TextChoices):
        """How notices reach them."""

        AT_ONCE = "at_once", "By e-mail, each at once"
        DAILY = "daily", "By e-mail, one each day at most"
        WEEKLY = "weekly", "By e-mail, one each week at most"
        PAPER = "paper", "By post"
        NONE = "none", "No notices"

    class Shown(models.TextChoices):
        """What everybody may read of them."""

        NAME = "name", "Name and organisation"
        ORGANISATION = "organisation", "Organisation alone"
        NOTHING = "nothing", "Neither: only the group that they speak for"

    partnership = models.ForeignKey("core.Partnership", on_delete=models.CASCADE, related_name="members")
    name = models.CharField(max_length=200, blank=True, help_text="Empty once the member is erased")
    person = models.ForeignKey(_PERSON, on_delete=models.SET_NULL, null=True, blank=True, related_name="memberships")
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, null=True, blank=True, related_name="members"
    )
    email = models.EmailField(blank=True)
    email_to_confirm = models.EmailField(
        blank=True, help_text="Somebody without an account gave it: no notice goes there until its owner says yes"
    )
    telephone = models.CharField(max_length=40, blank=True)
    address = models.TextField(blank=True, help_text="For post: one line for each line of the envelope")
    notices = models.CharField(max_length=8, choices=Notices, default=Notices.PAPER)
    shown = models.CharField(max_length=12, choices=Shown, default=Shown.NOTHING)
    joined_on = models.DateField(default=timezone.localdate)
    left_on = models.DateField(null=True, blank=True, help_text="First day on which they are no more on the register")
    erased_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("name", "id")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=("partnership", "person"), condition=Q(person__isnull=False), name="one_member_for_an_account"
            ),
            models.CheckConstraint(
                condition=Q(erased_at__isnull=True)
                | Q(
                    name="",
                    email="",
                    email_to_confirm="",
                    telephone="",
                    address="",
                    person__isnull=True,
                    notices="none",
                ),
                name="an_erased_member_has_no_name",
            ),
        ]

    def __str__(self) -> str:
        """Their name."""
        return self.name or "A former member"


class Interest(models.Model):
    """An interest that a member declared: something that could be thought to sway them."""

    member = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="interests")
    says = models.TextField()
    declared_on = models.DateField(default=timezone.localdate)
    ended_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ("-declared_on", "id")

    def __str__(self) -> str:
        """What it is."""
        return self.says


class Seat(models.Model):
    """A place in a locality's group, or in that of the whole partnership, for somebody who speaks for a group."""

    partnership = models.ForeignKey("core.Partnership", on_delete=models.CASCADE, related_name="seats")
    locality = models.ForeignKey("core.Locality", on_delete=models.PROTECT, null=True, blank=True, related_name="seats")
    group = models.CharField(max_length=60, help_text="Code of the group that its holder speaks for")
    name = models.CharField(max_length=200, help_text='Like "Carers, second seat"')
    votes = models.BooleanField(default=True, help_text="Whether its holder agrees to plans")
    made_on = models.DateField(default=timezone.localdate)
    closed_on = models.DateField(null=True, blank=True, help_text="First day on which it is no more")

    class Meta:
        ordering = ("name", "id")

    def __str__(self) -> str:
        """Its name."""
        return self.name


class SeatTerm(models.Model):
    """Who sits on a seat from day to day; a seat has one holder on any day."""

    class Chosen(models.TextChoices):
        """How its holder was chosen."""

        ELECTED = "elected", "Elected by those they speak for"
        NOMINATED = "nominated", "Nominated by their organisation"
        APPOINTED = "appointed", "Appointed by the partnership"
        VOLUNTEERED = "volunteered", "Came forward"
        OFFICE = "office", "By their office"

    seat = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="terms")
    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="terms")
    starts = models.DateField()
    ends = models.DateField(null=True, blank=True, help_text="Last day; empty: until it is ended")
    chosen = models.CharField(max_length=12, choices=Chosen)
    says = models.TextField(blank=True, help_text="More on how they were chosen, or why the term ended")
    given_by = models.ForeignKey(_PERSON, on_delete=models.SET_NULL, null=True, related_name="+")
    given_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ("-starts", "id")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(ends__isnull=True) | Q(ends__gte=F("starts")), name="seat_term_ends_after_start"
            )
        ]
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=("seat", "starts"), name="terms_of_a_seat")]

    def __str__(self) -> str:
        """Who sits where."""
        return f"{self.member}: {self.seat}"


class FeedRoute(models.Model):
    """The way by which a group without a seat is told of decisions and gives its answer."""

    partnership = models.ForeignKey("core.Partnership", on_delete=models.CASCADE, related_name="feed_routes")
    locality = models.ForeignKey("core.Locality", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    group = models.CharField(max_length=60, help_text="Code of the group")
    through = models.CharField(max_length=200, help_text='Like "Area Pharmaceutical Committee"')
    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="feed_routes", help_text="Who is told")
    starts = models.DateField()
    ends = models.DateField(null=True, blank=True, help_text="Last day; empty: until it is ended")

    class Meta:
        ordering = ("group", "id")

    def __str__(self) -> str:
        """By whom."""
        return self.through


class Approach(models.Model):
    """What was done about a gap: somebody was invited, or a body was asked to find somebody."""

    class Kind(models.TextChoices):
        """What was done."""

        INVITED = "invited", "Invited a person or an organisation"
        INTERFACE = "interface", "Asked the third-sector interface"
        ADVERTISED = "advertised", "Asked openly, by a notice or an advertisement"

    class Outcome(models.TextChoices):
        """What came of it."""

        WAITING = "waiting", "No answer yet"
        ACCEPTED = "accepted", "Somebody came forward"
        DECLINED = "declined", "Declined"

    partnership = models.ForeignKey("core.Partnership", on_delete=models.CASCADE, related_name="approaches")
    locality = models.ForeignKey("core.Locality", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    group = models.CharField(max_length=60)
    kind = models.CharField(max_length=12, choices=Kind)
    whom = models.CharField(max_length=200, help_text="The organisation or office that was asked")
    on = models.DateField(default=timezone.localdate)
    outcome = models.CharField(max_length=10, choices=Outcome, default=Outcome.WAITING)
    outcome_on = models.DateField(null=True, blank=True)
    says = models.TextField(blank=True)
    made_by = models.ForeignKey(_PERSON, on_delete=models.SET_NULL, null=True, related_name="+")

    class Meta:
        ordering = ("-on", "-id")

    def __str__(self) -> str:
        """What was done."""
        return f"{self.get_kind_display()}: {self.whom}"
