"""What the guidance checks may know of plans: parts of the library's `PlanningRecord`."""

from __future__ import annotations

from typing import Any, cast

from locality.plans import (
    LocalityPlan,
    PlanFrame,
    PlanRecord,
    StrategicPlan,
    StrategicRecord,
    complete_fields,
    plan_of_fields,
)
from locality_web.core.models import Partnership
from locality_web.core.remembered import Reader
from locality_web.plans import models
from locality_web.plans.consolidating import planning_year, plans_in, strategic_now
from locality_web.plans.frames import place_of
from locality_web.plans.public_records import publication_of
from locality_web.plans.snapshots import agreed_plan


def parts(partnership: Partnership, year: str, memory: Reader) -> dict[str, Any]:
    """Give the newest edition of every locality's plan, the joint lines, and the strategic plan.

    Whether objections are answered is not kept by this site yet: the checks say "not recorded".
    """
    plans = plans_in(partnership, year, memory)
    return {
        "plans": {code: _plan_record(partnership, one, memory) for code, one in plans.newest.items()},
        "joint": plans.joint,
        "strategic": _strategic_records(partnership, year, memory),
    }


def _plan_record(partnership: Partnership, record: models.LocalityPlanRecord, memory: Reader) -> PlanRecord:
    plan = agreed_plan(record.snapshot) if record.snapshot else _draft(partnership, record, memory)
    return PlanRecord(cast(LocalityPlan, plan), record.state, published_on(record))


def published_on(record: models.LocalityPlanRecord | models.StrategicPlanRecord) -> str:
    """Give the day on which a plan was published; empty: it is not."""
    publication = publication_of(record)
    return publication.published_at.date().isoformat() if publication else ""


def _draft(partnership: Partnership, record: models.LocalityPlanRecord, memory: Reader) -> LocalityPlan:
    plans, year = plans_in(partnership, record.year, memory), planning_year(partnership, record.year, memory)
    code = record.locality.code
    before = plans.before.get(code)
    frame = PlanFrame(
        partnership=year.partnership,
        locality=place_of(record.locality),
        year=record.year,
        version=record.version,
        budget=year.budgets.get(code),
        services=year.services,
        sources=year.sources,
        joint=tuple(one for one in plans.joint if code in {share.locality for share in one.shares}),
        last_year={(one.service, one.source): one.pence for one in before.lines} if before else {},
        made_up=partnership.made_up,
    )
    return plan_of_fields(complete_fields(record.fields, frame), frame)


def _strategic_records(partnership: Partnership, year: str, memory: Reader) -> tuple[StrategicRecord, ...]:
    """Give the newest edition of the strategic plan; nothing where none can be put together yet."""
    record, plan = plans_in(partnership, year, memory).strategic, strategic_now(partnership, year, memory)
    if record is None or not isinstance(plan, StrategicPlan):
        return ()
    return (StrategicRecord(plan, record.state, published_on(record)),)
