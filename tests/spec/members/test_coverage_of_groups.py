"""Which groups have a voice in a locality, and what to do where one has none."""

import datetime as dt

import pytest

from locality.members import GroupKind, Route, Seen, Term, count_gaps, cover

CARERS = GroupKind("carers", "Carers", "HSCI 11.2-11.11", asked_for=True)
PRIMARY = GroupKind("other-primary-care", "Other professions of primary care", "HSCI 11.5", asked_for=True)
PHARMACY = GroupKind("pharmacy", "Pharmacists", "HSCI 11.5", within="other-primary-care", profession=True)
PUBS = GroupKind("public-houses", "Public houses", "They see people who see nobody else.", own=True)
GROUPS = (CARERS, PRIMARY, PHARMACY, PUBS)
TODAY = dt.date(2026, 11, 22)


def day(text):
    return dt.date.fromisoformat(text) if text else None


def term(seat, group, starts, ends=None, *, who=7, locality="leven", closed=None):
    return Term(seat, locality, group, who if starts else None, day(starts), day(ends), day(closed))


def seen(*terms, routes=(), groups=GROUPS):
    return {each.group.code: each for each in cover(Seen(groups, terms, routes, TODAY, warn_days=90), "leven")}


@pytest.mark.parametrize(
    ("seats", "state", "steps"),
    [
        ([(1, "2025-01-01", "2028-01-01")], "filled", ()),
        ([(1, "2025-01-01", None)], "filled", ()),
        ([(1, "2025-01-01", "2027-02-20")], "lapsing", ("extend", "invite", "ask_interface", "name_route")),
        ([(1, "2025-01-01", "2027-02-21")], "filled", ()),
        ([(1, "2025-01-01", "2027-01-31"), (1, "2027-02-01", "2029-01-31")], "filled", ()),
        ([(1, "2025-01-01", "2026-11-21")], "lapsed", ("appoint", "invite", "ask_interface", "name_route")),
        ([(1, None, None)], "vacant", ("appoint", "invite", "ask_interface", "name_route")),
        ([], "no_seat", ("invite", "ask_interface", "name_route", "make_seat")),
        ([(1, "2025-01-01", None), (2, None, None)], "filled", ("appoint",)),
        ([(1, "2025-01-01", None), (2, "2025-01-01", "2026-12-31")], "filled", ("extend",)),
    ],
)
def test_a_group_is_filled_lapsing_lapsed_vacant_or_without_a_seat(seats, state, steps):
    voice = seen(*(term(seat, "carers", starts, ends) for seat, starts, ends in seats))["carers"]

    assert (voice.state, voice.steps) == (state, steps)


def test_a_lapsed_group_says_until_when_it_had_a_voice_and_a_gap_who_is_to_come():
    voice = seen(term(1, "carers", "2023-01-01", "2025-12-31"), term(1, "carers", "2027-01-01", who=8))["carers"]

    assert (voice.state, voice.until, voice.begins) == ("lapsed", day("2025-12-31"), day("2027-01-01"))
    assert [(each.holder, each.starts, each.ends) for each in voice.history] == [
        (8, day("2027-01-01"), None),
        (7, day("2023-01-01"), day("2025-12-31")),
    ]


def test_a_seat_that_is_closed_gives_no_voice_and_stays_in_the_history():
    voice = seen(term(1, "carers", "2023-01-01", "2025-12-31", closed="2026-01-01"))["carers"]

    assert (voice.state, voice.seats, len(voice.history)) == ("lapsed", 0, 1)
    assert "appoint" not in voice.steps


def test_a_narrower_group_gives_its_wider_one_a_voice_and_says_so():
    found = seen(term(1, "pharmacy", "2025-01-01"))

    assert found["other-primary-care"].state == "narrower"
    assert found["other-primary-care"].narrower == ("pharmacy",)
    assert not found["other-primary-care"].is_gap


def test_a_wider_group_gives_its_narrower_one_none():
    pharmacy = GroupKind("pharmacy", "Pharmacists", "HSCI 11.5", within="other-primary-care", asked_for=True)
    found = seen(term(1, "other-primary-care", "2025-01-01"), groups=(PRIMARY, pharmacy))

    assert (found["other-primary-care"].state, found["pharmacy"].state) == ("filled", "no_seat")


def test_a_group_that_feeds_in_by_another_route_is_no_gap():
    here = Route("leven", "carers", day("2026-01-01"))
    everywhere = Route("", "other-primary-care", day("2026-01-01"))
    over = Route("leven", "pharmacy", day("2024-01-01"), day("2025-01-01"))
    found = seen(routes=(here, everywhere, over))

    assert (found["carers"].state, found["other-primary-care"].state) == ("feeds_in", "feeds_in")
    assert "pharmacy" not in found
    assert count_gaps(found.values()) == 0


def test_a_group_that_nobody_asks_for_is_shown_once_it_has_a_seat_and_is_never_a_gap():
    assert "public-houses" not in seen()
    assert seen(term(1, "public-houses", None))["public-houses"].state == "vacant"
    assert not seen(term(1, "public-houses", None))["public-houses"].is_gap


def test_seats_elsewhere_give_no_voice_here():
    found = seen(term(1, "carers", "2025-01-01", locality="cupar"), term(2, "carers", "2025-01-01", locality=""))

    assert (found["carers"].state, count_gaps(found.values())) == ("no_seat", 2)


def test_the_whole_partnerships_group_has_the_groups_that_have_seats_there():
    terms = (term(1, "carers", None, locality=""),)
    found = cover(Seen(GROUPS, terms, (), TODAY, warn_days=90), "")

    assert [(each.group.code, each.state, each.is_gap) for each in found] == [("carers", "vacant", False)]
