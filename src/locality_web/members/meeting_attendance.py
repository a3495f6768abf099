"""Who was there: how they took part, who came for whom, who walked in; and the record that a meeting was held."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from locality.foundations import ResultRefused
from locality.members import Presence
from locality_web.core.audit import record_event
from locality_web.core.models import Person
from locality_web.core.permissions import Place, require
from locality_web.core.words import count_of
from locality_web.members.meeting_models import Attendance, How, Meeting
from locality_web.members.meeting_queries import attendances_of, day_of, presence_at, seats_by_member, was_there
from locality_web.members.meeting_steps import take_step
from locality_web.members.places import place_of
from locality_web.members.register_models import Member


@dataclass(frozen=True)
class CameSaid:
    """What is written down of one person: the state, how they took part, and who came for them."""

    state: str
    how: str = ""
    substitute: Member | None = None


@transaction.atomic
def note_attendance(person: Person, place: Place, meeting: Meeting, came: Mapping[int, CameSaid]) -> Presence:
    """Write down who is there, by number of the attendance; give at once whether the quorum is reached.

    Raises:
        NotAllowed: The person may not.
        ResultRefused: The meeting is cancelled, or its minutes are published.
    """
    require(person, "members.meet", place)
    _refuse_closed(meeting)
    rows = {each.pk: each for each in attendances_of(meeting)}
    for number, said in came.items():
        row = rows[number]
        row.state, row.substitute = said.state, said.substitute
        row.how = said.how if said.state in (Attendance.State.PRESENT, Attendance.State.COMING) else ""
    Attendance.objects.bulk_update(rows.values(), ["state", "how", "substitute"])
    there = presence_of(meeting)
    _record(person, place, meeting, f"Wrote down who was there: {there.words}", there)
    return there


@transaction.atomic
def add_walk_in(person: Person, place: Place, meeting: Meeting, member: Member, how: str = How.IN_PERSON) -> None:
    """Write down that somebody of the register came who was not invited.

    Raises:
        NotAllowed: The person may not.
        ResultRefused: The meeting is cancelled, or its minutes are published.
    """
    require(person, "members.meet", place)
    _refuse_closed(meeting)
    said = {"state": Attendance.State.PRESENT, "how": how}
    Attendance.objects.update_or_create(meeting=meeting, member=member, defaults=said)
    _record(person, place, meeting, f"Wrote down that member {member.pk} came", presence_of(meeting))


@transaction.atomic
def hold_meeting(person: Person, place: Place, meeting: Meeting) -> Presence:
    """Record that a meeting was held, with how many were there.

    Raises:
        NotAllowed: The person may not.
        ResultRefused: It has not begun, nobody is written down as present, or it is cancelled.
    """
    require(person, "members.meet", place)
    there = presence_of(meeting)
    unmet = ["begun"] if meeting.starts > timezone.now() else []
    unmet += [] if meeting.attendances.filter(state=Attendance.State.PRESENT).exists() else ["somebody_there"]
    take_step(meeting, Meeting.State.HELD, unmet=unmet)
    meeting.save(update_fields=["state"])
    says = f"Recorded that the meeting of {day_of(meeting).isoformat()} was held. {there.words}"
    detail = {"present": there.present, "quorum": there.needed}
    record_event(person, "members.meeting_held", says, place=place, subject=f"meeting:{meeting.pk}", detail=detail)
    return there


def presence_of(meeting: Meeting) -> Presence:
    """Say whether enough people are there."""
    return presence_at(meeting, attendances_of(meeting), seats_by_member(place_of(meeting), day_of(meeting)))


def count_there(rows: Iterable[Attendance]) -> str:
    """Say how many were there, and how they took part."""
    there = [each for each in rows if was_there(each)]
    ways: dict[str, int] = {}
    for each in there:
        if each.how:
            ways[each.get_how_display().lower()] = ways.get(each.get_how_display().lower(), 0) + 1
    said = ", ".join(f"{number} {way}" for way, number in ways.items())
    return count_of(len(there), "person", "people") + (f" ({said})" if said else "")


def _refuse_closed(meeting: Meeting) -> None:
    if meeting.state in (Meeting.State.CANCELLED, Meeting.State.MINUTED):
        reason = f"This meeting is {meeting.get_state_display().lower()}."
        raise ResultRefused(reason, "Take its minutes back first.")


def _record(person: Person, place: Place, meeting: Meeting, says: str, there: Presence) -> None:
    record_event(
        person,
        "members.meeting_attended",
        says,
        place=place,
        subject=f"meeting:{meeting.pk}",
        detail={"present": there.present, "quorum": there.needed},
    )
