"""Read what people need to take part, and what a meeting arranged of it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db.models import Q, QuerySet
from django.utils import timezone

from locality.members import NeedKind
from locality.members.access import ToArrange, copies_by_form, count_arranged, forms_of
from locality_web.core.models import Locality, Partnership
from locality_web.members import kinds
from locality_web.members.access_models import AccessNeed, Arrangement
from locality_web.members.meeting_models import Meeting
from locality_web.members.register_models import Member

_UNKNOWN = "both"  # a kind that is retired meanwhile: it may concern papers and the meeting


@dataclass(frozen=True)
class NeedAtMeeting:
    """Something that somebody who is invited needs at a meeting, and what was done about it."""

    need: AccessNeed
    member: Member
    kind: NeedKind
    arrangement: Arrangement | None = None

    @property
    def state(self) -> str:
        """open, arranged or not_possible."""
        return self.arrangement.state if self.arrangement else "open"

    @property
    def state_words(self) -> str:
        """Its state in words."""
        return self.arrangement.get_state_display() if self.arrangement else "Still to be arranged"

    @property
    def what(self) -> str:
        """What is needed, in words."""
        return f"{self.kind.name}: {self.need.detail}" if self.need.detail else self.kind.name


def need_kind(code: str, known: Iterable[NeedKind] | None = None) -> NeedKind:
    """Give a kind of need by its code; one that is retired keeps its code as its name."""
    found = next((each for each in known or kinds.needs() if each.code == code), None)
    return found or NeedKind(code, code.replace("-", " ").capitalize(), _UNKNOWN)  # type: ignore[arg-type]


def needs_on(day: dt.date | None = None) -> QuerySet[AccessNeed]:
    """Give the needs of all members in force on a day (default: today)."""
    when = day or timezone.localdate()
    return AccessNeed.objects.filter(Q(ended_on__isnull=True) | Q(ended_on__gt=when))


def members_of(partnership: Partnership, locality: Locality | None, day: dt.date | None = None) -> QuerySet[Member]:
    """Give those who have a seat in a group on a day; without a locality: in the whole partnership's group."""
    when = day or timezone.localdate()
    running = Q(terms__starts__lte=when) & (Q(terms__ends__isnull=True) | Q(terms__ends__gte=when))
    here = Q(terms__seat__partnership=partnership, terms__seat__locality=locality)
    still = Q(terms__seat__closed_on__isnull=True) | Q(terms__seat__closed_on__gt=when)
    return still_members(partnership, when).filter(running & here & still).distinct()


def still_members(partnership: Partnership, day: dt.date | None = None) -> QuerySet[Member]:
    """Give those on a partnership's register on a day (default: today): neither erased nor gone."""
    when = day or timezone.localdate()
    there = Q(left_on__isnull=True) | Q(left_on__gt=when)
    return Member.objects.filter(there, partnership=partnership, erased_at__isnull=True)


def invited_to(meeting: Meeting) -> list[Member]:
    """Give those who are invited to a meeting and who come for somebody; before it is called: those with a seat."""
    rows = list(meeting.attendances.select_related("member__organisation", "substitute__organisation"))
    those = {each.pk: each for row in rows for each in (row.member, row.substitute) if each is not None}
    if rows or meeting.kind != "group":
        return sorted(those.values(), key=lambda each: (each.name, each.pk))
    day = timezone.localtime(meeting.starts).date()
    return list(members_of(meeting.partnership, meeting.locality, day).select_related("organisation"))


def arrangements_for(meeting: Meeting) -> tuple[NeedAtMeeting, ...]:
    """Give what each invited member needs at a meeting, and whether it is arranged; at most three queries.

    Args:
        meeting: The meeting.

    Returns:
        One entry for each need of each who is invited, in order of name and of the kinds of need. It names people and
        what they need, so it is for those who arrange meetings.
    """
    return arrangements_of([meeting], {meeting.pk: invited_to(meeting)})[meeting.pk]


def arrangements_of(
    meetings: Iterable[Meeting], invited: Mapping[int, list[Member]]
) -> dict[int, tuple[NeedAtMeeting, ...]]:
    """Give the same for several meetings at once, by their number; two queries."""
    these = list(meetings)
    known = kinds.needs()
    everybody = {each.pk for those in invited.values() for each in those}
    by_member: dict[int, list[AccessNeed]] = {}
    for need in AccessNeed.objects.filter(member__in=everybody):
        by_member.setdefault(need.member_id, []).append(need)
    done = {(each.meeting_id, each.need_id): each for each in Arrangement.objects.filter(meeting__in=these)}
    order = {kind.code: at for at, kind in enumerate(known)}
    found: dict[int, tuple[NeedAtMeeting, ...]] = {}
    for meeting in these:
        day = timezone.localtime(meeting.starts).date()
        found[meeting.pk] = tuple(
            NeedAtMeeting(need, member, need_kind(need.kind, known), done.get((meeting.pk, need.pk)))
            for member in invited[meeting.pk]
            for need in sorted(by_member.get(member.pk, ()), key=lambda each: (order.get(each.kind, 99), each.pk))
            if _is_in_force(need, day) or (meeting.pk, need.pk) in done
        )
    return found


def _is_in_force(need: AccessNeed, day: dt.date) -> bool:
    began = timezone.localtime(need.entered_at).date()
    return began <= max(day, timezone.localdate()) and (need.ended_on is None or need.ended_on > day)


def how_arranged(needs: Iterable[NeedAtMeeting]) -> ToArrange:
    """Count what is arranged and what waits."""
    return count_arranged(each.state for each in needs)  # type: ignore[misc]


def forms_needed(member: Member) -> tuple[NeedKind, ...]:
    """Say in which forms a member needs letters and papers (large print, easy read); none: the ordinary form."""
    return forms_by_member([member])[member.pk]


def forms_by_member(members: Iterable[Member]) -> dict[int, tuple[NeedKind, ...]]:
    """Say in which forms members need letters and papers, by their number; one query."""
    known, codes = kinds.needs(), codes_by_member(members)
    return {number: forms_of(each, known) for number, each in codes.items()}


def codes_by_member(members: Iterable[Member]) -> dict[int, list[str]]:
    """Give the codes of the needs in force of members, by their number; one query."""
    codes: dict[int, list[str]] = {each.pk: [] for each in members}
    for member, code in needs_on().filter(member__in=codes).values_list("member_id", "kind"):
        codes[member].append(code)
    return codes


def copies_for(members: Iterable[Member]) -> tuple[tuple[str, int], ...]:
    """Count how many copies of a paper members need in each form."""
    return copies_by_form(codes_by_member(members), kinds.needs())
