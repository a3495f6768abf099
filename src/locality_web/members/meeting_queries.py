"""Read meetings: those of a place, who is invited to one, who votes there, and how regular they are."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from zoneinfo import ZoneInfo

from django.contrib.auth.models import AnonymousUser
from django.db.models import Q, QuerySet
from django.http import Http404
from django.utils import timezone

from locality.members import Presence, Rhythm, check_quorum, measure_rhythm, quorum_for
from locality_web.core.models import Person
from locality_web.core.partnership_settings import read_setting
from locality_web.core.permissions import Place
from locality_web.core.remembered import ANEW, Reader
from locality_web.members import kinds
from locality_web.members.access_queries import members_of, still_members
from locality_web.members.meeting_models import Attendance, Meeting, MeetingKind
from locality_web.members.models import LeadTerm
from locality_web.members.practice_models import Liaison
from locality_web.members.register_models import Member, Seat, SeatTerm

TOOK_PLACE = (Meeting.State.HELD, Meeting.State.MINUTED)
TO_COME = (Meeting.State.PLANNED, Meeting.State.CALLED)
_SETTINGS = {MeetingKind.GROUP: "members.group_meet_days", MeetingKind.PRACTICE: "members.gp_meet_days"}


def meetings_at(place: Place) -> QuerySet[Meeting]:
    """Give the meetings of a locality, or those of the whole partnership's group."""
    return Meeting.objects.filter(partnership=place.partnership, locality=place.locality)


def find_meeting(place: Place, number: int) -> Meeting:
    """Give one meeting of a place, with its series.

    Raises:
        Http404: There is none of this number here.
    """
    found = meetings_at(place).select_related("series").filter(pk=number).first()
    if found is None:
        raise Http404("There is no such meeting here.")
    found.partnership, found.locality = place.partnership, place.locality
    return found


def local_start(meeting: Meeting) -> dt.datetime:
    """Give the beginning as the clock shows it there."""
    return meeting.starts.astimezone(ZoneInfo(meeting.zone))


def day_of(meeting: Meeting) -> dt.date:
    """Give the day of a meeting there."""
    return local_start(meeting).date()


def invited_by_kind(meeting: Meeting) -> list[Member]:
    """Give whom a meeting is for on its day, in order of name.

    Those with a seat in the group; for general practice with the lead: the liaisons of the locality's practices (or of
    their clusters), the lead and the deputies as far as they are on the register.
    """
    day = day_of(meeting)
    if meeting.kind != MeetingKind.PRACTICE:
        found = members_of(meeting.partnership, meeting.locality, day)
    else:
        found = still_members(meeting.partnership, day).filter(
            Q(pk__in=_liaisons(meeting, day)) | Q(person__in=_leads(meeting, day))
        )
    return list(found.select_related("organisation").order_by("name", "id"))


def _liaisons(meeting: Meeting, day: dt.date) -> QuerySet[Liaison, int]:
    running = Liaison.objects.filter(Q(ends__isnull=True) | Q(ends__gte=day), starts__lte=day)
    running = running.filter(partnership=meeting.partnership)
    if meeting.locality is not None:
        here = meeting.partnership.practices.filter(locality=meeting.locality)
        clusters = here.exclude(cluster="").values("cluster")
        running = running.filter(Q(practice__in=here) | Q(cluster__in=clusters))
    return running.values_list("member", flat=True)


def _leads(meeting: Meeting, day: dt.date) -> QuerySet[LeadTerm, int | None]:
    terms = LeadTerm.objects.filter(
        starts__lte=day, ends__gte=day, locality__partnership=meeting.partnership, person__isnull=False
    )
    if meeting.locality is not None:
        terms = terms.filter(locality=meeting.locality)
    return terms.values_list("person", flat=True)


def attendances_of(meeting: Meeting) -> list[Attendance]:
    """Give who was invited or came, with who came for them, in order of name."""
    found = meeting.attendances.select_related("member__organisation", "substitute__organisation")
    return sorted(found, key=lambda each: (each.member.name, each.pk))


def seats_by_member(place: Place, day: dt.date) -> dict[int, Seat]:
    """Give on which seat of a group each member sits on a day; of several seats one with a vote."""
    running = SeatTerm.objects.filter(
        Q(ends__isnull=True) | Q(ends__gte=day),
        starts__lte=day,
        seat__partnership=place.partnership,
        seat__locality=place.locality,
    ).filter(Q(seat__closed_on__isnull=True) | Q(seat__closed_on__gt=day))
    terms = running.select_related("seat").order_by("seat__votes", "-seat__id")
    return {term.member_id: term.seat for term in terms}


def groups_by_member(place: Place, day: dt.date, memory: Reader = ANEW) -> dict[int, str]:
    """Give the name of the group for which each member speaks on a day."""
    names = {each.code: each.name for each in kinds.groups_of(place.partnership, memory)}
    return {member: names.get(seat.group, seat.group) for member, seat in seats_by_member(place, day).items()}


def presence_at(meeting: Meeting, attendances: Iterable[Attendance], seats: dict[int, Seat]) -> Presence:
    """Say whether enough are there: those with a vote who came or sent somebody; outside a group everybody counts."""
    is_group = meeting.kind == MeetingKind.GROUP
    there = [each for each in attendances if was_there(each)]
    voting = [each for each in there if not is_group or (each.member_id in seats and seats[each.member_id].votes)]
    return check_quorum(len(voting), meeting.quorum)


def was_there(attendance: Attendance) -> bool:
    """Say whether somebody came, or sent somebody who came."""
    return attendance.state == Attendance.State.PRESENT


def usual_quorum(place: Place, day: dt.date) -> int:
    """Give how many must be there by the partnership's setting, from the seats with a vote that are filled."""
    voting = sum(seat.votes for seat in seats_by_member(place, day).values())
    return quorum_for(voting, int(read_setting(place.partnership, "members.meeting_quorum_percent")))


def rhythm_at(place: Place, kind: str = MeetingKind.GROUP, meetings: Iterable[Meeting] | None = None) -> Rhythm:
    """Measure how regularly meetings of a kind are, against the partnership's setting.

    Args:
        place: The locality, or the partnership for its own group.
        kind: "group" or "general-practice".
        meetings: All meetings of the place, where they are read already; None: they are read.

    Returns:
        The rhythm as on today.
    """
    those = meetings_at(place).filter(kind=kind) if meetings is None else meetings
    mine = [each for each in those if each.kind == kind]
    held = [day_of(each) for each in mine if each.state in TOOK_PLACE]
    ahead = [day_of(each) for each in mine if each.state in TO_COME]
    most = int(read_setting(place.partnership, _SETTINGS[MeetingKind(kind)]))
    return measure_rhythm(held, ahead, today=timezone.localdate(), most_days=most)


def is_invited(person: Person | AnonymousUser, meeting: Meeting) -> bool:
    """Say whether somebody who is signed in was invited to a meeting, or came to it."""
    return person.is_authenticated and meeting.attendances.filter(member__person=person).exists()


def next_in_localities(place: Place) -> list[Meeting]:
    """Give the next public meeting of each locality of a partnership, the soonest first; one query."""
    ahead = Meeting.objects.filter(
        partnership=place.partnership, locality__isnull=False, public=True, state__in=TO_COME, ends__gte=timezone.now()
    )
    first: dict[int | None, Meeting] = {}
    for each in ahead.select_related("locality").order_by("starts")[:200]:
        each.partnership = place.partnership
        first.setdefault(each.locality_id, each)
    return list(first.values())


def next_meeting(place: Place, *, public: bool = True) -> Meeting | None:
    """Give the next meeting to come; by default only one that everybody may know of."""
    ahead = meetings_at(place).filter(state__in=TO_COME, ends__gte=timezone.now())
    return (ahead.filter(public=True) if public else ahead).order_by("starts").first()
