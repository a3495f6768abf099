"""Rules are read from their files once, and every reader gets a copy."""

from __future__ import annotations

from locality.foundations import load_rule


def test_what_one_reader_does_to_a_rules_value_is_not_seen_by_the_next():
    headings = load_rule("locality.sources", "linkage_headings").values[-1].value
    kept = len(headings)
    headings.clear()

    assert len(load_rule("locality.sources", "linkage_headings").values[-1].value) == kept > 0
