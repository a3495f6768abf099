"""Reads plans, and what stands beside them, from files."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pandas as pd

from locality.foundations import Fault, InputRefused, Table, check_frame
from locality.plans import (
    AgreedSnapshot,
    CatalogueService,
    FundingSource,
    HeadingMoney,
    JointLine,
    JointShare,
    Ledger,
    LocalityPlan,
    Place,
    PlanLine,
    PlanningYear,
    StrategicPlan,
    hash_plan,
    plan_from_json,
)
from locality.plans.tables import HELD, LEDGER, LOCALITY_LIST, PARTNERSHIP_LINES
from locality.sources.files import read_cells


def plan_files(place: Path) -> list[Path]:
    """Give the plans of a folder in order of name, or the one file itself."""
    if not place.is_dir():
        return [place]
    found = sorted(place.glob("*.json"))
    if not found:
        do = "Export the plans as JSON into it, one file for each locality."
        raise InputRefused([Fault(str(place), "the folder has no plan", do, "no-plans")])
    return found


def read_plan(path: Path) -> LocalityPlan | StrategicPlan:
    """Read a plan of either kind.

    Raises:
        InputRefused: It is no JSON, or has not the shape of a plan.
    """
    content = _read_json(path)
    kind = content.get("schema") if isinstance(content, dict) else None
    if kind == "strategic-plan/1":
        return plan_from_json(content, StrategicPlan, file=path.name)
    return plan_from_json(content, LocalityPlan, file=path.name)


def _read_json(path: Path) -> Any:
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except (ValueError, RecursionError) as error:
        what = f"it is not JSON: {error}" if isinstance(error, json.JSONDecodeError) else "it is not JSON"
        raise InputRefused([Fault(path.name, what, "Export the plan anew.", "not-json")]) from error


@dataclass(frozen=True)
class GatheredPlans:
    """What a folder holds for consolidation, and what had to be assumed."""

    snapshots: tuple[AgreedSnapshot, ...]
    joint: tuple[JointLine, ...]
    partnership_lines: tuple[PlanLine, ...]
    year: PlanningYear
    notes: tuple[str, ...]


def gather_plans(folder: Path) -> GatheredPlans:
    """Read a folder of agreed plans with the tables beside them; all faults of all files at once.

    Raises:
        InputRefused: A file cannot be read, or there is no plan.
    """
    faults: list[Fault] = []
    snapshots = tuple(_snapshots(folder, faults))
    tables = {
        table.name: _read_table(folder, table, faults) for table in (PARTNERSHIP_LINES, LEDGER, HELD, LOCALITY_LIST)
    }
    if faults or not snapshots:
        raise InputRefused(faults or [Fault(str(folder), "it has no locality plan", _EXPORT, "no-plans")])
    plans = [one.plan for one in snapshots]
    lines = tuple(_partnership_lines(tables[PARTNERSHIP_LINES.name]))
    services = _services(plans)
    held, held_note = _held(tables[HELD.name], lines, (services, _sources(plans)))
    localities, residents, note = _localities(tables[LOCALITY_LIST.name], plans)
    year = PlanningYear(
        plans[0].partnership,
        plans[0].year,
        localities,
        services,
        _sources(plans),
        held=held,
        ledger=_ledger(tables[LEDGER.name]),
        residents=residents,
    )
    notes = tuple(one for one in (note, held_note) if one)
    return GatheredPlans(snapshots, _joint(plans), lines, year, notes)


_EXPORT = "Export the agreed plans as JSON into it, one file for each locality."


def _snapshots(folder: Path, faults: list[Fault]) -> Iterable[AgreedSnapshot]:
    """Read locality plans; a strategic plan from an earlier run is passed over."""
    for path in plan_files(folder):
        try:
            plan = read_plan(path)
        except InputRefused as refused:
            faults += refused.faults
            continue
        if isinstance(plan, LocalityPlan):
            yield AgreedSnapshot(plan, _kept_hash(path) or hash_plan(plan), path.name)


def _kept_hash(path: Path) -> str:
    """Give the hash in a file beside the plan, as `sha256sum` writes it; none: the plan names itself."""
    beside = path.with_name(f"{path.name}.sha256")
    return beside.read_text(encoding="utf-8").split()[0].lower() if beside.exists() and beside.stat().st_size else ""


def _read_table(folder: Path, table: Table, faults: list[Fault]) -> pd.DataFrame | None:
    path = folder / f"{table.name}.csv"
    if not path.exists():
        return None
    try:
        frame, found = check_frame(table, read_cells(path, path.name), path.name)
    except InputRefused as refused:
        found = list(refused.faults)
        frame = pd.DataFrame()
    faults += found
    if not found and table is LEDGER and frame["year"].nunique() > 1:
        do = "Keep the rows of the year behind the budgets."
        faults.append(Fault(path.name, "it has rows of several years", do, "ledger-years", column="year"))
    return frame


def _rows(frame: pd.DataFrame | None) -> list[dict[str, Any]]:
    return [] if frame is None else frame.astype(object).where(frame.notna(), None).to_dict("records")


def _partnership_lines(frame: pd.DataFrame | None) -> Iterable[PlanLine]:
    for row in _rows(frame):
        before = row["last_year_pence"]
        yield PlanLine(row["service"], row["source"], int(row["pence"]), None if before is None else int(before))


def _ledger(frame: pd.DataFrame | None) -> Ledger | None:
    rows = _rows(frame)
    if not rows:
        return None
    decided = any(row["change_pence"] is not None for row in rows)
    changes = {row["heading"]: int(row["change_pence"] or 0) for row in rows} if decided else None
    return Ledger(str(rows[0]["year"]), {row["heading"]: int(row["pence"]) for row in rows}, changes)


_Known = tuple[tuple[CatalogueService, ...], tuple[FundingSource, ...]]


def _held(frame: pd.DataFrame | None, lines: Iterable[PlanLine], known: _Known) -> tuple[tuple[HeadingMoney, ...], str]:
    if frame is not None:
        return tuple(HeadingMoney(row["heading"], int(row["pence"])) for row in _rows(frame)), ""
    services, sources = known
    heading = {one.service: one.heading for one in services}
    from_budget = {one.source for one in sources if one.kind in ("core", "set_aside")}
    sums: dict[str, int] = {}
    for line in lines:
        if line.source in from_budget and line.service in heading:
            sums[heading[line.service]] = sums.get(heading[line.service], 0) + line.pence
    note = f"There is no {HELD.name}.csv: as much counts as held as the partnership's own lines spend." if sums else ""
    return tuple(HeadingMoney(name, pence) for name, pence in sums.items()), note


def _localities(
    frame: pd.DataFrame | None, plans: Iterable[LocalityPlan]
) -> tuple[tuple[Place, ...], dict[str, int], str]:
    if frame is not None:
        rows = _rows(frame)
        residents = {row["locality"]: int(row["residents"]) for row in rows if row["residents"] is not None}
        return tuple(Place(row["locality"], row["name"]) for row in rows), residents, ""
    found = {plan.locality.code: plan.locality for plan in plans}
    sharing = [share.locality for plan in plans for line in plan.joint for share in line.shares]
    places = tuple((found | {code: Place(code, code) for code in sharing if code not in found}).values())
    note = f"There is no {LOCALITY_LIST.name}.csv: a locality that no plan names cannot be missed."
    return places, {}, note


def _services(plans: Iterable[LocalityPlan]) -> tuple[CatalogueService, ...]:
    """Every service that any plan lists; where they differ, the first plan's entry, and consolidation says so."""
    found: dict[str, CatalogueService] = {}
    for plan in plans:
        found = {one.service: one for one in plan.services} | found
    return tuple(found.values())


def _sources(plans: Iterable[LocalityPlan]) -> tuple[FundingSource, ...]:
    found: dict[str, FundingSource] = {}
    for plan in plans:
        found = {one.source: one for one in plan.sources} | found
    return tuple(found.values())


def _joint(plans: Iterable[LocalityPlan]) -> tuple[JointLine, ...]:
    """Every joint line once; a share counts as agreed when any of the plans says so."""
    found: dict[str, JointLine] = {}
    for line in (line for plan in plans for line in plan.joint):
        found[line.id] = _with_days(found[line.id], line) if line.id in found else line
    return tuple(found.values())


def _with_days(line: JointLine, other: JointLine) -> JointLine:
    days = {share.locality: share.agreed_on for share in other.shares}
    shares = tuple(_agreed(share, days.get(share.locality, "")) for share in line.shares)
    return replace(line, shares=shares)


def _agreed(share: JointShare, day: str) -> JointShare:
    return replace(share, agreed_on=max(share.agreed_on, day))
