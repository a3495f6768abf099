"""What people may do about access: say what they need, for themselves or for somebody, and arrange it at a meeting.

What somebody needs says something about their health: the audit record has the member's number and no more.
"""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from locality.foundations import ResultRefused
from locality_web.core.audit import record_event
from locality_web.core.models import Person
from locality_web.core.permissions import Place, require
from locality_web.members import kinds
from locality_web.members.access_models import AccessNeed, Arrangement
from locality_web.members.meeting_models import Meeting
from locality_web.members.register_models import Member

_OVER = (Meeting.State.CANCELLED, Meeting.State.MINUTED)


def may_say_for(by: Person, place: Place, member: Member) -> bool:
    """Say whether somebody says it for a member; False: the member says it themself.

    Raises:
        NotAllowed: They are not the member and may not keep the register there.
    """
    if member.person_id == by.pk:
        require(by, "members.own", place)
        return False
    require(by, "members.keep_register", place)
    return True


@transaction.atomic
def say_need(by: Person, place: Place, member: Member, kind: str, *, detail: str = "") -> AccessNeed:
    """Note what a member needs to take part; a need that is there already gets the new detail.

    Args:
        by: The member themself, or who keeps the register.
        place: Where they take part.
        member: Who needs it.
        kind: Code of a kind of access need.
        detail: More on it.

    Raises:
        NotAllowed: Neither of the two.
        ResultRefused: There is no such kind, or the member is no more on the register.
    """
    on_behalf = may_say_for(by, place, member)
    return note_need(by, place, member, kind, detail=detail, on_behalf=on_behalf)


def note_need(
    by: Person, place: Place, member: Member, kind: str, *, detail: str = "", on_behalf: bool = True
) -> AccessNeed:
    """Write a need down, whoever was asked for the right to do it: on the site or from paper."""
    if kind not in {each.code for each in kinds.needs()}:
        raise ResultRefused(f"There is no kind of need '{kind}'.", "Choose one of the list.")
    if member.erased_at is not None:
        raise ResultRefused("This member is no more on the register.")
    kept, made = AccessNeed.objects.update_or_create(
        member=member,
        kind=kind,
        ended_on=None,
        defaults={"detail": detail.strip()},
        create_defaults={
            "detail": detail.strip(),
            "on_behalf": on_behalf,
            "entered_by": by,
            "entered_at": timezone.now(),
        },
    )
    says = f"{'Noted' if made else 'Changed'} what member {member.pk} needs to take part"
    detail_kept = {"need": kept.pk, "on_behalf": on_behalf}
    record_event(by, "members.need_said", says, place=place, subject=f"member:{member.pk}", detail=detail_kept)
    return kept


@transaction.atomic
def end_need(by: Person, place: Place, need: AccessNeed) -> None:
    """Note that a member does not need something any more.

    Raises:
        NotAllowed: Neither the member nor somebody who keeps the register.
    """
    may_say_for(by, place, need.member)
    close_need(by, place, need)


def close_need(by: Person, place: Place, need: AccessNeed) -> None:
    """End a need, whoever was asked for the right to do it."""
    need.ended_on = timezone.localdate()
    need.save(update_fields=["ended_on"])
    says = f"Took away something that member {need.member_id} needed to take part"
    subject = f"member:{need.member_id}"
    record_event(by, "members.need_ended", says, place=place, subject=subject, detail={"need": need.pk})


@transaction.atomic
def mark_arranged(by: Person, meeting: Meeting, need: AccessNeed, *, state: str, says: str) -> Arrangement:
    """Note that a need is arranged for a meeting, or could not be arranged; a later note replaces an earlier one.

    Args:
        by: Who arranges meetings there.
        meeting: The meeting.
        need: Of somebody who is invited.
        state: "arranged" or "not_possible".
        says: What was arranged; or why not, and what is offered instead.

    Raises:
        NotAllowed: The person may not arrange meetings there.
        ResultRefused: Nothing is said, or the meeting is cancelled or its minutes are published.
    """
    place = Place(meeting.partnership, meeting.locality)
    require(by, "members.meet", place)
    if state not in Arrangement.State.values:
        raise ResultRefused("Choose whether it is arranged.")
    if not says.strip():
        raise ResultRefused("It is not said what was arranged.", "Write what, or why not and what is offered instead.")
    meeting = Meeting.objects.select_for_update(of=("self",)).get(pk=meeting.pk)
    if meeting.state in _OVER:
        raise ResultRefused("This meeting is over or cancelled.", "Nothing can be arranged for it any more.")
    kept, _ = Arrangement.objects.update_or_create(
        meeting=meeting,
        need=need,
        defaults={"state": state, "says": says.strip(), "by": by, "at": timezone.now()},
    )
    done = "Arranged" if state == Arrangement.State.ARRANGED else "Could not arrange"
    record_event(
        by,
        "members.need_arranged",
        f"{done} what member {need.member_id} needs at meeting {meeting.pk}",
        place=place,
        subject=f"meeting:{meeting.pk}",
        detail={"need": need.pk, "state": state},
    )
    return kept
