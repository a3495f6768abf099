"""Meetings: series, single meetings, agenda, papers, who came, minutes, and the actions that were agreed."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models

from locality_web.members.practice_models import Document
from locality_web.members.register_models import Member

_PERSON = settings.AUTH_USER_MODEL


class MeetingKind(models.TextChoices):
    """Whose meeting it is."""

    GROUP = "group", "The locality's group"
    PRACTICE = "general-practice", "General practice with the lead"
    OTHER = "other", "Another meeting"


class How(models.TextChoices):
    """How people take part."""

    IN_PERSON = "in_person", "In person"
    ONLINE = "online", "Online"
    TELEPHONE = "telephone", "By telephone"
    MIXED = "mixed", "In person, online and by telephone"


class MeetingSeries(models.Model):
    """Meetings that come again and again at the same local time."""

    partnership = models.ForeignKey("core.Partnership", on_delete=models.CASCADE, related_name="meeting_series")
    locality = models.ForeignKey("core.Locality", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    kind = models.CharField(max_length=20, choices=MeetingKind)
    title = models.CharField(max_length=200)
    rule = models.CharField(max_length=200, help_text='A recurrence rule of iCalendar, like "FREQ=MONTHLY;BYDAY=2TU"')
    first = models.DateTimeField(help_text="Beginning of the first meeting")
    until = models.DateField(help_text="Last day on which one may be")
    zone = models.CharField(max_length=60, default="Europe/London", help_text="Time zone of its local time")
    made_by = models.ForeignKey(_PERSON, on_delete=models.SET_NULL, null=True, related_name="+")
    ended_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ("title", "id")

    def __str__(self) -> str:
        """Its title."""
        return self.title


class Meeting(models.Model):
    """One meeting of a locality's group, of general practice with the lead, or of the whole partnership's."""

    class State(models.TextChoices):
        """Where it stands; the steps between them are a life cycle of the library."""

        PLANNED = "planned", "Planned"
        CALLED = "called", "Called"
        HELD = "held", "Held"
        MINUTED = "minuted", "Minutes published"
        CANCELLED = "cancelled", "Cancelled"

    partnership = models.ForeignKey("core.Partnership", on_delete=models.CASCADE, related_name="meetings")
    locality = models.ForeignKey(
        "core.Locality", on_delete=models.PROTECT, null=True, blank=True, related_name="meetings"
    )
    series = models.ForeignKey(MeetingSeries, on_delete=models.PROTECT, null=True, blank=True, related_name="meetings")
    kind = models.CharField(max_length=20, choices=MeetingKind)
    title = models.CharField(max_length=200)
    starts = models.DateTimeField()
    ends = models.DateTimeField()
    zone = models.CharField(max_length=60, default="Europe/London", help_text="Time zone of its local time")
    how = models.CharField(max_length=10, choices=How, default=How.IN_PERSON)
    where = models.TextField(blank=True, help_text="Address of the room, with how to get in")
    join_link = models.URLField(blank=True, max_length=500)
    dial_in = models.CharField(max_length=200, blank=True)
    public = models.BooleanField(default=True, help_text="Everybody may see that it takes place")
    quorum = models.PositiveSmallIntegerField(default=0, help_text="How many members must be there; 0: none is set")
    state = models.CharField(max_length=10, choices=State, default=State.PLANNED)
    called_at = models.DateTimeField(null=True, blank=True)
    minuted_at = models.DateTimeField(null=True, blank=True)
    cancelled_at = models.DateTimeField(null=True, blank=True)
    cancelled_why = models.TextField(blank=True)
    sequence = models.PositiveIntegerField(default=0, help_text="Counts changes that calendars must take over")
    uid = models.CharField(max_length=100, unique=True, help_text="Its name in calendars, for ever")
    made_by = models.ForeignKey(_PERSON, on_delete=models.SET_NULL, null=True, related_name="+")

    class Meta:
        ordering = ("starts", "id")
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=("partnership", "locality", "starts"), name="meetings_of_a_locality")
        ]

    def __str__(self) -> str:
        """Its title."""
        return self.title


class AgendaItem(models.Model):
    """One item of a meeting's agenda, and what the minutes say of it."""

    class For(models.TextChoices):
        """What it is there for."""

        DECISION = "decision", "Decision"
        DISCUSSION = "discussion", "Discussion"
        INFORMATION = "information", "Information"

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="items")
    order = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=200)
    says = models.TextField(blank=True)
    purpose = models.CharField(max_length=12, choices=For, default=For.DISCUSSION)
    minutes_planned = models.PositiveSmallIntegerField(default=10, help_text="Minutes of time")
    presenter = models.ForeignKey(
        Member, on_delete=models.SET_NULL, null=True, blank=True, related_name="+", help_text="Who opens it"
    )
    matter = models.CharField(max_length=200, blank=True, help_text="Stable name of the open matter it came from")
    address = models.CharField(max_length=300, blank=True, help_text="Where that matter is on this site")
    decision = models.ForeignKey(
        "members.GroupDecision", on_delete=models.PROTECT, null=True, blank=True, related_name="items"
    )
    minutes_text = models.TextField(blank=True, help_text="What was said and decided")
    minutes_version = models.PositiveIntegerField(default=0, help_text="Counts each saving, for two writers at once")
    withheld_why = models.TextField(blank=True, help_text="Why this part of the minutes is not published")

    class Meta:
        ordering = ("order", "id")

    def __str__(self) -> str:
        """Its title."""
        return self.title


class Paper(models.Model):
    """A paper of a meeting."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="papers")
    item = models.ForeignKey(AgendaItem, on_delete=models.SET_NULL, null=True, blank=True, related_name="papers")
    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="papers")
    withheld_why = models.TextField(blank=True, help_text="Why it is not published")

    class Meta:
        ordering = ("id",)

    def __str__(self) -> str:
        """Its document's name."""
        return str(self.document)


class Attendance(models.Model):
    """Whether somebody who was invited to a meeting comes, came, or sent somebody."""

    class State(models.TextChoices):
        """What is known."""

        INVITED = "invited", "Invited"
        COMING = "coming", "Coming"
        APOLOGIES = "apologies", "Apologies"
        PRESENT = "present", "Present"
        ABSENT = "absent", "Absent"

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="attendances")
    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="attendances")
    state = models.CharField(max_length=10, choices=State, default=State.INVITED)
    how = models.CharField(max_length=10, choices=How, blank=True, help_text="How they took part")
    substitute = models.ForeignKey(
        Member, on_delete=models.PROTECT, null=True, blank=True, related_name="+", help_text="Who came for them"
    )
    invited_at = models.DateTimeField(null=True, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("id",)
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=("meeting", "member"), name="invited_once_to_a_meeting")
        ]

    def __str__(self) -> str:
        """Who, and what is known."""
        return f"{self.member}: {self.get_state_display()}"


class MeetingAction(models.Model):
    """Something that a meeting asked somebody to do."""

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="actions")
    item = models.ForeignKey(AgendaItem, on_delete=models.PROTECT, null=True, blank=True, related_name="actions")
    says = models.CharField(max_length=300)
    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="actions")
    due_on = models.DateField()
    done_on = models.DateField(null=True, blank=True)
    came_of = models.TextField(blank=True, help_text="What came of it")

    class Meta:
        ordering = ("due_on", "id")

    def __str__(self) -> str:
        """What is to be done."""
        return self.says


class CalendarFeed(models.Model):
    """The private calendar of a member; its address holds the number, so a new number ends the old address."""

    member = models.OneToOneField(Member, on_delete=models.CASCADE, related_name="calendar_feed")
    number = models.PositiveIntegerField(default=1)

    def __str__(self) -> str:
        """Whose."""
        return f"Calendar of {self.member}"
