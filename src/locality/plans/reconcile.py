"""From the ledger to the plan, to the penny: every row is added up, and a row that does not add up is refused."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from locality.foundations import ResultRefused, say_pounds
from locality.plans.content import FundingSource
from locality.plans.material import Material
from locality.plans.totals import BUDGET_KINDS, available_to

Facts = dict[str, Any]


def reconcile(material: Material) -> Facts:
    """Walk from the ledger to the plan: ledger + change = budgets + held = planned + not yet planned.

    Args:
        material: What is consolidated.

    Returns:
        `rows` by heading and their `total`, and `apart`: grants and contributions, planned against what there is.
        Where the books are given, each row begins with what they show and what hosted services add or take (`booked` +
        `hosted` = `ledger`); else both are None. Amounts are pence; every row says whether it adds up (`holds`), and
        all do. Without a ledger its columns are None; while a locality has no budget, the change is None. Then only
        the second half is walked.

    Raises:
        ResultRefused: A decided change does not lead from the ledger to the budgets, or more is planned in a locality,
            or for the whole partnership, or from a grant, than there is. The first such row is named.
    """
    budgets, held = _budgets(material), _by_heading((row.heading, row.budget_pence) for row in material.year.held)
    planned = _planned(material)
    ledger = material.year.ledger
    booked = ledger.booked if ledger else None
    headings = dict.fromkeys(
        [*(ledger.pence if ledger else ()), *(booked or ()), *budgets, *held, *(one for _, one in planned)]
    )
    rows = [_row(material, heading, (budgets, held, planned)) for heading in headings]
    _refuse_what_is_not_there(material, planned)
    total = _total(rows)
    return {
        "ledger_year": ledger.year if ledger else None,
        "change_decided": ledger is not None and ledger.changes is not None,
        "from_ledger": ledger is not None and _every_budget(material),
        "rows": rows,
        "total": total,
        "apart": _apart(material),
        "holds": all(row["holds"] for row in rows) and total["holds"],
    }


def _by_heading(pairs: Iterable[tuple[str, int]]) -> dict[str, int]:
    found: dict[str, int] = {}
    for heading, pence in pairs:
        found[heading] = found.get(heading, 0) + pence
    return found


def _budgets(material: Material) -> dict[str, int]:
    rows = (row for code in material.names if code in material.budgets for row in material.budgets[code].headings)
    return _by_heading((row.heading, row.budget_pence) for row in rows)


def _planned(material: Material) -> dict[tuple[str, str], int]:
    """Planned pence from budgets, by kind of line and heading."""
    found: dict[tuple[str, str], int] = {}
    for line in material.lines:
        if material.is_from_budget(line):
            found[line.kind, line.heading] = found.get((line.kind, line.heading), 0) + line.pence
    return found


_Sums = tuple[Mapping[str, int], Mapping[str, int], Mapping[tuple[str, str], int]]


def _row(material: Material, heading: str, sums: _Sums) -> Facts:
    budgets, held, planned = sums
    ledger = material.year.ledger
    there = budgets.get(heading, 0) + held.get(heading, 0)
    spent = ledger.pence.get(heading, 0) if ledger else None
    booked = ledger.booked.get(heading, 0) if ledger and ledger.booked is not None else None
    change = _change(material, heading, there)
    if spent is not None and change is not None and spent + change != there:
        raise ResultRefused(
            f"{heading}: the ledger's {say_pounds(spent)} and the decided change of {say_pounds(change)} make "
            f"{say_pounds(spent + change)}, but budgets and what is held add up to {say_pounds(there)}.",
            "Correct the decision, the money that is held, or the ledger.",
        )
    parts = {f"{kind}_pence": planned.get((kind, heading), 0) for kind in ("own", "joint", "partnership")}
    left = there - sum(parts.values())
    return {
        "heading": heading,
        "booked_pence": booked,
        "hosted_pence": None if booked is None or spent is None else spent - booked,
        "ledger_pence": spent,
        "change_pence": change,
        "budgets_pence": budgets.get(heading, 0),
        "held_pence": held.get(heading, 0),
        "available_pence": there,
        **parts,
        "not_yet_planned_pence": left,
        "over": left < 0,
        "holds": True,
    }


def _every_budget(material: Material) -> bool:
    """Whether all budgets are there: while one is missing, they cannot lead back to the ledger."""
    return all(code in material.budgets for code in material.names)


def _change(material: Material, heading: str, there: int) -> int | None:
    ledger = material.year.ledger
    if ledger is None or not _every_budget(material):
        return None
    if ledger.changes is None:
        return there - ledger.pence.get(heading, 0)
    return ledger.changes.get(heading, 0)


_COLUMNS = (
    *("booked_pence", "hosted_pence", "ledger_pence", "change_pence", "budgets_pence", "held_pence", "available_pence"),
    *("own_pence", "joint_pence", "partnership_pence", "not_yet_planned_pence"),
)


def _total(rows: list[Facts]) -> Facts:
    """Add the rows up, and test both equations on the sums themselves."""
    found: Facts = {
        name: None if any(row[name] is None for row in rows) else sum(row[name] for row in rows) for name in _COLUMNS
    }
    there = found["available_pence"]
    parts = found["own_pence"] + found["joint_pence"] + found["partnership_pence"] + found["not_yet_planned_pence"]
    led = found["change_pence"] is None or found["ledger_pence"] + found["change_pence"] == there
    holds = led and parts == there == found["budgets_pence"] + found["held_pence"]
    if not holds:
        raise ResultRefused("The rows do not add up to the total of the plan.", "This is a mistake of the program.")
    return {"heading": "", **found, "over": found["not_yet_planned_pence"] < 0, "holds": holds}


def _refuse_what_is_not_there(material: Material, planned: Mapping[tuple[str, str], int]) -> None:
    """Refuse more than there is: in a locality with its own lines and shares, and in what is held."""
    for code, behind in material.budgets.items():
        there = sum(row.budget_pence for row in behind.headings)
        spent = sum(line.pence for line in material.lines if line.locality == code and material.is_from_budget(line))
        _refuse_over(material.names.get(code, code), spent, there)
    wide = sum(pence for (kind, _), pence in planned.items() if kind == "partnership")
    _refuse_over("The whole partnership", wide, sum(row.budget_pence for row in material.year.held))


def _refuse_over(name: str, spent: int, there: int) -> None:
    if spent > there:
        raise ResultRefused(
            f"{name} plans {say_pounds(spent)} of budget money, {say_pounds(spent - there)} more than there is.",
            "Agree a plan within the budget, or decide a new budget.",
        )


def _apart(material: Material) -> list[Facts]:
    """Walk every grant and contribution: what there is in the year, what is planned, what is left."""
    found = []
    for source in material.year.sources:
        if source.kind in BUDGET_KINDS:
            continue
        there = available_to(source, material.year.year, "")
        spent = sum(line.pence for line in material.lines if line.source == source.source)
        _refuse_over_grant(source, spent, there)
        found.append(
            {
                "source": source.source,
                "name": source.name,
                "kind": source.kind,
                "accountable_body": source.accountable_body,
                "available_pence": there,
                "planned_pence": spent,
                "left_pence": None if there is None else there - spent,
                "holds": True,
            }
        )
    return found


def _refuse_over_grant(source: FundingSource, spent: int, there: int | None) -> None:
    if there is not None and spent > there:
        raise ResultRefused(
            f"{say_pounds(spent)} are planned from {source.name}, {say_pounds(spent - there)} more than there is.",
            f"Plan less from it, or ask {source.accountable_body or 'its accountable body'} for more.",
        )
