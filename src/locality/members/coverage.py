"""Which groups have a voice in a locality, since when, through whom, and what to do where one has none."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from locality.members.kinds import GroupKind
from locality.members.membership import Route, Term
from locality.members.terms import runs_on

State = Literal["filled", "lapsing", "narrower", "feeds_in", "lapsed", "vacant", "no_seat"]
Step = Literal["extend", "appoint", "invite", "ask_interface", "name_route", "make_seat"]

GAPS: tuple[State, ...] = ("lapsed", "vacant", "no_seat")
"""The states in which nobody speaks for a group."""

_ASK: tuple[Step, ...] = ("invite", "ask_interface", "name_route")
_STEPS: dict[State, tuple[Step, ...]] = {
    "filled": (),
    "lapsing": ("extend", *_ASK),
    "narrower": (),
    "feeds_in": ("invite", "ask_interface"),
    "lapsed": ("appoint", *_ASK),
    "vacant": ("appoint", *_ASK),
    "no_seat": (*_ASK, "make_seat"),
}


@dataclass(frozen=True)
class Spell:
    """Somebody spoke for a group: on which seat, who (a number), from when to when (None: no end is set)."""

    seat: int
    holder: int
    starts: dt.date
    ends: dt.date | None = None


@dataclass(frozen=True)
class Voice:
    """How one group is spoken for in one locality on one day.

    Args:
        locality: Code; empty: the whole partnership's group.
        group: The group.
        state: filled; lapsing: every holder's term ends soon and nobody follows; narrower: somebody speaks for a
            group within it; feeds_in: by another route; lapsed: somebody spoke for it before; vacant: a seat on which
            nobody ever sat; no_seat.
        seats: How many seats are open on the day.
        vacant: On how many of them nobody sits.
        lapsing: How many are held by a term that ends soon with nobody to follow.
        holders: Numbers of those who speak for it, in order of their seats.
        until: The last day of the first term that lapses; of a lapsed group, the last day on which it had a voice.
        begins: The first day of the next term to come, where nobody sits there yet.
        narrower: Codes of the groups within it that have a voice.
        routes: How many feed-in routes run.
        history: Every term, the newest first.
        steps: What to do next, the likeliest first; empty where nothing is to be done.
    """

    locality: str
    group: GroupKind
    state: State
    seats: int = 0
    vacant: int = 0
    lapsing: int = 0
    holders: tuple[int, ...] = ()
    until: dt.date | None = None
    begins: dt.date | None = None
    narrower: tuple[str, ...] = ()
    routes: int = 0
    history: tuple[Spell, ...] = ()
    steps: tuple[Step, ...] = ()

    @property
    def is_gap(self) -> bool:
        """Whether nobody speaks for a group that is to have a voice."""
        return self.group.asked_for and self.state in GAPS

    @property
    def has_voice(self) -> bool:
        """Whether somebody of the group itself sits there."""
        return self.state in ("filled", "lapsing")


@dataclass(frozen=True)
class Seen:
    """What coverage is seen from.

    Args:
        groups: The groups that are known, in the order in which they are shown.
        terms: All terms, and seats that nobody was ever on.
        routes: Feed-in routes.
        on: The day.
        warn_days: How many days before its end a term counts as lapsing.
    """

    groups: Sequence[GroupKind]
    terms: Iterable[Term]
    routes: Iterable[Route]
    on: dt.date
    warn_days: int


def cover(seen: Seen, locality: str) -> tuple[Voice, ...]:
    """Say which groups have a voice in a locality.

    Args:
        seen: Groups, terms, routes and the day.
        locality: Its code; empty: the whole partnership's group, of which no group is asked for.

    Returns:
        One voice for each group that is asked for, has or had a seat, or has a route; in the order of the groups. A
        group within another gives the wider one a voice, and not the other way round.
    """
    return cover_all(seen, (locality,))[locality]


def cover_all(seen: Seen, localities: Iterable[str]) -> dict[str, tuple[Voice, ...]]:
    """Say which groups have a voice in each of several localities.

    Args:
        seen: As for one.
        localities: Their codes.

    Returns:
        Voices by code of the locality, as `cover` gives them.
    """
    by_place: dict[tuple[str, str], list[Term]] = defaultdict(list)
    for term in seen.terms:
        by_place[term.locality, term.group].append(term)
    running = [each for each in seen.routes if each.starts <= seen.on and (each.ends is None or seen.on <= each.ends)]
    return {code: _of_locality(seen, code, by_place, running) for code in localities}


def count_gaps(voices: Iterable[Voice]) -> int:
    """Count the groups that are to have a voice and have none.

    Args:
        voices: What `cover` gave.

    Returns:
        How many.
    """
    return sum(each.is_gap for each in voices)


def _of_locality(
    seen: Seen, locality: str, terms: Mapping[tuple[str, str], list[Term]], routes: Sequence[Route]
) -> tuple[Voice, ...]:
    own: dict[str, Voice] = {}
    for group in seen.groups:
        held = terms.get((locality, group.code), [])
        fed = sum(each.group == group.code and each.locality in ("", locality) for each in routes)
        wanted = replace(group, asked_for=group.asked_for and bool(locality))
        if held or wanted.asked_for or (fed and locality):
            own[group.code] = _of_group(seen, Voice(locality, wanted, "no_seat", routes=fed), held)
    return tuple(_lent(voice, own.values()) for voice in own.values())


def _of_group(seen: Seen, bare: Voice, terms: Sequence[Term]) -> Voice:
    seats: dict[int, list[Term]] = defaultdict(list)
    for term in terms:
        if term.seat_closed is None or term.seat_closed > seen.on:
            seats[term.seat].append(term)
    held = {seat: found for seat, each in seats.items() if (found := _running(each, seen.on))}
    soon = [found for seat, found in held.items() if _lapses(found, seats[seat], seen)]
    ends = [each.ends for each in soon if each.ends is not None]
    voice = replace(
        bare,
        seats=len(seats),
        vacant=len(seats) - len(held),
        lapsing=len(soon),
        holders=tuple(each.holder for _, each in sorted(held.items()) if each.holder is not None),
        until=min(ends, default=None),
        history=_history(terms),
    )
    return _with_state(voice, seen.on)


def _with_state(voice: Voice, on: dt.date) -> Voice:
    """Say what the seats come to: whoever sits there counts before a route, and a route before what was."""
    if voice.holders and voice.lapsing == len(voice.holders):
        return replace(voice, state="lapsing", steps=_STEPS["lapsing"])
    if voice.holders:
        wanted: dict[Step, int] = {"extend": voice.lapsing, "appoint": voice.vacant}
        return replace(voice, state="filled", steps=tuple(step for step, count in wanted.items() if count))
    to_come = [each.starts for each in voice.history if each.starts > on]
    over = [each.ends for each in voice.history if each.ends is not None and each.ends < on]
    state: State = "feeds_in" if voice.routes else "lapsed" if over else "vacant" if voice.seats else "no_seat"
    steps = tuple(each for each in _STEPS[state] if voice.seats or each != "appoint")
    last = max(over, default=None) if state == "lapsed" else None
    return replace(voice, state=state, steps=steps, begins=min(to_come, default=None), until=last)


def _lent(voice: Voice, others: Iterable[Voice]) -> Voice:
    """Give a group the voice of those within it, where nobody sits there for the group itself."""
    within = tuple(each.group.code for each in others if each.group.within == voice.group.code and each.has_voice)
    if not within:
        return voice
    if voice.has_voice:
        return replace(voice, narrower=within)
    return replace(voice, state="narrower", narrower=within, steps=_STEPS["narrower"])


def _running(terms: Iterable[Term], on: dt.date) -> Term | None:
    return next((each for each in terms if runs_on(each, on)), None)


def _lapses(term: Term, of_seat: Iterable[Term], seen: Seen) -> bool:
    if term.ends is None or term.ends > seen.on + dt.timedelta(days=seen.warn_days):
        return False
    return not any(each.starts is not None and each.starts > term.ends for each in of_seat)


def _history(terms: Iterable[Term]) -> tuple[Spell, ...]:
    spells = [
        Spell(each.seat, each.holder, each.starts, each.ends)
        for each in terms
        if each.holder is not None and each.starts is not None
    ]
    return tuple(sorted(spells, key=lambda each: (each.starts, each.seat), reverse=True))
