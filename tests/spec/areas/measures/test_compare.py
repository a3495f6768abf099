"""Divisions side by side, in figures and in words."""

from __future__ import annotations

from factories.drawn_grounds import divide, draw, rules
from locality.areas.compare import compare
from locality.areas.measure_texts import measure_texts, say_figure
from locality.areas.measures import Measures
from locality.areas.naming import name_localities

PEOPLE = "10 20 30\n10 20 30"
TOWNS = "S S T\nS S T"
OPTIONS = {"rows": "A A A\nB B B", "towns": "A A B\nA A B"}


def compared(**further):
    options = {name: divide(drawing) for name, drawing in OPTIONS.items()}
    return compare(draw(PEOPLE, settlements=TOWNS), options, rules(**further), today=divide("A B B\nA B B"))


def row(found, label):
    return next(one for one in found.rows if one.label == label)


def test_each_measure_is_a_row_with_a_figure_for_each_option():
    kept = row(compared(), "Communities kept whole")
    assert kept.figures == {"rows": 0.5, "towns": 1.0}
    assert kept.best == ("towns",)


def test_people_moved_are_counted_from_today():
    assert row(compared(), "People moved").figures == {"rows": 60, "towns": 40}


def test_what_nobody_knows_has_no_row():
    assert "Practice containment by cluster" not in {one.label for one in compared().rows}


def test_in_words_an_option_is_best_at_what_no_other_reaches():
    words = compared().words
    assert "Best at communities kept whole: 100.0%; the next best has 50.0%." in words["towns"]
    assert "Best at inner border share: 28.6%; the next best has 42.9%." in words["towns"]
    assert words["rows"] == ("Best at nothing by itself.",)


def test_in_words_the_faults_of_an_option_are_said():
    words = compared(most=70).words
    assert "Not final: locality 1 has 60 people, 10 too few." not in words["rows"]
    assert compared(least=61).words["rows"][-2:] == (
        "Not final: locality 1 has 60 people, 1 too few.",
        "Not final: locality 2 has 60 people, 1 too few.",
    )


def test_it_says_who_moves_where_between_two_options():
    moves = compared().moves["rows", "towns"]
    assert [(flow.before, flow.after, flow.people) for flow in moves] == [(0, 1, 30), (1, 0, 30)]


def test_every_measure_has_one_plain_sentence():
    whole = set(Measures.__dataclass_fields__) - {"localities", "faults"}
    assert set(measure_texts()) == whole
    for text in measure_texts().values():
        assert text.says.endswith(".")
        assert text.says.count(". ") == 0
        assert len(text.says) < 200
        assert text.better in ("higher", "lower", "neither")
        assert say_figure(0.5, text.unit)


def test_localities_are_named_after_the_settlement_of_most_of_their_people():
    ground = draw(PEOPLE, settlements=TOWNS)
    assert name_localities(ground, divide(OPTIONS["towns"])) == ("S", "T")
    assert name_localities(ground, divide(OPTIONS["rows"])) == ("S 1", "S 2")
    assert name_localities(draw("1 1"), divide("A B")) == ("Z00", "Z01")


def test_a_locality_that_is_mostly_one_of_today_keeps_its_name():
    """Of the first 50 people 40 are of today's West; the others are half one and half the other, so they are new."""
    ground = draw("20 20 10 10 20", settlements="S S S S T")
    today, names = divide("A A B B B"), ("West", "East")
    assert name_localities(ground, divide("A A A B B"), today=today, names=names) == ("West", "East")
    assert name_localities(ground, divide("B B B A C"), today=today, names=names) == ("S", "West", "East")
