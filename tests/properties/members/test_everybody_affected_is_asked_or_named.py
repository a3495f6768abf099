"""Whatever seats, terms and routes there are: a profession is asked, or named as one that nobody can be asked for."""

import datetime as dt

from hypothesis import given
from hypothesis import strategies as st

from locality.members import (
    Feed,
    GroupKind,
    LiaisonTerm,
    PracticeHere,
    Term,
    Voices,
    is_late,
    last_day_to_announce,
    notice_given,
    practice_gaps,
    practice_voices,
    who_is_asked,
)

START = dt.date(2026, 1, 1)
GROUPS = tuple(
    GroupKind(code, code, "", within=within, profession=True)
    for code, within in (("wide", ""), ("a", "wide"), ("b", "wide"), ("alone", ""))
)
CODES = st.sampled_from([each.code for each in GROUPS])
PLACES = st.sampled_from(["", "east", "west"])
DAYS = st.integers(0, 60).map(lambda number: START + dt.timedelta(days=number))
ENDS = st.none() | DAYS
SEATS = st.builds(
    Term, st.integers(1, 9), PLACES, CODES, st.none() | st.integers(1, 9), starts=DAYS, ends=ENDS, seat_closed=ENDS
)
FEEDS = st.builds(Feed, st.integers(1, 9), PLACES, CODES, st.integers(1, 9), starts=DAYS, ends=ENDS)
VOICES = st.builds(Voices, st.just(GROUPS), st.lists(SEATS, max_size=8), st.lists(FEEDS, max_size=5))


@given(st.lists(CODES, max_size=4), VOICES, PLACES, DAYS)
def test_each_profession_is_asked_or_named_and_nobody_is_asked_twice(professions, voices, locality, on):
    asking = who_is_asked(professions, voices, locality=locality, on=on)

    assert len({(each.group, each.member) for each in asking.asked}) == len(asking.asked)
    told = {each.group: on for each in asking.asked}
    unheard = [each.group for each in notice_given(professions, told, GROUPS, decided=on) if each.days is None]
    assert unheard == list(asking.nobody)


@given(st.lists(CODES, min_size=1, max_size=4), VOICES, PLACES, DAYS)
def test_only_those_are_asked_who_sit_or_stand_for_a_route_on_that_day(professions, voices, locality, on):
    sitting = {
        (each.group, each.holder) for each in voices.seats if each.starts <= on and (not each.ends or on <= each.ends)
    }
    routes = {
        (each.group, each.member) for each in voices.feeds if each.starts <= on and (not each.ends or on <= each.ends)
    }

    for each in who_is_asked(professions, voices, locality=locality, on=on).asked:
        assert (each.group, each.member) in (sitting if each.route is None else routes)


@given(DAYS, st.integers(1, 180))
def test_whoever_is_told_on_the_last_day_is_in_time_and_a_day_later_late(due, days):
    latest = last_day_to_announce(due, days)
    one_more = latest + dt.timedelta(days=1)

    assert not is_late((due - latest).days, days)
    assert is_late((due - one_more).days, days)


TERMS = st.builds(LiaisonTerm, st.integers(1, 5), DAYS, ENDS, st.none() | st.integers(1, 4), st.sampled_from("XY"))
PRACTICES = st.lists(
    st.builds(PracticeHere, st.integers(1, 4), st.just("P"), st.sampled_from(["", "X", "Y"]), PLACES),
    max_size=4,
    unique_by=lambda each: each.practice,
)


@given(PRACTICES, st.lists(TERMS, max_size=6), st.sampled_from(["practice", "cluster"]), DAYS)
def test_a_practice_or_cluster_is_a_gap_exactly_when_no_term_runs(practices, terms, by, on):
    named = [PracticeHere(each.practice, f"P{each.practice}", each.cluster, each.locality) for each in practices]
    gaps = {(each.locality, each.name) for each in practice_gaps(practice_voices(named, terms, by), on)}

    for each in named:
        cluster = each.cluster if by == "cluster" else ""
        mine = [
            t
            for t in terms
            if (t.practice is None and t.cluster == cluster if cluster else t.practice == each.practice)
        ]
        runs = any(term.starts <= on and (term.ends is None or on <= term.ends) for term in mine)
        assert ((each.locality, cluster or each.name) in gaps) == (not runs)
