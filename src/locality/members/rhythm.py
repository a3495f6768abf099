"""How regularly a group meets: the gaps between its meetings, held against what the partnership asks for.

The guidance asks for regular meetings and gives no number; so the longest time that may lie between two meetings is
handed in.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

_YEAR = dt.timedelta(days=365)


@dataclass(frozen=True)
class Rhythm:
    """The rhythm of one group's meetings, as on one day.

    Args:
        last: Day of the last meeting that was held; None: none was.
        next: Day of the next one to come; None: none is planned.
        longest_gap_days: The longest time between two meetings that ended in the last 12 months or is running now;
            None: there was no meeting to count from.
        most_days: How many days may lie between two meetings.
        is_regular: Whether no gap is longer than that; None: nothing can be said, for nothing was held yet.
        words: All of it in a few sentences.
    """

    last: dt.date | None
    next: dt.date | None
    longest_gap_days: int | None
    most_days: int
    is_regular: bool | None
    words: str


def measure_rhythm(held: Iterable[dt.date], to_come: Iterable[dt.date], *, today: dt.date, most_days: int) -> Rhythm:
    """Say how regularly a group meets.

    A gap counts when it ended in the last 12 months. The time since the last meeting counts too: up to the next one
    that is planned, or up to today while none is.

    Args:
        held: Days of meetings that were held, in any order; days after today are not counted.
        to_come: Days of meetings that are planned or called; days before today are not counted.
        today: The day for which it is asked.
        most_days: How many days may lie between two meetings.

    Returns:
        The rhythm. `longest_gap_days` is None exactly when nothing was held.
    """
    met = sorted({day for day in held if day <= today})
    ahead = sorted({day for day in to_come if day >= today})
    last, following = (met[-1] if met else None), (ahead[0] if ahead else None)
    gaps = [(after - before).days for before, after in pairwise(met) if after > today - _YEAR]
    if last is not None:
        gaps.append(((following or today) - last).days)
    longest = max(gaps, default=None)
    is_regular = None if longest is None else longest <= most_days
    if longest is None and following is None:
        is_regular = False
    words = _say(last, following, longest, most_days)
    return Rhythm(last, following, longest, most_days, is_regular, words)


def _say(last: dt.date | None, following: dt.date | None, longest: int | None, most_days: int) -> str:
    parts = [f"Last meeting: {_day(last)}." if last else "No meeting was held yet."]
    parts.append(f"Next meeting: {_day(following)}." if following else "No meeting is planned.")
    if longest is not None:
        fits = "within" if longest <= most_days else "more than"
        parts.append(
            f"Longest gap of the last 12 months: {longest} {'day' if longest == 1 else 'days'}, "
            f"{fits} the {most_days} days that may lie between two meetings."
        )
    return " ".join(parts)


def _day(day: dt.date) -> str:
    return f"{day.day} {day:%B %Y}"
