"""Whatever the rule and the day: a series is in order, within its days, and always at the same local time."""

import datetime as dt
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from locality.members import Pattern, measure_rhythm, occurrences, rule_of, say_rule

LONDON = ZoneInfo("Europe/London")
DAYS = st.dates(dt.date(2020, 1, 1), dt.date(2035, 12, 31))
PATTERNS = st.builds(
    Pattern,
    st.sampled_from(("week", "month_weekday", "month_last_weekday", "month_day")),
    st.integers(1, 6),
)


@given(PATTERNS, DAYS, st.times(dt.time(3), dt.time(23)), st.integers(0, 400))
def test_every_meeting_of_a_series_is_at_the_same_local_time(pattern, day, time, length):
    time = time.replace(microsecond=0)
    until = day + dt.timedelta(days=length)
    found = occurrences(rule_of(pattern, day), dt.datetime.combine(day, time, tzinfo=LONDON), until)

    assert found[0].date() == day
    assert list(found) == sorted(set(found))
    assert {each.time() for each in found} == {time}
    assert found[-1].date() <= until
    assert all(each.astimezone(dt.UTC).astimezone(LONDON) == each for each in found)


@given(PATTERNS, DAYS)
def test_every_rule_has_words(pattern, day):
    assert say_rule(rule_of(pattern, day)).startswith("every ")


@given(st.lists(DAYS, max_size=30), st.lists(DAYS, max_size=5), DAYS, st.integers(1, 400))
def test_a_rhythm_never_breaks_and_judges_by_its_own_longest_gap(held, to_come, today, most):
    found = measure_rhythm(held, to_come, today=today, most_days=most)

    assert (found.longest_gap_days is None) == (not any(day <= today for day in held))
    if found.longest_gap_days is not None:
        assert found.is_regular == (found.longest_gap_days <= most)
    assert found.last is None or found.last <= today
    assert found.next is None or found.next >= today
