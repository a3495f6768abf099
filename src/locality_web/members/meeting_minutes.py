"""Minutes: written in the room by one or several, published with parts withheld, taken back; and actions."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from locality.foundations import Fault, InputRefused, ResultRefused
from locality_web.core.audit import record_event
from locality_web.core.models import Person
from locality_web.core.permissions import Place, may, require
from locality_web.members.meeting_models import AgendaItem, Meeting, MeetingAction
from locality_web.members.meeting_queries import day_of
from locality_web.members.meeting_steps import take_step
from locality_web.members.register_models import Member

BETWEEN = "\n\n--- Somebody else wrote meanwhile ---\n\n"


@dataclass(frozen=True)
class Written:
    """What became of a text: the version that is saved now, the text to show, and whether it was saved."""

    version: int
    text: str
    is_saved: bool


@transaction.atomic
def write_minutes(person: Person, place: Place, item: AgendaItem, text: str, *, base_version: int) -> Written:
    """Save the minutes of one item.

    Args:
        person: Who writes.
        place: The meeting's place.
        item: The item.
        text: What was written.
        base_version: The version of the text that the writer began with.

    Returns:
        What is saved. When somebody else saved meanwhile nothing is: the text then holds both, to be joined and saved
        by the one who came second.

    Raises:
        NotAllowed: The person may not.
        ResultRefused: The minutes are published, or the meeting is cancelled.
    """
    require(person, "members.meet", place)
    kept = AgendaItem.objects.select_for_update().get(pk=item.pk)
    _refuse_published(item.meeting)
    said = text.replace("\r\n", "\n").strip()
    if said == kept.minutes_text:
        return Written(kept.minutes_version, said, True)
    if base_version != kept.minutes_version:
        return Written(kept.minutes_version, join_texts(kept.minutes_text, said), False)
    kept.minutes_text, kept.minutes_version = said, kept.minutes_version + 1
    kept.save(update_fields=["minutes_text", "minutes_version"])
    _record(person, place, item.meeting, "members.minutes_saved", f"Wrote minutes of item {kept.order}")
    return Written(kept.minutes_version, said, True)


def join_texts(theirs: str, mine: str) -> str:
    """Put two texts of one item into one, none of them shortened; one that holds the other stands alone."""
    if theirs in mine:
        return mine
    return theirs if mine in theirs else f"{theirs}{BETWEEN}{mine}"


@transaction.atomic
def agree_action(
    person: Person, place: Place, item: AgendaItem, *, says: str, member: Member, due_on: dt.date
) -> MeetingAction:
    """Record what a meeting asked somebody to do, by when.

    Raises:
        NotAllowed: The person may not.
        InputRefused: It is due before the meeting.
        ResultRefused: The minutes are published, or the meeting is cancelled.
    """
    require(person, "members.meet", place)
    _refuse_published(item.meeting)
    if due_on < day_of(item.meeting):
        what = "the action would be due before the meeting"
        do = "Choose a day after the meeting."
        raise InputRefused([Fault("action", what, do, "action-due-early", column="due_on")])
    made = MeetingAction.objects.create(
        meeting=item.meeting, item=item, says=says.strip(), member=member, due_on=due_on
    )
    says = f"Agreed an action of member {member.pk}, due on {due_on.isoformat()}"
    _record(person, place, item.meeting, "members.meeting_action_agreed", says)
    return made


def may_close_action(person: Person, place: Place, action: MeetingAction) -> bool:
    """Say whether somebody may write what came of an action: whoever has to do it, and those who write minutes."""
    return action.member.person_id == person.pk or may(person, "members.meet", place)


@transaction.atomic
def close_action(
    person: Person, place: Place, action: MeetingAction, *, came_of: str, on: dt.date | None = None
) -> None:
    """Write down that an action is done, and what came of it.

    Raises:
        NotAllowed: The person may not.
        InputRefused: Nothing is written.
        ResultRefused: It is done already.
    """
    if not may_close_action(person, place, action):
        require(person, "members.meet", place)
    if action.done_on is not None:
        raise ResultRefused("This action is done already.")
    if not came_of.strip():
        do = "Write what came of it, also when nothing did."
        raise InputRefused([Fault("action", "Nothing is written", do, "action-empty", column="came_of")])
    action.done_on, action.came_of = on or timezone.localdate(), came_of.strip()
    action.save(update_fields=["done_on", "came_of"])
    says = f"Wrote what came of an action that was due on {action.due_on.isoformat()}"
    _record(person, place, action.meeting, "members.meeting_action_done", says)


@transaction.atomic
def withhold_minutes(person: Person, place: Place, item: AgendaItem, why: str) -> None:
    """Say why the minutes of an item are not published; an empty reason publishes them with the others.

    Raises:
        NotAllowed: The person may not.
        ResultRefused: The minutes are published, or the meeting is cancelled.
    """
    require(person, "members.meet", place)
    _refuse_published(item.meeting)
    item.withheld_why = why.strip()
    item.save(update_fields=["withheld_why"])
    says = f"Withheld item {item.order}: {why.strip()}" if why.strip() else f"Publishes item {item.order} again"
    _record(person, place, item.meeting, "members.minutes_withheld", says)


@transaction.atomic
def publish_minutes(person: Person, place: Place, meeting: Meeting) -> None:
    """Publish the minutes of a meeting.

    Raises:
        NotAllowed: The person may not.
        ResultRefused: The meeting was not held, or an item has no minutes.
    """
    require(person, "members.meet", place)
    unmet = ["minutes_written"] if items_without_minutes(meeting) else []
    take_step(meeting, Meeting.State.MINUTED, unmet=unmet)
    meeting.minuted_at = timezone.now()
    meeting.save(update_fields=["state", "minuted_at"])
    withheld = meeting.items.exclude(withheld_why="").count()
    says = f"Published the minutes of {day_of(meeting).isoformat()}, {withheld} parts withheld"
    _record(person, place, meeting, "members.minutes_published", says)


@transaction.atomic
def take_back_minutes(person: Person, place: Place, meeting: Meeting, why: str) -> None:
    """Take published minutes back, so that they can be corrected.

    Raises:
        NotAllowed: The person may not.
        ResultRefused: They are not published, or there is no reason.
    """
    require(person, "members.meet", place)
    take_step(meeting, Meeting.State.HELD, unmet=[] if why.strip() else ["reason_given"])
    meeting.minuted_at = None
    meeting.save(update_fields=["state", "minuted_at"])
    says = f"Took the minutes of {day_of(meeting).isoformat()} back: {why.strip()}"
    _record(person, place, meeting, "members.minutes_taken_back", says)


def items_without_minutes(meeting: Meeting) -> list[AgendaItem]:
    """Give the items of which nothing is written."""
    return [each for each in meeting.items.all() if not each.minutes_text.strip()]


def _refuse_published(meeting: Meeting) -> None:
    if meeting.state == Meeting.State.MINUTED:
        raise ResultRefused("The minutes are published.", "Take them back first, with the reason.")
    if meeting.state == Meeting.State.CANCELLED:
        raise ResultRefused("This meeting was cancelled.")


def _record(person: Person, place: Place, meeting: Meeting, kind: str, says: str) -> None:
    record_event(person, kind, says, place=place, subject=f"meeting:{meeting.pk}")
