"""The disclosure rules in force on a day, and stricter ones that a partnership sets."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from locality.foundations import Fault, InputRefused, Rule, RuleValue, load_rule

ROOM = "locality.disclosure"
RULE_NAMES = ("small_count", "zeros", "protection", "cost_cell_people", "cost_dominance")
"""Every rule of this room, in the order in which a release lists them."""


@dataclass(frozen=True)
class DisclosureRules:
    """What may be shown.

    Args:
        threshold: Counts of people from 1 to this number are not shown.
        show_zeros: Whether a count of nought is shown.
        width: How far apart the ends of a reader's range for a small count must stay, in people.
        cost_people: Fewest people behind a cost by zone.
        dominant_people: How many of the dearest people are looked at together.
        dominant_share: The share of a cost from which on they dominate it.
    """

    threshold: int
    show_zeros: bool = True
    width: int = 1
    cost_people: int = 10
    dominant_people: int = 2
    dominant_share: float = 0.9

    @property
    def floor(self) -> int:
        """The least that a hidden count can be, as every reader knows."""
        return 1 if self.show_zeros else 0

    def as_json(self) -> dict[str, object]:
        """Give the settings with plain values, for a release."""
        return {
            "threshold": self.threshold,
            "show_zeros": self.show_zeros,
            "width": self.width,
            "cost_people": self.cost_people,
            "dominant_people": self.dominant_people,
            "dominant_share": self.dominant_share,
        }


def rules_on(day: dt.date, *, threshold: int | None = None) -> DisclosureRules:
    """Give the rules in force on a day.

    Args:
        day: The day of publication.
        threshold: The partnership's own, stricter threshold, in people.

    Returns:
        The rules; `threshold` is never below the dated rule.

    Raises:
        InputRefused: The partnership's threshold is laxer than the dated rule.
    """
    value = {name: load_rule(ROOM, name).at(day).value for name in RULE_NAMES}
    least = int(value["small_count"])
    chosen = least if threshold is None else threshold
    if chosen < least:
        raise InputRefused(
            [
                Fault(
                    "disclosure rules",
                    f"a threshold of {chosen} is laxer than the rule, which is {least}",
                    f"Use {least} or more; a partnership may be stricter than the rule, not laxer.",
                    "laxer-threshold",
                )
            ]
        )
    return DisclosureRules(
        threshold=chosen,
        show_zeros=value["zeros"] == "shown",
        width=max(1, chosen - 1) if value["protection"] == "threshold" else 1,
        cost_people=int(value["cost_cell_people"]),
        dominant_people=int(value["cost_dominance"]["people"]),
        dominant_share=float(value["cost_dominance"]["share"]),
    )


def rules_applied(day: dt.date) -> list[dict[str, object]]:
    """List the dated values behind `rules_on`, each with its source, for a release."""
    return [_as_json(rule, rule.at(day)) for rule in (load_rule(ROOM, name) for name in RULE_NAMES)]


def _as_json(rule: Rule, value: RuleValue) -> dict[str, object]:
    return {
        "id": rule.id,
        "from": value.start.isoformat(),
        "value": value.value,
        "unit": rule.unit,
        "source": value.source,
        "checked_by": value.checked_by,
        "review_by": value.review_by.isoformat(),
    }
