"""What the pages of meetings show."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db.models import Count, Q
from django.http import Http404, HttpRequest
from django.utils import timezone

from locality.members import Rhythm, say_rule
from locality_web.core.models import Person
from locality_web.core.permissions import Place, may, require
from locality_web.core.words import count_of
from locality_web.members.access_names import FORMER, as_shown
from locality_web.members.access_queries import arrangements_for, arrangements_of, how_arranged
from locality_web.members.meeting_attendance import count_there
from locality_web.members.meeting_models import AgendaItem, Attendance, Meeting, MeetingAction, MeetingKind, Paper
from locality_web.members.meeting_papers import papers_of
from locality_web.members.meeting_queries import (
    TO_COME,
    attendances_of,
    day_of,
    find_meeting,
    groups_by_member,
    is_invited,
    meetings_at,
    next_in_localities,
    presence_at,
    rhythm_at,
    seats_by_member,
    was_there,
)
from locality_web.members.meeting_steps import CYCLE
from locality_web.members.meeting_words import say_how, say_when, ways_to_join
from locality_web.members.places import address_at
from locality_web.members.register_models import Member

_MOST_PAST = 40  # own choice of the founders, 2026-11: some ten years of quarterly meetings


@dataclass(frozen=True)
class Line:
    """A meeting in a list."""

    meeting: Meeting
    when: str
    address: str
    how: str

    @property
    def state(self) -> str:
        """Its state in words."""
        return CYCLE.state(self.meeting.state).name


@dataclass(frozen=True)
class ItemShown:
    """An item as one reader may see it."""

    item: AgendaItem
    papers: tuple[Paper, ...]
    minutes: str
    withheld: str
    actions: tuple[tuple[MeetingAction, str], ...]
    presenter: str


def open_meeting(request: HttpRequest, place: Place, number: int) -> Meeting:
    """Give a meeting to whoever may know of it.

    Raises:
        Http404: There is none of this number here.
        NotAllowed: It is not public, and the person is neither of the group nor invited.
    """
    found = find_meeting(place, number)
    if not found.public and not is_invited(request.user, found):
        require(request.user, "members.see_register", place)
    return found


def list_page(place: Place, person: Person | AnonymousUser) -> dict[str, Any]:
    """Give what the list of meetings shows."""
    sees_all = may(person, "members.see_register", place)
    every = meetings_at(place) if sees_all else meetings_at(place).filter(public=True)
    meetings = list(every.select_related("series").order_by("-starts")[:400])
    for each in meetings:
        each.partnership, each.locality = place.partnership, place.locality
    now = timezone.now()
    ahead = [each for each in reversed(meetings) if each.ends >= now and each.state in (*TO_COME, "cancelled")]
    past = [each for each in meetings if each not in ahead]
    return {
        "ahead": [_line(each) for each in ahead],
        "past": [_line(each) for each in past if each.state != Meeting.State.CANCELLED][:_MOST_PAST],
        "rhythms": list(_rhythms(place, meetings)) if sees_all or place.locality else [],
        "series": _series(ahead),
        "localities": [] if place.locality else [_line(each) for each in next_in_localities(place)],
        "sees_all": sees_all,
        "may_meet": may(person, "members.meet", place),
    }


def _line(meeting: Meeting) -> Line:
    address = address_at(Place(meeting.partnership, meeting.locality), "meeting", meeting.pk)
    return Line(meeting, say_when(meeting), address, say_how(meeting))


def _rhythms(place: Place, meetings: list[Meeting]) -> Iterable[tuple[str, Rhythm]]:
    if place.locality is not None or any(each.kind == MeetingKind.GROUP for each in meetings):
        yield "The group", rhythm_at(place, MeetingKind.GROUP, meetings)
    if any(each.kind == MeetingKind.PRACTICE for each in meetings):
        yield "General practice with the lead", rhythm_at(place, MeetingKind.PRACTICE, meetings)


def _series(ahead: list[Meeting]) -> list[str]:
    kept = {each.series_id: each for each in ahead if each.series is not None and each.state != "cancelled"}
    return [f"{each.series}: {say_rule(each.series.rule)}" for each in kept.values() if each.series]


def meeting_page(place: Place, meeting: Meeting, person: Person | AnonymousUser) -> dict[str, Any]:
    """Give what a meeting's page shows to one reader."""
    is_member = may(person, "members.see_register", place)
    may_meet = may(person, "members.meet", place)
    rows = attendances_of(meeting) if meeting.state != Meeting.State.PLANNED else []
    mine = next((each for each in rows if person.is_authenticated and each.member.person_id == person.pk), None)
    sees = is_member or mine is not None
    names = _Names(place, meeting, by_name=sees)
    arranges = may_meet and meeting.state in TO_COME
    papers = papers_of(meeting)
    return {
        "meeting": meeting,
        "when": say_when(meeting),
        "how": say_how(meeting),
        "state": CYCLE.state(meeting.state),
        "series": say_rule(meeting.series.rule) if meeting.series else "",
        "ways": ways_to_join(meeting) if sees else [],
        "items": items_shown(meeting, names, papers, sees_all=sees),
        "papers": [each for each in papers if each.item_id is None],
        "attendance": attendance_shown(meeting, rows, names) if _shows_attendance(meeting, sees) else None,
        "answers": _count_answers(rows) if sees else "",
        "mine": mine,
        "sees": sees,
        "is_member": is_member,
        "may_meet": may_meet,
        **(_needs(meeting, rows) if arranges else {}),
        "steps": {step.end for step in CYCLE.steps_from(meeting.state)} if may_meet else set(),
        "has_begun": meeting.starts <= timezone.now(),
    }


def _needs(meeting: Meeting, rows: list[Attendance]) -> dict[str, Any]:
    """Give what is to be arranged by kind; whose need it is stands on a page of its own, whose readers are recorded."""
    invited = [each for row in rows for each in (row.member, row.substitute) if each is not None]
    needs = arrangements_of([meeting], {meeting.pk: invited})[meeting.pk] if rows else arrangements_for(meeting)
    kinds = Counter((each.kind.name, each.state_words) for each in needs)
    lines = [
        f"{name}: {state.lower()}" + (f" ({number})" if number > 1 else "") for (name, state), number in kinds.items()
    ]
    return {"arranged": how_arranged(needs), "needs": lines}


class _Names:
    """How people of a meeting stand on its page: by name for the group, as they wish for everybody else."""

    def __init__(self, place: Place, meeting: Meeting, *, by_name: bool):
        self.by_name = by_name
        self.groups = {} if by_name else groups_by_member(place, day_of(meeting))

    def of(self, member: Member | None) -> str:
        """Write somebody; nobody is empty."""
        if member is None:
            return ""
        if self.by_name:
            return str(member) if member.name else FORMER
        return as_shown(member, self.groups.get(member.pk, "A member of the group"))


def items_shown(meeting: Meeting, names: _Names, papers: list[Paper], *, sees_all: bool) -> list[ItemShown]:
    """Give the agenda with papers, and the minutes as far as somebody may read them."""
    is_public = meeting.state == Meeting.State.MINUTED
    actions: dict[int | None, list[MeetingAction]] = {}
    if is_public or sees_all:
        for action in meeting.actions.select_related("member__organisation"):
            actions.setdefault(action.item_id, []).append(action)
    found = []
    for item in meeting.items.select_related("presenter__organisation", "decision").order_by("order", "id"):
        readable = sees_all or (is_public and not item.withheld_why)
        mine = actions.get(item.pk, []) if readable else []
        found.append(
            ItemShown(
                item,
                tuple(each for each in papers if each.item_id == item.pk),
                item.minutes_text if readable else "",
                item.withheld_why if is_public or sees_all else "",
                tuple((each, names.of(each.member)) for each in mine),
                names.of(item.presenter),
            )
        )
    return found


def _shows_attendance(meeting: Meeting, sees: bool) -> bool:
    return meeting.state == Meeting.State.MINUTED or (sees and meeting.state == Meeting.State.HELD)


def attendance_shown(meeting: Meeting, rows: list[Attendance], names: _Names) -> dict[str, Any]:
    """Give who was there, who came for whom, and who sent apologies."""
    seats = seats_by_member(Place(meeting.partnership, meeting.locality), day_of(meeting))
    there = [each for each in rows if was_there(each)]
    return {
        "present": [_say_present(each, names) for each in there],
        "apologies": [names.of(each.member) for each in rows if each.state == Attendance.State.APOLOGIES],
        "quorum": presence_at(meeting, rows, seats),
        "count": count_there(rows),
    }


def _say_present(row: Attendance, names: _Names) -> str:
    said = names.of(row.member)
    if row.substitute is not None:
        said = f"{names.of(row.substitute)}, for {said}"
    return f"{said} ({row.get_how_display().lower()})" if row.how else said


def _count_answers(rows: list[Attendance]) -> str:
    if not rows:
        return ""
    states = Attendance.State
    coming = sum(each.state == states.COMING or each.substitute_id is not None for each in rows)
    away = sum(each.state == states.APOLOGIES and each.substitute_id is None for each in rows)
    silent = sum(each.state == states.INVITED for each in rows)
    invited = count_of(len(rows), "person", "people")
    return f"{invited} invited: {coming} coming, {away} cannot come, {silent} not answered."


def actions_page(place: Place, person: Person | AnonymousUser) -> dict[str, Any]:
    """Give the open actions of a place, the soonest first, and those done last."""
    here = Q(meeting__partnership=place.partnership, meeting__locality=place.locality)
    found = MeetingAction.objects.filter(here).select_related("member__organisation", "meeting__locality")
    counts = MeetingAction.objects.filter(here).aggregate(all=Count("pk"), done=Count("done_on"))
    return {
        "open": list(found.filter(done_on__isnull=True).order_by("due_on", "id")),
        "done": list(found.filter(done_on__isnull=False).order_by("-done_on", "-id")[:30]),
        "counts": counts,
        "today": timezone.localdate(),
        "may_meet": may(person, "members.meet", place),
        "own": person.pk,
    }


def find_item(meeting: Meeting, number: int) -> AgendaItem:
    """Give an item of a meeting.

    Raises:
        Http404: There is none of this number.
    """
    found = meeting.items.select_related("decision", "presenter").filter(pk=number).first()
    if found is None:
        raise Http404("There is no such item on this agenda.")
    found.meeting = meeting
    return found
