"""What the pages about groups that are spoken for show: one locality as a picture, all of them as a table."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode

from locality.members import GroupKind, State, Step, Voice, count_gaps, runs_on
from locality_web.core.models import Locality, Partnership, Person
from locality_web.core.permissions import Place, may
from locality_web.core.remembered import Memory
from locality_web.core.tables import Column, Table
from locality_web.core.words import count_of, join_words
from locality_web.members.access_names import as_shown
from locality_web.members.kinds import groups_of
from locality_web.members.meeting_models import Meeting, MeetingKind
from locality_web.members.places import address_at
from locality_web.members.queries import people_of
from locality_web.members.register_models import Approach, FeedRoute, SeatTerm
from locality_web.members.register_place import code_of
from locality_web.members.register_queries import coverage_of, coverage_of_all, localities_today, membership_terms

WORDS: Mapping[State, tuple[str, str]] = {
    "filled": ("●", "Has a voice"),
    "lapsing": ("◐", "Has a voice, ends soon"),
    "narrower": ("◑", "Through a group within it"),
    "feeds_in": ("→", "Feeds in by another route"),
    "lapsed": ("✕", "No voice any more"),
    "vacant": ("○", "No voice: the seat is vacant"),
    "no_seat": ("○", "No voice: there is no seat"),
}
"""How each state is shown: a sign, and what it means in words."""

STEPS: Mapping[Step, str] = {
    "extend": "Extend the term",
    "appoint": "Appoint somebody",
    "invite": "Invite somebody",
    "ask_interface": "Ask the third-sector interface",
    "name_route": "Name a feed-in route",
    "make_seat": "Make a seat",
}
_APPROACHES: Mapping[Step, str] = {"invite": Approach.Kind.INVITED, "ask_interface": Approach.Kind.INTERFACE}


@dataclass(frozen=True)
class Link:
    """Something to do about a gap: what, and where."""

    says: str
    address: str


@dataclass(frozen=True)
class Line:
    """One group of the picture.

    Args:
        voice: What coverage says.
        sign: The sign of its state.
        word: The state in words.
        says: More on it, in sentences.
        history: Who spoke for it, from when to when; names only for those who keep the register.
        approaches: What was done about the gap, for those who keep the register.
        routes: Feed-in routes that run.
        steps: What to do next, for those who keep the register.
    """

    voice: Voice
    sign: str
    word: str
    says: tuple[str, ...] = ()
    history: tuple[str, ...] = ()
    approaches: tuple[Approach, ...] = ()
    routes: tuple[FeedRoute, ...] = ()
    steps: tuple[Link, ...] = ()


def group_page(place: Place, person: Person | AnonymousUser) -> dict[str, Any]:
    """Show who plans in a locality: lead, groups, members as they wish to be shown, next meeting, how to join."""
    memory = Memory(place.partnership)
    voices = coverage_of(place, memory)
    keeps = may(person, "members.keep_register", place)
    names = {each.code: each.name for each in groups_of(place.partnership, memory)}
    terms = _terms(place)
    shelf = _Shelf(place, names, terms if keeps else [], _approaches(place) if keeps else [])
    shelf.vacant = _vacant(place, memory) if keeps else {}
    return {
        "lines": [_line(voice, shelf, keeps=keeps) for voice in voices],
        "asked": sum(each.group.asked_for for each in voices),
        "gaps": count_gaps(voices),
        "people": people_of(place.locality) if place.locality else {},
        "shown": shown_members(terms, names),
        "meeting": next_meeting(place),
        "keeps": keeps,
        "sees": keeps or may(person, "members.see_register", place),
    }


def _terms(place: Place) -> list[SeatTerm]:
    """Give all terms of a place's seats with their members; one query."""
    found = SeatTerm.objects.filter(seat__partnership=place.partnership, seat__locality=place.locality)
    return list(found.select_related("seat", "member__organisation"))


def _vacant(place: Place, memory: Memory) -> dict[str, int]:
    """Give a seat on which nobody sits today, by its group."""
    today, code = timezone.localdate(), code_of(place.locality)
    terms = [each for each in membership_terms(place.partnership, memory) if each.locality == code]
    held = {each.seat for each in terms if runs_on(each, today)}
    return {
        each.group: each.seat
        for each in reversed(terms)
        if each.seat not in held and not (each.seat_closed and each.seat_closed <= today)
    }


class _Shelf:
    """What the lines of a picture are made of besides the voices; terms and approaches for those who keep registers."""

    def __init__(
        self, place: Place, names: Mapping[str, str], terms: Sequence[SeatTerm], approaches: Sequence[Approach]
    ):
        self.place, self.names, self.approaches = place, names, approaches
        self.terms = {(each.seat_id, each.starts): each for each in terms}
        self.vacant: dict[str, int] = {}
        today = timezone.localdate()
        here = Q(locality=place.locality) | Q(locality__isnull=True)
        running = Q(ends__isnull=True) | Q(ends__gte=today)
        self.routes = list(place.partnership.feed_routes.filter(here, running, starts__lte=today))

    def address(self, name: str, **rest: Any) -> str:
        """Give the address of a page of the register here."""
        return address_at(self.place, name, **rest)


def _line(voice: Voice, shelf: _Shelf, *, keeps: bool) -> Line:
    sign, word = WORDS[voice.state]
    code = voice.group.code
    return Line(
        voice,
        sign,
        word,
        tuple(_sentences(voice, shelf.names)),
        tuple(_history(voice, shelf)),
        tuple(each for each in shelf.approaches if each.group == code),
        tuple(each for each in shelf.routes if each.group == code),
        tuple(_steps(voice, shelf)) if keeps else (),
    )


def _sentences(voice: Voice, names: Mapping[str, str]) -> Iterable[str]:
    if voice.holders:
        yield f"{count_of(len(voice.holders), 'person', 'people')} on {count_of(voice.seats, 'seat')}."
    if voice.narrower:
        spoken = join_words(names.get(each, each) for each in voice.narrower)
        yield f"A voice within it: {spoken}."
    if voice.state == "lapsed" and voice.until:
        yield f"The last term ended on {_day(voice.until)}."
    elif voice.until:
        yield f"{count_of(voice.lapsing, 'term')} with nobody to follow; the first ends on {_day(voice.until)}."
    if voice.begins:
        yield f"Somebody begins on {_day(voice.begins)}."
    if voice.vacant and voice.holders:
        yield f"{count_of(voice.vacant, 'seat')} vacant."


def _history(voice: Voice, shelf: _Shelf) -> Iterable[str]:
    for spell in voice.history:
        until = f"to {_day(spell.ends)}" if spell.ends else "on, without an end"
        term = shelf.terms.get((spell.seat, spell.starts))
        who = f"{term.member}: " if term else ""
        yield f"{who}from {_day(spell.starts)} {until}"


def _steps(voice: Voice, shelf: _Shelf) -> Iterable[Link]:
    for step in voice.steps:
        address = _where(step, voice, shelf)
        if address:
            yield Link(STEPS[step], address)


def _where(step: Step, voice: Voice, shelf: _Shelf) -> str:
    code = voice.group.code
    if step in _APPROACHES:
        return f"{shelf.address('approach_add')}?{urlencode({'group': code, 'kind': _APPROACHES[step]})}"
    if step == "name_route":
        return f"{shelf.address('route_add')}?{urlencode({'group': code})}"
    if step == "make_seat":
        return f"{shelf.address('seat_add')}?{urlencode({'group': code})}"
    if step == "extend":
        term = next(
            (shelf.terms.get((each.seat, each.starts)) for each in voice.history if each.ends == voice.until), None
        )
        return shelf.address("term_extend", term=term.pk) if term else ""
    seat = shelf.vacant.get(code)
    return shelf.address("seat_appoint", seat=seat) if seat else ""


def _approaches(place: Place) -> list[Approach]:
    return list(Approach.objects.filter(partnership=place.partnership, locality=place.locality))


@dataclass(frozen=True)
class ShownMember:
    """A member as everybody may read of them, and the group that they speak for."""

    says: str
    group: str


def shown_members(terms: Sequence[SeatTerm], names: Mapping[str, str]) -> list[ShownMember]:
    """Give who sits there today, each as they wish to be shown, in the order of the groups."""
    today = timezone.localdate()
    order = {code: number for number, code in enumerate(names)}
    running = [
        each
        for each in terms
        if each.starts <= today
        and (each.ends is None or each.ends >= today)
        and (each.seat.closed_on is None or each.seat.closed_on > today)
    ]
    found = sorted(running, key=lambda each: (order.get(each.seat.group, len(order)), each.seat.name))
    return [ShownMember(as_shown(each.member), names.get(each.seat.group, each.seat.group)) for each in found]


def next_meeting(place: Place) -> Meeting | None:
    """Give the next meeting of a place's group that everybody may know of."""
    coming = (Meeting.State.PLANNED, Meeting.State.CALLED)
    kept = place.partnership.meetings.filter(locality=place.locality, kind=MeetingKind.GROUP, public=True)
    return kept.filter(state__in=coming, starts__gte=timezone.now()).order_by("starts").first()


_SHORT: Mapping[State, str] = {
    "filled": "● voice",
    "lapsing": "◐ ends soon",
    "narrower": "◑ within it",
    "feeds_in": "→ feeds in",
    "lapsed": "✕ no more",
    "vacant": "○ vacant",
    "no_seat": "○ no seat",
}
NOBODY_ASKS = "not asked for"


def coverage_table(partnership: Partnership) -> tuple[Table, list[tuple[Locality, int]]]:
    """Give the table of groups and localities with the counts of gaps, and the gaps of each locality."""
    memory = Memory(partnership)
    localities = list(localities_today(partnership))
    found = coverage_of_all(partnership, memory)
    by_group = {code: {voice.group.code: voice for voice in voices} for code, voices in found.items()}
    groups = [each for each in groups_of(partnership, memory) if any(each.code in kept for kept in by_group.values())]
    rows = [_row(group, groups, [by_group[each.code].get(group.code) for each in localities]) for group in groups]
    gaps = [count_gaps(found[each.code]) for each in localities]
    table = Table(
        "Groups and localities",
        [Column("Group"), *(Column(each.name) for each in localities), Column("Gaps", "number")],
        rows,
        totals=["Gaps", *map(str, gaps), sum(gaps)],
        csv=reverse("members:coverage_csv", args=[partnership.slug]),
        note="A gap is a group that the guidance, or the partnership, asks for and that nobody speaks for.",
        empty="There are no localities yet.",
    )
    return table, list(zip(localities, gaps, strict=True))


def _row(group: GroupKind, groups: Sequence[GroupKind], voices: Sequence[Voice | None]) -> list[Any]:
    wider = {each.code: each.name for each in groups}
    name = f"{wider[group.within]}: {group.name}" if group.within in wider else group.name
    cells = [_SHORT[each.state] if each else NOBODY_ASKS for each in voices]
    return [name, *cells, sum(bool(each and each.is_gap) for each in voices)]


def _day(day: dt.date) -> str:
    return f"{day.day} {day:%B %Y}"
