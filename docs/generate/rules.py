"""Every dated value, with its source."""

from __future__ import annotations

import json
from collections.abc import Iterator
from importlib import resources

import yaml

from docs.generate.markdown import code, page, table
from locality.foundations import Rule, RuleValue, rules_in

_ABOUT = """
A number or a list that decides money, access or publication is a dated value with its source, not a figure inside the
program. A change is a new value with a later date; nothing is overwritten. Each stands in `src/locality/ROOM/rules/`.
*Checked by* says who compared the value with its source, and says plainly where nobody has. *Review by* is the day by
which somebody should look again.
"""


def rooms_with_rules() -> list[str]:
    """Name every room of the library that has rules."""
    rooms = resources.files("locality")
    return sorted(room.name for room in rooms.iterdir() if (room / "rules").is_dir())


def every_rule() -> Iterator[tuple[str, Rule]]:
    """Give every rule with its room."""
    for room in rooms_with_rules():
        for rule in rules_in(f"locality.{room}"):
            yield room, rule


def rules_page() -> str:
    """Describe every rule, room by room."""
    parts: list[str] = []
    for room in rooms_with_rules():
        parts.append(f"# {room.capitalize()}")
        parts += [describe_rule(rule) for rule in rules_in(f"locality.{room}")]
    return page("Rules", _ABOUT, *parts)


# What is longer stands below its table, as in the file.
_LONGEST = 300


def describe_rule(rule: Rule) -> str:
    """Describe one rule with all its values."""
    rows = [
        (str(value.start), _plain(value.value), value.source, value.checked_by, str(value.review_by))
        for value in rule.values
    ]
    header = ("from", "value", "source", "checked by", "review by")
    below = [_block(value) for value in rule.values if _is_long(value.value)]
    said = f"{rule.description.strip()} Unit: {rule.unit}."
    return "\n\n".join([f"## {code(rule.id)}", said, table(header, rows), *below])


def _text(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, default=str)


def _is_long(value: object) -> bool:
    return len(_text(value)) > _LONGEST


def _plain(value: object) -> str:
    return "below" if _is_long(value) else code(_text(value))


def _block(value: RuleValue) -> str:
    said = yaml.safe_dump(value.value, allow_unicode=True, sort_keys=False, width=110, default_flow_style=None)
    return f"From {value.start}:\n\n```yaml\n{said}```"
