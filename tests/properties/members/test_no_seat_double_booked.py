"""Whatever is accepted of appointing, extending, ending and leaving: on no day does a seat have two holders."""

from __future__ import annotations

import datetime as dt

from hypothesis import given
from hypothesis import strategies as st

from locality.foundations import InputRefused
from locality.members import (
    Term,
    appoint_to_seat,
    close_seat,
    end_term,
    extend_term,
    holder_on,
    leave_seats,
    runs_on,
)

FIRST = dt.date(2026, 1, 1)
DAYS = [FIRST + dt.timedelta(days=number) for number in range(12)]
SEATS, PEOPLE = (1, 2), (7, 8, 9)
day = st.sampled_from(DAYS)
steps = st.lists(
    st.tuples(
        st.sampled_from(["appoint", "extend", "end", "leave", "close"]),
        st.sampled_from(SEATS),
        st.sampled_from(PEOPLE),
        day,
        st.none() | day,
        st.integers(0, 5),
    ),
    max_size=25,
)


def take(terms, step):
    what, seat, who, one, other, which = step
    held = [each for each in terms if each.holder is not None]
    closed = next((each.seat_closed for each in terms if each.seat == seat and each.seat_closed), None)
    if what == "appoint":
        return appoint_to_seat(terms, Term(seat, "leven", "carers", who, one, other, closed))
    if what == "leave":
        return leave_seats(terms, who, one)
    if what == "close":
        return close_seat(terms, seat, one)
    if not held:
        return terms
    term = held[which % len(held)]
    return extend_term(terms, term, other) if what == "extend" else end_term(terms, term, one)


def sitting(terms, seat, on):
    return [each.holder for each in terms if each.seat == seat and runs_on(each, on)]


@given(steps)
def test_a_seat_has_one_holder_on_any_day(steps):
    terms: tuple[Term, ...] = ()
    for step in steps:
        before = terms
        try:
            terms = take(terms, step)
        except InputRefused:
            assert terms == before
        for seat in SEATS:
            for on in [*DAYS, DAYS[-1] + dt.timedelta(days=400)]:
                holders = sitting(terms, seat, on)
                assert len(holders) <= 1
                assert holder_on(terms, seat, on) == (holders[0] if holders else None)


@given(steps, st.sampled_from(PEOPLE), day)
def test_whoever_left_sits_nowhere_from_that_day_on_and_nobody_else_lost_a_day(steps, who, on):
    terms: tuple[Term, ...] = ()
    for step in steps:
        try:
            terms = take(terms, step)
        except InputRefused:
            continue
    after = leave_seats(terms, who, on)
    for seat in SEATS:
        for each in DAYS:
            was, now = holder_on(terms, seat, each), holder_on(after, seat, each)
            assert now == (None if was == who and each >= on else was)


@given(steps)
def test_terms_begin_before_they_end_and_end_before_their_seat_closes(steps):
    terms: tuple[Term, ...] = ()
    for step in steps:
        try:
            terms = take(terms, step)
        except InputRefused:
            continue
    for term in terms:
        assert term.ends is None or term.starts <= term.ends
        assert term.seat_closed is None or (term.ends is not None and term.ends < term.seat_closed)
