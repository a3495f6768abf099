"""Read decisions of groups: who can be asked, who was asked, how long before, and what the answers are."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence

from django.db.models import Q, QuerySet
from django.http import Http404
from django.utils import timezone

from locality.foundations import load_life_cycle
from locality.members import Asked, Feed, GroupKind, NoticeGiven, Term, Voices, is_late, notice_given
from locality_web.core.models import Partnership
from locality_web.core.partnership_settings import read_setting
from locality_web.core.permissions import Place
from locality_web.core.remembered import ANEW, Reader
from locality_web.members.kinds import groups_of
from locality_web.members.models import FeedRoute, GroupDecision, Member, ProfessionAsked, SeatTerm

CYCLE = load_life_cycle("locality.members", "group_decision")
State = GroupDecision.State
_REACHED = Q(member__erased_at__isnull=True) & ~Q(member__notices=Member.Notices.NONE)


def decisions_of(place: Place, *, prepared: bool) -> QuerySet[GroupDecision]:
    """Give the decisions of a place, the latest first.

    Args:
        place: A locality, or the partnership for those of the whole partnership's group.
        prepared: Whether those that nobody was told of are given too.
    """
    found = GroupDecision.objects.filter(partnership=place.partnership, locality=place.locality)
    return found if prepared else found.filter(announced_at__isnull=False)


def decision_of(place: Place, pk: int) -> GroupDecision:
    """Give a decision of a place.

    Raises:
        Http404: There is none.
    """
    found = GroupDecision.objects.filter(partnership=place.partnership, locality=place.locality, pk=pk).first()
    if found is None:
        raise Http404(f"There is no decision {pk} of {place.name}.")
    found.partnership, found.locality = place.partnership, place.locality
    return found


def asked_of(decision: GroupDecision) -> list[ProfessionAsked]:
    """Give who was asked of a decision, in the order in which they were told."""
    found = decision.asked.select_related("member__organisation", "route").order_by("told_at", "id")
    return list(found)


def voices_of(partnership: Partnership, on: dt.date) -> Voices:
    """Give where each group of a partnership can be heard on a day.

    Members who left, were erased, or want no notices at all can be told of nothing: their seats and routes are left
    out, so that their profession shows as a gap.
    """
    there = _REACHED & (Q(member__left_on__isnull=True) | Q(member__left_on__gt=on))
    terms = SeatTerm.objects.filter(there, seat__partnership=partnership, starts__lte=on)
    running = terms.filter(Q(ends__isnull=True) | Q(ends__gte=on)).order_by("seat_id", "id")
    feeds = FeedRoute.objects.filter(there, partnership=partnership, starts__lte=on).order_by("id")
    return Voices(
        groups_of(partnership),
        [_term(each) for each in running.select_related("seat__locality")],
        [_feed(each) for each in feeds.select_related("locality")],
    )


def _term(term: SeatTerm) -> Term:
    seat = term.seat
    code = seat.locality.code if seat.locality else ""
    return Term(seat.pk, code, seat.group, term.member_id, term.starts, term.ends, seat.closed_on)


def _feed(route: FeedRoute) -> Feed:
    code = route.locality.code if route.locality else ""
    return Feed(route.pk, code, route.group, route.member_id, route.starts, route.ends)


def first_told(asked: Iterable[ProfessionAsked]) -> dict[str, dt.date]:
    """Give the first day on which each group was told."""
    days: dict[str, dt.date] = {}
    for each in asked:
        day = timezone.localdate(each.told_at)
        days[each.group] = min(day, days.get(each.group, day))
    return days


def notices_of(
    decision: GroupDecision, asked: Sequence[ProfessionAsked], groups: Sequence[GroupKind], on: dt.date | None = None
) -> tuple[NoticeGiven, ...]:
    """Say how long before the decision each profession was told; `on` is the day of deciding, if not its own."""
    decided = on or decision.taken_on or decision.due_on
    return notice_given(decision.professions, first_told(asked), groups, decided=decided)


def late_of(
    decision: GroupDecision, asked: Sequence[ProfessionAsked], groups: Sequence[GroupKind], on: dt.date | None = None
) -> tuple[NoticeGiven, ...]:
    """Give the professions that have less than the notice period before a decision."""
    if decision.state == State.WITHDRAWN:
        return ()
    days = notice_days(decision.partnership)
    return tuple(each for each in notices_of(decision, asked, groups, on) if is_late(each.days, days))


def notice_days(partnership: Partnership) -> int:
    """Give the notice period of a partnership in days."""
    return int(read_setting(partnership, "members.notice_days"))


def all_asked(partnership: Partnership, memory: Reader = ANEW) -> tuple[Asked, ...]:
    """Give every profession and decision that was announced or taken, as the checks of the guidance know them."""

    def read() -> tuple[Asked, ...]:
        found = GroupDecision.objects.filter(partnership=partnership, announced_at__isnull=False)
        those = found.exclude(state=State.WITHDRAWN).select_related("locality").prefetch_related("asked")
        groups = groups_of(partnership, memory)
        return tuple(each for decision in those for each in _asked(decision, groups))

    return memory.read(("members.asked",), ("members",), read)


def _asked(decision: GroupDecision, groups: Sequence[GroupKind]) -> list[Asked]:
    rows = list(decision.asked.all())
    found = []
    for each in notices_of(decision, rows, groups):
        those = [row for row in rows if row.group == each.group]
        answers = [row for row in those if row.answer]
        found.append(
            Asked(
                decision.locality.code if decision.locality else "",
                decision.pk,
                each.group,
                each.days,
                decided=decision.state == State.TAKEN,
                answered=bool(answers),
                told_outcome=bool(answers) and all(row.became_at for row in answers),
                short_notice=bool(decision.short_notice),
            )
        )
    return found
