"""When meetings are: series by a recurrence rule of iCalendar, at the same local time through changes of the clock.

A rule is worked out on the wall clock ("18:30 on every second Tuesday"); only then does each meeting get its moment. So
a meeting is at 18:30 before and after the clocks change.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Literal
from zoneinfo import ZoneInfo

from dateutil.rrule import rrulestr

from locality.foundations import Fault, InputRefused, load_rule

_ROOM = "locality.members"
_DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_NAMES = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_WHICH = {1: "first", 2: "second", 3: "third", 4: "fourth", -1: "last"}

Every = Literal["week", "month_weekday", "month_last_weekday", "month_day"]


@dataclass(frozen=True)
class Pattern:
    """How often meetings come; which weekday or day it is follows from the first meeting.

    Args:
        every: "week"; "month_weekday", like the second Tuesday; "month_last_weekday"; "month_day", like the 15th.
        interval: 1: every week or month; 2: every second one; and so on.
    """

    every: Every
    interval: int = 1


def rule_of(pattern: Pattern, first: dt.date) -> str:
    """Write a pattern as a recurrence rule of iCalendar (RFC 5545, section 3.3.10).

    Args:
        pattern: How often.
        first: The day of the first meeting, from which the weekday or the day of the month is taken.

    Returns:
        A rule like "FREQ=MONTHLY;BYDAY=2TU". A fifth weekday of a month becomes the last, and a day after the 28th
        becomes the last day of the month, so that no month is left out.
    """
    often = f";INTERVAL={pattern.interval}" if pattern.interval > 1 else ""
    weekday, nth = _DAYS[first.weekday()], (first.day - 1) // 7 + 1
    if pattern.every == "week":
        return f"FREQ=WEEKLY{often};BYDAY={weekday}"
    if pattern.every == "month_day":
        return f"FREQ=MONTHLY{often};BYMONTHDAY={first.day if first.day <= 28 else -1}"
    last = pattern.every == "month_last_weekday" or nth > 4
    return f"FREQ=MONTHLY{often};BYDAY={-1 if last else nth}{weekday}"


def pattern_of(rule: str) -> Pattern:
    """Read the pattern that `rule_of` wrote.

    Args:
        rule: The rule.

    Returns:
        The pattern; a rule of another form counts as weekly.
    """
    parts = _parts(rule)
    interval = int(parts.get("INTERVAL", "1"))
    if parts.get("FREQ") != "MONTHLY":
        return Pattern("week", interval)
    if "BYMONTHDAY" in parts:
        return Pattern("month_day", interval)
    return Pattern("month_last_weekday" if parts.get("BYDAY", "").startswith("-") else "month_weekday", interval)


def say_rule(rule: str) -> str:
    """Say a rule that `rule_of` wrote in words.

    Args:
        rule: The rule.

    Returns:
        Words that follow "Meets", like "every month on the second Tuesday"; a rule of another form stays as it is.

    Example:
        >>> say_rule("FREQ=MONTHLY;INTERVAL=2;BYDAY=-1TH")
        'every 2 months on the last Thursday'
    """
    parts = _parts(rule)
    unit = {"WEEKLY": "week", "MONTHLY": "month"}.get(parts.get("FREQ", ""), "")
    on = _say_on(parts)
    if not unit or not on:
        return rule
    often = f"every {parts['INTERVAL']} {unit}s" if "INTERVAL" in parts else f"every {unit}"
    return f"{often} on {on}"


def _parts(rule: str) -> dict[str, str]:
    return dict(part.split("=", 1) for part in rule.split(";") if "=" in part)


def _say_on(parts: dict[str, str]) -> str:
    if day := parts.get("BYMONTHDAY"):
        return "the last day" if day == "-1" else f"day {day}"
    by = parts.get("BYDAY", "")
    number, weekday = by[:-2], by[-2:]
    if weekday not in _DAYS:
        return ""
    name = _NAMES[_DAYS.index(weekday)]
    return f"the {_WHICH.get(int(number), number)} {name}" if number else name


def moment_of(day: dt.date, time: dt.time, zone: str) -> dt.datetime:
    """Give the moment at which a wall clock shows a time.

    Args:
        day: The day there.
        time: What the wall clock shows.
        zone: Name of the time zone, like "Europe/London".

    Returns:
        The moment, with its zone. A time that the clock leaps over in spring is the moment by which the leap has
        moved it (01:30 becomes 02:30); one that it shows twice in autumn is the first.
    """
    there = ZoneInfo(zone)
    said = dt.datetime.combine(day, time, tzinfo=there)
    return said.astimezone(dt.UTC).astimezone(there)


def occurrences(rule: str, first: dt.datetime, until: dt.date) -> tuple[dt.datetime, ...]:
    """Give the moments of a series.

    Args:
        rule: A recurrence rule of iCalendar without an end of its own.
        first: Beginning of the first meeting, in its own time zone (a `ZoneInfo`).
        until: Last day on which a meeting may be.

    Returns:
        Every beginning from the first one to the last day, in order, all at the same local time; the first one too
        where the rule by itself would leave it out.

    Raises:
        InputRefused: The rule cannot be read, the last day is before the first, or there are more meetings than a
            series may have.
    """
    zone = first.tzinfo
    assert isinstance(zone, ZoneInfo), "a series needs a time zone with its name"
    if until < first.date():
        what = f"the last day, {until.isoformat()}, is before the first meeting, {first.date().isoformat()}"
        raise InputRefused([_fault(what, "Choose a last day after the first meeting.", "series-ends-early")])
    most = most_meetings(first.date())
    wall = first.replace(tzinfo=None, fold=0)
    try:
        days = rrulestr(f"RRULE:{rule}", dtstart=wall).xafter(wall - dt.timedelta(seconds=1), count=most + 1)
        found = [each.date() for each in days if each.date() <= until]
    except (ValueError, TypeError, KeyError) as wrong:
        what = f"'{rule}' is not a recurrence rule of iCalendar"
        raise InputRefused([_fault(what, "Choose how often the meetings are.", "series-rule", "every")]) from wrong
    found = sorted({first.date(), *found})
    if len(found) > most:
        what = f"the series has more than {most} meetings"
        raise InputRefused([_fault(what, "Choose an earlier last day.", "series-too-long")])
    return tuple(moment_of(day, wall.time(), zone.key) for day in found)


def first_occurrences(rule: str, first: dt.datetime, count: int) -> tuple[dt.datetime, ...]:
    """Give the first moments of a series, however long they take.

    Args:
        rule: A rule that `rule_of` wrote.
        first: Beginning of the first meeting, in its own time zone (a `ZoneInfo`).
        count: How many.

    Returns:
        So many beginnings, the first one among them, in order, all at the same local time.
    """
    zone = first.tzinfo
    assert isinstance(zone, ZoneInfo), "a series needs a time zone with its name"
    wall = first.replace(tzinfo=None, fold=0)
    days = {each.date() for each in rrulestr(f"RRULE:{rule}", dtstart=wall).xafter(wall, count=count)}
    return tuple(moment_of(day, wall.time(), zone.key) for day in sorted({first.date(), *days})[:count])


def most_meetings(on: dt.date) -> int:
    """Give how many meetings one series may have at most, by the rule of a day."""
    found: int = load_rule(_ROOM, "meeting_series").at(on).value
    return found


def move_meeting(starts: dt.datetime, *, days: int, time: dt.time, zone: str) -> dt.datetime:
    """Move a meeting by whole days to a time of the wall clock.

    Args:
        starts: Its beginning so far, any time zone.
        days: By how many days; below zero: earlier.
        time: What the wall clock shows at its new beginning.
        zone: Name of its time zone.

    Returns:
        The new beginning, at that local time whatever the clocks did between.
    """
    there = starts.astimezone(ZoneInfo(zone)).date()
    return moment_of(there + dt.timedelta(days=days), time, zone)


def _fault(what: str, do: str, code: str, column: str = "until") -> Fault:
    return Fault(file="meetings", what=what, do=do, code=code, column=column)
