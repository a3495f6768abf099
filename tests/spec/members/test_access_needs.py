"""What people need: which form of a paper goes to whom, and how a meeting stands with what it must arrange."""

import datetime as dt

import pytest

from locality.members import need_kinds
from locality.members.access import copies_by_form, count_arranged, forms_of

KINDS = need_kinds(dt.date(2026, 11, 22))


@pytest.mark.parametrize(
    ("needs", "forms"),
    [
        ([], []),
        (["step-free"], []),  # met at the meeting, not by a paper
        (["easy-read", "large-print"], ["Large print", "Easy read"]),
        (["language"], ["Another language"]),  # met by both
    ],
)
def test_the_form_of_a_paper_follows_from_the_needs(needs, forms):
    assert [each.name for each in forms_of(needs, KINDS)] == forms


def test_copies_are_counted_by_form():
    people = {1: [], 2: ["large-print"], 3: ["large-print", "audio"], 4: ["step-free"], 5: ["easy-read"]}

    assert copies_by_form(people, KINDS) == (
        ("Ordinary print", 2),
        ("Large print", 2),
        ("Easy read", 1),
        ("Read out or recorded", 1),
    )


def test_where_nobody_gets_a_paper_there_are_no_copies():
    assert copies_by_form({}, KINDS) == ()


@pytest.mark.parametrize(
    ("states", "words"),
    [
        ([], "Nobody who is invited said that they need anything."),
        (["open"], "Arranged: 0 of 1. Still to arrange: 1."),
        (["arranged", "arranged"], "Arranged: 2 of 2."),
        (["arranged", "open", "not_possible"], "Arranged: 1 of 3. Still to arrange: 1. Could not be arranged: 1."),
    ],
)
def test_a_meeting_says_what_is_arranged_and_what_waits(states, words):
    assert count_arranged(states).words == words
