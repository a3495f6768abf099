"""Distance from fair share before and after the plan, and the inequality that remains.

Before: what a locality's people use now against its fair share of the same money. After: what is planned for them
against their fair share of all that is planned. Both compare the same headings: those whose historic and fair shares
are known in every locality that has an agreed plan. Fair shares are weighed anew for the year's total, so that growth
of the whole brings nobody nearer or further. Grants and contributions are left out on both sides: they go where their
funder says.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from locality.foundations import split_pence
from locality.plans.content import HeadingMoney
from locality.plans.material import Material

Facts = dict[str, Any]


@dataclass(frozen=True)
class _Share:
    """One locality's money under one heading, or under all of them."""

    historic: int
    fair: int
    low: int | None
    high: int | None
    planned: int
    budget: int


def distance_facts(material: Material) -> Facts:
    """Measure each locality's distance from its fair share before and after the plan.

    Args:
        material: What is consolidated.

    Returns:
        `localities`, `headings`, what was left out and why, and `inequality`. Amounts are pence. Targets of all
        localities add up to what is planned for them, to the penny. Without known shares the lists are empty.
    """
    compared, left_out = _comparable(material)
    table = {code: _shares(material, code, compared) for code in material.plans} if compared else {}
    whole = _compare(material, {code: _sum(list(shares.values())) for code, shares in table.items()})
    by_heading = [
        {"heading": heading} | row
        for heading in compared
        for row in _compare(material, {code: shares[heading] for code, shares in table.items()})
    ]
    return {
        "localities": whole,
        "headings": by_heading,
        "headings_left_out": left_out,
        "localities_left_out": [one.code for one in material.year.localities if one.code not in material.plans],
        "inequality": _inequality(material, whole),
    }


def _known(row: HeadingMoney) -> bool:
    return row.historic_pence is not None and row.fair_pence is not None


def _comparable(material: Material) -> tuple[list[str], list[str]]:
    """Give the headings whose shares are known in every locality with a plan, and the others that have money."""
    rows: dict[str, set[str]] = {}
    every: dict[str, None] = {}
    for code in material.plans:
        behind = material.budgets.get(code)
        for row in behind.headings if behind else ():
            every[row.heading] = None
            if _known(row):
                rows.setdefault(row.heading, set()).add(code)
    every |= dict.fromkeys(line.heading for line in material.lines if line.locality in material.plans)
    compared = [heading for heading in every if rows.get(heading) == set(material.plans)]
    return compared, [heading for heading in every if heading not in compared]


def _shares(material: Material, code: str, compared: Sequence[str]) -> dict[str, _Share]:
    rows = {row.heading: row for row in material.budgets[code].headings}
    planned: dict[str, int] = {}
    for line in material.lines:
        if line.locality == code and material.is_from_budget(line):
            planned[line.heading] = planned.get(line.heading, 0) + line.pence
    return {heading: _share(rows[heading], planned.get(heading, 0)) for heading in compared}


def _share(row: HeadingMoney, planned: int) -> _Share:
    assert row.historic_pence is not None and row.fair_pence is not None
    ends = (row.fair_low_pence, row.fair_high_pence)
    return _Share(row.historic_pence, row.fair_pence, *ends, planned, row.budget_pence)


def _sum(shares: Sequence[_Share]) -> _Share:
    """Add headings up. A heading without an interval counts with its fair share; without any there is none."""
    known = [one for one in shares if one.low is not None and one.high is not None]
    return _Share(
        sum(one.historic for one in shares),
        sum(one.fair for one in shares),
        sum(one.fair if one.low is None else one.low for one in shares) if known else None,
        sum(one.fair if one.high is None else one.high for one in shares) if known else None,
        sum(one.planned for one in shares),
        sum(one.budget for one in shares),
    )


def _compare(material: Material, shares: dict[str, _Share]) -> list[Facts]:
    """Set every locality's money beside its fair share of the whole, before and after."""
    if sum(one.fair for one in shares.values()) <= 0 or any(one.fair < 0 for one in shares.values()):
        return []
    weights = [one.fair for one in shares.values()]
    now = _targets([one.historic for one in shares.values()], weights)
    budgeted = _targets([one.budget for one in shares.values()], weights)
    then = _targets([one.planned for one in shares.values()], weights)
    return [
        _row(material, code, share, targets)
        for (code, share), *targets in zip(shares.items(), now, budgeted, then, strict=True)
    ]


def _targets(amounts: Sequence[int], weights: Sequence[int]) -> list[int]:
    return [int(one) for one in split_pence(sum(amounts), weights)]


def _row(material: Material, code: str, share: _Share, targets: Sequence[int]) -> Facts:
    now, budgeted, then = targets
    before, after = share.historic - now, share.planned - then
    low, high = _scaled(share.low, then, share.fair), _scaled(share.high, then, share.fair)
    within = None if low is None or high is None else low <= share.planned <= high
    return {
        "locality": code,
        "locality_name": material.names[code],
        "historic_pence": share.historic,
        "fair_now_pence": now,
        "before_pence": before,
        "before_ratio": _ratio(before, now),
        "budget_pence": share.budget,
        "budget_distance_pence": share.budget - budgeted,
        "planned_pence": share.planned,
        "fair_pence": then,
        "fair_low_pence": low,
        "fair_high_pence": high,
        "after_pence": after,
        "after_ratio": _ratio(after, then),
        "within_interval": within,
        "moves": _say_move(_ratio(before, now), _ratio(after, then), within),
    }


def _scaled(end: int | None, target: int, fair: int) -> int | None:
    """Bring the end of an interval to the year's total; whole pence, rounded half up."""
    return None if end is None or not fair else (2 * end * target + fair) // (2 * fair)


def _ratio(distance: int, fair: int) -> float | None:
    return distance / fair if fair else None


def _say_move(before: float | None, after: float | None, within: bool | None) -> str:
    """Say whether the distance narrows; inside its interval nobody can tell a distance from none."""
    if within:
        return "within its interval"
    if before is None or after is None:
        return "not known"
    if abs(after) < abs(before):
        return "narrows"
    return "widens" if abs(after) > abs(before) else "unchanged"


def _inequality(material: Material, rows: Sequence[Facts]) -> Facts:
    """Give the gap between the locality furthest over and the one furthest under its fair share, before and after."""
    heads = [_per_head(material, row) for row in rows]
    return {
        "before": _gap(rows, "before"),
        "after": _gap(rows, "after"),
        "per_head": [one for one in heads if one is not None],
    }


def _gap(rows: Iterable[Facts], when: str) -> Facts | None:
    known = [row for row in rows if row[f"{when}_ratio"] is not None]
    if len(known) < 2:
        return None
    most = max(known, key=lambda row: float(row[f"{when}_ratio"]))
    least = min(known, key=lambda row: float(row[f"{when}_ratio"]))
    return {
        "most_over": most["locality"],
        "most_over_name": most["locality_name"],
        "most_over_ratio": most[f"{when}_ratio"],
        "most_under": least["locality"],
        "most_under_name": least["locality_name"],
        "most_under_ratio": least[f"{when}_ratio"],
        "gap_ratio": most[f"{when}_ratio"] - least[f"{when}_ratio"],
        "under_pence": -sum(min(0, int(row[f"{when}_pence"])) for row in known),
    }


def _per_head(material: Material, row: Facts) -> Facts | None:
    residents = material.year.residents.get(row["locality"], 0)
    if residents <= 0:
        return None
    return {
        "locality": row["locality"],
        "locality_name": row["locality_name"],
        "residents": residents,
        "planned_pence_each": round_half(row["planned_pence"], residents),
        "fair_pence_each": round_half(row["fair_pence"], residents),
        "distance_pence_each": round_half(row["after_pence"], residents),
    }


def round_half(amount: int, parts: int) -> int:
    """Divide pence by a number of people, rounded to the nearest penny, half up; a figure to read, never to add up.

    Args:
        amount: Pence; may be negative.
        parts: People, more than none.

    Returns:
        Whole pence for each.
    """
    return (2 * amount + parts) // (2 * parts)
