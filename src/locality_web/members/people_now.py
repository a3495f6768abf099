"""Everything that a page says at a glance of a place's people, in one question of the database.

A locality's page, the list of localities and the briefing show what every room holds and may ask few questions. So the
terms of leads, seats with their holders, feed-in routes and the partnership's own groups come as rows of one union;
each kind of row fills the columns that it has.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple

from django.db.models import BooleanField, CharField, DateField, F, IntegerField, Q, QuerySet, Value
from django.db.models.functions import Cast
from django.utils import timezone

from locality.members import (
    GroupKind,
    Route,
    Seen,
    Term,
    Voice,
    count_gaps,
    cover,
    cover_all,
    in_order,
    runs_on,
    shipped_groups,
)
from locality_web.core.models import Locality, Partnership
from locality_web.core.partnership_settings import read_setting
from locality_web.core.permissions import Place
from locality_web.members.access_names import as_shown
from locality_web.members.models import LeadTerm
from locality_web.members.queries import People, people_among
from locality_web.members.register_models import FeedRoute, Member, Organisation, OwnKind, Seat

_NO_TEXT = Value("", output_field=CharField())
_NO_DAY = Cast(Value(None), DateField())
_NO_NUMBER = Cast(Value(None), IntegerField())
_NO = Value(False, output_field=BooleanField())


class _Row(NamedTuple):
    """A row of the union; what a column means depends on `what`."""

    what: str
    place: str | None
    group: str
    name: str | None
    title: str
    body: str | None
    shown: str | None
    number: int | None
    holder: int | None
    starts: dt.date | None
    ends: dt.date | None
    closed: dt.date | None
    one: bool
    two: bool


_EMPTY: dict[str, Any] = {
    **dict.fromkeys(("place", "group", "name", "title", "body", "shown"), _NO_TEXT),
    **dict.fromkeys(("number", "holder"), _NO_NUMBER),
    **dict.fromkeys(("starts", "ends", "closed"), _NO_DAY),
    **dict.fromkeys(("one", "two"), _NO),
}


@dataclass(frozen=True)
class Seated:
    """Somebody who sits in the group today, as everybody may read of them, and for whom they speak."""

    says: str
    group: str


class PeopleNow:
    """The people of one locality, or of all localities of a partnership, as of today; asks the database once."""

    def __init__(self, partnership: Partnership, locality: Locality | None = None):
        self.partnership, self.today = partnership, timezone.localdate()
        self._rows = [_Row(*each) for each in _union(partnership, locality, self.today)]
        self._warn_days = int(read_setting(partnership, "members.seat_warning_days"))

    def of_kind(self, what: str) -> Iterable[_Row]:
        """Give the rows of one kind."""
        return (each for each in self._rows if each.what == what)

    @cached_property
    def localities(self) -> list[Locality]:
        """The localities: the one that was asked for, or all of the partnership, by number, code and slug alone."""
        return [
            Locality(pk=each.number, code=each.place or "", slug=each.group, ended_on=each.closed)
            for each in self.of_kind("locality")
        ]

    @cached_property
    def groups(self) -> tuple[GroupKind, ...]:
        """The groups that the partnership knows."""
        own = (
            GroupKind(each.group, each.title, each.body or "", each.shown or "", each.one, each.two, own=True)
            for each in self.of_kind("kind")
        )
        return in_order((*shipped_groups(self.today), *own))

    @cached_property
    def terms(self) -> tuple[Term, ...]:
        """Every term of every seat, and the seats that nobody was ever on."""
        return tuple(
            Term(each.number or 0, each.place or "", each.group, each.holder, each.starts, each.ends, each.closed)
            for each in self.of_kind("seat")
        )

    @cached_property
    def _seen(self) -> Seen:
        routes = tuple(
            Route(each.place or "", each.group, each.starts or self.today, each.ends) for each in self.of_kind("route")
        )
        return Seen(self.groups, self.terms, routes, self.today, self._warn_days)

    def voices(self, code: str) -> tuple[Voice, ...]:
        """Say which groups have a voice in a locality, or in the whole partnership's group ("")."""
        return cover(self._seen, code)

    def gaps(self, codes: Iterable[str]) -> dict[str, int]:
        """Count the groups without a voice in each locality."""
        return {code: count_gaps(voices) for code, voices in cover_all(self._seen, codes).items()}

    def leads(self, code: str) -> People:
        """Give today's lead, the deputies, and where there is no lead the next one."""
        terms = [
            LeadTerm(
                role=each.group, name=each.name or "", practice=each.title, cluster=each.body or "", is_gp=each.one,
                starts=each.starts, ends=each.ends,
            )
            for each in self.of_kind("lead") if each.place == code and each.starts and each.ends
        ]  # fmt: skip
        return people_among(terms, self.today)

    def seats(self, code: str) -> tuple[int, int]:
        """Count the seats of a group that there are today, and those of them on which somebody sits."""
        there = {each for each in self.terms if each.locality == code and _is_open(each.seat_closed, self.today)}
        return len({each.seat for each in there}), len({each.seat for each in there if runs_on(each, self.today)})

    @cached_property
    def seated(self) -> list[Seated]:
        """Who sits there today, in the order of the groups, each shown as they wish."""
        order = {each.code: (number, each.name) for number, each in enumerate(self.groups)}
        running = [each for each in self.of_kind("seat") if self._runs(each)]
        running.sort(key=lambda each: (order.get(each.group, (len(order), ""))[0], each.title))
        return [
            Seated(_shown(each), order.get(each.group, (0, each.group))[1])
            for each in running
            if each.holder is not None
        ]

    @cached_property
    def people(self) -> int:
        """How many sit there today; somebody with two seats counts once."""
        return len({each.holder for each in self.of_kind("seat") if each.holder is not None and self._runs(each)})

    def _runs(self, row: _Row) -> bool:
        begun = row.starts is not None and row.starts <= self.today
        return begun and (row.ends is None or row.ends >= self.today) and _is_open(row.closed, self.today)


def people_now(place: Place) -> PeopleNow:
    """Give the people of a locality as of today."""
    return PeopleNow(place.partnership, place.locality)


def _is_open(closed: dt.date | None, today: dt.date) -> bool:
    return closed is None or closed > today


def _shown(row: _Row) -> str:
    body = Organisation(name=row.body) if row.body else None
    return as_shown(Member(name=row.name or "", shown=row.shown or "", organisation=body))


def _union(partnership: Partnership, locality: Locality | None, today: dt.date) -> Iterable[Any]:
    leads = LeadTerm.objects.filter(locality__partnership=partnership, ends__gte=today)
    seats = Seat.objects.filter(partnership=partnership)
    routes = FeedRoute.objects.filter(partnership=partnership)
    if locality is not None:
        leads, seats = leads.filter(locality=locality), seats.filter(locality=locality)
        routes = routes.filter(Q(locality=locality) | Q(locality__isnull=True))
    places = Locality.objects.filter(partnership=partnership, **({"pk": locality.pk} if locality else {}))
    kinds = OwnKind.objects.filter(partnership=partnership, what=OwnKind.What.GROUP, retired_on__isnull=True)
    member = {name: F(f"terms__member__{path}") for name, path in _MEMBER.items()} if locality else {}
    return _rows(seats, "seat", title=F("name"), **_SEAT, **member).union(
        _rows(leads, "lead", place=F("locality__code"), group=F("role"), name=F("name"), title=F("practice"),
              body=F("cluster"), starts=F("starts"), ends=F("ends"), one=F("is_gp")),
        _rows(routes, "route", place=F("locality__code"), group=F("group"), starts=F("starts"), ends=F("ends")),
        _rows(places, "locality", place=F("code"), group=F("slug"), number=F("pk"), closed=F("ended_on")),
        _rows(kinds, "kind", group=F("code"), title=F("name"), body=F("why"), shown=F("within"), one=F("asked_for"),
              two=F("profession")),
        all=True,
    )  # fmt: skip


_SEAT = {
    "place": F("locality__code"),
    "group": F("group"),
    "number": F("pk"),
    "holder": F("terms__member"),
    "starts": F("terms__starts"),
    "ends": F("terms__ends"),
    "closed": F("closed_on"),
}
_MEMBER = {"name": "name", "shown": "shown", "body": "organisation__name"}


def _rows(found: QuerySet[Any], what: str, **columns: Any) -> QuerySet[Any, Any]:
    """Give rows of one kind with every column of the union, under names that no table has."""
    told = {"what": Value(what, output_field=CharField()), **_EMPTY, **columns}
    named = {f"the_{name}": told[name] for name in _Row._fields}
    rows: QuerySet[Any, Any] = found.order_by().annotate(**named).values_list(*named)
    return rows
