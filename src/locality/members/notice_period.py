"""Professions are told of a decision before it is taken: who is told, how long before, and who was told too late."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from locality.members.kinds import GroupKind
from locality.members.membership import Asked, Term


@dataclass(frozen=True)
class Feed:
    """A feed-in route: who is told of decisions for a group that has no seat.

    Args:
        route: Its number.
        locality: Code of the locality; empty: in every locality.
        group: Code of the group.
        member: Number of the member who is told.
        starts: First day.
        ends: Last day; None: no end is set.
    """

    route: int
    locality: str
    group: str
    member: int
    starts: dt.date
    ends: dt.date | None = None


@dataclass(frozen=True)
class ToAsk:
    """Somebody is asked for a profession: through a seat, or (`route` is its number) through a feed-in route."""

    group: str
    member: int
    route: int | None = None


@dataclass(frozen=True)
class Asking:
    """Who is asked of a decision, and the professions for which nobody can be asked.

    Args:
        asked: Each group and member once.
        nobody: Codes of professions with neither a seat that is held nor a feed-in route.
    """

    asked: tuple[ToAsk, ...]
    nobody: tuple[str, ...]


@dataclass(frozen=True)
class Voices:
    """Where a profession can be heard: all groups, seats with their holders, and feed-in routes."""

    groups: Sequence[GroupKind]
    seats: Sequence[Term]
    feeds: Sequence[Feed]


def who_is_asked(professions: Iterable[str], voices: Voices, *, locality: str, on: dt.date) -> Asking:
    """Say who is asked of a decision for each profession that it affects.

    Those who sit for the profession are asked. Where nobody does, its feed-in route is asked; then those who sit for
    the wider group that it belongs to, and at last that group's route. A decision that affects a wider group asks for
    each profession within it too, as far as somebody can be asked. A decision of the whole partnership asks those who
    sit in the partnership's group; where nobody does, those of the localities' groups.

    Args:
        professions: Codes of the professions that the decision affects.
        voices: Where each can be heard.
        locality: Code of the decision's locality; empty: the whole partnership's.
        on: The day on which they are asked.

    Returns:
        Each pair of group and member once, in the order of the professions; a profession stands in `nobody` only when
        there is nobody to ask for it or for any within it.
    """
    heard = _Heard(voices, locality, on)
    asked: dict[tuple[str, int], ToAsk] = {}
    nobody = []
    for code in dict.fromkeys(professions):
        found = [one for each in (code, *heard.within(code)) for one in heard.of(each)] or list(heard.wider(code))
        if not found:
            nobody.append(code)
        for one in found:
            asked.setdefault((one.group, one.member), one)
    return Asking(tuple(asked.values()), tuple(nobody))


class _Heard:
    """Seats and routes of one place on one day."""

    def __init__(self, voices: Voices, locality: str, on: dt.date):
        self.groups, self.locality, self.on = voices.groups, locality, on
        self.seats = [each for each in voices.seats if each.holder is not None and self._sits(each)]
        self.feeds = [each for each in voices.feeds if _runs(each.starts, each.ends, on)]

    def of(self, group: str) -> list[ToAsk]:
        """Give those who are asked for exactly this group."""
        sitting = [each for each in self.seats if each.group == group]
        near = [each for each in sitting if each.locality == self.locality]
        if near or (sitting and not self.locality):
            return [ToAsk(group, each.holder) for each in near or sitting if each.holder is not None]
        # A route of the locality itself goes before one of all localities.
        for place in dict.fromkeys((self.locality, "")):
            if found := [each for each in self.feeds if each.group == group and each.locality == place]:
                return [ToAsk(group, each.member, each.route) for each in found]
        return []

    def within(self, group: str) -> list[str]:
        """Give the professions within a wider group."""
        return [each.code for each in self.groups if each.within == group and each.profession]

    def wider(self, group: str) -> Iterator[ToAsk]:
        """Give those who are asked for the wider group of a profession."""
        above = next((each.within for each in self.groups if each.code == group), "")
        if above:
            yield from self.of(above)

    def _sits(self, seat: Term) -> bool:
        is_there = seat.seat_closed is None or self.on < seat.seat_closed
        return is_there and seat.starts is not None and _runs(seat.starts, seat.ends, self.on)


def _runs(starts: dt.date, ends: dt.date | None, on: dt.date) -> bool:
    return starts <= on and (ends is None or on <= ends)


def days_before(told: dt.date, decided: dt.date) -> int:
    """Count the days between telling and deciding.

    Args:
        told: The day on which a profession was told.
        decided: The day on which the decision was, or is to be, taken.

    Returns:
        Days; 0 on one day; below zero when it was told afterwards.
    """
    return (decided - told).days


def last_day_to_announce(due: dt.date, notice_days: int) -> dt.date:
    """Give the last day on which professions can be told with the whole notice period.

    Args:
        due: The day on which the decision is to be taken.
        notice_days: The notice period in days.

    Returns:
        A day; whoever is told on it has exactly the notice period.
    """
    return due - dt.timedelta(days=notice_days)


@dataclass(frozen=True)
class NoticeGiven:
    """How many days a profession had before a decision was, or is to be, taken; None: it was not told."""

    group: str
    days: int | None


def notice_given(
    professions: Iterable[str], told: Mapping[str, dt.date], groups: Sequence[GroupKind], *, decided: dt.date
) -> tuple[NoticeGiven, ...]:
    """Say how long before a decision each profession was told.

    Args:
        professions: Codes of the professions that the decision affects.
        told: The first day on which each group was told, by code.
        groups: All groups.
        decided: The day on which the decision was, or is to be, taken.

    Returns:
        One value for each group that was told, and one without days for each profession for which neither it, nor one
        within it, nor its wider group was told.
    """
    within = {each.code: each.within for each in groups}
    heard = set(told) | {within.get(code, "") for code in told}
    unheard = [code for code in professions if code not in heard and within.get(code, "") not in told]
    return (
        *(NoticeGiven(code, days_before(day, decided)) for code, day in told.items()),
        *(NoticeGiven(code, None) for code in dict.fromkeys(unheard)),
    )


def is_late(days: int | None, notice_days: int) -> bool:
    """Say whether a profession was told too late.

    Args:
        days: Days between telling and deciding; None: it was not told.
        notice_days: The notice period in days.

    Returns:
        Whether it had less than the notice period.
    """
    return days is None or days < notice_days


def late_ones(asked: Collection[Asked], notice_days: int) -> tuple[Asked, ...]:
    """Find professions that were told of a decision too late, or not at all.

    Args:
        asked: Professions and the decisions that affect them.
        notice_days: The notice period in days.

    Returns:
        Those with less than the notice period, in the order given.
    """
    return tuple(each for each in asked if is_late(each.days_before, notice_days))
