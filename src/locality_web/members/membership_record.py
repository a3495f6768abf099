"""Everything about membership that the checks of the guidance are computed from: numbers and days, no names."""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict

from django.db.models import Count, Sum
from django.utils import timezone

from locality.members import Link, Membership, Met, Need
from locality_web.core.models import Partnership
from locality_web.core.partnership_settings import read_setting
from locality_web.core.remembered import ANEW, Reader
from locality_web.members.access_queries import arrangements_of
from locality_web.members.advice_queries import advice_held
from locality_web.members.decision_queries import all_asked
from locality_web.members.kinds import groups_of
from locality_web.members.meeting_models import Attendance, Meeting, MeetingKind
from locality_web.members.notice_models import Notice
from locality_web.members.practice_queries import all_voices, gp_by
from locality_web.members.register_models import Member, SeatTerm
from locality_web.members.register_queries import membership_routes, membership_terms

_FROM = ("members", "areas", "core")
_LOOKED_BACK = dt.timedelta(days=3 * 365)  # meetings of three years: a strategic plan is made for three
_YEAR = dt.timedelta(days=365)


def membership_of(partnership: Partnership, localities: tuple[str, ...], memory: Reader = ANEW) -> Membership:
    """Give the membership of a partnership as it is today.

    Args:
        partnership: Whose.
        localities: Codes of its localities of today.
        memory: What was read before.
    """
    return Membership(
        timezone.localdate(),
        localities,
        groups_of(partnership, memory),
        terms=membership_terms(partnership, memory),
        routes=membership_routes(partnership, memory),
        practices=all_voices(partnership, memory),
        by=gp_by(partnership),
        meetings=memory.read(("members.met",), _FROM, lambda: _meetings(partnership)),
        advice=advice_held(partnership, memory),
        asked=all_asked(partnership, memory),
        needs=memory.read(("members.needs",), _FROM, lambda: _needs(partnership)),
        spoken_for=memory.read(("members.spoken_for",), _FROM, lambda: _spoken_for(partnership)),
        links=memory.read(("members.links",), _FROM, lambda: _links(partnership)),
        paper=memory.read(("members.by_post",), _FROM, lambda: _by_post(partnership)),
        told=memory.read(("members.told",), _FROM, lambda: _told(partnership)),
        warn_days=int(read_setting(partnership, "members.seat_warning_days")),
        meet_days=int(read_setting(partnership, "members.gp_meet_days")),
        group_meet_days=int(read_setting(partnership, "members.group_meet_days")),
        notice_days=int(read_setting(partnership, "members.notice_days")),
    )


def _recent(partnership: Partnership) -> list[Meeting]:
    since = timezone.now() - _LOOKED_BACK
    return list(partnership.meetings.filter(starts__gte=since).select_related("locality"))


def _day(meeting: Meeting) -> dt.date:
    return timezone.localtime(meeting.starts).date()


def _code(meeting: Meeting) -> str:
    return meeting.locality.code if meeting.locality else ""


def _meetings(partnership: Partnership) -> tuple[Met, ...]:
    meetings = _recent(partnership)
    there = Attendance.objects.filter(meeting__in=meetings, state=Attendance.State.PRESENT)
    voting = _voting_terms(partnership)
    present: Counter[int] = Counter()
    by_pk = {each.pk: each for each in meetings}
    for meeting, member in there.values_list("meeting", "member"):
        held = by_pk[meeting]
        if held.kind != MeetingKind.GROUP or _sits(voting, member, _code(held), _day(held)):
            present[meeting] += 1
    return tuple(
        Met(_code(each), each.kind, _day(each), each.state, present[each.pk], each.quorum) for each in meetings
    )


Sittings = dict[tuple[int, str], list[tuple[dt.date, dt.date | None]]]


def _voting_terms(partnership: Partnership) -> Sittings:
    """Give when each member sat on a seat with a vote, by member and locality."""
    found: Sittings = defaultdict(list)
    terms = SeatTerm.objects.filter(seat__partnership=partnership, seat__votes=True)
    for member, code, starts, ends in terms.values_list("member", "seat__locality__code", "starts", "ends"):
        found[member, code or ""].append((starts, ends))
    return found


def _sits(voting: Sittings, member: int, code: str, on: dt.date) -> bool:
    return any(starts <= on and (ends is None or on <= ends) for starts, ends in voting.get((member, code), ()))


def _needs(partnership: Partnership) -> tuple[Need, ...]:
    """Give the needs at each meeting that was called; who had a seat but was not invited needs nothing there."""
    meetings = [
        each for each in _recent(partnership) if each.state not in (Meeting.State.PLANNED, Meeting.State.CANCELLED)
    ]
    invited: dict[int, list[Member]] = {each.pk: [] for each in meetings}
    for row in Attendance.objects.filter(meeting__in=meetings).select_related("member", "substitute"):
        invited[row.meeting_id] += [each for each in (row.member, row.substitute) if each is not None]
    found = arrangements_of(meetings, invited)
    return tuple(
        Need(_code(meeting), need.need.kind, _day(meeting), need.state)  # type: ignore[arg-type]
        for meeting in meetings
        for need in found[meeting.pk]
    )


def _spoken_for(partnership: Partnership) -> tuple[tuple[str, int], ...]:
    sums = partnership.spoken_for.order_by().values_list("locality__code").annotate(people=Sum("people"))
    return tuple((code or "", people) for code, people in sums)


def _links(partnership: Partnership) -> tuple[Link, ...]:
    rows = partnership.connections.select_related("locality")
    return tuple(
        Link(
            each.locality.code if each.locality else "",
            f"m{each.one_id}" if each.one_id else f"o{each.one_organisation_id}",
            f"m{each.other_id}" if each.other_id else f"o{each.other_organisation_id}",
            each.made_on,
            bool(each.came_of),
        )
        for each in rows
    )


def _seated(partnership: Partnership) -> dict[str, set[int]]:
    """Give the members who sit in each locality's group today."""
    today = timezone.localdate()
    found: dict[str, set[int]] = defaultdict(set)
    terms = SeatTerm.objects.filter(seat__partnership=partnership, starts__lte=today)
    for member, code, ends in terms.values_list("member", "seat__locality__code", "ends"):
        if ends is None or ends >= today:
            found[code or ""].add(member)
    return found


def _by_post(partnership: Partnership) -> tuple[tuple[str, int], ...]:
    post = set(partnership.members.filter(notices=Member.Notices.PAPER).values_list("pk", flat=True))
    return tuple((code, len(those & post)) for code, those in _seated(partnership).items())


def _told(partnership: Partnership) -> tuple[tuple[str, int], ...]:
    """Count the members of each locality's group who were told of anything in the last year."""
    since = timezone.now() - _YEAR
    sent = Notice.objects.filter(partnership=partnership, handed_over_at__gte=since)
    told = set(sent.order_by().values_list("member").annotate(Count("id")).values_list("member", flat=True))
    return tuple((code, len(those & told)) for code, those in _seated(partnership).items())
