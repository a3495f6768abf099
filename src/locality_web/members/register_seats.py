"""What people may do about seats: make one, put somebody on it, let a term last longer or end it, close the seat."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from locality.foundations import Fault, InputRefused
from locality.members import Term, appoint_to_seat, close_seat, end_term, extend_term
from locality_web.core.audit import record_event
from locality_web.core.models import Person
from locality_web.core.permissions import Place, require
from locality_web.members.kinds import groups_of, name_of_group
from locality_web.members.register_models import Member, Seat, SeatTerm
from locality_web.members.register_place import code_of, lock, seats_of

_KEEP = "members.keep_register"
_SINGULAR = "{group}"
_NUMBERED = "{group}, seat {number}"


@dataclass(frozen=True)
class Sitting:
    """From when to when somebody sits on a seat, and how they were chosen.

    Args:
        starts: First day.
        chosen: How they were chosen, a code.
        ends: Last day; None: no end is set.
        says: More on how they were chosen.
    """

    starts: dt.date
    chosen: str
    ends: dt.date | None = None
    says: str = ""


@transaction.atomic
def make_seat(by: Person, place: Place, *, group: str, name: str = "", votes: bool = True) -> Seat:
    """Make a seat for a group; without a name it gets the group's.

    Raises:
        NotAllowed: The person may not.
        InputRefused: The group is not known, or an open seat has that name.
    """
    require(by, _KEEP, place)
    lock(place)
    faults = seat_faults(place, group, name)
    if faults:
        raise InputRefused(faults)
    seat = Seat.objects.create(
        partnership=place.partnership,
        locality=place.locality,
        group=group,
        name=name.strip() or next_name(place, group),
        votes=votes,
    )
    says = f"Made seat {seat.pk} for {name_of_group(place.partnership, group)} in {place.name}"
    record_event(
        by, "members.seat_made", says, place=place, subject=f"seat:{seat.pk}", detail={"group": group, "votes": votes}
    )
    return seat


def seat_faults(place: Place, group: str, name: str) -> list[Fault]:
    """Say why a seat cannot be made."""
    if group not in {each.code for each in groups_of(place.partnership)}:
        what = "The group is not known here"
        return [Fault("group", what, "Choose a group of the list.", "group-unknown", column="group")]
    if name.strip() and seats_of(place).filter(name__iexact=name.strip(), closed_on__isnull=True).exists():
        what = f"There is a seat “{name.strip()}” already"
        return [Fault("name", what, "Give the seat another name.", "seat-name-twice", column="seat_name")]
    return []


def next_name(place: Place, group: str) -> str:
    """Name the next seat of a group: "Carers", then "Carers, seat 2"."""
    name = name_of_group(place.partnership, group)
    taken = {each.casefold() for each in seats_of(place).values_list("name", flat=True)}
    number, found = 1, _SINGULAR.format(group=name)
    while found.casefold() in taken:
        number += 1
        found = _NUMBERED.format(group=name, number=number)
    return found


@transaction.atomic
def seat_member(by: Person, place: Place, seat: Seat, *, member: Member, sitting: Sitting) -> SeatTerm:
    """Put a member on a seat.

    Raises:
        NotAllowed: The person may not.
        InputRefused: Somebody sits there on a day of the term, the seat is closed, the days are at odds, or the member
            is no more on the register.
    """
    require(by, _KEEP, place)
    lock(place)
    _refuse_if_gone(member)
    terms = tuple(as_library(each) for each in seat.terms.all())
    bare = Term(seat.pk, code_of(seat.locality), seat.group, member.pk, sitting.starts, sitting.ends, seat.closed_on)
    appoint_to_seat(terms, bare)
    term = SeatTerm.objects.create(
        seat=seat,
        member=member,
        starts=sitting.starts,
        ends=sitting.ends,
        chosen=sitting.chosen,
        says=sitting.says.strip(),
        given_by=by,
        given_at=timezone.now(),
    )
    _record_term(by, place, term, "members.seated", f"Put member {member.pk} onto seat {seat.pk}")
    return term


@transaction.atomic
def extend_sitting(by: Person, place: Place, term: SeatTerm, *, ends: dt.date | None, reason: str) -> None:
    """Let a term on a seat last longer; no day: without an end.

    Raises:
        NotAllowed: The person may not.
        InputRefused: It lasts as long already, or somebody follows by then.
    """
    _change(by, place, term, ends=ends, reason=reason, rule=extend_term)
    _record_term(by, place, term, "members.seat_extended", f"Extended the term of member {term.member_id}")


@transaction.atomic
def end_sitting(by: Person, place: Place, term: SeatTerm, *, ends: dt.date, reason: str) -> None:
    """End a term on a seat earlier than it would.

    Raises:
        NotAllowed: The person may not.
        InputRefused: The day is not within the term.
    """
    _change(by, place, term, ends=ends, reason=reason, rule=end_term)
    _record_term(by, place, term, "members.seat_ended", f"Ended the term of member {term.member_id}")


@transaction.atomic
def shut_seat(by: Person, place: Place, seat: Seat, *, closed_on: dt.date) -> None:
    """Close a seat on which nobody sits any more; its history stays.

    Raises:
        NotAllowed: The person may not.
        InputRefused: Somebody sits on it on that day or later, or it was made later.
    """
    require(by, _KEEP, place)
    lock(place)
    close_seat((as_library(each) for each in seat.terms.all()), seat.pk, closed_on)
    if closed_on < seat.made_on:
        what = "The seat was made after that day"
        raise InputRefused([Fault("seat", what, "Choose a later day.", "seat-not-made-yet", column="closed_on")])
    seat.closed_on = closed_on
    seat.save(update_fields=["closed_on"])
    says = f"Closed seat {seat.pk} ({name_of_group(place.partnership, seat.group)}) in {place.name}"
    record_event(
        by, "members.seat_closed", says, place=place, subject=f"seat:{seat.pk}", detail={"from": str(closed_on)}
    )


def as_library(term: SeatTerm) -> Term:
    """Give a term as the library knows it."""
    seat = term.seat
    return Term(seat.pk, code_of(seat.locality), seat.group, term.member_id, term.starts, term.ends, seat.closed_on)


def _change(
    by: Person, place: Place, term: SeatTerm, *, ends: dt.date | None, reason: str, rule: Callable[..., object]
) -> None:
    require(by, _KEEP, place)
    lock(place)
    term.refresh_from_db(fields=["ends", "says"])
    rule(tuple(as_library(each) for each in term.seat.terms.all()), as_library(term), ends)
    term.ends = ends
    term.says = "\n".join(part for part in (term.says, reason.strip()) if part)
    term.save(update_fields=["ends", "says"])


def _refuse_if_gone(member: Member) -> None:
    if member.left_on is not None:
        what = "This member has left the register"
        do = "Add the person again."
        raise InputRefused([Fault("member", what, do, "member-left", column="member")])


def _record_term(by: Person, place: Place, term: SeatTerm, kind: str, says: str) -> None:
    group = name_of_group(place.partnership, term.seat.group)
    until = f"to {term.ends.day} {term.ends:%B %Y}" if term.ends else "on, without an end"
    record_event(
        by,
        kind,
        f"{says} ({group}) in {place.name}: from {term.starts.day} {term.starts:%B %Y} {until}",
        place=place,
        subject=f"seat:{term.seat_id}",
        detail={"member": term.member_id, "from": str(term.starts), "to": str(term.ends or "")},
    )
