"""Whether a group meets regularly, and whether enough of it are there."""

import datetime as dt

import pytest

from locality.foundations import load_life_cycle, refuse_move
from locality.members import check_quorum, measure_rhythm, quorum_for

TODAY = dt.date(2026, 11, 22)


def rhythm(held, to_come, most_days=92):
    days = [[dt.date.fromisoformat(each) for each in some] for some in (held, to_come)]
    return measure_rhythm(*days, today=TODAY, most_days=most_days)


def test_a_group_that_meets_within_the_setting_is_regular():
    found = rhythm(["2026-03-10", "2026-06-09", "2026-09-08"], ["2026-12-08"])

    assert (found.last, found.next) == (dt.date(2026, 9, 8), dt.date(2026, 12, 8))
    assert (found.longest_gap_days, found.is_regular) == (91, True)
    assert found.words == (
        "Last meeting: 8 September 2026. Next meeting: 8 December 2026. Longest gap of the last 12 months: 91 days, "
        "within the 92 days that may lie between two meetings."
    )


@pytest.mark.parametrize(
    ("held", "to_come", "longest", "regular"),
    [
        #  held                          to come         longest  regular
        (["2026-10-01"], [], 52, True),  # since the last one, up to today
        (["2026-05-01"], [], 205, False),  # nothing is planned
        (["2026-11-01"], ["2027-03-01"], 120, False),  # the next one is too far away
        (["2025-06-01", "2026-10-01"], ["2026-11-30"], 487, False),  # a gap that ended this year
        (["2024-01-01", "2025-06-01", "2025-08-01", "2025-10-20", "2026-01-10"], ["2026-11-22"], 316, False),
        ([], ["2026-12-01"], None, None),  # nothing was held: nothing is divided, nothing is claimed
        ([], [], None, False),
        (["2026-11-22"], ["2026-11-22"], 0, True),
    ],
)
def test_the_longest_gap_decides(held, to_come, longest, regular):
    found = rhythm(held, to_come)
    assert (found.longest_gap_days, found.is_regular) == (longest, regular)


def test_gaps_that_ended_more_than_a_year_ago_are_forgotten():
    assert rhythm(["2024-01-01", "2025-11-01", "2026-01-10"], ["2026-01-01"], 400).longest_gap_days == 316


def test_a_group_that_never_met_says_so():
    assert rhythm([], []).words == "No meeting was held yet. No meeting is planned."


@pytest.mark.parametrize(("seats", "percent", "needed"), [(9, 50, 5), (10, 50, 5), (0, 50, 0), (3, 100, 3), (7, 0, 0)])
def test_a_quorum_is_a_part_of_the_filled_seats_rounded_up(seats, percent, needed):
    assert quorum_for(seats, percent) == needed


@pytest.mark.parametrize(
    ("present", "needed", "reached", "words"),
    [
        (5, 5, True, "The quorum is reached: 5 with a vote are present, 5 needed."),
        (1, 3, False, "The quorum is not reached: 1 with a vote is present, 3 needed, 2 more to come."),
        (4, 0, None, "4 with a vote are present. No quorum is set for this meeting."),
    ],
)
def test_a_meeting_hears_at_once_whether_it_can_decide(present, needed, reached, words):
    found = check_quorum(present, needed)
    assert (found.is_reached, found.words) == (reached, words)


# rows: from, columns: to; x: allowed
#              planned called held minuted cancelled
TABLE = {
    "planned":   ". x x . x",
    "called":    ". . x . x",
    "held":      ". . . x .",
    "minuted":   ". . x . .",
    "cancelled": ". . . . .",
}  # fmt: skip


def test_a_meeting_goes_only_from_a_state_to_those_that_the_table_allows():
    cycle = load_life_cycle("locality.members", "meeting")
    assert [one.state for one in cycle.states] == list(TABLE)
    for start, row in TABLE.items():
        for end, mark in zip(TABLE, row.split(), strict=True):
            assert (refuse_move(cycle, start, end) is None) == (mark == "x"), (start, end)
