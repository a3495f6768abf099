"""Who sits where: a seat has one holder on any day, and a term is changed only into one that keeps this so."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import replace

from locality.foundations import Fault, InputRefused, say_day
from locality.members.membership import Term

_DAY = dt.timedelta(days=1)


def holder_on(terms: Iterable[Term], seat: int, day: dt.date) -> int | None:
    """Say who sits on a seat on a day.

    Args:
        terms: Terms of any seats.
        seat: Number of the seat.
        day: The day.

    Returns:
        Number of the holder; None: nobody.
    """
    return next((each.holder for each in terms if each.seat == seat and runs_on(each, day)), None)


def runs_on(term: Term, day: dt.date) -> bool:
    """Say whether somebody sits by a term on a day.

    Args:
        term: The term.
        day: The day.

    Returns:
        Whether there is a holder, the term has begun, is not over, and the seat is there.
    """
    if term.holder is None or term.starts is None or (term.seat_closed and term.seat_closed <= day):
        return False
    return term.starts <= day and (term.ends is None or day <= term.ends)


def appoint_to_seat(terms: Iterable[Term], new: Term) -> tuple[Term, ...]:
    """Put somebody on a seat.

    Args:
        terms: The terms so far, of any seats.
        new: The term, with holder and first day.

    Returns:
        All terms with the new one; on no day does a seat have two holders.

    Raises:
        InputRefused: Every reason: it ends before it starts, the seat is closed, somebody sits there on a day of it.
    """
    kept = tuple(terms)
    _refuse(_faults(kept, new))
    return (*kept, new)


def extend_term(terms: Iterable[Term], term: Term, ends: dt.date | None) -> tuple[Term, ...]:
    """Let a term last longer.

    Args:
        terms: The terms so far.
        term: Which of them.
        ends: Its new last day; None: no end is set.

    Returns:
        All terms with the longer one in place of the old one.

    Raises:
        InputRefused: It lasts as long already, or somebody follows on that seat by then.
    """
    others = _without(terms, term)
    longer = replace(term, ends=ends)
    faults = _faults(others, longer, column="ends")
    if term.ends is None or (ends is not None and ends <= term.ends):
        until = f"until {_say(term.ends)}" if term.ends else "without an end"
        faults.append(_fault("ends", f"The term lasts {until} already", "Write a later day.", "seat-term-not-longer"))
    _refuse(faults)
    return (*others, longer)


def end_term(terms: Iterable[Term], term: Term, ends: dt.date) -> tuple[Term, ...]:
    """End a term earlier than it would.

    Args:
        terms: The terms so far.
        term: Which of them.
        ends: Its new last day.

    Returns:
        All terms with the shorter one in place of the old one.

    Raises:
        InputRefused: The day is before the term began, or after it ends anyway.
    """
    assert term.starts is not None, "a seat that nobody sits on has no term to end"
    if ends < term.starts or (term.ends is not None and ends > term.ends):
        until = f" to {_say(term.ends)}" if term.ends else " on, without an end"
        what = f"The term lasts from {_say(term.starts)}{until}"
        _refuse([_fault("ends", what, "Choose a day within it.", "seat-end-outside-term")])
    return (*_without(terms, term), replace(term, ends=ends))


def leave_seats(terms: Iterable[Term], holder: int, on: dt.date) -> tuple[Term, ...]:
    """Let somebody leave every seat.

    Args:
        terms: The terms so far.
        holder: Who leaves.
        on: The first day on which they sit nowhere.

    Returns:
        All terms: those of the holder end on the day before; those that would begin later are gone.
    """
    return tuple(
        _ended_before(each, on) if each.holder == holder else each
        for each in terms
        if each.holder != holder or each.starts is None or each.starts < on
    )


def close_seat(terms: Iterable[Term], seat: int, on: dt.date) -> tuple[Term, ...]:
    """Close a seat on which nobody sits any more.

    Args:
        terms: The terms so far.
        seat: Number of the seat.
        on: The first day on which it is no more.

    Returns:
        All terms, those of the seat with the day on which it closes.

    Raises:
        InputRefused: Somebody sits on it on that day or later.
    """
    kept = tuple(terms)
    sitting = [each for each in kept if each.seat == seat and each.holder is not None and not _over_before(each, on)]
    if sitting:
        what = f"Somebody sits on the seat on {_say(on)} or later"
        _refuse([_fault("closed_on", what, "End that term first, or choose a later day.", "seat-still-held")])
    return tuple(replace(each, seat_closed=on) if each.seat == seat else each for each in kept)


def _ended_before(term: Term, on: dt.date) -> Term:
    return term if _over_before(term, on) else replace(term, ends=on - _DAY)


def _over_before(term: Term, on: dt.date) -> bool:
    return term.ends is not None and term.ends < on


def _faults(terms: Iterable[Term], new: Term, column: str = "starts") -> list[Fault]:
    """Say why a term cannot stand beside others; `column` is the field of a form that the answer belongs to."""
    assert new.holder is not None, "a term has a holder"
    assert new.starts is not None, "a term has a first day"
    faults = []
    if new.ends is not None and new.ends < new.starts:
        what = "The last day is before the first day"
        faults.append(_fault("ends", what, "Write a later last day.", "seat-term-ends-early"))
    if new.seat_closed and (new.ends is None or new.ends >= new.seat_closed):
        what = f"The seat is closed from {_say(new.seat_closed)} on"
        faults.append(_fault("ends", what, "End the term before that day, or choose another seat.", "seat-closed"))
    return faults + [_overlap(each, column) for each in terms if each.seat == new.seat and _meet(each, new)]


def _meet(one: Term, other: Term) -> bool:
    if one.holder is None or one.starts is None or other.starts is None:
        return False
    return (one.ends is None or one.ends >= other.starts) and (other.ends is None or other.ends >= one.starts)


def _overlap(term: Term, column: str) -> Fault:
    assert term.starts is not None
    until = f"to {_say(term.ends)}" if term.ends else "on, without an end"
    what = f"Somebody sits on this seat from {_say(term.starts)} {until}"
    return _fault(column, what, "End that term first, or choose days outside it.", "seat-double-booked")


def _without(terms: Iterable[Term], term: Term) -> tuple[Term, ...]:
    kept = list(terms)
    kept.remove(term)
    return tuple(kept)


def _fault(column: str, what: str, do: str, code: str) -> Fault:
    return Fault("seat", what, do, code, column=column)


def _refuse(faults: list[Fault]) -> None:
    if faults:
        raise InputRefused(faults)


def _say(day: dt.date) -> str:
    return say_day(day.isoformat())
