"""Answers about options for boundaries are counted by place; tables that have people in common are hidden together.

Four zones: A and B are Leven today, C and D are Kirk. The option "East" puts B with Kirk.
"""

import datetime as dt

import pytest

from locality.disclosure import DisclosureRules, rules_on
from locality.voice import NOT_CHOSEN, BoundaryAnswer, DividedZones, answers_on_boundaries

TODAY = DividedZones(
    "today",
    "Today",
    {"A": "leven", "B": "leven", "C": "kirk", "D": "kirk"},
    {"leven": "Leven", "kirk": "Kirk"},
)
EAST = DividedZones("east", "East", {"A": "1", "B": "2", "C": "2", "D": "2"}, {"1": "West", "2": "East"})
CHANNELS = {"channel": ("How it came", {"web": "On the site", "paper": "On paper"})}
RULES = DisclosureRules(threshold=4, width=3)


def answers(text):
    """Read lines like "6 east A paper": how many, what they chose (- nothing), where they live (- not said), how."""
    rows = []
    for line in text.strip().splitlines():
        number, chosen, home, channel = line.split()
        zones = () if home == "-" else tuple(home)
        one = BoundaryAnswer("" if chosen == "-" else chosen, zones, {"channel": channel})
        rows += [one] * int(number)
    return rows


def count(text, **more):
    said = {"options": ["east", "none"], "divisions": [TODAY, EAST], "ways": CHANNELS, "rules": RULES} | more
    return answers_on_boundaries(answers(text), said["options"], said["divisions"], said["ways"], rules=said["rules"])


def shown(table):
    return {row.names[0]: (row.people, *row.chosen.values()) for row in table.rows}


def test_each_answer_counts_in_its_locality_of_today_and_in_that_of_the_option():
    found = count(
        """
        10 east A web
         8 east B web
         7 none C paper
        """
    )

    assert found.everybody.chosen == {"east": 18, "none": 7, NOT_CHOSEN: 0}
    #                                          people, east, none, chose no option
    assert shown(found.places[0]) == {"Leven": (18, 18, 0, 0), "Kirk": (7, 0, 7, 0), "Place not known": (0, 0, 0, 0)}
    assert shown(found.places[1]) == {"West": (10, 10, 0, 0), "East": (15, 8, 7, 0), "Place not known": (0, 0, 0, 0)}
    assert {row.names: row.people for row in found.groups.rows} == {
        ("Leven", "West"): 10,
        ("Leven", "East"): 8,
        ("Kirk", "East"): 7,
    }


def test_paper_counts_as_the_site_does():
    found = count("6 east A web\n 6 east A paper")

    assert shown(found.ways[0])["On paper"] == shown(found.ways[0])["On the site"] == (6, 6, 0, 0)


def test_whoever_names_only_a_locality_is_placed_where_all_of_it_lies_in_one_of_the_option():
    found = count("9 east AB web\n 9 none CD web")

    assert shown(found.places[0])["Leven"] == (9, 9, 0, 0)
    assert shown(found.places[1]) == {"West": (0, 0, 0, 0), "East": (9, 0, 9, 0), "Place not known": (9, 9, 0, 0)}


def test_a_small_count_is_hidden_with_as_many_others_as_sums_make_necessary():
    found = count(
        """
        10 east A web
         2 none A web
        10 east B web
        12 none C web
        """
    )

    west = shown(found.places[1])["West"]
    assert west[2] is None  # two people
    assert west[0] is None or west[1] is None  # their sum with the others
    assert found.hidden > 1


def test_one_table_cannot_be_subtracted_from_another_that_has_its_people_too():
    """Leven has 12 and its part in West has 10: the table by the option would give away the two of the other part."""
    found = count("10 east A web\n 2 east B web\n 20 none C web")

    leven, west = shown(found.places[0])["Leven"], shown(found.places[1])["West"]
    assert leven[1] is None or west[1] is None


def test_where_hardly_anybody_answered_nothing_is_shown_not_even_a_nought():
    found = count("3 east A web")

    assert found.everybody.people is None
    assert {figure for row in found.places[0].rows for figure in (row.people, *row.chosen.values())} == {None}


@pytest.mark.parametrize("number", [5, 30])
def test_without_places_options_and_channels_are_counted_all_the_same(number):
    found = count(f"{number} east A web", divisions=[], rules=rules_on(dt.date(2026, 11, 23)))

    assert found.everybody.chosen["east"] == number
    assert found.places == ()
