"""What is planned, added up: by heading, locality and source; every table has the same total."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable
from typing import Any

from locality.plans.material import Material, MoneyLine

Facts = dict[str, Any]


def total_facts(material: Material) -> Facts:
    """Add up what is planned.

    Args:
        material: What is consolidated.

    Returns:
        The plan's `pence`, split by kind of line, and tables by heading, locality, source and all three together. A
        share of a joint line counts in its locality; partnership-wide lines have the locality "". Each table adds up to
        `pence`.
    """
    lines = material.lines
    kinds = {kind: sum(line.pence for line in lines if line.kind == kind) for kind in ("own", "joint", "partnership")}
    return {
        "pence": sum(line.pence for line in lines),
        **{f"{kind}_pence": pence for kind, pence in kinds.items()},
        "by_heading": [
            {"heading": heading, **_by_kind(group)} for heading, group in _groups(lines, lambda one: one.heading)
        ],
        "by_locality": _by_locality(material),
        "by_source": _by_source(material),
        "rows": [
            {"heading": heading, "locality": locality, "source": source, **_by_kind(group)}
            for (heading, locality, source), group in _groups(
                lines, lambda one: (one.heading, one.locality, one.source)
            )
        ],
    }


def _groups(lines: Iterable[MoneyLine], key: Callable[[MoneyLine], Hashable]) -> Iterable[tuple[Any, list[MoneyLine]]]:
    found: dict[Any, list[MoneyLine]] = {}
    for line in lines:
        found.setdefault(key(line), []).append(line)
    return found.items()


def _by_kind(lines: list[MoneyLine]) -> Facts:
    return {
        "own_pence": sum(line.pence for line in lines if line.kind == "own"),
        "joint_pence": sum(line.pence for line in lines if line.kind == "joint"),
        "partnership_pence": sum(line.pence for line in lines if line.kind == "partnership"),
        "pence": sum(line.pence for line in lines),
    }


def _by_locality(material: Material) -> list[Facts]:
    """Every locality, also one without a plan, then the whole partnership ("")."""
    groups = dict(_groups(material.lines, lambda one: one.locality))
    found = []
    for code, name in [*material.names.items(), ("", material.year.partnership.name)]:
        lines = groups.get(code, [])
        from_budget = sum(line.pence for line in lines if material.is_from_budget(line))
        there = _there(material, code)
        found.append(
            {
                "locality": code,
                "locality_name": name,
                **_by_kind(lines),
                "from_budget_pence": from_budget,
                "budget_pence": there,
                "left_pence": None if there is None else there - from_budget,
            }
        )
    return found


def _there(material: Material, code: str) -> int | None:
    if not code:
        return sum(row.budget_pence for row in material.year.held)
    behind = material.budgets.get(code)
    return sum(row.budget_pence for row in behind.headings) if behind else None


def _by_source(material: Material) -> list[Facts]:
    found = []
    for source, lines in _groups(material.lines, lambda one: one.source):
        entry = material.sources[source]
        about = {"source": source, "name": entry.name, "kind": entry.kind, "accountable_body": entry.accountable_body}
        found.append({**about, **_by_kind(lines)})
    return found
