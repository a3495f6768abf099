"""`locality plans`: check an exported plan, and consolidate agreed ones."""

from __future__ import annotations

import datetime as dt
import json
import os
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import click
from rich.console import Console
from rich.table import Table

from locality.cli.options import json_option, on_option
from locality.cli.plan_files import gather_plans, plan_files, read_plan
from locality.foundations import Fault, InputRefused, ResultRefused, say_pounds
from locality.plans import (
    CheckResult,
    LocalityPlan,
    StrategicPlan,
    canonical_bytes,
    check_guidance,
    consolidate,
    count_outcomes,
    hash_plan,
    load_checks,
    plan_as_json,
    record_of_plan,
)
from locality.plans.whole_plan import check_plan, check_strategic_plan


@click.group()
def plans() -> None:
    """What is agreed: locality plans, and the strategic plan made of them."""


@dataclass(frozen=True)
class _Checked:
    """One file: its plan, what is wrong with it, and what the guidance says of it."""

    file: str
    plan: LocalityPlan | StrategicPlan | None
    faults: tuple[Fault, ...]
    results: tuple[CheckResult, ...] = ()

    @property
    def musts_not_met(self) -> list[CheckResult]:
        return [one for one in self.results if one.outcome == "not met" and one.check.duty == "must"]


@plans.command()
@click.argument("place", type=click.Path(exists=True, path_type=Path), metavar="FILE|DIR")
@json_option
@on_option
def check(place: Path, as_json: bool, on: dt.datetime) -> None:
    """Check an exported plan, or all plans of a folder: its shape, its sums, the funders' rules, and the guidance.

    What one plan cannot know of its partnership is "not recorded". The exit code is 3 when a plan is sound but does not
    do what the guidance says it must.
    """
    found = [_check_file(path, str(on.date())) for path in plan_files(place)]
    if as_json:
        click.echo(json.dumps([_as_json(one) for one in found], indent=1, ensure_ascii=False))
    else:
        _print_checked(found)
    if any(one.faults for one in found):
        raise click.exceptions.Exit(1)
    if any(one.musts_not_met for one in found):
        raise click.exceptions.Exit(3)


def _check_file(path: Path, day: str) -> _Checked:
    try:
        plan = read_plan(path)
    except InputRefused as refused:
        return _Checked(path.name, None, refused.faults)
    if isinstance(plan, StrategicPlan):
        return _Checked(path.name, plan, check_strategic_plan(plan, file=path.name))
    faults = check_plan(plan, file=path.name)
    return _Checked(path.name, plan, faults, check_guidance(record_of_plan(plan, on=day), load_checks()))


def _as_json(one: _Checked) -> dict[str, Any]:
    return {
        "file": one.file,
        "sound": not one.faults,
        "sha256": hash_plan(one.plan) if one.plan else None,
        "faults": [asdict(fault) for fault in one.faults],
        "outcomes": count_outcomes(one.results),
        "checks": [
            {
                "id": result.check.id,
                "paragraph": result.check.paragraph,
                "duty": result.check.duty,
                "outcome": result.outcome,
                "says": result.says,
                "do": result.check.do if result.outcome == "not met" else "",
            }
            for result in one.results
        ],
    }


def _print_checked(found: Sequence[_Checked]) -> None:
    console = Console(highlight=False, markup=False, soft_wrap=True)
    for one in found:
        console.print(_title(one))
        if one.plan:
            console.print(f"SHA-256: {hash_plan(one.plan)}")
        if one.faults:
            console.print(f"{len(one.faults)} thing{'s' if len(one.faults) > 1 else ''} to mend:")
        for fault in one.faults:
            console.print(f"  {fault}")
        if not one.faults:
            console.print("Sound: its shape, its sums and the funders' rules.")
        if one.results:
            _print_results(console, one.results)


def _title(one: _Checked) -> str:
    if one.plan is None:
        return f"{one.file}: not a plan"
    if isinstance(one.plan, StrategicPlan):
        return f"{one.file}: strategic plan of {one.plan.partnership.name}, {one.plan.year}, version {one.plan.version}"
    state = "agreed" if one.plan.agreement else "not agreed"
    return f"{one.file}: plan of {one.plan.locality.name}, {one.plan.year}, version {one.plan.version}, {state}"


def _print_results(console: Console, results: Sequence[CheckResult]) -> None:
    counts = count_outcomes(results)
    table = Table("guidance", "duty", "outcome", "what was found", title="Against the guidance")
    for one in results:
        if one.outcome != "not recorded":
            table.add_row(one.check.paragraph, one.check.duty, one.outcome, _say(one))
    console.print(table)
    console.print(
        f"{counts['met']} met, {counts['not met']} not met; {counts['not recorded']} not recorded, because one plan "
        "cannot know them (--json names them)."
    )


def _say(one: CheckResult) -> str:
    return one.says if one.outcome == "met" else f"{one.says} {one.check.do}"


@plans.command("consolidate")
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path), metavar="DIR")
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), required=True, help="File to write, as JSON.")
@json_option
def consolidate_command(folder: Path, out: Path, as_json: bool) -> None:
    """Consolidate the agreed plans of the folder DIR into the strategic commissioning plan.

    DIR holds one JSON file for each agreed plan. Beside them may stand partnership-lines.csv, ledger.csv, held.csv and
    localities.csv. A pound that would count twice is refused; what is missing is said first.
    """
    gathered = gather_plans(folder)
    plan = consolidate(gathered.snapshots, gathered.joint, gathered.partnership_lines, year=gathered.year)
    _write(out, plan)
    if as_json:
        told = {"file": str(out), "sha256": hash_plan(plan), "notes": list(gathered.notes), "facts": plan.facts}
        click.echo(json.dumps(told, indent=1, ensure_ascii=False))
        return
    _print_strategic(plan, gathered.notes)
    console = Console(highlight=False, markup=False, soft_wrap=True)
    console.print(f"{out}")
    console.print(f"SHA-256: {hash_plan(plan)}")


def _write(out: Path, plan: StrategicPlan) -> None:
    out.parent.mkdir(parents=True, exist_ok=True)
    beside = out.with_name(f".{out.name}.part")
    beside.write_bytes(canonical_bytes(plan_as_json(plan)))
    os.replace(beside, out)
    # What was written must be what anybody reads: one look back before anything is said.
    if read_plan(out) != plan:
        raise ResultRefused(f"{out.name} does not read back as it was written.", "This is a mistake of the program.")


def _print_strategic(plan: StrategicPlan, notes: Sequence[str]) -> None:
    console = Console(highlight=False, markup=False, soft_wrap=True)
    console.print(f"{plan.partnership.name}, {plan.year}: made of {len(plan.snapshots)} agreed plans")
    for said in (*_missing(plan.facts["missing"]), *notes):
        console.print(f"  {said}")
    console.print(_reconciliation(plan.facts["reconciliation"]))
    console.print(_headings(plan.facts["reconciliation"]))
    for said in _found(plan.facts):
        console.print(said)


def _missing(missing: dict[str, Any]) -> list[str]:
    said = [f"Missing: {one['locality_name']} has no agreed plan." for one in missing["plans"]]
    said += [
        f"Missing: {one['locality_name']} has not agreed to {say_pounds(one['pence'])} of joint line {one['joint']}."
        for one in missing["joint_shares"]
    ]
    said += [
        f"Missing: the plan of {one['locality_name']} does not list {', '.join(one['services'])}."
        for one in missing["services_not_listed"]
    ]
    said += [f"Missing: {one['locality_name']} has no budget." for one in missing["budgets"]]
    return said + (["Missing: there is no ledger, so nothing leads back to it."] if missing["ledger"] else [])


_STEPS = (
    ("ledger_pence", "Ledger"),
    ("change_pence", "+ change decided for the year"),
    ("budgets_pence", "= budgets of localities"),
    ("held_pence", "+ held for the whole partnership"),
    ("own_pence", "= planned by localities alone"),
    ("joint_pence", "+ planned jointly"),
    ("partnership_pence", "+ planned for the whole partnership"),
    ("not_yet_planned_pence", "+ not yet planned"),
)


def _reconciliation(walk: dict[str, Any]) -> Table:
    """The walk from the ledger to the plan; headings are in the file."""
    table = Table("step", title="From the ledger to the plan, to the penny")
    table.add_column("all headings", justify="right")
    for name, said in _STEPS:
        pence = walk["total"][name]
        table.add_row(said, "not known" if pence is None else say_pounds(pence))
    return table


def _headings(walk: dict[str, Any]) -> Table:
    table = Table("heading", title="By heading")
    for name in ("there is", "planned", "not yet planned"):
        table.add_column(name, justify="right")
    for row in [*walk["rows"], walk["total"]]:
        left = row["not_yet_planned_pence"]
        amounts = (row["available_pence"], row["available_pence"] - left, left)
        table.add_row(row["heading"] or "Total", *map(say_pounds, amounts))
    return table


def _found(facts: dict[str, Any]) -> list[str]:
    """Say in a line each what the plans say together; the file has everything."""
    said = [
        f"{len(facts['common'])} priorities are common to several localities, "
        f"{len(facts['conflicts'])} conflict or differ.",
        f"{len(facts['priority_without_money'])} priorities have no money yet; "
        f"{len(facts['money_without_priority'])} services have money and no priority.",
    ]
    for row in facts["distance"]["localities"]:
        before, after = (_percent(row[f"{when}_ratio"]) for when in ("before", "after"))
        said.append(f"{row['locality_name']}: {before} from its fair share before, {after} after; {row['moves']}.")
    return said


def _percent(ratio: float | None) -> str:
    return "not known" if ratio is None else f"{ratio:+.1%}"
