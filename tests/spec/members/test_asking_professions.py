"""Who is asked of a decision, how long before, and who was told too late."""

import datetime as dt

from locality.members import (
    Asked,
    Feed,
    GroupKind,
    NoticeGiven,
    Term,
    ToAsk,
    Voices,
    is_late,
    last_day_to_announce,
    late_ones,
    notice_given,
    who_is_asked,
)

TODAY = dt.date(2026, 11, 22)
LONG_AGO = dt.date(2020, 1, 1)
GROUPS = (
    GroupKind("other-primary-care", "Other primary care", "", profession=True),
    GroupKind("pharmacy", "Pharmacists", "", within="other-primary-care", profession=True),
    GroupKind("dentistry", "Dentists", "", within="other-primary-care", profession=True),
    GroupKind("housing", "Housing", "", profession=True),
)


def seat(number, locality, group, holder, **more):
    return Term(number, locality, group, holder, **{"starts": LONG_AGO, **more})


def feed(number, locality, group, member, **more):
    return Feed(number, locality, group, member, **{"starts": LONG_AGO, **more})


def ask(*professions, seats=(), feeds=(), locality="leven", on=TODAY):
    return who_is_asked(professions, Voices(GROUPS, seats, feeds), locality=locality, on=on)


def test_those_who_sit_for_a_profession_in_the_locality_are_asked():
    #        seat  locality   group      holder
    seats = (
        seat(1, "leven", "pharmacy", 11),
        seat(2, "leven", "pharmacy", 12),
        seat(3, "kirkcaldy", "pharmacy", 13),
    )  # fmt: skip
    assert ask("pharmacy", seats=seats).asked == (ToAsk("pharmacy", 11), ToAsk("pharmacy", 12))


def test_a_profession_without_a_seat_is_asked_through_its_route_that_of_the_locality_first():
    feeds = (feed(7, "", "pharmacy", 21), feed(8, "leven", "pharmacy", 22))

    assert ask("pharmacy", feeds=feeds).asked == (ToAsk("pharmacy", 22, route=8),)
    assert ask("pharmacy", feeds=feeds, locality="kirkcaldy").asked == (ToAsk("pharmacy", 21, route=7),)


def test_a_route_is_not_asked_where_somebody_sits():
    found = ask("pharmacy", seats=[seat(1, "leven", "pharmacy", 11)], feeds=[feed(7, "", "pharmacy", 21)])
    assert found.asked == (ToAsk("pharmacy", 11),)


def test_a_profession_with_neither_seat_nor_route_is_named():
    assert ask("pharmacy", "housing", feeds=[feed(7, "", "housing", 21)]).nobody == ("pharmacy",)


def test_a_seat_that_is_empty_closed_or_whose_term_is_over_asks_nobody():
    seats = (
        Term(1, "leven", "pharmacy"),
        seat(2, "leven", "pharmacy", 12, ends=dt.date(2026, 11, 21)),
        seat(3, "leven", "pharmacy", 13, seat_closed=TODAY),
        seat(4, "leven", "pharmacy", 14, starts=dt.date(2026, 11, 23)),
    )
    assert ask("pharmacy", seats=seats) == ask("pharmacy")
    assert ask("pharmacy", seats=seats, on=dt.date(2026, 11, 21)).asked[0] == ToAsk("pharmacy", 12)


def test_a_wider_group_takes_in_the_professions_within_it():
    found = ask("other-primary-care", seats=[seat(1, "leven", "dentistry", 11)], feeds=[feed(7, "", "pharmacy", 21)])

    assert found.asked == (ToAsk("pharmacy", 21, route=7), ToAsk("dentistry", 11))
    assert found.nobody == ()


def test_the_wider_group_is_asked_for_a_profession_that_has_nobody_itself():
    found = ask("pharmacy", seats=[seat(1, "leven", "other-primary-care", 11)])
    assert found.asked == (ToAsk("other-primary-care", 11),)


def test_a_decision_of_the_whole_partnership_asks_its_own_group_first_and_otherwise_those_of_the_localities():
    local = [seat(1, "leven", "housing", 11), seat(2, "kirkcaldy", "housing", 12)]

    assert [each.member for each in ask("housing", seats=local, locality="").asked] == [11, 12]
    assert [each.member for each in ask("housing", seats=[*local, seat(3, "", "housing", 13)], locality="").asked] == [
        13
    ]


def test_the_last_day_on_which_professions_are_told_in_time():
    assert last_day_to_announce(dt.date(2026, 12, 24), 28) == dt.date(2026, 11, 26)
    assert [is_late(days, 28) for days in (29, 28, 27, 0, None)] == [False, False, True, True, True]


def test_each_group_has_the_days_since_it_was_told_itself():
    decided = dt.date(2026, 12, 24)
    told = {"pharmacy": dt.date(2026, 11, 26), "dentistry": dt.date(2026, 12, 10)}

    assert notice_given(["other-primary-care", "housing"], told, GROUPS, decided=decided) == (
        NoticeGiven("pharmacy", 28),
        NoticeGiven("dentistry", 14),
        NoticeGiven("housing", None),
    )


def test_a_profession_for_which_its_wider_group_was_told_is_not_missing():
    told = {"other-primary-care": TODAY}
    assert notice_given(["pharmacy"], told, GROUPS, decided=TODAY) == (NoticeGiven("other-primary-care", 0),)


def test_professions_that_were_told_too_late_or_not_at_all_are_found():
    asked = [Asked("leven", 1, "pharmacy", 28), Asked("leven", 1, "dentistry", 27), Asked("leven", 1, "housing", None)]
    assert [each.group for each in late_ones(asked, 28)] == ["dentistry", "housing"]
