"""Every dated value says what it is, who says so, who looked, and when to look again."""

from __future__ import annotations

import re
from importlib import resources

import pytest
import yaml
from docs.generate.rules import every_rule, rooms_with_rules

from locality.foundations import Rule

CHECKED = re.compile(r"(the founders, \d{4}-\d{2}|nobody)( \([^()]+\))?")
RULES = list(every_rule())


@pytest.mark.parametrize(("room", "rule"), RULES, ids=[f"{room}-{rule.id}" for room, rule in RULES])
def test_every_field_of_a_rule_is_filled(room: str, rule: Rule):
    assert rule.description.strip().endswith("."), "the description is a sentence"
    assert rule.unit.strip()
    for value in rule.values:
        assert len(value.source.strip()) > 15, "the source names publisher and title"
        assert CHECKED.fullmatch(value.checked_by), "who and when, or nobody; then, in brackets, how or why not"
        assert value.review_by > value.start, "to be looked at again after it began"


def test_every_rule_file_is_read_and_has_no_further_fields():
    for room in rooms_with_rules():
        for file in (resources.files("locality") / room / "rules").iterdir():
            said = yaml.safe_load(file.read_text(encoding="utf-8"))
            assert set(said) == {"id", "description", "unit", "values"}, file.name
            for value in said["values"]:
                assert set(value) == {"from", "value", "source", "checked_by", "review_by"}, file.name
