"""Rooms that come later add their own checks: a folder of YAML, and rules in a module of their own."""

import sys

import pytest

from factories.plans import planning_record
from locality.plans import Entry, check_guidance, load_chapters, load_checks

CHAPTER = """
chapter: HSCI 11
title: Who takes part
source: The guidance on localities, chapter 11
checked_by: nobody
review_by: 2028-03-31
checks:
"""
CHECK = """
  - id: {id}
    paragraph: HSCI 11.3
    duty: should
    says: The group meets.
    do: Meet.
    mend: members.meetings
    scope: locality
    rule: {rule}
    parameters: {{part: meetings, one: meeting, many: meetings, fewest: 2}}
"""
RULES = '''
from locality.plans import Finding

def is_named_like_a_compass(record, locality, parameters):
    """Say whether a locality is called after a point of the compass."""
    return Finding(locality in ("north", "south"), f"It is called {locality}.")
'''


@pytest.fixture
def room(tmp_path, monkeypatch):
    """Make a package with these checks, and with a rule of its own."""

    def make(*checks):
        package = tmp_path / "a_later_room"
        (package / "checks").mkdir(parents=True)
        (package / "__init__.py").write_text("")
        (package / "check_rules.py").write_text(RULES)
        (package / "checks" / "one.yaml").write_text(CHAPTER + "".join(checks))
        monkeypatch.syspath_prepend(str(tmp_path))
        for name in ("a_later_room", "a_later_room.check_rules"):
            monkeypatch.delitem(sys.modules, name, raising=False)
        return "a_later_room"

    yield make
    for name in ("a_later_room", "a_later_room.check_rules"):
        sys.modules.pop(name, None)


def test_checks_of_two_rooms_stand_one_after_the_other(room):
    name = room(CHECK.format(id="later", rule="is_named_like_a_compass"))
    assert [one.id for one in load_checks(["locality.plans", name])] == [*(one.id for one in load_checks()), "later"]


def test_a_rule_of_the_room_computes_its_check(room):
    (check,) = load_checks([room(CHECK.format(id="later", rule="is_named_like_a_compass"))])
    results = check_guidance(planning_record(), [check])
    assert [one.outcome for one in results] == ["met", "met", "not met"]
    assert results[2].says == "It is called isles."


def test_a_room_may_use_the_rules_that_there_are(room):
    (check,) = load_checks([room(CHECK.format(id="later", rule="entries_held"))])
    meetings = (Entry("north", "group"), Entry("", "all"), Entry("south", "group"))
    found = check_guidance(planning_record(further={"meetings": meetings}), [check])
    assert [(one.outcome, one.says) for one in found] == [
        ("met", "2 meetings recorded."),
        ("met", "2 meetings recorded."),
        ("not met", "1 meeting recorded."),
    ]


def test_two_checks_of_one_name_are_a_mistake(room):
    check = CHECK.format(id="later", rule="entries_held")
    with pytest.raises(ValueError, match="two checks are called later"):
        load_checks([room(check, check)])


def test_a_rule_that_nobody_has_is_a_mistake(room):
    with pytest.raises(ValueError, match="has a rule nowhere"):
        load_checks([room(CHECK.format(id="later", rule="nowhere"))])


@pytest.mark.parametrize(
    ("part", "instead", "says"),
    [
        ("duty: should", "duty: perhaps", "duty or scope"),
        ("scope: locality", "scope: country", "duty or scope"),
        ("says: The group meets.", "tells: The group meets.", r"lacks \['says'\], does not know \['tells'\]"),
    ],
)
def test_a_check_with_a_gap_is_a_mistake(room, part, instead, says):
    check = CHECK.format(id="later", rule="entries_held").replace(part, instead)
    with pytest.raises(ValueError, match=says):
        load_chapters([room(check)])
