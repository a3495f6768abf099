"""Answers to an invitation: coming, apologies, or who comes instead; by signing in or by the link of the notice."""

from __future__ import annotations

from django.db import transaction
from django.db.models import ProtectedError
from django.utils import timezone

from locality.foundations import Fault, InputRefused, ResultRefused
from locality_web.core.audit import record_event
from locality_web.core.models import Person
from locality_web.members.access_queries import still_members
from locality_web.members.meeting_models import Attendance, Meeting
from locality_web.members.places import place_of
from locality_web.members.register_models import Member

COMING, APOLOGIES, SUBSTITUTE = "coming", "apologies", "substitute"


@transaction.atomic
def answer_invitation(
    person: Person | None, attendance: Attendance, answer: str, *, how: str = "", instead: str = ""
) -> None:
    """Write down what somebody answers to an invitation; the last answer counts.

    Args:
        person: Who answers, when signed in; None: by the link of the notice.
        attendance: The invitation.
        answer: "coming", "apologies" or "substitute".
        how: How they take part.
        instead: Name of who comes instead, for "substitute".

    Raises:
        InputRefused: Nobody is named who comes instead.
        ResultRefused: The meeting was held or cancelled.
    """
    kept = Attendance.objects.select_for_update().get(pk=attendance.pk)
    refuse_late_answer(attendance.meeting)
    if answer == SUBSTITUTE and not instead.strip():
        do = "Write the name of the person who comes for you."
        raise InputRefused([Fault("answer", "Nobody is named who comes instead", do, "nobody-named", column="instead")])
    before = kept.substitute
    name = " ".join(instead.split())
    kept.substitute = _named(attendance, name, before) if answer == SUBSTITUTE else None
    kept.state = Attendance.State.COMING if answer == COMING else Attendance.State.APOLOGIES
    kept.how = how if answer != APOLOGIES else ""
    kept.answered_at = timezone.now()
    kept.save()
    if before is not None and before != kept.substitute:
        drop_stranger(before)
    attendance.refresh_from_db(fields=["state", "how", "answered_at", "substitute"])
    record_event(
        person,
        "members.meeting_answered",
        f"Member {kept.member_id} answered an invitation: {answer}",
        place=place_of(attendance.meeting),
        subject=f"meeting:{kept.meeting_id}",
        detail={"member": kept.member_id, "answer": answer, "substitute": kept.substitute_id},
    )


def refuse_late_answer(meeting: Meeting) -> None:
    """Refuse an answer to an invitation to a meeting that is over or cancelled.

    Raises:
        ResultRefused: Which it is.
    """
    if meeting.state != Meeting.State.CALLED:
        raise ResultRefused(f"This meeting is {meeting.get_state_display().lower()}: answers are no longer taken.")


def _named(attendance: Attendance, name: str, before: Member | None) -> Member:
    """Give whoever is on the register under a name in the same organisation, or write them there with the name alone.

    Names stand in the register alone, so that they can be erased like any other.
    """
    if before is not None and before.name == name:
        return before
    member = attendance.member
    known = still_members(member.partnership).filter(name__iexact=name, organisation=member.organisation)
    found = known.exclude(pk=member.pk).order_by("pk").first()
    return found or Member.objects.create(
        partnership=member.partnership, name=name, organisation=member.organisation, notices=Member.Notices.NONE
    )


def drop_stranger(member: Member) -> None:
    """Take somebody off the register who was written there only to come for somebody, and does not come now."""
    is_known = member.person_id or member.email or member.address or member.telephone
    if is_known or member.terms.exists() or Attendance.objects.filter(substitute=member).exists():
        return
    try:
        with transaction.atomic():
            member.delete()
    except ProtectedError:  # something else speaks of them: they stay
        return
