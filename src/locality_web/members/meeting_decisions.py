"""Decisions that a meeting took, linked to the item of its agenda."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from locality.foundations import Fault, InputRefused
from locality_web.core.audit import record_event
from locality_web.core.models import Person
from locality_web.core.permissions import Place, require
from locality_web.members.decision_answers import Outcome, take_decision
from locality_web.members.meeting_models import AgendaItem
from locality_web.members.meeting_queries import day_of
from locality_web.members.practice_models import GroupDecision


@transaction.atomic
def decide_item(person: Person, place: Place, item: AgendaItem, outcome: str) -> GroupDecision:
    """Record what a meeting decided under an item.

    A decision that was announced to professions before is taken as its own page takes it. Without one, the decision is
    written down as taken on the day of the meeting.

    Returns:
        The decision, taken, linked to the item and the meeting.

    Raises:
        NotAllowed: The person may not.
        InputRefused: Nothing is written, or answers of professions want their own outcome, which its page asks for.
        ResultRefused: The decision was taken or withdrawn already, or nobody was told of it before.
    """
    require(person, "members.meet", place)
    if not outcome.strip():
        do = "Write what was decided, and why."
        raise InputRefused([Fault("decision", "Nothing is written", do, "decision-empty", column="outcome")])
    day, meeting = day_of(item.meeting), item.meeting
    if item.decision is not None:
        return take_decision(person, place, item.decision, Outcome(outcome, day, meeting=meeting))
    made = GroupDecision.objects.create(
        partnership=place.partnership,
        locality=place.locality,
        title=item.title,
        says=item.says or item.title,
        state=GroupDecision.State.TAKEN,
        meeting=meeting,
        due_on=day,
        taken_on=day,
        announced_at=meeting.called_at or timezone.now(),
        outcome=outcome.strip(),
        made_by=person,
    )
    item.decision = made
    item.save(update_fields=["decision"])
    says = f"Recorded a decision of the meeting of {day.isoformat()}: {made.title}"
    record_event(person, "members.decision_recorded", says, place=place, subject=f"decision:{made.pk}")
    return made
