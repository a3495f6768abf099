"""Two people write one plan at once: what only one of them changed is kept, and a clash shows both texts."""

import pytest

from locality.foundations import ResultRefused
from locality.plans import (
    Clash,
    changes_between,
    merge_fields,
    redo_changes,
    renumber_added,
    settle_clashes,
    undo_changes,
)

BASE = {"summary": "As last year.", "line/home-care/core": 500, "note/day-care": "Open daily."}
P1 = {"priority/P1/title": "Nurses", "priority/P1/why": "Pain.", "priority/P1/rank": 1}


def _settle(base, mine, theirs, **choices):
    merged = merge_fields(base, mine, theirs)
    return settle_clashes(merged, {clash.path: choices["all"] for clash in merged.clashes}, mine=mine, theirs=theirs)


def test_what_each_of_two_writers_changed_is_kept():
    mine = {**BASE, "summary": "More help at home."}
    theirs = {**BASE, "line/home-care/core": 600, "line/day-care/grant": 20}
    merged = merge_fields(BASE, mine, theirs)
    assert merged.clashes == ()
    assert merged.fields == {**mine, "line/home-care/core": 600, "line/day-care/grant": 20}


def test_the_same_change_by_both_is_no_clash():
    both = {**BASE, "line/home-care/core": 600}
    assert merge_fields(BASE, both, both).fields == both


def test_two_different_amounts_for_one_line_are_a_clash_and_the_field_stays_as_it_was():
    merged = merge_fields(BASE, {**BASE, "line/home-care/core": 600}, {**BASE, "line/home-care/core": 400})
    assert merged.clashes == (Clash("line/home-care/core", 500, 600, 400),)
    assert merged.fields == BASE


def test_to_take_a_field_away_while_the_other_changes_it_is_a_clash():
    mine = {path: value for path, value in BASE.items() if path != "note/day-care"}
    merged = merge_fields(BASE, mine, {**BASE, "note/day-care": "Open three days."})
    assert merged.clashes == (Clash("note/day-care", "Open daily.", None, "Open three days."),)


@pytest.mark.parametrize(("side", "pence"), [("mine", 600), ("theirs", 400)])
def test_the_writer_chooses_a_side_of_each_clash(side, pence):
    settled = _settle(BASE, {**BASE, "line/home-care/core": 600}, {**BASE, "line/home-care/core": 400}, all=side)
    assert settled == {**BASE, "line/home-care/core": pence}


def test_a_clash_without_a_choice_is_refused_by_name():
    merged = merge_fields(BASE, {**BASE, "summary": "A"}, {**BASE, "summary": "B"})
    with pytest.raises(ResultRefused, match="1 fields are not settled: summary"):
        settle_clashes(merged, {}, mine=BASE, theirs=BASE)


def test_whoever_keeps_the_title_of_a_priority_that_the_other_dropped_gets_the_whole_priority_back():
    mine, theirs = {**P1, "priority/P1/title": "Nurses on Sundays"}, {}
    assert _settle(P1, mine, theirs, all="mine") == mine
    assert _settle(P1, mine, theirs, all="theirs") == {}


def test_two_priorities_added_at_the_same_time_under_one_number_are_two_priorities():
    mine = {"priority/P2/title": "Nurses", "priority/P2/rank": 1}
    theirs = {"priority/P2/title": "Buses", "priority/P2/rank": 1}
    assert renumber_added({}, mine, theirs) == {"priority/P3/title": "Nurses", "priority/P3/rank": 1}
    assert merge_fields({}, renumber_added({}, mine, theirs), theirs).clashes == ()


def test_a_priority_that_was_there_before_keeps_its_number():
    mine, theirs = {**P1, "priority/P1/title": "A"}, {**P1, "priority/P1/title": "B"}
    assert renumber_added(P1, mine, theirs) == mine


# ---------------------------------------------------------------- every version can be had again


def test_changes_name_what_was_and_what_is_and_none_where_nothing_was():
    now = {"summary": "As last year.", "line/home-care/core": 600, "line/day-care/core": 5}
    changes = changes_between(BASE, now)
    assert changes == {
        "line/day-care/core": (None, 5),
        "line/home-care/core": (500, 600),
        "note/day-care": ("Open daily.", None),
    }
    assert undo_changes(now, changes) == BASE
    assert redo_changes(BASE, changes) == now


def test_changes_of_another_version_are_refused():
    with pytest.raises(ResultRefused, match="line/home-care/core differ"):
        undo_changes(BASE, {"line/home-care/core": [1, 2]})
