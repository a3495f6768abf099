"""What people may do about assisted participation: record what an organisation brings for others, and answer it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from locality.foundations import ResultRefused
from locality_web.core.audit import record_event
from locality_web.core.models import Person
from locality_web.core.permissions import Place, require
from locality_web.members.access_models import SpokenFor
from locality_web.members.meeting_models import Meeting
from locality_web.members.practice_models import GroupDecision
from locality_web.members.register_models import Organisation

_PERMISSION = "members.speak_for"


@dataclass(frozen=True)
class Brought:
    """What an organisation brings on behalf of people.

    Args:
        organisation: Which.
        whom: For whom, in words.
        people: How many were asked.
        how_asked: How.
        asked_from: First day on which they were asked.
        asked_to: Last day.
        about: On what.
        says: What they said.
        named: Names of those who want to be named; never published.
        meeting: The meeting to which it was brought.
        decision: The decision to which it was brought.
    """

    organisation: Organisation
    whom: str
    people: int
    how_asked: str
    asked_from: dt.date
    asked_to: dt.date
    about: str
    says: str
    named: str = ""
    meeting: Meeting | None = None
    decision: GroupDecision | None = None


@transaction.atomic
def bring(by: Person, place: Place, brought: Brought) -> SpokenFor:
    """Record what an organisation brings on behalf of people whom it names or counts.

    Raises:
        NotAllowed: The person may not.
        ResultRefused: Nobody was asked, or the days cannot be.
    """
    require(by, _PERMISSION, place)
    if brought.people < 1:
        raise ResultRefused("Nobody was asked.", "Write how many people were asked.")
    if not brought.asked_from <= brought.asked_to <= timezone.localdate():
        raise ResultRefused(
            "The days on which they were asked cannot be.", "The last day is not before the first, and not to come."
        )
    kept = SpokenFor.objects.create(
        partnership=place.partnership,
        locality=place.locality,
        organisation=brought.organisation,
        whom=brought.whom.strip(),
        people=brought.people,
        named=brought.named.strip(),
        how_asked=brought.how_asked.strip(),
        asked_from=brought.asked_from,
        asked_to=brought.asked_to,
        about=brought.about.strip(),
        says=brought.says.strip(),
        meeting=brought.meeting,
        decision=brought.decision,
        entered_by=by,
        entered_at=timezone.now(),
    )
    says = f"Recorded what {brought.organisation} brings on behalf of others"
    record_event(by, "members.spoken_for", says, place=place, subject=f"spoken:{kept.pk}")
    return kept


@transaction.atomic
def answer_brought(by: Person, place: Place, spoken: SpokenFor, answer: str) -> SpokenFor:
    """Say what became of what an organisation brought.

    Raises:
        NotAllowed: The person may not.
        ResultRefused: Nothing is written.
    """
    require(by, _PERMISSION, place)
    if not answer.strip():
        raise ResultRefused("There is nothing written yet.", "Write what became of it, or why not.")
    spoken.answer, spoken.answered_on = answer.strip(), timezone.localdate()
    spoken.save(update_fields=["answer", "answered_on"])
    says = f"Said what became of what {spoken.organisation} brought on behalf of others"
    record_event(by, "members.spoken_answered", says, place=place, subject=f"spoken:{spoken.pk}")
    return spoken
