"""What the strategic plan says: agreed locality plans, joint lines and partnership-wide lines, put together."""

from __future__ import annotations

import dataclasses
from functools import cache
from importlib import resources

import yaml

from locality.foundations import InputRefused, ResultRefused
from locality.plans import (
    Narrative,
    Place,
    PlanLine,
    PlanningYear,
    StrategicPlan,
    consolidate,
)
from locality_web.areas import queries as areas
from locality_web.core.models import Partnership
from locality_web.core.remembered import ANEW, Reader
from locality_web.money import queries as money
from locality_web.plans import models
from locality_web.plans.frames import place_of
from locality_web.plans.plans_of_year import PlansOfYear, plans_of_year
from locality_web.plans.snapshots import read_strategic_snapshot

Tried = StrategicPlan | InputRefused | ResultRefused
"""What came of putting a strategic plan together: the plan, or why not."""
BEHIND = ("areas", "core", "money", "plans")
"""The rooms of which a plan's content is made."""


@cache
def narrative_sections() -> dict[str, dict[str, str]]:
    """Give the sections that the partnership writes itself: title and what each asks for, by id."""
    text = (resources.files("locality_web.plans") / "narrative.yaml").read_text(encoding="utf-8")
    found: dict[str, dict[str, str]] = yaml.safe_load(text)
    return found


def plans_in(partnership: Partnership, year: str, memory: Reader = ANEW) -> PlansOfYear:
    """Give all plans of a year."""
    return memory.read(("plans.of_year", year), ("plans",), lambda: plans_of_year(partnership, year))


def planning_year(partnership: Partnership, year: str, memory: Reader = ANEW) -> PlanningYear:
    """Gather what a partnership has in a year: localities as of then, catalogue, sources, budgets, ledger, people."""
    held = money.money_of_year(partnership, year, memory)
    division = areas.division_of_year(partnership, year, memory)
    budget = held.budget
    return PlanningYear(
        partnership=place_of(partnership),
        year=year,
        localities=tuple(Place(code, name) for code, name in division.localities),
        services=held.services,
        sources=held.sources,
        held=budget.held if budget else (),
        ledger=held.ledger,
        budgets={code: budget.for_locality(code) for code, _ in division.localities} if budget else {},
        residents={code: facts.population for code, facts in division.facts.items() if facts.population},
        joint_last_year=_joint_last_year(plans_in(partnership, year, memory)),
        held_decision=budget.decision if budget else "",
        held_release=budget.release if budget else "",
    )


def _joint_last_year(plans: PlansOfYear) -> dict[str, int]:
    same = {(line.service, line.source): line.total_pence for line in plans.joint_before}
    return {line.id: same[line.service, line.source] for line in plans.joint if (line.service, line.source) in same}


def strategic_content(record: models.StrategicPlanRecord) -> StrategicPlan:
    """Give a strategic plan's content: what was agreed, or else what the agreed locality plans make today.

    Raises:
        InputRefused: What is agreed cannot be put together; every reason is named.
        ResultRefused: The money does not reconcile.
    """
    if record.snapshot is not None:
        return read_strategic_snapshot(record.snapshot)
    return _consolidated(record, ANEW)


def strategic_now(partnership: Partnership, year: str, memory: Reader) -> Tried | None:
    """Give what the newest edition of a year's strategic plan says today, for a page.

    Returns:
        Its content, or the refusal that says why it cannot be put together; None: there is no such plan.
    """
    record = plans_in(partnership, year, memory).strategic
    if record is None or record.snapshot is not None:
        return None if record is None or record.snapshot is None else read_strategic_snapshot(record.snapshot)
    return memory.read(("plans.strategic", year), BEHIND, lambda: try_content(record, memory))


def try_content(record: models.StrategicPlanRecord, memory: Reader = ANEW) -> Tried:
    """Give a strategic plan's content, or the refusal that says why it cannot be put together.

    Args:
        record: The plan; with a memory, as that memory gave it.
        memory: From where the rest is read.
    """
    try:
        return strategic_content(record) if record.snapshot is not None else _consolidated(record, memory)
    except (InputRefused, ResultRefused) as refused:
        return refused


def _consolidated(record: models.StrategicPlanRecord, memory: Reader) -> StrategicPlan:
    partnership = record.partnership
    plans = plans_in(partnership, record.year, memory)
    year = planning_year(partnership, record.year, memory)
    found = consolidate(
        list(plans.in_force.values()),
        plans.joint,
        partnership_lines(record, year, plans),
        year=year,
        version=record.version,
    )
    return dataclasses.replace(found, narrative=narrative_of(record), made_up=partnership.made_up)


def partnership_lines(
    record: models.StrategicPlanRecord, year: PlanningYear, plans: PlansOfYear
) -> tuple[PlanLine, ...]:
    """Give the lines of services planned once for the partnership: every such service has one, if only of nought."""
    before = plans.strategic_before.partnership_lines if plans.strategic_before else ()
    last_year = {(line.service, line.source): line.pence for line in before}
    own = [one.service for one in year.services if one.planned_at == "partnership"]
    amounts = {tuple(path.split("/")[1:]): pence for path, pence in record.fields.items() if path.startswith("line/")}
    listed = {service for service, _ in amounts}
    core = next((one.source for one in year.sources if one.kind == "core"), "core")
    amounts |= {(service, core): 0 for service in own if service not in listed}
    order = {service: place for place, service in enumerate(own)}
    rows = sorted(amounts.items(), key=lambda each: (order.get(each[0][0], len(own)), each[0]))
    return tuple(
        PlanLine(service, source, int(pence), last_year.get((service, source))) for (service, source), pence in rows
    )


def narrative_of(record: models.StrategicPlanRecord) -> tuple[Narrative, ...]:
    """Give the sections that were written."""
    written = {name: str(record.fields.get(f"narrative/{name}", "")).strip() for name in narrative_sections()}
    sections = narrative_sections()
    return tuple(Narrative(name, sections[name]["title"], text) for name, text in written.items() if text)
