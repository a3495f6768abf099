"""A decision's figures as plans and pages hold them.

`figures` of an option and a decision are plain values:

    {"localities": [{"code": ..., "name": ..., "population": ...,
                     "headings": [{"heading": ..., "budget_pence": ..., "historic_pence": ..., "fair_pence": ...,
                                   "fair_low_pence": ..., "fair_high_pence": ...}, ...],
                     "budget_pence": ..., "historic_pence": ..., "fair_pence": ..., "path": [...],
                     "years_to_target": ...}, ...],
     "held": [{"heading": ..., "budget_pence": ..., "historic_pence": ...}, ...],
     "total_pence": ..., "ledger_year": ...}

They are kept whole, so that a decision says the same when catalogue, localities or releases have changed.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from locality.foundations import split_pence
from locality.plans import BudgetBehind, HeadingMoney
from locality_web.money.models import BudgetDecision

_FIELDS = tuple(HeadingMoney.__dataclass_fields__)


def held_of(decision: BudgetDecision) -> tuple[HeadingMoney, ...]:
    """Give the money that is held for the whole partnership, by heading."""
    return tuple(_money(line) for line in decision.figures["held"])


def behind_of(decision: BudgetDecision) -> dict[str, BudgetBehind]:
    """Give the decision as the plan of each locality keeps it, by the locality's code."""
    targets = _targets(decision.figures["localities"])
    return {
        one["code"]: BudgetBehind(
            decision=str(decision),
            decided_on=decision.decided_on.isoformat(),
            decided_by=decision.decided_by,
            why=decision.why,
            release=decision.release.release,
            headings=tuple(
                replace(_money(line), target_pence=targets.get((one["code"], line["heading"])))
                for line in one["headings"]
            ),
        )
        for one in decision.figures["localities"]
    }


def _targets(localities: Sequence[Mapping[str, Any]]) -> dict[tuple[str, str], int]:
    """Give each locality's fair share of all budgets of the year, by heading: to the penny, they add up to them."""
    rows: dict[str, list[tuple[str, Mapping[str, Any]]]] = {}
    for one in localities:
        for line in one["headings"]:
            rows.setdefault(line["heading"], []).append((one["code"], line))
    found: dict[tuple[str, str], int] = {}
    for heading, lines in rows.items():
        # A share that is not known is no share of nought: then nobody's target is known.
        weights = [-1 if line.get("fair_pence") is None else int(line["fair_pence"]) for _, line in lines]
        if min(weights) >= 0 and any(weights):
            shares = split_pence(sum(line["budget_pence"] for _, line in lines), weights)
            found |= {(code, heading): int(pence) for (code, _), pence in zip(lines, shares, strict=True)}
    return found


def _money(line: Mapping[str, Any]) -> HeadingMoney:
    return HeadingMoney(**{name: line[name] for name in _FIELDS if name in line})
