"""What keepers do with a record of an engagement: keep something, and take back what was wrong."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from locality.foundations import Fault, InputRefused, ResultRefused
from locality_web.core.audit import record_event
from locality_web.core.languages import tell_day
from locality_web.core.models import Person
from locality_web.core.permissions import require
from locality_web.voice.conversations.models import Conversation, Option
from locality_web.voice.conversations.places import place_of
from locality_web.voice.engagement.kept_kinds import KINDS, NEEDS, OPEN, REVIEWED, SHAPED, options_of
from locality_web.voice.sense.models import EngagementRecord, Theme
from locality_web.voice.votes.models import Project

PERMISSION = "voice.hold"


@dataclass(frozen=True)
class Noted:
    """Something that is recorded.

    Args:
        about: Code of its kind.
        says: What it was, in plain words; everybody can read it.
        on: The day on which it happened.
        people: How many took part; None: not known.
        named: How many needs for support were named.
        met: How many of them were met.
        option: Title of the option that views led to.
        theme: Key of the theme that led to it.
    """

    about: str
    says: str
    on: dt.date
    people: int | None = None
    named: int | None = None
    met: int | None = None
    option: str = ""
    theme: int | None = None


@transaction.atomic
def keep_record(by: Person, conversation: Conversation, noted: Noted) -> EngagementRecord:
    """Record something of an engagement that the site cannot see by itself.

    Args:
        by: Who records it; needs `voice.hold` where the conversation is held.
        conversation: The conversation.
        noted: What is recorded.

    Returns:
        The record.

    Raises:
        NotAllowed: The person may not.
        InputRefused: Something is missing or cannot be; every fault, beside its field.
    """
    require(by, PERMISSION, place_of(conversation))
    if faults := list(_faults(conversation, noted)):
        raise InputRefused(faults)
    made = EngagementRecord.objects.create(
        conversation=conversation,
        about=noted.about,
        says=noted.says.strip(),
        on=noted.on,
        people=noted.people,
        named=noted.named,
        met=noted.met,
        option=noted.option,
        theme_id=noted.theme,
        by=by,
        by_name=str(by),
    )
    _record(by, made, "voice.engagement_recorded", "Recorded of an engagement")
    return made


@transaction.atomic
def take_back(by: Person, record: EngagementRecord, *, why: str) -> None:
    """Take back what was wrong; it does not count any more, and stays readable for those who keep the conversation.

    Raises:
        NotAllowed: The person may not.
        InputRefused: The reason is missing.
        ResultRefused: It was taken back already, or the site itself wrote it.
    """
    require(by, PERMISSION, place_of(record.conversation))
    kept = EngagementRecord.objects.select_for_update().get(pk=record.pk)
    kept.conversation = record.conversation
    if not why.strip():
        raise InputRefused([_fault("why", "The reason is missing", "Write what was wrong with it.")])
    if kept.about not in KINDS:
        raise ResultRefused("This was written by the site itself, and stays.")
    if kept.ended_at is not None:
        raise ResultRefused("This was taken back already.")
    kept.ended_at, kept.ended_why = timezone.now(), why.strip()
    kept.save(update_fields=["ended_at", "ended_why"])
    _record(by, kept, "voice.engagement_taken_back", "Took back a record of an engagement")


def _faults(conversation: Conversation, noted: Noted) -> Iterator[Fault]:
    if noted.about not in KINDS:
        yield _fault("about", "There is nothing of that kind to record", "Choose one of the list.")
    if not noted.says.strip():
        yield _fault("says", "It is not said what it was", "Write it in plain words.")
    if noted.on > timezone.localdate():
        yield _fault("on", f"{tell_day(noted.on)} is still to come", "Record it when it has happened.")
    elif noted.about == REVIEWED.code and noted.on <= conversation.closes_on:
        do = "Record it as a day on which people were heard, or look back when it is over."
        yield _fault("on", f"People could take part until {tell_day(conversation.closes_on)}", do)
    if noted.about == NEEDS.code:
        yield from _faults_of_needs(noted)
    if noted.about == OPEN.code and Option.objects.filter(conversation=conversation).exists():
        yield _fault("says", "This conversation has options, which stand still", "Record nothing here.")
    if noted.about == SHAPED.code:
        yield from _faults_of_shaped(conversation, noted)


def _faults_of_needs(noted: Noted) -> Iterator[Fault]:
    if noted.named is None or noted.met is None:
        yield _fault("named" if noted.named is None else "met", "A number is missing", "Write a number, also nought.")
    elif noted.met > noted.named:
        yield _fault("met", f"More were met than the {noted.named} that were named", "Correct one of the two.")


def _faults_of_shaped(conversation: Conversation, noted: Noted) -> Iterator[Fault]:
    if noted.option not in options_of(conversation):
        yield _fault("option", "This is no option of the conversation or of its votes", "Choose one of the list.")
        return
    own = Theme.objects.filter(conversation__partnership=conversation.partnership, ended_at__isnull=True)
    theme = own.select_related("conversation").filter(pk=noted.theme or 0).exclude(conversation__state="draft").first()
    if theme is None:
        yield _fault("theme", "This is no theme of the partnership's conversations", "Choose one of the list.")
        return
    fixed = _fixed_on(conversation, noted.option)
    if theme.conversation.opens_on >= fixed:
        came, stood = tell_day(theme.conversation.opens_on), tell_day(fixed)
        what = f"These views came from {came} on, and the option stood on {stood}"
        do = "An option cannot have come from views that came after it. Choose another theme."
        yield _fault("theme", what, do)


def _fixed_on(conversation: Conversation, option: str) -> dt.date:
    """Give the day on which an option stood still: its conversation's opening, or that of the vote that it is in."""
    if Option.objects.filter(conversation=conversation, title=option).exists():
        return conversation.opens_on
    project = Project.objects.filter(vote__conversation=conversation, title=option).select_related("vote").first()
    assert project is not None
    return project.vote.opens_on


def _fault(column: str, what: str, do: str) -> Fault:
    return Fault(column, what, do, f"engagement-{column}", column=column)


def _record(by: Person, kept: EngagementRecord, kind: str, says: str) -> None:
    """Write an event; it never carries what was written, which may name somebody."""
    conversation = kept.conversation
    record_event(
        by,
        kind,
        f"{says} ({KINDS[kept.about].title}): {conversation.title}",
        place=place_of(conversation),
        subject=f"conversation:{conversation.pk}",
        detail={"conversation": conversation.pk, "about": kept.about, "record": kept.pk, "on": kept.on.isoformat()},
    )
