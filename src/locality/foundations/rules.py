"""Dated, sourced values: any number or list that decides money, access or publication.

A rule is a YAML file in a room's `rules/` folder::

    id: small_count_threshold
    description: Counts of people from 1 up to and including this number are not published.
    unit: people
    values:
      - from: 2023-01-01
        value: 4
        source: Publisher, title, year, page or section
        checked_by: who compared it with the source and when, or nobody
        review_by: 2027-03-31

A change is a new entry with a later date; nothing is overwritten.
"""

from __future__ import annotations

import datetime as dt
from copy import deepcopy
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

import yaml

from locality.foundations.errors import Fault, InputRefused

_FIELDS = ("from", "value", "source", "checked_by", "review_by")


@dataclass(frozen=True)
class RuleValue:
    """What a rule says from a date on, and who says so."""

    start: dt.date
    value: Any
    source: str
    checked_by: str
    review_by: dt.date


@dataclass(frozen=True)
class Rule:
    """A named value through time."""

    id: str
    description: str
    unit: str
    values: tuple[RuleValue, ...]

    def at(self, day: dt.date) -> RuleValue:
        """Give the value in force on a day.

        Raises:
            InputRefused: The rule did not exist yet on that day.
        """
        in_force = [value for value in self.values if value.start <= day]
        if not in_force:
            first = self.values[0].start
            raise InputRefused(
                [
                    Fault(
                        file=f"rule {self.id}",
                        what=f"it has no value on {day}; the first is from {first}",
                        do="Use a date from then on, or add the earlier value with its source.",
                        code="rule-not-in-force",
                    )
                ]
            )
        return in_force[-1]


def load_rule(room: str, name: str) -> Rule:
    """Read one rule of a room.

    Args:
        room: The room's dotted name, e.g. ``locality.money``.
        name: The rule's file name without its ending.

    Returns:
        The rule, its values in order of date.

    Raises:
        ValueError: The file lacks a field, or its dates are not in order. This is a mistake of ours.
    """
    # A copy, for a rule's value may be a list or a table, which its reader might change.
    return deepcopy(_read_rule(room, name))


@cache
def _read_rule(room: str, name: str) -> Rule:
    """Read a rule's file once: a page of budgets asks for a hundred of them, and YAML is slow to read."""
    text = (resources.files(room) / "rules" / f"{name}.yaml").read_text(encoding="utf-8")
    return parse_rule(yaml.safe_load(text), name)


def parse_rule(raw: dict[str, Any], name: str) -> Rule:
    """Turn what a YAML file holds into a rule, refusing any gap."""
    for field in ("id", "description", "unit", "values"):
        if not raw.get(field):
            raise ValueError(f"rule {name} lacks '{field}'")
    if raw["id"] != name:
        raise ValueError(f"rule {name} calls itself {raw['id']}")
    values = []
    for entry in raw["values"]:
        gaps = [field for field in _FIELDS if entry.get(field) in (None, "")]
        if gaps:
            raise ValueError(f"rule {name}: a value lacks {', '.join(gaps)}")
        values.append(
            RuleValue(entry["from"], entry["value"], entry["source"], entry["checked_by"], entry["review_by"])
        )
    if [value.start for value in values] != sorted({value.start for value in values}):
        raise ValueError(f"rule {name}: its dates are not in order, or one stands twice")
    return Rule(raw["id"], raw["description"], raw["unit"], tuple(values))


def rules_in(room: str) -> tuple[Rule, ...]:
    """Read every rule of a room, in order of name; a room without rules gives none."""
    folder = resources.files(room) / "rules"
    if not folder.is_dir():
        return ()
    names = sorted(entry.name for entry in folder.iterdir() if entry.name.endswith(".yaml"))
    return tuple(load_rule(room, name.removesuffix(".yaml")) for name in names)
