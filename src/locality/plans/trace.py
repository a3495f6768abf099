"""Every pound on its way: from the release and the decision, by heading and priority, to the line that spends it."""

from __future__ import annotations

from typing import Any

from locality.plans.content import Priority
from locality.plans.material import Material, MoneyLine

Facts = dict[str, Any]


def trace_lines(material: Material, hashes: dict[str, str]) -> list[Facts]:
    """Follow every amount of the plan.

    Args:
        material: What is consolidated.
        hashes: SHA-256 of each locality's snapshot, by locality.

    Returns:
        One entry for each own line, share of a joint line, and partnership-wide line. Their pence add up to the plan's
        total, exactly. `priorities` names the locality's priorities that the money goes to; for a partnership-wide
        line those of every locality.
    """
    wishes = {code: tuple(plan.priorities) for code, plan in material.plans.items()}
    return [_traced(material, line, wishes, hashes) for line in material.lines]


def _traced(
    material: Material, line: MoneyLine, wishes: dict[str, tuple[Priority, ...]], hashes: dict[str, str]
) -> Facts:
    asked = [line.locality] if line.locality else list(wishes)
    behind = material.budgets.get(line.locality)
    return {
        "kind": line.kind,
        "locality": line.locality,
        "service": line.service,
        "heading": line.heading,
        "source": line.source,
        "joint": line.joint,
        "pence": line.pence,
        "priorities": [
            {"locality": code, "priority": one.id}
            for code in asked
            for one in wishes.get(code, ())
            if (one.service == line.service if one.service else one.heading == line.heading)
        ],
        "decision": behind.decision if behind else ("" if line.locality else material.year.held_decision),
        "release": behind.release if behind else ("" if line.locality else material.year.held_release),
        "snapshot": hashes.get(line.locality, ""),
    }
