"""Every dated value, with its source."""

from __future__ import annotations

import json
from collections.abc import Iterator
from importlib import resources

from docs.generate.markdown import code, page, table
from locality.foundations import Rule, rules_in

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
        parts += [_rule(rule) for rule in rules_in(f"locality.{room}")]
    return page("Rules", _ABOUT, *parts)


def _rule(rule: Rule) -> str:
    rows = [
        (str(value.start), _plain(value.value), value.source, value.checked_by, str(value.review_by))
        for value in rule.values
    ]
    header = ("from", "value", "source", "checked by", "review by")
    return f"## {code(rule.id)}\n\n{rule.description.strip()} Unit: {rule.unit}.\n\n" + table(header, rows)


# Maps of a publisher's codes are long; the file beside the code shows them better than a table cell.
_LONGEST = 600


def _plain(value: object) -> str:
    text = json.dumps(value, ensure_ascii=False, default=str)
    return code(text) if len(text) <= _LONGEST else f"{len(value)} entries, in the file"  # type: ignore[arg-type]
