"""Distance from fair share before and after the plan, and the inequality that remains.

Before: what a locality's people use now against its fair share of the same money. After: what is planned for them
against their fair share of all that is planned. Pounds of different years are never held against each other: fair
shares are weighed anew, under every heading, for the money of each side, so that growth, of the whole or of one
heading, brings nobody nearer or further. Over all headings a locality's fair share is the sum of its headings, so
that the table by heading adds up to the table by locality. Compared are the headings whose historic and fair shares
are known in every locality that has an agreed plan. Grants and contributions are left out on both sides: they go where
their funder says.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from locality.foundations import split_pence
from locality.plans.content import HeadingMoney
from locality.plans.material import Material

Facts = dict[str, Any]


@dataclass(frozen=True)
class _Share:
    """One locality's money under one heading, as the budget and the plan have it."""

    historic: int
    fair: int
    low: int | None
    high: int | None
    planned: int
    budget: int


@dataclass(frozen=True)
class _Measured:
    """Money beside its fair share of the same money, in pence: used now, in the budget, in the plan."""

    historic: int
    fair_now: int
    low_now: int | None
    high_now: int | None
    budget: int
    fair_budget: int
    planned: int
    fair_then: int
    low_then: int | None
    high_then: int | None


def distance_facts(material: Material) -> Facts:
    """Measure each locality's distance from its fair share before and after the plan.

    Args:
        material: What is consolidated.

    Returns:
        `localities`, `headings`, what was left out and why, and `inequality`. Amounts are pence. Targets of all
        localities add up to what is planned for them, and the headings of a locality to its whole, to the penny.
        Without known shares the lists are empty.
    """
    compared, left_out = _comparable(material)
    table = {code: _shares(material, code, compared) for code in material.plans} if compared else {}
    measured = {heading: _measure({code: shares[heading] for code, shares in table.items()}) for heading in compared}
    whole = [_row(material, code, _sum([rows[code] for rows in measured.values()])) for code in table]
    return {
        "localities": whole,
        "headings": [
            {"heading": heading} | _row(material, code, one)
            for heading, rows in measured.items()
            for code, one in rows.items()
        ],
        "headings_left_out": left_out,
        "localities_left_out": [one.code for one in material.year.localities if one.code not in material.plans],
        "inequality": _inequality(material, whole),
    }


def _known(row: HeadingMoney) -> bool:
    return row.historic_pence is not None and row.fair_pence is not None


def _comparable(material: Material) -> tuple[list[str], list[str]]:
    """Give the headings whose shares are known in every locality with a plan, and the others that have money."""
    rows: dict[str, dict[str, int]] = {}
    every: dict[str, None] = {}
    for code in material.plans:
        behind = material.budgets.get(code)
        for row in behind.headings if behind else ():
            every[row.heading] = None
            if _known(row):
                rows.setdefault(row.heading, {})[code] = row.fair_pence or 0
    every |= dict.fromkeys(line.heading for line in material.lines if line.locality in material.plans)
    compared = [heading for heading in every if _can_be_shared(rows.get(heading, {}), material)]
    return compared, [heading for heading in every if heading not in compared]


def _can_be_shared(fair: Mapping[str, int], material: Material) -> bool:
    return set(fair) == set(material.plans) and sum(fair.values()) > 0 and min(fair.values()) >= 0


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


def _measure(shares: Mapping[str, _Share]) -> dict[str, _Measured]:
    """Set every locality's money under one heading beside its fair share of all of it."""
    weights = [one.fair for one in shares.values()]
    now = _targets([one.historic for one in shares.values()], weights)
    budgeted = _targets([one.budget for one in shares.values()], weights)
    then = _targets([one.planned for one in shares.values()], weights)
    return {
        code: _Measured(
            historic=one.historic,
            fair_now=was,
            low_now=_scaled(one.low, was, one.fair),
            high_now=_scaled(one.high, was, one.fair),
            budget=one.budget,
            fair_budget=due,
            planned=one.planned,
            fair_then=will,
            low_then=_scaled(one.low, will, one.fair),
            high_then=_scaled(one.high, will, one.fair),
        )
        for (code, one), was, due, will in zip(shares.items(), now, budgeted, then, strict=True)
    }


def _sum(parts: Sequence[_Measured]) -> _Measured:
    """Add headings up. A heading without an interval counts with its fair share; without any there is none."""
    return _Measured(
        historic=sum(one.historic for one in parts),
        fair_now=sum(one.fair_now for one in parts),
        low_now=_sum_ends((one.low_now, one.fair_now) for one in parts),
        high_now=_sum_ends((one.high_now, one.fair_now) for one in parts),
        budget=sum(one.budget for one in parts),
        fair_budget=sum(one.fair_budget for one in parts),
        planned=sum(one.planned for one in parts),
        fair_then=sum(one.fair_then for one in parts),
        low_then=_sum_ends((one.low_then, one.fair_then) for one in parts),
        high_then=_sum_ends((one.high_then, one.fair_then) for one in parts),
    )


def _sum_ends(pairs: Iterable[tuple[int | None, int]]) -> int | None:
    found = list(pairs)
    return None if all(end is None for end, _ in found) else sum(fair if end is None else end for end, fair in found)


def _targets(amounts: Sequence[int], weights: Sequence[int]) -> list[int]:
    return [int(one) for one in split_pence(sum(amounts), weights)]


def _row(material: Material, code: str, one: _Measured) -> Facts:
    before, after = one.historic - one.fair_now, one.planned - one.fair_then
    was, will = _ratio(before, one.fair_now), _ratio(after, one.fair_then)
    inside = (_within(one.historic, one.low_now, one.high_now), _within(one.planned, one.low_then, one.high_then))
    return {
        "locality": code,
        "locality_name": material.names[code],
        "historic_pence": one.historic,
        "fair_now_pence": one.fair_now,
        "before_pence": before,
        "before_ratio": was,
        "within_interval_before": inside[0],
        "budget_pence": one.budget,
        "budget_distance_pence": one.budget - one.fair_budget,
        "planned_pence": one.planned,
        "fair_pence": one.fair_then,
        "fair_low_pence": one.low_then,
        "fair_high_pence": one.high_then,
        "after_pence": after,
        "after_ratio": will,
        "within_interval": inside[1],
        "moves": _say_move(was, will, inside),
    }


def _within(pence: int, low: int | None, high: int | None) -> bool | None:
    return None if low is None or high is None else low <= pence <= high


def _scaled(end: int | None, target: int, fair: int) -> int | None:
    """Bring the end of an interval to the year's total; whole pence, rounded half up."""
    return None if end is None or not fair else (2 * end * target + fair) // (2 * fair)


def _ratio(distance: int, fair: int) -> float | None:
    return distance / fair if fair else None


def _say_move(before: float | None, after: float | None, inside: tuple[bool | None, bool | None]) -> str:
    """Say whether the distance narrows; inside its interval nobody can tell a distance from none."""
    if before is None or after is None:
        return "not known"
    if inside[1]:
        return "within its interval" if inside[0] else "comes within its interval"
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
