"""Meetings come again at the same local time, whatever the clocks do."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest

from locality.foundations import InputRefused
from locality.members import (
    Pattern,
    first_occurrences,
    moment_of,
    move_meeting,
    occurrences,
    pattern_of,
    rule_of,
    say_rule,
)

LONDON = ZoneInfo("Europe/London")


def first(text: str) -> dt.datetime:
    return dt.datetime.fromisoformat(text).replace(tzinfo=LONDON)


def shown(moments) -> list[str]:
    return [f"{each:%a %d %b %H:%M} {each.astimezone(dt.UTC):%H:%M}" for each in moments]


def test_a_weekly_meeting_stays_at_half_past_six_when_the_clocks_go_back():
    found = occurrences("FREQ=WEEKLY;BYDAY=TU", first("2026-10-20T18:30"), dt.date(2026, 11, 3))
    #                                       local time    universal time
    assert shown(found) == ["Tue 20 Oct 18:30 17:30", "Tue 27 Oct 18:30 18:30", "Tue 03 Nov 18:30 18:30"]


def test_a_weekly_meeting_stays_at_half_past_six_when_the_clocks_go_forward():
    found = occurrences("FREQ=WEEKLY;BYDAY=SU", first("2027-03-21T18:30"), dt.date(2027, 4, 4))

    assert shown(found) == ["Sun 21 Mar 18:30 18:30", "Sun 28 Mar 18:30 17:30", "Sun 04 Apr 18:30 17:30"]


def test_a_time_that_the_clock_leaps_over_is_the_moment_to_which_it_leaps():
    assert shown([moment_of(dt.date(2027, 3, 28), dt.time(1, 30), "Europe/London")]) == ["Sun 28 Mar 02:30 01:30"]


def test_a_time_that_the_clock_shows_twice_is_the_first_of_the_two():
    assert shown([moment_of(dt.date(2026, 10, 25), dt.time(1, 30), "Europe/London")]) == ["Sun 25 Oct 01:30 00:30"]


@pytest.mark.parametrize(
    ("pattern", "begins", "rule", "words"),
    [
        (Pattern("week"), "2027-01-12", "FREQ=WEEKLY;BYDAY=TU", "every week on Tuesday"),
        (Pattern("week", 2), "2027-01-12", "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU", "every 2 weeks on Tuesday"),
        (Pattern("month_weekday"), "2027-01-12", "FREQ=MONTHLY;BYDAY=2TU", "every month on the second Tuesday"),
        (Pattern("month_weekday"), "2027-01-29", "FREQ=MONTHLY;BYDAY=-1FR", "every month on the last Friday"),
        (
            Pattern("month_last_weekday", 3),
            "2027-01-28",
            "FREQ=MONTHLY;INTERVAL=3;BYDAY=-1TH",
            "every 3 months on the last Thursday",
        ),
        (Pattern("month_day"), "2027-01-15", "FREQ=MONTHLY;BYMONTHDAY=15", "every month on day 15"),
        (Pattern("month_day"), "2027-01-31", "FREQ=MONTHLY;BYMONTHDAY=-1", "every month on the last day"),
    ],
)
def test_how_often_becomes_a_rule_of_icalendar_and_words(pattern, begins, rule, words):
    assert rule_of(pattern, dt.date.fromisoformat(begins)) == rule
    assert say_rule(rule) == words
    assert rule_of(pattern_of(rule), dt.date.fromisoformat(begins)) == rule


def test_a_rule_of_another_form_is_said_as_it_stands():
    assert say_rule("FREQ=DAILY") == "FREQ=DAILY"


def test_the_last_day_of_every_month_leaves_no_month_out():
    found = occurrences("FREQ=MONTHLY;BYMONTHDAY=-1", first("2027-01-31T10:00"), dt.date(2027, 4, 30))

    assert [f"{each:%d %b}" for each in found] == ["31 Jan", "28 Feb", "31 Mar", "30 Apr"]


def test_the_first_meeting_belongs_to_the_series_even_where_the_rule_would_leave_it_out():
    found = occurrences("FREQ=MONTHLY;BYDAY=-1TH", first("2027-01-21T10:00"), dt.date(2027, 2, 28))

    assert [f"{each:%d %b}" for each in found] == ["21 Jan", "28 Jan", "25 Feb"]


@pytest.mark.parametrize(
    ("rule", "until", "says"),
    [
        ("FREQ=WEEKLY;BYDAY=TU", "2027-01-11", "the last day, 2027-01-11, is before the first meeting, 2027-01-12"),
        ("FREQ=WEEKLY;BYDAY=TU", "2029-01-11", "the series has more than 60 meetings"),
        ("now and then", "2027-02-11", "'now and then' is not a recurrence rule of iCalendar"),
    ],
)
def test_a_series_that_cannot_be_is_refused(rule, until, says):
    with pytest.raises(InputRefused) as refused:
        occurrences(rule, first("2027-01-12T18:30"), dt.date.fromisoformat(until))
    assert [fault.what for fault in refused.value.faults] == [says]


def test_a_meeting_that_is_moved_over_a_change_of_the_clock_keeps_its_local_time():
    moved = move_meeting(first("2026-10-20T18:30"), days=7, time=dt.time(18, 30), zone="Europe/London")

    assert shown([moved]) == ["Tue 27 Oct 18:30 18:30"]


def test_the_rest_of_a_series_gets_its_new_days_from_the_same_rule():
    found = first_occurrences("FREQ=MONTHLY;BYDAY=2WE", first("2027-03-10T18:30"), 3)

    assert shown(found) == ["Wed 10 Mar 18:30 18:30", "Wed 14 Apr 18:30 17:30", "Wed 12 May 18:30 17:30"]
